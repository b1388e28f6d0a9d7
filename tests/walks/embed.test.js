/* The talk under a page of another system: on another origin, with the script and without, read in the frame and written at home. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { browser, freePort, paper, signIn } from "./paper.js";
import { troubles } from "./pages.js";

const SECRET = "what-only-the-other-system-and-we-know";
const HEADLINE = "Die Brücke <b>bleibt";

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;
/** A site the paper lets in, and one it does not. @type {string} */ let ours;
/** @type {string} */ let foreign;
/** @type {import("node:http").Server[]} */ const servers = [];

/**
 * Pages of another system, whatever the path: with our script, and with a frame by hand.
 * @param {number} port
 */
async function site(port) {
  const address = `http://127.0.0.1:${port}`;
  const server = createServer((asked, answer) => {
    const about = encodeURIComponent(`${ours}/bruecke`);
    const talk = asked.url === "/by-hand"
      ? `<iframe title="Kommentare" src="${news.address}/embed?url=${about}"></iframe>`
      : `<div data-blatt-talk title="Kommentare zur Brücke"><a href="${news.address}/embed/open?url=${about}">Kommentare</a></div>
         <script src="${news.address}/embed.js" async></script>`;
    answer.setHeader("content-type", "text/html; charset=utf-8");
    // As strict as such a page can be and still have the talk on it.
    answer.setHeader("content-security-policy", `default-src 'none'; script-src ${news.address}; frame-src ${news.address}`);
    answer.end(`<!doctype html><html lang="de"><meta name="viewport" content="width=device-width"><title>Brücke</title>
      <link rel="canonical" href="${ours}/bruecke"><h1>Die Brücke</h1>${talk}<p id="end">Ende`);
  });
  servers.push(server);
  await new Promise((then) => server.listen(port, "127.0.0.1", () => then(undefined)));
  return address;
}

before(async () => {
  const [port, other] = [await freePort(), await freePort()];
  ours = `http://127.0.0.1:${port}`;
  [news, chromium] = await Promise.all([
    paper({ settings: { BLATT_EMBED_SITES: ours, BLATT_EMBED_SECRET: SECRET } }), browser(),
  ]);
  await site(port);
  foreign = await site(other);
  const told = await fetch(`${news.address}/api/v1/elsewhere`, {
    method: "POST",
    headers: { authorization: `Bearer ${SECRET}` },
    body: JSON.stringify({ url: `${ours}/bruecke`, headline: HEADLINE }),
  });
  assert.equal(told.status, 201, await told.text());
});
after(async () => {
  await chromium?.close();
  for (const server of servers) server.close();
  await news?.stop();
});

/** @param {import("playwright-core").Page} page */
const talk = (page) => page.frameLocator("iframe");

/**
 * How high the frame is, once that is as high as what stands in it.
 * @param {import("playwright-core").Page} page
 */
async function height(page) {
  const inside = talk(page).locator("in-frame");
  const frame = page.locator("iframe");
  for (let tries = 0; tries < 50; tries += 1) {
    const [wanted, given] = [await inside.boundingBox(), await frame.boundingBox()];
    if (wanted && given && Math.ceil(wanted.height) === given.height) return given.height;
    await page.waitForTimeout(100);
  }
  throw new Error("the frame never was as high as the talk");
}

/**
 * Writes a comment on the thread's own page.
 * @param {import("playwright-core").Page} page
 * @param {string} words
 */
async function write(page, words) {
  const form = page.locator("form.write").last();
  await form.locator("textarea[name=text]").fill(words);
  await form.locator("button:not([type=button]):not([name])").click();
  await page.getByText(words).first().waitFor();
}

describe("a talk on a page of another system", () => {
  it("is read there, written at home, and heard of there", async () => {
    const context = await chromium.newContext();
    const home = await context.newPage();
    await signIn(home, news, "leser");
    const page = await context.newPage();
    await page.goto(`${ours}/bruecke`);
    await talk(page).getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await page.locator("iframe").getAttribute("title"), "Kommentare zur Brücke");
    const before = await height(page);
    assert.equal(await talk(page).locator("form").count(), 0, "nothing can be sent from the frame");

    const opened = context.waitForEvent("page");
    await talk(page).getByRole("link", { name: "Mitreden" }).click();
    const thread = await opened;
    await thread.waitForLoadState();
    assert.match(thread.url(), new RegExp(`^${news.address}/[a-z]+/die-bruecke-b-bleibt/comments`));
    assert.equal(await thread.locator(".thread-of a").getAttribute("href"), `${ours}/bruecke`);
    const words = "Ich gehe jeden Tag hinüber, auch im Winter.";
    await write(thread, words);

    await talk(page).locator("[data-do=show-new]").click();
    await talk(page).getByText(words).waitFor();
    assert.ok(await height(page) > before, "the frame grows with the talk");
    const permalink = context.waitForEvent("page");
    await talk(page).locator(".comment time").first().click();
    assert.match((await permalink).url(), new RegExp(`^${news.address}/comments/\\d+$`));
    await context.close();
  });

  it("keeps its orders and pages in the frame", async () => {
    const page = await (await chromium.newContext()).newPage();
    await page.goto(`${ours}/bruecke`);
    await talk(page).getByRole("link", { name: "Älteste" }).click();
    await talk(page).locator("a[aria-current=page]", { hasText: "Älteste" }).waitFor();
    await height(page);
    assert.equal(page.url(), `${ours}/bruecke`);
    await page.context().close();
  });

  it("is as high as we say, and not as high as others say", async () => {
    const page = await (await chromium.newContext()).newPage();
    await page.goto(`${ours}/bruecke`);
    const before = await height(page);
    await page.evaluate(() => window.postMessage({ blattHeight: 12 }, "*"));
    await page.waitForTimeout(100);
    assert.equal(await height(page), before);
    await page.context().close();
  });

  it("works without scripts: in a frame by hand, and by a link", async () => {
    const page = await (await chromium.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${ours}/by-hand`);
    await talk(page).getByRole("link", { name: "Mitreden" }).waitFor();
    await page.goto(`${ours}/bruecke`);
    await page.getByRole("link", { name: "Kommentare" }).click();
    await page.waitForURL(`${news.address}/**/comments`);
    await page.context().close();
  });

  it("is shown on no other site", async () => {
    const page = await (await chromium.newContext()).newPage();
    const refused = page.waitForEvent("console", (said) => said.text().includes("frame-ancestors"));
    await page.goto(`${foreign}/bruecke`);
    await refused;
    assert.equal(await talk(page).locator("in-frame").count(), 0);
    for (const path of ["/", "/login"]) {
      const said = page.waitForEvent("console", (said) => said.text().includes("frame-ancestors"));
      await page.goto(`${ours}/bruecke`);
      await page.locator("iframe").evaluate((frame, src) => frame.setAttribute("src", src), news.address + path);
      await said;
    }
    await page.context().close();
  });

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    it(`can be read by everybody on every width (${colorScheme})`, async () => {
      const page = await (await chromium.newContext({ colorScheme })).newPage();
      for (const width of [320, 600, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`${news.address}/embed?url=${encodeURIComponent(`${ours}/bruecke`)}`);
        assert.deepEqual(await troubles(page), [], `at ${width} pixels`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `nothing is wider than ${width} pixels: ${wide}`);
      }
      await page.context().close();
    });
  }
});
