/* Where a game is kept: two devices of one reader, a part that comes late, no network, a device that remembers. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { browser, paper, sheet } from "./paper.js";

/** @type {import("playwright-core").Browser} */ let chromium;
/** @type {Awaited<ReturnType<typeof paper>>} */ let news;
/** @type {import("playwright-core").BrowserContext[]} */ let devices = [];

before(async () => void (chromium = await browser()));
after(() => chromium.close());
afterEach(async () => {
  await Promise.all(devices.map((device) => device.close()));
  devices = [];
  news.close();
});

/**
 * Both games with four open fields. `key` is typed into them, `say` is the state with so many of them filled.
 * @typedef {{ name: string, key: string, say: (filled: number, key?: string) => string, fields: (typed?: string[]) => string }} Game
 */
const hidden = (version = -1) => `<input type="hidden" name="puzzle" value="7"><input type="hidden" name="version" value="${version}">
  <input type="hidden" name="elapsed" value="0"><input type="hidden" name="finished">`;
const open = (n, typed = []) => `<td><input name="c${n}" id="c${n}" value="${typed[n] ?? ""}" maxlength="1" aria-label="Feld ${n}"></td>`;
/** Fields of a sudoku that do not see each other, so that the same digit may stand in all of them. */
const APART = [0, 12, 24, 28];
/** @type {Game[]} */
const GAMES = [
  {
    name: "letters-game", key: "A",
    say: (filled, key = "A") => key.repeat(filled) + ".".repeat(4 - filled),
    fields: (typed) => `<table class="letters"><tr>${[0, 1, 2, 3].map((n) => open(n, typed)).join("")}</tr></table>`,
  },
  {
    name: "sudoku-game", key: "5",
    say: (filled, key = "5") => Array.from({ length: 81 }, (_, n) => (APART.slice(0, filled).includes(n) ? key : "")).join(","),
    fields: (typed) => `<table class="sudoku">${Array.from({ length: 9 }, (_, row) => `<tr>${Array.from({ length: 9 }, (_, column) => {
      const n = row * 9 + column;
      return APART.includes(n) ? open(APART.indexOf(n), typed) : `<td class="given"><input readonly value="${String.fromCharCode(200 + n)}"></td>`;
    }).join("")}</tr>`).join("")}</table>`,
  },
];

/** The house: one account, kept by the rule of the house; what is sent to be checked is solved when it is full. @param {Game} game */
async function house(game) {
  const account = { state: "", version: 0, finished: false };
  /** @type {URLSearchParams[]} */ const checks = [];
  /** @type {Promise<unknown>} */ let late = Promise.resolve();
  const filled = (/** @type {string} */ state) => state.replaceAll(/[.,]/g, "").length;
  const part = () => sheet(`<div data-part="own-play" data-save="/play" data-state="${account.state}" data-elapsed="0"
    data-version="${account.version}" data-finished="${account.finished}">Ihr Spielstand</div>`);
  const sent = async (request) => {
    let body = "";
    for await (const piece of request) body += piece;
    return new URLSearchParams(body);
  };
  const table = (solved = false, typed = [], version = -1) => sheet(`<${game.name} data-game="x" data-key="games:7" data-day="2026-11-24" data-today="true"
    data-solved="${solved}" data-lost="Nicht erreichbar" data-series-one="1 Tag" data-series="{n} Tage"><form method="post" action="/checks">${hidden(version)}
    ${game.fields(typed)}<button>Prüfen</button><div data-part="said">${solved ? "Gelöst" : ""}</div></form>
    <part-of data-for="signed-in" data-part="own-play"><a href="/play?puzzle=7">Ihr Spielstand</a></part-of>
    <p data-line="series" hidden></p><button type="button" data-do="keep">Merken</button></${game.name}>`);
  news = await paper({
    "/": () => table(),
    "/account": () => sheet(`<signed-in value="yes"></signed-in>`),
    "/play": async (request) => {
      if (request.method === "POST") {
        const form = await sent(request);
        const state = form.get("state") ?? "";
        if (!account.finished && (Number(form.get("version")) === account.version || filled(account.state) < filled(state))) {
          Object.assign(account, { state, version: account.version + 1 });
        }
      }
      await late;
      return part();
    },
    "/checks": async (request) => {
      const form = await sent(request);
      checks.push(form);
      const typed = [0, 1, 2, 3].map((n) => form.get(`c${n}`) ?? "");
      return table(typed.every(Boolean), typed, Number(form.get("version")));
    },
  });
  return { account, checks, delay: (/** @type {Promise<unknown>} */ until) => void (late = until) };
}

/** A device; signed in, unless it is a stranger's. @param {{ stranger?: boolean }} [of] */
async function device({ stranger = false } = {}) {
  const context = await chromium.newContext();
  devices.push(context);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  if (!stranger) {
    await page.goto(`${news.address}/account`);
    await page.waitForFunction(() => localStorage.signedIn === "1");
  }
  await page.goto(news.address);
  if (!stranger) await page.locator("[data-save]").waitFor();
  return { context, page };
}

