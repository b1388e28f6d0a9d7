/* Somebody plays: with the keyboard alone, without scripts, on a narrow phone, and by ear. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { browser, paper } from "./paper.js";

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;

before(async () => {
  [news, chromium] = await Promise.all([paper(), browser()]);
});
after(async () => {
  await chromium?.close();
  await news?.stop();
});

/** Solves a sudoku by trying, as nobody should. @param {string[]} cells @returns {string[] | undefined} */
function solved(cells) {
  const at = cells.indexOf("");
  if (at < 0) return cells;
  const box = (/** @type {number} */ n) => Math.floor(n / 27) * 3 + Math.floor((n % 9) / 3);
  for (const digit of "123456789") {
    const clash = cells.some((other, n) => other === digit
      && (n % 9 === at % 9 || Math.floor(n / 9) === Math.floor(at / 9) || box(n) === box(at)));
    const found = clash ? undefined : solved(cells.with(at, digit));
    if (found) return found;
  }
  return undefined;
}

const fields = (/** @type {import("playwright-core").Page} */ page) => page.locator(".sudoku input");
const values = (/** @type {import("playwright-core").Page} */ page) =>
  fields(page).evaluateAll((all) => all.map((field) => /** @type {HTMLInputElement} */ (field).value));

/** @param {import("playwright-core").BrowserContextOptions} how @param {string} path */
async function open(how, path) {
  const page = await (await chromium.newContext(how)).newPage();
  await page.goto(news.address + path);
  return page;
}

