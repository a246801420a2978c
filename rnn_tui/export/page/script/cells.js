// The cells, as PyTorch computes them: one timestep of each. Rows of weights are stacked by gate.
// A cell is {gates, state, values, step}. step(ih, hh, before, held) gives every value of a timestep by its name;
// held(name, unit, computed) gives the number that a what-if holds there, or what was computed.
"use strict";
(() => {
  const rnnTui = globalThis.rnnTui;
  const sigmoid = (z) => 0.5 * Math.tanh(0.5 * z) + 0.5;

  /** The functions by their names in the model file. */
  const FUNCTIONS = {
    tanh: Math.tanh,
    relu: (z) => Math.max(0, z), // which is NaN for NaN
    identity: (z) => z,
    sigmoid,
  };

  const arrays = (names, size) => Object.fromEntries(names.map((name) => [name, new Float64Array(size)]));

  // h = activation(weight_ih·x + bias_ih + weight_hh·h_prev + bias_hh)
  const elman = {
    gates: [],
    state: ["h"],
    values: ["ih", "hh", "pre_activation", "h"],
    step(ih, hh, before, held, activation) {
      const size = hh.length;
      const made = arrays(["pre_activation", "h"], size);
      const squash = FUNCTIONS[activation];
      for (let k = 0; k < size; k++) {
        made.pre_activation[k] = ih[k] + hh[k];
        made.h[k] = held("h", k, squash(made.pre_activation[k]));
      }
      return { ih, hh, ...made };
    },
  };

  // r, z = σ(ih + hh);  n = tanh(ih_n + r·hh_n);  h = (1 − z)·n + z·h_prev
  const gru = {
    gates: ["r", "z", "n"],
    state: ["h"],
    values: ["ih", "hh", "r", "z", "n", "h"],
    step(ih, hh, before, held) {
      const size = before.h.length;
      const made = arrays(["r", "z", "n", "h"], size);
      for (let k = 0; k < size; k++) {
        const r = (made.r[k] = held("r", k, sigmoid(ih[k] + hh[k])));
        const z = (made.z[k] = held("z", k, sigmoid(ih[size + k] + hh[size + k])));
        const n = (made.n[k] = held("n", k, Math.tanh(ih[2 * size + k] + r * hh[2 * size + k])));
        made.h[k] = held("h", k, (1 - z) * n + z * before.h[k]);
      }
      return { ih, hh, ...made };
    },
  };

  // i, f, o = σ(ih + hh);  g = tanh(ih_g + hh_g);  c = f·c_prev + i·g;  h = o·tanh(c)
  const lstm = {
    gates: ["i", "f", "g", "o"],
    state: ["h", "c"],
    values: ["ih", "hh", "i", "f", "g", "o", "c_prev", "c", "h"],
    step(ih, hh, before, held) {
      const size = before.h.length;
      const made = arrays(["i", "f", "g", "o", "c", "h"], size);
      const sum = (block, k) => ih[block * size + k] + hh[block * size + k];
      for (let k = 0; k < size; k++) {
        const i = (made.i[k] = held("i", k, sigmoid(sum(0, k))));
        const f = (made.f[k] = held("f", k, sigmoid(sum(1, k))));
        const g = (made.g[k] = held("g", k, Math.tanh(sum(2, k))));
        const o = (made.o[k] = held("o", k, sigmoid(sum(3, k))));
        const c = (made.c[k] = held("c", k, f * before.c[k] + i * g));
        made.h[k] = held("h", k, o * Math.tanh(c));
      }
      const { i, f, g, o, c, h } = made;
      return { ih, hh, i, f, g, o, c_prev: before.c, c, h };
    },
  };

  /** weight·x + bias; `weight` is {shape: [rows, columns], values}. */
  function product(weight, x, bias) {
    const [rows, columns] = weight.shape;
    const result = Float64Array.from(bias.values);
    const used = Array.from(x.keys()).filter((k) => x[k] !== 0); // of a one-hot x it is one
    for (let row = 0, at = 0; row < rows; row++, at += columns) {
      let sum = 0;
      for (let n = 0; n < used.length; n++) sum += weight.values[at + used[n]] * x[used[n]];
      result[row] += sum;
    }
    return result;
  }

  const LARGEST = 2 ** 128 - 2 ** 104; // of the program's numbers, which have 32 bits

  /** The numbers, with ±∞ in the place of those that are larger than the program's can be. */
  function limited(numbers) {
    for (let k = 0; k < numbers.length; k++) if (Math.abs(numbers[k]) > LARGEST) numbers[k] = Math.fround(numbers[k]);
    return numbers;
  }

  Object.assign(rnnTui, { FUNCTIONS, CELLS: { elman, gru, lstm }, LARGEST, product, limited, sigmoid });
})();
