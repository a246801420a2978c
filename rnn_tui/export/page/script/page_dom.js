// Elements described as plain objects, and what is on the page made to agree with them. Text is always text.
(() => {
  "use strict";
  const page = (globalThis.rnnTui = globalThis.rnnTui || {});

  // {tag, props, children}: `on…` are listeners, `style` an object, `data` and all else attributes; null is left out.
  function h(tag, props, ...children) {
    return { tag, props: props || {}, children: children.flat(Infinity).filter((one) => one !== null && one !== false && one !== undefined) };
  }

  const SVG = "http://www.w3.org/2000/svg";
  const SHAPES = new Set(["svg", "path", "circle", "line", "rect", "g", "polyline", "text", "title"]);

  function make(node) {
    if (typeof node !== "object") return document.createTextNode(String(node));
    const element = SHAPES.has(node.tag) ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
    element.vnode = { tag: node.tag, props: {}, children: [] };
    update(element, node);
    return element;
  }

  function setProp(element, name, value, before) {
    if (name === "key") return;
    if (name === "default") {
      if (element.defaultValue !== value) element.defaultValue = value;
    } else if (name.startsWith("on")) element[name.toLowerCase()] = value;
    else if (name === "style") {
      for (const key of Object.keys(before || {})) if (!value || !(key in value)) element.style.removeProperty(key);
      for (const [key, one] of Object.entries(value || {})) {
        if (!before || before[key] !== one) element.style.setProperty(key, one);
      }
    } else if (name === "value") {
      if (element.value !== String(value)) element.value = value;
    } else if (name === "checked" || name === "disabled" || name === "hidden" || name === "open") {
      element[name] = Boolean(value);
    } else if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }

  function update(element, node) {
    const before = element.vnode;
    for (const name of Object.keys(before.props)) {
      if (!(name in node.props)) setProp(element, name, name === "value" ? "" : null, before.props[name]);
    }
    for (const [name, value] of Object.entries(node.props)) {
      if (name.startsWith("on") || name === "value" || before.props[name] !== value) setProp(element, name, value, before.props[name]);
    }
    const old = element.childNodes;
    node.children.forEach((child, index) => {
      const there = old[index];
      if (!there) element.appendChild(make(child));
      else if (typeof child !== "object") {
        if (there.nodeType === 3) {
          if (there.nodeValue !== String(child)) there.nodeValue = String(child);
        } else element.replaceChild(make(child), there);
      } else if (there.vnode && there.vnode.tag === child.tag && there.vnode.props.key === child.props.key) update(there, child);
      else element.replaceChild(make(child), there);
    });
    while (old.length > node.children.length) element.removeChild(element.lastChild);
    element.vnode = node;
  }

  // Make the children of an element those that are described.
  function show(element, ...children) {
    element.vnode = element.vnode || { tag: element.tagName.toLowerCase(), props: {}, children: [] };
    update(element, { ...element.vnode, children: h("x", null, ...children).children });
  }

  page.dom = { h, show };
})();
