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
    await page.goto(`${news.address}/desk/moderation`);
    await page.getByRole("link", { name: words }).first().click();
    await page.waitForLoadState();
    await page.locator("input[name=clause]").first().check();
    await page.locator("textarea[name=reason]").fill("Das beschimpft einen Menschen, statt die Sache zu besprechen.");
    await page.getByRole("button", { name: "entfernen" }).click();
    await page.waitForLoadState();
    await soon(`${article}/comments`, (text) => !text.includes(words));

    await reader.goto(`${news.address}/account`);
    assert.match(await reader.locator("main").innerText(), /statt die Sache zu besprechen/, "the author reads why");

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
