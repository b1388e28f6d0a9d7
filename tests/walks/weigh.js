/*
 * What a first view costs: bytes over the wire and requests, as the browser counts them, with an empty cache.
 * Called by itself it prints a table for the demo paper.
 */
import { pathToFileURL } from "node:url";
import { browser, paper } from "./paper.js";

/**
 * @param {import("playwright-core").Browser} chromium
 * @param {string} url
 */
export async function weigh(chromium, url) {
  const context = await chromium.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  /** @type {Map<string, { type: string, url: string, bytes: number }>} */ const asked = new Map();
  wire.on("Network.responseReceived", ({ requestId, type, response }) => {
    // The icon is asked for by the browser's own window, and streams stay open.
    if (type !== "EventSource") asked.set(requestId, { type, url: response.url, bytes: 0 });
  });
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const one = asked.get(requestId);
    if (one) one.bytes = encodedDataLength;
  });
  await page.goto(url, { waitUntil: "load" });
  await page.waitForFunction(() => document.fonts.status === "loaded");
  const words = await page.evaluate(() => (document.querySelector("article .body")?.textContent ?? "").trim().split(/\s+/).length);
  const comments = await page.evaluate(() => document.querySelectorAll(".comment").length);
  await context.close();
  const parts = [...asked.values()].filter(({ url }) => url.startsWith("http"));
  // The icon of the tab is a picture too, though the browser calls it something else.
  const seen = parts.filter(({ type, url }) => type !== "Image" && type !== "Media" && !url.endsWith("/icon.svg"));
  const sum = (/** @type {typeof parts} */ list) => list.reduce((bytes, part) => bytes + part.bytes, 0);
  return { html: sum(parts.filter(({ type }) => type === "Document")), bytes: sum(seen), requests: seen.length, all: sum(parts), parts, words, comments };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [news, chromium] = await Promise.all([paper(), browser()]);
  try {
    const article = await news.article("seilfaehre");
    await news.recorded(article);
    for (const path of ["/", article]) {
      const { html, bytes, requests, all, words, comments } = await weigh(chromium, news.address + path);
      console.log(`first view of ${path}: ${html} bytes of HTML, ${bytes} bytes in ${requests} requests without pictures, ${all} with; ${words} words, ${comments} comments`);
    }
  } finally {
    await chromium.close();
    await news.stop();
  }
}
