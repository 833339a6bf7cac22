"use strict";
for (const box of document.querySelectorAll("input[data-hides]"))
  box.addEventListener("change", () => document.body.classList.toggle(`hide-${box.dataset.hides}`, !box.checked));

const claims = Array.from(document.querySelectorAll(".claim[data-spans]"));
const within = (claim) => claim.closest("article") ?? document;

function light(claim, on) {
  const named = new Set(claim.dataset.spans.split(" ").filter(Boolean));
  const found = [];
  for (const piece of within(claim).querySelectorAll("[data-spans]:not(.claim)"))
    if (piece.dataset.spans.split(" ").some((id) => named.has(id))) {
      piece.classList.toggle("on", on);
      found.push(piece);
    }
  claim.classList.toggle("on", on);
  return found;
}

let chosen = null;
function choose(claim) {
  if (chosen) light(chosen, false);
  for (const each of [chosen, claim])
    if (each) each.querySelector("button").setAttribute("aria-pressed", String(each === claim));
  chosen = claim;
  if (claim) light(claim, true)[0]?.scrollIntoView({ block: "center" });
}

for (const claim of claims) {
  claim.addEventListener("pointerenter", () => light(claim, true));
  claim.addEventListener("pointerleave", () => claim !== chosen && light(claim, false));
  claim.addEventListener("click", (event) => {
    if (!event.target.closest("a")) choose(claim === chosen ? null : claim);
  });
}

/** The browser gives the focus to the button that the address names; the words of its claim are shown. */
function follow() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const claim = named?.closest(".claim[data-spans]");
  if (claim) choose(claim);
}
addEventListener("hashchange", follow);
follow();
