// A card of a lesson as elements: prose, a question with its mark, or the words at the end.
(() => {
  "use strict";
  const page = (globalThis.rnnTui = globalThis.rnnTui || {});
  const { h } = page.dom;

  function choice(question, k, answer, act) {
    const text = question.choices[k];
    const marked = answer ? [k === question.answer ? "right" : "", k === answer.choice ? "given" : ""].filter(Boolean).join(" ") : null;
    const sign = answer && k === question.answer ? " ✓" : answer && k === answer.choice ? " ✗" : "";
    return h("button", { type: "button", class: `choice ${marked || ""}`, "aria-disabled": answer ? "true" : null, onclick: () => !answer && act.answer(String(k + 1)) },
      h("span", { class: "key", "aria-hidden": "true" }, String(k + 1)), text, sign);
  }

  const reveal = (act) => h("button", { type: "button", class: "reveal", onclick: act.reveal }, "Show the answer");

  function field(question, act, draft) {
    const submit = (event) => {
      event.preventDefault();
      act.answer(event.target.elements.given.value);
    };
    return h("form", { class: "given", onsubmit: submit },
      h("label", {}, `A ${question.share ? "share, such as 60%" : "number"}; it is right ${question.within}`,
        h("input", { type: "text", name: "given", class: "answer", key: `${act.card}`, maxlength: 60, autocomplete: "off", spellcheck: "false", enterkeyhint: "done", "aria-invalid": draft ? "true" : null })),
      h("button", { type: "submit" }, "Answer"), reveal(act));
  }

  // What was given, its mark, and why; nothing of it before there is an answer.
  function result(question, answer) {
    if (!answer) return null;
    return [
      h("p", { class: `mark ${answer.right ? "right" : answer.shown ? "" : "wrong"}` },
        answer.given !== null && !question.choices.length ? h("span", { class: "was-given" }, `You said ${page.numbers.clipped(answer.given, 60)}. `) : null,
        answer.said),
      h("p", { class: "why" }, question.why),
    ];
  }

  function question(card, state, act, isNow) {
    const answer = state.answers.get(card) || null;
    const open = isNow && !answer;
    return h("div", { class: "question", role: "group", "aria-label": "question" },
      h("p", { class: "ask" }, card.ask),
      card.choices.length ? h("div", { class: "choices" }, isNow || answer ? card.choices.map((_, k) => choice(card, k, answer, act)) : card.choices.join(" · "),
        open ? reveal(act) : null) : null,
      open && !card.choices.length ? field(card, act, state.refused) : null,
      h("div", { class: "result" }, open ? state.refused || "" : result(card, answer)),
      );
  }

  const prose = (card) => page.prose(card.blocks);

  page.card = (card, state, act, isNow) => (card.kind === "question" ? question(card, state, act, isNow) : h("div", { class: "prose" }, prose(card)));

  // The words after the last card, with what was right of what was answered.
  page.ending = (lesson, state) => {
    const answers = [...state.answers.values()].filter((answer) => !answer.shown);
    const right = answers.filter((answer) => answer.right).length;
    return h("div", { class: "prose" }, h("h2", {}, "The end"), h("p", {}, `That was “${lesson.title}”.`),
      answers.length ? h("p", {}, h("strong", {}, `${right} of ${answers.length} right.`)) : null,
      h("p", {}, "Everything below is yours to try: other words, a quieter memory, a word left out."));
  };
})();
