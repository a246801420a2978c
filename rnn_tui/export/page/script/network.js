// The network of a page: rnnTui.network(bytes) reads a model file, and network.trace(text, edits) runs it on a text.
//
// A lane is one cell of one layer; lanes are counted from 0 at the bottom, and a layer's backward lane follows its forward
// one, as the floors of the program do. What stands above them (readout, head, output nodes) is in trace.above.values.
// For what edits are see edits.js.
"use strict";
(() => {
  const { rnnTui } = globalThis;
  const { engine, UserError } = rnnTui;
  const { damaged, product, columnOf, limited, CELLS } = engine;
  const PARAMETERS = { weightIh: "weight_ih", weightHh: "weight_hh", biasIh: "bias_ih", biasHh: "bias_hh" };

  /** The network of a model file's bytes; refuses what is damaged with a UserError. */
  rnnTui.network = (bytes) => {
    try {
      return read(bytes);
    } catch (error) {
      throw error instanceof UserError ? error : damaged("it can't be read");
    }
  };

  function read(bytes) {
    const { metadata, tensors } = engine.safetensors(bytes);
    const described = engine.metadata(metadata.rnn_tui);
    const tokenizer = engine.tokenizer(described);
    const { labels, unitNames, readout, output } = described;
    const take = taking(tensors);
    const embedding = embeddingOf(tokenizer, described, tensors, take);

    const layers = layersOf(described.layers, embedding.size, take);
    const top = layers[layers.length - 1];
    const attention = readout === "attention" ? linearOf("attention", 1, top.outputSize, take) : null;
    const head = headOf(described.head, top.outputSize, take);
    const wide = head.length ? head[head.length - 1].size : top.outputSize;
    const fc = linearOf("fc", output.kind === "yes_no" ? 1 : labels.length, wide, take);
    take.rest();
    if (unitNames && unitNames.length !== layers[0].hiddenSize) throw damaged("unit_names are not one a hidden unit");

    const isNumber = output.kind === "number";
    const network = {
      ...described,
      tensors, tokenizer, layers, attention, head, fc,
      inputs: embedding.kind,
      inputSize: embedding.size,
      x: embedding.x,
      lanes: layers.flatMap((layer) => layer.lanes),
      output: { ...output, isNumber, answer: isNumber ? "outputs" : "probs" },
      twoWay: layers.some((layer) => layer.bidirectional),
      tokenize: tokenizer.tokenize,
      trace: (text, edits = {}) => run(network, engine.edited(network, tokenizer.tokenize(text), edits)),
      memory: (text, edits = {}, layer = layers.length - 1) =>
        engine.memory(network, engine.edited(network, tokenizer.tokenize(text), edits), layer),
    };
    network.answersEach = !network.twoWay || readout === "each";
    return network;
  }

  // The parts of a network

  /** take(name, shape) is the tensor of that name and shape, in which null is any size; take.rest() refuses any other. */
  function taking(tensors) {
    const taken = new Set();
    const take = (name, shape) => {
      const found = Object.hasOwn(tensors, name) ? tensors[name] : null;
      if (!found) throw damaged(`tensor ${name} is missing`);
      const fits = found.shape.length === shape.length && shape.every((size, axis) => size === null || size === found.shape[axis]);
      if (!fits) throw damaged(`tensor ${name} has shape (${found.shape}), expected (${shape.map((size) => size ?? "any")})`);
      if (found.dtype !== "F32") throw damaged(`tensor ${name} has dtype ${found.dtype}, expected F32`);
      if (!found.values.length) throw damaged(`tensor ${name} has no numbers`);
      if (!found.values.every(Number.isFinite)) throw damaged(`tensor ${name} holds what is no finite number`);
      taken.add(name);
      return found;
    };
    take.rest = () => {
      const other = Object.keys(tensors).find((name) => !taken.has(name));
      if (other !== undefined) throw damaged(`tensor ${engine.clipped(other, 40)} is not expected`);
    };
    return take;
  }

  /** {kind, size, x}: the way from a token to the input vector x, (size,); a token without a row reads zeros. */
  function embeddingOf(tokenizer, { vocabulary }, tensors, take) {
    if (tokenizer.kind === "numbers") {
      const kind = tokenizer.features === 1 ? "number" : "vector";
      return { kind, size: tokenizer.features, x: ({ values }) => Float64Array.from(values, Math.fround) };
    }
    if (!Object.hasOwn(tensors, "embedding.weight")) {
      const size = vocabulary.length;
      return { kind: "one-hot", size, x: ({ id }) => Float64Array.from({ length: size }, (_, row) => Number(row === id)) };
    }
    const { shape, values } = take("embedding.weight", [vocabulary.length, null]);
    const size = shape[1];
    const zeros = new Float64Array(size);
    return { kind: "embedding", size, x: ({ id }) => (id === null ? zeros : values.subarray(id * size, (id + 1) * size)) };
  }

  function layersOf(kinds, inputSize, take) {
    let size = inputSize;
    return kinds.map((kind, index) => {
      const cell = CELLS[kind.cell];
      const hiddenSize = take(`rnn.weight_hh_l${index}`, [null, null]).shape[1];
      const rows = hiddenSize * Math.max(1, cell.gates.length);
      const shapes = { weight_ih: [rows, size], weight_hh: [rows, hiddenSize], bias_ih: [rows], bias_hh: [rows] };
      const lanes = (kind.bidirectional ? [false, true] : [false]).map((backward) => {
        const end = `_l${index}${backward ? "_reverse" : ""}`;
        const parameters = Object.entries(PARAMETERS).map(([own, name]) => [own, take(`rnn.${name}${end}`, shapes[name])]);
        return {
          layer: index, backward, cell, kind: kind.cell, activation: kind.activation, hiddenSize, inputSize: size,
          ...Object.fromEntries(parameters),
        };
      });
      size = hiddenSize * (kind.bidirectional && kind.merge === "concat" ? 2 : 1);
      return { ...kind, hiddenSize, outputSize: size, lanes };
    });
  }

  const linearOf = (name, rows, columns, take) => {
    const weight = take(`${name}.weight`, [rows, columns]);
    return { weight, bias: take(`${name}.bias`, [weight.shape[0]]) };
  };

  function headOf(entries, inputSize, take) {
    let size = inputSize;
    return entries.map(({ linear, activation }, index) => {
      const layer = linear ? linearOf(`head.${index}`, null, size, take) : null;
      size = layer ? layer.weight.shape[0] : size;
      return { linear: layer, activation, size };
    });
  }

  // Running

  const zeros = (lane) => Object.fromEntries(lane.cell.state.map((name) => [name, new Float64Array(lane.hiddenSize)]));

  /** weight_ih·x + bias_ih of each token for a lane of the lowest layer, [t]; of a one-hot x a column and no product. */
  engine.multiplied = (network, lane, tokens) =>
    tokens.map((token) => {
      if (network.inputs === "one-hot") return columnOf(lane.weightIh, token.id, lane.biasIh);
      return product(lane.weightIh, network.x(token), lane.biasIh);
    });

  /** A lane over its input, ih[t]: its values by name, [t] each; `held(t)` holds values of a step, `kept` keeps numbers in bounds. */
  function unrolled(lane, ih, held, kept) {
    const values = Object.fromEntries(lane.cell.values.map((name) => [name, new Array(ih.length)]));
    let before = zeros(lane);
    for (let k = 0; k < ih.length; k += 1) {
      const t = lane.backward ? ih.length - 1 - k : k;
      const hh = kept(product(lane.weightHh, before.h, lane.biasHh));
      const step = lane.cell.step(kept(ih[t]), hh, before, held(t), lane.activation);
      for (const name of lane.cell.values) values[name][t] = kept(step[name]);
      before = Object.fromEntries(lane.cell.state.map((name) => [name, step[name]]));
    }
    return values;
  }

  /** What a layer hands up of the states of both of its lanes: side by side, or added up. */
  function merged(merge, forward, backward) {
    if (merge === "sum") return forward.map((value, unit) => value + backward[unit]);
    const both = new Float64Array(forward.length + backward.length);
    both.set(forward);
    both.set(backward, forward.length);
    return both;
  }

  /** The lanes over a text: {values, handed}, the values of each lane, and what each layer hands up, [layer][t].
   *  `lowest` is weight_ih·x + bias_ih for each lane of the lowest layer, [lane][t]; `top` is the last layer that is run. */
  engine.runLanes = (network, { lanes, holding }, lowest, kept, top = network.layers.length - 1) => {
    const values = [];
    const handed = [];
    network.layers.slice(0, top + 1).forEach((layer, index) => {
      const states = layer.lanes.map(() => {
        const floor = values.length;
        const lane = lanes[floor];
        const ih = index ? handed[index - 1].map((x) => product(lane.weightIh, x, lane.biasIh)) : lowest[floor];
        values.push(unrolled(lane, ih, (t) => holding(floor, t), kept));
        return values[floor].h;
      });
      const [forward, backward] = states;
      handed.push(backward ? forward.map((h, t) => kept(merged(layer.merge, h, backward[t]))) : forward);
    });
    return { values, handed };
  };

  /** The recording of a lane: what it is, its input x[t], its values, and what it carried into a word, before(t). */
  function recorded(lane, x, values) {
    const { length } = x;
    const initial = zeros(lane);
    const before = (t) => {
      const earlier = lane.backward ? t + 1 : t - 1;
      if (earlier < 0 || earlier >= length) return initial;
      return Object.fromEntries(lane.cell.state.map((name) => [name, values[name][earlier]]));
    };
    return { ...lane, x, values, before };
  }

  /** The states that the top layer hands to the readout, [t]; `last` takes each of two lanes where it has read all. */
  function metOf(network, values, handed) {
    const top = network.layers[network.layers.length - 1];
    const output = handed[handed.length - 1];
    if (!top.bidirectional || network.readout !== "last") return output;
    const [forward, backward] = values.slice(-2).map(({ h }) => h);
    const ends = limited(merged(top.merge, forward[forward.length - 1], backward[0]));
    return [...output.slice(0, -1), ends];
  }

  function run(network, edited) {
    const { tokens, lanes } = edited;
    const { length } = tokens;
    const x = tokens.map(network.x);
    const lowest = network.layers[0].lanes.map((_, floor) => engine.multiplied(network, lanes[floor], tokens));
    const { values, handed } = engine.runLanes(network, edited, lowest, limited);
    const floors = lanes.map((lane, floor) => recorded(lane, lane.layer ? handed[lane.layer - 1] : x, values[floor]));
    const answeredFrom = network.answersEach ? 0 : length - 1;
    const above = engine.answers(network, metOf(network, values, handed), answeredFrom);

    const trace = {
      network, tokens, length, x, handed, answeredFrom,
      lanes: lanes.length,
      above: { values: above },
      floor: (index) => floors[index],
      /** Whether a value of a unit of a lane is held at a word. */
      isHeld: (floor, t, name, unit) => edited.holding(floor, t)(name, unit, null) !== null,
      /** The answer after word t, the last unless given: {index, label, probability} or {outputs}; null where there is none. */
      prediction: (t = length - 1) => predicted(network, above[network.output.answer][t]),
      json: () => engine.traceJson(trace),
      terms: (floor, t, name, row) => engine.terms(trace, floor, t, name, row),
    };
    return trace;
  }

  function predicted({ output, labels }, answer) {
    if (!answer) return null;
    if (output.isNumber) return { outputs: Array.from(answer) };
    const lost = answer.findIndex(Number.isNaN);
    const index = lost >= 0 ? lost : answer.reduce((best, one, label) => (one > answer[best] ? label : best), 0);
    const isThere = Number.isFinite(answer[index]);
    return { index, label: isThere ? labels[index] : null, probability: isThere ? answer[index] : null };
  }
})();
