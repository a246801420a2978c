// What is seen of a state: the view that all pictures draw from, and the screen that they make together.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { h } = page.dom;
  const WIDE = 1100;
  const CELL = 58;

  // All that a picture of a state needs, in one object; nothing in it changes.
  page.viewOf = (walk) => {
    const { state, structure } = walk;
    const reading = walk.reading();
    const { position } = state;
    const { trace, order, kept } = reading;
    const seen = reading.seen(position.floor);
    const { floor } = seen;
    const answers = reading.seen(reading.answering);
    const before = reading.before(position.floor);
    const unit = walk.unit();
    const checkPhase = structure.floors[reading.answering].phases.length - 1;
    const phase = floor.phases[position.phase];
    const covers = (at) => state.hidden && (floor.answers || floor.layer === null) && at > floor.state_phase;
    const half = walk.width >= WIDE && state.arithmetic;
    const room = (half ? walk.width / 2 : walk.width) - 110;
    let scale = null;
    return {
      act: walk.act, state, structure, reading, position, trace, order, seen, floor, answers, unit, covers, checkPhase, answersAt: reading.answering,
      t: position.t, phase: position.phase, notation: state.notation, hidden: state.hidden, kind: structure.kind,
      all: reading.all,
      base: before && { seen: before, t: kept[position.t] },
      moment: new page.telling.Moment(seen, position.t, unit, phase, reading.holdsOf(kept)),
      columns: Math.max(3, Math.floor(room / CELL)),
      cell: (count, wide = room) => `${Math.max(CELL - 4, Math.min(120, Math.floor(wide / count)))}px`,
      room: walk.width - 110,
      wide: walk.width >= WIDE,
      panelWidths: walk.width >= WIDE ? page.panels.widthsOf(floor, (walk.width - 40) / 16) : null,
      // What is drawn of the same things is drawn once: `key` names all that it depends on but what was computed.
      once: (name, key, draw) => {
        const whole = [reading.number, position.floor, unit, state.notation, state.hidden, walk.width, key].join(" ");
        const known = walk.drawn.get(name);
        if (known && known.whole === whole) return known.node;
        const node = draw();
        walk.drawn.set(name, { whole, node });
        return node;
      },
      lensColumns: Math.max(3, Math.floor((walk.width - 110) / CELL)),
      surface: (t) => page.numbers.printable(trace.tokens[t].surface),
      originOf: (t) => kept[t],
      tOf: (origin) => kept.indexOf(origin),
      knows: (at) => order.knows(position, position.t, at, floor.index),
      readAlready: (t) => order.knows(position, t, 0, floor.index),
      answered: (t) => order.knows(position, t, checkPhase, reading.answering),
      old: (t) => reading.base && reading.before(reading.answering).answer(kept[t]),
      oldState: (t, one) => (before ? before.at(kept[t], one, "h") : null),
      inputs: (t) => (floor.layer === null ? null : trace.floor(floor.index).x[t]),
      inputScale: () => {
        const { x } = trace.floor(floor.index);
        return Math.max(...x.map((one) => one.reduce((most, value) => Math.max(most, Math.abs(value)), 0))) || 1;
      },
      stateScale: () => {
        if (scale === null) scale = seen.scale("state");
        return scale;
      },
      memory: () => reading.memory(),
    };
  };

  const button = (label, text, act, props = {}) => h("button", { "aria-label": label, title: label, onclick: act, ...props }, text);

  function header(walk, view) {
    const { structure } = view;
    const where = `${view.kind} ${view.t + 1} of ${view.trace.length} · ${view.floor.phases[view.phase].heading}`;
    return h("header", {},
      h("div", { class: "names" }, h("h1", {}, structure.title), h("p", { class: "note" }, structure.architecture),
        walk.scene.edited ? h("p", { class: "edited" }, `with ${walk.scene.edited}`) : null),
      h("p", { class: "where" }, where),
      h("button", { class: "notation", "aria-pressed": String(view.notation), onclick: view.act.notation }, "notation"));
  }

  // The floors of a network of several, the lowest first, with the one that the walk is on.
  function floors(view) {
    if (view.structure.floors.length < 2) return null;
    return h("nav", { class: "floors", "aria-label": "floors" }, view.structure.floors.map((floor) =>
      h("button", { "aria-label": floor.name, title: floor.name, "aria-current": floor === view.floor ? "true" : null, onclick: () => view.act.onFloor(floor.index) },
        floor.short)));
  }

  const piece = (one) => (typeof one === "string" ? one : h("span", { class: one.role || null }, one.text));

  function story(view) {
    const told = page.tell(view.moment, { notation: view.notation, covered: view.covers(view.phase) });
    return h("div", { class: "story", "aria-live": "polite", "aria-atomic": "true" },
      told.lines.map((line) => h("p", {}, line.map(piece))),
      told.notation ? h("p", { class: "equation" }, told.notation) : null);
  }

  function controls(walk, view) {
    const at = view.order.index(view.position);
    const [first, last] = [at === 0, at === view.order.size - 1];
    return h("div", { class: "controls", role: "toolbar", "aria-label": "the walk" },
      button("to the first word", "first", view.act.start, { disabled: first }),
      button("back one phase", "← back", view.act.back, { class: "step", disabled: first }),
      button(walk.timer ? "pause" : "play", walk.timer ? "pause" : "play", view.act.play, { "aria-pressed": String(Boolean(walk.timer)) }),
      button("next phase", "next →", view.act.next, { class: "step main", disabled: last }),
      button("to the final answer", "last", view.act.end, { disabled: last }));
  }

  // What can be changed: the sentence, the loudness of the memory, a word less; and the memory lens.
  function changes(walk, view) {
    const { state } = view;
    return view.once("changes", [view.t, view.trace.length, Boolean(state.lens), state.arithmetic].join(" "), () => drawnChanges(walk, view));
  }

  function drawnChanges(walk, view) {
    const { state, structure } = view;
    const origin = view.originOf(view.t);
    const submit = (event) => {
      event.preventDefault();
      const field = event.target.elements.text;
      if (walk.read(field.value)) field.blur();
    };
    const changed = state.scale !== 1 || state.leftOut.length;
    return h("section", { class: "changes", "aria-label": "What if" },
      h("form", { onsubmit: submit, class: "own" },
        h("label", {}, `A ${structure.whole} of your own`,
          h("input", { type: "text", name: "text", key: state.text, default: state.text, maxlength: 4000, autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go" })),
        h("button", { type: "submit" }, "Read it")),
      structure.examples.length ? h("label", { class: "examples" }, "Or one of these",
        h("select", { onchange: (event) => event.target.value !== "" && walk.read(structure.examples[Number(event.target.value)]) },
          h("option", { value: "" }, "…"), structure.examples.map((one, k) => h("option", { value: k }, `${page.numbers.clipped(one, 40)}`)))) : null,
      h("label", { class: "slider" }, h("span", {}, "Memory ", h("output", {}, `× ${page.numbers.unsigned(state.scale)}`)),
        h("input", { type: "range", min: 0, max: page.address.MOST_MEMORY, step: 0.05, value: state.scale, "aria-label": "how loud the memory is", oninput: (event) => view.act.memory(Number(event.target.value)) })),
      h("div", { class: "buttons" },
        h("button", { onclick: () => view.act.without(origin), disabled: view.trace.length < 2 }, `Without “${page.numbers.clipped(view.surface(view.t), 12)}”`),
        h("button", { onclick: view.act.original, disabled: !changed }, "As it was"),
        h("button", { "aria-pressed": String(Boolean(state.lens)), onclick: () => view.act.lens(state.lens ? null : "memory") }, "Memory lens"),
        h("button", { "aria-pressed": String(state.arithmetic), onclick: () => view.act.arithmetic(!state.arithmetic) }, "Arithmetic")),
      h("details", { class: "help" }, h("summary", {}, "Keys"), h("p", {}, "→ ← one phase · w b one word · Home End · 1–9 a word · space play, + − speed · ↑ ↓ unit, U the next that counts · Enter arithmetic, Esc back · F floor · e sentence · t words or notation · , . memory · d without this word · 0 as it was · v memory lens")));
  }

  page.screen = (walk, view) => [
    header(walk, view),
    h("div", { class: "sentence" }, page.strip.ribbon(view)),
    floors(view) || h("div", { hidden: true }),
    h("p", { class: "message", role: "alert" }, walk.message),
    page.panels.tabs(view),
    story(view),
    h("div", { class: "work" }, page.panels.phases(view)),
    h("div", { class: view.state.arithmetic ? "below both" : "below" }, page.strip.strip(view), view.state.arithmetic ? page.arithmetic(view) : null),
    view.state.lens ? page.lens(view) : h("div", { hidden: true }),
    changes(walk, view),
    controls(walk, view),
  ];
})();
