// What is looked at, and its form in the page's address: #s=the%20dog&at=3:add&unit=2&notation=1&memory=0.5&without=2
(() => {
  "use strict";
  const page = globalThis.rnnTui;

  const MOST_MEMORY = 2;
  const LONGEST_ADDRESS = 20000;
  const whole = (text) => (/^[1-9][0-9]{0,8}$/.test(text) ? Number(text) - 1 : null);

  const READERS = {
    s: (text) => ({ text }),
    at(text) {
      const found = /^([1-9][0-9]{0,8})(?::([a-z]+(?:-[0-9]+)?))?$/.exec(text);
      return found && { word: Number(found[1]) - 1, phaseName: found[2] || null };
    },
    layer: (text) => (whole(text) === null ? null : { layer: whole(text) }),
    direction: (text) => (["forward", "backward"].includes(text) ? { backward: text === "backward" } : null),
    unit: (text) => (whole(text) === null ? null : { unit: whole(text) }),
    notation: (text) => (["0", "1"].includes(text) ? { notation: text === "1" } : null),
    memory(text) {
      const scale = /^[0-9](\.[0-9]{1,3})?$/.test(text) ? Number(text) : NaN;
      return scale <= MOST_MEMORY ? { scale } : null;
    },
    without(text) {
      const words = text.split(",").map(whole);
      return words.includes(null) ? null : { leftOut: [...new Set(words)].sort((a, b) => a - b) };
    },
    lens: (text) => (text === "memory" ? { lens: text } : null),
  };

  // What an address names, and what of it could not be read; nothing of what is wrong is used.
  function parse(fragment) {
    const named = {};
    const wrong = [];
    const text = fragment.replace(/^#/, "");
    if (text.length > LONGEST_ADDRESS) return { named, wrong: ["it is too long"] };
    for (const pair of text.split("&").filter(Boolean)) {
      const at = pair.indexOf("=");
      const name = at < 0 ? pair : pair.slice(0, at);
      let value = null;
      try {
        value = at < 0 ? null : decodeURIComponent(pair.slice(at + 1).replaceAll("+", " "));
      } catch {
        value = null;
      }
      const read = value !== null && Object.hasOwn(READERS, name) ? READERS[name](value) : null;
      if (read === null) wrong.push(page.numbers.clipped(pair, 40));
      else Object.assign(named, read);
    }
    return { named, wrong };
  }

  function written(state, floors) {
    const floor = floors[state.position.floor];
    const parts = [["s", state.text], ["at", `${state.position.t + 1}:${floor.phases[state.position.phase].name}`]];
    if (floor.layer) parts.push(["layer", floor.layer + 1]);
    if (floor.backward) parts.push(["direction", "backward"]);
    if (state.unit !== null) parts.push(["unit", state.unit + 1]);
    if (state.notation) parts.push(["notation", 1]);
    if (state.scale !== 1) parts.push(["memory", state.scale]);
    if (state.leftOut.length) parts.push(["without", state.leftOut.map((t) => t + 1).join(",")]);
    if (state.lens) parts.push(["lens", state.lens]);
    return `#${parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
  }

  // The position that a word, a phase and a lane name among some floors; null where there is none.
  function positionOf(named, floors, order) {
    const lane = floors.findIndex(
      (floor) => floor.layer === (named.layer || 0) && floor.backward === Boolean(named.backward),
    );
    if (lane < 0) return null;
    if (named.word === undefined) return order.first(lane);
    if (named.word >= order.length) return null;
    if (!named.phaseName) return order.has(named.word, lane) ? { t: named.word, phase: 0, floor: lane } : null;
    const has = (floor) => floor.phases.findIndex((phase) => phase.name === named.phaseName);
    const floor = has(floors[lane]) >= 0 ? lane : floors.findIndex((one) => has(one) >= 0);
    if (floor < 0 || !order.has(named.word, floor)) return null;
    return { t: named.word, phase: has(floors[floor]), floor };
  }

  page.address = { parse, written, positionOf, MOST_MEMORY };
})();
