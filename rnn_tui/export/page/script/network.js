// The network of a page: rnnTui.network(bytes) reads a model file, and network.trace(text, edits) runs it.
//
// A lane is one cell of one layer: lane 0 is the lowest that reads forward, and a layer's backward lane follows its
// forward one. What stands above the lanes (readout, head, output nodes) is in trace.above.values.
// Edits, all of them optional: {scaleMemory: factor, silence: [{floor, unit}], hold: [{floor, name, unit, t, value}],
// leaveOut: [t]}; floors are lanes, everything counts from 0, and t of `hold` counts the words that are left.
"use strict";
(() => {
  const rnnTui = globalThis.rnnTui;
  const { UserError, tensor, damaged, product, limited, LARGEST, FUNCTIONS, CELLS, sigmoid } = rnnTui;
  const READOUTS = ["last", "last_step", "each", "attention", "mean", "max"];
  const unfit = (field) => new UserError(`the model in this page has no ${field} that it knows; export it again`);

  /** The network of a model file's bytes; refuses what is damaged with a UserError. */
  rnnTui.network = (bytes) => {
    try {
      return read(bytes);
    } catch (error) {
      throw error instanceof UserError ? error : damaged("it can't be read");
    }
  };

  function read(bytes) {
    const { fields, tensors } = rnnTui.readModel(bytes);
    const tokenizer = rnnTui.tokenizer(fields);
    const labels = fields.labels;
    const embedding = tokenizer.kind !== "numbers" && tensors["embedding.weight"] ? tensors["embedding.weight"] : null;
    const inputs = tokenizer.kind === "numbers" ? (tokenizer.features === 1 ? "number" : "vector") : embedding ? "embedding" : "one-hot";
    const vocabulary = fields.vocabulary || [];
    const words = vocabulary.length;
    const inputSize = tokenizer.kind === "numbers" ? tokenizer.features : embedding ? embedding.shape[1] : words;
    if (embedding) tensor(tensors, "embedding.weight", [words, inputSize]);

    const layers = layersOf(fields, tensors, inputSize);
    const lanes = layers.flatMap((layer) => layer.lanes);
    if (!READOUTS.includes(fields.readout)) throw unfit("readout");
    const top = layers[layers.length - 1];
    const attention = fields.readout !== "attention" ? null : {
      weight: tensor(tensors, "attention.weight", [1, top.outputSize]),
      bias: tensor(tensors, "attention.bias", [1]),
    };
    const head = headOf(fields, tensors, top.outputSize);
    const read = head.length ? head[head.length - 1].size : top.outputSize;
    const output = outputOf(fields, labels.length);
    const nodes = output.kind === "yes_no" ? 1 : labels.length;
    const fc = { weight: tensor(tensors, "fc.weight", [nodes, read]), bias: tensor(tensors, "fc.bias", [nodes]) };
    const twoWay = layers.some((layer) => layer.bidirectional);

    const network = {
      fields, tensors, tokenizer, labels, inputs, inputSize, layers, lanes, attention, head, fc, output, twoWay,
      name: fields.name,
      title: fields.title || fields.name,
      unitNames: fields.unit_names || null,
      vocabulary,
      readout: fields.readout,
      examples: fields.examples || [],
      answersEach: !twoWay || fields.readout === "each",
      tokenize: tokenizer.tokenize,
      trace: (text, edits = {}) => run(network, tokenizer.tokenize(text), edits),
      memory: (text, edits = {}, layer = layers.length - 1) => rnnTui.memory(network, tokenizer.tokenize(text), edits, layer),
      /** The input vector of a token. */
      x(token) {
        if (tokenizer.kind === "numbers") return Float64Array.from(token.values, Math.fround);
        const x = new Float64Array(inputSize);
        if (token.id === null) return x;
        if (!embedding) x[token.id] = 1;
        else x.set(embedding.values.subarray(token.id * inputSize, (token.id + 1) * inputSize));
        return x;
      },
    };
    return network;
  }

  function layersOf(fields, tensors, inputSize) {
    const kinds = fields.layers || [{ cell: fields.cell, activation: fields.activation }];
    const layers = [];
    let size = inputSize;
    for (const [index, kind] of kinds.entries()) {
      const cell = Object.hasOwn(CELLS, kind.cell) ? CELLS[kind.cell] : null;
      if (!cell || (kind.cell === "elman" && !Object.hasOwn(FUNCTIONS, kind.activation))) throw unfit("cell");
      const hiddenSize = tensor(tensors, `rnn.weight_hh_l${index}`, [null, null]).shape[1];
      const bidirectional = kind.bidirectional === true;
      const merge = kind.merge || "concat";
      const rows = hiddenSize * (cell.gates.length || 1);
      const lanes = [false, true].slice(0, bidirectional ? 2 : 1).map((backward) => {
        const end = `_l${index}${backward ? "_reverse" : ""}`;
        return {
          layer: index, backward, cell, hiddenSize, kind: kind.cell, activation: kind.activation, inputSize: size,
          weightIh: tensor(tensors, `rnn.weight_ih${end}`, [rows, size]),
          weightHh: tensor(tensors, `rnn.weight_hh${end}`, [rows, hiddenSize]),
          biasIh: tensor(tensors, `rnn.bias_ih${end}`, [rows]),
          biasHh: tensor(tensors, `rnn.bias_hh${end}`, [rows]),
        };
      });
      size = hiddenSize * (bidirectional && merge === "concat" ? 2 : 1);
      layers.push({ cell: kind.cell, activation: kind.activation, hiddenSize, bidirectional, merge, lanes, outputSize: size });
    }
    return layers;
  }

  function headOf(fields, tensors, size) {
    return (fields.head || []).map((entry, index) => {
      const activation = entry.activation || "identity";
      if (!Object.hasOwn(FUNCTIONS, activation)) throw unfit("function");
      if (!entry.linear) return { linear: null, activation, size };
      const weight = tensor(tensors, `head.${index}.weight`, [null, size]);
      size = weight.shape[0];
      return { linear: { weight, bias: tensor(tensors, `head.${index}.bias`, [size]) }, activation, size };
    });
  }

  function outputOf(fields, labels) {
    const kind = fields.output || "classes";
    if (!["classes", "yes_no", "number"].includes(kind)) throw unfit("output");
    const each = (value, otherwise) => (Array.isArray(value) ? value : new Array(labels).fill(value ?? otherwise));
    return { kind, isNumber: kind === "number", mean: each(fields.output_mean, 0), std: each(fields.output_std, 1) };
  }

  // Edits

  /** Refuse an index that is none of so many. */
  function fit(index, count, what) {
    if (!(Number.isInteger(index) && index >= 0 && index < count)) {
      throw new UserError(`there is no ${what} ${index + 1} here, only ${count > 1 ? "1 to " : ""}${count}`);
    }
  }

  /** Refuse edits that fit nothing; `left` is the number of words that are left. */
  function check({ lanes, tokenizer }, { scaleMemory = 1, silence = [], hold = [] }, left) {
    if (!(scaleMemory >= 0 && scaleMemory <= LARGEST)) throw new UserError(`the memory can't be scaled by ${scaleMemory}`);
    for (const one of [...silence, ...hold]) {
      fit(one.floor, lanes.length, "lane");
      fit(one.unit, lanes[one.floor].hiddenSize, "unit");
    }
    for (const { floor, name, t, value } of hold) {
      const { gates, state } = lanes[floor].cell;
      const names = [...gates, ...state];
      if (!names.includes(name)) throw new UserError(`there is no value ${name} to hold, only ${names.join(", ")}`);
      fit(t, left, tokenizer.unit);
      if (!(Math.abs(value) <= LARGEST)) throw new UserError("no value can be so large");
    }
  }

  /** The lanes with a what-if's weights: louder memory, and silenced units, whose rows are all 0. */
  function edited(lanes, edits) {
    const factor = edits.scaleMemory ?? 1;
    const silence = edits.silence || [];
    if (factor === 1 && !silence.length) return lanes;
    return lanes.map((lane, floor) => {
      const copy = { ...lane };
      copy.weightHh = { ...lane.weightHh, values: lane.weightHh.values.map((weight) => Math.fround(weight * Math.fround(factor))) };
      if (!copy.weightHh.values.every(Number.isFinite)) throw new UserError(`the memory can't be scaled by ${factor}`);
      const units = silence.filter((one) => one.floor === floor).map((one) => one.unit);
      if (!units.length) return copy;
      for (const name of ["weightIh", "weightHh", "biasIh", "biasHh"]) {
        const { shape, values } = copy[name];
        const wide = values.length / shape[0];
        const zeroed = Float64Array.from(values);
        for (let row = 0; row < shape[0]; row++) {
          if (units.includes(row % lane.hiddenSize)) zeroed.fill(0, row * wide, (row + 1) * wide);
        }
        copy[name] = { shape, values: zeroed };
      }
      return copy;
    });
  }

  /** held(floor, t) gives for a step the function that holds its values, see cells.js. */
  function holding(edits) {
    const silent = new Set((edits.silence || []).map((one) => `${one.floor} ${one.unit}`));
    const wanted = new Map();
    for (const one of edits.hold || []) {
      if (!silent.has(`${one.floor} ${one.unit}`)) wanted.set(`${one.floor} ${one.t} ${one.name} ${one.unit}`, one.value);
    }
    const free = (name, unit, computed) => computed;
    if (!wanted.size) return () => free;
    return (floor, t) => (name, unit, computed) => wanted.get(`${floor} ${t} ${name} ${unit}`) ?? computed;
  }

  // Running

  /** A lane over the inputs x, [t]: its values by name, an array a timestep each. `kept` puts bounds to numbers, or none. */
  function unrolled(lane, x, held, kept) {
    const values = Object.fromEntries(lane.cell.values.map((name) => [name, new Array(x.length)]));
    let before = Object.fromEntries(lane.cell.state.map((name) => [name, new Float64Array(lane.hiddenSize)]));
    const order = lane.backward ? [...x.keys()].reverse() : [...x.keys()];
    for (const t of order) {
      const ih = kept(product(lane.weightIh, x[t], lane.biasIh));
      const hh = kept(product(lane.weightHh, before.h, lane.biasHh));
      const step = lane.cell.step(ih, hh, before, held(t), lane.activation);
      for (const name of lane.cell.values) values[name][t] = kept(step[name]);
      before = Object.fromEntries(lane.cell.state.map((name) => [name, step[name]]));
    }
    return values;
  }

  /** Two arrays side by side, or added up. */
  const joined = (merge, one, other) => {
    if (merge === "sum") return one.map((value, k) => value + other[k]);
    const both = new Float64Array(one.length + other.length);
    both.set(one);
    both.set(other, one.length);
    return both;
  };

  /** The values of each lane over inputs x, and what each layer hands up, [layer][t]. */
  rnnTui.runLanes = (network, lanes, x, holds, kept = limited) => {
    const recorded = [];
    const handed = [];
    let floor = 0;
    let below = x;
    for (const layer of network.layers) {
      const own = layer.lanes.map(() => {
        const at = floor++;
        const values = unrolled(lanes[at], below, (t) => holds(at, t), kept);
        recorded.push({ ...lanes[at], x: below, values });
        return values.h;
      });
      const given = below;
      below = own.length === 1 ? own[0] : given.map((_, t) => kept(joined(layer.merge, own[0][t], own[1][t])));
      handed.push(below);
    }
    return { recorded, handed };
  };

  /** The lanes, the inputs and the tokens that a text has with its edits in force. */
  rnnTui.prepared = (network, tokens, edits) => {
    const out = new Set(edits.leaveOut || []);
    out.forEach((t) => fit(t, tokens.length, network.tokenizer.unit));
    const left = tokens.filter((_, t) => !out.has(t));
    if (!left.length) throw new UserError(`the network needs at least one ${network.tokenizer.unit}; leave one in`);
    check(network, edits, left.length);
    return { tokens: left, lanes: edited(network.lanes, edits), x: left.map(network.x), holds: holding(edits) };
  };

  function run(network, all, edits) {
    const { tokens, lanes, x, holds } = rnnTui.prepared(network, all, edits);
    const { recorded, handed } = rnnTui.runLanes(network, lanes, x, holds);
    const length = tokens.length;
    const answeredFrom = network.answersEach ? 0 : length - 1;
    const above = answering(network, metOf(network, recorded, handed), answeredFrom);
    const trace = {
      network, tokens, length, x, edits, answeredFrom,
      lanes: recorded.length,
      handed,
      above: { values: above },
      floor(i) {
        const lane = recorded[i];
        return {
          ...lane,
          /** What the lane carried into word t, by name. */
          before(t) {
            const earlier = lane.backward ? t + 1 : t - 1;
            const known = earlier >= 0 && earlier < length;
            const zero = new Float64Array(lane.hiddenSize);
            return Object.fromEntries(lane.cell.state.map((name) => [name, known ? lane.values[name][earlier] : zero]));
          },
        };
      },
      /** The answer after word t (the last one unless given): {label, probability} or {outputs}; null where none is. */
      prediction(t = length - 1) {
        if (network.output.isNumber) return above.outputs[t] && { outputs: Array.from(above.outputs[t]) };
        const probs = above.probs[t];
        if (!probs) return null;
        const lost = probs.findIndex(Number.isNaN);
        const index = lost >= 0 ? lost : probs.reduce((best, one, label) => (one > probs[best] ? label : best), 0);
        const finite = Number.isFinite(probs[index]);
        return { index, label: finite ? network.labels[index] : null, probability: finite ? probs[index] : null };
      },
      json: () => rnnTui.traceJson(trace),
      terms: (floor, t, name, row) => rnnTui.terms(trace, floor, t, name, row),
    };
    return trace;
  }

  /** The states that the top layer hands to the readout, [t]; `last` of two lanes takes each where it has read all. */
  function metOf(network, recorded, handed) {
    const top = network.layers[network.layers.length - 1];
    const output = handed[handed.length - 1];
    if (!top.bidirectional || network.readout !== "last") return output;
    const [forward, backward] = recorded.slice(-2).map((lane) => lane.values.h);
    const ends = limited(joined(top.merge, forward[output.length - 1], backward[0]));
    return [...output.slice(0, -1), ends];
  }

  /** From the states that are met to the answer: every value by name, [t], null where it isn't there. */
  function answering(network, met, answeredFrom) {
    const values = { met };
    const contexts = readOut(network, met, values);
    const name = network.output.isNumber ? "outputs" : "probs";
    for (const t of met.keys()) {
      let read = contexts[t];
      network.head.forEach((entry, index) => {
        const squash = FUNCTIONS[entry.activation];
        if (entry.linear) {
          read = limited(product(entry.linear.weight, read, entry.linear.bias));
          if (entry.activation !== "identity") (values[`head_sum.${index}`] ||= [])[t] = read;
        }
        read = (values[`head.${index}`] ||= [])[t] = read.map(squash);
      });
      const logits = limited(product(network.fc.weight, read, network.fc.bias));
      (values.logits ||= [])[t] = logits;
      (values[name] ||= [])[t] = answer(network.output, logits);
    }
    for (const [name, each] of Object.entries(values)) {
      if (name !== "scores") values[name] = each.map((value, t) => (t < answeredFrom ? null : value));
    }
    return values;
  }

  /** What the readout hands on at each word, [t]; adds its own values. */
  function readOut(network, met, values) {
    if (network.readout === "mean") {
      const total = new Float64Array(met[0].length);
      values.context = met.map((h, t) => {
        h.forEach((value, k) => (total[k] += value));
        return limited(total).map((value) => value / (t + 1));
      });
    } else if (network.readout === "max") {
      let largest = null;
      values.context = met.map((h) => {
        const before = largest;
        largest = before ? h.map((value, k) => Math.max(before[k], value)) : h;
        return largest;
      });
    } else if (network.readout === "attention") {
      values.scores = met.map((h) => limited(product(network.attention.weight, h, network.attention.bias)));
      values.attention = met.map((_, t) => softmax(Float64Array.from(values.scores.slice(0, t + 1), (score) => score[0])));
      values.context = values.attention.map((shares) => {
        const context = new Float64Array(met[0].length);
        shares.forEach((share, k) => met[k].forEach((value, unit) => (context[unit] += share * value)));
        return context;
      });
    } else return met;
    return values.context;
  }

  function softmax(logits) {
    const largest = logits.reduce((most, logit) => Math.max(most, logit));
    const exponentials = logits.map((logit) => Math.exp(logit - largest));
    const total = exponentials.reduce((sum, one) => sum + one, 0);
    return exponentials.map((one) => one / total);
  }

  function answer(output, logits) {
    if (output.kind === "yes_no") return Float64Array.of(sigmoid(-logits[0]), sigmoid(logits[0]));
    if (output.kind === "number") return limited(logits.map((logit, k) => logit * output.std[k] + output.mean[k]));
    return softmax(logits);
  }
})();
