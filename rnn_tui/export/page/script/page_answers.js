// The answer in words, and the stories of what makes it: look back, pool, meet, head, check.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { asShown, shareAsShown, percent, quantity, quantityAsShown, clipped } = page.numbers;
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
    if (m.headPhase) return [`So ${m.name} goes on to ${m.headCalled} as it is now: `, signed(m.value("h")), "."];
    return [`So the outputs read ${m.name} as it is now: `, signed(m.value("h")), "."];
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
    const count = m.t + 1;
    if (!largest) return [[title, ` ${count === 2 ? "Both" : `All ${count}`} ${m.kind}s count alike, ${equalPart(count)} each.`], comes(m, `On average ${m.name} was `)];
    const firstLargest = (unit) => {
      let origin = 0;
      for (let t = 1; t <= m.t; t += 1) if (m.met(t, unit) > m.met(origin, unit)) origin = t;
      return origin;
    };
    const origin = firstLargest(m.unit);
    const first = [title, ` Of its ${count} values so far ${m.name} keeps the largest: `, signed(m.value("context")), ", from ", quoted([surface(m.tokens[origin])]), origin === m.t ? " itself" : "", "."];
    const [value, now] = [signed(m.value("context")), signed(m.value("h"))];
    const reads = [capital(m.goesOn), ...(value.text === now.text ? ["."] : [", not the ", now, " that it is now."])];
    const { size } = m.floor;
    if (size === 1) return [first, reads];
    const here = Array.from({ length: size }, (_, unit) => firstLargest(unit)).filter((one) => one === m.t).length;
    return [first, [...reads, ` ${here || "None"} of the ${size} units ${here <= 1 ? "has its" : "have their"} largest here.`]];
  }

  // One of so many equal parts: "a third", "20%"; ≈ stands where so many of what is shown aren't all.
  function equalPart(count) {
    const part = { 2: "half", 3: "a third", 4: "a quarter" }[count];
    const shown = percent(1 / count);
    const exact = shown.startsWith("<") || Math.round(100 * shareAsShown(1 / count)) * count === 100;
    return part || (exact ? shown : `≈ ${shown}`);
  }

  function meet(m) {
    const { structure, floor, tokens } = m;
    const ends = structure.readout === "last";
    const where = ends
      ? [" → has read up to ", quoted([surface(tokens.at(-1))]), ", ← back to ", quoted([surface(tokens[0])]), ". "]
      : [" At ", m.word, " → has read up to it, ← from the end back to it. "];
    const value = m.value("h");
    const pooled = { mean: "is averaged next", max: "is compared next", attention: "is looked back at next" }[structure.readout];
    let takes = "That is what the output nodes read: what lies before, and what comes after.";
    if (pooled) takes = `So it is at every ${m.kind}, and all of it ${pooled}.`;
    else if (m.headPhase) takes = `That goes on to ${m.headCalled}.`;
    const title = strong("Meet.");
    if (floor.merge === "concat") return [[title, ...where, `Side by side they are ${floor.size} numbers; ${m.name} is `, signed(value), "."], [takes]];
    const [ahead, back] = m.lanesHere;
    return [[title, ...where, `Added up, ${m.name} is `, signed(ahead), " of → and ", signed(back), " of ←: ", result(value, asShown(ahead) + asShown(back)), "."], [takes]];
  }

  const DOES = { relu: "cut off below 0", tanh: "limited to −1 … 1", sigmoid: "limited to 0 … 1", identity: "passed on as it is" };

  function addsUp(m) {
    const { size, input_size: own } = m.floor;
    const read = own > 1 ? `${own} numbers, each times a weight of its own` : "one number times its weight";
    return `${size > 1 ? `Each of its ${size} units` : "Its one unit"} adds up ${read}, and a bias. `;
  }

  function head(m) {
    const formulas = m.phase.parts.filter((part) => part.kind === "formula");
    const linear = m.phase.parts.find((part) => part.kind === "head");
    const adds = linear ? [addsUp(m)] : [];
    const after = m.value(m.floor.reads);
    if (!Number.isFinite(after)) return [[strong(`${m.phase.title}.`), " The numbers grew beyond all bounds: nothing can be made of them."]];
    let before = formulas.length ? m.seen.of(m.t, m.unit, formulas[0].expression[2]) : after;
    const functions = formulas.length ? formulas.map((part) => part.expression[1]) : ["identity"];
    const called = m.structure.called ? `${m.structure.called} ` : "";
    const told = [strong(`${m.phase.title}.`), " ", ...adds, `${m.Name}'s ${linear ? "sum " : called}`, signed(before)];
    if (functions.length === 1 && functions[0] === "relu") {
      const at = asShown(before) < 0 ? "is below 0" : "isn't above 0";
      told.push(before > 0 ? " is above 0 and goes on as it is" : ` ${at}, so what goes on is 0`);
    } else if (functions.every((name) => name === "identity")) told.push(" is passed on as it is");
    else {
      formulas.forEach((part, k) => {
        const value = m.value(part.name);
        told.push(k ? ", then " : " is ", `${DOES[functions[k]]}: `, result(value, page.FUNCTIONS[functions[k]](asShown(before))));
        before = value;
      });
    }
    return [[...told, "."], ofAll(m, functions, linear)];
  }

  // What a head's functions mean for all units.
  function ofAll(m, functions, linear) {
    const reader = m.floor.answers ? "the outputs read" : "the next hidden layer reads";
    if (functions.every((name) => name === "identity")) return [linear ? `${capital(reader)} these sums.` : `Nothing changes here: ${reader} the same numbers.`];
    const { size } = m.floor;
    const index = functions.indexOf("relu");
    if (index < 0 || size === 1) return [`${capital(reader)} what comes of it${m.shown(m.floor.reads) === m.shown("h") ? "" : ", not the memory itself"}.`];
    const formulas = m.phase.parts.filter((part) => part.kind === "formula");
    const [, of] = formulas[index].expression[2];
    const cut = Array.from({ length: size }, (_, unit) => m.seen.at(m.t, unit, of)).filter((one) => one < 0).length;
    const silent = functions.slice(index + 1).every((name) => !page.FUNCTIONS[name](0));
    if (!cut) return [`None of the ${size} units is cut here: ${reader} them all.`];
    if (cut === size) return [`All ${size} units are cut to 0 here${silent ? " and have no say in the answer" : ""}.`];
    return [`${cut} of the ${size} units ${cut === 1 ? "is" : "are"} cut to 0 here${silent ? ` and ${cut === 1 ? "has" : "have"} no say in the answer` : ""}.`];
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
