// Where one number comes from, as network/arithmetic/ has it: trace.terms(floor, t, name, row).
// A floor below trace.lanes is a lane; any other is what stands above them, whose names are the values of trace.above.
// Gives {name, total, notation} and, of a sum, products: [{weight, value, label}] and bias (null where there is none);
// else operands: [{name, value}], and of a function of one number `of`, its name and its argument.
"use strict";
(() => {
  const rnnTui = globalThis.rnnTui;

  const clippedWord = (text) => rnnTui.clipped(text, 16);

  function unitName(network, floor, unit) {
    return network.unitNames && floor === 0 ? clippedWord(network.unitNames[unit]) : `unit ${unit + 1}`;
  }

  /** The name of unit `index` of what a layer hands up: with an arrow where it has two lanes side by side. */
  function handedName(network, layer, index) {
    const { bidirectional, merge, hiddenSize } = network.layers[layer];
    if (bidirectional && merge === "concat") return `${index < hiddenSize ? "→" : "←"} unit ${(index % hiddenSize) + 1}`;
    return bidirectional ? `unit ${index + 1}` : unitName(network, layer === 0 ? 0 : -1, index);
  }

  function inputName(network, lane, column) {
    if (lane.layer > 0) return handedName(network, lane.layer - 1, column);
    const names = network.tokenizer.featureNames || [];
    return names.length ? clippedWord(names[column]) : `input ${column + 1}`;
  }

  /** A row of a weight matrix times a vector, and the bias. */
  function sum(name, notation, weight, row, vector, bias, total, label) {
    const wide = weight.shape[1];
    const products = Array.from(vector, (value, k) => ({ weight: weight.values[row * wide + k], value, label: label(k) }));
    return { name, notation, products, bias: bias === null ? null : bias.values[row], total };
  }

  const formula = (name, notation, operands, total) => ({
    name, notation, total, operands: Object.entries(operands).map(([name, value]) => ({ name, value })),
  });

  const curve = (name, of, argument, total) => ({
    name, total, of, argument, notation: `${name} = ${{ tanh: "tanh(z)", relu: "max(0, z)", sigmoid: "σ(z)", identity: "z" }[of]}`,
    operands: [{ name: "z", value: argument }],
  });

  function ofLane(trace, floor, t, name, row) {
    const { network } = trace;
    const lane = trace.floor(floor);
    const at = (value) => lane.values[value][t];
    const before = lane.before(t);
    const size = lane.hiddenSize;
    const unit = row % size;
    const gate = lane.cell.gates.length ? `_${lane.cell.gates[Math.floor(row / size)]}` : "";
    if (name === "ih") {
      const notation = `ih${gate} = weight_ih${gate}·x + bias_ih${gate}`;
      const made = sum(`ih${gate}`, notation, lane.weightIh, row, lane.x[t], lane.biasIh, at("ih")[row], (k) => inputName(network, lane, k));
      if (lane.layer > 0 || network.tokenizer.kind === "numbers") return made;
      const { id, text } = trace.tokens[t];
      if (id === null) made.products = [];
      else if (network.inputs === "one-hot") {
        made.products = [{ ...made.products[id], label: clippedWord(network.fields.vocabulary[id] ?? text) }];
      }
      return made;
    }
    if (name === "hh") {
      const notation = `hh${gate} = weight_hh${gate}·h_prev + bias_hh${gate}`;
      return sum(`hh${gate}`, notation, lane.weightHh, row, before.h, lane.biasHh, at("hh")[row], (k) => unitName(network, floor, k));
    }
    const total = at(name)[unit];
    const block = (value, letter) => at(value)[lane.cell.gates.indexOf(letter) * size + unit];
    if (name === "pre_activation") return formula(name, "pre_activation = ih + hh", { ih: at("ih")[unit], hh: at("hh")[unit] }, total);
    if (lane.kind === "elman") return curve("h", lane.activation, at("pre_activation")[unit], total);
    if (lane.kind === "gru" && name === "n") {
      const operands = { ih_n: block("ih", "n"), r: at("r")[unit], hh_n: block("hh", "n") };
      return formula("n", "n = tanh(ih_n + r·hh_n)", operands, total);
    }
    if (lane.kind === "gru" && name === "h") {
      const operands = { z: at("z")[unit], n: at("n")[unit], h_prev: before.h[unit] };
      return formula("h", "h = (1 − z)·n + z·h_prev", operands, total);
    }
    if (name === "c") {
      const operands = { f: at("f")[unit], c_prev: before.c[unit], i: at("i")[unit], g: at("g")[unit] };
      return formula("c", "c = f·c_prev + i·g", operands, total);
    }
    if (name === "h") return formula("h", "h = o·tanh(c)", { o: at("o")[unit], c: at("c")[unit] }, total);
    const function_ = name === "g" ? "tanh" : "σ";
    const operands = { [`ih_${name}`]: block("ih", name), [`hh_${name}`]: block("hh", name) };
    return formula(name, `${name} = ${function_}(ih_${name} + hh_${name})`, operands, total);
  }

  function ofAnswer(trace, t, name, row) {
    const { network } = trace;
    const { values } = trace.above;
    const total = values[name][t][row];
    const last = network.layers.length - 1;
    const entries = network.head.length;
    const met = (k) => handedName(network, last, k);
    const reads = network.readout === "attention" || network.readout === "mean" || network.readout === "max" ? "context" : "met";
    // The value that entry `index` of the head reads (the output nodes where that is their number), and its units' names.
    const read = (index) => {
      const value = index ? `head.${index - 1}` : reads;
      const hidden = network.head.slice(0, index).some((entry) => entry.linear);
      return [values[value][t], hidden ? (k) => `unit ${k + 1}` : met, index ? value : reads === "met" ? "h" : reads];
    };
    if (name === "logits") {
      const [vector, label, called] = read(entries);
      const { weight, bias } = network.fc;
      return sum("logit", `logit = fc.weight·${called} + fc.bias`, weight, row, vector, bias, total, label);
    }
    if (name.startsWith("head")) {
      const index = Number(name.split(".")[1]);
      const { linear, activation } = network.head[index];
      const [vector, label, called] = read(index);
      const isSum = linear && (name.startsWith("head_sum") || activation === "identity");
      if (!isSum) return curve(name, activation, linear ? values[`head_sum.${index}`][t][row] : vector[row], total);
      const notation = `${name} = head.${index}.weight·${called} + head.${index}.bias`;
      return sum(name, notation, linear.weight, row, vector, linear.bias, total, label);
    }
    if (name === "context") {
      const shares = network.readout === "attention" ? values.attention[t] : null;
      // Before the answer is there what was met isn't shown, but it is what is pooled: it is taken as it was handed up.
      const states = pooled(trace);
      const products = states.slice(0, t + 1).map((state, k) => ({
        weight: shares ? shares[k] : network.readout === "mean" ? 1 / (t + 1) : null,
        value: state[row],
        label: trace.tokens[k].surface,
      }));
      const notation = { attention: "context = Σ attention[k]·h_k", mean: "context = (h_1 + … + h_t) / t", max: "context = max(h_1, …, h_t)" };
      return { name, notation: notation[network.readout], products, bias: null, total };
    }
    if (name === "met") {
      const { bidirectional, merge, hiddenSize } = network.layers[last];
      if (!bidirectional) return formula("h", "h", { h: total }, total);
      const [forward, backward] = [trace.lanes - 2, trace.lanes - 1].map((floor) => trace.floor(floor).values.h);
      const there = backward[network.readout === "last" ? 0 : t];
      if (merge === "sum") return formula("h", "h = →h + ←h", { "→h": forward[t][row], "←h": there[row] }, total);
      const isForward = row < hiddenSize;
      return formula("h", "h = [→h; ←h]", { [isForward ? "→h" : "←h"]: total }, total);
    }
    const { output, labels } = network;
    const logits = values.logits[t];
    if (name === "outputs") {
      const operands = { logit: logits[row], std: output.std[row], mean: output.mean[row] };
      return formula(name, "output = logit·std + mean", operands, total);
    }
    if (output.kind === "yes_no") {
      const notation = row ? `${labels[1]} = σ(logit)` : `${labels[0]} = 1 − ${labels[1]}`;
      return formula(labels[row], notation, row ? { logit: logits[0] } : { [labels[1]]: values.probs[t][1] }, total);
    }
    const operands = Object.fromEntries(labels.map((label, k) => [label, logits[k]]));
    return formula(labels[row], `e^logit / Σ e^logits`, operands, total);
  }

  /** The states that the readout pools, [t]. */
  function pooled(trace) {
    return trace.handed[trace.handed.length - 1];
  }

  rnnTui.terms = (trace, floor, t, name, row) =>
    floor < trace.lanes && !Object.hasOwn(trace.above.values, name)
      ? ofLane(trace, floor, t, name, row)
      : ofAnswer(trace, t, name, row);
})();
