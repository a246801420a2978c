// The prose of a lesson and the pictures of its lenses, as elements; every text is text.
(() => {
  "use strict";
  const page = (globalThis.rnnTui = globalThis.rnnTui || {});
  const { h } = page.dom;
  const TAGS = { strong: "strong", emphasis: "em", code: "code" };

  // A line break that is meant is one.
  const lines = (text) => text.split("\n").flatMap((line, k) => (k ? [h("br"), line] : [line]));

  const runs = (block) => block.runs.map(([role, text]) => (TAGS[role] ? h(TAGS[role], {}, lines(text)) : lines(text)));

  const indent = (block) => (block.depth ? { "--depth": String(block.depth) } : {});

  // The items of one list that stand together; a further paragraph of an item is none.
  function list(items) {
    const first = items[0];
    const numbered = first.mark !== "•";
    return h(numbered ? "ol" : "ul", { start: numbered ? parseInt(first.mark, 10) : null, style: indent(first) },
      items.map((item) => h("li", {}, runs(item))));
  }

  function single(block, level) {
    if (block.kind === "heading") return h(level, { style: indent(block) }, runs(block));
    if (block.kind === "code") return h("pre", { style: indent(block), tabindex: "0" }, h("code", {}, block.runs.map(([, text]) => text)));
    return h("p", { style: indent(block) }, runs(block));
  }

  page.prose = (blocks, level = "h2") => {
    const found = [];
    let items = [];
    for (const block of blocks) {
      const follows = items.length && items[0].depth === block.depth && (items[0].mark === "•") === (block.mark === "•");
      if (items.length && !(block.kind === "item" && follows)) {
        found.push(list(items));
        items = [];
      }
      if (block.kind === "item") items.push(block);
      else found.push(single(block, level));
    }
    return items.length ? [...found, list(items)] : found;
  };

  const classes = (name) => (name ? name.split(" ").map((one) => `ink-${one}`).join(" ") : null);

  const drawn = (rows, size) => h("pre", { class: `drawn ${size}`, "aria-hidden": "true" },
    rows.map((row) => [row.map(([text, name]) => (name ? h("span", { class: classes(name) }, text) : text)), "\n"]));

  // The picture of a lens as it is at the stop, with its sentences, which say what is seen.
  page.lensPicture = (lens, at) => h("figure", { class: "lens-picture" },
    h("figcaption", {}, h("strong", {}, lens.asks), h("small", {}, [lens.shows, at].filter(Boolean).join(" · "))),
    lens.wide.length ? [drawn(lens.wide, "wide"), drawn(lens.narrow, "narrow")] : null,
    lens.told.map((said) => h("p", {}, said)));
})();
