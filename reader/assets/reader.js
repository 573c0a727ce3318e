"use strict";
// The script of the page. The content of articles is inserted as text nodes; there is no innerHTML here, and the page's policy
// forbids other scripts. Offsets in the data are UTF-16 units, like those of strings here.
(() => {
const D = JSON.parse(document.getElementById("data").textContent);
const A = D.articles;
const SVG = "http://www.w3.org/2000/svg";
const LAYERS = [["entities", "Names"], ["quotes", "Quotes"], ["figures", "Figures"], ["claims", "Claims"], ["tone", "Tone"]];
const VIEWS = [["read", "Text"], ["claims", "Claims"], ["matrix", "Who speaks about whom"], ["figures", "Figures over time"], ["timeline", "Timeline"], ["people", "People and organisations"]];
const state = { view: "read", article: 0, layers: { entities: 1, quotes: 1, figures: 1, claims: 1, tone: 0 }, confidence: 0, entity: null, worth: .5, search: "", sort: ["w", -1], measure: null };

// Custom layers come after those of copydesk.
const OWN = [...new Set(A.flatMap((article) => article.own.map((one) => one.n)))].sort().map((name) => ["own:" + name, name]);
LAYERS.push(...OWN);
for (const [layer] of OWN) state.layers[layer] = 1;

/** An element; attributes that are functions become event listeners, children that are strings become text. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
const by = (id) => document.getElementById(id);
const count = (n, one, many) => n + " " + (n === 1 ? one : many || one + "s");
const sure = (item) => (item.c === undefined ? 1 : item.c) >= state.confidence;
const key = (entity) => entity.g || entity.n;
const nameOf = (article, index) => index === -1 ? "the article" : article.entities[index] ? article.entities[index].n : "";
const headline = (text) => { const line = text.trimStart().split("\n", 1)[0].trim(); return line.length && line.length <= 140 ? line : ""; };
const title = (article) => article.title || headline(article.text) || article.id;
const norm = (text) => text.toLowerCase().replace(/^(the|a|an|its|their|his|her)\s+/, "").trim();
const say = (text) => { by("status").textContent = text; };

// --- the corpus ---
const people = new Map();
A.forEach((article, at) => {
  const seen = article.entities.map((entity) => {
    let one = people.get(key(entity));
    if (!one) people.set(key(entity), one = { key: key(entity), name: entity.n, kind: entity.k, mentions: 0, articles: new Set(), quotes: [], tone: [] });
    one.articles.add(at);
    if (entity.p !== undefined && entity.p !== null) one.tone.push(entity.p);
    return one;
  });
  for (const mention of article.mentions) if (seen[mention.i]) seen[mention.i].mentions++;
  article.quotes.forEach((quote, index) => { if (seen[quote.i]) seen[quote.i].quotes.push([at, index]); });
});

function claimRows() {
  const rows = [];
  A.forEach((article, at) => article.claims.forEach((claim, index) => {
    const figure = (id) => id === null || id === undefined ? null : article.figures[id];
    const words = (one) => one ? article.text.slice(one.s, one.e) : "";
    const first = figure(claim.f[0]), change = figure(claim.ch), period = figure(claim.p), base = figure(claim.ba);
    rows.push({
      at, index, w: claim.w, speaker: claim.i === null ? claim.sp || "" : claim.i === -1 ? "(article)" : nameOf(article, claim.i),
      how: [claim.x === "neutral" ? "" : claim.x, claim.ng ? "negated" : "", claim.md ? "possible" : "", claim.fc ? "forecast" : ""].filter(Boolean).join(", "),
      about: claim.a.map((id) => nameOf(article, id)).join("; "), measure: claim.m || "",
      figure: claim.f.map((id) => words(figure(id))).join("; "), value: first ? first.n : null, unit: first ? first.u || "" : "",
      change: change && change !== first ? words(change) : change ? (change.d || "") : "", period: words(period), base: words(base), from: period && period.p ? period.p[0] : "",
      text: article.text.slice(claim.s, claim.e), article: title(article), date: article.date || "", c: claim.c,
      contradicts: claim.o !== null && claim.o !== undefined, keys: new Set([claim.i, ...claim.a].filter((id) => id >= 0 && article.entities[id]).map((id) => key(article.entities[id]))),
    });
  }));
  return rows;
}
const ROWS = claimRows();

// --- the text ---
const sorted = new WeakMap();
const LONGEST_OWN = 400;
/** The spans of an article by start, and the length of the longest. */
function spans(article) {
  let all = sorted.get(article);
  if (!all) {
    const of = (layer, items) => items.map((item, index) => ({ s: item.s, e: item.e, layer, item, index }));
    const list = [...of("entities", article.mentions), ...of("quotes", article.quotes), ...of("figures", article.figures), ...of("claims", article.claims), ...of("tone", article.tones),
      // Annotations of long passages and of the whole text are only listed beside it.
      ...article.own.map((item, index) => ({ s: item.s, e: item.e, layer: "own:" + item.n, item, index })).filter((span) => span.e - span.s <= LONGEST_OWN && (span.s > 0 || span.e < article.text.length))];
    list.sort((a, b) => a.s - b.s || b.e - a.e);
    sorted.set(article, all = { list, longest: list.reduce((most, span) => Math.max(most, span.e - span.s), 0) });
  }
  return all;
}
function within({ list, longest }, start, end) {
  let low = 0, high = list.length;
  while (low < high) { const middle = (low + high) >> 1; if (list[middle].s < start - longest) low = middle + 1; else high = middle; }
  const found = [];
  for (; low < list.length && list[low].s < end; low++) if (list[low].e > start) found.push(list[low]);
  return found;
}
function shown(article, span) {
  if (!state.layers[span.layer]) return false;
  if (span.layer === "entities") return sure(article.entities[span.item.i] || {});
  if (span.layer === "claims") return sure(span.item) && span.item.w >= state.worth;
  return sure(span.item);
}
/** The lines of a text; a very long line is split at spaces, so that each part is drawn when it comes into view. */
function paragraphs(text) {
  const LONGEST = 4000, parts = [];
  let from = 0;
  for (const match of text.matchAll(/\n+|$/g)) {
    let end = match.index;
    while (end - from > LONGEST) {
      const blank = text.indexOf(" ", from + LONGEST);
      if (blank < 0 || blank >= end) break;
      parts.push([from, blank + 1]);
      from = blank + 1;
    }
    if (text.slice(from, end).trim()) parts.push([from, end]);
    from = match.index + match[0].length;
  }
  return parts;
}
function draw(article, [start, end], paragraph) {
  const over = within(spans(article), start, end).filter((span) => shown(article, span));
  const edges = [...new Set([start, end, ...over.flatMap((span) => [span.s, span.e])])].filter((at) => at >= start && at <= end).sort((a, b) => a - b);
  const pieces = [];
  for (let at = 0; at + 1 < edges.length; at++) {
    const [from, to] = [edges[at], edges[at + 1]];
    const here = over.filter((span) => span.s <= from && span.e >= to);
    pieces.push(piece(article, article.text.slice(from, to), here, from));
    for (const tone of here) if (tone.layer === "tone" && tone.e === to) {
      pieces.push(h("span", { class: "mark " + tone.item.l, role: "img", "aria-label": tone.item.l + " sentence" }, tone.item.l === "negative" ? " ▼" : " ▲"));
    }
  }
  paragraph.replaceChildren(...pieces);
}
function piece(article, text, here, from) {
  const last = (layer) => here.filter((span) => span.layer === layer).pop();
  const [figure, mention, tone] = [last("figures"), last("entities"), last("tone")];
  let node = document.createTextNode(text);
  if (figure) node = figure.s === from ? h("button", { type: "button", class: "f", "data-f": figure.index }, node) : h("span", { class: "f", "data-f": figure.index }, node);
  if (mention) {
    const entity = article.entities[mention.item.i];
    node = h("span", { class: "e " + entity.k + (state.entity === key(entity) ? " sel" : ""), "data-e": mention.item.i }, node);
  }
  const own = here.filter((span) => span.layer.startsWith("own:"));
  if (own.length) {
    const starts = own.find((span) => span.s === from);
    node = h("span", { class: "own", "data-o": starts ? starts.index : null, title: own.map((span) => [span.item.n, span.item.v].filter(Boolean).join(": ")).join("\n") }, node);
  }
  const classes = [last("quotes") ? "q" : "", last("claims") ? "c" : "", tone ? tone.item.l : ""].filter(Boolean);
  const quote = last("quotes"), claim = last("claims");
  return classes.length ? h("span", { class: classes.join(" "), "data-q": quote && quote.s === from ? quote.index : null, "data-c": claim && claim.s === from ? claim.index : null }, node) : node;
}
const spoken = (quote) => h("div", { dir: "auto" }, h("b", {}, quote.w || "unnamed"), quote.u ? " · " + quote.u : "", quote.x && quote.x !== "neutral" ? " (" + quote.x + ")" : "");
let pending = null;
/** The lines of an article. The first ones are added at once, the rest in small steps; lines are annotated when they come into view. */
function text(article) {
  const FIRST = 150, STEP = 1500, MARKED = 40;
  const box = h("div", { id: "text" });
  const waiting = new Map();
  if (pending) pending.stop();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting && waiting.has(target)) { waiting.get(target)(); waiting.delete(target); observer.unobserve(target); }
  }, { rootMargin: "800px" });
  const parts = paragraphs(article.text);
  const quotes = state.layers.quotes ? article.quotes.filter(sure).sort((a, b) => a.s - b.s) : [];
  let next = 0, made = 0, timer = null;
  function lines(to) {
    const rows = document.createDocumentFragment();
    for (; made < Math.min(to, parts.length); made++) {
      const part = parts[made], said = [];
      for (; next < quotes.length && quotes[next].s < part[1]; next++) said.push(spoken(quotes[next]));
      const words = h("p", { dir: "auto" }, article.text.slice(...part));
      const row = h("div", { class: "row", "data-s": part[0], "data-end": part[1] }, h("div", { class: "margin" }, said), words);
      const fill = () => draw(article, part, words);
      if (made < MARKED) fill(); else { waiting.set(row, fill); observer.observe(row); }
      rows.append(row);
    }
    box.append(rows);
  }
  function step() { lines(made + STEP); timer = made < parts.length ? setTimeout(step) : null; }
  lines(FIRST);
  if (made < parts.length) timer = setTimeout(step);
  pending = {
    stop() { clearTimeout(timer); observer.disconnect(); },
    all() { clearTimeout(timer); lines(parts.length); },
    marked() { this.all(); for (const [row, fill] of waiting) { fill(); observer.unobserve(row); } waiting.clear(); },
    mark(row) { if (waiting.has(row)) { waiting.get(row)(); waiting.delete(row); observer.unobserve(row); } },
  };
  return box;
}
addEventListener("beforeprint", () => pending && pending.marked());

