/* Somebody plays: with the keyboard alone, without scripts, on a narrow phone, and by ear. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { browser, paper, signIn } from "./paper.js";

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

/** Signs somebody in on a device that then knows it. */
async function member() {
  const page = await (await chromium.newContext()).newPage();
  await signIn(page, news, "leser");
  await page.goto(`${news.address}/account`);
  await page.waitForFunction(() => localStorage.getItem("signedIn") === "1");
  return page;
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

/** What the marks of a guess say, row by row. @param {import("playwright-core").Page} page */
const marks = (page) => page.locator(".word-rows tr").evaluateAll((rows) => rows.map((row) =>
  [...row.querySelectorAll(".letter")].map((letter) => letter.textContent?.trim() ?? "").filter(Boolean)));

/**
 * Words that a German reader would try, and of those only the ones that fit what was said so far.
 * @param {string[]} list @param {string[][]} said
 */
function fitting(list, said) {
  return list.filter((word) => said.every((row) => {
    const guess = row.map((letter) => letter[0] ?? "");
    const left = [...word].filter((letter, n) => letter !== guess[n]);
    return row.every((letter, n) => {
      if (letter.includes("richtig")) return word[n] === guess[n];
      if (word[n] === guess[n]) return false;
      const at = left.indexOf(guess[n] ?? "");
      if (letter.includes("anderer")) return at >= 0 && left.splice(at, 1).length === 1;
      return at < 0;
    });
  }));
}

async function solutions() {
  const list = await readFile(join(import.meta.dirname, "../../crates/games/src/word/solutions.txt"), "utf8");
  return list.split("\n").filter((line) => line && !line.startsWith("#")).map((word) => word.toUpperCase());
}

/** Plays until the house says how it ended. @param {import("playwright-core").Page} page */
async function guessAll(page) {
  const list = await solutions();
  for (let n = 0; n < 6 && (await page.locator("#guess").count()); n += 1) {
    const said = (await marks(page)).filter((row) => row.length === 5);
    const tried = said.map((row) => row.map((letter) => letter[0]).join(""));
    const word = fitting(list, said).find((one) => !tried.includes(one)) ?? "ABEND";
    await page.locator("#guess").focus();
    await page.keyboard.type(word.toLowerCase());
    await page.keyboard.press("Enter");
    await page.waitForFunction((rows) => document.querySelectorAll(".word-rows .here, .word-rows .elsewhere, .word-rows .absent").length > rows * 5, said.length);
  }
  await page.getByText(/Gefunden|Beim ersten|Gesucht war/).waitFor();
}

describe("the word of the day", () => {
  for (const javaScriptEnabled of [true, false]) {
    it(`is played by keyboard alone at 320 pixels, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
      const page = await open({ javaScriptEnabled, viewport: { width: 320, height: 640 } }, "/games/word");
      await fits(page);
      await page.locator("#guess").focus();
      await page.keyboard.type("xyzxy");
      await page.keyboard.press("Enter");
      await page.getByText("kennt unsere Liste nicht").waitFor();
      assert.equal(await page.locator("#guess").inputValue(), "xyzxy", "what was typed is still there");
      await page.locator("#guess").fill("");
      await guessAll(page);
      const word = /(?:Gesucht war |: |^)([A-ZÄÖÜ]{5})/m.exec(await page.locator(".notice").innerText())?.[1] ?? "";
      const share = await page.locator(".word-share").innerText();
      assert.ok(/[✓↔×]{5}/.test(share) && !share.includes(word), "nothing is told");
      await fits(page);
      await page.context().close();
    });
  }

  it("says of every letter what is known, in words and by a sign, row by row", async () => {
    const page = await open({ viewport: { width: 320, height: 640 } }, "/games/word/2026-11-19");
    await page.locator("#guess").fill("Tüten");
    await page.keyboard.press("Enter");
    await page.locator(".word-rows .letter.here, .word-rows .letter.elsewhere, .word-rows .letter.absent").first().waitFor();
    const rows = await page.locator(".word-rows").ariaSnapshot();
    const lines = rows.split("\n").filter((line) => /row /.test(line));
    assert.equal(lines.length, 6, rows);
    assert.match(lines[0] ?? "", /Versuch 1 T ?: (richtig|an anderer Stelle|nicht im Wort) Ü ?: (richtig|an anderer Stelle|nicht im Wort) T ?: /);
    lines.slice(1).forEach((line, n) => assert.match(line, new RegExp(`Versuch ${n + 2}, noch offen`)));
    const sign = await page.locator(".word-rows .letter").first().evaluate((letter) => getComputedStyle(letter, "::after").content);
    assert.match(sign, /[✓↔×]/, "not by colour alone");
    assert.deepEqual(await axe(page), []);
    await page.context().close();
  });

  it("is kept on this device only if the reader wishes, and its days with it", async () => {
    const page = await open({ viewport: { width: 320, height: 640 } }, "/games/word");
    await page.getByRole("button", { name: "Auf diesem Gerät merken" }).click();
    await page.locator("#guess").fill("Tüten");
    await page.keyboard.press("Enter");
    const row = page.getByRole("row", { name: /Versuch 1 T ?: / });
    await row.waitFor();
    await page.goto(`${news.address}/games/word`);
    await row.waitFor();
    await guessAll(page);
    const found = !(await page.getByText("Gesucht war").count());
    await page.goto(`${news.address}/games/word`);
    await page.getByText(/Gefunden|Beim ersten|Gesucht war/).waitFor();
    assert.equal(await page.getByText("1 Tag in Folge").isVisible(), found);
    assert.deepEqual(await axe(page), []);
    await page.getByRole("button", { name: "Auf diesem Gerät merken" }).click();
    assert.equal(await page.evaluate(() => localStorage.length), 0, "what was kept goes with the wish");
    assert.equal(await page.getByText("1 Tag in Folge").isVisible(), false);
    await page.context().close();
  });

  it("is remembered by the account, on the page that everybody shares", async () => {
    const page = await member();
    await page.goto(`${news.address}/games/word`);
    await page.locator("#guess").fill("Abend");
    await page.keyboard.press("Enter");
    await page.getByRole("row", { name: /Versuch 1 A ?: / }).waitFor();
    await page.goto(`${news.address}/games/word`);
    await page.getByRole("row", { name: /Versuch 1 A ?: / }).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.context().close();
  });
});

describe("the quiz of the week", () => {
  for (const javaScriptEnabled of [true, false]) {
    it(`is answered by keyboard alone at 320 pixels, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
      const page = await open({ javaScriptEnabled, viewport: { width: 320, height: 640 } }, "/games/quiz");
      await fits(page);
      assert.equal(await page.getByText("richtig", { exact: true }).count(), 0);
      await page.locator("input[name=q1]").first().focus();
      const questions = await page.locator(".quiz fieldset").count();
      for (let n = 1; n <= questions; n += 1) {
        await page.keyboard.press("Space");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      await page.getByText(/\d von \d richtig/).waitFor();
      assert.equal(await page.getByText("richtig", { exact: true }).count(), questions, "each right answer says so in a word");
      const link = await page.getByRole("link", { name: /Zum Artikel/ }).first().getAttribute("href");
      assert.equal((await fetch(news.address + link)).status, 200, "the article is there");
      await fits(page);
      await page.context().close();
    });
  }

  it("keeps nobody out", async () => {
    const page = await open({ viewport: { width: 320, height: 640 } }, "/games/quiz");
    const groups = await page.locator(".quiz").ariaSnapshot();
    assert.match(groups, /group "1 Nach wie vielen Jahren[^"]*":\n\s+(- text: .*\n\s+)?- radio "nach 34"/);
    assert.deepEqual(await axe(page), []);
    await page.locator(".quiz button").click();
    await page.getByText(/0 von \d richtig/).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.context().close();
  });
});

describe("an account", () => {
  it("carries a sudoku from one device to another", async () => {
    const [one, other] = [await member(), await member()];
    await one.goto(`${news.address}/games/sudoku/hard`);
    await one.locator("[data-save]").waitFor();
    const empty = (await values(one)).indexOf("");
    await fields(one).nth(empty).focus();
    const kept = one.waitForResponse((answer) => answer.request().method() === "POST" && answer.url().endsWith("/play"));
    await one.keyboard.press("7");
    await kept;
    await other.goto(`${news.address}/games/sudoku/hard`);
    await other.waitForFunction((at) => /** @type {HTMLInputElement} */ (document.querySelectorAll(".sudoku input")[at]).value === "7", empty);
    assert.equal(await other.getByText("Ihr Spielstand liegt in Ihrem Konto").count(), 1);
    await Promise.all([one.context().close(), other.context().close()]);
  });

  it("leads back to a game without scripts", async () => {
    const signedIn = await member();
    const state = await signedIn.context().storageState();
    const page = await open({ javaScriptEnabled: false, storageState: state }, "/games/sudoku/expert");
    const empty = (await values(page)).indexOf("");
    const digit = solved(await values(page))?.[empty] ?? "";
    await fields(page).nth(empty).fill(digit);
    await page.getByRole("button", { name: "Prüfen" }).click();
    await page.getByText("Bis hierher stimmt alles").waitFor();
    // The page that everybody shares is empty; the account is one link away.
    await page.goto(`${news.address}/games/sudoku/expert`);
    assert.equal((await values(page))[empty], "");
    await page.getByRole("link", { name: "Ihr Spielstand" }).click();
    await page.getByRole("link", { name: "Spielen", exact: true }).click();
    assert.equal((await values(page))[empty], digit);
    await Promise.all([page.context().close(), signedIn.context().close()]);
  });
});
