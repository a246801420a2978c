// Small pictures: bars, heat cells, output bars, a curve, a grid. Sign is a colour and a side, never a colour alone.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { h } = page.dom;
  const { number, unsigned, percent, quantity, clipped } = page.numbers;

  const signClass = (value) => (value > 0 ? "pos" : value < 0 ? "neg" : "zero");
  const share = (value, scale) => Math.min(1, Math.abs(value) / scale) || 0;
  const css = (fraction) => `${(100 * fraction).toFixed(2)}%`;

  function fill(from, to, kind) {
    const [left, right] = [Math.min(from, to), Math.max(from, to)];
    return h("i", { class: kind, style: { left: css(0.5 + left / 2), width: css((right - left) / 2) } });
  }

  // A cell with a bar from the middle: to the right for what is positive. Of `parts` that pull against each other what is cancelled
  // is hatched: beyond the bar, and on the other side. `ghost` is what the number was before a change.
  function bar(value, scale, { parts = null, ghost = null } = {}) {
    const fills = [];
    let cancelled = 0;
    if (parts) {
      const pull = (sign) => parts.reduce((sum, one) => sum + (one * sign > 0 ? Math.abs(one) : 0), 0);
      cancelled = Math.min(pull(1), pull(-1)) || 0;
    }
    const gone = share(cancelled, scale);
    const length = share(value, scale);
    if (gone > 0.002) {
      const [right, left] = value < 0 ? [0, length] : [length, 0];
      fills.push(fill(right, Math.min(1, right + gone), "pos hatched"), fill(Math.max(-1, -left - gone), -left, "neg hatched"));
    }
    if (length) fills.push(fill(0, Math.sign(value) * length, signClass(value)));
    if (ghost !== null && Number.isFinite(ghost) && number(ghost) !== number(value)) {
      const at = 0.5 + (Math.sign(ghost) * share(ghost, scale)) / 2;
      fills.push(h("b", { class: "ghost", style: { left: css(at) } }));
    }
    return h("td", { class: "bar" }, fills);
  }

  // A cell that says how far a gate is open: a bar from the left.
  function gate(value, ghost = null) {
    const fills = [h("i", { class: "open", style: { width: css(share(value, 1)) } })];
    if (ghost !== null && percent(ghost) !== percent(value)) fills.push(h("b", { class: "ghost", style: { left: css(share(ghost, 1)) } }));
    return h("td", { class: "gate" }, fills);
  }

  // The properties of a cell that is coloured by a value.
  function heat(value, scale) {
    const strength = share(value, scale);
    return { class: `heat ${signClass(value)}${strength > 0.55 ? " full" : ""}`, style: { "--heat": (strength ** 0.8).toFixed(3) } };
  }

  const figure = (value, { notation = false, gate: isGate = false } = {}) =>
    isGate ? (notation ? unsigned(value) : percent(value)) : number(value);

  // The output nodes: a bar a label with its share; of many the most probable. Marks of before are ticks.
  function outputs(view, answer, before) {
    const { structure } = view;
    if (page.answers.isNumber(structure)) return scales(view, answer);
    const most = 6;
    const order = structure.labels.length <= most ? structure.labels.map((_, k) => k) : page.answers.ranked(answer).slice(0, most);
    const best = page.answers.ranked(answer)[0];
    const tied = page.answers.tied(answer);
    return h("div", { class: "outputs" }, order.map((k) =>
      h("div", { class: k === best && !tied ? "output best" : "output" },
        h("span", { class: "label" }, clipped(structure.labels[k], 20)),
        h("span", { class: "gate" },
          h("i", { class: "said", style: { width: css(share(answer[k], 1)) } }),
          before && percent(before[k]) !== percent(answer[k]) ? h("b", { class: "ghost", style: { left: css(share(before[k], 1)) } }) : null),
        h("span", { class: "figure" }, percent(answer[k])))),
      tied ? h("p", { class: "note" }, "undecided: two share the first rank") : null,
      order.length < structure.labels.length ? h("p", { class: "note" }, `and ${structure.labels.length - order.length} others`) : null);
  }

  // Numbers as answers: each on its scale, with the true one where it is known.
  function scales(view, answer) {
    const { structure, trace, t } = view;
    const { mean, std } = structure.output;
    return h("div", { class: "outputs" }, Array.from(answer).slice(0, 3).map((value, k) => {
      const next = k === 0 ? page.answers.trueNext(structure, trace, t) : null;
      const shown = [mean[k] - 2 * std[k], mean[k] + 2 * std[k]];
      for (let s = trace.answeredFrom; s < trace.length; s += 1) {
        shown.push((view.seen.answer(s) || [NaN])[k], k === 0 ? (page.answers.trueNext(structure, trace, s) ?? NaN) : NaN);
      }
      const finite = shown.filter(Number.isFinite);
      const [low, high] = [Math.min(...finite), Math.max(...finite)];
      const at = (one) => css(Math.max(0, Math.min(1, (one - low) / (high - low || 1))));
      return h("div", { class: "amount" },
        h("p", {}, h("strong", {}, `${page.answers.label(structure, k)}: ${page.answers.inUnit(structure, value)}`)),
        h("span", { class: "scale" },
          Number.isFinite(value) ? h("b", { class: "now", style: { left: at(value) } }) : null,
          next === null ? null : h("b", { class: "true", style: { left: at(next) } })),
        h("p", { class: "ends" }, h("span", {}, quantity(low)), h("span", {}, quantity(high))),
        next === null ? null : h("p", { class: "note" }, `○ ${quantity(next)} comes next`));
    }));
  }

  // A series as a curve: what has been read is bright, the point of now is marked. Features have a curve each.
  function curves(view) {
    const { structure, trace, t } = view;
    const { features, names, named, mean, scale } = structure.numbers;
    if (features > 3) return grid(view);
    const length = trace.length;
    return h("div", { class: "curves" }, Array.from({ length: features }, (_, k) => {
      const values = trace.x.map((x) => x[k] * scale[k] + mean[k]);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const x = (at) => (length === 1 ? 50 : 2 + (96 * at) / (length - 1));
      const y = (value) => 24 - (20 * (value - low)) / (high - low || 1);
      const points = (from, to) => values.slice(from, to).map((value, at) => `${x(at + from).toFixed(2)},${y(value).toFixed(2)}`).join(" ");
      return h("figure", { class: "curve" },
        h("svg", { viewBox: "0 0 100 28", preserveAspectRatio: "none" },
          h("polyline", { class: "coming", points: points(t, length) }),
          h("polyline", { class: "past", points: points(0, t + 1) }),
          h("line", { class: "here", x1: x(t), x2: x(t), y1: 1, y2: 27 })),
        h("figcaption", {}, `${named ? `${clipped(names[k], 16)} ` : ""}${quantity(values[t])}`));
    }));
  }

  // Many features: a row a timestep, a square a feature, as a small picture.
  function grid(view) {
    const { structure, trace, t } = view;
    const { features, mean, scale } = structure.numbers;
    const most = 32;
    const from = Math.max(0, Math.min(t - most / 2, trace.length - most));
    const shown = trace.x.slice(from, from + most);
    const values = shown.map((x) => Array.from(x, (one, k) => one * scale[k] + mean[k]));
    const [low, high] = [Math.min(...values.flat()), Math.max(...values.flat())];
    return h("div", { class: "grid" }, values.map((row, at) =>
      h("div", { class: at + from === t ? "row now" : at + from < t ? "row past" : "row" },
        row.slice(0, 64).map((one) => h("i", { style: { opacity: ((one - low) / (high - low || 1)).toFixed(2) } })),
        features > 64 ? "…" : null)));
  }

  page.pictures = { bar, gate, heat, figure, outputs, curves, signClass, css };
})();
