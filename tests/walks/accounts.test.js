/* Accounts as their owners meet them: passkeys, the second factor, a new address, going away. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { browser, paper, signIn } from "./paper.js";
import { troubles } from "./pages.js";

/** @type {import("playwright-core").Browser} */ let chromium;
before(async () => void (chromium = await browser()));
after(() => chromium?.close());

/**
 * A device with a key ring and a finger on it.
 * @param {import("playwright-core").Page} page
 */
async function device(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** Whether its owner unlocks it. */
    unlocks: (/** @type {boolean} */ isUserVerified) => session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    credentials: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}

/**
 * What an app shows (RFC 6238).
 * @param {string} secret in base 32
 * @param {number} now in milliseconds
 */
function code(secret, now) {
  const bits = [...secret.replaceAll(" ", "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

describe("a passkey", () => {
  /** @type {import("./paper.js").Paper} */ let news;
  before(async () => void (news = await paper()));
  after(() => news?.stop());

  it("is made, signs in without a name or a password, and is removed", async () => {
    const page = await (await chromium.newContext()).newPage();
    const phone = await device(page);
    await signIn(page, news, "leser");
    await page.goto(`${news.address}/account/passkeys`);
    assert.deepEqual(await troubles(page), []);
    await page.locator("form[action='/account/passkeys'] button").click();
    await page.locator("input[name=name]").fill("Telefon");
    assert.deepEqual(await troubles(page), []);
    await page.locator("pass-key button").click();
    await page.waitForURL(/done=added/);
    assert.match(await page.locator("main").innerText(), /Telefon/);
    assert.equal((await phone.credentials()).length, 1);

    await page.goto(`${news.address}/account`);
    await page.locator("form[action='/logout'] button").click();
    await page.waitForLoadState();
    await page.goto(`${news.address}/login?then=%2Faccount%2Fpasskeys`);
    await page.locator("form[action='/login/passkey'] button").click();
    await page.waitForURL(/\/account\/passkeys$/);
    assert.match(await page.locator("main").innerText(), /Zuletzt verwendet/);

    await page.locator("form[action$='/removal'] button").click();
    await page.waitForURL(/done=removed/);
    await page.locator("form[action='/account/passkeys']").waitFor();
    await page.context().clearCookies();
    await page.goto(`${news.address}/login`);
    await page.locator("form[action='/login/passkey'] button").click();
    await page.locator("input[name=mail]").waitFor();
    assert.match(await page.locator("main").innerText(), /passt zu keinem Konto/);
    await page.context().close();
  });

  it("that its owner does not unlock says what to do", async () => {
    const page = await (await chromium.newContext()).newPage();
    const phone = await device(page);
    await phone.unlocks(false);
    await page.goto(`${news.address}/login`);
    await page.locator("form[action='/login/passkey'] button").click();
    await page.locator("pass-key [data-note]:not(:empty)").waitFor();
    assert.match(await page.locator("pass-key [data-note]").innerText(), /noch einmal/);
    assert.deepEqual(await troubles(page), []);
    await page.context().close();
  });

  it("without scripts leaves the other ways", async () => {
    const page = await (await chromium.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${news.address}/login`);
    assert.equal(await page.locator("form[action='/login/passkey'] button").isVisible(), false);
    assert.ok(await page.locator("button[formaction='/login/code']").isVisible());
    await page.context().close();
  });
});

describe("the second factor of people who work for the paper", () => {
  /** @type {import("./paper.js").Paper} */ let news;
  const clock = "2026-11-20T14:48";
  before(async () => void (news = await paper({ clock, settings: { BLATT_STAFF_SECOND_FACTOR: "true" } })));
  after(() => news?.stop());

  it("is set up without scripts, on a small screen, and then asked for", async () => {
    const page = await (await chromium.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } })).newPage();
    await signIn(page, news, "moderator");
    await page.goto(`${news.address}/desk/moderation`);
    assert.match(page.url(), /\/account\/second-factor\?then=/);
    await page.locator("form[action='/account/second-factor/app'] button").click();
    const secret = await page.locator("code.code").innerText();
    assert.ok(await page.locator("svg.qr").isVisible());
    assert.equal(await page.evaluate("document.documentElement.scrollWidth <= 320"), true, "nothing is wider than the screen");
    const now = new Date(`${clock}:00+01:00`).getTime() + (Date.now() - news.began);
    await page.locator("input[name=code]").fill(code(secret, now));
    await page.locator("form[action$='/confirmation'] button").click();
    const codes = await page.locator(".recovery li").allInnerTexts();
    assert.equal(codes.length, 10);
    await page.goto(`${news.address}/desk/moderation`);
    assert.match(page.url(), /\/desk\/moderation$/);

    const other = await (await chromium.newContext()).newPage();
    await other.goto(`${news.address}/login`);
    // The operator's link is worth as much as a factor only for setting one up.
    await signIn(other, news, "moderator");
    assert.match(other.url(), /second-factor/);
    assert.deepEqual(await troubles(other), []);
    await other.locator("input[name=code]").fill(codes[0] ?? "");
    await other.locator("form[action='/account/second-factor'] button").click();
    await other.goto(`${news.address}/desk/moderation`);
    assert.match(other.url(), /\/desk\/moderation$/);
    await other.context().close();
    await page.context().close();
  });

  it("is a passkey as well", async () => {
    const page = await (await chromium.newContext()).newPage();
    await device(page);
    await signIn(page, news, "chefin");
    await page.goto(`${news.address}/account/second-factor`);
    assert.deepEqual(await troubles(page), []);
    await page.locator("form[action='/account/passkeys'] button").click();
    await page.locator("pass-key button").click();
    await page.waitForURL(/done=added/);
    await page.goto(`${news.address}/desk/jobs`);
    assert.match(page.url(), /\/desk\/jobs$/, "a device that was unlocked shows both factors");
    await page.context().clearCookies();
    await signIn(page, news, "chefin");
    assert.match(page.url(), /second-factor/);
    await page.locator("form[action='/login/passkey'] button").click();
    await page.waitForURL(/^(?!.*(login|second-factor))/);
    await page.goto(`${news.address}/desk/jobs`);
    assert.match(page.url(), /\/desk\/jobs$/);
    await page.context().close();
  });
});

describe("what is one's own", () => {
  /** @type {import("./paper.js").Paper} */ let news;
  before(async () => void (news = await paper()));
  after(() => news?.stop());

  /** The eight digits in the latest letter to an address. */
  async function letterTo(/** @type {string} */ mail) {
    const text = await (await fetch(`${news.address}/desk/mail`)).text();
    const plain = text.slice(text.indexOf(mail));
    const found = /(\d{4}) (\d{4})/.exec(plain);
    assert.ok(found, `a letter to ${mail}`);
    return `${found[1]}${found[2]}`;
  }

  it("another address, without scripts, at 320 pixels", async () => {
    const page = await (await chromium.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } })).newPage();
    await signIn(page, news, "leser");
    await page.goto(`${news.address}/account`);
    await page.locator("a[href='/account/data']").click();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth <= 320"), true);
    await page.locator("input[name=mail]").fill("leser.neu@example.org");
    await page.locator("form[action='/account/address'] button").click();
    await page.locator("input[name=code]").fill(await letterTo("leser.neu@example.org"));
    await page.locator("form[action^='/account/address/'] button").click();
    assert.match(await page.locator("main").innerText(), /leser\.neu@example\.org/);
    assert.match(await page.locator("[role=status]").innerText(), /alte hat eine E-Mail/);
    await page.context().close();
  });

  it("a copy of everything, and the pages keep nobody out", async () => {
    const page = await (await chromium.newContext()).newPage();
    await signIn(page, news, "leser");
    for (const path of ["/account/data", "/account/departure", "/register"]) {
      await page.goto(news.address + path);
      assert.deepEqual(await troubles(page), [], path);
    }
    const copy = await page.evaluate(async () => (await fetch("/account/export")).json());
    assert.equal(copy["readers.id"][0].name, "leser");
    assert.ok(Array.isArray(copy["comments.author"]) && copy.sessions.length > 0);
    await page.context().close();
  });

  it("leaving, and staying after all", async () => {
    const page = await (await chromium.newContext()).newPage();
    await signIn(page, news, "leser");
    await page.goto(`${news.address}/account/departure`);
    await page.locator("form[action='/account/departure'] button").click();
    assert.match(await page.locator("#texts-error").innerText(), /Wählen Sie/);
    await page.locator("input[value=keep]").check();
    await page.locator("form[action='/account/departure'] button").click();
    assert.match(await page.locator("main").innerText(), /überall abgemeldet/);
    assert.deepEqual(await troubles(page), []);
    await signIn(page, news, "leser");
    assert.match(page.url(), /\/account\/departure$/);
    await page.locator("form[action='/account/departure/return'] button").click();
    await page.waitForURL(/\/account$/);
    await page.context().close();
  });

  it("the desk's brake", async () => {
    const page = await (await chromium.newContext({ javaScriptEnabled: false })).newPage();
    await signIn(page, news, "moderator");
    await page.goto(`${news.address}/desk/moderation/brake`);
    await page.locator("textarea[name=reason]").fill("Eine Probe.");
    await page.locator("form[action='/desk/moderation/brakes'] button").click();
    assert.match(await page.locator("main").innerText(), /seit mindestens 7 Tagen/);
    await page.locator("form[action$='/release'] button").click();
    assert.match(await page.locator("main").innerText(), /Niemand bremst/);
    await page.context().close();
  });

  it("many sign-ups from one place: the browser works, and then it goes on", async () => {
    const page = await (await chromium.newContext()).newPage();
    const register = async (/** @type {number} */ n) => {
      const body = new URLSearchParams({ name: `Viele ${n}`, mail: `viele${n}@example.org` });
      const headers = { "sec-fetch-site": "same-origin" };
      return (await fetch(`${news.address}/register`, { method: "POST", body, headers })).status;
    };
    let n = 0;
    while (await register(n) === 200) assert.ok(++n < 100, "there is a limit");
    await page.goto(`${news.address}/register`);
    await page.locator("input[name=name]").fill("Noch eine");
    await page.locator("input[name=mail]").fill("noch.eine@example.org");
    await page.locator("form[action='/register'] button.primary").click();
    await page.locator("work-proof").waitFor();
    assert.deepEqual(await troubles(page), []);
    await page.waitForFunction(() => document.querySelector("work-proof [data-note]")?.textContent?.startsWith("Fertig"), undefined, { timeout: 60_000 });
    await page.locator("form[action='/register'] button.primary").click();
    await page.locator("input[name=code]").waitFor();
    await page.context().close();
  });
});
