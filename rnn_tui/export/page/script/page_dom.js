// Elements described as plain objects, and what is on the page made to agree with them. Text is always text.
(() => {
  "use strict";
  const page = globalThis.rnnTui;

  function flat(children, into) {
    for (const one of children) {
      if (Array.isArray(one)) flat(one, into);
      else if (one !== null && one !== false && one !== undefined) into.push(one);
    }
    return into;
  }

  // {tag, props, children}: `on…` are listeners, `style` an object, `key` tells what is another, all else are attributes.
  const NOTHING = Object.freeze({});
  const h = (tag, props, ...children) => ({ tag, props: props || NOTHING, children: flat(children, []) });

  const SVG = "http://www.w3.org/2000/svg";
  const SHAPES = new Set(["svg", "line", "polyline"]);
  const PROPERTIES = new Set(["disabled", "hidden", "open"]);
  const HEARD = ["click", "submit", "input", "change"];

  function make(node) {
    if (typeof node !== "object") return document.createTextNode(String(node));
    const element = SHAPES.has(node.tag) ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
    if (node.tag === "button") element.type = "button"; // only what says so sends a form
    element.vnode = { tag: node.tag, props: NOTHING, children: [] };
    update(element, node);
    return element;
  }

  function restyle(element, style, before) {
    for (const key in before) if (!style || !(key in style)) element.style.removeProperty(key);
    for (const key in style) if (!before || before[key] !== style[key]) element.style.setProperty(key, style[key]);
  }

  function setProp(element, name, value, before) {
    if (name === "key" || name.startsWith("on")) return; // listeners are found by `listen`
    if (name === "style") restyle(element, value, before);
    else if (name === "value") {
      if (element.value !== String(value)) element.value = value;
    } else if (name === "default") element.defaultValue = value;
    else if (PROPERTIES.has(name)) element[name] = Boolean(value);
    else if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }

  function update(element, node) {
    const before = element.vnode;
    if (before === node) return;
    const { props } = node;
    for (const name in before.props) if (!(name in props)) setProp(element, name, null, before.props[name]);
    for (const name in props) {
      if (name === "value" || before.props[name] !== props[name]) setProp(element, name, props[name], before.props[name]);
    }
    element.vnode = node;
    let there = element.firstChild;
    for (const child of node.children) {
      if (!there) {
        element.appendChild(make(child));
        continue;
      }
      const next = there.nextSibling;
      if (typeof child !== "object") {
        if (there.nodeType !== 3) element.replaceChild(make(child), there);
        else if (there.data !== String(child)) there.data = child;
      } else if (there.vnode && there.vnode.tag === child.tag && there.vnode.props.key === child.props.key) update(there, child);
      else element.replaceChild(make(child), there);
      there = next;
    }
    while (there) {
      const next = there.nextSibling;
      element.removeChild(there);
      there = next;
    }
  }

  // Make the children of an element those that are described.
  function show(element, ...children) {
    if (!element.vnode) {
      element.vnode = { tag: "", props: NOTHING, children: [] };
      for (const kind of HEARD) element.addEventListener(kind, (event) => heard(element, event));
    }
    update(element, { ...element.vnode, children: flat(children, []) });
  }

  // One listener a kind of event, at the top: the innermost element that listens gets it.
  function heard(root, event) {
    for (let at = event.target; at && at !== root; at = at.parentNode) {
      const listener = at.vnode && at.vnode.props[`on${event.type}`];
      if (listener) {
        if (!at.disabled) listener(event);
        return;
      }
    }
  }

  page.dom = { h, show };
})();
