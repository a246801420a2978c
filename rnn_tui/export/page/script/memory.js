// The memory lens, as lenses/memory.py has it: the sentence is read again with one word silent (its input vector zeros),
// for every word, and influence[k][t] is how far the hidden state after word t is then from what it was.
"use strict";
(() => {
  const rnnTui = globalThis.rnnTui;

  const apart = (one, other) => Math.sqrt(one.reduce((sum, value, k) => sum + (value - other[k]) ** 2, 0));
  const asItIs = (numbers) => numbers; // lenses have 64 bits, of which hardly a number is out of bounds

  /** {layer, influence: [k][t]} of what a layer (from 0) hands on. */
  rnnTui.memory = (network, all, edits, layer) => {
    const { lanes, x, holds } = rnnTui.prepared(network, all, edits);
    const original = rnnTui.runLanes(network, lanes, x, holds, asItIs).handed[layer];
    const oneWay = network.layers.slice(0, layer + 1).every((one) => !one.bidirectional);
    const influence = x.map((vector, k) => {
      const silent = x.map((other, t) => (t === k ? new Float64Array(vector.length) : other));
      const states = rnnTui.runLanes(network, lanes, silent, holds, asItIs).handed[layer];
      return states.map((state, t) => (oneWay && t < k ? 0 : apart(state, original[t])));
    });
    return { layer, influence };
  };
})();
