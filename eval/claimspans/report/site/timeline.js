"use strict";
/* Claimed quantities over time, drawn by Observable Plot: a mark a claim, its bound, its time, who says it and how. */
const DAY = 864e5;
const MOST = 600;
const SPEAKERS = 6; // that have a colour of their own
const APART = 13;
const SYMBOLS = {
  assertion: "circle", denial: "times", dispute: "plus", evasion: "asterisk",
  confirmation: "square", condemnation: "triangle", concern: "diamond", commitment: "star",
};
const ANSWERS = new Set(["denial", "dispute", "evasion", "confirmation"]);
const chart = one("#chart");
let marks = [];
let order = [];

/** The claim that it restates, up to the first. */
function origin(claim) {
  const seen = new Set();
  while (claim.same_as && claimspans.byKey.has(`${claim.doc} ${claim.same_as}`) && !seen.has(claim)) {
    seen.add(claim);
    claim = claimspans.byKey.get(`${claim.doc} ${claim.same_as}`);
  }
  return claim;
}

const target = (claim) => (claim.target ? claimspans.byKey.get(`${claim.doc} ${claim.target}`) : null);
const counted = (claim, unit) => claim.rows.filter((row) => unit === "all" ? row.quantity : row.unit === unit);
const inNumbers = (claim, unit) => counted(claim, unit).filter((row) => row.value != null);

/** A mark for each number of a claim; for a claim without one, a mark beside the axis, or at what it answers. */
function marksOf(claim, unit) {
  if (!claim.time) return [];
  const at = claim.time.lasting ? claim.time.to : new Date((+claim.time.from + +claim.time.to) / 2);
  const mark = { claim, at, ...claim.time };
  const rows = [...new Map(inNumbers(claim, unit).map((row) => [`${bound(row)} ${row.unit}`, row])).values()];
  if (rows.length) return rows.map((row) => ({ ...mark, row, value: row.value }));
  const answered = ANSWERS.has(claim.stance) ? target(claim) : null;
  const [row] = answered ? inNumbers(answered, unit).concat(inNumbers(origin(answered), unit)) : [];
  if (row) return [{ ...mark, row: null, value: row.value }];
  const vague = counted(claim, unit)[0];
  return vague || !claim.rows.some((each) => each.quantity) ? [{ ...mark, row: vague ?? null, value: null }] : [];
}

/** Marks that would lie on one another stand side by side; those without a number pile up, and stand against what
    they answer where that has none either. */
function spread(all, perPixel) {
  const apart = APART * perPixel;
  const taken = [];
  const placed = new Map();
  const free = (mark) => !taken.some((other) =>
    other.value === mark.value && other.level === mark.level && Math.abs(other.x - mark.x) < apart * 0.95);
  const answers = (mark) => mark.value == null && ANSWERS.has(mark.claim.stance) && all.some((other) => other.value == null && other.claim === target(mark.claim));
  for (const mark of [...all.filter((each) => !answers(each)), ...all.filter(answers)]) {
    const against = answers(mark) ? placed.get(target(mark.claim)) : null;
    mark.x = against ? against.x + 2 * apart : +mark.at;
    mark.level = against ? against.level : 0;
    while (!free(mark)) mark.value == null && !against ? (mark.level += 1) : (mark.x += apart);
    taken.push(mark);
    placed.set(mark.claim, mark);
  }
}

const colours = new Map();
function colour(claim) {
  if (!claim.speakers.length) return "var(--ink)";
  return colours.has(claim.speakers[0]) ? `var(--s${colours.get(claim.speakers[0])})` : "var(--rest)";
}

function links(drawn) {
  const byClaim = new Map(drawn.map((mark) => [mark.claim, mark]));
  const joined = [];
  for (const mark of drawn) {
    const other = byClaim.get(target(mark.claim));
    if (other && other !== mark) joined.push({ from: mark, to: other, kind: "answer" });
    const first = mark.claim.same_as && byClaim.get(claimspans.byKey.get(`${mark.claim.doc} ${mark.claim.same_as}`));
    if (first && first !== mark) joined.push({ from: mark, to: first, kind: "again" });
  }
  return joined;
}

const spoken = (mark) => [
  holders(mark.claim), mark.claim.stance, mark.row ? `${bound(mark.row) || mark.row.quantity} ${mark.row.unit}` : "no number",
  eventWords(mark.claim), mark.claim.rows[0].when, `article ${mark.claim.doc}`].filter(Boolean).join(", ");

