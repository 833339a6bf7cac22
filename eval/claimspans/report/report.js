"use strict";
const one = (selector) => document.querySelector(selector);
const kinds = Array.from(document.querySelectorAll("input[name=kind]"));
const label = one("#label"), doc = one("#doc"), who = one("#who"), words = one("#words");
const said = one("#count"), nothing = one("#nothing"), cellButton = one("#cell");
const places = Array.from(document.querySelectorAll(".place"), (node) => ({
  node,
  kinds: node.dataset.kinds.split(" "),
  labels: node.dataset.labels.split(" "),
  cells: node.dataset.cells.split(" "),
  text: null,
}));
let cell = null;

function passes(place, wanted, sought) {
  const data = place.node.dataset;
  if (!place.kinds.some((kind) => wanted.has(kind))) return false;
  if (label.value && !place.labels.includes(label.value)) return false;
  if (doc.value && data.doc !== doc.value) return false;
  if (who && who.value && data.who !== who.value) return false;
  if (cell && !place.cells.includes(cell)) return false;
  if (!sought) return true;
  place.text ??= place.node.textContent.toLowerCase();
  return place.text.includes(sought);
}

function show() {
  const wanted = new Set(kinds.filter((box) => box.checked).map((box) => box.value));
  const sought = words.value.trim().toLowerCase();
  let count = 0;
  for (const place of places) {
    const shown = passes(place, wanted, sought);
    place.node.hidden = !shown;
    count += shown;
  }
  said.textContent = `${count} of ${places.length} shown`;
  nothing.hidden = count > 0;
  cellButton.hidden = !cell;
}

function reset() {
  for (const box of kinds) box.checked = box.defaultChecked;
  label.value = doc.value = words.value = "";
  if (who) who.value = "";
  cell = null;
  show();
}

function step(by) {
  const shown = places.map((place) => place.node).filter((node) => !node.hidden);
  if (!shown.length) return;
  const here = document.activeElement ? document.activeElement.closest(".place") : null;
  const at = here ? shown.indexOf(here) : -1;
  const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1);
  shown[next].focus({ preventScroll: true });
  shown[next].scrollIntoView({ block: "nearest" });
}

for (const box of kinds) box.addEventListener("change", show);
for (const field of [label, doc, who]) if (field) field.addEventListener("change", show);
words.addEventListener("input", show);
one("#reset").addEventListener("click", reset);
one("#all").addEventListener("click", () => { for (const box of kinds) box.checked = true; show(); });
one("#none").addEventListener("click", () => { for (const box of kinds) box.checked = false; show(); });
cellButton.addEventListener("click", () => { cell = null; show(); });
for (const button of document.querySelectorAll("button[data-cell]"))
  button.addEventListener("click", () => {
    reset();
    for (const box of kinds) box.checked = true;
    cell = button.dataset.cell;
    cellButton.textContent = `× ${button.title}`;
    show();
    one("#errors").scrollIntoView();
    cellButton.focus({ preventScroll: true });
  });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  const writing = target.matches("input[type=search], select");
  if (event.key === "Escape" && target === words) {
    words.value = "";
    show();
    words.blur();
  } else if (writing) {
    return;
  } else if (event.key === "/") {
    event.preventDefault();
    words.focus();
  } else if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    step(event.key === "j" ? 1 : -1);
  } else if (target.matches(".place") && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  }
});
show();