/** Scrolls to a position of the text and highlights the annotation there. */
function jump(at, selector) {
  if (pending) pending.all();
  const rows = [...document.querySelectorAll("#text .row")];
  const row = rows.find((one) => +one.dataset.s <= at && at < +one.dataset.end) || rows[0];
  if (!row) return;
  pending.mark(row);
  row.scrollIntoView({ block: "center" });
  const target = selector && row.querySelector(selector) || row;
  target.classList.add("sel");
  target.setAttribute("tabindex", target.tagName === "BUTTON" ? "0" : "-1");
  target.focus({ preventScroll: true });
  setTimeout(() => target.classList.remove("sel"), 2500);
}
function open(at, place, selector) {
  state.article = at;
  go("read");
  if (place !== undefined) jump(place, selector);
}

// --- panels beside the text ---
function panels(article) {
  const MOST = 150;
  const mentions = article.entities.map(() => []);
  for (const mention of article.mentions) if (mentions[mention.i]) mentions[mention.i].push(mention);
  const named = article.entities.map((entity, index) => ({ entity, index, mentions: mentions[index] }))
    .filter(({ entity, mentions }) => ["person", "organization"].includes(entity.k) && mentions.length && sure(entity)).sort((a, b) => b.mentions.length - a.mentions.length);
  const speakers = new Map();
  article.quotes.forEach((quote, index) => { if (sure(quote)) (speakers.get(quote.w || "unnamed") || speakers.set(quote.w || "unnamed", []).get(quote.w || "unnamed")).push([quote, index]); });
  const claims = ROWS.filter((row) => A[row.at] === article && row.w >= state.worth && sure(row));
  const part = (heading, items, empty) => h("section", {}, h("h3", {}, heading), items.length ? items : h("p", { class: "soft" }, empty));
  const rest = (all, name) => all > MOST ? h("p", { class: "soft" }, "The first " + MOST + " of " + all + name) : "";
  return h("aside", { "aria-label": "Contents of this article" },
    part("People and organisations", named.length ? [h("ul", {}, named.slice(0, MOST).map(({ entity, mentions }) => h("li", {}, chip(entity, mentions.length), " ",
      state.entity === key(entity) ? h("button", { class: "link", type: "button", click: () => { walk = (walk + 1) % mentions.length; jump(mentions[walk].s, `[data-e="${mentions[walk].i}"]`); } }, "next mention") : ""))), rest(named.length, "; all are in the view of people")] : [], "None found."),
    part("Quotes", [...speakers].slice(0, MOST).map(([who, quotes]) => h("details", { open: speakers.size < 6 }, h("summary", { dir: "auto" }, who + " (" + quotes.length + ")"),
      quotes.slice(0, MOST).map(([quote, index]) => h("blockquote", { dir: "auto" }, h("button", { class: "link", type: "button", click: () => jump(quote.s, `[data-q="${index}"]`) }, quote.t))))).concat(rest(speakers.size, " speakers; all are in the view of people")), "None found."),
    part("Claims", claims.length ? [h("ul", {}, claims.slice(0, MOST).map((row) => h("li", {}, h("button", { class: "link", type: "button", dir: "auto", click: () => jump(article.claims[row.index].s, `[data-c="${row.index}"]`) }, [row.speaker, row.measure || row.text, row.figure].filter(Boolean).join(" · ")), " ", h("span", { class: "soft" }, row.w.toFixed(2) + (row.contradicts ? ", contradicts another" : ""))))), rest(claims.length, "; all are in the view of claims")] : [], "None of this worth."),
    part("Dates", dates([article]).slice(0, 40).map((date) => h("div", {}, h("button", { class: "link", type: "button", click: () => jump(date.s, `[data-f="${date.index}"]`) }, date.when), " ", h("span", { class: "soft", dir: "auto" }, date.words))), "None found."),
    OWN.map(([layer, name]) => {
      const items = article.own.map((one, index) => [one, index]).filter(([one]) => one.n === name && sure(one));
      return part(name, items.length && state.layers[layer] ? [h("ul", {}, items.slice(0, MOST).map(([one, index]) => h("li", { dir: "auto" }, h("button", { class: "link", type: "button", click: () => jump(one.s, `[data-o="${index}"]`) }, brief(article, one)), " ", h("span", { class: "soft" }, one.v)))), rest(items.length, "")] : [], "None found.");
    }));
}
/** The words of an annotation, shortened; for an empty one, its position. */
function brief(article, one) {
  const MOST = 80, words = article.text.slice(one.s, one.e).trim();
  return words.length > MOST ? words.slice(0, MOST) + "…" : words || "at " + one.s;
}
let walk = -1;
function chip(entity, n) {
  return h("button", { type: "button", class: "chip", "data-key": key(entity), "aria-pressed": String(state.entity === key(entity)), click: () => { walk = -1; choose(state.entity === key(entity) ? null : key(entity)); } },
    h("bdi", {}, entity.n), " ", h("span", { class: "n" }, String(n)));
}
function choose(who) {
  state.entity = who;
  by("entity").value = who || "";
  say(who ? "Only " + people.get(who).name : "All names");
  render();
  const again = who && [...document.querySelectorAll(".chip")].find((one) => one.dataset.key === who);
  if (again) again.focus({ preventScroll: true });
}

