// A file in the format .safetensors, read from its bytes: the length of a header, the header in JSON, then the tensors one
// behind the other. What isn't laid out so is refused with a UserError, and nothing is made room for before that.
"use strict";
(() => {
  const rnnTui = (globalThis.rnnTui = globalThis.rnnTui || {});
  const engine = (rnnTui.engine = {}); // what the scripts of the engine have from one another

  /** Something that whoever reads the page can mend: one sentence. */
  class UserError extends Error {}
  rnnTui.UserError = UserError;
  engine.damaged = (why) => new UserError(`the model in this page is damaged (${why}); export it again`);
  const { damaged } = engine;

  const LENGTH_BYTES = 8;

  /** A number of 16, 8, … bits: a sign, then the exponent, then the fraction; `top` says what the largest exponent means. */
  function small(exponentBits, fractionBits, top) {
    const bias = 2 ** (exponentBits - 1) - 1;
    const largest = 2 ** exponentBits - 1;
    return (bits) => {
      const sign = bits >>> (exponentBits + fractionBits) ? -1 : 1;
      const exponent = (bits >>> fractionBits) & largest;
      const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
      const special = exponent === largest ? top(fraction) : null;
      if (special !== null) return sign * special;
      return sign * (exponent ? (1 + fraction) * 2 ** (exponent - bias) : fraction * 2 ** (1 - bias));
    };
  }

  const ieee = (fraction) => (fraction ? NaN : Infinity);
  const half = small(5, 10, ieee);
  const quarter = small(5, 2, ieee);
  const finer = small(4, 3, (fraction) => (fraction === 7 / 8 ? NaN : null)); // its largest exponent has numbers, too

  const brain = new DataView(new ArrayBuffer(4));
  const bfloat = (bits) => {
    brain.setUint32(0, bits * 0x10000);
    return brain.getFloat32(0);
  };

  /** Each kind of number of the format: its bytes, and the number at a place. */
  const DTYPES = {
    BOOL: [1, (view, at) => Number(view.getUint8(at) !== 0)],
    U8: [1, (view, at) => view.getUint8(at)],
    I8: [1, (view, at) => view.getInt8(at)],
    F8_E4M3: [1, (view, at) => finer(view.getUint8(at))],
    F8_E5M2: [1, (view, at) => quarter(view.getUint8(at))],
    F8_E8M0: [1, (view, at) => (view.getUint8(at) === 255 ? NaN : 2 ** (view.getUint8(at) - 127))],
    U16: [2, (view, at) => view.getUint16(at, true)],
    I16: [2, (view, at) => view.getInt16(at, true)],
    F16: [2, (view, at) => half(view.getUint16(at, true))],
    BF16: [2, (view, at) => bfloat(view.getUint16(at, true))],
    U32: [4, (view, at) => view.getUint32(at, true)],
    I32: [4, (view, at) => view.getInt32(at, true)],
    F32: [4, (view, at) => view.getFloat32(at, true)],
    U64: [8, (view, at) => Number(view.getBigUint64(at, true))],
    I64: [8, (view, at) => Number(view.getBigInt64(at, true))],
    F64: [8, (view, at) => view.getFloat64(at, true)],
  };

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const areSizes = (value) => Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

  /** The JSON object that a text says; `called` is what the text is. */
  engine.objectOf = (text, called) => {
    let found = null;
    try {
      found = JSON.parse(text);
    } catch {
      throw damaged(`its ${called} is no JSON`);
    }
    if (!isObject(found)) throw damaged(`its ${called} is no object`);
    return found;
  };

  /** The tensors of a file by name, {dtype, shape, values: Float64Array, row after row}, and its metadata, texts by name. */
  engine.safetensors = (bytes) => {
    if (bytes.byteLength < LENGTH_BYTES) throw damaged("it is cut short");
    const view = new DataView(bytes);
    const length = Number(view.getBigUint64(0, true));
    if (length > bytes.byteLength - LENGTH_BYTES) throw damaged("it is shorter than its header says");
    let text = "";
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes, LENGTH_BYTES, length));
    } catch {
      throw damaged("its header is not UTF-8");
    }
    const { __metadata__: metadata = {}, ...entries } = engine.objectOf(text, "header");
    if (!isObject(metadata)) throw damaged("its metadata is no object");
    const stored = Object.entries(entries).map(([name, entry]) => storedOf(name, entry));
    checkLayout(stored, bytes.byteLength - LENGTH_BYTES - length);
    const tensors = new Map(stored.map((one) => [one.name, tensorOf(one, view, LENGTH_BYTES + length)]));
    return { metadata, tensors: Object.fromEntries(tensors) };
  };

  /** What the header says of a tensor, once it is checked. */
  function storedOf(name, entry) {
    const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
    if (typeof dtype !== "string" || !areSizes(shape) || !areSizes(offsets) || offsets.length !== 2) {
      throw damaged(`tensor ${name} lacks its dtype, its shape or its place`);
    }
    if (!Object.hasOwn(DTYPES, dtype)) throw damaged(`tensor ${name} has numbers of a kind that is not read, ${dtype}`);
    const count = shape.reduce((product, size) => product * size, 1);
    const [begin, end] = offsets;
    if (end - begin !== count * DTYPES[dtype][0]) throw damaged(`tensor ${name} has not as many bytes as its shape asks for`);
    return { name, dtype, shape, count, begin, end };
  }

  /** Refuse tensors that don't lie one behind the other, from the header to the end of the file. */
  function checkLayout(stored, size) {
    let at = 0;
    for (const { name, begin, end } of [...stored].sort((one, other) => one.begin - other.begin || one.end - other.end)) {
      if (begin !== at) throw damaged(`tensor ${name} doesn't begin where the one before it ends`);
      at = end;
    }
    if (at > size) throw damaged("it is cut short");
    if (at < size) throw damaged("it goes on behind its last tensor");
  }

  function tensorOf({ dtype, shape, count, begin }, view, start) {
    const [wide, read] = DTYPES[dtype];
    const values = new Float64Array(count);
    for (let k = 0; k < count; k += 1) values[k] = read(view, start + begin + k * wide);
    return { dtype, shape, values };
  }
})();
