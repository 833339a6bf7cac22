"use strict";
/* As much of a browser as the timeline's script asks for, where there is none: nodes, a width, the size of words. */
const PICTURE = 860; // pixels, the width of a dataset card's column
const HIGHEST = 430; // pixels, that of the chart of numbers
const LETTER = 6.6; // pixels, a letter at 12 px on average

class Node {
  constructor(page, name) { Object.assign(this, { ownerDocument: page, nodeName: name, tagName: name, childNodes: [], parentNode: null, attributes: new Map(), own: "" }); }
  get children() { return this.childNodes.filter((node) => node.nodeName !== "#text"); }
  get firstChild() { return this.childNodes[0] ?? null; }
  get textContent() { return this.own + this.childNodes.map((node) => node.textContent).join(""); }
  set textContent(text) { this.replaceChildren(...(text === "" ? [] : [text])); }
  get nextSibling() { const around = this.parentNode?.childNodes ?? []; return around[around.indexOf(this) + 1] ?? null; }
  get dataset() { return new Proxy({}, { set: (_, name, value) => { this.setAttribute(`data-${name}`, value); return true; } }); }
  get style() { return { setProperty: (name, value) => this.setAttribute("style", `${this.getAttribute("style") ?? ""}${name}:${value};`), removeProperty() {} }; }
  get classList() { return { toggle() {}, contains: () => false }; }

  getAttribute(name) { return this.attributes.get(name) ?? null; }
  setAttribute(name, value) { this.attributes.set(name, String(value)); }
  setAttributeNS(_, name, value) { this.setAttribute(name, value); }
  removeAttribute(name) { this.attributes.delete(name); }
  hasAttribute(name) { return this.attributes.has(name); }
  addEventListener() {}
  dispatchEvent() {}

  insertBefore(node, other) {
    node.remove();
    this.childNodes.splice(other ? this.childNodes.indexOf(other) : this.childNodes.length, 0, node);
    node.parentNode = this;
    return node;
  }
  appendChild(node) { return this.insertBefore(node, null); }
  append(...nodes) { for (const node of nodes) this.appendChild(node instanceof Node ? node : this.ownerDocument.createTextNode(node)); }
  replaceChildren(...nodes) { for (const node of [...this.childNodes]) node.remove(); this.append(...nodes); }
  remove() {
    if (this.parentNode) this.parentNode.childNodes.splice(this.parentNode.childNodes.indexOf(this), 1);
    this.parentNode = null;
  }

  /** Selectors of names, ids and attributes, one inside the other. */
  querySelectorAll(selector) {
    return selector.split(/\s+/).reduce((found, part) => [...new Set(found.flatMap((node) => node.below().filter((one) => one.matches(part))))], [this]);
  }
  querySelector(selector) { return this.querySelectorAll(selector)[0] ?? null; }
  below() { return this.children.flatMap((node) => [node, ...node.below()]); }
  matches(part) {
    const [, name, id, attribute, value] = /^(\w*)(?:#([\w-]+))?(?:\[([\w-]+)(?:="?([\w-]+)"?)?\])?$/.exec(part);
    return (!name || name === this.nodeName) && (!id || id === this.getAttribute("id")) &&
      (!attribute || (value === undefined ? this.hasAttribute(attribute) : this.getAttribute(attribute) === value));
  }

  /** The box of a text that ends at its place, as the numbers beside the marks do. */
  getBoundingClientRect() {
    const [x, y] = this.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    return { left: x - LETTER * this.textContent.length, right: x, top: y - 12, bottom: y };
  }

  get outerHTML() {
    const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    if (this.nodeName === "#text") return escaped(this.own);
    const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
    return `<${this.nodeName}${attributes}>${this.childNodes.map((node) => node.outerHTML).join("")}</${this.nodeName}>`;
  }
}

class Page extends Node {
  constructor() {
    super(null, "#document");
    this.documentElement = this.appendChild(this.createElement("html"));
    for (const id of ["chart", "caption", "card", "speakers", "stances"]) {
      const node = this.documentElement.appendChild(this.createElement("div"));
      node.setAttribute("id", id);
    }
  }
  get defaultView() { return globalThis; }
  createElement(name) { return new Node(this, name); }
  createElementNS(space, name) { return Object.assign(this.createElement(name), { namespaceURI: space }); }
  createTextNode(text) { return Object.assign(new Node(this, "#text"), { own: String(text) }); }
}

globalThis.window = globalThis;
globalThis.document = new Page();
document.querySelector("#chart").clientWidth = PICTURE;
globalThis.Event = class {};
globalThis.ResizeObserver = class { observe() {} };
globalThis.Intl = {
  NumberFormat: class { format(value) { return String(+value.toFixed(2)).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ","); } },
  DateTimeFormat: class { format(value) { return value.toISOString().slice(0, 10); } },
  DisplayNames: class { of(code) { return code; } },
};

/** The form as it stands at first: all claims, counted in the commonest unit. */
function allClaims(unit) {
  globalThis.form = { elements: { unit: { value: unit }, beside: { checked: true } }, dataset: {} };
  globalThis.filtered = (shown) => shown(claimspans.claims);
}

/** What was drawn, as SVG: each chart with its height, and the signs of the key with their names.
    Claims without a number that would pile up higher than the others' chart are left out. */
function drawn() {
  if (document.querySelectorAll("#chart svg").some((svg) => svg.getAttribute("height") > HIGHEST)) {
    form.elements.beside.checked = false;
    draw(last);
  }
  for (const link of document.querySelectorAll("#chart a")) { // a picture leads nowhere, but says what a mark means
    const title = document.createElement("title");
    title.textContent = link.getAttribute("aria-label");
    const group = document.createElement("g");
    group.append(title, ...[...link.childNodes]);
    link.parentNode.insertBefore(group, link);
    link.remove();
  }
  return JSON.stringify({
    charts: document.querySelectorAll("#chart svg").map((svg) => [svg.outerHTML, +svg.getAttribute("height")]),
    key: ["#speakers", "#stances"].map((list) => document.querySelectorAll(`${list} li`).map((item) => [item.querySelector("svg").outerHTML, item.textContent])),
  });
}
