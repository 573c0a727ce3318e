// The pages of `copydesk report` and `copydesk serve` in a headless Chromium: what a person does with mouse and keyboard, what a hostile article tries,
// and what axe-core says of it. Run by ./test.sh --all: node --test tests/browser/reader.mjs
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const root = resolve(import.meta.dirname, "../..");
const binary = process.env.COPYDESK ?? join(root, "target/release/copydesk");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const dir = mkdtempSync(join(tmpdir(), "copydesk-reader-"));
let browser;

/** A report of some articles, as the address of a file. */
function report(name, articles) {
  const [input, output] = [join(dir, `${name}.jsonl`), join(dir, `${name}.html`)];
  writeFileSync(input, articles.map((article) => JSON.stringify(article) + "\n").join(""));
  execFileSync(binary, ["report", input, "-o", output, "--quiet", "--force"], { stdio: ["ignore", "inherit", "inherit"] });
  return `file://${output}`;
}

/** Opens a page and fails the test for any script error or anything that the policy stopped, unless it is expected. */
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") page.problems.push(message.text()); });
  page.on("dialog", (dialog) => { page.problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith("file:") && !request.url().startsWith("blob:")) page.problems.push(`request: ${request.url()}`); });
  await page.goto(address);
  await page.waitForSelector("#main section");
  return page;
}

const TEXT = "Exports of Norland rose 12% to $4 billion in July 2022, the Trade Ministry said. \"We are proud of Norland,\" Trade Minister Ada Lind told reporters in Brevik on Monday.\n\n" +
  "Lars Moreno called Ada Lind a liar and a fraud. Moreno claimed that exports of Norland had fallen to $3 billion in July 2022. Unemployment in Norland stood at 6.3% in June. Unemployment in Norland stood at 5.9% in July.";
const NEWS = [
  { id: "one", title: "Exports rise", date: "2022-08-30", text: TEXT },
  { id: "two", title: "A second article", date: "2022-09-12", text: "Unemployment in Norland stood at 6.1% in August, Ada Lind said on Monday. Ada Lind praised Norland." },
];
const VIEWS = ["read/1", "claims", "matrix", "figures", "timeline", "people"];

before(async () => {
  const path = process.env.CHROMIUM ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath: path, args: process.getuid() === 0 ? ["--no-sandbox"] : [] });
});
after(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true, force: true });
});

