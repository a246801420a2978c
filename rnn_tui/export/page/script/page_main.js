// The page: what stands in it is read, its networks are made, and the walk is opened at the scene or at the address.
(() => {
  "use strict";
  const page = globalThis.rnnTui;

  function bytesOf(text) {
    const binary = atob(text.trim());
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes.buffer;
  }

  // The models that stand in the page: {name, structure, network}, made when they are first asked for.
  function modelsOf(content) {
    return content.models.map((model, at) => {
      let network = null;
      page.completed(model.structure);
      return {
        ...model,
        get network() {
          network = network || page.network(bytesOf(document.getElementById(`model-${at}`).textContent));
          return network;
        },
      };
    });
  }

  // Addresses can't be replaced everywhere: in a notebook's frame there is none.
  function remember(address) {
    try {
      if (location.hash !== address) history.replaceState(null, "", address);
    } catch {
      // The page works without.
    }
  }

  function start() {
    const content = JSON.parse(document.getElementById("page").textContent);
    const models = modelsOf(content);
    page.content = { ...content, models };
    page.modelNamed = (name) => {
      const found = name === undefined ? models[0] : models.find((model) => model.name === name);
      if (!found) throw new page.UserError(`no model here is called ${name}; there are ${models.map((model) => model.name).join(", ")}`);
      return found;
    };
    page.trace = (text, name) => {
      const holds = content.scene && text === content.scene.text ? content.scene.holds || [] : [];
      return page.modelNamed(name).network.trace(text, { hold: holds }).json();
    };
    const element = document.getElementById("walk");
    if (!element || !content.scene) return;
    const [{ network, structure }] = models;
    let drawn = false;
    let last = "";
    let waiting = 0;
    const walk = page.walk(element, {
      network, structure, scene: content.scene, keys: document,
      onShow: (state) => {
        last = page.address.written(state, structure.floors);
        clearTimeout(waiting);  // an address is written when the walk rests: each costs more than a step
        if (drawn) waiting = setTimeout(remember, 200, last);
      },
    });
    if (location.hash.length > 1) walk.openAddress(location.hash);
    drawn = true;
    addEventListener("hashchange", () => {
      if (location.hash !== last) walk.openAddress(location.hash);
    });
    page.open = walk;
  }

  page.start = start;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
