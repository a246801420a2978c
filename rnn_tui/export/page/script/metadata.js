// The fields of a model file's metadata, checked one by one, as network/storage/metadata.py reads them; what is absent has
// its default, and of format 1 the fields of format 2 are not looked at.
"use strict";
(() => {
  const { engine } = globalThis.rnnTui;
  const { damaged, objectOf } = engine;

  const FORMAT = 2;
  const MOST = { layers: 16, head: 16, features: 4096 };
  const READOUTS = { last: 1, last_step: 2, each: 1, mean: 2, max: 2, attention: 1 };
  const ACTIVATIONS = { elman: ["tanh", "relu", "identity"], gru: [null], lstm: [null] };
  const HEAD_FUNCTIONS = ["relu", "tanh", "sigmoid", "identity"];

  const isText = (value) => typeof value === "string";
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /** The value, or null for what says nothing, as Python has it: 0, false, a text, a list or an object with nothing in it. */
  const something = (value) => (!value || (typeof value === "object" && !Object.keys(value).length) ? null : value);

  /** A value that fits, or the default for none; else the field is named. */
  function taken(name, value, fits, otherwise) {
    if ((value === undefined || value === null) && otherwise !== undefined) return otherwise;
    if (!fits(value)) throw damaged(`${name} can't be read`);
    return value;
  }

  const oneOf = (name, value, known, otherwise) => taken(name, value, (given) => known.includes(given), otherwise);
  const flag = (name, value, otherwise) => oneOf(name, value, [true, false], otherwise);
  const text = (name, value, otherwise) => taken(name, value, isText, otherwise);

  /** Texts, at least one, each once. */
  const texts = (name, value) =>
    taken(name, value, (given) => Array.isArray(given) && given.length && given.every(isText) && new Set(given).size === given.length);

  const objects = (name, value, otherwise) =>
    taken(name, value, (given) => Array.isArray(given) && given.every(isObject) && given.length <= (MOST[name] ?? Infinity), otherwise);

  /** So many finite numbers, in a list, or one for all of them. */
  function numbers(name, value, count, otherwise, fits = () => true) {
    const listed = Array.isArray(value) ? value : new Array(count).fill(value ?? otherwise);
    return taken(name, listed, (given) => given.length === count && given.every((one) => Number.isFinite(one) && fits(one)));
  }

  const positive = (number) => number > 0;

  function layerOf({ cell, activation, bidirectional, merge }) {
    const kind = oneOf("cell", cell, Object.keys(ACTIVATIONS));
    return {
      cell: kind,
      activation: oneOf("activation", activation ?? null, ACTIVATIONS[kind]),
      bidirectional: flag("bidirectional", bidirectional, false),
      merge: oneOf("merge", merge, ["concat", "sum"], "concat"),
    };
  }

  const entryOf = ({ linear, activation }) => ({
    linear: flag("linear", linear, false),
    activation: activation === undefined ? "identity" : oneOf("head", activation, HEAD_FUNCTIONS),
  });

  function outputOf(fields, labels) {
    const kind = oneOf("output", fields.output, ["classes", "yes_no", "number"], "classes");
    if (kind === "yes_no" && labels !== 2) throw damaged("labels are not no and yes");
    if (kind !== "number") return { kind };
    const mean = numbers("output_mean", fields.output_mean, labels, 0);
    return { kind, mean, std: numbers("output_std", fields.output_std, labels, 1, positive) };
  }

  function tokenizerOf({ kind, ...options }, newer) {
    const known = { words: ["lowercase", "punctuation"], characters: ["lowercase"], numbers: ["mean", "scale"] };
    if (!isText(kind) || !Object.hasOwn(known, kind)) throw damaged("tokenizer can't be read");
    if (newer) known.numbers.push("features", "feature_names");
    const other = Object.keys(options).find((name) => !known[kind].includes(name));
    if (other !== undefined) throw damaged(`tokenizer has no option ${engine.clipped(other, 40)}`);
    if (kind === "words") {
      const punctuation = options.punctuation === undefined ? "keep" : options.punctuation;
      oneOf("tokenizer punctuation", punctuation, ["keep", "drop", "spaces"]);
      return { kind, lowercase: flag("tokenizer lowercase", options.lowercase, true), punctuation };
    }
    if (kind === "characters") return { kind, lowercase: flag("tokenizer lowercase", options.lowercase, false) };
    const isCount = (count) => Number.isInteger(count) && count >= 1 && count <= MOST.features;
    const features = taken("tokenizer features", options.features, isCount, 1);
    const names = something(options.feature_names) ? texts("tokenizer feature_names", options.feature_names) : [];
    if (names.length && (features === 1 || names.length !== features)) throw damaged("tokenizer feature_names are not one a feature");
    const mean = numbers("tokenizer mean", options.mean, features, 0);
    return { kind, features, featureNames: names, mean, scale: numbers("tokenizer scale", options.scale, features, 1, positive) };
  }

  const isExample = (one) => isText(one.text) && isText(one.why);

  /** All that a model file's metadata says of a network. */
  engine.metadata = (stored) => {
    if (!isText(stored)) throw damaged("it has no rnn_tui in its metadata");
    const fields = objectOf(stored, "metadata rnn_tui");
    const format = taken("format", fields.format, (number) => Number.isInteger(number) && number >= 1 && number <= FORMAT);
    const newer = format > 1 ? fields : {};
    const tokenizer = tokenizerOf(taken("tokenizer", fields.tokenizer, isObject), format > 1);
    const isNumbers = tokenizer.kind === "numbers";
    if (isNumbers && something(fields.vocabulary)) throw damaged("a network of numbers has a vocabulary");
    const vocabulary = isNumbers ? [] : texts("vocabulary", fields.vocabulary);
    const labels = texts("labels", fields.labels);
    const name = text("name", fields.name, "");
    const layers = objects("layers", newer.layers, [fields]).map((layer) => layerOf(layer === fields ? { ...fields, bidirectional: null, merge: null } : layer));
    if (!layers.length) throw damaged("layers are missing");
    text("summary", fields.summary, "");
    taken("provenance", something(fields.provenance), isObject, {});
    const examples = objects("examples", something(fields.examples), []);
    if (!examples.every(isExample)) throw damaged("examples can't be read");
    return {
      name,
      title: text("title", fields.title, name),
      layers,
      readout: oneOf("readout", fields.readout, Object.keys(READOUTS).filter((readout) => READOUTS[readout] <= format)),
      head: objects("head", something(newer.head), []).map(entryOf),
      output: outputOf(newer, labels.length),
      tokenizer,
      vocabulary,
      unknown: isNumbers ? null : oneOf("unknown", fields.unknown, vocabulary, null),
      labels,
      unitNames: fields.unit_names === undefined || fields.unit_names === null ? null : texts("unit_names", fields.unit_names),
      examples: examples.map(({ text, why }) => ({ text, why })),
    };
  };
})();