function parts(all, y) {
  const joined = links(all);
  const join = (kind, options) => Plot.arrow(joined.filter((each) => each.kind === kind), {
    x1: (each) => each.from.x, x2: (each) => each.to.x, y1: (each) => y(each.from), y2: (each) => y(each.to), ...options });
  const bar = (stated, options) => Plot.link(all.filter((mark) => mark.stated === stated && mark.to - mark.from > DAY), {
    x1: "from", x2: "to", y1: y, y2: y, stroke: (mark) => colour(mark.claim), strokeOpacity: 0.55, ...options });
  return [
    bar(true, { strokeWidth: 3, strokeLinecap: "round" }),
    all[0].value == null ? null : bar(false, { strokeWidth: 1.5, strokeDasharray: "2 4" }),
    Plot.vector(all.filter((mark) => mark.stated && mark.open), {
      x: (mark) => (mark.open === "until" ? mark.from : mark.to), y, rotate: (mark) => (mark.open === "until" ? -90 : 90), length: 14,
      anchor: "start", stroke: (mark) => colour(mark.claim), strokeOpacity: 0.7, strokeWidth: 2 }),
    join("answer", { stroke: "currentColor", strokeDasharray: "5 3", strokeWidth: 1.3, bend: 40, headLength: 7, inset: 7 }),
    join("again", { stroke: "currentColor", strokeDasharray: "1 3", strokeWidth: 1.6, bend: -60, headLength: 0, inset: 5 }),
    Plot.dot(all, {
      x: "x", y, r: 5.5, symbol: (mark) => SYMBOLS[mark.claim.stance] ?? "wye",
      stroke: (mark) => colour(mark.claim), fill: (mark) => colour(mark.claim),
      fillOpacity: (mark) => (mark.row ? 0.9 : 0), strokeWidth: 2, href: (mark) => link(mark.claim) }),
  ];
}

const LOWER = new Set(["ge", "gt"]);
const UPPER = new Set(["le", "lt", "below"]);

/** How a number is bounded, in a length that says nothing, but for a range, which is as long as it is. */
function bounds(all) {
  const of = (pass) => all.filter((mark) => mark.row && pass(mark.row));
  const arrow = (pass, up) => Plot.vector(of(pass), {
    x: "x", y: "value", length: 17, anchor: "start", rotate: up ? 0 : 180, stroke: (mark) => colour(mark.claim), strokeWidth: 2, dy: up ? -6 : 6 });
  return [
    arrow((row) => LOWER.has(row.comparator), true),
    arrow((row) => UPPER.has(row.comparator), false),
    Plot.dot(of((row) => row.comparator === "approx"), { x: "x", y: "value", r: 10, stroke: (mark) => colour(mark.claim), strokeDasharray: "2 3", strokeWidth: 1.5 }),
    Plot.ruleX(of((row) => row.comparator === "between" && row.upper != null), {
      x: "x", y1: "value", y2: (mark) => mark.row.upper, stroke: (mark) => colour(mark.claim), strokeWidth: 4, strokeOpacity: 0.6, marker: "none" }),
  ];
}

/** A number beside the first mark of each place, where there is room. */
function labels(all, width, unit) {
  const places = new Map();
  for (const mark of all) if (mark.row && !places.has(`${bound(mark.row)} ${+mark.at}`)) places.set(`${bound(mark.row)} ${+mark.at}`, mark);
  if (width < 480 || places.size > 30) return [];
  return [Plot.text([...places.values()], {
    x: "x", y: "value", text: (mark) => (unit === "all" ? `${bound(mark.row)} ${mark.row.unit}` : bound(mark.row)),
    textAnchor: "end", dx: -13, dy: -9, fill: "currentColor", stroke: "var(--paper)", strokeWidth: 4 })];
}

function plot(name, options, ...drawn) {
  const made = Plot.plot({ ...options, className: "plot", marks: drawn.flat() });
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", name);
  for (const group of made.querySelectorAll("g[aria-label]")) { // what has no role takes no name
    group.dataset.mark = group.getAttribute("aria-label");
    group.removeAttribute("aria-label");
  }
  for (const style of made.querySelectorAll("style")) style.remove(); // the policy of the page allows none in it
  return made;
}

