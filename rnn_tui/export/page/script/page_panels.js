// The phases of a word side by side: each a table with a row a unit. On a narrow screen the one at work is seen alone.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { h } = page.dom;
  const { number, asShown, signOf, clipped, percent } = page.numbers;
  const { bar, gate, figure, outputs, curves, signClass } = page.pictures;

  const MOST_ROWS = 32;

  // How wide a column wants to be, in rem.
  const WIDTHS = { number: 3.6, share: 3, gate: 2.4, bar: 3, sign: 1.1 };
  const [NAMES, PADDING, INPUT, GAP] = [3, 1.2, 9.5, 0.5];

  // The columns of a phase where all phases have room for theirs: what can be read off another one is left out.
  function staying(phase) {
    const bars = phase.columns.filter((column) => column.kind === "bar");
    const several = bars.length > 1 && bars.every((column) => column.scale === "input");
    const stays = (column) => !["bar", "gate"].includes(column.kind) || (column.main && !several);
    return phase.columns.flatMap((column, k) => {
      const before = phase.columns[k - 1];
      if (column.kind === "share" && !stays(before)) return [{ ...column, words: before.words, notation: before.notation }];
      return stays(column) ? [column] : [];
    });
  }

  // The widths of the panels, in rem, where all can keep their columns, so that nothing moves; null where they can't.
  function widthsOf(floor, room) {
    const widths = floor.phases.map((phase) => (phase.columns.length ? staying(phase).reduce((sum, column) => sum + WIDTHS[column.kind], PADDING) : INPUT));
    const names = floor.named ? 5 : NAMES;
    widths[floor.phases.findIndex((phase) => phase.columns.length)] += names;
    return widths.reduce((sum, width) => sum + width + GAP, 0) <= room ? widths : null;
  }

  // The units that have a row: all, or of many those around the picked one.
  function rowsOf(view) {
    const { size } = view.floor;
    if (size <= MOST_ROWS) return { from: 0, to: size };
    const from = Math.floor(view.unit / MOST_ROWS) * MOST_ROWS;
    return { from, to: Math.min(size, from + MOST_ROWS) };
  }

  // A column's value of a unit, and the sign that stands in a column of signs.
  const valueOf = (view, column, unit) => view.seen.of(view.t, unit, column.value);
  const beforeOf = (view, column, unit) => (view.base ? view.base.seen.of(view.base.t, unit, column.value) : null);

  function signText(view, column, unit) {
    if (!column.parts) return column.text;
    const fromShown = column.parts.reduce((sum, part) => sum + shownOf(view, part, unit), 0);
    return signOf(valueOf(view, column, unit), fromShown);
  }

  // What the numbers of a part come to as they are shown: a product of two columns is that of the shown numbers.
  function shownOf(view, part, unit) {
    const isVote = part[0] === "*" && part[1][0] === "value" && part[2][1] === "weight";
    if (isVote) return asShown(view.seen.of(view.t, unit, part[1])) * asShown(view.seen.of(view.t, unit, part[2]));
    return asShown(view.seen.of(view.t, unit, part));
  }

  function cell(view, column, unit) {
    const value = column.kind === "sign" ? null : valueOf(view, column, unit);
    switch (column.kind) {
      case "sign":
        return h("td", { class: "sign" }, signText(view, column, unit));
      case "bar": {
        const parts = column.parts ? column.parts.map((part) => view.seen.of(view.t, unit, part)) : null;
        return bar(value, view.seen.scale(column.scale), { parts, ghost: beforeOf(view, column, unit) });
      }
      case "gate":
        return gate(value, beforeOf(view, column, unit));
      default: {
        const isGate = column.kind === "share";
        return h("td", { class: `number ${isGate ? "" : signClass(asShown(value))}` }, figure(value, { notation: view.notation, gate: isGate }));
      }
    }
  }

  const headOf = (view, column) => (view.notation ? column.notation : column.words) || "";

  function nameCell(view, unit) {
    const name = clipped(view.floor.units[unit], 16);
    return h("th", { scope: "row" },
      h("button", { class: "unit", "aria-pressed": unit === view.unit ? "true" : "false", "aria-label": `${name}: its arithmetic`, onclick: () => view.act.unit(unit) },
        view.floor.named ? name : name.replace(/unit /, "")));
  }

  const NONE = h("td", { class: "none" });
  const DOT = h("td", { class: "none" }, "·");

  function table(view, phase, at, columns, named) {
    const { from, to } = rowsOf(view);
    const known = view.knows(at);
    const covered = view.covers(at);
    const rows = [];
    for (let unit = from; unit < to; unit += 1) {
      const cells = known && !covered ? columns.map((column) => cell(view, column, unit)) : columns.map((column) => (column.kind === "number" || column.kind === "share" ? DOT : NONE));
      rows.push(h("tr", { class: unit === view.unit ? "picked" : null, onclick: () => view.act.pick(unit) }, named ? nameCell(view, unit) : null, cells));
    }
    const tight = columns.filter((column) => column.kind === "number").length > 2 ? "tight" : columns.length > 6 ? "crowded" : null;
    const caption = `${phase.heading} at ${view.kind} ${view.t + 1}`;
    return h("table", { class: tight },
      h("caption", { class: "unseen" }, caption),
      h("thead", {}, h("tr", {}, named ? h("th", { scope: "col", class: "of-name" }, h("span", { class: "unseen" }, "unit")) : null, columns.map((column) => h("th", { scope: "col", class: `of-${column.kind}` }, headOf(view, column))))),
      h("tbody", {}, rows));
  }

  // The input of a word: its curve, its place in a list, or its numbers.
  function input(view, isNow) {
    const { structure, trace, t, floor } = view;
    const word = h("p", { class: "reads" }, view.surface(t));
    if (floor.layer === 0 && structure.numbers) {
      return [word, structure.numbers.features > 3 ? curves(view) : null, isNow && structure.numbers.features > 1 ? numbers(view, structure.numbers.names) : null];
    }
    if (floor.layer === 0 && structure.embedding === "one-hot") {
      const { id } = trace.tokens[t];
      return [word, h("p", { class: "note" }, id === null ? "unknown: all zeros" : `place ${id + 1} of ${floor.input_size}: a 1 there, else 0`)];
    }
    return [word, h("p", { class: "note" }, `${floor.input_size} numbers${floor.layer === 0 ? " stand for it" : " from below"}`),
      isNow ? numbers(view, Array.from({ length: floor.input_size }, (_, k) => floor.inputName(k))) : null];
  }

  function numbers(view, names) {
    const x = view.inputs(view.t);
    if (!x) return null;
    const most = 24;
    const scale = view.inputScale();
    return h("table", { class: "inputs" }, h("caption", { class: "unseen" }, "what is read"), h("tbody", {},
      Array.from(x).slice(0, most).map((value, k) => h("tr", {},
        h("th", { scope: "row" }, clipped(names[k], 12)), bar(value, scale), h("td", { class: `number ${signClass(asShown(value))}` }, number(value)))),
      x.length > most ? h("tr", {}, h("th", { scope: "row" }, "…"), h("td", {}), h("td", {}, `${x.length} in all`)) : null));
  }

  // Where the words are that look back or pool looks at, and the share that each has.
  function lookback(view) {
    const shares = view.seen.array("attention", view.t);
    if (!shares) return null;
    const order = page.answers.ranked(shares).slice(0, 8).sort((a, b) => a - b);
    return h("div", { class: "outputs" }, order.map((t) => h("div", { class: "output" },
      h("span", { class: "label" }, clipped(view.surface(t), 12)),
      h("span", { class: "gate" }, h("i", { class: "said", style: { width: page.pictures.css(shares[t]) } })),
      h("span", { class: "figure" }, percent(shares[t])))));
  }

  // The two sides of the votes.
  function votesFor(view) {
    const isNumber = page.answers.isNumber(view.structure);
    const label = isNumber ? "more" : clipped(view.structure.labels[view.seen.about(view.t)], 14);
    return [": ", h("span", { class: "neg" }, isNumber ? "◂ less" : "◂ against"), " ", h("span", { class: "pos" }, `${label} ▸`)];
  }

  function body(view, phase, at, isNow, named) {
    const known = view.knows(at);
    const covered = view.covers(at);
    if (phase.name === "read") return known ? input(view, isNow) : [];
    const columns = view.panelWidths ? staying(phase) : isNow ? phase.columns : phase.columns.filter((column) => column.main);
    const isCheck = phase.name === "check";
    const parts = [];
    parts.push(table(view, phase, at, columns.length ? columns : phase.columns, named));
    if (known && !covered && phase.name === "attend") parts.push(lookback(view));
    if (isCheck) parts.push(answered(view, known, covered));
    return parts;
  }

  // The answer below the votes: that of now, or the last one there was.
  function answered(view, known, covered) {
    const t = known ? view.t : view.order.has(view.t - 1, view.floor.index) ? view.t - 1 : -1;
    const answer = t >= 0 ? view.seen.answer(t) : null;
    if (!answer) return h("p", { class: "note" }, "no answer yet");
    if (covered) return h("p", { class: "note" }, h("button", { class: "reveal", onclick: view.act.reveal }, "Show the answer"));
    const before = view.base && view.base.seen.answer(view.base.t);
    return h("div", { class: known ? "answered" : "answered earlier" },
      h("p", { class: "note" }, known && view.t === view.trace.length - 1 ? "final answer" : `after “${clipped(view.surface(t), 16)}”`),
      outputs({ ...view, t, seen: view.seen }, answer, known ? before : null));
  }

  function phases(view) {
    const { floor } = view;
    const first = floor.phases.findIndex((phase) => phase.columns.length);
    const share = (phase, at) => (view.panelWidths ? view.panelWidths[at] : at === view.phase ? 2.6 : phase.columns.length ? 1 : 0.7);
    const widths = floor.phases.map((phase, at) => `minmax(0, ${share(phase, at)}fr)`);
    const many = (floor.size > 8 ? " many" : "") + (floor.named ? " named" : "");
    // Side by side the names at the left serve all phases; alone there is but the phase at work.
    const panel = (phase, at) => {
      const isNow = at === view.phase;
      const known = view.knows(at);
      const state = isNow ? "now" : known ? "done" : "next";
      return view.once(`phase ${at}`, `${state} ${view.t} ${known}`, () =>
        h("section", { class: `phase ${state} ${phase.name}`, "aria-label": phase.heading, key: `${floor.index}:${at}`, onclick: isNow ? null : () => view.act.phase(at) },
          h("h3", {}, phase.heading), h("p", { class: "does" }, view.notation ? phase.notation : phase.words,
            phase.name === "check" && known && !view.covers(at) ? votesFor(view) : null),
          h("div", { class: "body" }, body(view, phase, at, isNow, at === first || (isNow && !view.panelWidths)))));
    };
    const shown = view.wide ? floor.phases.map(panel) : panel(floor.phases[view.phase], view.phase);
    const style = view.wide ? { "grid-template-columns": widths.join(" ") } : {};
    return [h("div", { class: `phases${many}${view.panelWidths ? " staying" : ""}`, style }, shown), note(view)];
  }

  function note(view) {
    const { from, to } = rowsOf(view);
    if (to - from === view.floor.size) return null;
    return h("p", { class: "note window" }, `units ${from + 1}–${to} of ${view.floor.size} `,
      h("button", { onclick: () => view.act.pick(Math.max(0, from - 1)) }, "earlier units"),
      h("button", { onclick: () => view.act.pick(Math.min(view.floor.size - 1, to)) }, "later units"));
  }

  function tabs(view) {
    return h("div", { class: "tabs", role: "group", "aria-label": "phases" }, view.floor.phases.map((phase, at) =>
      h("button", { class: at === view.phase ? "now" : view.knows(at) ? "done" : "next", "aria-current": at === view.phase ? "step" : null, onclick: () => view.act.phase(at) }, phase.heading)));
  }

  page.panels = { phases, tabs, rowsOf, widthsOf };
})();
