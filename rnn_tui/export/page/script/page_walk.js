// The walk: one state, one way to change it, and one picture of it. rnnTui.walk(element, {network, structure, scene}).
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { h, show } = page.dom;
  const { MOST_MEMORY } = page.address;
  const PACES = [2000, 1400, 900, 600, 400, 250];

  const isText = (target) => target && (["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) || target.isContentEditable);
  const isButton = (target) => target && ["BUTTON", "A", "SUMMARY"].includes(target.tagName);

  class Walk {
    constructor(element, { network, structure, scene, onShow = () => {}, keys = element }) {
      Object.assign(this, { element, network, structure, scene, onShow });
      this.pace = 2;
      this.message = "";
      this.timer = null;
      this.readings = new Map();
      this.drawn = new Map();
      this.act = this.actions();
      element.classList.add("walk");
      keys.addEventListener("keydown", (event) => this.pressed(event));
      this.listenToTouch();
      addEventListener("resize", () => this.width !== element.clientWidth && this.draw());
      addEventListener("beforeprint", () => this.draw(0));
      addEventListener("afterprint", () => this.draw());
      this.open(scene);
    }

    // State

    open(scene) {
      const { structure } = this;
      const wanted = { text: scene.text, scale: 1, leftOut: [], unit: null, notation: false, lens: null, hidden: false, arithmetic: false, ...scene };
      const holds = scene.text === this.scene.text ? this.scene.holds || [] : [];
      this.state = { ...wanted, holds, position: { t: 0, phase: 0, floor: 0 } };
      const { order } = this.reading();
      const position = wanted.position || page.address.positionOf(wanted, structure.floors, order) || order.first(0);
      this.state.position = order.fitted(position);
      this.draw();
    }

    // What an address names, over the scene; tells what of it can't be.
    openAddress(fragment) {
      const { named, wrong } = page.address.parse(fragment);
      const text = named.text === undefined ? this.scene.text : named.text;
      let state = { ...this.scene, ...named, text };
      const told = wrong.map((one) => `the address says ${one}, which can't be read`);
      if (named.word !== undefined || named.text !== undefined || named.layer !== undefined || named.backward !== undefined) delete state.position;
      try {
        const reading = this.readingOf({ ...state, scale: state.scale ?? 1, leftOut: state.leftOut || [], holds: [] });
        if (!state.position && !page.address.positionOf(state, this.structure.floors, reading.order)) told.push("the address names a place that isn't there");
        if ((state.leftOut || []).some((t) => t >= reading.all.length)) throw new page.UserError("the address leaves out a word that isn't there");
      } catch (error) {
        told.push(error.message);
        state = this.scene;
      }
      this.open(state);
      this.tell(told.join("; "));
    }

    tell(message) {
      this.message = message;
      this.draw();
    }

    reading() {
      return this.readingOf(this.state);
    }

    // What was computed is kept for the states that one goes back and forth between.
    readingOf(state) {
      const key = JSON.stringify([state.text, state.scale, state.leftOut, state.holds]);
      if (!this.readings.has(key)) {
        if (this.readings.size > 40) this.readings.clear();
        this.readings.set(key, new page.Reading(this.network, this.structure, state));
      }
      return this.readings.get(key);
    }

    // The one way to change what is shown.
    show(change) {
      const next = { ...this.state, ...change };
      try {
        next.position = this.readingOf(next).order.fitted(next.position);
      } catch (error) {
        if (!(error instanceof page.UserError)) throw error;
        this.tell(error.message);
        return false;
      }
      this.message = "";
      this.state = next;
      this.draw();
      return true;
    }

    move(position) {
      this.show({ position });
    }

    // Actions

    actions() {
      const at = () => this.state.position;
      const order = () => this.reading().order;
      return {
        next: () => this.move(order().moved(at(), 1)),
        back: () => this.move(order().moved(at(), -1)),
        nextWord: () => this.move(order().wordMoved(at(), 1)),
        backWord: () => this.move(order().wordMoved(at(), -1)),
        start: () => this.move(order().first(0)),
        end: () => this.move(order().last),
        word: (t) => this.move(order().atWord(Math.max(0, Math.min(t, order().length - 1)), at())),
        phase: (phase) => this.move({ ...at(), phase }),
        floor: () => this.move(order().onFloor((at().floor + 1) % this.structure.floors.length, at())),
        onFloor: (floor) => this.move(order().onFloor(floor, at())),
        unit: (unit) => this.show({ unit, arithmetic: !(this.state.arithmetic && this.unit() === unit) }),
        pick: (unit) => this.show({ unit }),
        arithmetic: (arithmetic) => this.show({ arithmetic }),
        notation: () => this.show({ notation: !this.state.notation }),
        memory: (scale) => this.show({ scale: Math.max(0, Math.min(MOST_MEMORY, Math.round(scale * 20) / 20)) }),
        without: (origin) => this.without(origin),
        original: () => this.show({ scale: 1, leftOut: [], position: { ...at(), t: this.reading().kept[at().t] } }),
        lens: (lens) => this.show({ lens }),
        reveal: () => this.show({ hidden: false }),
        play: () => this.play(!this.timer),
        text: (text) => this.read(text),
      };
    }

    // The picked unit, or the one that counts most for the answer.
    unit() {
      const seen = this.reading().seen(this.state.position.floor);
      const { unit } = this.state;
      return unit !== null && unit < seen.floor.size ? unit : seen.byVote()[0];
    }

    moveUnit(by) {
      const { size } = this.structure.floors[this.state.position.floor];
      this.show({ unit: Math.max(0, Math.min(size - 1, this.unit() + by)) });
    }

    nextUnit() {
      const order = this.reading().seen(this.state.position.floor).byVote();
      this.show({ unit: order[(order.indexOf(this.unit()) + 1) % order.length] });
    }

    // Leave a word out, or put it back; the walk stays at its word, or at the one that takes its place.
    without(origin) {
      const { leftOut, position } = this.state;
      const before = this.reading();
      const here = before.kept[position.t];
      const next = leftOut.includes(origin) ? leftOut.filter((t) => t !== origin) : [...leftOut, origin].sort((a, b) => a - b);
      if (next.length >= before.all.length) {
        this.tell(`One ${this.structure.kind} must stay.`);
        return;
      }
      const kept = before.all.map((_, t) => t).filter((t) => !next.includes(t));
      const t = kept.filter((one) => one <= here).length - 1;
      this.show({ leftOut: next, position: { ...position, t: Math.max(0, t) } });
    }

    read(text) {
      const first = { t: 0, phase: 0, floor: 0 };
      const holds = text === this.scene.text ? this.scene.holds || [] : [];
      return this.show({ text, leftOut: [], holds, position: first });
    }

    play(on) {
      clearTimeout(this.timer);
      this.timer = null;
      const { order } = this.reading();
      const atEnd = order.index(this.state.position) >= order.size - 1;
      if (on && atEnd) this.state = { ...this.state, position: order.first(0) };
      if (on) this.timer = setTimeout(() => this.tick(), PACES[this.pace]);
      this.draw();
    }

    tick() {
      this.act.next();
      const { order } = this.reading();
      if (order.index(this.state.position) >= order.size - 1) this.play(false);
      else this.timer = setTimeout(() => this.tick(), PACES[this.pace]);
    }

    faster(by) {
      this.pace = Math.max(0, Math.min(PACES.length - 1, this.pace + by));
    }

    // Keys and touch

    pressed(event) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isText(event.target)) return;
      if (isButton(event.target) && ["Enter", " "].includes(event.key)) return;
      const does = this.keys()[event.key];
      if (!does) return;
      event.preventDefault();
      does();
    }

    keys() {
      const { act, state } = this;
      const digits = Object.fromEntries(Array.from({ length: 9 }, (_, k) => [String(k + 1), () => act.word(k)]));
      return {
        ArrowRight: act.next, PageDown: act.next, ArrowLeft: act.back, PageUp: act.back, w: act.nextWord, b: act.backWord,
        Home: act.start, End: act.end, " ": act.play, "+": () => this.faster(1), "-": () => this.faster(-1),
        ArrowUp: () => this.moveUnit(-1), ArrowDown: () => this.moveUnit(1), U: () => this.nextUnit(), F: act.floor,
        Enter: () => act.arithmetic(!state.arithmetic), Escape: () => this.show({ arithmetic: false, lens: null }),
        t: act.notation, v: () => act.lens(state.lens ? null : "memory"), e: () => this.focusText(), p: act.reveal,
        ",": () => act.memory(state.scale - 0.25), ".": () => act.memory(state.scale + 0.25),
        d: () => act.without(this.reading().kept[state.position.t]), 0: act.original, ...digits,
      };
    }

    focusText() {
      const field = this.element.querySelector("input[type=text]");
      if (field) {
        field.focus();
        field.select();
      }
    }

    listenToTouch() {
      let from = null;
      this.element.addEventListener("touchstart", (event) => {
        from = event.touches.length === 1 && !isText(event.target) ? event.touches[0] : null;
      }, { passive: true });
      this.element.addEventListener("touchend", (event) => {
        if (!from) return;
        const [x, y] = [event.changedTouches[0].clientX - from.clientX, event.changedTouches[0].clientY - from.clientY];
        from = null;
        if (Math.abs(x) < 48 || Math.abs(x) < 2 * Math.abs(y)) return;
        (x < 0 ? this.act.next : this.act.back)();
      }, { passive: true });
    }

    // Drawing

    draw(width = this.element.clientWidth) {
      if (!this.state) return;
      this.width = width;
      const view = page.viewOf(this);
      this.element.classList.toggle("wide", Boolean(view.wide));
      this.element.classList.toggle("narrow", !view.wide);
      show(this.element, ...page.screen(this, view));
      this.onShow(this.state);
    }
  }

  page.Walk = Walk;
  page.walk = (element, options) => new Walk(element, options);
})();
