// Where every number of a unit comes from: its products one by one, and the equations with its numbers in.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { h } = page.dom;
  const { unsigned, number, operand, asShown, signOf, clipped, percent } = page.numbers;
  const { numbersOf, formulaOf } = page.notation;
  const { bar, signClass } = page.pictures;
  const DIGITS = 3;
  const MOST = 24;

  const gateCalled = (m, letter) => (letter ? ` (${m.floor.gates.find((gate) => gate.letter === letter).name})` : "");

  // A sum of products as a table: weight × value = product, largest first where there are many.
  function sum(title, terms) {
    const products = terms.products.map((one) => ({ ...one, product: one.weight === null ? one.value : one.weight * one.value }));
    const shown = products.length <= MOST ? products : [...products].sort((a, b) => Math.abs(b.product) - Math.abs(a.product)).slice(0, MOST);
    const scale = Math.max(1e-9, ...products.map((one) => Math.abs(one.product)), Math.abs(terms.bias || 0));
    const rest = products.filter((one) => !shown.includes(one)).reduce((total, one) => total + one.product, 0);
    const shownSum = shown.reduce((total, one) => total + asShown(one.product, DIGITS), 0) + asShown(rest, DIGITS) + asShown(terms.bias || 0, DIGITS);
    const row = (label, text, value) => h("tr", {}, h("th", { scope: "row" }, label), h("td", { class: "equation" }, text),
      h("td", { class: `number ${signClass(asShown(value, DIGITS))}` }, number(value, DIGITS)), bar(value, scale));
    return h("div", { class: "part" }, h("h4", {}, title),
      h("table", { class: "products" }, h("caption", { class: "unseen" }, title), h("tbody", {},
        shown.map((one) => row(clipped(one.label, 12),
          one.weight === null ? "" : `${operand(one.weight, DIGITS)} × ${operand(one.value, DIGITS)} ${signOf(one.product, asShown(one.weight, DIGITS) * asShown(one.value, DIGITS), DIGITS)}`, one.product)),
        shown.length < products.length ? row(`${products.length - shown.length} others`, "together", rest) : null,
        terms.bias ? row("bias", "", terms.bias) : null),
        h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "sum"), h("td", { class: "equation" }, signOf(terms.total, shownSum, DIGITS)), h("td", { class: "number" }, number(terms.total, DIGITS)), h("td", {})))));
  }

  const formula = (title, text) => h("div", { class: "part" }, h("h4", {}, title), h("p", { class: "equation" }, text));

  function largest(m, terms) {
    const { products } = terms;
    const shown = new Set([...products.keys()].sort((a, b) => products[b].value - products[a].value).slice(0, 12));
    const values = products.filter((_, k) => shown.has(k)).map((one) => `${clipped(one.label, 12)} ${unsigned(one.value)}`);
    if (shown.size < products.length) values.push(`${products.length - shown.size} more, none larger`);
    return formula("the largest so far", `max(${values.join(", ")}) = ${unsigned(terms.total)}`);
  }

  function part(m, view, one) {
    const { trace, floor, t, unit } = m;
    const terms = (name, row) => trace.terms(floor.index, t, name, row);
    switch (one.kind) {
      case "input":
        return sum(`input${gateCalled(m, one.gate)}: each number times its weight`, terms("ih", m.seen.blockOf(one.gate) + unit));
      case "memory":
        return sum(`memory${gateCalled(m, one.gate)}: every unit before, times its weight`, terms("hh", m.seen.blockOf(one.gate) + unit));
      case "head":
        return sum(`${view.notation ? one.name : "hidden layer"}: every unit below, times its weight`, terms(one.name, unit));
      case "votes": {
        const about = m.seen.about(t);
        const row = m.structure.output.kind === "yes_no" ? 0 : about;
        return sum(`the score of ${clipped(m.structure.labels[about], 20)}: every unit times its weight`, terms("logits", row));
      }
      case "context":
      case "mean":
        return sum("every memory so far, times its share", terms("context", unit));
      case "largest":
        return largest(m, terms("context", unit));
      case "score":
        return null;
      case "share": {
        const shares = Array.from(m.seen.array("attention", t) || []);
        const first = Math.max(0, shares.length - 12);
        const listed = shares.slice(first).map((share, k) => `${clipped(view.surface(k + first), 10)} ${percent(share)}`);
        if (first) listed.unshift(`${first} earlier, together ${percent(shares.slice(0, first).reduce((sum, one) => sum + one, 0))}`);
        return formula("shares of the attention", listed.join(" · "));
      }
      case "met":
        return formula("where the lanes meet", `${floor.merge === "sum" ? "→h + ←h" : "[→h; ←h]"}: ${m.name} = ${unsigned(m.value("h"))}`);
      default:
        return formula(one.name ? `${one.name}` : "sum", `${formulaOf(m, one)} = ${numbersOf(m, one)}`);
    }
  }

  // Where the numbers of a phase that computes nothing come from.
  function taken({ trace, floor }) {
    const layer = floor.index < trace.lanes ? trace.floor(floor.index).layer : null;
    if (layer !== 0) return "the numbers are those of the floor below";
    return trace.network.tokenizer.kind === "numbers" ? "the numbers are read, each less its mean and divided by its spread" : "the word is looked up";
  }

  function arithmetic(view) {
    const m = view.moment;
    const close = h("button", { class: "close", onclick: () => view.act.arithmetic(false) }, "Close");
    const parts = view.covers(view.phase) ? [] : m.phase.parts.map((one) => part(m, view, one)).filter(Boolean);
    return h("section", { class: "arithmetic", "aria-label": `Arithmetic of ${m.name}` },
      h("h2", {}, "Arithmetic ", h("small", {}, `of ${m.name}, in ${m.phase.heading}`), close),
      parts.length ? parts : h("p", { class: "note" }, view.covers(view.phase) ? "Guess first." : `Nothing is computed in this phase: ${taken(m)}. Go on to see the numbers at work.`));
  }

  page.arithmetic = arithmetic;
})();
