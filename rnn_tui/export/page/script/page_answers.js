// The answer in words, and the stories of what makes it: look back, pool, meet, head, check.
(() => {
  "use strict";
  const page = (globalThis.rnnTui = globalThis.rnnTui || {});
  const { asShown, percent, quantity, quantityAsShown, clipped } = page.numbers;
  const { signed, result, size, strong, quoted, surface, capital } = page.telling;

  const label = (structure, index) => clipped(structure.labels[index], 20);
  const inUnit = (structure, value) => `${quantity(value)}${structure.output.unit ? ` ${clipped(structure.output.unit, 20)}` : ""}`;
  const isNumber = (structure) => structure.output.kind === "number";

  // The labels by their shares, the largest first.
  const ranked = (answer) => Array.from(answer, (_, index) => index).sort((a, b) => answer[b] - answer[a] || a - b);

  function tied(answer) {
    const [first, second] = ranked(answer);
    return second !== undefined && percent(answer[first]) === percent(answer[second]);
  }

  function ranking(structure, answer, longest = 3) {
    if (Array.from(answer).some(Number.isNaN)) return "no answer";
    const order = isNumber(structure) ? Array.from(answer, (_, k) => k) : ranked(answer);
    const said = order.slice(0, longest).map((k) => (isNumber(structure) ? `${label(structure, k)}: ${inUnit(structure, answer[k])}` : `${label(structure, k)} ${percent(answer[k])}`));
    const rest = order.length - said.length;
    return said.join(", ") + (rest > 0 ? ` and ${rest} other${rest > 1 ? "s" : ""}` : "");
  }

  // The answer in few letters, as it stands under a word: {label, share}.
  function short(structure, answer) {
    if (!answer) return null;
    if (isNumber(structure)) return { label: Array.from(answer).slice(0, 2).map(quantity).join("/"), share: "" };
    if (Array.from(answer).some(Number.isNaN)) return { label: "no answer", share: "" };
    const best = ranked(answer)[0];
    return { label: tied(answer) ? "undecided" : clipped(structure.labels[best], 12), share: percent(answer[best]) };
  }

  // The number that comes next in a series, where the text goes on to say it; null else.
  function trueNext(structure, trace, t) {
    const { numbers } = structure;
    if (!numbers || numbers.next === null || t >= trace.length - 1 || t < trace.answeredFrom) return null;
    return trace.x[t + 1][numbers.next] * numbers.scale[numbers.next] + numbers.mean[numbers.next];
  }

  function attend(m) {
    const title = strong("Look back.");
    const weights = Array.from(m.seen.array("attention", m.t) || []);
    if (m.t === 0) return [[title, " There is only ", m.word, " to look at yet: it gets all of the weight."], asItIs(m)];
    if (weights.some((one) => !Number.isFinite(one))) return [[title, " The numbers grew beyond all bounds: there are no weights to look back with."]];
    const count = weights.length;
    const after = [" After ", m.word, " it looks "];
    const order = ranked(weights);
    const at = (t) => [quoted([surface(m.tokens[t])]), t === m.t ? " itself" : ""];
    let looks;
    if (weights.every((one) => Math.abs(one * count - 1) <= 0.2)) {
      const [low, high] = [percent(Math.min(...weights)), percent(Math.max(...weights))];
      looks = [...after, `at ${count === 2 ? "both" : `all ${count}`} ${m.kind}s nearly alike: ${low === high ? low : `${low} to ${high}`} each.`];
    } else {
      const shares = order.slice(0, 2).map((t) => percent(weights[t]));
      looks = shares[0] === shares[1]
        ? [...after, "most at ", ...at(order[0]), " and ", ...at(order[1]), ` (${shares[0]} each).`]
        : [...after, "most at ", ...at(order[0]), ` (${shares[0]}), then at `, ...at(order[1]), ` (${shares[1]}).`];
    }
    return [[title, ...looks], comes(m, `Mixed in these parts, ${m.name} is `)];
  }

  function asItIs(m) {
    const to = m.headPhase ? m.goesOn.replace("that goes on", "goes on") : "is what the outputs read";
    return [`So ${m.name} ${to} as it is now: `, signed(m.value("h")), "."];
  }

  function comes(m, begins) {
    const [counted, now] = [signed(m.value("context")), signed(m.value("h"))];
    const read = [begins, counted, ": ", m.goesOn];
    return counted.text === now.text ? [...read, "."] : [...read, ", not the ", now, " that it is now."];
  }

  function pool(m) {
    const largest = m.structure.readout === "max";
    const title = strong(largest ? "Largest." : "Average.");
    if (m.t === 0) return [[title, " There is only the memory after ", m.word, ` yet, so that is the ${largest ? "largest" : "average"}.`], asItIs(m)];
    if (!largest) {
      const count = m.t + 1;
      return [[title, ` ${count === 2 ? "Both" : `All ${count}`} ${m.kind}s count alike.`], comes(m, `On average ${m.name} was `)];
    }
    let origin = 0;
    for (let t = 1; t <= m.t; t += 1) if (m.seen.at(t, m.unit, "h") > m.seen.at(origin, m.unit, "h")) origin = t;
    const from = [", from ", quoted([surface(m.tokens[origin])]), origin === m.t ? " itself" : "", "."];
    return [[title, ` Of its ${m.t + 1} values so far ${m.name} keeps the largest: `, signed(m.value("context")), ...from], [`${capital(m.goesOn)}.`]];
  }

  function meet(m) {
    const { structure, floor, tokens, t, trace } = m;
    const ends = structure.readout === "last";
    const where = ends
      ? [" → has read up to ", quoted([surface(tokens.at(-1))]), ", ← back to ", quoted([surface(tokens[0])]), ". "]
      : [" At ", m.word, " → has read up to it, ← from the end back to it. "];
    const value = m.value("h");
    const takes = m.looksBack
      ? `So it is at every ${m.kind}.`
      : m.headPhase ? `That goes on to ${m.headPhase.title === "Hidden layer" ? "the hidden layer" : m.headPhase.title}.` : "That is what the output nodes read.";
    const title = strong("Meet.");
    if (floor.merge === "concat") return [[title, ...where, `Side by side they are ${floor.size} numbers; ${m.name} is `, signed(value), "."], [takes]];
    const lanes = structure.floors.filter((one) => one.layer !== null).slice(-2);
    const ahead = trace.floor(lanes[0].index).values.h[t][m.unit];
    const back = trace.floor(lanes[1].index).values.h[ends ? 0 : t][m.unit];
    return [[title, ...where, `Added up, ${m.name} is `, signed(ahead), " of → and ", signed(back), " of ←: ", result(value, asShown(ahead) + asShown(back)), "."], [takes]];
  }

  const DOES = { relu: "cut off below 0", tanh: "limited to −1 … 1", sigmoid: "limited to 0 … 1", identity: "passed on as it is" };

  function head(m) {
    const formulas = m.phase.parts.filter((part) => part.kind === "formula");
    const linear = m.phase.parts.find((part) => part.kind === "head");
    const adds = linear ? [`Each of its ${m.floor.size} units adds up ${m.floor.input_size} numbers, each times a weight of its own, and a bias. `] : [];
    const after = m.value(m.floor.reads);
    if (!formulas.length) return [[strong(`${m.phase.title}.`), " ", ...adds, `${m.Name} is `, signed(after), "."]];
    const [of] = [formulas[0].expression[2]];
    let before = m.seen.of(m.t, m.unit, of);
    const told = [strong(`${m.phase.title}.`), " ", ...adds, `${m.Name}'s ${linear ? "sum " : `${m.structure.called}${m.structure.called ? " " : ""}`}`, signed(before), " is "];
    formulas.forEach((part, k) => {
      const value = m.value(part.name);
      const name = part.expression[1];
      told.push(k ? ", then " : "", `${DOES[name]}: `, result(value, page.values.FUNCTIONS[name](asShown(before))));
      before = value;
    });
    const values = m.seen.array(m.floor.reads, m.t);
    const cut = formulas.at(-1).expression[1] === "relu" && values ? values.filter((one) => one > 0).length : null;
    return [[...told, "."], cut === null ? [] : [`${cut} of the ${m.floor.size} units ${cut === 1 ? "has" : "have"} something to say.`]];
  }

  function check(m) {
    const title = strong("3 Check the outputs.");
    const { structure, trace, t } = m;
    const answer = m.seen.answer(t);
    if (!answer || Array.from(answer).some(Number.isNaN)) return [[title, " No output node has a number: they grew beyond all bounds, so there is no answer."]];
    return [[title, ...said(m, answer), ...beside(structure, trace, t, answer)], because(m)];
  }

  function said(m, answer) {
    const { structure } = m;
    const told = ranking(structure, answer);
    const undecided = !isNumber(structure) && tied(answer);
    if (structure.readout === "each") return [" After ", m.word, ` it says: ${told}${undecided ? "; undecided" : ""}.`];
    if (m.t < m.trace.length - 1) return [` If the ${structure.whole} ended here${isNumber(structure) ? ", it would say " : ": "}${told}${undecided ? "; undecided" : ""}.`];
    const ended = structure.two_way && !structure.answers_each ? " Both lanes have read." : ` That was the last ${m.kind}.`;
    if (undecided) return [ended, " It is ", strong("undecided"), `: ${told}.`];
    if (isNumber(structure)) return [ended, " The answer is ", strong(told), "."];
    const best = ranked(answer)[0];
    return [ended, " The answer is ", strong(label(structure, best)), `, ${percent(answer[best])}.`];
  }

  function beside(structure, trace, t, answer) {
    const next = trueNext(structure, trace, t);
    if (next === null) return [];
    const off = quantityAsShown(answer[0]) - quantityAsShown(next);
    const far = quantity(Math.abs(off));
    return [` What comes next is ${quantity(next)}, ${far === "0" ? "exactly what it says" : `${far} ${off > 0 ? "less" : "more"} than it says`}.`];
  }

  function because(m) {
    const index = m.seen.about(m.t);
    const [held, weight] = [m.value(m.floor.reads), m.value("weight")];
    const product = held * weight;
    const called = m.floor.read_as;
    const whose = ["cut", "limited"].includes(called)
      ? [`What is ${called === "cut" ? "left" : "handed on"} of ${m.name}, `, signed(held), ","]
      : [`${m.Name}'s ${called ? `${called} ` : ""}`, signed(held)];
    const fromShown = asShown(held) * asShown(weight);
    let does = " adds nothing to";
    if (asShown(product)) does = ` ${asShown(product) < 0 ? "takes" : "adds"} ${size(product, fromShown)} ${asShown(product) < 0 ? "from" : "to"}`;
    else if (size(product, fromShown) !== "0.00") does = " adds next to nothing to";
    return [...whose, " times its weight ", signed(weight), `${does} the score of ${label(m.structure, index)}`, ...moved(m, index), "."];
  }

  function moved(m, index) {
    if (m.t <= m.trace.answeredFrom || m.structure.readout === "each") return [];
    const before = m.seen.answer(m.t - 1);
    if (!before) return [];
    const show = isNumber(m.structure) ? quantity : percent;
    const [was, is] = [show(before[index]), show(m.seen.answer(m.t)[index])];
    const what = isNumber(m.structure) ? "the answer" : "its share";
    return was === is ? ["; ", m.word, ` leaves ${what} at ${is}`] : ["; ", m.word, ` moved ${what} from ${was} to ${is}`];
  }

  function covered(m) {
    const { labels } = m.structure;
    const names = labels.map((_, k) => label(m.structure, k));
    const choices = isNumber(m.structure) || names.length > 4 ? "what it answers" : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
    const title = m.phase.name === "check" ? "3 Check the outputs." : `${m.phase.title}.`;
    return [[strong(title), ` What do you think: ${choices}? Choose before you look.`], ["The output nodes read nothing but what comes of the memory."]];
  }

  Object.assign(page.stories, { attend, pool, meet, head, check });
  page.answers = { short, ranking, ranked, tied, trueNext, label, inUnit, isNumber, covered };
})();
