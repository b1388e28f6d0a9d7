/* Somebody solves a Schwedenrätsel and a crossword: with the keyboard alone, without scripts, on a narrow phone, and by ear. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { browser, paper } from "./paper.js";

/** @typedef {import("playwright-core").Page} Page */

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;
/** A day that is over: its solution may be read on its sheet. */
const DAY = "/games/arrows/2026-11-19";

before(async () => {
  [news, chromium] = await Promise.all([paper(), browser()]);
});
after(async () => {
  await chromium?.close();
  await news?.stop();
});

/** @param {import("playwright-core").BrowserContextOptions} how @param {string} path */
async function open(how, path) {
  const page = await (await chromium.newContext(how)).newPage();
  await page.goto(news.address + path);
  return page;
}

/** @param {Page} page */
const ready = (page) => page.locator("letters-game [data-do=turn]:visible").waitFor();

/** The solution by the names of the fields, read where everybody may read it. @param {string} path */
async function solution(path) {
  const page = await open({}, `${path}/sheet`);
  const letters = await page.locator("table.on-paper").last().evaluate((table) =>
    Array.from(/** @type {HTMLTableElement} */ (table).rows, (row, r) => Array.from(row.cells, (cell, c) => [
      `c${r + 1}-${c + 1}`, cell.matches(".asks, .block, .void") ? "" : cell.lastChild?.textContent ?? "",
    ])).flat());
  await page.context().close();
  return Object.fromEntries(letters.filter(([, letter]) => letter));
}

/** @param {Page} page */
async function axe(page) {
  await page.evaluate(await readFile(join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"), "utf8"));
  // @ts-expect-error axe is a global of the page
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map((/** @type {{ id: string, nodes: { html: string }[] }} */ one) => `${one.id}: ${one.nodes[0]?.html}`);
}

/** @param {Page} page */
async function fits(page) {
  const [wide, narrow] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok((wide ?? 0) <= (narrow ?? 0), `${wide} pixels of page in ${narrow}`);
}

/** What a screen reader finds in the one grid of the page: row by row, each cell's name and whether one can type there. @param {Page} page */
async function heard(page) {
  const wire = await page.context().newCDPSession(page);
  const { nodes } = await wire.send("Accessibility.getFullAXTree");
  /** @typedef {typeof nodes[number]} Node */
  const below = (/** @type {Node} */ node) =>
    (node.childIds ?? []).map((id) => nodes.find((other) => other.nodeId === id)).filter((other) => other !== undefined);
  const find = (/** @type {Node} */ node, /** @type {string} */ role) => {
    /** @type {Node[]} */ const found = [];
    for (const child of below(node)) found.push(...(child.role?.value === role && !child.ignored ? [child] : find(child, role)));
    return found;
  };
  const grids = nodes.filter((node) => node.role?.value === "grid");
  assert.equal(grids.length, 1);
  return find(/** @type {Node} */ (grids[0]), "row").map((row) => find(row, "gridcell").map((cell) => {
    const box = find(cell, "textbox")[0];
    return { box: Boolean(box), name: String(box?.name?.value ?? cell.name?.value ?? "") };
  }));
}

/** Fills in word after word: letters, and Tab to the next open word. @param {Page} page @param {Record<string, string>} letters */
async function solveByKeys(page, letters) {
  for (let key = 0; key < 1200; key += 1) {
    const here = await page.evaluate(() => ({
      id: document.activeElement?.id ?? "",
      open: Array.from(document.querySelectorAll(/** @type {"input"} */ (".near input")), (field) => field.value).includes(""),
    }));
    assert.ok(letters[here.id], `${here.id} is a field of the grid`);
    const letter = letters[here.id] ?? "";
    // A letter that is on no key of the test's keyboard comes as from a phone's.
    if (here.open && !/^[A-Z]$/.test(letter)) await page.keyboard.insertText(letter);
    else await page.keyboard.press(here.open ? letter : "Tab");
    if (await page.evaluate(() => Array.from(document.querySelectorAll(/** @type {"input"} */ (".letters input")), (field) => field.value).every(Boolean))) return;
  }
  assert.fail("not solved");
}

/**
 * A cell of one word only, the next cell of that word, with another letter further right in the row. Each paper has grids of its own.
 * @param {import("playwright-core").Page} page
 */
async function inOneWord(page) {
  const found = await page.evaluate(() => {
    const cells = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(".letters input")]);
    const place = (/** @type {Element} */ cell) => cell.id.slice(1).split("-").map(Number);
    for (const cell of cells) {
      const [row, column] = place(cell);
      const { across, down } = cell.dataset;
      const next = document.getElementById(down ? `c${row + 1}-${column}` : `c${row}-${column + 1}`);
      const sameWord = next && (down ? next.dataset.down === down : next.dataset.across === across);
      const further = cells.some((other) => place(other)[0] === row && place(other)[1] > column);
      if (Boolean(across) !== Boolean(down) && sameWord && further) return { cell: `#${cell.id}`, next: `#${next.id}` };
    }
    return undefined;
  });
  assert.ok(found, "a cell in one word only");
  return found;
}

