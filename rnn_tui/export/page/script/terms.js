// The products that make one number, as network/arithmetic/ has them: trace.terms(floor, t, name, row) gives {name, total,
// products: [{weight, value, label}], bias}, whose bias is null where there is none.
//
// A lane has `ih` and `hh`, by the rows of its stacked weights. Above the lanes, whatever the floor, there are `context` by
// its units (of the readout max its products have no weight, and the largest value is the total), `scores`, the sums of the
// head's linear layers (`head_sum.0`, or `head.0` where no function follows) and `logits`.
"use strict";
(() => {
  const rnnTui = globalThis.rnnTui;

  const clipped = (text) => rnnTui.clipped(text, 16);
  const unitName = (names, unit) => (names ? clipped(names[unit]) : `unit ${unit + 1}`);

  /** A row of a linear layer: its weights times what it takes. */
  function sum({ weight, bias }, row, taken, label) {
    const wide = weight.shape[1];
    const products = Array.from(taken, (value, k) => ({ weight: weight.values[row * wide + k], value, label: label(k) }));
    return { products, bias: bias.values[row] };
  }

  /** The name of a unit of what a layer hands up, with an arrow where it has two lanes side by side. */
  function handedName({ bidirectional, merge, hiddenSize }, names, unit) {
    if (!bidirectional || merge === "sum") return unitName(names, unit);
    return `${unit < hiddenSize ? "→" : "←"} unit ${(unit % hiddenSize) + 1}`;
  }

  /** How a unit of a floor is called on the floor above: "below" where that doesn't go without saying. */
  const below = (name, isPlain) => (isPlain ? name : `${name} below`);

  function inputName({ layers, unitNames, tokenizer }, layer, column) {
    if (!layer) return (tokenizer.featureNames || []).length ? clipped(tokenizer.featureNames[column]) : `input ${column + 1}`;
    const under = layers[layer - 1];
    const names = layer === 1 && !under.bidirectional ? unitNames : null;
    return below(handedName(under, names, column), names || (under.bidirectional && under.merge === "concat"));
  }

  function ofLane(trace, floor, t, name, row) {
    const { network, tokens } = trace;
    const lane = trace.floor(floor);
    const gate = lane.cell.gates[Math.floor(row / lane.hiddenSize)];
    const found = { name: gate ? `${name}_${gate}` : name, total: lane.values[name][t][row] };
    if (name === "hh") {
      const names = floor ? null : network.unitNames;
      const linear = { weight: lane.weightHh, bias: lane.biasHh };
      return { ...found, ...sum(linear, row, lane.before(t).h, (unit) => unitName(names, unit)) };
    }
    const made = sum({ weight: lane.weightIh, bias: lane.biasIh }, row, lane.x[t], (k) => inputName(network, lane.layer, k));
    const { id } = tokens[t];
    if (!lane.layer && network.tokenizer.kind !== "numbers") {
      if (id === null) made.products = [];
      else if (network.inputs === "one-hot") made.products = [{ ...made.products[id], label: clipped(network.vocabulary[id]) }];
    }
    return { ...found, ...made };
  }

  function ofAnswer(trace, t, name, row) {
    const { network } = trace;
    const { head, layers, readout } = network;
    const { values } = trace.above;
    const top = layers[layers.length - 1];
    const found = { name, total: values[name][t][row] };
    const states = trace.handed[layers.length - 1];
    const names = layers.length === 1 && !top.bidirectional ? network.unitNames : null;
    const met = (unit) => handedName(top, names, unit);
    if (name === "context") {
      const weights = { attention: () => values.attention[t], mean: () => new Array(t + 1).fill(1 / (t + 1)), max: () => [] }[readout]();
      const products = states.slice(0, t + 1).map((h, k) => ({
        weight: weights[k] ?? null, value: h[row], label: clipped(trace.tokens[k].surface),
      }));
      return { ...found, products, bias: null };
    }
    if (name === "scores") return { ...found, ...sum(network.attention, row, states[t], met) };
    const index = name === "logits" ? head.length : Number(name.split(".")[1]);
    const taken = index ? `head.${index - 1}` : values.context ? "context" : "met";
    const isHidden = head.slice(0, index).some((entry) => entry.linear);
    const label = isHidden ? (unit) => unitName(null, unit) : met;
    if (name === "logits") return { ...found, ...sum(network.fc, row, values[taken][t], label) };
    const isPlain = !isHidden && (names || top.bidirectional);
    return { ...found, ...sum(head[index].linear, row, values[taken][t], (unit) => below(label(unit), isPlain)) };
  }

  rnnTui.terms = (trace, floor, t, name, row) =>
    name === "ih" || name === "hh" ? ofLane(trace, floor, t, name, row) : ofAnswer(trace, t, name, row);
})();
