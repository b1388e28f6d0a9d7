/* The people of the paper at work: an editor publishes and corrects, a moderator removes with a reason and takes it back. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
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

/**
 * A page of its own for somebody of the paper; without scripts, since the desk must work without.
 * @param {string} name
 */
async function at(name) {
  const page = await (await chromium.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(page, news, name);
  return page;
}

/** What somebody who is not signed in finds at an address. @param {string} path */
const found = async (path) => (await fetch(news.address + path)).text();

/**
 * What somebody finds within two seconds, since changes of a page are gathered for one.
 * @param {string} path
 * @param {(text: string) => boolean} fits
 */
async function soon(path, fits) {
  for (let tries = 0; tries < 20; tries += 1) {
    if (fits(await found(path))) return;
    await new Promise((then) => setTimeout(then, 100));
  }
  assert.fail(`${path} did not change within two seconds`);
}

describe("an editor", () => {
  it("publishes an article, corrects it, and the correction stands under it", async () => {
    const page = await at("redakteur");
    await page.goto(`${news.address}/desk/articles/new`);
    const words = (/** @type {string} */ number) => `+++
slug = "pegel-steigt"
section = "region"
headline = "Der Pegel steigt über Nacht"
lead = "Am Morgen stehen ${number} Zentimeter am Obertor."
authors = ["Redakteurin vom Dienst"]
+++

Die Feuerwehr rechnet mit keinen Schäden.

Am Nachmittag soll es aufhören zu regnen.
`;
    await page.locator("textarea[name=text]").fill(words("310"));
    await page.getByRole("button", { name: "Veröffentlichen" }).click();
    await page.waitForLoadState();
    await soon("/region/pegel-steigt", (text) => text.includes("310"));
    await soon("/region", (text) => text.includes("/region/pegel-steigt"));

    await page.goto(`${news.address}/desk`);
    await page.getByRole("link", { name: "Der Pegel steigt über Nacht" }).click();
    await page.waitForLoadState();
    await page.locator("textarea[name=text]").fill(words("301"));
    await page.getByRole("button", { name: "Korrigieren" }).click();
    await page.waitForLoadState();
    assert.match(await page.locator("main").innerText(), /was war falsch/i);
    assert.ok((await page.locator("textarea[name=text]").inputValue()).includes("301"), "without a note it is not taken, and nothing is lost");
    await page.locator("textarea[name=note]").fill("In einer früheren Fassung waren die Ziffern vertauscht.");
    await page.getByRole("button", { name: "Korrigieren" }).click();
    await page.waitForLoadState();
    await soon("/region/pegel-steigt", (text) => text.includes("301") && text.includes("die Ziffern vertauscht"));
    await page.context().close();
  });

  it("t1_1 an article that cannot be read comes back with its mistake named", async () => {
    const page = await at("redakteur");
    await page.goto(`${news.address}/desk/articles/new`);
    await page.locator("textarea[name=text]").fill("+++\nheadline = \n+++\nText.");
    await page.getByRole("button", { name: "Veröffentlichen" }).click();
    await page.waitForLoadState();
    assert.ok((await page.locator("textarea[name=text]").inputValue()).includes("headline ="));
    assert.equal(await page.locator("[aria-invalid=true]").count(), 1);
    await page.context().close();
  });
});

describe("a moderator", () => {
  it("removes a comment with a clause and a reason that its author sees, and restores it", async () => {
    const article = (await news.articles())[0];
    const reader = await at("leser");
    await reader.goto(`${news.address}${article}/comments`);
    const words = "Wer das gebaut hat, ist ein Trottel.";
    await reader.locator('form[action$="/comments"] textarea').last().fill(words);
    await reader.locator('form[action$="/comments"] button:not([type=button]):not([name])').click();
    await reader.waitForLoadState();

    const page = await at("moderator");
    await page.goto(`${news.address}/desk/moderation?queue=latest`);
    await page.getByRole("link", { name: words }).first().click();
    await page.waitForLoadState();
    await page.locator("input[name=clause][type=radio]").first().check();
    await page.locator("textarea[name=reason]").fill("Das beschimpft einen Menschen, statt die Sache zu besprechen.");
    await page.getByRole("button", { name: "Kommentar entfernen" }).click();
    await page.waitForLoadState();
    assert.match(await page.locator("main").innerText(), /Ein Fall ist entschieden/);
    await soon(`${article}/comments`, (text) => !text.includes(words));

    await reader.goto(`${news.address}/account`);
    assert.match(await reader.locator("main").innerText(), /statt die Sache zu besprechen/, "the author reads why");

    await page.goto(`${news.address}/desk/moderation?queue=latest`);
    await page.getByRole("link", { name: words }).first().click();
    await page.waitForLoadState();
    await page.locator("textarea[name=reason]").fill("Nach einem zweiten Blick: grob, aber keine Beschimpfung.");
    await page.getByRole("button", { name: "wiederherstellen" }).click();
    await page.waitForLoadState();
    await soon(`${article}/comments`, (text) => text.includes(words));
    await reader.reload();
    assert.match(await reader.locator("main").innerText(), /Nach einem zweiten Blick/);
    await reader.context().close();
    await page.context().close();
  });
});

describe("a moderator with scripts", () => {
  const CASES = 106;

  it("decides a hundred cases with one key each, and the next one is there in less than 100 ms", async () => {
    const article = (await news.articles())[0];
    const reader = await at("leser");
    const desk = await at("moderator");
    await desk.goto(`${news.address}/desk/moderation/hours`);
    const ordered = await desk.request.post(`${news.address}/desk/moderation/closings`, {
      form: { scope: "article", mode: "waiting", article, reason: "other", note: "" },
      headers: { origin: news.address }, maxRedirects: 0,
    });
    assert.equal(ordered.status(), 303, await ordered.text());
    for (let n = 1; n <= CASES; n += 1) {
      const said = await reader.request.post(`${news.address}${article}/comments`, {
        form: { text: `Fall ${n}: Der Steg am Obertor braucht ein Geländer.` }, headers: { origin: news.address }, maxRedirects: 0,
      });
      assert.equal(said.status(), 303);
    }
    const state = await desk.context().storageState();
    const page = await (await chromium.newContext({ storageState: state, viewport: { width: 1440, height: 900 } })).newPage();
    await page.goto(`${news.address}/desk/moderation?queue=waiting`);
    const shown = page.locator("[data-part=case] .judged .said");
    await shown.filter({ hasText: "Fall 1:" }).waitFor();

    // What somebody types is never a decision, and switched off the keys do nothing.
    await page.locator("#reason").focus();
    await page.keyboard.type("fdfd");
    assert.equal(await page.locator("#reason").inputValue(), "fdfd");
    await page.locator("#reason").fill("");
    await page.locator("#queue").click();
    await page.keyboard.press("?");
    await page.locator("dialog.keys").waitFor();
    await page.locator("[data-do=switch]").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("f");
    await shown.filter({ hasText: "Fall 1:" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("button", { name: "Tasten" }).click();
    await page.locator("[data-do=switch]").check();
    await page.keyboard.press("Escape");

    // There and back, and a decision that is taken back.
    await page.keyboard.press("j");
    await shown.filter({ hasText: "Fall 2:" }).waitFor();
    await page.keyboard.press("k");
    await shown.filter({ hasText: "Fall 1:" }).waitFor();
    await page.keyboard.press("f");
    await shown.filter({ hasText: "Fall 2:" }).waitFor();
    await page.keyboard.press("u");
    await shown.filter({ hasText: "Fall 1:" }).waitFor();
    await page.getByText("Rückgängig gemacht").waitFor();

    // From the press of the key until the next case stands on the page, as the browser sees it.
    await page.evaluate(() => {
      const times = /** @type {number[]} */ ([]);
      let pressed = 0;
      addEventListener("keydown", () => (pressed = performance.now()), { capture: true });
      document.addEventListener("case-shown", () => requestAnimationFrame(() => times.push(performance.now() - pressed)));
      Object.assign(window, { times });
    });
    for (let n = 1; n <= 100; n += 1) {
      await page.keyboard.press("f");
      await shown.filter({ hasText: `Fall ${n + 1}:` }).waitFor();
    }
    const times = /** @type {number[]} */ (await page.evaluate(() => /** @type {any} */ (window).times)).sort((a, b) => a - b);
    const [median, worst] = [times[Math.floor(times.length / 2)] ?? Infinity, times.at(-1) ?? Infinity];
    console.log(`    ${times.length} cases: the next one after ${median.toFixed(1)} ms (median), ${worst.toFixed(1)} ms (longest)`);
    assert.ok(times.length >= 100 && median < 100, `median ${median} ms of ${times.length}`);

    // One more is refused: the key opens the reason, a number chooses the clause, the key again decides.
    await page.keyboard.press("d");
    await page.keyboard.press("3");
    assert.notEqual(await page.locator("#reason").inputValue(), "", "the prepared text is there");
    await page.keyboard.press("d");
    await shown.filter({ hasText: "Fall 102:" }).waitFor();

    // Leaving the page sends what can no longer be undone.
    await page.goto(`${news.address}/desk/moderation/reasons`);
    const left = async () => {
      const list = await (await desk.request.get(`${news.address}/desk/moderation?queue=waiting`)).text();
      return [...list.matchAll(/<li data-key="(w\d+)"/g)].length;
    };
    for (let tries = 0; tries < 100 && (await left()) > CASES - 101; tries += 1) await new Promise((then) => setTimeout(then, 100));
    assert.equal(await left(), CASES - 101, "nothing is lost");
    await page.goto(`${news.address}/desk/moderation?queue=waiting`);
    await page.locator("[data-part=list] li[data-key]").nth(CASES - 102).waitFor();
    await soon(`${article}/comments`, (text) => /Fall \d+:/.test(text) && !text.includes("Fall 101:"));
    await page.context().close();
    await desk.context().close();
    await reader.context().close();
  });
});

describe("t4_1 what is not one's business", () => {
  it("is not found or asks who one is", async () => {
    const reader = await at("leser");
    // The demo's letters lie open, so that somebody who tries it out finds their code.
    for (const path of ["/desk", "/desk/articles", "/desk/articles/new", "/desk/moderation", "/desk/jobs"]) {
      const answer = await reader.request.get(news.address + path, { maxRedirects: 0 });
      assert.ok([303, 403, 404].includes(answer.status()) && !answer.headers().location?.includes("/desk/articles"), `${path} for a reader: ${answer.status()}`);
      const stranger = await fetch(news.address + path, { redirect: "manual" });
      assert.ok([303, 401, 403, 404].includes(stranger.status), `${path} for a stranger: ${stranger.status}`);
    }
    await reader.context().close();
  });
});
