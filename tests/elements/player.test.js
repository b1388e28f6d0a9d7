import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, describe, it } from "node:test";
import { SENTENCE_MS, article, browser, paper, player, sendRange, sheet, tone } from "./paper.js";

/** @type {import("playwright-core").Browser} */ let chromium;
/** @type {Awaited<ReturnType<typeof paper>>} */ let news;
/** @type {import("playwright-core").BrowserContext} */ let context;
/** @type {import("playwright-core").Page} */ let page;
/** @type {string[]} */ let trouble;

before(async () => void (chromium = await browser()));
after(() => chromium.close());
afterEach(async () => {
  await context.close();
  news.close();
  assert.deepEqual(trouble, [], "no script failed");
});

/** @param {Parameters<typeof paper>[0]} [routes] @param {import("playwright-core").BrowserContextOptions} [how] */
async function open(routes, how) {
  news = await paper(routes);
  context = await chromium.newContext(how);
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
  trouble = [];
  page.on("pageerror", (error) => trouble.push(error.message));
  await page.goto(news.address);
}

/** @param {string} state */
const state = (state) => page.waitForSelector(`read-aloud[data-state="${state}"]`);
const sound = () => page.$eval("audio", (audio) => ({ at: audio.currentTime, speed: audio.playbackRate, paused: audio.paused, pitch: audio.preservesPitch }));
const small = (name) => page.locator(`.player-mini [data-do="${name}"]`);
const large = (name) => page.locator(`.player-large [data-do="${name}"]`);
/** Waits until the sound is at about this second. */
const at = (seconds) => page.waitForFunction((s) => Math.abs(document.querySelector("audio").currentTime - s) < 1.5, seconds);

async function listen() {
  await small("toggle").click();
  await state("playing");
  await page.waitForSelector(".is-read");
}

async function enlarge() {
  await small("expand").click();
  await page.waitForSelector(".player-large");
}

describe("without scripts", () => {
  it("is the browser's own player with a label that says the voice is synthetic, and a download", async () => {
    await open({}, { javaScriptEnabled: false });
    assert.equal(await page.locator("audio[controls]").isVisible(), true);
    assert.match(await page.locator(".player-plain").innerText(), /Künstliche Stimme Lene · 0:30 · Als MP3 laden/);
    assert.equal(await page.locator(".player-mini").isVisible(), false);
  });

  it("says that a recording is being made, and to come back", async () => {
    await open({ "/": () => article({ state: { is: "making", done: 0, total: 0 } }) }, { javaScriptEnabled: false });
    assert.match(await page.locator(".player").innerText(), /Die Aufnahme entsteht gerade\s+Bitte laden Sie die Seite in einer Minute neu/);
  });
});

describe("a reader who only reads", () => {
  beforeEach(() => open());

  it("loads no sound, no timings and only three small scripts", async () => {
    await small("toggle").waitFor();
    assert.deepEqual(news.asked.filter((line) => /audio|\.js/.test(line)).sort(), ["GET /elements/blatt.js", "GET /elements/storage.js", "GET /elements/when-visible.js"]);
  });

  it("listens without leaving anything on the device", async () => {
    await listen();
    await enlarge();
    await large("close").click();
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""]);
  });
});

