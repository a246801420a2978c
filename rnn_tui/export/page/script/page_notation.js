// The equation of a phase with a unit's numbers in it, and the story of a moment as a whole.
(() => {
  "use strict";
  const page = (globalThis.rnnTui = globalThis.rnnTui || {});
  const { asShown, unsigned, operand, signOf, quantity, quantityAsShown, signOfQuantity } = page.numbers;
  const { textOf, symbolsOf, evaluate, FUNCTIONS } = page.values;
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

  const named = (m, part) => (part.name ? `${part.name}[${m.index}] = ` : "");

  function equation(m) {
    const { phase, structure } = m;
    if (phase.name === "check") return check(m);
    if (phase.name === "read") return read(m);
    if (phase.name === "gates") {
      const opened = phase.parts.filter((part) => part.kind === "formula" && part.name);
      return `${phase.notation}: ${opened.map((part) => `${part.name} = ${numbersOf(m, part)}`).join("; ")}`;
    }
    if (phase.name === "multiply") {
      const gates = m.floor.gates.length ? m.floor.gates.map((gate) => gate.letter) : [""];
      return `${phase.notation}; ${gates.map((gate) => equated(`ih${gate ? `_${gate}` : ""}[${m.index}]`, "=", m.value("ih", gate))).join(", ")}`;
    }
    const last = phase.parts.filter((part) => part.kind === "formula").at(-1);
    if (last) return `${named(m, last)}${symbolsOf(last.expression)} = ${numbersOf(m, last)}`;
    if (structure.readout && phase.name === "attend") return `${phase.notation}; context[${m.index}] = ${unsigned(m.value("context"))}`;
    return phase.notation;
  }

  function read(m) {
    const { numbers } = m.structure;
    const x = Array.from(m.trace.x[m.t]);
    const listed = (values) => values.slice(0, 3).map((one) => unsigned(one)).join(", ") + (values.length > 3 ? ", …" : "");
    if (!m.readsWords) return `x = h of layer ${m.floor.layer} = ${listed(Array.from(m.trace.floor(m.floor.index).x ? m.trace.floor(m.floor.index).x[m.t] : []))}`.replace(/ = $/, "");
    if (numbers && numbers.features === 1) {
      const [mean, scale] = [numbers.mean[0], numbers.scale[0]];
      const value = x[0] * scale + mean;
      const sign = asShown(scale) ? signOf(x[0], (asShown(value) - asShown(mean)) / asShown(scale)) : "≈";
      return equated(`x = (value − mean) / scale = (${unsigned(value)} − ${operand(mean)}) / ${operand(scale)}`, sign, x[0]);
    }
    if (numbers) return `x = (value − mean) / scale = ${listed(x)}`;
    if (m.token.id === null) return "x = 0";
    return m.structure.embedding === "one-hot" ? `x = one-hot, 1 at place ${m.token.id + 1}` : `x = embedding.weight[${m.token.id}] = ${listed(x)}`;
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
    const name = m.phase.name.replace(/-[0-9]+$/, "");
    let lines;
    if (covered) lines = page.answers.covered(m);
    else if (m.held.length) lines = [[strong(`${m.phase.title}.`), ` Here ${m.held[0].name} of ${m.name} is held at `, signed(m.held[0].value), ", whatever the network computes."]];
    else lines = (page.stories[name] || plainly)(m);
    lines = lines.filter((line) => line.length);
    const lost = lines.some((line) => /no number|∞/.test(page.telling.plain(line)));
    if (lost) lines = [...lines.slice(0, 1), ["Here the numbers have grown beyond all bounds."]];
    return { lines, notation: notation ? (covered ? m.phase.notation : equation(m)) : null };
  }

  function plainly(m) {
    const part = m.phase.parts.filter((one) => one.kind === "formula" && one.name).at(-1);
    return [[strong(`${m.phase.title}:`), ` ${m.phase.words}.`, ...(part ? [` For ${m.name} this is `, signed(m.value(part.name)), "."] : [])]];
  }

  page.tell = tell;
  page.notation = { numbersOf, equated, named };
})();
