// The equation of a phase with a unit's numbers in it, and the story of a moment as a whole.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { asShown, unsigned, operand, percent, signOf, quantity, quantityAsShown, signOfQuantity } = page.numbers;
  const { FUNCTIONS } = page;
  const { textOf, evaluate } = page.values;
  const { strong, signed } = page.telling;

  const equated = (left, sign, value) => (Number.isNaN(value) ? `${left} is no number` : `${left} ${sign} ${unsigned(value)}`);

  // A formula with numbers: "0.90 + 0.61 = 1.51", "tanh(1.51) ≈ 0.91".
  function numbersOf(m, part) {
    const look = (name, gate) => m.value(name, gate);
    const shown = (name, gate) => asShown(m.value(name, gate));
    const { expression } = part;
    const value = evaluate(expression, look);
    let text;
    let fromShown;
    if (expression[0] === "of" && expression[2][0] !== "value") {
      const total = evaluate(expression[2], look);
      text = textOf(["of", expression[1], ["value", "", ""]], () => unsigned(total), " × ");
      fromShown = FUNCTIONS[expression[1]](asShown(total));
    } else {
      text = textOf(expression, (name, gate, alone) => (alone ? unsigned : operand)(m.value(name, gate)), " × ");
      fromShown = evaluate(expression, shown);
    }
    if (text === unsigned(value)) return text;
    return equated(text, Number.isFinite(value) ? signOf(value, fromShown) : "=", value);
  }

  // A formula in the names of its values, with the unit's own: "h[3] = tanh(pre_activation[3])".
  function formulaOf(m, part) {
    const symbols = textOf(part.expression, (name, gate) => `${gate ? `${name}_${gate}` : name}[${m.index}]`, "·");
    return part.name ? `${part.name}[${m.index}] = ${symbols}` : symbols;
  }

  function equation(m) {
    const { phase } = m;
    if (m.held.length) return m.held.map((name) => `${name}[${m.index}] = ${unsigned(m.value(name))}, held`).join("; ");
    if (phase.name === "check") return check(m);
    if (phase.name === "read") return read(m);
    if (phase.name === "gates") {
      const opened = phase.parts.filter((part) => part.kind === "formula" && part.name);
      return `${m.Name}, of ih + hh: ${opened.map((part) => `${part.name} = ${numbersOf(m, part)}`).join("; ")}`;
    }
    if (phase.name === "multiply") {
      const { gates } = m.floor;
      if (gates.length) return `${phase.notation}; ${gates.map(({ letter }) => equated(`ih_${letter}[${m.index}]`, "=", m.value("ih", letter))).join(", ")}`;
      return equated(`ih[${m.index}] = Σ weight_ih[${m.index},j]·x[j] + bias_ih[${m.index}]`, "=", m.value("ih"));
    }
    const last = phase.parts.filter((part) => part.kind === "formula").at(-1);
    if (last) return `${formulaOf(m, last)} = ${numbersOf(m, last)}`;
    if (phase.name === "attend") return equated(`context[${m.index}] = Σ attention[k]·h_k[${m.index}]`, "=", m.value("context"));
    const linear = phase.parts.at(-1);
    if (linear && linear.kind === "head") {
      const { name } = linear;
      const [, read] = /·(\S+) \+/.exec(phase.notation);
      return equated(`${name}[${m.index}] = Σ ${name}.weight[${m.index},j]·${read}[j] + ${name}.bias[${m.index}]`, "=", m.value(name));
    }
    if (phase.name === "pool" && m.structure.readout === "mean") return equated(`context[${m.index}] = Σ h_k[${m.index}] / ${m.t + 1}`, "=", m.value("context"));
    if (phase.name === "pool") return `context[${m.index}] = max over the ${m.kind}s so far of h_k[${m.index}]`;
    if (phase.name === "meet" && m.floor.merge === "sum") {
      const [ahead, back] = m.lanesHere;
      const sign = signOf(m.value("h"), asShown(ahead, 3) + asShown(back, 3), 3);
      return `h[${m.index}] = →h[${m.index}] + ←h[${m.index}] = ${unsigned(ahead, 3)} + ${operand(back, 3)} ${sign} ${unsigned(m.value("h"), 3)}`;
    }
    if (phase.name === "meet") {
      const own = m.unit < m.floor.lanes ? `→h[${m.unit + 1}]` : `←h[${m.unit - m.floor.lanes + 1}]`;
      return `h[${m.index}] = ${own} = ${unsigned(m.value("h"), 3)}`;
    }
    return phase.notation;
  }

  function read(m) {
    const { numbers } = m.structure;
    const x = Array.from(m.trace.x[m.t]);
    const listed = (values) => values.slice(0, 3).map((one) => unsigned(one)).join(", ") + (values.length > 3 ? ", …" : "");
    if (!m.readsWords) {
      const below = m.structure.floors.filter((floor) => floor.layer === m.floor.layer - 1).map((floor) => floor.symbol);
      const joined = m.floor.lanes ? `[${below.join("; ")}]` : below.join(" + ");
      return `x = ${joined} = ${listed(Array.from(m.trace.floor(m.floor.index).x[m.t]))}`;
    }
    if (numbers && numbers.features === 1) {
      const [mean, scale] = [numbers.mean[0], numbers.scale[0]];
      const value = x[0] * scale + mean;
      const sign = asShown(scale) ? signOf(x[0], (asShown(value) - asShown(mean)) / asShown(scale)) : "≈";
      return equated(`x = (value − mean) / scale = (${unsigned(value)} − ${operand(mean)}) / ${operand(scale)}`, sign, x[0]);
    }
    if (numbers) return `x = (value − mean) / scale = ${listed(x)}`;
    if (m.token.id === null) return "x[j] = 0 for every j";
    return m.structure.embedding === "one-hot" ? `x[${m.token.id + 1}] = 1, x[j] = 0 for every other j` : `x = embedding.weight[${m.token.id + 1}] = ${listed(x)}`;
  }

  function check(m) {
    const { output } = m.structure;
    const logits = Array.from(m.seen.above.logits[m.t] || []);
    const answer = Array.from(m.seen.answer(m.t) || []);
    const text = `logits = fc.weight·${m.floor.reads} + fc.bias; ${output.notation}`;
    const listed = (values) => values.slice(0, 3).map((one) => unsigned(one)).join(", ") + (values.length > 3 ? ", …" : "");
    if (!answer.length) return text;
    if (output.kind === "yes_no") return equated(`${text}; σ(${unsigned(logits[0])})`, signOf(answer[1], FUNCTIONS.sigmoid(asShown(logits[0]))), answer[1]);
    if (output.kind === "number") {
      const [mean, std] = [output.mean[0], output.std[0]];
      const shown = asShown(logits[0]) * quantityAsShown(std) + quantityAsShown(mean);
      const of = mean < 0 ? `(${quantity(mean)})` : quantity(mean);
      return `${text}; ${operand(logits[0])} × ${quantity(std)} + ${of} ${signOfQuantity(answer[0], shown)} ${quantity(answer[0])}`;
    }
    let sign = "=";
    if (logits.length <= 3) {
      const powers = logits.map((one) => Math.exp(asShown(one) - Math.max(...logits)));
      const sum = powers.reduce((a, b) => a + b, 0);
      if (answer.some((one, k) => signOf(one, powers[k] / sum) !== "=")) sign = "≈";
    }
    return `${text} = softmax(${listed(logits)}) ${sign} ${listed(answer)}`;
  }

  // The lines that explain a moment; with notation one more follows, which is marked as such.
  function tell(m, { notation, covered }) {
    let lines;
    if (covered) lines = page.answers.covered(m);
    else if (m.held.length) lines = held(m);
    else if (isLost(m)) lines = [[strong(`${m.phase.heading}.`), ` A number of ${m.name} is lost: ∞ − ∞ and 0 × ∞ have no result.`], ["Nothing can be computed with what is no number: all that is made of it is lost, too."]];
    else lines = (page.stories[nameOf(m.phase)] || plainly)(m);
    lines = lines.filter((line) => line.length);
    return { lines, notation: notation ? (covered ? m.phase.notation : equation(m)) : null };
  }

  // A value that is held by hand: what leads to it doesn't count at this word.
  function held(m) {
    const at = (name) => {
      const gate = m.floor.gates.find((one) => one.letter === name);
      if (gate && !gate.signed) return [`the ${gate.name} gate at ${percent(m.value(name))}`];
      return [`${gate ? "the new value" : name === "h" ? "the memory" : "the cell"} at `, signed(m.value(name))];
    };
    const them = m.held.length > 1 ? "them" : "it";
    const pieces = m.held.flatMap((name, k) => [k ? " and " : "", ...at(name)]);
    return [[strong(`${m.phase.heading}.`), ` Here ${m.name} is held by hand: `, ...pieces, "."],
      [`What was computed for ${them} doesn't count at this ${m.kind}; what comes after follows from ${them}.`]];
  }

  const SHARED = ["read", "multiply", "attend", "pool", "head", "check", "meet"];
  const nameOf = (phase) => phase.name.replace(/-[0-9]+$/, "");

  // Whether a phase of the cell reads a number of the unit that is none, or makes one.
  function isLost(m) {
    const lost = (part) => Number.isNaN(evaluate(part.expression, (name, gate) => m.value(name, gate)));
    return !SHARED.includes(nameOf(m.phase)) && m.phase.parts.some((part) => part.kind === "formula" && lost(part));
  }

  function plainly(m) {
    const part = m.phase.parts.filter((one) => one.kind === "formula" && one.name).at(-1);
    return [[strong(`${m.phase.title}:`), ` ${m.phase.words}.`, ...(part ? [` For ${m.name} this is `, signed(m.value(part.name)), "."] : [])]];
  }

  page.tell = tell;
  page.notation = { numbersOf, formulaOf };
})();
