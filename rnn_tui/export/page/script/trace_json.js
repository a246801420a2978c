// A trace as `rnn-tui trace --json` prints it: the same names in the same order, null for what is no finite number.
"use strict";
(() => {
  const rnnTui = globalThis.rnnTui;

  const numbers = (values) => Array.from(values, (value) => (Number.isFinite(value) ? value : null));

  function laneValues(lane, t) {
    const { h, ...others } = Object.fromEntries(lane.cell.values.map((name) => [name, numbers(lane.values[name][t])]));
    return { h_prev: numbers(lane.before(t).h), ...others, h };
  }

  function stepOf(trace, t, isOneLane) {
    const { network, above } = trace;
    const step = { t, token: trace.tokens[t].text, x: numbers(trace.x[t]) };
    if (isOneLane) Object.assign(step, laneValues(trace.floor(0), t));
    else {
      let floor = 0;
      step.layers = network.layers.map((layer) => ({
        forward: laneValues(trace.floor(floor++), t),
        backward: layer.bidirectional ? laneValues(trace.floor(floor++), t) : null,
      }));
    }
    const given = (name) => (above.values[name][t] === null ? null : numbers(above.values[name][t]));
    const top = network.layers[network.layers.length - 1];
    if (top.bidirectional && top.merge === "sum") step.h = given("met");
    for (const name of ["attention", "context"]) if (above.values[name]) step[name] = given(name);
    if (network.head.length) step.head = t < trace.answeredFrom ? null : network.head.map((_, k) => given(`head.${k}`));
    step.logits = given("logits");
    const answer = network.output.isNumber ? "outputs" : "probs";
    step[answer] = given(answer);
    return step;
  }

  rnnTui.traceJson = (trace) => {
    const { network } = trace;
    const [bottom] = network.layers;
    const isOneLane = network.lanes.length === 1;
    const layers = network.layers.map((layer) => ({
      cell: layer.cell,
      hidden_size: layer.hiddenSize,
      bidirectional: layer.bidirectional,
    }));
    const prediction = trace.prediction();
    return {
      format: isOneLane ? 1 : 2,
      model: network.name,
      cell: bottom.cell,
      activation: bottom.activation ?? null,
      ...(isOneLane ? {} : { layers }),
      readout: network.readout,
      ...(network.head.length ? { head: network.head.map((entry) => entry.activation) } : {}),
      labels: network.labels,
      unit_names: network.unitNames,
      tokens: trace.tokens.map((token) => token.text),
      unknown: trace.tokens.map((token) => token.unknown),
      steps: trace.tokens.map((_, t) => stepOf(trace, t, isOneLane)),
      prediction: network.output.isNumber
        ? { outputs: numbers(prediction.outputs) }
        : { label: prediction.label, probability: prediction.probability },
    };
  };
})();
