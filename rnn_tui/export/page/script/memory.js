// The memory lens, as lenses/memory.py has it: the text is read again with one word silent (its input vector zeros), for
// every word; influence[k][t] is the Euclidean distance of the hidden state after word t from what it was.
"use strict";
(() => {
  const { engine, UserError } = globalThis.rnnTui;

  const apart = (one, other) => Math.sqrt(one.reduce((sum, value, k) => sum + (value - other[k]) ** 2, 0));
  const asItIs = (numbers) => numbers; // a lens is computed in 64 bits, in which hardly a number is out of bounds

  /** {layer, influence} of what a layer (from 0) hands on. */
  engine.memory = (network, edited, layer) => {
    const { tokens, lanes } = edited;
    const count = network.layers.length;
    if (!(layer >= 0 && layer < count)) throw new UserError(`there is no layer ${layer + 1}; the network has ${count}, so 1 to ${count}`);
    const lowest = network.layers[0].lanes.map((_, floor) => engine.multiplied(network, lanes[floor], tokens));
    const states = (ih) => engine.runLanes(network, edited, ih, asItIs, layer).handed[layer];
    const original = states(lowest);
    const oneWay = network.layers.slice(0, layer + 1).every((one) => !one.bidirectional);
    const influence = tokens.map((_, k) => {
      const silent = lowest.map((ih, floor) => ih.map((own, t) => (t === k ? lanes[floor].biasIh.values : own))); // weight_ih·0 + bias_ih
      return states(silent).map((h, t) => (oneWay && t < k ? 0 : apart(h, original[t])));
    });
    return { layer, influence };
  };
})();
