// The memory lens: how much of each word is left after each other one, as a triangle of words.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { h } = page.dom;
  const { unsigned, percent, clipped } = page.numbers;
  const { quoted } = page.telling;
  const MOST = 120;

  function sentence(view, influence) {
    const { trace, t } = view;
    const last = trace.length - 1;
    const moved = influence[t][t];
    const word = quoted([view.surface(t)]).text;
    if (!(moved > 0)) return `${word} moved the memory by nothing.`;
    const left = influence[t][last] / moved;
    const first = `${word} moved the memory by ${unsigned(moved)} when it was read.`;
    if (t === last) return `${first} It is the last ${view.kind}: all of that is there.`;
    return `${first} After ${quoted([view.surface(last)]).text}, the last ${view.kind}, ${left > 9.995 ? `${unsigned(left)} times as much` : percent(left)} of that is there.`;
  }

  function lens(view) {
    const { trace } = view;
    const close = h("button", { class: "close", onclick: () => view.act.lens(null) }, "Close");
    const head = h("h2", {}, "How long is each word remembered? ", h("small", {}, `Read again with one ${view.kind} silent: how far is the memory then from what it was?`), close);
    if (trace.length > MOST) return h("section", { class: "lens", "aria-label": "Memory lens" }, head, h("p", { class: "note" }, `This is for up to ${MOST} ${view.kind}s; the ${view.structure.whole} has ${trace.length}.`));
    const { influence } = view.memory();
    const most = Math.max(...influence.flat().filter(Number.isFinite)) || 1;
    const shown = Math.max(2, Math.min(trace.length, view.lensColumns));
    const from = Math.max(0, Math.min(view.t - Math.floor(shown / 2), trace.length - shown));
    const words = Array.from({ length: Math.min(shown, trace.length) }, (_, k) => k + from);
    return h("section", { class: "lens", "aria-label": "Memory lens" }, head,
      h("p", { class: "told", "aria-live": "polite" }, sentence(view, influence)),
      h("table", { class: "strip" }, h("caption", { class: "unseen" }, "what is left of each word after each other one"),
        h("thead", {}, h("tr", {}, h("td", {}, "left of ↓ after →"), words.map((t) => h("th", { scope: "col", class: t === view.t ? "now" : null, style: { width: view.cell(words.length, view.room) } }, clipped(view.surface(t), 9))))),
        h("tbody", {}, words.map((k) => h("tr", { class: k === view.t ? "picked" : null, onclick: () => view.act.word(k) },
          h("th", { scope: "row" }, clipped(view.surface(k), 12)),
          words.map((t) => {
            const value = influence[k][t];
            if (!view.structure.two_way && t < k) return h("td", { class: "heat none" }, "");
            const strength = Math.min(1, value / most);
            return h("td", { class: `heat amount${strength > 0.55 ? " full" : ""}`, style: { "--heat": (strength ** 0.8).toFixed(3) } }, unsigned(value));
          }))))),
      words.length < trace.length ? h("p", { class: "note" }, `${view.kind}s ${from + 1}–${from + words.length} of ${trace.length}`) : null);
  }

  page.lens = lens;
})();
