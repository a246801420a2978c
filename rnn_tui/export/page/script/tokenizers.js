// From a text to tokens, as network/tokens.py and network/splitting.py do it: words, characters or numbers.
// A token is {text, surface, id, unknown, values}: what is looked up, what was typed, the row of the vocabulary or null,
// and of numbers what is read, scaled.
"use strict";
(() => {
  const rnnTui = globalThis.rnnTui;
  const { UserError } = rnnTui;

  // Python's white space: JavaScript's \s has U+FEFF, which isn't, and lacks U+001C to U+001F and U+0085.
  const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
  const WORD_CHARACTER = /^[\p{L}\p{N}\p{M}_<>]$/u;
  const MARK = /^\p{M}$/u;
  const PUNCTUATION = /^\p{P}*$/u;
  const DIGIT = /^\p{Nd}$/u;
  const DIGITS = "[0-9](?:_?[0-9])*";
  const NUMBER = new RegExp(`^[+-]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?$`);
  const JOINERS = "'\u2019-\u200d";
  const LONGEST_CITED = 60;

  const split = (text) => text.split(SPACES).filter((piece) => piece !== "");

  /** The pieces of a list of characters that begin where `starts` says, and at the first. */
  function cut(characters, starts) {
    const pieces = [];
    characters.forEach((one, at) => {
      if (at === 0 || starts(at)) pieces.push(one);
      else pieces[pieces.length - 1] += one;
    });
    return pieces;
  }

  function runsOf(chunk) {
    const characters = Array.from(chunk);
    const isWord = characters.map((one) => WORD_CHARACTER.test(one));
    const inside = characters.map((one, at) => isWord[at] || (JOINERS.includes(one) && isWord[at - 1] && isWord[at + 1]) || false);
    return cut(characters, (at) => inside[at] !== inside[at - 1]);
  }

  function lookUp(vocabulary, surface, lowercase) {
    const text = lowercase ? surface.toLowerCase() : surface;
    const row = vocabulary.rows.get(text);
    if (row !== undefined) return { text, surface, id: row, unknown: false, values: [] };
    return { text, surface, id: vocabulary.unknown, unknown: true, values: [] };
  }

  const words = (options, vocabulary) => ({
    kind: "words",
    unit: "word",
    separator: " ",
    split(text) {
      const chunks = split(text.normalize("NFC"));
      if (options.punctuation === "spaces") return chunks;
      const pieces = chunks.flatMap(runsOf);
      return options.punctuation === "drop" ? pieces.filter((piece) => !PUNCTUATION.test(piece)) : pieces;
    },
    token: (surface) => lookUp(vocabulary, surface, options.lowercase !== false),
  });

  const characters = (options, vocabulary) => ({
    kind: "characters",
    unit: "character",
    separator: "",
    split(text) {
      const all = Array.from(text.normalize("NFC"));
      return cut(all, (at) => !MARK.test(all[at]));
    },
    token: (surface) => lookUp(vocabulary, surface, options.lowercase === true),
  });

  function numbers(options) {
    const features = options.features || 1;
    const names = options.feature_names || [];
    const each = (value, otherwise) => {
      const given = value === undefined || value === null ? otherwise : value;
      return Array.isArray(given) ? given : new Array(features).fill(given);
    };
    const mean = each(options.mean, 0);
    const scale = each(options.scale, 1);
    return {
      kind: "numbers",
      unit: features === 1 ? "number" : "timestep",
      separator: " ",
      features,
      featureNames: names,
      mean,
      scale,
      split(text) {
        const spaced = text.replaceAll(";", " ");
        return features === 1 ? split(spaced.replaceAll(",", " ")) : split(split(spaced).join(" ").replace(/ ?, ?/g, ","));
      },
      token(surface) {
        const values = numbersOf(surface, features, names).map((number, k) => (number - mean[k]) / scale[k]);
        return { text: surface, surface, id: null, unknown: false, values };
      },
    };
  }

  function numbersOf(surface, features, names) {
    const fields = features === 1 ? [surface] : surface.split(",");
    if (fields.length !== features) {
      const count = `${fields.length} number${fields.length > 1 ? "s" : ""}`;
      throw new UserError(`${cited(surface)} has ${count}, and a timestep of this model ${asked(features, names)}`);
    }
    return fields.map((field) => {
      const number = asNumber(field);
      if (number !== null) return number;
      if (features > 1) {
        const there = field ? `${cited(field)} in ${cited(surface)}` : `a field of ${cited(surface)}`;
        throw new UserError(`${there} is no number; a timestep of this model ${asked(features, names)}`);
      }
      const mend = "this model reads numbers, with spaces or commas between them: 1.5 2 -0.3";
      throw new UserError(`${cited(surface)} is no number; ${mend}`);
    });
  }

  function asked(features, names) {
    const named = names.length ? ` (${clipped(names.join(", "), LONGEST_CITED)})` : "";
    const shown = Math.min(features, 4);
    const rest = shown < features ? ",…" : "";
    const of = (digit) => Array.from({ length: shown }, (_, k) => `0.${digit + k}`).join(",") + rest;
    return `has ${features}${named}, with commas between them and spaces between timesteps: ${of(1)} ${of(5)}`;
  }

  /** The finite number that a text says, as Python's float() reads it, or null. */
  function asNumber(text) {
    const plain = Array.from(text, (one) => (one === "\u2212" ? "-" : digitOf(one))).join("");
    if (!NUMBER.test(plain)) return null;
    const number = Number(plain.replaceAll("_", ""));
    return Number.isFinite(number) ? number : null;
  }

  /** A digit of any script as one of 0 to 9, another character as it is: a script's ten digits stand one after the other. */
  function digitOf(character) {
    if (character <= "\x7f" || !DIGIT.test(character)) return character;
    const code = character.codePointAt(0);
    let first = code;
    while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((code - first) % 10);
  }

  // As text.py has it: what is invisible or draws differently from font to font is dropped, what controls is shown.
  const DROPPED = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u180b-\u180d\u180f\u034f\u115f\u1160\u3164\uffa0\u{1f3fb}-\u{1f3ff}]/u;
  const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/u;

  function shown(character) {
    const code = character.codePointAt(0);
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "␡";
    if (/[\x85\u2028\u2029]/u.test(character)) return "␊";
    if (DROPPED.test(character)) return "";
    if (code >= 0x1f1e6 && code <= 0x1f1ff) return String.fromCodePoint(code - 0x1f1e6 + 65);
    if (/[\p{Cc}\p{Cs}]/u.test(character)) return "\ufffd";
    return /\p{Cf}/u.test(character) ? "" : character;
  }

  /** The text with nothing invisible in it, and nothing that controls; a mark with no letter before it gets a ◌. */
  function printable(text) {
    const seen = Array.from(text, shown).join("");
    return /^\p{M}/u.test(seen) ? `◌${seen}` : seen;
  }

  function clipped(text, longest) {
    const characters = Array.from(printable(text));
    return characters.length <= longest ? characters.join("") : `${characters.slice(0, longest - 1).join("").trimEnd()}…`;
  }

  /** Something that was given, as a message quotes it. */
  const cited = (text) => {
    const lines = Array.from(text).slice(0, 20 * LONGEST_CITED).join("").split(LINE_END);
    if (lines[lines.length - 1] === "") lines.pop();
    return `“${clipped(lines.join(" "), LONGEST_CITED)}”`;
  };
  Object.assign(rnnTui, { cited, clipped, digitOf, printable });

  /** The tokenizer that the fields of a model file ask for: kind, unit, split(text), token(surface), tokenize(text). */
  rnnTui.tokenizer = (fields) => {
    const listed = Array.isArray(fields.vocabulary) ? fields.vocabulary : [];
    const rows = new Map(listed.map((word, row) => [word, row]));
    const unknown = fields.unknown === undefined || fields.unknown === null ? null : rows.get(fields.unknown);
    const kinds = { words, characters, numbers };
    const { kind, ...options } = fields.tokenizer;
    if (!Object.hasOwn(kinds, kind)) throw new UserError("the model in this page has an unknown tokenizer; export it again");
    const made = kinds[kind](options, { rows, unknown });
    made.tokenize = (text) => {
      const tokens = made.split(text).map(made.token);
      if (!tokens.length) throw new UserError(`the sentence is empty; give it at least one ${made.unit}`);
      return tokens;
    };
    return made;
  };
})();
