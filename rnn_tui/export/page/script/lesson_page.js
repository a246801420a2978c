// A lesson: one card after the other, each with the walk of its stop below or beside it. The state is the card and the answers.
(() => {
  "use strict";
  const page = (globalThis.rnnTui = globalThis.rnnTui || {});
  const { h, show } = page.dom;

  const isTyping = (target) => target && ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) && target.type !== "range";
  const isButton = (target) => target && ["BUTTON", "SUMMARY"].includes(target.tagName);

  class LessonPage {
    constructor(element, { lesson, models }) {
      Object.assign(this, { element, lesson, models });
      this.cards = lesson.stops.flatMap((stop, at) => stop.cards.map((card) => ({ card, stop: at })));
      this.state = { at: 0, answers: new Map(), refused: "" };
      this.walks = lesson.stops.map(() => null);
      element.classList.add("lesson");
      this.head = element.appendChild(document.createElement("header"));
      this.text = element.appendChild(document.createElement("section"));
      this.aside = element.appendChild(document.createElement("div"));
      this.text.className = "card";
      this.text.setAttribute("aria-live", "polite"); // a card is read aloud as it comes, and so is the mark
      this.aside.className = "stage";
      this.lens = this.aside.appendChild(document.createElement("div"));
      for (const [name, on] of [["beforeprint", true], ["afterprint", false]]) {
        addEventListener(name, () => {
          this.printing = on; // on paper stands all that has been read
          this.draw();
        });
      }
      addEventListener("keydown", (event) => this.pressed(event));
      addEventListener("hashchange", () => this.goTo(this.addressed(), { focus: true }));
      this.goTo(this.addressed());
    }

    // The card that the address names, from 0; the first where it names none.
    addressed() {
      const found = /^#card=([1-9][0-9]{0,5})$/.exec(location.hash);
      const at = found ? Number(found[1]) - 1 : 0;
      return at <= this.cards.length ? at : 0;
    }

    // After the last card comes the end, which stands at the last stop.
    get now() {
      return this.cards[Math.min(this.state.at, this.cards.length - 1)];
    }

    get card() {
      return this.state.at < this.cards.length ? this.now.card : null;
    }

    get answer() {
      return this.state.answers.get(this.card) || null;
    }

    get asking() {
      return Boolean(this.card) && this.card.kind === "question" && !this.answer;
    }

    // Actions

    get act() {
      return {
        card: this.state.at,
        onward: () => (this.asking ? this.reveal() : this.goTo(this.state.at + 1, { focus: true })),
        back: () => this.goTo(this.state.at - 1, { focus: true }),
        answer: (given) => this.given(given),
        reveal: () => this.reveal(),
      };
    }

    goTo(at, { focus = false } = {}) {
      if (at < 0 || at > this.cards.length) return;
      this.state = { ...this.state, at, refused: "" };
      this.draw();
      this.openScene();
      if (focus) {
        this.text.querySelector(".current").focus({ preventScroll: true });
        this.element.scrollIntoView({ block: "start" });
      }
      page.remember(`#card=${at + 1}`);
    }

    given(text) {
      if (!this.asking) return;
      const marked = page.mark(this.card, text);
      if (!marked.read) {
        this.state = { ...this.state, refused: `${marked.said}.` };
        this.draw();
        return;
      }
      this.settle({ ...marked, given: text.trim(), shown: false });
    }

    reveal() {
      if (this.asking) this.settle({ right: false, shown: true, given: null, said: `It is ${this.card.said}.` });
    }

    settle(answer) {
      this.state = { ...this.state, refused: "", answers: new Map([...this.state.answers, [this.card, answer]]) };
      this.draw();
      this.openScene();
      this.text.querySelector(".onward").focus({ preventScroll: true });
    }

    // The walk of a stop, made when it is first seen; keys are handed to it by the lesson.
    walkOf(stop, scene) {
      if (!this.walks[stop]) {
        const element = this.aside.appendChild(document.createElement("section"));
        element.setAttribute("aria-label", "the walk");
        const { network, structure } = this.models[this.lesson.stops[stop].model];
        this.walks[stop] = { element, walk: page.walk(element, { network, structure, scene, keys: new EventTarget() }), scene };
      }
      return this.walks[stop];
    }

    // The scene of the card is opened unless it is the one that the walk was opened at: then one stays where one has walked.
    openScene({ anew = false } = {}) {
      const { card, stop } = this.now;
      const answered = card.kind === "question" && this.state.answers.has(card);
      const scene = answered ? card.revealed : card.scene;
      this.walks.forEach((one, at) => {
        if (!one) return;
        one.element.hidden = at !== stop;
        if (one.walk.timer) one.walk.play(false);
      });
      const isNew = !this.walks[stop];
      const shown = this.walkOf(stop, scene);
      shown.element.inert = this.asking;
      shown.element.classList.toggle("lens-first", card.lens_first);
      if (!isNew && (JSON.stringify(shown.scene) !== JSON.stringify(scene) || this.asking || anew)) {
        shown.scene = scene;
        shown.walk.open(scene);
      } else if (shown.walk.width !== shown.element.clientWidth) shown.walk.draw();
    }

    // Keys: PageDown and PageUp are the lesson's, digits answer while a question is open, all others are the walk's.
    pressed(event) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { act } = this;
      if (event.key === "PageDown" || event.key === "PageUp") {
        event.preventDefault();
        (event.key === "PageDown" ? act.onward : act.back)();
        return;
      }
      if (isTyping(event.target)) return;
      if (event.key === "Backspace") {
        event.preventDefault();
        this.openScene({ anew: true });
        return;
      }
      if (this.asking) {
        const k = Number(event.key);
        if (/^[1-9]$/.test(event.key) && k <= this.card.choices.length) {
          event.preventDefault();
          act.answer(event.key);
        } else if (event.key === "Enter" && !isButton(event.target)) {
          event.preventDefault(); // or the button that gets the focus would be pressed
          act.reveal();
        } else if (/^[0-9.,+\u2212-]$/.test(event.key) && !this.card.choices.length) this.text.querySelector("input.answer").focus();
        return;
      }
      if (isButton(event.target) && event.target.closest(".card, header") && ["Enter", " "].includes(event.key)) return;
      this.walkOf(this.now.stop).walk.pressed(event);
    }

    // Drawing

    draw() {
      const { lesson, cards, state, act } = this;
      const count = cards.length;
      const audience = lesson.audience ? ` · for ${lesson.audience}` : "";
      show(this.head,
        h("h1", {}, lesson.title),
        state.at && !this.printing ? null : h("p", { class: "note" }, `${lesson.minutes} minute${lesson.minutes === 1 ? "" : "s"}${audience}`),
        h("progress", { max: count, value: Math.min(state.at + 1, count), "aria-label": `card ${Math.min(state.at + 1, count)} of ${count}` }));
      const before = cards.slice(0, state.at);
      const earlier = this.printing ? before : this.card ? before.filter((one) => one.stop === this.now.stop) : [];
      show(this.text,
        earlier.map((one) => h("div", { class: "before", key: `${cards.indexOf(one)}` }, page.card(one.card, state, act, false))),
        h("div", { class: "current", key: `${state.at}`, tabindex: "-1" }, this.card ? page.card(this.card, state, act, true) : page.ending(lesson, state)),
        h("nav", { "aria-label": "the lesson" },
          h("button", { type: "button", disabled: state.at === 0, onclick: act.back }, "◂ Back"),
          h("span", { class: "place" }, this.card ? `${state.at + 1} of ${count}` : "the end"),
          h("button", { type: "button", class: "onward", disabled: !this.card, onclick: act.onward }, "Go on ▸")),
        state.at ? null : h("p", { class: "note keys" }, "PageDown goes on, PageUp back; → and ← walk, and every key of the walk works. Backspace comes back to the stop."));
      const { card, stop } = this.now;
      const { kind } = this.models[lesson.stops[stop].model].structure;
      const at = `at ${kind} ${card.scene.position.t + 1} of “${page.numbers.clipped(card.scene.text, 60)}”`;
      show(this.lens, card.lens ? page.lensPicture(card.lens, at) : h("div", { hidden: true }));
    }
  }

  page.LessonPage = LessonPage;
  page.openLesson = (element, content) => new LessonPage(element, content);
})();
