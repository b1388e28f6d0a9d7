/* Signing in with an account that is kept elsewhere, at a real provider of logins that runs beside the paper. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, describe, it } from "node:test";
// @ts-expect-error the package has no types
import { Provider } from "oidc-provider";
import { browser, freePort, paper, signIn } from "./paper.js";
import { troubles } from "./pages.js";

/** @type {import("playwright-core").Browser} */ let chromium;
before(async () => void (chromium = await browser()));
after(() => chromium?.close());

/** This moment as the paper's clock shows it: a token is good for minutes, and the provider's clock is the machine's. */
const now = () => new Date().toLocaleString("sv-SE", { timeZone: "Europe/Vienna" }).replace(" ", "T");

/**
 * A provider on another host than the paper, with one client and everybody who says who they are.
 * @param {string} issuer
 * @param {string} client_secret
 * @param {import("./paper.js").Paper} news
 */
async function openProvider(issuer, client_secret, news) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [{ client_id: "paper", client_secret, redirect_uris: [`${news.address}/login/elsewhere/return`] }],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig" }] },
    cookies: { keys: [client_secret] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["preferred_username"] },
    findAccount: (/** @type {unknown} */ _, /** @type {string} */ id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true, preferred_username: `${id} vom Ufer` }),
    }),
  });
  const server = provider.listen(Number(new URL(issuer).port), "127.0.0.1");
  await new Promise((then) => server.once("listening", then));
  return () => new Promise((then) => {
    server.close(then);
    server.closeAllConnections();
  });
}

describe("an account that is kept elsewhere", () => {
  /** @type {import("./paper.js").Paper} */ let news;
  /** @type {(() => Promise<unknown>) | undefined} */ let closeProvider;
  before(async () => {
    const issuer = `http://127.0.0.1:${await freePort()}`;
    const secret = "a secret: of both & nobody else";
    news = await paper({
      clock: now(),
      settings: { BLATT_LOGIN_ISSUER: issuer, BLATT_LOGIN_CLIENT_ID: "paper", BLATT_LOGIN_CLIENT_SECRET: secret, BLATT_LOGIN_LABEL: "Haus Ufer" },
    });
    closeProvider = await openProvider(issuer, secret, news);
  });
  after(async () => {
    await closeProvider?.();
    await news?.stop();
  });

  /**
   * A reader's window, which fetches no fonts for the provider's pages.
   * @param {import("playwright-core").BrowserContextOptions} [how]
   */
  async function open(how) {
    const context = await chromium.newContext(how);
    await context.route(/^https:/, (route) => route.abort());
    return context.newPage();
  }

  /**
   * Says at the provider who one is, and that the paper may know it.
   * @param {import("playwright-core").Page} page
   * @param {string} name
   */
  async function sayWho(page, name) {
    await page.waitForURL(/127\.0\.0\.1.*\/interaction\//);
    await page.locator("input[name=login]").fill(name);
    await page.locator("input[name=password]").fill("anything");
    await page.locator("button[type=submit]").click();
    await page.locator("input[name=prompt][value=consent]").waitFor({ state: "attached" });
    await page.locator("button[type=submit]").click();
  }

  it("makes an account and opens it again, without scripts, at 320 pixels, and comes back to the article", async () => {
    const [article] = await news.articles();
    const page = await open({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    await page.goto(`${news.address}/login?then=${encodeURIComponent(article)}`);
    const button = page.locator("form[action='/login/elsewhere'] button");
    assert.equal(await button.innerText(), "Mit dem Konto von Haus Ufer anmelden");
    await button.click();
    await sayWho(page, "ulla");
    await page.locator("form[action^='/login/elsewhere/'] input[name=name]").waitFor();
    assert.equal(await page.locator("input[name=name]").inputValue(), "ulla vom Ufer");
    assert.equal(await page.evaluate("document.documentElement.scrollWidth <= 320"), true, "nothing is wider than the screen");
    await page.locator("input[name=name]").fill("Ulla vom Ufer");
    await page.locator("form[action^='/login/elsewhere/'] button").click();
    assert.equal(new URL(page.url()).pathname, article);

    await page.goto(`${news.address}/account`);
    assert.match(await page.locator("main").innerText(), /Ulla vom Ufer/);
    await page.locator("form[action='/logout'] button").click();
    await page.goto(`${news.address}/login`);
    await button.click();
    // Who is signed in there comes back at once.
    await page.waitForURL(`${news.address}/account`);
    assert.match(await page.locator("#elsewhere").innerText(), /Zuletzt damit angemeldet/);
    await page.context().close();
  });

  it("turning back there says what to do", async () => {
    const page = await open();
    await page.goto(`${news.address}/login`);
    await page.locator("form[action='/login/elsewhere'] button").click();
    await page.waitForURL(/\/interaction\//);
    await page.locator("a[href$='/abort']").click();
    await page.waitForURL(/\/login\/elsewhere\/return/);
    assert.match(await page.locator("[role=status]").innerText(), /dort abgebrochen/);
    assert.deepEqual(await troubles(page), []);
    // The same way back leads nowhere a second time.
    await page.reload();
    assert.match(await page.locator("[role=status]").innerText(), /noch einmal/);
    await page.context().close();
  });

  it("is connected to an account that was there, and disconnected", async () => {
    const page = await open();
    await signIn(page, news, "leser");
    await page.goto(`${news.address}/account`);
    await page.locator("form[action='/account/elsewhere'] button").click();
    await sayWho(page, "max");
    await page.waitForURL(/\/account\?done=connected/);
    assert.match(await page.locator("#elsewhere").innerText(), /Verbunden seit/);
    assert.deepEqual(await troubles(page), []);
    const copy = await page.evaluate(async () => (await fetch("/account/export")).json());
    assert.equal(copy.outside_logins[0].subject, "max");
    await page.locator("form[action='/account/elsewhere/removal'] button").click();
    await page.waitForURL(/\/account\?done=disconnected/);
    await page.locator("form[action='/account/elsewhere'] button").waitFor();
    await page.context().close();
  });
});
