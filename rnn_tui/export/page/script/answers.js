// What stands above the lanes: the readout, the head, the output nodes and what their sums mean.
"use strict";
(() => {
  const { engine } = globalThis.rnnTui;
  const { product, limited, sigmoid, FUNCTIONS } = engine;

  /** What each readout makes of the states that it gets, h[t]: its values by name, [t] each; `context` is what it hands on. */
  const READOUTS = {
    last: () => ({}),
    last_step: () => ({}),
    each: () => ({}),
    mean(h) {
      const total = new Float64Array(h[0].length);
      const context = h.map((state, t) => {
        state.forEach((value, unit) => (total[unit] += value));
        return limited(total).map((value) => value / (t + 1));
      });
      return { context };
    },
    max(h) {
      const largest = Float64Array.from(h[0]);
      const context = h.map((state) => {
        state.forEach((value, unit) => (largest[unit] = Math.max(largest[unit], value)));
        return Float64Array.from(largest);
      });
      return { context };
    },
    attention(h, { weight, bias }) {
      const scores = h.map((state) => limited(product(weight, state, bias)));
      const listed = Float64Array.from(scores, (score) => score[0]);
      const attention = h.map((_, t) => softmax(listed.subarray(0, t + 1)));
      return { scores, context: contexts(h, listed), attention };
    },
  };

  /** The states so far weighed by exp(score), word by word, relative to the largest score so far, so that none overflows. */
  function contexts(h, scores) {
    const weighted = new Float64Array(h[0].length);
    let total = 0;
    let largest = scores[0];
    return h.map((state, t) => {
      const highest = Math.max(largest, scores[t]);
      const rescale = Math.exp(largest - highest);
      const weight = Math.exp(scores[t] - highest);
      state.forEach((value, unit) => (weighted[unit] = weighted[unit] * rescale + weight * value));
      total = total * rescale + weight;
      largest = highest;
      return limited(weighted).map((value) => value / total);
    });
  }

  /** exp(l_i) / Σ_j exp(l_j), relative to the largest; all are NaN where that is infinite. */
  function softmax(logits) {
    const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
    const exponentials = logits.map((logit) => Math.exp(logit - largest));
    const total = exponentials.reduce((sum, one) => sum + one, 0);
    return exponentials.map((one) => one / total);
  }

  /** From the logits to the answer, for each kind of output. */
  const ANSWERS = {
    classes: (logits) => softmax(logits),
    yes_no: ([logit]) => Float64Array.of(sigmoid(-logit), sigmoid(logit)),
    number: (logits, { mean, std }) => limited(logits.map((logit, k) => logit * std[k] + mean[k])),
  };

  /** The values of one word, from what the readout hands on to the answer, by name. */
  function answered({ head, fc, output }, read) {
    const values = {};
    head.forEach(({ linear, activation }, index) => {
      let given = read;
      if (linear) {
        given = limited(product(linear.weight, read, linear.bias));
        if (activation !== "identity") values[`head_sum.${index}`] = given;
      }
      read = values[`head.${index}`] = given.map(FUNCTIONS[activation]);
    });
    values.logits = limited(product(fc.weight, read, fc.bias));
    values[output.answer] = ANSWERS[output.kind](values.logits, output);
    return values;
  }

  /** Every value above the lanes by name, [t] each, from the states that are met; null before the first answer. */
  engine.answers = (network, met, answeredFrom) => {
    const read = READOUTS[network.readout](met, network.attention);
    const steps = met.map((h, t) => answered(network, read.context ? read.context[t] : h));
    const values = { met, ...read };
    for (const name of Object.keys(steps[0])) values[name] = steps.map((step) => step[name]);
    const shown = ([name, each]) => [name, name === "scores" ? each : each.map((value, t) => (t < answeredFrom ? null : value))];
    return Object.fromEntries(Object.entries(values).map(shown));
  };
})();
