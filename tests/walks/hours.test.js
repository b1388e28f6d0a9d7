/* Opening hours as a reader meets them: at night, and in the second in which the thread opens. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { browser, paper, signIn } from "./paper.js";

/** @type {import("playwright-core").Browser} */ let chromium;
before(async () => void (chromium = await browser()));
after(() => chromium?.close());

/** The notice that a thread rests: why, and until when. */
const CLOSED = "#comments .notice.state";

const HOURS = Object.fromEntries(
  ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"].map((day) => [`BLATT_HOURS_${day}`, "06:00-20:00"]),
);

describe("at night", () => {
  /** @type {import("./paper.js").Paper} */ let news;
  before(async () => void (news = await paper({ clock: "2026-11-20T21:14", settings: HOURS })));
  after(() => news?.stop());

  it("the thread says that it is closed, why, and when it opens again", async () => {
    const page = await (await chromium.newContext()).newPage();
    const article = (await news.articles())[0];
    for (const path of [article, `${article}/comments`]) {
      await page.goto(news.address + path);
      assert.ok(await page.locator(CLOSED).isVisible(), path);
      assert.match(await page.locator("#comments").innerText(), /6\s?Uhr/, path);
    }
    await page.context().close();
  });

  it("what is typed is kept as a draft and is there again later", async () => {
    const page = await (await chromium.newContext({ javaScriptEnabled: false })).newPage();
    await signIn(page, news, "leser");
    const article = (await news.articles())[0];
    await page.goto(`${news.address}${article}/comments`);
    const form = page.locator('form[action$="/comments"]').last();
    const words = "Morgen früh sage ich es noch einmal.";
    await form.locator("textarea[name=text]").fill(words);
    await form.locator("button:not([type=button]):not([name])").click();
    await page.waitForLoadState();
    assert.ok((await page.content()).includes(words), "the words come back");
    const thread = await (await fetch(`${news.address}${article}/comments`)).text();
    assert.ok(!thread.includes(words), "nobody else reads them yet");
    await page.goto(`${news.address}/account`);
    assert.ok((await page.content()).includes(words), "the draft is on the reader's own page");
    await page.context().close();
  });
});

describe("when the hour comes to somebody who has typed already", () => {
  const AHEAD_S = 25;
  /** @type {import("./paper.js").Paper} */ let news;
  before(async () => void (news = await paper({ clock: `2026-11-20T05:59:${60 - AHEAD_S}`, settings: HOURS })));
  after(() => news?.stop());

  it("the draft that was kept while it was closed is in the field, here and on a page opened anew, and can be sent", async () => {
    const page = await (await chromium.newContext()).newPage();
    await signIn(page, news, "leser");
    const article = (await news.articles())[0];
    const field = page.locator('form[action$="/comments"] textarea[name=text]').last();
    const words = "Das wollte ich schon in der Nacht sagen.";
    await page.goto(`${news.address}${article}/comments`);
    await field.fill(words);
    await page.getByRole("button", { name: "Entwurf speichern" }).click();
    await page.getByText("als Entwurf gespeichert").waitFor();

    // Another device knows nothing of what this one keeps.
    const other = await (await chromium.newContext({ storageState: await page.context().storageState().then(({ cookies }) => ({ cookies, origins: [] })) })).newPage();
    await other.goto(news.address + article);
    await other.locator("#comments").scrollIntoViewIfNeeded();
    await other.getByText("Sie haben hier einen Entwurf").waitFor();
    assert.equal(await other.locator('form[action$="/comments"] textarea').last().inputValue(), words);

    await other.waitForSelector(CLOSED, { state: "detached", timeout: 40_000 });
    await other.getByRole("button", { name: "Veröffentlichen" }).waitFor();
    assert.equal(await other.locator('form[action$="/comments"] textarea').last().inputValue(), words, "offered again at opening");
    await other.getByRole("button", { name: "Veröffentlichen" }).click();
    await other.getByText("Ihr Kommentar ist erschienen").waitFor();
    await other.goto(`${news.address}/account`);
    assert.equal(await other.getByText("Sie haben hier einen Entwurf").count(), 0);
    await page.context().close();
    await other.context().close();
  });
});

describe("when the hour comes", () => {
  const AHEAD_S = 12;
  /** @type {import("./paper.js").Paper} */ let news;
  before(async () => void (news = await paper({ clock: `2026-11-20T05:59:${60 - AHEAD_S}`, settings: HOURS })));
  after(() => news?.stop());

  it("an open page opens within two seconds, and so does the page for everybody else", async () => {
    const page = await (await chromium.newContext()).newPage();
    const article = (await news.articles())[0];
    const opens = news.began + AHEAD_S * 1000;
    await page.goto(`${news.address}${article}/comments`);
    assert.ok(Date.now() < opens - 500, "the page was there before the hour");
    assert.ok(await page.locator(CLOSED).isVisible());
    await page.waitForSelector(CLOSED, { state: "detached", timeout: 20_000 });
    const late = Date.now() - opens;
    assert.ok(late <= 2000, `${late} ms after the hour`);
    assert.ok(late > -1500, `${-late} ms before the hour`);
    await page.reload();
    assert.equal(await page.locator(CLOSED).count(), 0, "somebody who comes now finds it open");
    await page.context().close();
  });
});
