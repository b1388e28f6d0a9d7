/* Somebody listens to the paper: the sound is real, and its time is what the page says. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { browser, paper } from "./paper.js";

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;
/** The article that is heard, and its timings. @type {string} */ let article;
/** @type {{ duration_ms: number, sentences: { id: string, start_ms: number, end_ms: number }[] }} */ let timings;

before(async () => {
  [news, chromium] = await Promise.all([paper(), browser()]);
  article = await news.article("seilfaehre");
  timings = await news.recorded(article);
});
after(async () => {
  await chromium?.close();
  await news?.stop();
});

/** @param {import("playwright-core").BrowserContextOptions} [how] */
async function open(how) {
  const context = await chromium.newContext(how);
  const page = await context.newPage();
  /** @type {string[]} */ const trouble = [];
  page.on("pageerror", (error) => trouble.push(error.message));
  await page.goto(news.address + article);
  return {
    page,
    small: (/** @type {string} */ name) => page.locator(`.player-mini [data-do="${name}"]`),
    large: (/** @type {string} */ name) => page.locator(`.player-large [data-do="${name}"]`),
    state: (/** @type {string} */ state) => page.waitForSelector(`read-aloud[data-state="${state}"]`),
    sound: () => page.$eval("audio", (audio) => ({ at: audio.currentTime, of: audio.duration, speed: audio.playbackRate })),
    later: (/** @type {number} */ than) => page.waitForFunction((at) => (document.querySelector("audio")?.currentTime ?? 0) > at, than),
    async leave() {
      await context.close();
      assert.deepEqual(trouble, [], "no script failed");
    },
  };
}

describe("listening", () => {
  it("plays, the time advances, and the sentence being read is marked", async () => {
    const { page, small, state, sound, later, leave } = await open();
    assert.match(await page.locator("read-aloud").innerText(), /künstliche stimme/i, "it says that nobody is speaking");
    await small("toggle").click();
    await state("playing");
    await later(0.5);
    const { of } = await sound();
    assert.ok(Math.abs(of * 1000 - timings.duration_ms) < 150, `${of} s of sound for ${timings.duration_ms} ms of timings`);
    await page.waitForSelector(".is-read");
    const { id, at } = await page.evaluate(() => {
      const marked = document.querySelector(".is-read");
      return { id: marked?.getAttribute("data-s") ?? marked?.id, at: 1000 * (document.querySelector("audio")?.currentTime ?? 0) };
    });
    const sentence = timings.sentences.find((sentence) => sentence.id === id);
    assert.ok(sentence && sentence.start_ms - 400 < at && at < sentence.end_ms + 400, `${id} is marked at ${at} ms`);
    await small("toggle").click();
    await state("paused");
    await leave();
  });

  it("goes ten seconds forward and back, to the next article, and as fast as the reader likes", async () => {
    const { page, small, large, state, sound, later, leave } = await open();
    await small("toggle").click();
    await state("playing");
    await later(0.2);
    await small("expand").click();
    await page.waitForSelector(".player-large");

    const before = (await sound()).at;
    await large("forward").click();
    await later(before + 9.9);
    const forward = (await sound()).at;
    assert.ok(forward < before + 13, `from ${before} to ${forward}`);
    await large("back").click();
    await page.waitForFunction((at) => (document.querySelector("audio")?.currentTime ?? 99) < at - 7, forward);

    await large("faster").click();
    const fast = (await sound()).speed;
    assert.ok(fast > 1, `${fast}`);

    await large("next").click();
    await page.waitForURL((url) => url.pathname !== article);
    await page.waitForSelector(".player-large");
    assert.equal((await sound()).speed, fast, "the speed is remembered");
    await leave();
  });

  it("begins at the paragraph that is clicked", async () => {
    const { page, small, state, sound, later, leave } = await open();
    await small("toggle").click();
    await state("playing");
    await page.waitForSelector(".is-read");
    const { id, start_ms } = timings.sentences[Math.floor(timings.sentences.length / 2)];
    const paragraph = page.locator(`p:has(> #${id}), p:has(#${id})`).first();
    const first = await paragraph.locator("[id^=s]").first().getAttribute("id");
    const start = timings.sentences.find((sentence) => sentence.id === first)?.start_ms ?? start_ms;
    await paragraph.click({ position: { x: 4, y: 8 } });
    await later(start / 1000 - 0.2);
    assert.ok((await sound()).at < start / 1000 + 5);
    await leave();
  });

  it("is the browser's own player without scripts", async () => {
    const { page, leave } = await open({ javaScriptEnabled: false });
    const audio = page.locator("audio[controls]");
    assert.equal(await audio.isVisible(), true);
    const source = await audio.getAttribute("src");
    const part = await fetch(news.address + source, { headers: { range: "bytes=100-199" } });
    assert.equal(part.status, 206, "one can jump in it");
    assert.equal((await part.arrayBuffer()).byteLength, 100);
    assert.equal(part.headers.get("content-type"), "audio/mpeg");
    await leave();
  });
});