describe("the Schwedenrätsel", () => {
  it("is solved by keyboard alone", async () => {
    const letters = await solution(DAY);
    const page = await open({ viewport: { width: 1280, height: 1000 } }, DAY);
    await ready(page);
    await page.locator(".game-head .kicker a").focus();
    await page.keyboard.press("Tab");
    await solveByKeys(page, letters);
    await page.getByText("Gelöst").waitFor();
    assert.equal(await page.evaluate(() => localStorage.length), 0, "nothing is kept unasked");
    await page.context().close();
  });

  it("moves over clue cells, turns, spells umlauts out, takes back and lets go", async () => {
    const page = await open({ viewport: { width: 1280, height: 1000 } }, DAY);
    await ready(page);
    const at = () => page.evaluate(() => document.activeElement?.id ?? "");
    const { cell, next } = await inOneWord(page);
    await page.locator(cell).click();
    await page.keyboard.press("ArrowRight");
    assert.ok((await at()).startsWith(cell.slice(1, cell.indexOf("-"))), "the next letter of the row, whatever lies between");
    assert.notEqual(`#${await at()}`, cell);
    await page.locator(cell).click();
    await page.keyboard.type("ä");
    assert.equal(await page.locator(cell).inputValue() + await page.locator(next).inputValue(), "AE");
    await page.locator(next).focus();
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    assert.equal(await page.locator(cell).inputValue(), "");
    const crossed = page.locator(".letters input[data-across][data-down]").first();
    await crossed.focus();
    const now = () => page.locator(".clue-now b").innerText();
    const first = await now();
    await page.keyboard.press(" ");
    assert.notEqual(await now(), first, "the other word of the cell is current");
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Prüfen", "there is a way out");
    await page.context().close();
  });

  it("is played with one finger and the device's own keyboard", async () => {
    const page = await open({ viewport: { width: 390, height: 800 }, hasTouch: true }, DAY);
    await ready(page);
    const { cell, next } = await inOneWord(page);
    await page.locator(cell).tap();
    await page.keyboard.insertText("q");
    assert.equal(await page.locator(cell).inputValue(), "Q");
    assert.equal(await page.evaluate(() => `#${document.activeElement?.id}`), next);
    await page.locator(".clues a").nth(3).tap();
    assert.equal(await page.locator(".clues [aria-current=true] a").innerText(), await page.locator(".clues a").nth(3).innerText());
    const target = await page.locator(cell).boundingBox();
    assert.ok((target?.width ?? 0) >= 24 && (target?.height ?? 0) >= 24, JSON.stringify(target));
    await page.getByRole("button", { name: "Buchstaben verraten" }).tap();
    await page.getByText("Verraten:").waitFor();
    assert.equal(await page.locator(".letters [data-told]").count(), 1);
    await page.context().close();
  });

  it("is solved without scripts at 320 pixels, and what is wrong is said", async () => {
    const letters = await solution(DAY);
    const page = await open({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } }, DAY);
    await fits(page);
    const [first, ...others] = Object.keys(letters);
    for (const name of others) await page.locator(`#${name}`).fill(letters[name] ?? "");
    const field = page.locator(`#${first}`);
    await field.fill("Y");
    await page.getByRole("button", { name: "Prüfen" }).click();
    await page.getByText("Ein Buchstabe stimmt nicht").waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.match(await field.getAttribute("aria-label") ?? "", /: Y, falsch\./);
    await page.getByRole("button", { name: "Buchstaben verraten" }).click();
    await page.getByText("Verraten:").waitFor();
    assert.equal(await field.inputValue(), letters[first ?? ""]);
    await page.getByRole("button", { name: "Prüfen" }).click();
    await page.getByText("Gelöst").waitFor();
    await fits(page);
    await page.context().close();
  });

  it("says row, column, state and clue of every cell, row by row", async () => {
    const page = await open({ viewport: { width: 320, height: 640 } }, "/games/arrows");
    await ready(page);
    const rows = await heard(page);
    assert.equal(rows.length, 15);
    let clues = 0;
    rows.forEach((cells, r) => {
      assert.equal(cells.length, 13, `row ${r + 1}`);
      cells.forEach(({ box, name }, c) => {
        if (box) assert.match(name, new RegExp(`^Zeile ${r + 1}, Spalte ${c + 1}: leer\\.( (waagrecht|senkrecht) \\d+: .+, Buchstabe \\d+ von \\d+\\.){1,2}$`));
        else assert.match(name, /^(\d+ .+, (waagrecht|senkrecht) ?){1,2}$/, `the clue cell in row ${r + 1}, column ${c + 1}`);
        if (!box) clues += 1;
      });
    });
    assert.ok(clues >= 39 && clues <= 58, `${clues} clue cells`);
    assert.deepEqual(await axe(page), []);
    await page.context().close();
  });

  it("loads at most 15 kB of script, compressed", async () => {
    const context = await chromium.newContext();
    const page = await context.newPage();
    /** @type {Promise<Buffer>[]} */ const scripts = [];
    page.on("response", (answer) => void (answer.url().endsWith(".js") && scripts.push(answer.body())));
    await page.goto(`${news.address}/games/arrows`, { waitUntil: "networkidle" });
    const all = await Promise.all(scripts);
    const bytes = all.reduce((sum, script) => sum + Math.min(gzipSync(script).length, brotliCompressSync(script).length), 0);
    assert.ok(all.length >= 3 && bytes <= 15_000, `${bytes} bytes in ${all.length} scripts`);
    console.log(`the page of the Schwedenrätsel loads ${bytes} bytes of script in ${all.length} files`);
    await context.close();
  });
});