// --- views ---
function read() {
  const article = A[state.article];
  const details = [article.date, article.outlet, article.language, article.tone ? "tone: " + article.tone : "", count(article.quotes.length, "quote"), count(article.figures.length, "figure"), count(article.claims.length, "claim")].filter(Boolean).join(" · ");
  const list = A.length > 1 ? h("div", { class: "list" }, h("label", { class: "soft", for: "find" }, "Find an article"), h("input", { type: "search", id: "find", value: state.search, input: (event) => { state.search = event.target.value; fillList(items); } })) : null;
  const items = h("ol", { tabindex: "0", "aria-label": "Articles" });
  if (list) { fillList(items); list.append(items); }
  return h("section", { "aria-labelledby": "heading" }, h("div", { class: "read" + (list ? " many" : "") }, list,
    h("article", {}, h("h2", { id: "heading", dir: "auto" }, title(article)), h("p", { class: "soft" }, details), article.warnings.length ? h("p", { class: "soft" }, "Warnings: " + article.warnings.join("; ")) : "", text(article)), panels(article)));
}
function fillList(items) {
  const wanted = state.search.toLowerCase();
  const found = A.map((article, at) => [article, at]).filter(([article]) => (!wanted || title(article).toLowerCase().includes(wanted) || article.text.toLowerCase().includes(wanted)) && (!state.entity || article.entities.some((entity) => key(entity) === state.entity)));
  items.replaceChildren(...found.slice(0, 2000).map(([article, at]) => h("li", {}, h("button", { type: "button", dir: "auto", "aria-current": at === state.article ? "true" : null, click: () => { state.article = at; go("read"); } }, title(article), h("div", { class: "soft" }, [article.date, article.outlet].filter(Boolean).join(" · "))))));
  if (wanted) say(count(found.length, "article"));
}
const COLUMNS = [["w", "Worth"], ["speaker", "Speaker"], ["how", "How"], ["about", "About"], ["measure", "Measure"], ["figure", "Figure"], ["change", "Change"], ["period", "Period"], ["base", "Compared with"], ["text", "Words"], ["article", "Article"], ["date", "Published"]];
const wantedRows = () => ROWS.filter((row) => row.w >= state.worth && sure(row) && (!state.entity || row.keys.has(state.entity)) && (!state.find || Object.values(row).some((value) => typeof value === "string" && value.toLowerCase().includes(state.find))))
  .sort((a, b) => { const [column, way] = state.sort, [x, y] = column === "figure" ? [a.value ?? -Infinity, b.value ?? -Infinity] : [a[column], b[column]]; return (x < y ? -1 : x > y ? 1 : a.at - b.at || a.index - b.index) * way; });