describe("the small player", () => {
  it("plays, pauses, and tells the elapsed and total time", async () => {
    await open();
    assert.equal((await page.locator(".player-clock").innerText()).trim(), "0:30");
    await listen();
    await page.waitForFunction(() => document.querySelector(".player-clock").innerText.startsWith("0:01 / 0:30"));
    assert.equal(await small("toggle").innerText(), "Pause");
    await small("toggle").click();
    await state("paused");
    assert.equal(await small("toggle").innerText(), "Weiter");
  });

  it("says in English what it says in German", async () => {
    await open({ "/": () => article({ language: "en" }) });
    await listen();
    assert.match(await page.locator(".player-mini").innerText(), /Listening\s+Synthetic voice Lene · Sentence 1 of 6/);
  });

  it("says how far a recording is", async () => {
    await open({ "/": () => article({ state: { is: "making", done: 12, total: 41 } }), "/audio.json": (_, response) => response.writeHead(503).end() });
    await page.getByText("Satz 12 von 41, noch etwa 20 Sekunden").waitFor();
  });

  it("waits for a recording that is being made, as long as the server says, and then is ready", async () => {
    let made = false;
    const timings = { version: 1, duration_ms: 30000, sentences: [] };
    await open({
      "/": () => article({ state: { is: "making", done: 0, total: 0 } }),
      "/audio.json": (_, response) => (made ? response.writeHead(200).end(JSON.stringify(timings)) : response.writeHead(503, { "retry-after": "20" }).end()),
    });
    await page.getByText("noch etwa 20 Sekunden").waitFor();
    await page.clock.install();
    await page.reload();
    await page.getByText("noch etwa 20 Sekunden").waitFor();
    await small("tell").click();
    assert.equal(await small("tell").innerText(), "Wir geben Bescheid");
    made = true;
    await page.clock.runFor(21_000);
    await state("ready");
    assert.match(await page.title(), /^Aufnahme fertig – /);
    await small("toggle").click();
    await state("playing");
  });

  it("keeps the place when the sound is lost, and goes on from there", async () => {
    const voice = tone(300_000);
    let broken = true;
    /** @type {import("node:http").ServerResponse | undefined} */ let line;
    const breaksOff = (request, response) => {
      if (!broken) return sendRange(request, response, voice);
      if (!/^bytes=0-/.test(request.headers.range)) return response.writeHead(404).end();
      response.writeHead(206, { "content-type": "audio/wav", "content-range": `bytes 0-${voice.length - 1}/${voice.length}`, "content-length": voice.length });
      // Forty seconds of three hundred, and then nothing more comes.
      response.write(voice.subarray(0, 320_000));
      line = response;
    };
    await open({ "/audio.mp3": breaksOff });
    await listen();
    line?.destroy();
    await page.$eval("read-aloud", (player) => (player.place = 25_000));
    await state("lost");
    assert.match(await page.locator(".player-mini").innerText(), /Der Ton ist nicht angekommen\s+Ihre Stelle \(0:(2[5-9]|3\d|40)\) ist gemerkt\./);
    broken = false;
    await small("retry").click();
    await state("playing");
    assert.ok((await sound()).at >= 25, "it goes on where it was");
  });

  it("has no knob to turn where the recording failed", async () => {
    await open({ "/": () => article({ state: { is: "failed" } }) });
    assert.match(await page.locator(".player").innerText(), /Die Aufnahme ist nicht gelungen/);
    assert.equal(await page.locator(".player button:visible").count(), 0);
  });
});

