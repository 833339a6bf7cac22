"use strict";
/* The form of filters, which the address keeps behind its #, so that a link leads to what is shown. */
const form = one("#filters");
const fields = Array.from(form.elements).filter((field) => field.name);

for (const name of ["supplier", "recipient"])
  for (const option of form.elements[name]?.options ?? [])
    if (option.value) option.textContent = option.textContent.replace(option.value, party(option.value));

function readAddress() {
  const kept = new URLSearchParams(location.hash.slice(1));
  for (const field of fields) {
    const value = kept.get(field.name);
    if (field.type === "checkbox") field.checked = value !== "no";
    else field.value = value ?? field.dataset.start ?? "";
  }
}

function writeAddress() {
  const kept = new URLSearchParams();
  for (const field of fields)
    if (field.type === "checkbox") { if (!field.checked) kept.set(field.name, "no"); }
    else if (field.value !== (field.dataset.start ?? "")) kept.set(field.name, field.value);
  history.replaceState(null, "", `#${kept}`);
  for (const view of document.querySelectorAll("a[data-keeps-filter]")) view.hash = String(kept);
}

/** The claims that pass, in the order of their articles. */
function passing() {
  const wanted = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const words = wanted.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const from = /^\d{4}-\d\d$/.test(wanted.from) ? day(`${wanted.from}-01`) : null;
  const to = /^\d{4}-\d\d$/.test(wanted.to) ? new Date(Date.UTC(+wanted.to.slice(0, 4), +wanted.to.slice(5), 0)) : null;
  return claimspans.claims.filter((claim) =>
    (!wanted.speaker || claim.speakers.includes(wanted.speaker) || claim.via.split("; ").includes(wanted.speaker)) &&
    (!wanted.stance || claim.stance === wanted.stance) &&
    (!wanted.supplier || claim.supplier === wanted.supplier) &&
    (!wanted.recipient || claim.recipient === wanted.recipient) &&
    (!wanted.category || claim.rows.some((row) => row.category === wanted.category)) &&
    (!wanted.unit || form.dataset.unit === "own" || claim.rows.some((row) => row.unit === wanted.unit)) &&
    (!from || (claim.time && claim.time.to >= from)) &&
    (!to || (claim.time && claim.time.from <= to)) &&
    words.every((word) => claim.text.includes(word)));
}

/** Call `shown` with the claims that pass, now and whenever that changes. */
function filtered(shown) {
  const update = () => {
    const claims = passing();
    const loading = claimspans.loaded < claimspans.chunks ? " so far" : "";
    one("#count").textContent = `${figures.format(claims.length)} of ${figures.format(claimspans.claims.length)} claims${loading}`;
    shown(claims);
  };
  const changed = () => { writeAddress(); update(); };
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const field of fields)
      if (field.type === "checkbox") field.checked = true;
      else field.value = field.dataset.start ?? "";
    changed();
  });
  addEventListener("hashchange", () => { readAddress(); update(); });
  readAddress();
  writeAddress();
  claimspans.load(update);
}