function draw(claims) {
  const unit = form.elements.unit.value;
  const beside = form.elements.beside.checked;
  const shown = claims.filter((claim) => unit === "all" || counted(claim, unit).length || !claim.rows.some((row) => row.quantity));
  marks = shown.flatMap((claim) => marksOf(claim, unit)).filter((mark) => beside || mark.value != null).sort((a, b) => a.at - b.at);
  const speakers = d3.rollups(marks.filter((mark) => mark.claim.speakers.length), (found) => d3.sum(found, (mark) => (mark.row ? 1000 : 1)), (mark) => mark.claim.speakers[0])
    .sort((a, b) => b[1] - a[1]).map(([name]) => name);
  colours.clear();
  speakers.slice(0, SPEAKERS).forEach((name, at) => colours.set(name, at));
  const undated = claims.filter((claim) => !claim.time).length;
  chart.replaceChildren();
  order = [];
  if (!marks.length) {
    chart.append(el("p", { class: "nothing" }, "No claim with a time passes these filters."));
    one("#caption").textContent = "";
    return key(speakers);
  }
  const width = Math.max(280, chart.clientWidth);
  const margins = { width, marginLeft: width < 480 ? 46 : 62, marginRight: 24 };
  const low = d3.min(marks, (mark) => mark.from), high = d3.max(marks, (mark) => mark.to);
  const room = Math.max((high - low) * 0.06, 20 * DAY);
  const domain = [new Date(+low - room), new Date(+high + room)];
  const perPixel = (domain[1] - domain[0]) / (width - margins.marginLeft - margins.marginRight);
  const numbered = marks.filter((mark) => mark.value != null);
  const others = marks.filter((mark) => mark.value == null);
  for (const drawn of [numbered, others]) if (drawn.length <= MOST) spread(drawn, perPixel);
  domain[1] = new Date(Math.max(domain[1], d3.max(marks, (mark) => mark.x ?? +mark.at) + APART * perPixel)); // those set aside end there
  const x = { type: "utc", domain, label: null, ticks: Math.max(2, Math.round(width / 110)) };
  const values = numbered.map((mark) => mark.value), most = d3.max(values) ?? 1, least = d3.min(values.filter((value) => value > 0)) ?? 1;
  const wide = most / least > 200;
  const steps = d3.range(0, Math.log10(most) + 0.2, 0.2).map((power) => 10 ** power);
  const y = { label: unit === "all" ? "claimed number, of any unit" : `claimed number (${unit})`, grid: true, zero: !wide, nice: true,
    tickFormat: (value) => figures.format(value), ...(wide ? { type: "symlog", constant: least, ticks: d3.range(0, 9).map((power) => 10 ** power).filter((tick) => tick <= most * 1.2) } : { domain: [0, most * 1.12] }) };
  if (numbered.length)
    chart.append(numbered.length > MOST
      ? plot("Claims with a number", { ...margins, height: 400, x, y, opacity: { type: "sqrt", range: [0.2, 1], label: "claims" } },
        Plot.rect(numbered, Plot.bin({ fillOpacity: "count" }, { x: { value: "at", thresholds: 60 }, y: { value: "value", thresholds: wide ? steps : 30 }, fill: "var(--s0)", tip: true })))
      : plot("Claims with a number", { ...margins, height: width < 480 ? 340 : 430, marginTop: 30, x, y }, Plot.ruleY([0], { strokeOpacity: 0.4 }),
        parts(numbered, (mark) => mark.value), bounds(numbered), labels(numbered, width, unit)));
  if (others.length) {
    const levels = d3.max(others, (mark) => mark.level) + 1;
    chart.append(el("p", { class: "dim strip" }, "without a number: hollow where no quantity is named, filled where it is vague"));
    chart.append(others.length > MOST
      ? plot("Claims without a number", { ...margins, height: 160, x, y: { grid: true, label: "claims" } }, Plot.rectY(others, Plot.binX({ y: "count" }, { x: "at", fill: "var(--rest)", tip: true })))
      : plot("Claims without a number", { ...margins, height: Math.max(70, levels * APART + 50), x, y: { axis: null, domain: [-0.5, levels] } }, parts(others, (mark) => mark.level)));
  }
  one("#caption").textContent = [
    marks.length > MOST && (numbered.length > MOST || others.length > MOST) ? "Too many for a mark each: the fields show how many; filters bring the marks back." : "",
    "A dot stands at the end of a time that goes on until the article was published, else in its middle; marks of one place stand side by side. How long an arrow is says nothing.",
    undated ? `${undated} claims without any date are in the ledger alone.` : ""].filter(Boolean).join(" ");
  thin();
  connect([...(numbered.length > MOST ? [] : numbered), ...(others.length > MOST ? [] : others)]);
  key(speakers);
}

/** Of the numbers that would be written over each other only the first stays. */
function thin() {
  const kept = [];
  for (const text of chart.querySelectorAll('g[data-mark="text"] text')) {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    if (kept.some((box) => left < box.right && right > box.left && top < box.bottom && bottom > box.top)) text.remove();
    else kept.push({ left, right, top, bottom });
  }
}