describe("the large player", () => {
  beforeEach(async () => {
    await open();
    await listen();
    await enlarge();
  });

  it("goes ten seconds forward and back, and not past the ends", async () => {
    await large("forward").click();
    await at(11);
    await large("back").click();
    await at(2);
    await large("back").click();
    await at(0.5);
  });

  it("shows the sentence being read and the next one, and how far it is", async () => {
    await large("forward").click();
    await page.getByText("Satz 3 von 6").last().waitFor();
    assert.equal(await page.locator("[data-now]").innerText(), "Jetzt zahlt der Verein den neuen Motor.");
    assert.equal(await page.locator("[data-then]").innerText(), "Am Sonntag darf jeder einmal umsonst hinüber.");
    assert.match(await page.locator(".player-meta").innerText(), /noch 0:1\d/);
  });

  it("has a speed from 0.5 to 3.0 that is remembered once the reader changes it", async () => {
    assert.equal(await large("speed").nth(1).getAttribute("aria-pressed"), "true");
    await page.getByRole("button", { name: "1,5" }).click();
    assert.deepEqual(await sound().then(({ speed, pitch }) => [speed, pitch]), [1.5, true]);
    await large("faster").click();
    assert.equal(await page.locator(".player-meta [data-line=speed]").innerText(), "Tempo 1,6");
    for (let i = 0; i < 14; i += 1) await large("faster").click();
    assert.equal((await sound()).speed, 3);
    assert.equal(await large("faster").isDisabled(), true);
    await page.reload();
    await listen();
    assert.equal((await sound()).speed, 3);
    await enlarge();
    await page.getByRole("button", { name: "0,8" }).click();
    for (let i = 0; i < 3; i += 1) await large("slower").click();
    assert.equal((await sound()).speed, 0.5);
    assert.equal(await large("slower").isDisabled(), true);
  });

  it("goes to the next article and reads it, and back to the one before", async () => {
    await large("next").click();
    await page.waitForURL("**/next");
    await state("playing");
    await page.locator(".player-large").waitFor();
    assert.equal(new URL(page.url()).hash, "", "loading the page again does not make it speak");
    await large("previous").click();
    await page.waitForURL(`${news.address}/`);
    await state("playing");
  });

  it("reads on with the next article if the reader wants that", async () => {
    await large("go-on").check();
    await page.$eval("read-aloud", (player) => (player.place = player.length - 500));
    await page.waitForURL("**/next");
    await state("playing");
  });

  it("takes the focus, gives it back, and goes away with Escape", async () => {
    assert.equal(await large("toggle").evaluate((button) => button === document.activeElement), true);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".player-large").count(), 0);
    assert.equal(await small("expand").evaluate((button) => button === document.activeElement), true);
    assert.equal((await sound()).paused, false, "small again, it goes on");
    await enlarge();
    await large("close").click();
    assert.equal(await page.locator(".player-large, .is-read").count(), 0);
    assert.equal((await sound()).paused, true);
  });

  it("leaves room for the end of the page", async () => {
    const [padding, height] = await page.evaluate(() => [parseFloat(getComputedStyle(document.body).paddingBottom), document.querySelector(".player-large").offsetHeight]);
    assert.equal(padding, height);
  });
});

describe("keys", () => {
  beforeEach(async () => {
    await open({ "/": () => sheet(`${player()}<p><span id="s1">Die Fähre.</span></p><input id="field"><a href="/elsewhere" id="link">Anderswo</a>`) });
    await small("toggle").click();
    await state("playing");
    await page.waitForFunction(() => navigator.mediaSession.metadata);
    await page.evaluate(() => document.activeElement.blur());
  });

  it("play and pause, go ten seconds, change the speed", async () => {
    await page.keyboard.press("k");
    await state("paused");
    await page.keyboard.press("Space");
    await state("playing");
    await page.keyboard.press("l");
    await at(10.5);
    await page.keyboard.press("ArrowRight");
    await at(20.5);
    await page.keyboard.press("j");
    await page.keyboard.press("ArrowLeft");
    await at(1);
    await page.keyboard.press(">");
    assert.equal((await sound()).speed, 1.1);
    await page.keyboard.press("<");
    await page.keyboard.press("<");
    assert.equal((await sound()).speed, 0.9);
  });

  it("write into a field when the reader is in one", async () => {
    await page.locator("#field").fill("");
    await page.locator("#field").focus();
    await page.keyboard.type("kj l");
    assert.equal(await page.locator("#field").inputValue(), "kj l");
    assert.equal(await page.locator("read-aloud").getAttribute("data-state"), "playing");
  });

  it("go to the next article with Shift+N", async () => {
    await page.keyboard.press("Shift+N");
    await page.waitForURL("**/next");
  });

  it("mean nothing once the player is closed", async () => {
    await small("close").click();
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("k");
    await page.keyboard.press("l");
    assert.equal((await sound()).paused, true);
    assert.ok((await sound()).at < 8);
  });
});

