// What is computed for a state: the trace under the reader's edits, the trace before them, and how both are seen.
(() => {
  "use strict";
  const page = globalThis.rnnTui;

  // An equation whose values are ["value", name, gate], from one where they are "name" or "name:gate".
  function valued(expression) {
    if (typeof expression === "string") {
      const [name, gate = ""] = expression.split(":");
      return ["value", name, gate];
    }
    const [kind, ...parts] = expression;
    return kind === "of" ? [kind, parts[0], valued(parts[1])] : [kind, ...parts.map(valued)];
  }

  const BLANK = {
    backward: false, both: false, units: [], lanes: 0, read_as: "", answers: false, entries: [0, 0], cell: null, activation: null, states: [], gates: [], merge: null,
  };

  // A network's structure with all that it leaves out because it can be told from the rest.
  function completed(structure) {
    for (const phase of structure.phases) {
      for (const column of phase.columns) {
        if (column.value) column.value = valued(column.value);
        if (column.parts) column.parts = column.parts.map(valued);
      }
      for (const part of phase.parts) if (part.expression) part.expression = valued(part.expression);
    }
    structure.floors = structure.floors.map((floor) => ({ ...BLANK, ...floor }));
    const layers = new Set(structure.floors.map((floor) => floor.layer)).size - 1;
    for (const floor of structure.floors) {
      floor.phases = floor.phases.map((at) => structure.phases[at]);
      floor.scale = floor.scale.map(valued);
      floor.named = floor.units.length > 0;
      const meets = floor.phases[0].name === "meet";
      const lane = (k) => (k < floor.lanes ? `→ unit ${k + 1}` : `← unit ${k - floor.lanes + 1}`);
      const name = (k) => (meets && floor.lanes ? lane(k) : `unit ${k + 1}`);
      if (!floor.named) floor.units = Array.from({ length: floor.size }, (_, k) => name(k));
      floor.inputName = (k) => (floor.lanes ? lane(k).replace("unit ", "") : String(k + 1));
      const lanes = floor.both ? (floor.backward ? " ←" : " →") : "";
      const layer = structure.floors.some((one) => one.layer) ? `layer ${floor.layer + 1}` : "lane";
      floor.short = floor.layer === null ? floor.name : (lanes || layers > 1 ? layer : floor.name) + lanes;
    }
    return structure;
  }

  let count = 0; // readings are told from each other by a number

  class Reading {
    constructor(network, structure, { text, scale, leftOut, holds = [] }) {
      Object.assign(this, { network, structure, text, scale, leftOut, holds, number: (count += 1) });
      this.all = network.tokenize(text);
      this.kept = this.all.map((_, t) => t).filter((t) => !leftOut.includes(t));
      this.trace = network.trace(text, this.edits());
      this.base = scale === 1 && !leftOut.length ? null : network.trace(text, { hold: this.holdsOf(this.all.map((_, t) => t)) });
      this.order = new page.Order(structure.floors, this.trace.length, structure.answers_each);
      this.floors = new Map();
      this.baseFloors = new Map();
    }

    // What is held counts the words that are left.
    holdsOf(kept) {
      return this.holds.filter((one) => kept.includes(one.t)).map((one) => ({ ...one, t: kept.indexOf(one.t) }));
    }

    edits() {
      return { scaleMemory: this.scale, leaveOut: this.leftOut, hold: this.holdsOf(this.kept) };
    }

    seen(floor) {
      return this.look(this.floors, this.trace, floor);
    }

    before(floor) {
      return this.base && this.look(this.baseFloors, this.base, floor);
    }

    look(found, trace, floor) {
      if (!found.has(floor)) found.set(floor, new page.values.Seen(trace, this.network, this.structure, floor));
      return found.get(floor);
    }

    // The floor with the output nodes.
    get answering() {
      return this.structure.floors.find((floor) => floor.answers).index;
    }

    memory() {
      this.influence = this.influence || this.network.memory(this.text, this.edits());
      return this.influence;
    }
  }

  page.Reading = Reading;
  page.completed = completed;
})();