/** @param {import("playwright-core").Page} page */
async function axe(page) {
  await page.evaluate(await readFile(join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"), "utf8"));
  // @ts-expect-error axe is a global of the page
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map((/** @type {{ id: string, nodes: { html: string }[] }} */ one) => `${one.id}: ${one.nodes[0]?.html}`);
}

/** @param {import("playwright-core").Page} page */
async function fits(page) {
  const [wide, narrow] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok((wide ?? 0) <= (narrow ?? 0), `${wide} pixels of page in ${narrow}`);
}

describe("the sudoku", () => {
  it("is solved by keyboard alone", async () => {
    const page = await open({ viewport: { width: 1280, height: 900 } }, "/games/sudoku/easy");
    await page.locator("sudoku-game [data-do=undo]:visible").waitFor();
    const given = await values(page);
    const solution = solved(given) ?? [];
    // One way in with Tab, then the arrows.
    await page.locator(".game-levels a").last().focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+Home");
    for (let cell = 0; cell < 81; cell += 1) {
      if (cell && cell % 9 === 0) await page.keyboard.press("ArrowDown");
      if (cell % 9 === 0) await page.keyboard.press("Home");
      else await page.keyboard.press("ArrowRight");
      if (!given[cell]) await page.keyboard.press(solution[cell] ?? "");
    }
    await page.getByText("Gelöst").waitFor();
    assert.deepEqual(await values(page), solution);
    await page.context().close();
  });

  it("takes notes, takes back, says conflicts in words and stops the clock", async () => {
    const page = await open({ viewport: { width: 1280, height: 900 } }, "/games/sudoku/medium");
    await page.locator("sudoku-game [data-do=undo]:visible").waitFor();
    const given = await values(page);
    const [row, empty] = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => [n, given.findIndex((value, at) => !value && Math.floor(at / 9) === n)])
      .find(([n, at]) => at >= 0 && given.slice(n * 9, n * 9 + 9).some(Boolean)) ?? [0, 0];
    const there = given.slice(row * 9, row * 9 + 9).find(Boolean) ?? "";
    const field = fields(page).nth(empty);
    await field.focus();
    for (const key of ["n", "2", "7"]) await page.keyboard.press(key);
    assert.match((await field.getAttribute("aria-label")) ?? "", /Notizen 2, 7/);
    await page.keyboard.press("n");
    await page.keyboard.press(there);
    assert.match((await field.getAttribute("aria-label")) ?? "", /steht doppelt/);
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    const line = await field.evaluate((one) => getComputedStyle(one).textDecorationStyle);
    assert.equal(line, "wavy", "not by colour alone");
    await page.keyboard.press("u");
    assert.match((await field.getAttribute("aria-label")) ?? "", /Notizen 2, 7/);
    await page.getByRole("button", { name: "Anhalten" }).click();
    assert.equal(await page.locator(".sudoku").isVisible(), false, "nobody thinks while the clock stands");
    await page.locator(".veil button").click();
    await page.getByRole("button", { name: "Hinweis" }).click();
    await page.locator(".hint-steps li").first().waitFor();
    assert.match(await page.locator(".hint-steps").innerText(), /Einer|Paar|Block|Linie/, "a hint names its technique");
    assert.equal(await page.evaluate(() => localStorage.length), 0, "nothing is kept unasked");
    await page.context().close();
  });

  it("is kept on this device only if the reader wishes", async () => {
    const page = await open({}, "/games/sudoku/hard");
    await page.getByRole("button", { name: "Auf diesem Gerät merken" }).click();
    const empty = (await values(page)).indexOf("");
    await fields(page).nth(empty).focus();
    await page.keyboard.press("5");
    await page.reload();
    await page.waitForFunction((at) => /** @type {HTMLInputElement} */ (document.querySelectorAll(".sudoku input")[at]).value === "5", empty);
    await page.getByRole("button", { name: "Auf diesem Gerät merken" }).click();
    assert.equal(await page.evaluate(() => localStorage.length), 0, "what was kept goes with the wish");
    await page.context().close();
  });

  it("is solved without scripts at 320 pixels, and what is wrong is said", async () => {
    const page = await open({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } }, "/games/sudoku/medium");
    await fits(page);
    const given = await values(page);
    const solution = solved(given) ?? [];
    const empty = given.flatMap((value, at) => (value ? [] : [at]));
    for (const at of empty.slice(1)) await fields(page).nth(at).fill(solution[at] ?? "");
    const first = empty[0] ?? 0;
    await fields(page).nth(first).fill(solution[first] === "1" ? "2" : "1");
    await page.getByRole("button", { name: "Prüfen" }).click();
    await page.getByText("Eine Ziffer stimmt nicht").waitFor();
    assert.equal(await fields(page).nth(first).getAttribute("aria-invalid"), "true");
    await fields(page).nth(first).fill(solution[first] ?? "");
    await page.getByRole("button", { name: "Prüfen" }).click();
    await page.getByText("Gelöst").waitFor();
    await fits(page);
    await page.context().close();
  });

  it("says row, column and state of every cell, row by row", async () => {
    const page = await open({ viewport: { width: 320, height: 640 } }, "/games/sudoku/expert");
    await page.locator("sudoku-game [data-do=undo]:visible").waitFor();
    const given = await values(page);
    const wire = await page.context().newCDPSession(page);
    const { nodes } = await wire.send("Accessibility.getFullAXTree");
    const grids = nodes.filter((node) => node.role?.value === "grid");
    assert.equal(grids.length, 1);
    const below = (/** @type {typeof nodes[number]} */ node) =>
      (node.childIds ?? []).map((id) => nodes.find((other) => other.nodeId === id)).filter((other) => other !== undefined);
    const find = (/** @type {typeof nodes[number]} */ node, /** @type {string} */ role) => {
      /** @type {typeof nodes} */ const found = [];
      for (const child of below(node)) found.push(...(child.role?.value === role && !child.ignored ? [child] : find(child, role)));
      return found;
    };
    const rows = find(/** @type {typeof nodes[number]} */ (grids[0]), "row");
    assert.equal(rows.length, 9);
    rows.forEach((row, r) => {
      const cells = find(row, "gridcell");
      assert.equal(cells.length, 9, `row ${r + 1}`);
      cells.forEach((cell, c) => {
        const name = String(find(cell, "textbox")[0]?.name?.value ?? "");
        const digit = given[r * 9 + c];
        assert.equal(name, `Zeile ${r + 1}, Spalte ${c + 1}: ${digit ? `${digit}, vorgegeben` : "leer"}`);
      });
    });
    assert.deepEqual(await axe(page), []);
    await page.context().close();
  });

  it("loads at most 15 kB of script, compressed", async () => {
    const context = await chromium.newContext();
    const page = await context.newPage();
    /** @type {Promise<Buffer>[]} */ const scripts = [];
    page.on("response", (answer) => void (answer.url().endsWith(".js") && scripts.push(answer.body())));
    await page.goto(`${news.address}/games/sudoku/medium`, { waitUntil: "networkidle" });
    const all = await Promise.all(scripts);
    const bytes = all.reduce((sum, script) => sum + Math.min(gzipSync(script).length, brotliCompressSync(script).length), 0);
    assert.ok(all.length >= 3 && bytes <= 15_000, `${bytes} bytes in ${all.length} scripts`);
    console.log(`a game page loads ${bytes} bytes of script in ${all.length} files`);
    await context.close();
  });
});
