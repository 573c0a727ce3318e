"use strict";
// The search page of the local server. The server's answers are inserted as text nodes.
(() => {
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
const FACETS = [["speaker", "Speaker"], ["outlet", "Outlet"], ["month", "Month"], ["tone", "Tone"], ["measure", "Measure"]];
const parameters = () => new URLSearchParams(location.search);
function go(change) {
  const next = parameters();
  for (const [name, value] of Object.entries(change)) if (value) next.set(name, value); else next.delete(name);
  if (!("offset" in change)) next.delete("offset");
  history.pushState(null, "", next.size ? "?" + next : location.pathname);
  load();
}
let asked = 0;
async function load() {
  const now = parameters(), number = ++asked;
  by("q").value = now.get("q") || "";
  by("in").value = now.get("in") || "documents";
  by("status").textContent = "Searching…";
  const answer = await fetch("search?" + now);
  const found = await answer.json();
  if (number !== asked) return;
  if (!answer.ok) { by("status").textContent = found.error; by("results").replaceChildren(); by("facets").replaceChildren(); return; }
  by("status").textContent = found.total + (found.more ? " and more" : "") + (found.total === 1 ? " result" : " results");
  const filters = FACETS.filter(([name]) => now.get(name));
  by("facets").replaceChildren(filters.length ? h("p", {}, filters.map(([name, label]) => h("button", { type: "button", class: "chip", "aria-pressed": "true", click: () => go({ [name]: "" }) }, label + ": " + now.get(name) + " ✕"))) : "",
    ...FACETS.filter(([name]) => found.facets[name] && found.facets[name].length).map(([name, label]) => h("section", {}, h("h2", {}, label), h("ul", { class: "plain" }, found.facets[name].map((one) => h("li", {}, h("button", { type: "button", class: "link", dir: "auto", click: () => go({ [name]: String(one.value) }) }, String(one.value)), " ", h("span", { class: "soft" }, String(one.count))))))));
  const kind = now.get("in") || "documents";
  const link = (item) => "read?doc=" + encodeURIComponent(item.doc);
  const about = (item) => h("p", { class: "soft", dir: "auto" }, [item.date, kind === "documents" ? item.tone : "", item.stance && item.stance !== "neutral" ? item.stance : "", item.worth !== undefined ? "worth " + Number(item.worth).toFixed(2) : ""].filter(Boolean).join(" · "));
  const items = found.items.map((item) => h("li", {}, kind === "documents"
    ? [h("a", { href: link(item), dir: "auto" }, item.title || item.doc), about(item), h("p", { dir: "auto" }, item.text + "…")]
    : [h("p", { dir: "auto" }, h("b", {}, item.speaker === "narrator" ? "the article" : item.speaker || "unnamed"), ": " + (kind === "claims" ? [item.measure, item.figures, item.change_text, item.period_from].filter(Boolean).join(" · ") : "")), h("blockquote", { dir: "auto" }, item.text), about(item), h("a", { href: link(item), dir: "auto" }, item.title || item.doc)]));
  const offset = Number(now.get("offset") || 0), next = offset + found.items.length;
  by("results").replaceChildren(h("ol", { class: "plain hits", start: offset + 1 }, items),
    h("p", { class: "tools" }, offset > 0 ? h("button", { type: "button", class: "tool", click: () => go({ offset: String(Math.max(0, offset - 20)) }) }, "Before") : "", found.items.length && next < found.total ? h("button", { type: "button", class: "tool", click: () => go({ offset: String(next) }) }, "Next") : ""));
  const rest = new URLSearchParams(now); rest.delete("offset");
  by("csv").href = "export?format=csv&" + rest;
  by("json").href = "export?format=json&" + rest;
  by("page").href = "report?" + rest;
}
by("form").addEventListener("submit", (event) => { event.preventDefault(); go({ q: by("q").value, in: by("in").value === "documents" ? "" : by("in").value }); });
by("in").addEventListener("change", () => go({ in: by("in").value === "documents" ? "" : by("in").value }));
async function analyse(text) {
  if (!text.trim()) return;
  by("status").textContent = "Reading…";
  const answer = await fetch("analyse", { method: "POST", body: text, headers: { "Content-Type": "text/plain;charset=utf-8" } });
  if (answer.ok) location.href = (await answer.json()).page;
  else by("status").textContent = (await answer.json()).error;
}
if (by("paste")) {
  by("paste").addEventListener("submit", (event) => { event.preventDefault(); analyse(by("article").value); });
  by("article").addEventListener("dragover", (event) => event.preventDefault());
  by("article").addEventListener("drop", async (event) => { const file = event.dataTransfer.files[0]; if (file) { event.preventDefault(); by("article").value = await file.text(); } });
}
addEventListener("popstate", load);
load();
})();
