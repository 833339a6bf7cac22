"use strict";
/* The claims of all articles, as the files in data/ give them, and how they are put into words. */
const claimspans = {
  columns: [], row: [], chunks: 0, loaded: 0, claims: [], byKey: new Map(),

  begin(index) { Object.assign(this, index); },

  add(articles) {
    for (const article of articles)
      for (const sent of article.claims) {
        const rows = sent.rows.map((cells) => Object.fromEntries(this.row.map((name, at) => [name, cells[at]])));
        const claim = { ...rows[0], rows, article, when: sent.when, marks: sent.marks, sentence: sent.sentence };
        claim.paragraph = article.paragraphs[sent.paragraph];
        claim.key = `${claim.doc} ${claim.claim}`;
        claim.speakers = claim.holders ? claim.holders.split("; ") : [];
        claim.time = time(claim);
        claim.text = [claim.paragraph, article.paragraphs[sent.sentence[0]], ...this.row.map((name) => rows.map((row) => row[name]).join(" ")), article.title]
          .join("\n").toLowerCase();
        this.claims.push(claim);
        this.byKey.set(claim.key, claim);
      }
    this.loaded += 1;
  },

  /** Load the files one after the other; `shown` is called as they come, at most every tenth of a second. */
  load(shown) {
    let last = 0;
    const next = (number) => {
      if (number === this.chunks || performance.now() - last > 100) {
        shown();
        last = performance.now();
      }
      if (number === this.chunks) return;
      const script = document.createElement("script");
      script.src = `data/claims-${number}.js`;
      script.onload = () => next(number + 1);
      script.onerror = () => { one("#count").textContent = `${script.src} is missing`; };
      document.head.append(script);
    };
    next(0);
  },
};

const one = (selector) => document.querySelector(selector);

/** An element; what it holds is put in as text, never as HTML. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value != null) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const day = (iso) => new Date(`${iso}T00:00:00Z`);

/** When the event was, as far as the claim says; else when its article was published. Null where neither is known. */
function time(claim) {
  const { published } = claim.article;
  if (!claim.when.length)
    return published && { from: day(published[0]), to: day(published[1]), stated: false, open: "" };
  const from = claim.when.map(([first]) => first).sort()[0];
  let to = claim.when.map(([, last]) => last).sort().at(-1);
  const signals = claim.when.map(([, , signal]) => signal);
  const since = signals.some((signal) => signal === "since" || signal === "after");
  const until = signals.some((signal) => ["until", "before", "by"].includes(signal));
  const lasting = since && published && published[1] > to;
  if (lasting) to = published[1];
  return { from: day(from), to: day(to), stated: true, lasting, open: lasting ? "" : since ? "since" : until ? "until" : "" };
}

let countries = null;
/** A state by its name in English; any other party, and a state of a code that ISO leaves to users, as it is called. */
function party(code) {
  if (!/^[A-Z]{2}$/.test(code) || /^(AA|Q[M-Z]|X[A-Z]|ZZ)$/.test(code)) return code;
  countries ??= new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });
  return countries.of(code);
}

const SIGNS = { ge: "≥ ", gt: "> ", le: "≤ ", lt: "< ", approx: "≈ ", below: "just under " };
const figures = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** The number of a row with its bound; an empty string where it has none. */
function bound(row) {
  if (row.value == null) return "";
  const upper = row.comparator === "between" && row.upper != null ? `–${figures.format(row.upper)}` : "";
  return `${SIGNS[row.comparator] ?? ""}${figures.format(row.value)}${upper}`;
}

const holders = (claim) => claim.speakers.join(", ") || "the article itself";
const link = (claim) => `articles/${encodeURIComponent(claim.doc)}.html#${encodeURIComponent(claim.claim)}`;

function eventWords(claim) {
  const status = claim.status && claim.status !== "occurred" ? `, ${claim.status}` : "";
  if (claim.event === "transfer") return `${party(claim.supplier) || "?"} → ${party(claim.recipient) || "?"}${status}`;
  if (claim.event === "use") return `${party(claim.user) || "?"} uses${status}`;
  return `${claim.parties.split("; ").filter(Boolean).map(party).join(" + ") || "?"}${status}`;
}

/** The sentence of a claim with the claim's words in bold. */
function sentence(claim) {
  const [number, start, end] = claim.sentence;
  const paragraph = claim.article.paragraphs[number];
  const made = el("span", { class: "sentence" });
  let at = start;
  for (const [from, to] of claim.marks) {
    if (from < at) continue;
    made.append(paragraph.slice(at, from), el("b", {}, paragraph.slice(from, to)));
    at = to;
  }
  made.append(paragraph.slice(at, end));
  return made;
}

/** The rows as CSV (RFC 4180), as `claimspans ledger --csv` writes them: what a spreadsheet would reckon with is not. */
function csv(claims) {
  const cell = (value) => {
    if (value == null) return "";
    const text = typeof value === "string" && /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [claimspans.columns.map(cell)];
  for (const claim of claims)
    for (const row of claim.rows)
      lines.push(claimspans.columns.map((name) =>
        cell(name === "paragraph" ? claim.paragraph : row[name])));
  return lines.map((cells) => `${cells.join(",")}\n`).join("");
}