describe("in the page", () => {
  beforeEach(() => open({}, { viewport: { width: 1000, height: 700 } }));
  const read = () => page.$$eval(".is-read", (spans) => spans.map((span) => span.textContent));
  const word = () => page.evaluate(() => Array.from(CSS.highlights.get("word") ?? [], String));

  it("the sentence being read is marked, all its pieces, and the word in it", async () => {
    await listen();
    assert.deepEqual(await read(), ["Die alte Fähre fährt wieder über den Fluss."]);
    await page.$eval("read-aloud", (player, ms) => {
      player.pause();
      player.place = ms;
    }, SENTENCE_MS + 4 * (SENTENCE_MS / 8) + 10);
    await page.waitForFunction(() => document.querySelectorAll(".is-read").length === 3);
    assert.deepEqual(await read(), ["Drei Winter lag sie", "am Ufer", "und rostete."]);
    assert.deepEqual(await word(), ["am"]);
  });

  it("a click on a paragraph starts there, a click on a link or while selecting does not", async () => {
    await listen();
    await page.locator("#second").click();
    await at(10.5);
    assert.deepEqual(await read(), ["Jetzt zahlt der Verein den neuen Motor."]);
    await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("#s1")));
    await page.locator("#s1").dispatchEvent("click");
    assert.ok((await sound()).at > 9, "selecting text is not asking for it");
    await page.evaluate(() => getSelection().empty());
    await page.locator("article a").evaluate((link) => link.addEventListener("click", (event) => event.preventDefault()));
    await page.locator("article a").click();
    assert.ok((await sound()).at > 9, "a link is a link");
  });

  it("the page follows the voice until the reader scrolls away, and again when asked", async () => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await listen();
    await enlarge();
    const top = () => page.evaluate(() => scrollY);
    await page.$eval("read-aloud", (player) => (player.place = 15_200));
    await page.waitForFunction(() => scrollY > 500);
    await page.mouse.move(300, 100);
    await page.mouse.wheel(0, -5000);
    await page.waitForFunction(() => scrollY === 0);
    await large("place").waitFor();
    await page.$eval("read-aloud", (player) => (player.place = 20_200));
    await page.getByText("Satz 5 von 6").last().waitFor();
    assert.equal(await top(), 0, "the reader leads");
    await large("place").click();
    await page.waitForFunction(() => scrollY > 500);
    assert.equal(await large("place").isHidden(), true);
  });
});

describe("the system's controls", () => {
  it("know the title and the place", async () => {
    await open();
    await page.addInitScript(() => {
      window.acts = {};
      const set = MediaSession.prototype.setActionHandler;
      MediaSession.prototype.setActionHandler = function (name, act) {
        window.acts[name] = act;
        return set.call(this, name, act);
      };
    });
    await page.reload();
    await listen();
    assert.equal(await page.evaluate(() => navigator.mediaSession.metadata.title), "Die Fähre fährt wieder");
    assert.deepEqual(await page.evaluate(() => Object.keys(window.acts).sort()),
      ["nexttrack", "pause", "play", "previoustrack", "seekbackward", "seekforward", "seekto", "stop"]);
    await page.evaluate(() => window.acts.seekto({ seekTime: 12 }));
    await at(12.5);
    await page.evaluate(() => window.acts.pause());
    await state("paused");
    await page.evaluate(() => window.acts.stop());
    assert.equal(await page.evaluate(() => navigator.mediaSession.metadata), null);
  });
});

describe("at the end", () => {
  it("nothing is marked any more, and it can be heard again from the start", async () => {
    await open();
    await listen();
    await enlarge();
    await page.$eval("read-aloud", (player) => (player.place = player.length - 300));
    await state("ready");
    assert.equal(await page.locator(".is-read").count(), 0);
    await large("toggle").click();
    await state("playing");
    assert.ok((await sound()).at < 3);
  });
});
