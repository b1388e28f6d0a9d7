/*
 * Somebody who only reads: no cookie, nothing stored, nothing asked of anybody else (T2.1, T2.2, T8.4).
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { browser, paper } from "./paper.js";
import { publicPages } from "./pages.js";

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;
before(async () => {
  [news, chromium] = await Promise.all([paper(), browser()]);
});
after(async () => {
  await chromium?.close();
  await news?.stop();
});

/** What every answer carries, whoever asks (T2.1, T2.2). */
const ALWAYS = {
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^strict-origin-when-cross-origin$/,
  "x-frame-options": /^DENY$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
};
const PAGE = /^(?=.*default-src 'none')(?=.*script-src 'self')(?=.*base-uri 'none')(?=.*form-action 'self')(?=.*frame-ancestors 'none')(?!.*unsafe)/;
const DRAWING = /^(?=.*default-src 'none')(?=.*sandbox)(?!.*script-src)(?!.*allow-scripts)/;

/**
 * @param {Record<string, string>} headers
 * @param {string} where
 */
function assertGuarded(headers, where) {
  for (const [name, expected] of Object.entries(ALWAYS)) assert.match(headers[name] ?? "", expected, `${name} of ${where}`);
  // A drawing may have styles of its own, and is shut in a sandbox where nothing runs (T6.3).
  const policy = new URL(where, news.address).pathname.startsWith("/pictures/") ? DRAWING : PAGE;
  assert.match(headers["content-security-policy"] ?? "", policy, `policy of ${where}`);
  assert.equal(headers["set-cookie"], undefined, `${where} sets no cookie`);
  assert.doesNotMatch(headers["server"] ?? "", /\d/, `${where} names no version`);
}

describe("a reader without an account", () => {
  it("t2_t8_4 gets no cookie, no storage and no foreign request on any public page", async () => {
    const context = await chromium.newContext();
    const page = await context.newPage();
    /** @type {string[]} */ const foreign = [];
    /** @type {string[]} */ const trouble = [];
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== news.address && protocol !== "data:" && protocol !== "blob:") foreign.push(request.url());
    });
    /** @type {Promise<void>[]} */ const guarded = [];
    page.on("response", (answer) => {
      if (answer.url().startsWith("http")) guarded.push(answer.allHeaders().then((headers) => assertGuarded(headers, answer.url())));
    });
    page.on("pageerror", (error) => trouble.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      // A page that is not there is one of those visited, and a recording that is being made says so by its status.
      const expected = /\/nothing-here$|\/audio\.json$/.test(message.location().url);
      if (message.type() === "error" && !expected) trouble.push(`${page.url()}: ${message.text()} ${message.location().url}`);
    });

    for (const path of await publicPages(news)) {
      await page.goto(news.address + path, { waitUntil: "load" });
      // To the very end, so that everything that loads when it comes into view has come.
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      const kept = await page.evaluate(async () => ({
        cookie: document.cookie, local: localStorage.length, session: sessionStorage.length,
        databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
        workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
      }));
      assert.deepEqual(kept, { cookie: "", local: 0, session: 0, databases: 0, caches: 0, workers: 0 }, path);
    }
    await Promise.all(guarded);
    assert.ok(guarded.length > 30, "pages came with what belongs to them");
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(foreign, []);
    assert.deepEqual(trouble, []);
    await context.close();
  });

  it("t2 every kind of answer carries the headers, pages that are not there as well", async () => {
    const article = (await news.articles())[0];
    const paths = [
      "/", article, `${article}/comments`, "/feed.rss", "/feed.atom", "/feed.json", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt",
      `${article}/audio.mp3`, "/nothing-here", "/nothing/here", "/account", "/desk", "/login", "/healthz",
    ];
    for (const path of paths) {
      const answer = await fetch(news.address + path, { redirect: "manual" });
      assertGuarded(Object.fromEntries(answer.headers), path);
      await answer.arrayBuffer();
    }
  });

  it("t2_4 cannot be made to change anything from somebody else's page", async () => {
    const article = (await news.articles())[0];
    /** @type {Record<string, string>[]} */ const strangers = [{ "sec-fetch-site": "cross-site" }, { origin: "https://elsewhere.example" }, {}];
    for (const headers of strangers) {
      const answer = await fetch(`${news.address}${article}/comments`, {
        method: "POST", headers: { ...headers, "content-type": "application/x-www-form-urlencoded" }, body: "text=hallo", redirect: "manual",
      });
      assert.equal(answer.status, 403, JSON.stringify(headers));
    }
  });

  it("gets the same bytes again as 304, and the head alone with HEAD", async () => {
    const article = (await news.articles())[0];
    const first = await fetch(news.address + article);
    const tag = first.headers.get("etag") ?? "";
    assert.match(tag, /^"/, "a strong tag");
    const again = await fetch(news.address + article, { headers: { "if-none-match": tag } });
    assert.equal(again.status, 304);
    const head = await fetch(news.address + article, { method: "HEAD" });
    assert.equal(head.status, 200);
    assert.equal((await head.arrayBuffer()).byteLength, 0);
    for (const coding of ["gzip", "br", "zstd"]) {
      const answer = await fetch(news.address + article, { method: "HEAD", headers: { "accept-encoding": coding } });
      assert.equal(answer.headers.get("content-encoding"), coding);
      assert.match(answer.headers.get("vary") ?? "", /accept-encoding/i);
    }
  });
});
