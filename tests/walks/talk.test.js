/* Somebody takes part in the talk: with scripts, without, and in every way it can be refused. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { browser, paper, signIn } from "./paper.js";

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;
/** @type {string} */ let article;

before(async () => {
  [news, chromium] = await Promise.all([paper(), browser()]);
  article = await news.article("seilfaehre");
});
after(async () => {
  await chromium?.close();
  await news?.stop();
});

/** @param {import("playwright-core").BrowserContextOptions} [how] */
async function reader(how) {
  const context = await chromium.newContext(how);
  const page = await context.newPage();
  await signIn(page, news, "leser");
  return page;
}

const form = (/** @type {import("playwright-core").Page} */ page) => page.locator('form.write').last();

/**
 * @param {import("playwright-core").Page} page
 * @param {string} words
 */
async function write(page, words) {
  await form(page).locator("textarea[name=text]").fill(words);
  // With scripts the form is sent without leaving the page: only the answer says that it arrived.
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await form(page).locator("button:not([type=button]):not([name])").click();
  await answered;
  await page.waitForLoadState();
}

/**
 * The thread as somebody else reads it, once `words` stand in it: changes of a page are gathered for a second.
 *
 * @param {string} words
 */
async function read(words) {
  for (let tries = 0; tries < 30; tries += 1) {
    const text = await (await fetch(`${news.address}${article}/comments`)).text();
    if (text.includes(words)) return text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return "";
}

for (const [how, scripts] of /** @type {const} */ ([["with scripts", true], ["without scripts", false]])) {
  describe(`a comment ${how}`, () => {
    it("is written under the article and stands there for everybody", async () => {
      const page = await reader({ javaScriptEnabled: scripts });
      await page.goto(`${news.address}${article}/comments`);
      const words = `Der Steg war schon im Frühling morsch (${how}).`;
      await write(page, words);
      await page.getByText(words).first().waitFor();
      assert.ok(await read(`morsch (${how})`), "somebody else reads it");
      await page.context().close();
    });

    it("that is sent twice is there once", async () => {
      const page = await reader({ javaScriptEnabled: scripts });
      const words = `Zweimal gedrückt, einmal gemeint (${how}).`;
      for (let times = 0; times < 2; times += 1) {
        await page.goto(`${news.address}${article}/comments`);
        await write(page, words);
        await page.waitForURL(/said=/);
      }
      // What programs read of it, beside the page, does not count.
      const thread = (await read(`einmal gemeint (${how})`)).replace(/<script type="?application\/ld\+json"?>.*?<\/script>/gs, "");
      assert.equal(thread.split(`einmal gemeint (${how})`).length - 1, 1);
      await page.context().close();
    });

    it("that is refused comes back with the words typed and the reason", async () => {
      const page = await reader({ javaScriptEnabled: scripts });
      await page.goto(`${news.address}${article}/comments`);
      // Longer than the page lets anybody send, as a program would send it.
      if (scripts) {
        await page.waitForFunction(() => localStorage.getItem("signedIn") === "1");
        await form(page).evaluate((form) => form.setAttribute("novalidate", ""));
      }
      const long = "Zu lang. ".repeat(2000);
      await write(page, long);
      const kept = await form(page).locator("textarea[name=text]").inputValue();
      assert.equal(kept.trim().slice(0, 100), long.trim().slice(0, 100), "nothing typed is lost");
      assert.match(await page.locator("body").innerText(), /Zeichen/, "the reason names the limit");
      await page.context().close();
    });
  });
}

describe("taking part", () => {
  it("needs an account only for writing, and what was typed survives signing in", async () => {
    const page = await (await chromium.newContext()).newPage();
    await page.goto(`${news.address}${article}/comments`);
    const words = "Ich wollte nur kurz etwas sagen.";
    await write(page, words);
    assert.match(page.url() + (await page.content()), /login|Anmelden/, "the way in is shown");
    assert.ok((await page.content()).includes(words), "the words are still there");
    await page.context().close();
  });

  it("a vote counts once, however often it is pressed", async () => {
    const page = await reader();
    await page.goto(`${news.address}${article}/comments`);
    // The last on the page: nobody votes for what they wrote themselves, and the newest is.
    const votes = page.locator('form[action$="/votes"]').last();
    const action = await votes.getAttribute("action");
    const up = () => page.locator(`form[action="${action}"] button[value=up], form[action="${action}"] button[name=value]`).first();
    const before = Number(await up().innerText());
    await up().click();
    await page.waitForLoadState();
    for (let times = 0; times < 2; times += 1) {
      const answer = await page.request.post(news.address + action, { form: { value: "up" }, headers: { "sec-fetch-site": "same-origin" } });
      assert.ok(answer.ok(), `${answer.status()}`);
    }
    await page.goto(news.address + action?.replace("/votes", ""));
    assert.equal(Number(await up().innerText()), before + 1);
    await page.context().close();
  });

  it("t1_3 markup in a comment is shown as it was typed", async () => {
    const page = await reader();
    await page.goto(`${news.address}${article}/comments`);
    await write(page, '<script>document.title = "weg"</script> <img src=x onerror=alert(1)> Bitte lesen.');
    await page.waitForURL(/said=/);
    await page.goto(`${news.address}${article}/comments`);
    assert.notEqual(await page.title(), "weg");
    assert.equal(await page.locator("main img[src=x]").count(), 0);
    await page.context().close();
  });

  it("a new comment reaches an open page without loading it again", async () => {
    const watching = await (await chromium.newContext()).newPage();
    await watching.goto(`${news.address}${article}/comments`);
    await watching.waitForTimeout(300);
    const page = await reader();
    await page.goto(`${news.address}${article}/comments`);
    await write(page, "Das sehen jetzt auch die anderen.");
    await watching.waitForFunction(() => /neue[rn]? Kommentar/i.test(document.body.innerText), undefined, { timeout: 4000 });
    await watching.context().close();
    await page.context().close();
  });
});
