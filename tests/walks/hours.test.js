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

for (const [how, scripts] of /** @type {const} */ ([["with scripts", true], ["without scripts", false]])) {
  describe(`at night, where everything waits for approval, ${how}`, () => {
    /** @type {import("./paper.js").Paper} */ let news;
    /** @type {string} */ let article;
    before(async () => {
      news = await paper({ clock: "2026-11-20T21:14", settings: { ...HOURS, BLATT_HOURS_OUTSIDE: "waiting" } });
      article = (await news.articles())[0];
    });
    after(() => news?.stop());

    /** @param {string} name */
    async function signedIn(name) {
      const page = await (await chromium.newContext({ javaScriptEnabled: scripts })).newPage();
      await signIn(page, news, name);
      return page;
    }

    /** @param {import("playwright-core").Page} page @param {string} words */
    async function send(page, words) {
      await page.goto(`${news.address}${article}/comments`);
      await page.locator("textarea[name=text]").last().fill(words);
      await page.getByRole("button", { name: "Zur Freigabe schicken" }).click();
      await page.getByText("liest ihn, bevor er erscheint").first().waitFor();
    }

    /** Opens what waits, as a moderator does. @param {import("playwright-core").Page} desk @param {string} words */
    async function openAtDesk(desk, words) {
      await desk.goto(`${news.address}/desk/moderation?queue=waiting`);
      await desk.locator("[data-part=list] li", { hasText: words }).getByRole("link").click();
      await desk.locator("[data-part=case] .judged", { hasText: words }).waitFor();
    }

    /** A decision is sent at once, or when its author leaves the page. @param {import("playwright-core").Page} desk */
    async function sent(desk) {
      if (scripts) await desk.goto(`${news.address}/desk/moderation/reasons`);
      else await desk.getByText("Ein Fall ist entschieden").waitFor();
    }

    const everybody = async () => (await fetch(`${news.address}${article}/comments`)).text();

    it("what is sent is seen by its author, then approved, and then by everybody", async () => {
      assert.match(await everybody(), /Außerhalb der Öffnungszeiten liest die Redaktion jeden Beitrag/);
      const words = "In der Nacht geschrieben, am Tisch gelesen.";
      const [page, desk] = [await signedIn("leser"), await signedIn("moderator")];
      await send(page, words);
      await page.getByText("Wartet auf Freigabe, seit").waitFor();
      assert.ok(await page.getByText(words).isVisible());
      assert.ok(!(await everybody()).includes(words), "nobody else reads it");

      await openAtDesk(desk, words);
      await desk.getByRole("button", { name: /^Freigeben( F)?$/ }).click();
      await sent(desk);
      let seen = false;
      for (let tries = 0; tries < 30 && !seen; tries += 1) {
        seen = (await everybody()).includes(words);
        if (!seen) await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert.ok(seen, "everybody reads it");
      await page.goto(`${news.address}/account/inbox`);
      await page.getByText("Ihr Kommentar ist freigegeben und erschienen").waitFor();
      await page.context().close();
      await desk.context().close();
    });

    it("what is refused is read by its author alone, with rule and reason; what still waits can be taken back", async () => {
      const [page, desk] = [await signedIn("leser"), await signedIn("moderator")];
      const rude = "So einen Unsinn schreibt nur ein Dummkopf.";
      await send(page, rude);
      await openAtDesk(desk, rude);
      await desk.locator("input[name=clause]").first().check();
      await desk.getByLabel(/^Begründung an/).fill("„Dummkopf“ beschimpft jemanden.");
      await desk.getByRole("button", { name: /^Nicht freigeben/ }).click();
      await sent(desk);
      const read = () => page.getByText("„Dummkopf“ beschimpft jemanden.").count();
      for (let tries = 0; tries < 30; tries += 1) {
        await page.goto(`${news.address}/account`);
        if (await read()) break;
      }
      assert.ok(await read(), "the author reads why");
      assert.ok(!(await everybody()).includes(rude));

      const regretted = "Das nehme ich lieber zurück.";
      await send(page, regretted);
      await page.locator("#waiting li", { hasText: regretted }).getByRole("button", { name: "Löschen" }).click();
      await page.getByText("Ihr Beitrag ist zurückgenommen").waitFor();
      await desk.goto(`${news.address}/desk/moderation?queue=waiting`);
      await desk.getByText("Nichts zu entscheiden").waitFor();
      await page.context().close();
      await desk.context().close();
    });
  });
}

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

describe("when the desk closes a talk at one of two nodes", () => {
  const ALWAYS = Object.fromEntries(Object.keys(HOURS).map((day) => [day, "always"]));
  /** @type {import("./paper.js").Paper} */ let news;
  /** @type {Awaited<ReturnType<import("./paper.js").Paper["node"]>>} */ let other;
  before(async () => {
    // By the clock of this machine: the other node has no other.
    news = await paper({ clock: new Date().toISOString().slice(0, 16), settings: ALWAYS });
    other = await news.node();
  });
  after(async () => {
    await other?.stop();
    await news?.stop();
  });

  it("a page that is open at the other says so within two seconds", async () => {
    const article = (await news.articles())[0];
    const page = await (await chromium.newContext()).newPage();
    await page.goto(`${other.address}${article}/comments`);
    const desk = await (await chromium.newContext()).newPage();
    await signIn(desk, news, "moderator");
    await desk.goto(`${news.address}/desk/moderation/hours`);
    await desk.locator("#article").fill(article);
    assert.equal(await page.locator(CLOSED).count(), 0, "it is open");
    await desk.getByRole("button", { name: "Gilt ab jetzt" }).click();
    await desk.getByText("Geschlossen. Offene Seiten").waitFor();
    const said = Date.now();
    await page.locator(CLOSED).waitFor({ timeout: 10_000 });
    assert.ok(Date.now() - said <= 2000, `${Date.now() - said} ms later`);
    await page.context().close();
    await desk.context().close();
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
