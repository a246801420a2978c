// One moment of the walk: a unit at a timestep of a floor, how to speak of it, and lines made of pieces of text.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { number, asShown, signOf, signOfQuantity, clipped, quantity } = page.numbers;
  const LONGEST_WORD = 16;

  const roleOf = (text) => (text.startsWith("+") ? "positive" : text.startsWith("−") ? "negative" : "muted");
  const strong = (text) => ({ text, role: "strong" });

  // A number with its sign, as a piece of a line.
  function signed(value) {
    const text = number(value);
    return { text: text === "?" ? "no number" : text, role: roleOf(text) };
  }

  const about = (value, fromShown) => (Number.isNaN(value) || signOf(value, fromShown) === "=" ? "" : "≈ ");

  // A number that comes out of others, with ≈ before it where those, as they are shown, don't give it.
  function result(value, fromShown) {
    const piece = signed(value);
    return { ...piece, text: about(value, fromShown) + piece.text };
  }

  const size = (value, fromShown) => about(value, fromShown) + number(Math.abs(value)).replace("+", "");

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // Words of the reader's in quotation marks: of more than three the last two, or where they come after, the first two.
  function quoted(texts, separator = " ", after = false) {
    const shown = texts.length <= 3 ? texts : after ? texts.slice(0, 2) : texts.slice(-2);
    const joined = shown.map((text) => clipped(text, LONGEST_WORD)).join(separator);
    const gap = separator || " ";
    const whole = texts.length <= 3 ? joined : after ? `${joined}${gap}…` : `…${gap}${joined}`;
    return { text: `“${whole}”`, role: "word" };
  }

  const surface = (token) => token.surface || token.text;

  class Moment {
    constructor(seen, t, unit, phase, holds = []) {
      const { structure, floor, trace } = seen;
      Object.assign(this, { seen, structure, floor, trace, t, unit, phase });
      this.tokens = trace.tokens;
      this.token = trace.tokens[t];
      this.kind = structure.kind;
      this.backward = floor.backward;
      this.read = this.backward ? trace.length - t : t + 1;
      this.first = this.read === 1;
      this.last = this.read === trace.length;
      this.starts = this.first;
      this.name = clipped(floor.units[unit], LONGEST_WORD);
      this.Name = capital(this.name);
      this.index = floor.named ? this.name : String(unit + 1);
      const made = phase.parts.filter((part) => part.kind === "formula").map((part) => part.name);
      this.held = made.filter((name) => name && holds.some((one) => one.floor === floor.index && one.unit === unit && one.t === t && one.name === name));
    }

    value(name, gate = "") {
      return this.seen.at(this.t, this.unit, name, gate);
    }

    shown(name, gate = "") {
      return asShown(this.value(name, gate));
    }

    get word() {
      return quoted([surface(this.token)]);
    }

    // The word of the vocabulary that is read for this one; null where none is.
    get vocabularyWord() {
      return this.token.id === null ? null : this.seen.network.vocabulary[this.token.id];
    }

    get picked() {
      return quoted([this.vocabularyWord]);
    }

    get before() {
      const { separator } = this.structure;
      const texts = this.tokens.map(surface);
      return this.backward ? quoted(texts.slice(this.t + 1), separator, true) : quoted(texts.slice(0, this.t), separator);
    }

    get readsWords() {
      return this.floor.layer === 0;
    }

    // What brings the input: the word, or what the layer below hands up.
    get source() {
      return this.readsWords ? this.word : { text: `what layer ${this.floor.layer} hands up`, role: "" };
    }

    get Source() {
      return { ...this.source, text: capital(this.source.text) };
    }

    // True where the input is all zeros, so that there is nothing but the bias.
    get silent() {
      return this.biased && this.seen.lane.x[this.t].every((one) => one === 0);
    }

    // Whether the lane adds anything to the products of its input.
    get biased() {
      const { lane } = this.seen;
      return Boolean(lane) && lane.biasIh.values.some((one) => one !== 0);
    }

    // Whether weight_hh hands this unit its own memory and nothing else, so that it is what it had.
    get copies() {
      const { shape, values } = this.seen.lane.weightHh;
      const row = values.subarray(this.unit * shape[1], (this.unit + 1) * shape[1]);
      return row[this.unit] === 1 && row.every((weight, k) => k === this.unit || weight === 0);
    }

    get brings() {
      return this.silent ? " brings nothing but a bias, " : " brings ";
    }

    memory(gate = "") {
      return this.value("memory", gate);
    }

    bias(gate = "") {
      return this.value("bias", gate);
    }

    // The unit in each of the two lanes that meet here.
    get lanesHere() {
      const lanes = this.structure.floors.filter((floor) => floor.layer !== null).slice(-2);
      const [ahead, back] = lanes.map((floor) => this.trace.floor(floor.index).values.h);
      return [ahead[this.t][this.unit], back[this.structure.readout === "last" ? 0 : this.t][this.unit]];
    }

    // A unit of what is handed to the readout.
    met(t, unit) {
      return this.trace.handed[this.trace.handed.length - 1][t][unit];
    }

    get looksBack() {
      return ["attention", "mean", "max"].includes(this.structure.readout);
    }

    get headPhase() {
      const phases = this.structure.floors.filter((floor) => floor.index >= this.floor.index).flatMap((floor) => floor.phases);
      return phases.find((phase) => phase.name.startsWith("head"));
    }

    // Who gets what the readout hands on.
    get goesOn() {
      return this.headPhase ? `that goes on to ${this.headCalled}` : "the outputs read that";
    }

    get headCalled() {
      const { title } = this.headPhase;
      return title === "Hidden layer" ? "the hidden layer" : title;
    }

    get poolsHere() {
      return this.looksBack && this.floor.phases.some((phase) => ["attend", "pool"].includes(phase.name));
    }

    // A lane whose hidden states another floor takes, and no phase of its own.
    get handsUp() {
      return this.floor.layer !== null && this.floor.state_phase === this.floor.phases.length - 1;
    }
  }

  const plain = (line) => line.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");

  page.telling = {
    Moment, signed, result, size, strong, capital, quoted, surface, plain, signOfQuantity, quantity, about, LONGEST_WORD,
  };
})();