/** Marks are links, reached by Tab as one, then by the arrow keys; hover and focus show the claim. */
function connect(drawn) {
  const links = Array.from(chart.querySelectorAll("svg a"));
  order = links.map((node, at) => ({ node, mark: drawn[at] })).sort((a, b) => a.mark.x - b.mark.x || (a.mark.value ?? -1) - (b.mark.value ?? -1));
  let touched = null;
  order.forEach(({ node, mark }, at) => {
    node.setAttribute("aria-label", spoken(mark));
    node.setAttribute("role", "link");
    node.setAttribute("tabindex", at ? "-1" : "0");
    node.addEventListener("pointerenter", () => show(mark, node));
    node.addEventListener("focus", () => show(mark, node));
    node.addEventListener("pointerdown", (event) => { touched = event.pointerType === "mouse" ? null : [node, node.classList.contains("on")]; });
    node.addEventListener("click", (event) => { if (touched?.[0] === node && !touched[1]) event.preventDefault(); });
    node.addEventListener("keydown", (event) => {
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: order.length - 1 }[event.key];
      if (to == null || !order[to]) return;
      event.preventDefault();
      node.setAttribute("tabindex", "-1");
      order[to].node.setAttribute("tabindex", "0");
      order[to].node.focus();
    });
  });
  card(null);
}

function show(mark, node) {
  for (const each of order) each.node.classList.toggle("on", each.node === node);
  card(mark);
}

function card(mark) {
  const place = one("#card");
  if (!mark) {
    place.replaceChildren(el("p", { class: "dim" }, "Point at a mark, or reach the marks with Tab and go along them with the arrow keys. Enter opens a claim in its article."));
    return;
  }
  const { claim, row } = mark;
  const answered = target(claim);
  place.replaceChildren(
    el("p", { class: "number" }, row ? row.quantity : "no number"),
    el("h3", {}, holders(claim)),
    el("p", {}, `${claim.stance}${claim.certainty && claim.certainty !== "certain" ? `, ${claim.certainty}` : ""} · ${eventWords(claim)}${claim.rows[0].when ? ` · ${claim.rows[0].when}` : ""}`),
    el("p", {}, sentence(claim)),
    ...(answered ? [el("p", { class: "dim" }, `answers ${answered.claim}, of ${holders(answered)}`)] : []),
    ...(claim.same_as ? [el("p", { class: "dim" }, `restates ${claim.same_as}`)] : []),
    el("p", {}, el("a", { href: link(claim) }, `${claim.doc} ${claim.claim} in its article`), el("span", { class: "dim" }, ` ${claim.article.origin}`)));
}

function glyph(symbol, stroke) {
  const kind = { circle: d3.symbolCircle, times: d3.symbolTimes, plus: d3.symbolPlus, asterisk: d3.symbolAsterisk, square: d3.symbolSquare2,
    triangle: d3.symbolTriangle2, diamond: d3.symbolDiamond2, star: d3.symbolStar, wye: d3.symbolWye }[symbol];
  return d3.create("svg").attr("width", 14).attr("height", 14).attr("viewBox", "-7 -7 14 14").attr("aria-hidden", "true")
    .call((svg) => svg.append("path").attr("d", d3.symbol(kind, 55)()).attr("fill", stroke).attr("stroke", stroke).attr("stroke-width", 1.5)).node();
}

function key(speakers) {
  const more = speakers.length - SPEAKERS;
  const named = speakers.slice(0, SPEAKERS).map((name) => el("li", {}, glyph("circle", `var(--s${colours.get(name)})`), name));
  if (more > 0) named.push(el("li", {}, glyph("circle", "var(--rest)"), `${more} more`));
  if (marks.some((mark) => !mark.claim.speakers.length)) named.push(el("li", {}, glyph("circle", "var(--ink)"), "the article itself"));
  one("#speakers").replaceChildren(...named);
  const stances = [...new Set(marks.map((mark) => mark.claim.stance))].sort();
  one("#stances").replaceChildren(...stances.map((stance) => el("li", {}, glyph(SYMBOLS[stance] ?? "wye", "var(--ink)"), stance)));
}

form.dataset.unit = "own";
let last = [];
filtered((claims) => { last = claims; if (claimspans.loaded === claimspans.chunks) draw(claims); });
let width = chart.clientWidth;
new ResizeObserver(() => { if (chart.clientWidth !== width) { width = chart.clientWidth; draw(last); } }).observe(chart);
