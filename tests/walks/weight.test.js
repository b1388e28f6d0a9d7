/* The budgets of a first view: they are about bytes and requests, which do not depend on the machine. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { browser, paper } from "./paper.js";
import { weigh } from "./weigh.js";

const KB = 1000;

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;
/** The article the budgets speak of: about 600 words, 20 comments in its first HTML, a recording. @type {string} */ let article;
before(async () => {
  [news, chromium] = await Promise.all([paper(), browser()]);
  article = await news.article("seilfaehre");
  await news.recorded(article);
});
after(async () => {
  await chromium?.close();
  await news?.stop();
});

describe("a first view", () => {
  it("costs at most 60 kB and 8 requests without pictures", async () => {
    for (const path of ["/", article]) {
      const { bytes, requests, parts, words, comments } = await weigh(chromium, news.address + path);
      const list = parts.map((part) => `${part.bytes} ${part.url}`).join("\n");
      assert.ok(bytes <= 60 * KB, `${path}: ${bytes} bytes\n${list}`);
      assert.ok(requests <= 8, `${path}: ${requests} requests\n${list}`);
      if (path === article) assert.ok(words >= 600 && comments >= 20, `${words} words and ${comments} comments`);
    }
  });

  it("of an article fits the first flight: at most 14 kB of HTML, however it is compressed", async () => {
    for (const path of await news.articles()) {
      for (const coding of ["gzip", "br", "zstd"]) {
        const answer = await fetch(news.address + path, { method: "HEAD", headers: { "accept-encoding": coding } });
        const length = Number(answer.headers.get("content-length"));
        assert.ok(length > 0 && length <= 14 * KB, `${path} is ${length} bytes as ${coding}`);
      }
    }
  });

  it("weighs what was last looked at and blessed, within a twentieth", async () => {
    const blessed = JSON.parse(await readFile(new URL("weights.json", import.meta.url), "utf8"));
    for (const [path, { html, bytes, requests }] of Object.entries(blessed)) {
      const now = await weigh(chromium, news.address + path);
      const heavier = `${path} has grown; if that is meant, say so with: cargo xtask bless`;
      assert.ok(now.html <= html * 1.05 && now.bytes <= bytes * 1.05 && now.requests <= requests, `${heavier}\n${JSON.stringify(now, null, 1)}`);
    }
  });
});