/** Quoted, and escaped so that a spreadsheet does not read it as a formula. */
const cell = (value) => { let text = value === null || value === undefined ? "" : String(value); if (/^[=+@\t\r-]/.test(text) && Number.isNaN(Number(text))) text = "'" + text; return /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text; };
const csv = (rows) => [COLUMNS.map(([, name]) => name), ...rows.map((row) => COLUMNS.map(([column]) => row[column]))].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
async function copy(text) {
  try { await navigator.clipboard.writeText(text); } catch {
    const box = h("textarea", { "aria-hidden": "true" });
    box.value = text; document.body.append(box); box.select(); document.execCommand("copy"); box.remove();
  }
  say("Copied");
}
function save(name, text) {
  const link = h("a", { download: name, href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
let most = 300;
function claims() {
  const body = h("tbody");
  const heads = COLUMNS.map(([column, name]) => h("th", { scope: "col" }, h("button", { type: "button", click: () => { state.sort = [column, state.sort[0] === column ? -state.sort[1] : column === "w" ? -1 : 1]; fill(); } }, name)));
  const more = h("button", { class: "tool", type: "button", click: () => { most += 1000; fill(); } }, "Show more");
  const note = h("span", { class: "soft" });
  function fill() {
    const rows = wantedRows();
    heads.forEach((head, at) => head.setAttribute("aria-sort", COLUMNS[at][0] !== state.sort[0] ? "none" : state.sort[1] > 0 ? "ascending" : "descending"));
    body.replaceChildren(...rows.slice(0, most).map((row) => h("tr", {}, COLUMNS.map(([column]) => h("td", { class: column === "w" ? "num" : column === "text" ? "wide" : null, dir: "auto" },
      column === "w" ? row.w.toFixed(2) : column === "text" ? h("button", { class: "link", type: "button", click: () => open(row.at, A[row.at].claims[row.index].s, `[data-c="${row.index}"]`) }, row.text.length > 240 ? row.text.slice(0, 240) + "…" : row.text) : row[column])))));
    note.textContent = count(rows.length, "claim");
    more.hidden = rows.length <= most;
  }
  fill();
  const rows = ROWS.filter(sure);
  return h("section", { "aria-labelledby": "heading" }, h("h2", { id: "heading" }, "Claims"),
    h("div", { class: "tools" }, h("label", {}, "Find ", h("input", { type: "search", value: state.find || "", input: (event) => { state.find = event.target.value.toLowerCase(); fill(); } })),
      h("button", { class: "tool", type: "button", click: () => copy(csv(wantedRows())) }, "Copy as CSV"), h("button", { class: "tool", type: "button", click: () => save("claims.csv", csv(wantedRows())) }, "Save as CSV"), note),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of claims" }, h("table", { id: "claim-table" }, h("thead", {}, h("tr", {}, heads)), body)), more, against(rows));
}
/** Claims with the same measure and time but different values. */
function against(rows) {
  const groups = new Map();
  for (const row of rows) if (row.measure && row.value !== null && row.from && !row.how) {
    const group = [norm(row.measure), row.unit, row.from].join("|");
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(row);
  }
  const found = [...groups.values()].filter((group) => new Set(group.map((row) => row.value)).size > 1 && group.some((row) => group.some((other) => other !== row && other.value !== row.value && [...row.keys].some((one) => other.keys.has(one)))));
  return h("div", {}, h("h3", {}, "Contradicting values"), found.length ? found.map((group) => h("div", {}, h("h4", { dir: "auto" }, group[0].measure + ", " + group[0].period),
    h("ul", {}, group.map((row) => h("li", { dir: "auto" }, row.figure + " — " + row.speaker + ": ", h("button", { class: "link", type: "button", click: () => open(row.at, A[row.at].claims[row.index].s, `[data-c="${row.index}"]`) }, row.article)))))) : h("p", { class: "soft" }, "None: no measure has two values for the same time."));
}
function matrix() {
  const cells = new Map(), total = new Map(), told = new Map();
  const add = (map, one) => map.set(one, (map.get(one) || 0) + 1);
  A.forEach((article, at) => {
    article.quotes.forEach((quote, index) => {
      if (quote.i === null || !article.entities[quote.i] || !sure(quote)) return;
      const who = key(article.entities[quote.i]);
      for (const id of quote.b) {
        const whom = article.entities[id] && key(article.entities[id]);
        if (!whom || whom === who) continue;
        const place = who + "\u0000" + whom;
        if (!cells.has(place)) cells.set(place, { quotes: [], tones: [] });
        cells.get(place).quotes.push([at, index]);
        if (!state.entity || state.entity === who || state.entity === whom) add(total, who);
      }
    });
    for (const stance of article.stances) {
      const [who, whom] = [article.entities[stance.h], article.entities[stance.t]];
      const one = who && whom && cells.get(key(who) + "\u0000" + key(whom));
      if (one) one.tones.push(stance.p);
    }
  });
  const top = (map) => [...map].sort((a, b) => b[1] - a[1]).map(([one]) => one).slice(0, 20);
  // The columns are the entities that these speakers mention most, so that no row is empty.
  const who = top(total);
  for (const [place, { quotes }] of cells) {
    const [speaker, about] = place.split("\u0000");
    if (who.includes(speaker) && (!state.entity || state.entity === speaker || state.entity === about)) told.set(about, (told.get(about) || 0) + 1 + quotes.length / 1000);
  }
  const whom = top(told);
  const detail = h("div", { id: "said", "aria-live": "polite" });
  const show = (place, one) => { const [speaker, about] = place.split("\u0000"); detail.replaceChildren(h("h3", { dir: "auto" }, people.get(speaker).name + " about " + people.get(about).name), ...one.quotes.map(([at, index]) => h("blockquote", { dir: "auto" }, h("button", { class: "link", type: "button", click: () => open(at, A[at].quotes[index].s, `[data-q="${index}"]`) }, A[at].quotes[index].t), h("div", { class: "soft" }, title(A[at]))))); };
  const table = h("table", { class: "matrix" }, h("caption", { class: "soft" }, "Quotes of each speaker (row) that mention an entity (column), with the speaker's tone if there is one"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Speaker"), whom.map((one) => h("th", { scope: "col", dir: "auto" }, people.get(one).name)))),
    h("tbody", {}, who.map((speaker) => h("tr", {}, h("th", { scope: "row", dir: "auto" }, people.get(speaker).name), whom.map((one) => {
      const place = speaker + "\u0000" + one, found = cells.get(place);
      if (!found) return h("td");
      const mean = found.tones.length ? found.tones.reduce((sum, tone) => sum + tone, 0) / found.tones.length : 0;
      const tone = mean <= -.2 ? "negative" : mean >= .2 ? "positive" : "";
      return h("td", { class: tone || null }, h("button", { type: "button", "aria-label": count(found.quotes.length, "quote") + " of " + people.get(speaker).name + " about " + people.get(one).name + (tone ? ", " + tone : ""), click: () => show(place, found) }, found.quotes.length + (tone === "negative" ? " ▼" : tone === "positive" ? " ▲" : "")));
    })))));
  return h("section", { "aria-labelledby": "heading" }, h("h2", { id: "heading" }, "Who speaks about whom"), who.length ? [h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of who speaks about whom" }, table), detail] : h("p", { class: "soft" }, "No quote has a named speaker and mentions an entity."));
}
const day = (iso) => { const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso || ""); const quarter = /^\d{4}-Q(\d)/.exec(iso || ""); return match ? Date.UTC(+match[1], quarter ? quarter[1] * 3 - 3 : (match[2] || 1) - 1, +(match[3] || 1)) : null; };
function figures() {
  const series = new Map();
  A.forEach((article, at) => article.figures.forEach((figure, index) => {
    if (!figure.m || figure.n === null || figure.n === undefined || !sure(figure) || figure.of !== null && figure.of !== undefined) return;
    const when = figure.p && figure.p[0] || article.date;
    if (day(when) === null || state.entity && !(article.entities[figure.mi] && key(article.entities[figure.mi]) === state.entity) && !article.entities.some((entity) => key(entity) === state.entity)) return;
    const name = norm(figure.m) + " (" + (figure.u || "number") + ")";
    if (!series.has(name)) series.set(name, []);
    // A figure that an article repeats counts once.
    if (series.get(name).some((point) => point.at === at && point.when === when && point.y === figure.n)) return;
    series.get(name).push({ at, index, when, x: day(when), y: figure.n, words: article.text.slice(figure.s, figure.e), given: !!(figure.p && figure.p[0]) });
  }));
  const times = (points) => new Set(points.map((point) => point.x)).size;
  const names = [...series].filter(([, points]) => times(points) > 1).sort((a, b) => times(b[1]) - times(a[1]) || b[1].length - a[1].length).slice(0, 500);
  if (!names.length) return h("section", { "aria-labelledby": "heading" }, h("h2", { id: "heading" }, "Figures over time"), h("p", { class: "soft" }, "No measure has figures for two dates."));
  if (!names.some(([name]) => name === state.measure)) state.measure = names[0][0];
  const box = h("div");
  const pick = h("select", { id: "measure", change: (event) => { state.measure = event.target.value; fill(); } }, names.map(([name, points]) => h("option", { value: name, selected: name === state.measure }, name + " · " + points.length)));
  function fill() {
    const points = series.get(state.measure).sort((a, b) => a.x - b.x);
    box.replaceChildren(chart(points), h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of the figures" }, h("table", {}, h("thead", {}, h("tr", {}, ["When", "Figure", "Article"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, points.map((point) => h("tr", {}, h("td", {}, point.when + (point.given ? "" : " (published)")), h("td", { dir: "auto" }, point.words), h("td", { dir: "auto" }, h("button", { class: "link", type: "button", click: () => open(point.at, A[point.at].figures[point.index].s, `[data-f="${point.index}"]`) }, title(A[point.at])))))))));
  }
  fill();
  return h("section", { "aria-labelledby": "heading" }, h("h2", { id: "heading" }, "Figures over time"), h("div", { class: "tools" }, h("label", { for: "measure" }, "Measure"), pick), box);
}
function s(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (typeof value === "function") element.addEventListener(name, value); else element.setAttribute(name, value);
  element.append(...children);
  return element;
}
function chart(points) {
  const [W, H, L, R, T, B] = [900, 320, 90, 30, 20, 45];
  const xs = points.map((point) => point.x), ys = points.map((point) => point.y);
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  let [y0, y1] = [Math.min(...ys), Math.max(...ys)];
  if (y0 > 0 && y0 < y1 * .7) y0 = 0;
  const X = (x) => x1 === x0 ? (L + W - R) / 2 : L + (x - x0) / (x1 - x0) * (W - L - R), Y = (y) => y1 === y0 ? (T + H - B) / 2 : H - B - (y - y0) / (y1 - y0) * (H - T - B);
  const short = (value) => new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 }).format(value), iso = (x) => new Date(x).toISOString().slice(0, 10);
  const image = s("svg", { viewBox: `0 0 ${W} ${H}`, role: "group", "aria-label": state.measure + ": " + points.length + " figures from " + iso(x0) + " to " + iso(x1) });
  image.append(s("line", { class: "axis", x1: L, y1: H - B, x2: W - R, y2: H - B }), s("line", { class: "axis", x1: L, y1: T, x2: L, y2: H - B }));
  for (const y of y1 === y0 ? [y0] : [y0, (y0 + y1) / 2, y1]) image.append(s("text", { x: L - 8, y: Y(y) + 4, "text-anchor": "end" }, short(y)));
  for (const x of x1 === x0 ? [x0] : [x0, x1]) image.append(s("text", { x: X(x), y: H - B + 22, "text-anchor": x === x0 && x1 !== x0 ? "start" : x1 === x0 ? "middle" : "end" }, iso(x)));
  image.append(s("polyline", { class: "path", points: points.map((point) => X(point.x) + "," + Y(point.y)).join(" ") }));
  for (const point of points) {
    const go = () => open(point.at, A[point.at].figures[point.index].s, `[data-f="${point.index}"]`);
    image.append(s("circle", { cx: X(point.x), cy: Y(point.y), r: 6, tabindex: 0, role: "button", "aria-label": point.when + ": " + point.words + ", " + title(A[point.at]), click: go, keydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go(); } } }, s("title", {}, point.when + ": " + point.words)));
  }
  return image;
}
function dates(articles) {
  const found = [];
  for (const article of articles) article.figures.forEach((figure, index) => {
    if (!["date", "period"].includes(figure.k) || !figure.p || day(figure.p[0]) === null || !sure(figure)) return;
    const from = Math.max(0, article.text.lastIndexOf("\n", figure.s) + 1, figure.s - 90), to = Math.min(figure.e + 90, (article.text.indexOf("\n", figure.e) + 1 || article.text.length + 1) - 1);
    found.push({ article, index, s: figure.s, x: day(figure.p[0]), when: figure.p[1] && figure.p[1] !== figure.p[0] ? figure.p[0] + " – " + figure.p[1] : figure.p[0], words: article.text.slice(from, to).trim() });
  });
  return found.sort((a, b) => a.x - b.x || a.s - b.s);
}
function timeline() {
  const wanted = A.filter((article) => !state.entity || article.entities.some((entity) => key(entity) === state.entity));
  const all = dates(wanted), list = h("dl", { class: "time" });
  let to = 0;
  const more = h("button", { class: "tool", type: "button", click: () => fill() }, "Show more");
  function fill() {
    let before = to ? all[to - 1].when : null;
    for (const date of all.slice(to, to + 300)) {
      list.append(h("dt", {}, date.when === before ? h("span", { class: "soft" }, date.when) : date.when), h("dd", { dir: "auto" }, date.words + " ", h("button", { class: "link", type: "button", click: () => open(A.indexOf(date.article), date.s, `[data-f="${date.index}"]`) }, A.length > 1 ? title(date.article) : "in the text")));
      before = date.when;
    }
    to = Math.min(to + 300, all.length);
    more.hidden = to >= all.length;
  }
  fill();
  return h("section", { "aria-labelledby": "heading" }, h("h2", { id: "heading" }, "Timeline"), all.length ? [list, more] : h("p", { class: "soft" }, "No dates found."));
}
function persons() {
  const all = [...people.values()].filter((one) => ["person", "organization"].includes(one.kind) && one.mentions && (!state.entity || one.key === state.entity)).sort((a, b) => b.quotes.length - a.quotes.length || b.mentions - a.mentions);
  const mean = (tones) => tones.length ? tones.reduce((sum, tone) => sum + tone, 0) / tones.length : null;
  const row = (one) => { const tone = mean(one.tone); return h("tr", {}, h("th", { scope: "row" }, chip({ n: one.name, g: one.key }, one.mentions)), h("td", {}, one.kind), h("td", { class: "num" }, String(one.articles.size)), h("td", { class: "num" }, tone === null ? "" : tone.toFixed(2)),
    h("td", { class: "wide" }, one.quotes.length ? h("details", { open: state.entity === one.key }, h("summary", {}, count(one.quotes.length, "quote")), one.quotes.slice(0, 200).map(([at, index]) => h("blockquote", { dir: "auto" }, h("button", { class: "link", type: "button", click: () => open(at, A[at].quotes[index].s, `[data-q="${index}"]`) }, A[at].quotes[index].t), A.length > 1 ? h("div", { class: "soft" }, title(A[at])) : ""))) : "")); };
  return h("section", { "aria-labelledby": "heading" }, h("h2", { id: "heading" }, "People and organisations"), all.length > 300 ? h("p", { class: "soft" }, "The first 300 of " + all.length) : "",
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of people and organisations" }, h("table", {}, h("thead", {}, h("tr", {}, ["Name, mentions", "Kind", "Articles", "Tone", "Said"].map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, all.slice(0, 300).map(row)))));
}
const DRAW = { read, claims, matrix, figures, timeline, people: persons };

// --- details of a figure or name, on hover and on focus ---
function tipFor(element) {
  const article = A[state.article];
  const rows = (pairs) => h("dl", {}, pairs.filter(([, value]) => value).map(([name, value]) => [h("dt", {}, name), h("dd", { dir: "auto" }, value)]));
  if (element.dataset.f !== undefined) {
    const figure = article.figures[element.dataset.f];
    const changed = figure.of !== null && figure.of !== undefined ? article.figures[figure.of] : null;
    return rows([["Value", [figure.q ? figure.q.replace("_", " ") : "", figure.v, figure.u].filter(Boolean).join(" ")], ["Measures", figure.m], ["Period", figure.p && figure.p[0] && !["date", "period"].includes(figure.k) ? [...new Set(figure.p.filter(Boolean))].join(" – ") : ""], ["Change", figure.d], ["Of", changed ? article.text.slice(changed.s, changed.e) : ""], ["Before", figure.b !== null && figure.b !== undefined ? String(figure.b) : ""], ["Sure", figure.c !== undefined ? Math.round(figure.c * 100) + " %" : ""]]);
  }
  const entity = article.entities[element.dataset.e];
  return rows([["Name", entity.n], ["Kind", entity.k], ["Link", entity.l], ["Tone", entity.t]]);
}
let tipped = null;
function hide() { by("tip").hidden = true; if (tipped) tipped.removeAttribute("aria-describedby"); tipped = null; }
function tip(element) {
  const box = by("tip");
  hide();
  box.replaceChildren(tipFor(element));
  box.hidden = false;
  tipped = element;
  if (element.tagName === "BUTTON") element.setAttribute("aria-describedby", "tip");
  const place = element.getBoundingClientRect();
  box.style.left = Math.max(8, Math.min(scrollX + place.left, scrollX + document.documentElement.clientWidth - box.offsetWidth - 8)) + "px";
  box.style.top = scrollY + (place.bottom + box.offsetHeight + 8 > innerHeight ? place.top - box.offsetHeight - 6 : place.bottom + 6) + "px";
}
const marked = (event) => event.target.closest && event.target.closest("#text [data-f], #text [data-e]");
for (const name of ["mouseover", "focusin"]) document.addEventListener(name, (event) => { const element = marked(event); if (element) tip(element); else if (name === "focusin") hide(); });
document.addEventListener("mouseout", (event) => { if (marked(event)) hide(); });
document.addEventListener("click", (event) => { const name = event.target.closest && event.target.closest("#text [data-e]"); if (name && !event.target.closest("button")) choose(key(A[state.article].entities[name.dataset.e])); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

// --- navigation and filters ---
function go(view) { const hash = "#" + view + (view === "read" ? "/" + (state.article + 1) : ""); state.view = view; if (location.hash !== hash) history.pushState(null, "", hash); render(); scrollTo(0, 0); }
function route() {
  const [view, number] = location.hash.slice(1).split("/");
  state.view = DRAW[view] ? view : "read";
  const at = parseInt(number, 10) - 1;
  if (A[at]) state.article = at;
  render();
}
function render() {
  hide();
  for (const link of by("nav").children) if (link.dataset.view === state.view) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  by("main").replaceChildren(A.length ? DRAW[state.view]() : h("p", {}, "There are no articles."));
}
function frame() {
  by("nav").append(...VIEWS.map(([view, name]) => h("a", { href: "#" + view, "data-view": view, click: (event) => { event.preventDefault(); go(view); } }, name)));
  const box = by("filters");
  for (const [layer, name] of LAYERS) box.append(h("label", {}, h("input", { type: "checkbox", id: "layer-" + layer, checked: !!state.layers[layer], change: (event) => { state.layers[layer] = event.target.checked ? 1 : 0; render(); } }), name));
  const slider = (id, name, value, set) => h("label", {}, name, h("input", { type: "range", id, min: 0, max: 1, step: .05, value, input: (event) => { set(+event.target.value); event.target.nextSibling.textContent = (+event.target.value).toFixed(2); render(); } }), h("output", { for: id }, value.toFixed(2)));
  const names = [...people.values()].filter((one) => one.mentions).sort((a, b) => b.mentions - a.mentions).slice(0, 500);
  box.append(slider("confidence", "Minimum confidence", 0, (value) => { state.confidence = value; }), slider("worth", "Minimum worth of claims", .5, (value) => { state.worth = value; }),
    h("label", {}, "Name ", h("select", { id: "entity", change: (event) => choose(event.target.value || null) }, h("option", { value: "" }, "all"), names.map((one) => h("option", { value: one.key }, one.name)))),
    h("button", { class: "tool", type: "button", id: "theme", click: () => { const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches; document.documentElement.dataset.theme = dark ? "light" : "dark"; } }, "Light / dark"));
  addEventListener("hashchange", route);
  addEventListener("popstate", route);
  route();
}
frame();
})();
