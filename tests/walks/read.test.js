/* Somebody reads the paper, with a mouse, with the keyboard alone, and with another program. */
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

for (const javaScriptEnabled of [true, false]) {
  describe(`reading ${javaScriptEnabled ? "with" : "without"} scripts`, () => {
    it("goes from the front page through a section to an article and its comments, and back", async () => {
      const page = await (await chromium.newContext({ javaScriptEnabled })).newPage();
      await page.goto(news.address);
      assert.match(await page.title(), /Uferbote/);
      assert.ok((await page.locator("main h2 a, main h3 a").count()) >= 10, "a front page full of news");
      const sections = page.locator("nav").first().locator("a");
      assert.ok((await sections.count()) >= 5);

      const headline = page.locator("main h2 a").first();
      const said = (await headline.innerText()).replaceAll("\u00ad", "");
      await headline.click();
      await page.waitForLoadState();
      const heading = (await page.locator("h1").innerText()).replaceAll("\u00ad", "");
      assert.ok(said.endsWith(heading), `${said} leads to ${heading}`);
      assert.ok((await page.locator("article p").count()) > 3);
      assert.ok(await page.locator("article time[datetime]").first().isVisible(), "it says of when it is");
      assert.ok(await page.locator("audio").count(), "it can be heard");

      await page.locator('a[href$="/comments"], a[href*="/comments#"], a[href*="#comments"]').first().click();
      await page.waitForLoadState();
      await page.goBack();
      await page.goBack();
      assert.equal(new URL(page.url()).pathname, "/");
      await page.context().close();
    });
  });
}

describe("with the keyboard alone", () => {
  /** @type {import("playwright-core").Page} */ let page;
  before(async () => {
    page = await (await chromium.newContext()).newPage();
    await signIn(page, news, "leser");
  });
  after(() => page?.context().close());

  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");

  /** Presses the tabulator until something fits; fails if the page has been gone through. @param {string} selector */
  async function tabTo(selector) {
    for (let presses = 0; presses < 250; presses += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector)) {
        const seen = await page.evaluate(() => {
          const at = document.activeElement ?? document.body;
          // A teaser shows it around the whole of itself.
          return [getComputedStyle(at), getComputedStyle(at, "::after")].some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
        });
        assert.ok(seen, `the focus on ${selector} can be seen`);
        return;
      }
    }
    assert.fail(`the keyboard does not reach ${selector}`);
  }

  it("the first stop leads past the head of the page", async () => {
    await page.goto(news.address);
    await page.keyboard.press("Tab");
    assert.match(await focused(), /Inhalt/);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => Boolean(document.activeElement?.closest("main"))), "the next stop is in the content");
  });

  it("one opens an article, listens to it, and writes a comment", async () => {
    const article = (await news.articles())[0];
    await news.recorded(article);
    await page.goto(news.address);
    await tabTo(`main a[href="${article}"]`);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${news.address}${article}`);

    await tabTo('.player-mini [data-do="toggle"]');
    await page.keyboard.press("Enter");
    await page.waitForSelector('read-aloud[data-state="playing"]');
    await page.keyboard.press("Enter");
    await page.waitForSelector('read-aloud[data-state="paused"]');

    await tabTo('form[action$="/comments"] textarea[name=text]');
    await page.keyboard.type("Ganz ohne Maus geschrieben.");
    await tabTo('form[action$="/comments"] button:not([type=button]):not([name])');
    await page.keyboard.press("Enter");
    await page.getByText("Ganz ohne Maus geschrieben.").first().waitFor();
  });
});

describe("for other programs", () => {
  it("the feeds name the articles, the sitemap leads to them, and the article says what it is", async () => {
    const articles = await news.articles();
    assert.ok(articles.length >= 16);
    for (const [path, type] of [["/feed.rss", "application/rss+xml"], ["/feed.atom", "application/atom+xml"], ["/feed.json", "application/feed+json"]]) {
      const answer = await fetch(news.address + path);
      assert.match(answer.headers.get("content-type") ?? "", new RegExp(type.replace("+", "\\+")));
      assert.ok((await answer.text()).includes(articles[0]), path);
    }
    const sitemap = await (await fetch(`${news.address}/sitemap.xml`)).text();
    for (const path of articles) assert.ok(sitemap.includes(path), path);
    const page = await (await fetch(news.address + articles[0])).text();
    const data = JSON.parse(/<script type="?application\/ld\+json"?>(.*?)<\/script>/s.exec(page)?.[1] ?? "{}");
    const story = [data, ...(data["@graph"] ?? [])].find((part) => /NewsArticle/.test(part["@type"]));
    assert.ok(story?.headline && story.datePublished && story.author, "the article for search engines");
    assert.match(page, /<meta property="?og:title"? /);
    assert.match(page, /<link rel="?canonical"? /);
  });
});
