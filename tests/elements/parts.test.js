import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { browser, paper, sheet } from "./paper.js";

/** @type {import("playwright-core").Browser} */ let chromium;
/** @type {Awaited<ReturnType<typeof paper>>} */ let news;
/** @type {import("playwright-core").BrowserContext} */ let context;
/** @type {import("playwright-core").Page} */ let page;

before(async () => void (chromium = await browser()));
after(() => chromium.close());
afterEach(async () => {
  await context.close();
  news.close();
});

/** @param {string} body @param {Parameters<typeof paper>[0]} [routes] */
async function open(body, routes) {
  news = await paper({ "/": () => sheet(body), ...routes });
  context = await chromium.newContext({ viewport: { width: 800, height: 600 } });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
  await page.goto(news.address);
}

const asked = (path) => news.asked.filter((line) => line === `GET ${path}`).length;

describe("a part of another page", () => {
  const other = () => sheet(`<p id="votes">96 Stimmen</p><p data-part="name">Uferläufer <a href="/account">Konto</a></p>`);

  it("comes when it is near, by its fragment or its name, and takes the link's place", async () => {
    await open(`<part-of><a href="/other#votes">Stimmen</a></part-of><div style="height: 3000px"></div><part-of data-part="name"><a href="/other?again">Konto</a></part-of>`, { "/other": other });
    await page.getByText("96 Stimmen").waitFor();
    assert.equal(asked("/other?again"), 0, "what is far below is not asked for");
    await page.getByText("Konto").scrollIntoViewIfNeeded();
    await page.getByText("Uferläufer").waitFor();
    assert.equal(await page.locator("part-of").count(), 0);
  });

  it("leaves what was typed before it came, and the focus where it was", async () => {
    const field = '<form id="ask"><input type="hidden" name="seen" value="NEW"><label for="word">Wort</label><input id="word" name="word"><button>Prüfen</button></form>';
    /** @type {() => void} */ let come = () => {};
    const waits = new Promise((then) => (come = () => then(undefined)));
    await open(`<part-of><div>${field.replace("NEW", "old")}<a href="/other#ask">Eigenes</a></div></part-of>`,
      { "/other": async () => (await waits, sheet(field)) });
    await page.locator("#word").fill("Abend");
    come();
    await page.waitForFunction(() => !document.querySelector("part-of"));
    assert.equal(await page.locator("#word").inputValue(), "Abend");
    assert.equal(await page.locator("[name=seen]").inputValue(), "NEW", "what nobody typed is the new page's");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "word");
  });

  it("stays a link if it is not there, or is somebody else's", async () => {
    await open(`<part-of><a href="/other#nothing">Eins</a></part-of><part-of><a href="/broken#votes">Zwei</a></part-of><part-of><a href="http://127.0.0.2:9/#votes">Drei</a></part-of>`,
      { "/other": other, "/broken": (_, response) => response.destroy() });
    const foreign = [];
    page.on("request", (request) => request.url().includes("127.0.0.2") && foreign.push(request.url()));
    await page.reload();
    await page.waitForResponse("**/other");
    await page.waitForFunction(() => customElements.get("part-of"));
    assert.deepEqual(await page.getByRole("link").allInnerTexts(), ["Eins", "Zwei", "Drei"]);
    assert.deepEqual(foreign, []);
  });

  it("t8_4_is_not_asked_for_on_behalf_of_somebody_who_never_signed_in", async () => {
    const account = `<part-of data-for="signed-in"><a href="/other#votes">Anmelden</a></part-of>`;
    await open(account, { "/other": other, "/account": () => sheet(`<signed-in value="yes"></signed-in>`), "/out": () => sheet(`<signed-in value="no"></signed-in>`) });
    await page.waitForLoadState("networkidle");
    assert.deepEqual(news.asked.filter((line) => /other|part-of/.test(line)), []);
    await page.goto(`${news.address}/account`);
    await page.waitForFunction(() => localStorage.signedIn === "1");
    await page.goto(news.address);
    await page.getByText("96 Stimmen").waitFor();
    await page.evaluate(() => localStorage.setItem("draft:/fluss/faehre/comments", "Was der Nächste nicht lesen soll."));
    await page.goto(`${news.address}/out`);
    await page.waitForFunction(() => localStorage.length === 0);
  });
});

describe("share and print", () => {
  const tools = `<link rel="canonical" href="https://paper.example/a"><share-button data-scripts hidden data-copied="Adresse kopiert"><button>Teilen</button><span role="status"></span></share-button>
    <print-button data-scripts hidden><button>Drucken</button></print-button>`;

  it("are there only where they work", async () => {
    news = await paper({ "/": () => sheet(tools) });
    context = await chromium.newContext({ javaScriptEnabled: false });
    context.setDefaultTimeout(10_000);
  page = await context.newPage();
    await page.goto(news.address);
    assert.equal(await page.getByRole("button").count(), 0);
  });

  it("copy the address where the system cannot share, and print", async () => {
    await open(tools);
    await page.addInitScript(() => {
      Object.defineProperty(navigator, "share", { value: undefined });
      Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => (window.copied = text) } });
      window.print = () => (window.printed = true);
    });
    await page.reload();
    await page.getByRole("button", { name: "Teilen" }).click();
    await page.getByText("Adresse kopiert").waitFor();
    assert.equal(await page.evaluate(() => window.copied), "https://paper.example/a");
    await page.getByRole("button", { name: "Drucken" }).click();
    await page.waitForFunction(() => window.printed);
  });
});
