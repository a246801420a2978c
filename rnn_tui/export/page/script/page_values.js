// The numbers of a trace as they are seen on a floor, by the names that the phases give them, and one scale for bars.
(() => {
  "use strict";
  const page = globalThis.rnnTui;

  const { FUNCTIONS } = page;

  // What an expression gives with `look(name, gate)`: see columns.py for its form.
  function evaluate(expression, look) {
    const [kind, ...parts] = expression;
    if (kind === "value") return look(...parts);
    if (kind === "+") return evaluate(parts[0], look) + evaluate(parts[1], look);
    if (kind === "*") return evaluate(parts[0], look) * evaluate(parts[1], look);
    if (kind === "rest") return 1 - evaluate(parts[0], look);
    return FUNCTIONS[parts[0]](evaluate(parts[1], look));
  }

  const SHAPES = { tanh: (of) => `tanh(${of})`, sigmoid: (of) => `σ(${of})`, relu: (of) => `max(0, ${of})`, identity: (of) => of };

  // An expression as text; `write(name, gate, alone)` writes a value.
  function textOf(expression, write, times) {
    const [kind, ...parts] = expression;
    if (kind === "value") return write(parts[0], parts[1], false);
    if (kind === "+") return `${textOf(parts[0], write, times)} + ${textOf(parts[1], write, times)}`;
    if (kind === "*") {
      return parts.map((part) => (part[0] === "+" ? `(${textOf(part, write, times)})` : textOf(part, write, times))).join(times);
    }
    if (kind === "rest") return `(1 − ${textOf(parts[0], write, times)})`;
    const [name, of] = parts;
    return SHAPES[name](of[0] === "value" ? write(of[1], of[2], true) : textOf(of, write, times));
  }

  // A trace as one floor sees it.
  class Seen {
    constructor(trace, network, structure, floorIndex) {
      this.trace = trace;
      this.network = network;
      this.structure = structure;
      this.floor = structure.floors[floorIndex];
      this.lane = this.floor.layer === null ? null : trace.floor(floorIndex);
      this.above = trace.above.values;
      this.scales = new Map();
      this.fc = network.tensors["fc.weight"];
    }

    // The whole array of a value at a timestep; null where it isn't computed.
    array(name, t) {
      if (this.lane) {
        if (name === "h_prev" || name === "c_prev") return this.lane.before(t)[name[0]];
        if (this.lane.values[name]) return this.lane.values[name][t];
      } else if (name === "h") {
        return this.hidden(t);
      }
      if (name === "h" || name === "met") return this.above.met ? this.above.met[t] : null;
      const values = this.above[name];
      return values ? values[t] : null;
    }

    // The units of a floor above the lanes: of a linear layer of the head what it hands on, else where lanes meet.
    hidden(t) {
      const [start, stop] = this.floor.entries;
      const own = stop > start && this.network.tensors[`head.${start}.weight`];
      const values = own ? this.above[`head.${stop - 1}`] : this.above.met;
      return values ? values[t] : null;
    }

    blockOf(gate) {
      return gate ? this.floor.gates.findIndex((one) => one.letter === gate) * this.floor.size : 0;
    }

    // One number of a unit at a timestep; NaN where there is none.
    at(t, unit, name, gate = "") {
      const row = this.blockOf(gate) + unit;
      if (name === "memory") return this.number("hh", t, row) - this.bias(row);
      if (name === "bias") return this.bias(row);
      if (name === "weight") return this.weight(t, unit);
      if (name === "vote") return this.weight(t, unit) * this.at(t, unit, this.floor.reads);
      return this.number(name, t, row);
    }

    number(name, t, row) {
      const array = this.array(name, t);
      return array ? array[row] : NaN;
    }

    bias(row) {
      return this.lane ? this.lane.biasHh.values[row] : 0;
    }

    // The weight with which the label that the votes are for reads a unit.
    weight(t, unit) {
      const about = this.about(t);
      if (this.structure.output.kind === "yes_no") return (about ? 1 : -1) * this.fc.values[unit];
      return this.fc.values[about * this.fc.shape[1] + unit];
    }

    // The label that the votes are for: the second of two, or of more the one that leads; of numbers the first.
    about(t) {
      if (this.structure.output.kind === "number") return 0;
      return this.structure.labels.length === 2 ? 1 : this.leader(t);
    }

    answer(t) {
      const values = this.above[this.structure.output.answer];
      return values ? values[t] : null;
    }

    leader(t) {
      const answer = this.answer(t);
      if (!answer || this.structure.output.kind === "number") return 0;
      let best = 0;
      answer.forEach((share, label) => {
        if (share > answer[best]) best = label;
      });
      return best;
    }

    of(t, unit, expression) {
      return evaluate(expression, (name, gate) => this.at(t, unit, name, gate));
    }

    // The largest |value| of some expressions over all words and units: one scale, so that nothing jitters.
    scale(kind) {
      if (!this.scales.has(kind)) this.scales.set(kind, this.largest(kind));
      return this.scales.get(kind);
    }

    largest(kind) {
      const input = [["value", "ih", ""]];
      const names = { floor: this.floor.scale, vote: [["value", "vote", ""]], state: [["value", "h", ""]], input };
      const expressions = names[kind];
      let largest = 0;
      for (let t = 0; t < this.trace.length; t += 1) {
        if (kind === "input") {
          for (const value of this.array("ih", t) || []) if (Math.abs(value) > largest && Number.isFinite(value)) largest = Math.abs(value);
          continue;
        }
        for (const expression of expressions) {
          for (let unit = 0; unit < this.floor.size; unit += 1) {
            const size = Math.abs(this.of(t, unit, expression));
            if (size > largest && Number.isFinite(size)) largest = size;
          }
        }
      }
      return largest || 1;
    }

    // The units, the one that counts most for the answer first.
    byVote() {
      if (this.order) return this.order;
      const { output, readout, labels } = this.structure;
      const last = this.trace.length - 1;
      const words = this.floor.answers && readout !== "each" ? [last] : Array.from({ length: last + 1 }, (_, t) => t);
      const size = this.floor.size;
      const counts = new Float64Array(size);
      const [rows, columns] = this.fc.shape;
      for (const t of words) {
        const leads = this.leader(t);
        for (let unit = 0; unit < size; unit += 1) {
          let count = Math.abs(this.at(t, unit, "h"));
          if (this.floor.answers) {
            const read = this.at(t, unit, this.floor.reads);
            const weight = (row) => this.fc.values[row * columns + unit];
            let sum = 0;
            for (let row = 0; row < rows; row += 1) sum += output.kind === "number" ? Math.abs(read * weight(row)) : weight(row);
            if (output.kind === "number") count = sum / rows;
            else if (output.kind === "yes_no") count = Math.abs(2 * weight(0) * read);
            else count = Math.abs((weight(leads) - (labels.length > 1 ? (sum - weight(leads)) / (rows - 1) : 0)) * read);
          }
          if (Number.isFinite(count)) counts[unit] += count;
        }
      }
      this.order = Array.from({ length: size }, (_, unit) => unit).sort((a, b) => counts[b] - counts[a] || a - b);
      return this.order;
    }
  }

  page.values = { Seen, evaluate, textOf };
})();
