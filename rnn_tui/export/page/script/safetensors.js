// A model file's bytes, read: the layout of .safetensors (the length of a header, the header in JSON, the tensors), and
// in its metadata the fields of rnn_tui. What doesn't fit is refused with a UserError.
"use strict";
(() => {
  const rnnTui = (globalThis.rnnTui = globalThis.rnnTui || {});

  /** Something that whoever reads the page can mend: one sentence. */
  class UserError extends Error {}
  rnnTui.UserError = UserError;

  const damaged = (rnnTui.damaged = (why) => new UserError(`the model in this page is damaged (${why}); export it again`));

  /** The tensors of a file by name, {shape, values: Float64Array, row after row}, and its metadata's fields. */
  rnnTui.readModel = (bytes) => {
    if (bytes.byteLength < 8) throw damaged("it is cut short");
    const view = new DataView(bytes);
    const length = view.getUint32(0, true);
    if (view.getUint32(4, true) !== 0 || length > bytes.byteLength - 8) throw damaged("it is shorter than its header says");
    const utf8 = new TextDecoder("utf-8", { fatal: true });
    let header, fields;
    try {
      header = JSON.parse(utf8.decode(new Uint8Array(bytes, 8, length)));
      fields = JSON.parse(header.__metadata__.rnn_tui);
    } catch (error) {
      throw damaged("its header can't be read");
    }
    const { __metadata__: _, ...listed } = header;
    checkPlaces(Object.values(listed), bytes.byteLength - 8 - length);
    const tensors = {};
    for (const [name, entry] of Object.entries(listed)) tensors[name] = tensorOf(name, entry, view, 8 + length);
    return { fields, tensors };
  };

  /** Refuse tensors that don't lie one behind the other up to the end, so that none is read twice. */
  function checkPlaces(entries, size) {
    const places = entries.map((entry) => (entry || {}).data_offsets || []).sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const end = places.reduce((at, [begin, next]) => (begin === at ? next : NaN), 0);
    if (end !== size) throw damaged("its tensors don't fill it");
  }

  function tensorOf(name, entry, view, start) {
    const { dtype, shape, data_offsets: offsets } = entry || {};
    const isSize = (number) => Number.isSafeInteger(number) && number >= 0;
    if (dtype !== "F32" || !Array.isArray(shape) || !Array.isArray(offsets)) throw damaged(`tensor ${name}`);
    const count = shape.reduce((product, size) => product * size, 1);
    const fits = [...shape, ...offsets].every(isSize) && offsets.length === 2 && offsets[1] - offsets[0] === 4 * count;
    if (!fits || start + offsets[1] > view.byteLength) throw damaged(`tensor ${name}`);
    const values = new Float64Array(count);
    for (let k = 0; k < count; k++) values[k] = view.getFloat32(start + offsets[0] + 4 * k, true);
    if (!values.every(Number.isFinite)) throw damaged(`tensor ${name}`);
    return { shape, values };
  }

  /** The tensor of that name and shape; null in a shape stands for any size. */
  rnnTui.tensor = (tensors, name, shape) => {
    const found = Object.hasOwn(tensors, name) ? tensors[name] : null;
    const fits = found && found.shape.length === shape.length;
    if (!fits || !shape.every((size, axis) => size === null || size === found.shape[axis])) throw damaged(`tensor ${name}`);
    return found;
  };
})();
