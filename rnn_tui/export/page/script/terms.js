// Where one number comes from, as network/arithmetic/ has it: trace.terms(floor, t, name, row).
//
// A lane's `ih` and `hh` are counted by rows, as the weights are stacked, all else by units; of a gate there is its sum,
// too, as `sum_r`. Above the lanes, whatever the floor, the names are those of trace.above.values; of `attention` the row is
// a word, of `probs` and `outputs` a label. Gives {name, notation, total} and
// - of a sum of products [{weight, value, label}] and its bias, null where there is none; of `context` as the largest of some
//   values they have no weight;
// - of an equation operands [{name, value}]; of a function of one number `of`, which it is, and its argument.
"use strict";
(() => {
  const { engine } = globalThis.rnnTui;
  const LONGEST_WORD = 16;
  const SHAPES = { tanh: (z) => `tanh(${z})`, relu: (z) => `max(0, ${z})`, identity: (z) => z, sigmoid: (z) => `σ(${z})` };

  const clipped = (text) => engine.clipped(text, LONGEST_WORD);
  const numbered = (unit) => `unit ${unit + 1}`;

  // Names

  /** The name of a unit of a lane. */
  const unitName = ({ unitNames }, floor, unit) => (unitNames && floor === 0 ? clipped(unitNames[unit]) : numbered(unit));

  /** A unit as it stands in equations. */
  const indexOf = ({ unitNames }, floor, unit) => (unitNames && floor === 0 ? clipped(unitNames[unit]) : String(unit + 1));

  /** The name of a unit of what a layer of two lanes hands up; null where it has one, or where each unit is of both. */
  function laneUnit({ bidirectional, merge, hiddenSize }, unit) {
    return bidirectional && merge === "concat" ? `${unit < hiddenSize ? "→" : "←"} ${numbered(unit % hiddenSize)}` : null;
  }

  /** The name of a number that a lane takes. */
  function inputName(network, lane, column) {
    if (lane.layer === 0) {
      const names = network.tokenizer.featureNames || [];
      return names.length ? clipped(names[column]) : `input ${column + 1}`;
    }
    const below = network.layers[lane.layer - 1];
    const named = lane.layer === 1 && !below.bidirectional && network.unitNames;
    return laneUnit(below, column) || (named ? unitName(network, 0, column) : `${numbered(column)} below`);
  }

  /** What entry `index` of the head takes, or what the output nodes take where that is the number of entries. */
  function handed(network, index) {
    const pooled = ["mean", "max", "attention"].includes(network.readout);
    const { layers, head, twoWay, unitNames } = network;
    const top = layers[layers.length - 1];
    const isHidden = head.slice(0, index).some((entry) => entry.linear);
    const isNamed = !isHidden && !twoWay && layers.length === 1 && unitNames !== null;
    const name = (unit) => (isHidden ? numbered(unit) : laneUnit(top, unit) || unitName(network, isNamed ? 0 : -1, unit));
    const isApart = !isHidden && top.bidirectional; // where lanes meet it is plain which unit is meant
    return {
      symbol: index ? `head.${index - 1}` : pooled ? "context" : "h",
      value: index ? `head.${index - 1}` : pooled ? "context" : "met",
      name,
      nameBelow: (unit) => (isApart || isNamed ? name(unit) : `${name(unit)} below`),
      index: (unit) => (isNamed ? name(unit) : String(unit + 1)),
    };
  }

  // The lanes

  const added = (gate) => `{ih_${gate}} + {hh_${gate}}`;
  const sumOf = (gate) => (value) => value(`ih_${gate}`) + value(`hh_${gate}`);
  const curve = (of, inner, argument) => ({ text: SHAPES[of](inner), of, argument });

  /** A gate's sum, and the gate. */
  const opened = (gate, of = "sigmoid") => ({
    [`sum_${gate}`]: { text: added(gate), computed: sumOf(gate) },
    [gate]: curve(of, added(gate), sumOf(gate)),
  });

  const newSum = (value) => value("ih_n") + value("r") * value("hh_n");

  /** The equations of each cell, a unit's: {text, with its values in braces; `of` and `argument` of a function of one number;
   *  `computed` for what has no name in a trace}. */
  const EQUATIONS = {
    elman: ({ activation }) => ({
      pre_activation: { text: "{ih} + {hh}" },
      h: curve(activation, "{pre_activation}", (value) => value("pre_activation")),
    }),
    gru: () => ({
      ...opened("r"),
      ...opened("z"),
      sum_n: { text: "{ih_n} + {r}·{hh_n}", computed: newSum },
      n: curve("tanh", "{ih_n} + {r}·{hh_n}", newSum),
      h: { text: "(1 − {z})·{n} + {z}·{h_prev}" },
    }),
    lstm: () => ({
      ...opened("i"),
      ...opened("f"),
      ...opened("g", "tanh"),
      ...opened("o"),
      c: { text: "{f}·{c_prev} + {i}·{g}" },
      "tanh(c)": { ...curve("tanh", "{c}", (value) => value("c")), computed: (value) => Math.tanh(value("c")) },
      h: { text: "{o}·tanh({c})" },
    }),
  };

  function equation(trace, floor, t, name, unit) {
    const lane = trace.floor(floor);
    const made = EQUATIONS[lane.kind](lane)[name];
    const index = indexOf(trace.network, floor, unit);
    const value = (symbol) => {
      const [of, gate] = /^(?:ih|hh)_/.test(symbol) ? symbol.split("_") : [symbol, null];
      if (of === "h_prev") return lane.before(t).h[unit];
      return lane.values[of][t][gate ? lane.cell.gates.indexOf(gate) * lane.hiddenSize + unit : unit];
    };
    const symbols = [...new Set(Array.from(made.text.matchAll(/\{(.*?)\}/g), (found) => found[1]))];
    const text = made.text.replace(/\{(.*?)\}/g, `$1[${index.replaceAll("$", "$$$$")}]`);
    const left = trace.isHeld(floor, t, name, unit) ? `${name}[${index}] is held` : `${name}[${index}] = ${text}`;
    return {
      name,
      notation: made.computed ? text : left,
      total: made.computed ? made.computed(value) : lane.values[name][t][unit],
      operands: symbols.map((symbol) => ({ name: symbol, value: value(symbol) })),
      ...(made.of ? { of: made.of, argument: made.argument(value) } : {}),
    };
  }

  const products = (weights, values, label) => Array.from(values, (value, k) => ({ weight: weights[k], value, label: label(k) }));
  const rowOf = ({ shape, values }, row) => values.subarray(row * shape[1], (row + 1) * shape[1]);

  function ofInput(trace, lane, t, row) {
    const { network } = trace;
    const weights = rowOf(lane.weightIh, row);
    const all = () => products(weights, lane.x[t], (column) => inputName(network, lane, column));
    if (lane.layer || network.tokenizer.kind === "numbers") return all();
    const { id } = trace.tokens[t];
    if (id === null) return [];
    return network.inputs === "one-hot" ? [{ weight: weights[id], value: 1, label: clipped(network.vocabulary[id]) }] : all();
  }

  /** A row of `ih` or `hh` of a lane. */
  function ofRow(trace, floor, t, name, row) {
    const lane = trace.floor(floor);
    const { gates } = lane.cell;
    const suffix = gates.length ? `_${gates[Math.floor(row / lane.hiddenSize)]}` : "";
    const index = indexOf(trace.network, floor, row % lane.hiddenSize);
    const [vector, made] = name === "ih"
      ? ["x", ofInput(trace, lane, t, row)]
      : ["h_prev", products(rowOf(lane.weightHh, row), lane.before(t).h, (unit) => unitName(trace.network, floor, unit))];
    const [weight, bias] = [`weight_${name}`, `bias_${name}`];
    return {
      name: `${name}${suffix}`,
      notation: `${name}${suffix}[${index}] = Σ ${weight}${suffix}[${index},j]·${vector}[j] + ${bias}${suffix}[${index}]`,
      total: lane.values[name][t][row],
      products: made,
      bias: (name === "ih" ? lane.biasIh : lane.biasHh).values[row],
    };
  }

  // Above the lanes

  function softmax(name, symbol, called, values, row, total) {
    const operands = Array.from(values, (value, k) => ({ name: called(k), value }));
    return { name, notation: `softmax(${symbol})[${called(row)}] = e^${symbol}[${called(row)}] / Σ e^${symbol}[k]`, total, operands };
  }

  /** A row of a linear layer times what it takes, and its bias. */
  function ofLinear({ weight, bias }, row, taken, label) {
    return { products: products(rowOf(weight, row), taken, label), bias: bias.values[row] };
  }

  function ofHead(trace, t, name, unit) {
    const { values } = trace.above;
    const index = Number(name.split(".")[1]);
    const { linear, activation } = trace.network.head[index];
    const taken = handed(trace.network, index);
    const own = handed(trace.network, index + 1).index(unit);
    const total = values[name][t][unit];
    if (linear && (name.startsWith("head_sum.") || activation === "identity")) {
      const notation = `${name}[${own}] = Σ head.${index}.weight[${own},j]·${taken.symbol}[j] + head.${index}.bias[${own}]`;
      return { name, notation, total, ...ofLinear(linear, unit, values[taken.value][t], taken.nameBelow) };
    }
    const [symbol, argument] = linear
      ? [`head_sum.${index}`, values[`head_sum.${index}`][t][unit]]
      : [taken.symbol, values[taken.value][t][unit]];
    const notation = `${name}[${own}] = ${SHAPES[activation](`${symbol}[${own}]`)}`;
    return { name, notation, total, operands: [{ name: symbol, value: argument }], of: activation, argument };
  }

  const word = (trace) => (k) => clipped(trace.tokens[k].surface);

  /** What the readout hands on: the weighed sum, the mean or the largest of a unit's states so far. */
  function ofContext(trace, t, name, unit) {
    const { readout } = trace.network;
    const own = handed(trace.network, 0).index(unit);
    const states = trace.handed[trace.handed.length - 1].slice(0, t + 1).map((h) => h[unit]);
    const count = t + 1;
    const [notation, weights] = {
      attention: () => [`Σ attention[k]·h_k[${own}]`, trace.above.values.attention[t]],
      mean: () => [`Σ h_k[${own}] / ${count}`, new Array(count).fill(1 / count)],
      max: () => [`max over the words so far of h_k[${own}]`, new Array(count).fill(null)],
    }[readout]();
    const total = trace.above.values.context[t][unit];
    return { name, notation: `${name}[${own}] = ${notation}`, total, products: products(weights, states, word(trace)), bias: null };
  }

  /** Where two lanes meet; of one lane it is its own unit. */
  function ofMet(trace, t, name, unit) {
    const { network } = trace;
    const { bidirectional, merge, hiddenSize } = network.layers[network.layers.length - 1];
    const total = trace.above.values.met[t][unit];
    const [forward, backward] = [trace.lanes - 2, trace.lanes - 1];
    const there = network.readout === "last" ? 0 : t; // where the lane that reads backward has read all
    const lanes = [["→", forward, t], ["←", backward, there]].filter(([arrow]) => merge === "sum" || arrow === (unit < hiddenSize ? "→" : "←"));
    const own = unit % hiddenSize;
    const symbols = bidirectional ? lanes.map(([arrow]) => `${arrow}h[${own + 1}]`) : [`h[${own + 1}]`];
    const operands = bidirectional
      ? lanes.map(([arrow, floor, at]) => ({ name: `${arrow} ${numbered(own)}`, value: trace.floor(floor).values.h[at][own] }))
      : [{ name: unitName(network, trace.lanes - 1, unit), value: total }];
    return { name: "h", notation: `h[${unit + 1}] = ${symbols.join(" + ")}`, total, operands };
  }

  function ofScore(trace, t, name) {
    const { network } = trace;
    const h = trace.handed[trace.handed.length - 1][t];
    const notation = `scores[${t + 1}] = Σ attention.weight[j]·h[j] + attention.bias`;
    return { name, notation, total: trace.above.values.scores[t][0], ...ofLinear(network.attention, 0, h, handed(network, 0).name) };
  }

  function ofShare(trace, t, name, k) {
    const { scores, attention } = trace.above.values;
    const sofar = scores.slice(0, t + 1).map(([score]) => score);
    return softmax(name, "scores", word(trace), sofar, k, attention[t][k]);
  }

  function ofLogit(trace, t, name, row) {
    const { network } = trace;
    const read = handed(network, network.head.length);
    const isNamed = network.fc.bias.values.length > 1 || network.output.kind === "classes";
    const [inner, end] = isNamed ? [`${clipped(network.labels[row])},`, `[${clipped(network.labels[row])}]`] : ["", ""];
    const notation = `${name}${end} = Σ fc.weight[${inner}j]·${read.symbol}[j] + fc.bias${end}`;
    const { values } = trace.above;
    return { name, notation, total: values.logits[t][row], ...ofLinear(network.fc, row, values[read.value][t], read.name) };
  }

  function ofProbability(trace, t, name, label) {
    const { output, labels } = trace.network;
    const { logits, probs } = trace.above.values;
    const total = probs[t][label];
    if (output.kind === "classes") return softmax(name, "logits", (k) => clipped(labels[k]), logits[t], label, total);
    const [no, yes] = labels.map(clipped);
    if (!label) return { name, notation: `P(${no}) = 1 − P(${yes})`, total, operands: [{ name: yes, value: probs[t][1] }] };
    const argument = logits[t][0];
    return { name, notation: `P(${yes}) = σ(logit)`, total, operands: [{ name: "logit", value: argument }], of: "sigmoid", argument };
  }

  function ofOutput(trace, t, name, label) {
    const { output, labels } = trace.network;
    const { logits, outputs } = trace.above.values;
    const end = labels.length > 1 ? `[${clipped(labels[label])}]` : "";
    const operands = { logits: logits[t][label], std: output.std[label], mean: output.mean[label] };
    return {
      name,
      notation: `outputs${end} = logits${end}·std${end} + mean${end}`,
      total: outputs[t][label],
      operands: Object.entries(operands).map(([called, value]) => ({ name: called, value })),
    };
  }

  const ABOVE = {
    met: ofMet, scores: ofScore, attention: ofShare, context: ofContext,
    logits: ofLogit, probs: ofProbability, outputs: ofOutput,
  };

  /** The arithmetic of one number; throws a RangeError where the network has none of that name. */
  engine.terms = (trace, floor, t, name, row) => {
    if (name === "ih" || name === "hh") return ofRow(trace, floor, t, name, row);
    if (floor < trace.lanes && Object.hasOwn(EQUATIONS[trace.floor(floor).kind](trace.floor(floor)), name)) {
      return equation(trace, floor, t, name, row);
    }
    if (/^head(_sum)?\.[0-9]+$/.test(name)) return ofHead(trace, t, name, row);
    if (!Object.hasOwn(ABOVE, name)) throw new RangeError(`no number is called ${name}`);
    return ABOVE[name](trace, t, name, row);
  };
})();
