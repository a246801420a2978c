// Marking: whether what was given is right, and which usual slip a wrong number comes from; as the program marks it.
(() => {
  "use strict";
  const page = (globalThis.rnnTui = globalThis.rnnTui || {});
  const { cited, digitOf } = page;
  const NUMBER = /^[=≈~]?([+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:e[+-]?[0-9]{1,3})?)(%?)$/i;
  const DASHES = /[\u2212\u2013\u2014\u2012\u2010]/g;
  const LONGEST = 60;
  const EDGE = 1e-9;
  // As near to a slip as this a guessed share must be.
  const NEAR = 0.02;

  const folded = (text) => text.toUpperCase().toLowerCase();

  function listed(names) {
    return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}`;
  }

  // The number that was typed, in any of the usual ways (0.5, 0,5, −.5); null where it is none.
  function readNumber(given, share) {
    const text = given.replace(/\s+/g, "").replace(DASHES, "-").replace(/\p{Nd}/gu, (sign) => digitOf(sign));
    const found = text.length <= LONGEST ? NUMBER.exec(text) : null;
    if (!found || (found[2] && !share)) return null;
    const value = Number(found[1].replace(",", "."));
    if (!Number.isFinite(value) || (found[2] && !(value >= 0 && value <= 100))) return null;
    return found[2] || (share && Math.abs(value) > 1) ? value / 100 : value;
  }

  // The index of the choice that was meant, or -1 where that isn't plain.
  function chosen(question, given) {
    const text = given.trim();
    const { choices } = question;
    if (choices.includes(text)) return choices.indexOf(text);
    const alike = choices.map((_, k) => k).filter((k) => folded(choices[k]) === folded(text));
    if (alike.length === 1) return alike[0];
    const at = /^[0-9]{1,60}$/.test(text) ? Number(text) : 0;
    return at >= 1 && at <= choices.length ? at - 1 : -1;
  }

  // The slips that lead to a number; those that lead to the answer, too, are none.
  function slipsNear(question, value) {
    const wrong = question.tolerance + EDGE;
    const near = question.share ? Math.min(wrong, NEAR + EDGE) : wrong;
    return question.slips.filter((slip) => Math.abs(slip.value - question.answer) > wrong && Math.abs(value - slip.value) <= near);
  }

  function markChoice(question, given) {
    const choice = chosen(question, given);
    if (choice < 0) return { read: false, right: false, said: `${cited(given.trim())} is none of the answers: ${listed(question.choices)}` };
    if (choice === question.answer) return { read: true, right: true, choice, said: "Right." };
    return { read: true, right: false, choice, said: `Not ${question.choices[choice]}: it is ${question.said}.` };
  }

  function markNumber(question, given) {
    const value = readNumber(given, question.share);
    if (value === null) {
      const example = question.share ? "a share such as 60%, from 0% to 100%" : "a number such as −0.25";
      return { read: false, right: false, said: `${cited(given.trim())} is ${question.share ? "no share" : "no number"}; give ${example}` };
    }
    const plain = question.share ? readNumber(given, false) : null;
    const meant = plain === null ? [value] : [value, plain];
    if (Math.min(...meant.map((one) => Math.abs(one - question.answer))) <= question.tolerance + EDGE) return { read: true, right: true, said: "Right." };
    const slips = [...new Set(meant.flatMap((one) => slipsNear(question, one)).map((slip) => slip.said))];
    const more = slips.length ? ` ${slips.join(" Or: ")}` : "";
    return { read: true, right: false, said: `Not quite: it is ${question.said}.${more}` };
  }

  // {read, right, said}: `read` is false where nothing was marked, since what was given is no answer.
  page.mark = (question, given) => (question.choices.length ? markChoice : markNumber)(question, String(given));
})();
