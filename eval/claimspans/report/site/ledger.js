"use strict";
/* The table of claims. Rows are of one height, and only those near the window are in the page. */
const table = one("#ledger table");
const body = table.tBodies[0];
const BESIDE = 12;
let listed = [];
let first = -1;

const joined = (claim, word) => [...new Set(claim.rows.map(word).filter(Boolean))].join("; ") || "–";

function amounts(claim) {
  const rows = [...new Map(claim.rows.filter((row) => row.quantity).map((row) => [`${row.quantity} ${row.unit}`, row])).values()];
  return rows.length ? rows.flatMap((row, at) => [at ? "; " : "", bound(row) || row.quantity, bound(row) ? el("span", { class: "unit" }, ` ${row.unit}`) : ""]) : ["–"];
}

function line(claim, number) {
  const date = claim.rows[0].when || (claim.article.published ? `reported ${claim.article.published[0].slice(0, 7)}` : "–");
  const cell = (label, ...words) => el("td", { "data-label": label }, el("div", {}, ...words));
  const row = el("tr", { "aria-rowindex": number + 2, class: claim.stance === "assertion" ? null : "other" },
    cell("who", holders(claim), claim.via ? el("span", { class: "dim" }, ` via ${claim.via}`) : ""),
    cell("stance", `${claim.stance}${claim.certainty && claim.certainty !== "certain" ? `, ${claim.certainty}` : ""}`),
    cell("event", eventWords(claim)),
    cell("how many", ...amounts(claim)),
    cell("what", joined(claim, (each) => each.item)),
    cell("when", date),
    cell("sentence", el("a", { href: link(claim) }, `${claim.doc} ${claim.claim}`), " ", sentence(claim)));
  return row;
}

const height = () => parseFloat(getComputedStyle(table).getPropertyValue("--row")) * parseFloat(getComputedStyle(document.documentElement).fontSize);

function spacer(rows, high) {
  const row = el("tr", { class: "spacer", "aria-hidden": "true" }, el("td", { colspan: 7 }));
  row.style.height = `${rows * high}px`;
  return row;
}

function draw(force = false) {
  const high = height();
  const above = Math.max(0, -body.getBoundingClientRect().top);
  const from = Math.max(0, Math.floor(above / high) - BESIDE);
  if (!force && from === first) return;
  first = from;
  const to = Math.min(listed.length, from + Math.ceil(innerHeight / high) + 2 * BESIDE);
  const held = document.activeElement?.closest("tr")?.getAttribute("aria-rowindex");
  body.replaceChildren(
    spacer(from, high),
    ...listed.slice(from, to).map((claim, at) => line(claim, from + at)),
    spacer(listed.length - to, high));
  if (held) body.querySelector(`[aria-rowindex="${held}"] a`)?.focus({ preventScroll: true });
}

addEventListener("scroll", () => requestAnimationFrame(() => draw()), { passive: true });
addEventListener("resize", () => draw(true));

one("#csv").addEventListener("click", () => {
  const saved = el("a", { href: URL.createObjectURL(new Blob([csv(listed)], { type: "text/csv" })), download: "claims.csv" });
  saved.click();
  URL.revokeObjectURL(saved.href);
});

filtered((claims) => {
  listed = claims;
  table.setAttribute("aria-rowcount", String(claims.length + 1));
  one("#nothing").hidden = claims.length > 0 || claimspans.loaded < claimspans.chunks;
  draw(true);
});