const type = async (/** @type {import("playwright-core").Page} */ page, /** @type {number} */ n, /** @type {string} */ key) => {
  await page.locator(`#c${n}`).focus();
  await page.keyboard.press(key);
};
const shown = (/** @type {import("playwright-core").Page} */ page) =>
  page.locator("input[id]").evaluateAll((all) => all.map((field) => /** @type {HTMLInputElement} */ (field).value).join(""));
const saved = (/** @type {import("playwright-core").Page} */ page) =>
  page.waitForResponse((answer) => answer.request().method() === "POST" && answer.url().endsWith("/play"));

for (const game of GAMES) {
  const [one, two, three] = [1, 2, 3].map((n) => game.key.repeat(n));
  describe(`what is played in a ${game.name}`, () => {
    it("is not overwritten by a device that is behind", async () => {
      const { account } = await house(game);
      const { page } = await device();
      Object.assign(account, { state: game.say(3), version: 10 });
      let answer = saved(page);
      await type(page, 0, game.key);
      await answer;
      assert.equal(account.state, game.say(3), "one letter is less than three");
      await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.querySelector("#c2")).value);
      assert.equal(await shown(page), three, "and where the game stands is shown");
      answer = saved(page);
      await type(page, 2, "Delete");
      await answer;
      assert.equal(account.state, game.say(2), "from there it goes on, also backwards");
    });

    it("stays what the account has when something was typed before the part came", async () => {
      const { account, delay } = await house(game);
      Object.assign(account, { state: game.say(2), version: 4 });
      const { page } = await device();
      assert.equal(await shown(page), two);
      /** @type {(_: unknown) => void} */ let come = () => {};
      delay(new Promise((then) => (come = then)));
      await page.reload();
      await page.waitForFunction((name) => customElements.get(name), game.name);
      await type(page, 3, game.key);
      const answer = saved(page);
      come(undefined);
      await answer;
      await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.querySelector("#c1")).value);
      assert.equal(account.state, game.say(2));
      assert.equal(await shown(page), two);
    });

    it("goes from a device without a network to the account, if it is more", async () => {
      const { account } = await house(game);
      const { context, page } = await device();
      await page.getByRole("button", { name: "Merken" }).click();
      let answer = saved(page);
      await type(page, 0, game.key);
      await answer;
      await context.setOffline(true);
      await type(page, 1, game.key);
      await page.waitForFunction(() => localStorage["games:7"]?.length);
      // The page is closed in the tunnel, and opened again behind it.
      await page.goto("about:blank");
      Object.assign(account, { state: game.say(1, game.key === "A" ? "B" : "6"), version: 9 });
      await context.setOffline(false);
      answer = saved(page);
      await page.goto(news.address);
      await answer;
      assert.equal(account.state, game.say(2), "two moves are more than another device's one");
      assert.equal(await shown(page), two);
      Object.assign(account, { state: game.say(3), version: 20 });
      await page.reload();
      await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.querySelector("#c2")).value);
      assert.equal(await shown(page), three, "and less than three");
      assert.equal(account.state, game.say(3));
    });

    it("counts for the moment of the last move, however late the house hears of it", async () => {
      const { checks } = await house(game);
      const { context, page } = await device({ stranger: true });
      await page.waitForFunction((name) => customElements.get(name), game.name);
      await page.getByRole("button", { name: "Merken" }).click();
      await context.setOffline(true);
      for (const n of [0, 1, 2, 3]) await type(page, n, game.key);
      const finished = await page.locator("[name=finished]").inputValue();
      await page.getByText("Nicht erreichbar").waitFor();
      await context.setOffline(false);
      await page.getByText("Gelöst").waitFor();
      assert.equal(checks.at(-1)?.get("finished"), finished, "asked again by itself, with that moment");
      assert.equal(await page.locator("[data-line=series]").innerText(), "1 Tag", "and the day counts on this device");
      // The same, if the page was closed in the tunnel.
      await page.reload();
      await page.getByText("Gelöst").waitFor();
      assert.equal(checks.at(-1)?.get("finished"), finished);
    });

    it("t8_4_is_forgotten_with_all_other_games", async () => {
      await house(game);
      const { page } = await device({ stranger: true });
      await page.waitForFunction((name) => customElements.get(name), game.name);
      await type(page, 0, game.key);
      assert.equal(await page.evaluate(() => localStorage.length), 0, "nothing is kept unasked");
      await page.getByRole("button", { name: "Merken" }).click();
      await page.evaluate(() => Object.assign(localStorage, { "games:8": "x", "sudoku:easy:2026": "x", "/games/arrows/2026": "x", theme: "dark" }));
      await page.getByRole("button", { name: "Merken" }).click();
      assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["theme"]);
      assert.equal(await shown(page), one);
    });
  });
}