describe("the crossword", () => {
  const letters = { "c1-1": "E", "c1-2": "I", "c1-3": "S", "c2-1": "R", "c2-2": "N", "c2-3": "O", "c3-2": "N", "c3-3": "Ö" };
  const file = {
    version: "http://ipuz.org/v2", kind: ["http://ipuz.org/crossword#1"], title: "Klein und fein", author: "Mira Ebner",
    dimensions: { width: 3, height: 3 },
    puzzle: [[1, 2, 3], [4, 0, 0], ["#", 5, { cell: 0, style: { shapebg: "circle" } }]],
    solution: [["E", "I", "S"], ["R", "N", "O"], ["#", "N", "Ö"]],
    clues: { Across: [[1, "gefroren"], [4, "Zeichen"], [5, "Laut"]], Down: [[1, "Fürwort"], [2, "Fluss in Tirol"], [3, "Ausruf"]] },
  };

  it("is brought in at the desk, solved by keyboard alone, checked without scripts, and taken out again", async () => {
    const context = await chromium.newContext({ viewport: { width: 1280, height: 900 } });
    const desk = await context.newPage();
    await desk.goto(await news.link("redakteur"));
    await desk.getByRole("button").first().click();
    await desk.goto(`${news.address}/desk/games/letters`);
    await desk.locator("#day").fill("2026-11-20");
    const broken = { ...file, solution: [["E", "I", "S"], ["R", "N"], ["#", "N", "Ö"]] };
    await desk.locator("input[type=file]").first().setInputFiles({ name: "a.ipuz", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(broken)) });
    await desk.getByRole("button", { name: "Übernehmen" }).click();
    await desk.getByText("/solution/1").waitFor();
    assert.deepEqual(await axe(desk), []);
    await desk.locator("#crossword").fill(JSON.stringify(file));
    await desk.getByRole("button", { name: "Übernehmen" }).click();
    await desk.getByText("ist übernommen").waitFor();
    const waiting = desk.waitForEvent("download");
    await desk.getByRole("link", { name: "ipuz-Datei" }).click();
    const out = JSON.parse(await readFile(await (await waiting).path(), "utf8"));
    assert.deepEqual(out.solution, file.solution);
    await context.close();

    const page = await open({ viewport: { width: 320, height: 640 } }, "/games/crossword");
    await ready(page);
    await fits(page);
    assert.deepEqual(await axe(page), []);
    const [first, , last] = await heard(page);
    assert.equal(first?.[2]?.name, "Zeile 1, Spalte 3: leer. waagrecht 1: gefroren, Buchstabe 3 von 3. senkrecht 3: Ausruf, Buchstabe 1 von 3.");
    assert.deepEqual(last?.map(({ box, name }) => (box ? name.replace(/\..*/, "") : name)), ["schwarzes Feld", "Zeile 3, Spalte 2: leer", "Zeile 3, Spalte 3: leer, im Kreis"]);
    await page.locator(".letters input").first().focus();
    await solveByKeys(page, letters);
    await page.getByText("Gelöst").waitFor();
    const plain = await open({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } }, "/games/crossword");
    await fits(plain);
    await plain.locator("#c3-3").fill("ö");
    await plain.getByRole("button", { name: "Prüfen" }).click();
    await plain.getByText("Bis hierher stimmt alles").waitFor();
    assert.match(await plain.locator("#c3-3").getAttribute("aria-label") ?? "", /Ö, im Kreis/);
    for (const [name, letter] of Object.entries(letters)) await plain.locator(`#${name}`).fill(letter);
    await plain.getByRole("button", { name: "Prüfen" }).click();
    await plain.getByText("Gelöst").waitFor();
    await fits(plain);
    await Promise.all([page, plain].map((one) => one.context().close()));
  });
});
