// The sentence with the answer after every word, and the memory strip: one column a word, as far as the walk has come.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { h } = page.dom;
  const { number, clipped } = page.numbers;
  const { heat, curves } = page.pictures;
  const MOST_WORDS = 40;

  // The words that are shown: all, or of a long text those around the one that is read.
  function windowOf(length, t, most) {
    if (length <= most) return { from: 0, to: length };
    const from = Math.max(0, Math.min(t - Math.floor(most / 2), length - most));
    return { from, to: from + most };
  }

  // The answer under a word, as far as it is known; with what it was before a change.
  function answerUnder(view, t) {
    const answer = view.answered(t) ? view.answers.answer(t) : null;
    const said = answer && page.answers.short(view.structure, answer);
    if (!said) return h("small", { class: "said none" }, "\u00a0");
    if (view.hidden) return h("small", { class: "said" }, "?");
    const old = view.old(t);
    const was = old && page.answers.short(view.structure, old);
    const changed = was && (was.label !== said.label || was.share !== said.share);
    return h("small", { class: "said" }, h("span", {}, said.label), " ", said.share,
      changed ? h("s", { class: "was" }, was.label === said.label ? was.share : `${was.label} ${was.share}`) : null);
  }

  function ribbon(view) {
    const { from, to } = windowOf(view.all.length, view.originOf(view.t), MOST_WORDS);
    const words = [];
    const long = view.structure.numbers && view.structure.numbers.features > 3;
    const letters = view.all.slice(from, to).reduce((sum, one) => sum + Math.min(one.surface.length, long ? 9 : 24) + 3, 0);
    for (let origin = from; origin < to; origin += 1) {
      const t = view.tOf(origin);
      const surface = clipped(view.all[origin].surface, long ? 9 : 24);
      const gone = t < 0;
      const now = t === view.t;
      words.push(h("li", { class: gone ? "gone" : now ? "now" : view.readAlready(t) ? "past" : "coming" },
        h("button", { "aria-current": now ? "step" : null, "aria-label": gone ? `${surface}, left out: put it back` : null,
          onclick: () => (gone ? view.act.without(origin) : view.act.word(t)) }, gone ? h("s", {}, surface) : surface,
          view.all[origin].unknown ? h("small", { class: "unknown" }, "unknown") : null),
        gone ? h("small", { class: "said" }, "left out") : answerUnder(view, t)));
    }
    const note = to - from < view.all.length ? h("p", { class: "note" }, `${view.kind}s ${from + 1}–${to} of ${view.all.length}`) : null;
    return [h("ol", { class: `ribbon${view.structure.separator === "" ? " letters" : ""}${letters > 70 ? " many" : ""}` }, words), note,
      view.structure.numbers && view.structure.numbers.features <= 3 ? curves(view) : null];
  }

  function strip(view) {
    const { floor } = view;
    const state = floor.layer === null && floor.state_phase < 0 ? floor.phases.findIndex((phase) => phase.shows.includes(floor.reads)) : floor.state_phase;
    const has = view.order.count(view.position, state, floor.index);
    const answers = view.order.count(view.position, view.checkPhase, view.answersAt);
    return view.once("strip", [view.t, has, answers, view.columns].join(" "), () => drawn(view, state));
  }

  function drawn(view, state) {
    const { floor, trace, structure } = view;
    const { from, to } = windowOf(trace.length, view.t, view.columns);
    const rows = page.panels.rowsOf(view);
    const known = (t) => view.order.knows(view.position, t, state, floor.index);
    const words = Array.from({ length: to - from }, (_, k) => k + from);
    const scale = view.stateScale();
    const body = [];
    for (let unit = rows.from; unit < rows.to; unit += 1) {
      const name = clipped(floor.units[unit], 12);
      body.push(h("tr", { class: unit === view.unit ? "picked" : null, onclick: () => view.act.pick(unit) },
        h("th", { scope: "row" }, floor.named ? name : name.replace(/unit /, "")),
        words.map((t) => {
          const now = t === view.t ? " now" : "";
          if (!known(t)) return h("td", { class: `heat none${now}` }, "·");
          const value = view.seen.at(t, unit, "h");
          const { class: kind, style } = heat(value, scale);
          const before = view.oldState(t, unit);
          const moved = before !== null && number(before) !== number(value) ? " moved" : "";
          return h("td", { class: kind + now + moved, style, title: moved ? `was ${number(before)}` : null }, number(value));
        })));
    }
    const note = to - from < trace.length ? ` · ${view.kind}s ${from + 1}–${to} of ${trace.length}` : "";
    const lane = floor.backward ? "this lane reads from the end: it fills from the right" : `the hidden state after each ${view.kind}`;
    const says = structure.answers_each || floor.answers;
    return h("section", { class: "memory", "aria-label": "Memory" },
      h("h2", {}, "Memory ", h("small", {}, (view.notation ? `${floor.symbol}: ` : "") + lane + note)),
      h("table", { class: "strip" }, h("caption", { class: "unseen" }, `the hidden state after each ${view.kind}`),
        h("thead", {}, h("tr", {}, h("td", {}), words.map((t) => h("th", { scope: "col", class: t === view.t ? "now" : null, style: { width: view.cell(words.length) } }, clipped(view.surface(t), words.length > 8 ? 9 : 14))))),
        h("tbody", {}, body),
        says ? h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "says"), words.map((t) => h("td", {}, answerUnder(view, t))))) : null));
  }

  page.strip = { ribbon, strip };
})();