test("a layer of another stage is marked, listed, found from its list, and hidden", async () => {
  const lines = join(dir, "own.jsonl");
  const line = JSON.stringify({ id: "one", text: TEXT, offset_unit: "chars", layers: { alerts: [
    { start: 0, end: 7, value: { keyword: "exports", note: "<b>now</b>" } }, { start: 0, end: TEXT.length, value: "all of it" }] } });
  writeFileSync(lines, line + "\n");
  const output = join(dir, "own.html");
  execFileSync(binary, ["report", lines, "-o", output, "--quiet", "--force"]);
  const page = await open(`file://${output}`);
  const mark = page.locator("#text .own");
  assert.equal(await mark.count(), 1);
  assert.equal(await mark.first().getAttribute("title"), "alerts: keyword: exports, note: <b>now</b>");
  const listed = page.locator("aside section", { hasText: "alerts" }).locator("li");
  assert.equal(await listed.count(), 2);
  await listed.first().locator("button").click();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Exports");
  await page.locator("#layer-own\\:alerts").uncheck();
  assert.equal(await page.locator("#text .own").count(), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("a figure tells its value, measure and period on hover and by keyboard", async () => {
  const page = await open(report("figures", NEWS));
  const tip = page.locator("#tip");
  const figure = page.locator("#text button.f", { hasText: "$4 billion" });
  await figure.hover();
  for (const part of ["4000000000", "US dollar", "Exports of Norland", "2022-07"]) assert.match(await tip.innerText(), new RegExp(part));
  await page.mouse.move(5, 5);
  assert.equal(await tip.isVisible(), false);
  await page.locator("#text button.f").first().focus();
  assert.match(await tip.innerText(), /12/);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-describedby")), "tip");
  await page.keyboard.press("Tab");
  assert.match(await tip.innerText(), /4000000000/);
  await page.keyboard.press("Escape");
  assert.equal(await tip.isVisible(), false);
  assert.match(await page.locator(".margin").first().innerText(), /Ada Lind/);
  assert.deepEqual(page.problems, []);
});

test("layers, confidence and names filter", async () => {
  const page = await open(report("filters", NEWS));
  const marks = (selector) => page.locator(`#text ${selector}`).count();
  assert.ok(await marks("button.f") > 4 && await marks(".e") > 3 && await marks(".q") > 1 && await marks(".c") > 1);
  await page.uncheck("#layer-figures");
  assert.equal(await marks(".f"), 0);
  await page.uncheck("#layer-quotes");
  assert.equal(await marks(".q"), 0);
  await page.check("#layer-tone");
  assert.ok(await marks(".mark") > 0);
  await page.check("#layer-figures");
  await page.locator("#confidence").fill("1");
  assert.equal(await marks(".e"), 0);
  await page.locator("#confidence").fill("0");
  await page.selectOption("#entity", { label: "Ada Lind" });
  assert.ok(await marks(".e.sel") > 0);
  await page.getByRole("link", { name: "Claims" }).click();
  assert.ok((await page.locator("#claim-table tbody tr").allInnerTexts()).every((row) => row.includes("Lind")));
  assert.deepEqual(page.problems, []);
});

test("the table of claims sorts, searches and copies", async () => {
  const page = await open(report("claims", NEWS) + "#claims");
  const rows = page.locator("#claim-table tbody tr");
  const column = async (place) => rows.evaluateAll((all, at) => all.map((row) => row.cells[at].textContent), place);
  const worth = await column(0);
  assert.ok(worth.length > 3);
  assert.deepEqual(worth, worth.toSorted((a, b) => b - a));
  await page.getByRole("button", { name: "Worth" }).click();
  assert.deepEqual(await column(0), worth.toSorted((a, b) => a - b));
  assert.equal(await page.locator("#claim-table th").first().getAttribute("aria-sort"), "ascending");
  await page.getByRole("searchbox").fill("moreno");
  const found = await rows.allInnerTexts();
  assert.ok(found.length > 0 && found.every((row) => /moreno/i.test(row)), found.join("\n"));
  assert.match(found.join(), /distance/);
  await page.getByRole("button", { name: "Copy as CSV" }).click();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(csv, /^Worth,Speaker,How,About,Measure,Figure/);
  assert.equal(csv.trim().split("\r\n").length, found.length + 1);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as CSV" }).click()]);
  assert.equal(readFileSync(await download.path(), "utf8"), csv);
  await rows.first().getByRole("button").click();
  assert.match(page.url(), /#read\/1$/);
  assert.deepEqual(page.problems, []);
});

test("matrix, figures over time, timeline and people lead to the text", async () => {
  const page = await open(report("views", NEWS) + "#matrix");
  await page.locator(".matrix button").first().click();
  assert.match(await page.locator("#said").innerText(), / about /);
  await page.getByRole("link", { name: "Figures over time" }).click();
  assert.ok(await page.locator("svg circle").count() > 1);
  await page.locator("svg circle").first().focus();
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#read\//);
  await page.goBack();
  await page.getByRole("link", { name: "Timeline" }).click();
  assert.match(await page.locator(".time").innerText(), /2022-07/);
  await page.getByRole("link", { name: "People and organisations" }).click();
  assert.match(await page.locator("table").innerText(), /Ada Lind/);
  assert.deepEqual(page.problems, []);
});

test("an article is found by its words, and a link leads to it", async () => {
  const address = report("find", NEWS);
  const page = await open(address + "#read/2");
  assert.equal(await page.locator("#heading").innerText(), "A second article");
  await page.locator("#find").fill("liar");
  assert.deepEqual(await page.locator(".list li").allInnerTexts(), ["Exports rise\n2022-08-30"]);
  await page.locator(".list li button").click();
  assert.equal(await page.locator("#heading").innerText(), "Exports rise");
  assert.deepEqual(page.problems, []);
});

test("nothing in an article executes, loads or breaks the page", async () => {
  const attack = "</script><script>window.hacked = 1; alert(1)</script><img src=x onerror=\"window.hacked = 2\"><svg onload=alert(3)>" +
    "<!-- <style>body{display:none}</style> javascript:alert(4) {{7*7}} ${alert(5)} \u2028 \u202E";
  const many = Array.from({ length: 5000 }, (_, at) => `Norland${at} Bank said that Brevik${at} paid $${at + 5} million to Ada Lind${at} on Monday.`).join(" ");
  const hostile = `${attack} "${attack} is 12% more," Ada Lind said. ${many}`;
  const page = await open(report("hostile", [{ id: attack, title: attack, date: "2022-08-30", outlet: attack, text: hostile }, NEWS[0]]));
  assert.ok((await page.locator("#text").innerText()).includes("<script>window.hacked = 1"));
  for (const view of VIEWS) {
    await page.evaluate((hash) => { location.hash = hash; }, `#${view}`);
    await page.waitForSelector("#main section h2, #main section #heading");
    assert.equal(await page.locator("#main img, #main script, #main style, #main iframe, #main [onerror], #main [onload], #main a[href^=javascript]").count(), 0, view);
  }
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(page.problems, []);
  // The policy stops what the page's own script does not contain.
  await page.evaluate(() => { const script = document.createElement("script"); script.textContent = "window.hacked = 6"; document.body.append(script); });
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.match(page.problems.join(), /Content Security Policy/);
});

test("text from right to left, and beyond the basic plane, is marked where it stands", async () => {
  const page = await open(report("scripts", [{ id: "r", date: "2022-08-30", text: "قال 😀 😀 Ada Lind that exports rose 12% in July. مرحبا بالعالم\n\nAda Lind met 😀 Olaf Berg on Monday." }]));
  const marked = await page.locator("#text button.f").allInnerTexts();
  assert.ok(marked.includes("12%") && marked.includes("Monday"), marked.join(" | "));
  assert.equal(await page.locator("#text p").first().getAttribute("dir"), "auto");
  assert.deepEqual(page.problems, []);
});

for (const [name, options] of [["light", { colorScheme: "light" }], ["dark", { colorScheme: "dark" }], ["380 px", { viewport: { width: 380, height: 800 } }]]) {
  test(`axe-core has nothing to say, and nothing is cut off: ${name}`, async () => {
    const page = await open(report("axe", NEWS), { ...options, bypassCSP: true });
    await page.check("#layer-tone");
    for (const view of VIEWS) {
      await page.evaluate((hash) => { location.hash = hash; }, `#${view}`);
      await page.waitForTimeout(100);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      assert.deepEqual(violations.map(({ id, nodes }) => `${view}: ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" ; ")}`), []);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${view} is ${over} px too wide`);
    }
  });
}

/** Serves some articles while something is done. */
async function served(name, articles, act) {
  const [input, file] = [join(dir, `${name}.jsonl`), join(dir, `${name}.sqlite`)];
  writeFileSync(input, articles.map((article) => JSON.stringify(article) + "\n").join(""));
  execFileSync(binary, ["run", input, "-o", file, "--quiet", "--force"], { stdio: ["ignore", "inherit", "inherit"] });
  const server = spawn(binary, ["serve", file, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  try {
    const address = await new Promise((resolve, reject) => {
      server.stderr.on("data", (data) => { const found = /http:\/\/[\d.:]+\//.exec(data); if (found) resolve(found[0]); });
      server.on("exit", () => reject(new Error("the server ended")));
    });
    const context = await browser.newContext({ bypassCSP: false });
    const page = await context.newPage();
    page.problems = [];
    page.on("pageerror", (error) => page.problems.push(error.message));
    page.on("console", (message) => { if (message.type() === "error") page.problems.push(message.text()); });
    page.on("dialog", (dialog) => { page.problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    await page.goto(address);
    await page.waitForFunction(() => /result/.test(document.getElementById("status").textContent));
    await act(page, address);
  } finally {
    server.kill();
  }
}

test("the local server searches, narrows, exports, and reads what is pasted", async () => {
  const attack = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";
  await served("serve", [...NEWS, { id: "three", title: attack, date: "2022-10-01", text: `Ada Lind said that ${attack} fell 4% in September 2022.` }], async (page) => {
    assert.equal(await page.locator("#status").innerText(), "3 results");
    assert.equal(await page.locator("#results img, #results script").count(), 0);
    await page.locator("#q").fill("liar fraud");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.getElementById("status").textContent === "1 result");
    assert.match(page.url(), /q=liar\+fraud/);
    await page.goBack();
    await page.waitForFunction(() => document.getElementById("status").textContent === "3 results");
    await page.selectOption("#in", "quotes");
    await page.waitForFunction(() => document.querySelector("#facets h2")?.textContent === "Speaker");
    await page.getByRole("button", { name: "Ada Lind" }).click();
    await page.waitForSelector("#facets .chip");
    assert.ok((await page.locator("#results b").allInnerTexts()).every((name) => name === "Ada Lind"));
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
    const rows = readFileSync(await download.path(), "utf8").trim().split("\r\n");
    assert.ok(rows[0].startsWith("doc,quote") && rows.length > 1);
    await page.getByRole("link", { name: "As a page" }).click();
    await page.waitForSelector("#main section");
    await page.goBack();
    await page.locator("#article").fill("Olaf Berg said that prices rose 7% in May 2022.");
    await page.getByRole("button", { name: "Analyse" }).click();
    await page.waitForSelector("#text button.f");
    assert.match(await page.locator("#text").innerText(), /Olaf Berg/);
    assert.deepEqual(page.problems, []);
  });
});

test("axe-core has nothing to say of the search page", async () => {
  await served("axe-serve", NEWS, async (_, address) => {
    for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 380, height: 800 } }]) {
      const context = await browser.newContext({ ...options, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(address + "?in=claims");
      await page.waitForFunction(() => /result/.test(document.getElementById("status").textContent));
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" ; ")}`), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    }
  });
});
