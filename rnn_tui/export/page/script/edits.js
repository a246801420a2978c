// What-ifs, all of them optional: {scaleMemory: factor, silence: [{floor, unit}], hold: [{floor, name, unit, t, value}],
// leaveOut: [t, …]}. A floor is a lane, everything counts from 0; `leaveOut` counts the words of the text, and `hold` those
// that are left. What doesn't fit is refused with a UserError, as rnn_tui/edits refuses it.
"use strict";
(() => {
  const { engine, UserError } = globalThis.rnnTui;

  const LARGEST = 2 ** 128 - 2 ** 104; // of 32 bits
  const PARAMETERS = ["weightIh", "weightHh", "biasIh", "biasHh"];
  const isIndex = (index, count) => Number.isInteger(index) && index >= 0 && index < count;

  function checkUnit(network, { floor, unit }) {
    if (!isIndex(floor, network.lanes.length)) throw new UserError(`there is no floor ${floor + 1} with a memory`);
    const size = network.lanes[floor].hiddenSize;
    if (!isIndex(unit, size)) throw new UserError(`there is no unit ${unit + 1}; the model has ${size}, so 1 to ${size}`);
  }

  function checkWord(t, count, unit) {
    const among = count > 1 ? `1 to ${count}` : count ? "1" : "none";
    if (!isIndex(t, count)) throw new UserError(`there is no ${unit} ${t + 1} here, only ${among}`);
  }

  function checkHold(network, one, count) {
    checkUnit(network, one);
    const { cell } = network.lanes[one.floor];
    const names = cell.values.filter((name) => cell.gates.includes(name) || cell.state.includes(name));
    if (!names.includes(one.name)) throw new UserError(`there is no value ${one.name} to hold, only ${names.join(", ")}`);
    checkWord(one.t, count, network.tokenizer.unit);
    if (!(Math.abs(one.value) <= LARGEST)) throw new UserError("no value can be so large");
  }

  function scaled(weight, factor) {
    const values = weight.values.map((value) => Math.fround(value * Math.fround(factor)));
    if (!values.every(Number.isFinite)) {
      throw new UserError(`the memory can't be scaled by ${factor}; its weights would be larger than numbers go`);
    }
    return { ...weight, values };
  }

  /** A parameter with the rows of some units at 0, one row a gate. */
  function silenced(parameter, units, size) {
    const wide = parameter.values.length / parameter.shape[0];
    const values = Float64Array.from(parameter.values);
    for (let row = 0; row < parameter.shape[0]; row += 1) {
      if (units.has(row % size)) values.fill(0, row * wide, (row + 1) * wide);
    }
    return { ...parameter, values };
  }

  /** The lanes with the weights of a louder or a weaker memory, and with units that are silent. */
  function lanesOf(network, factor, silence) {
    if (factor === 1 && !silence.length) return network.lanes;
    return network.lanes.map((lane, floor) => {
      const copy = { ...lane, weightHh: factor === 1 ? lane.weightHh : scaled(lane.weightHh, factor) };
      const units = new Set(silence.filter((one) => one.floor === floor).map((one) => one.unit));
      if (units.size) for (const name of PARAMETERS) copy[name] = silenced(copy[name], units, lane.hiddenSize);
      return copy;
    });
  }

  const free = (name, unit, computed) => computed;

  /** From a floor and a timestep to the function that holds its values, see cells.js; of two of one value the last holds. */
  function holdingOf(hold) {
    const held = new Map();
    for (const { floor, t, name, unit, value } of hold) {
      const step = `${floor} ${t}`;
      if (!held.has(step)) held.set(step, new Map());
      held.get(step).set(`${name} ${unit}`, value);
    }
    return (floor, t) => {
      const values = held.get(`${floor} ${t}`);
      return values ? (name, unit, computed) => values.get(`${name} ${unit}`) ?? computed : free;
    };
  }

  /** What is run of some tokens with edits: {tokens, lanes, holding(floor, t)}. */
  engine.edited = (network, tokens, { scaleMemory = 1, silence = [], hold = [], leaveOut = [] }) => {
    if (!(Number.isFinite(scaleMemory) && scaleMemory >= 0)) {
      throw new UserError(`the memory can't be scaled by ${scaleMemory}; a factor is 0 or above`);
    }
    const { unit } = network.tokenizer;
    leaveOut.forEach((t) => checkWord(t, tokens.length, unit));
    const left = tokens.filter((_, t) => !leaveOut.includes(t));
    if (!left.length) throw new UserError(`that would leave no ${unit}; the network needs at least one`);
    silence.forEach((one) => checkUnit(network, one));
    hold.forEach((one) => checkHold(network, one, left.length));
    const isSilent = (one) => silence.some(({ floor, unit: silent }) => floor === one.floor && silent === one.unit);
    return {
      tokens: left,
      lanes: lanesOf(network, scaleMemory, silence),
      holding: holdingOf(hold.filter((one) => !isSilent(one))),
    };
  };
})();
