"use strict";
/* Each speaker with its claims, and what others say of the same event. */
const SHOWN = 50;
const OTHERS = 6;
let speakers = new Map();
let events = new Map();
const field = one("#filters input");

const eventOf = (claim) => [claim.event, claim.supplier, claim.recipient, claim.user, claim.parties].join("|");
const said = (claim, name) => new Set(claim.rows.map((row) => row[name]).filter(Boolean));
function share(values, others) {
  for (const value of values) if (others.has(value)) return true;
  return false;
}

function gather() {
  speakers = new Map();
  events = new Map();
  for (const claim of claimspans.claims) {
    const names = claim.speakers.length ? claim.speakers : [""];
    for (const name of names) speakers.has(name) ? speakers.get(name).push(claim) : speakers.set(name, [claim]);
    claim.about = [said(claim, "unit"), said(claim, "category")];
    const key = eventOf(claim);
    if (!events.has(key)) events.set(key, []);
    events.get(key).push(claim);
  }
  for (const found of events.values())
    found.sort((a, b) => (b.value != null) - (a.value != null) || (a.time?.to ?? 0) - (b.time?.to ?? 0));
}

/** The claims of an article that a claim restates or answers, or that do so to it, directly. */
function linked(claim, other) {
  if (claim.doc !== other.doc) return false;
  return [claim.same_as, claim.target].includes(other.claim) || [other.same_as, other.target].includes(claim.claim);
}

/** What others say of the same event: linked in the article; or of the same parties, counted or of the same kind alike,
    and of times that, where both are stated, have a day in common. */
function others(claim) {
  const same = (other) => claim.about.some((values, at) => share(values, other.about[at]));
  const meets = (other) => !claim.time?.stated || !other.time?.stated || (claim.time.from <= other.time.to && other.time.from <= claim.time.to);
  const found = events.get(eventOf(claim)).filter((other) =>
    other.holders !== claim.holders && !other.speakers.some((name) => claim.speakers.includes(name)) &&
    (linked(claim, other) || (!other.same_as && same(other) && meets(other))));
  return [...found.filter((other) => linked(claim, other)), ...found.filter((other) => !linked(claim, other))];
}

const amounts = (claim) => [...new Set(claim.rows.map((row) => row.quantity).filter(Boolean))].join("; ");
const things = (claim) => [...new Set(claim.rows.map((row) => row.item).filter(Boolean))].join("; ");
const brief = (claim) => [eventWords(claim), amounts(claim), things(claim), claim.rows[0].when].filter(Boolean).join(" · ");
const tag = (claim) => el("span", { class: claim.stance === "assertion" ? "stance" : "stance other" }, claim.stance);

function entry(claim) {
  const found = others(claim);
  const listed = found.slice(0, OTHERS).map((other) => el("li", {},
    el("strong", {}, holders(other)), " ", tag(other), " ", brief(other), " ", el("a", { href: link(other) }, `${other.doc} ${other.claim}`)));
  if (found.length > OTHERS) listed.push(el("li", { class: "dim" }, `and ${figures.format(found.length - OTHERS)} more`));
  return el("li", { class: "said" },
    el("p", {}, tag(claim), " ", brief(claim)),
    el("p", {}, el("a", { href: link(claim) }, `${claim.doc} ${claim.claim}`), " ", sentence(claim)),
    ...(listed.length ? [el("p", { class: "dim" }, "Others of the same event:"), el("ul", {}, ...listed)] : []));
}

const chosen = () => new URLSearchParams(location.hash.slice(1)).get("speaker");
const nameOf = (name) => name || "the article itself";

function show() {
  const name = chosen();
  for (const item of one("#names").querySelectorAll("a")) {
    if (item.dataset.name === name) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  }
  const claims = speakers.get(name ?? null);
  if (!claims) return;
  const stances = new Map();
  for (const claim of claims) stances.set(claim.stance, (stances.get(claim.stance) ?? 0) + 1);
  const inTime = [...claims].sort((a, b) => (a.time?.to ?? 0) - (b.time?.to ?? 0));
  one("#speaker").replaceChildren(
    el("h2", {}, nameOf(name)),
    el("p", { class: "dim" }, [...stances].map(([stance, count]) => `${figures.format(count)} ${stance}`).join(" · "), ". ",
      ...(name ? [el("a", { href: `ledger.html#${new URLSearchParams({ speaker: name })}` }, "In the ledger")] : [])),
    el("ol", { class: "saying" }, ...inTime.slice(0, SHOWN).map(entry)),
    ...(claims.length > SHOWN ? [el("p", { class: "dim" }, `The first ${SHOWN} of ${figures.format(claims.length)} claims; the ledger has all.`)] : []));
}

function list() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [...speakers].filter(([name]) => words.every((word) => nameOf(name).toLowerCase().includes(word)))
    .sort((a, b) => b[1].length - a[1].length || nameOf(a[0]).localeCompare(nameOf(b[0])));
  one("#count").textContent = `${found.length} of ${speakers.size} speakers`;
  one("#names").replaceChildren(...found.map(([name, claims]) => {
    const item = el("a", { href: `#${new URLSearchParams({ speaker: name })}` }, nameOf(name));
    item.dataset.name = name;
    return el("li", {}, item, el("span", { class: "dim" }, ` ${figures.format(claims.length)}`));
  }));
}

field.addEventListener("input", list);
field.form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", show);
claimspans.load(() => {
  if (claimspans.loaded < claimspans.chunks) return;
  gather();
  list();
  show();
});
