/* Records the picture in the README and the weights of first views. Called by `cargo xtask bless`. */
import { stat, writeFile } from "node:fs/promises";
import { browser, paper } from "./paper.js";
import { weigh } from "./weigh.js";

const PICTURE = new URL("../../docs/front.png", import.meta.url);

const [news, chromium] = await Promise.all([paper(), browser()]);
try {
  const page = await (await chromium.newContext({ viewport: { width: 1200, height: 720 }, colorScheme: "light" })).newPage();
  await page.goto(news.address, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: PICTURE.pathname });
  console.log(`docs/front.png: ${(await stat(PICTURE)).size} bytes`);

  /** @type {Record<string, { html: number, bytes: number, requests: number }>} */ const weights = {};
  const article = await news.article("seilfaehre");
  await news.recorded(article);
  for (const path of ["/", article]) {
    const { html, bytes, requests } = await weigh(chromium, news.address + path);
    weights[path] = { html, bytes, requests };
    console.log(path, weights[path]);
  }
  await writeFile(new URL("weights.json", import.meta.url), `${JSON.stringify(weights, null, 2)}\n`);
} finally {
  await chromium.close();
  await news.stop();
}
