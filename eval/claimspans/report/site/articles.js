"use strict";
const field = document.querySelector("#filters input");
const lines = Array.from(document.querySelectorAll(".listing li"), (node) => ({ node, text: node.textContent.toLowerCase() }));
function find() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const line of lines) {
    line.node.hidden = !words.every((word) => line.text.includes(word));
    count += !line.node.hidden;
  }
  document.querySelector("#count").textContent = `${count} of ${lines.length} articles`;
}
field.addEventListener("input", find);
field.form.addEventListener("submit", (event) => event.preventDefault());
find();
