/*
 * A whole paper for one walk: the demo in a temporary folder, on a port of its own, stopped by its process id.
 */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

/** The paper's binary. */
export const BINARY = process.env.BLATT_BINARY ?? join(import.meta.dirname, "../../target/debug/blatt");
/** Friday afternoon: the thread is open, and the demo's articles are of today. */
const AFTERNOON = "2026-11-20T14:48";

/** A port nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((then) => server.listen(0, "127.0.0.1", () => then(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((then) => server.close(then));
  return port;
}

/**
 * Starts the demo paper.
 * @param {{ clock?: string, settings?: Record<string, string>, disk?: string }} [how]
 *   what its clock shows at the start, its configuration, and a folder on a disk of its own
 */
export async function paper({ clock = AFTERNOON, settings = {}, disk = tmpdir() } = {}) {
  const folder = await mkdtemp(join(disk, "blatt-walk-"));
  const data = join(folder, "paper");
  const port = await freePort();
  const address = `http://localhost:${port}`;
  // One reader writes in all tests of a walk, faster than a person would.
  const env = { ...process.env, BLATT_COMMENTS_PER_MINUTE: "1000", BLATT_COMMENTS_PER_HOUR: "1000", BLATT_COMMENTS_PER_ADDRESS: "1000", ...settings };
  const began = Date.now();
  const child = spawn(BINARY, ["demo", "--data", data, "--listen", `127.0.0.1:${port}`, "--clock", clock], {
    env, stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const listen = (/** @type {Buffer} */ words) => void (said += words);
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const ended = new Promise((then) => child.once("exit", then));

  async function stop() {
    if (child.exitCode === null) child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
    const code = await ended;
    clearTimeout(late);
    await rm(folder, { recursive: true, force: true });
    assert.equal(code, 0, `the paper ended well; it said:\n${said.slice(-2000)}`);
  }

  for (;;) {
    assert.equal(child.exitCode, null, `the paper is running; it said:\n${said}`);
    if (await fetch(address).then((answer) => answer.ok, () => false)) break;
    assert.ok(Date.now() - began < 60_000, `the paper is served within a minute; it said:\n${said}`);
    await wait(50);
  }

  return {
    address,
    data,
    /** When its process was started: its clock showed `clock` then. */
    began,
    said: () => said,
    stop,
    /** Starts another node of the same paper, whose clock may show something else; gives its address and how to stop it. */
    async node(clock = "") {
      const port = await freePort();
      const other = spawn(BINARY, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, ...(clock ? ["--clock", clock] : [])], { env, stdio: "ignore" });
      const gone = new Promise((then) => other.once("exit", then));
      const address = `http://localhost:${port}`;
      while (!(await fetch(address).then((answer) => answer.ok, () => false))) {
        assert.equal(other.exitCode, null, "the other node is running");
        assert.ok(Date.now() - began < 90_000, "it is served within a minute");
        await wait(50);
      }
      return { address, stop: () => (other.kill("SIGTERM"), gone) };
    },
    /** Runs a command of the binary on this paper and gives what it printed. */
    async run(/** @type {string[]} */ ...words) {
      const { stdout } = await promisify(execFile)(BINARY, [...words, "--data", data], { env });
      return stdout;
    },
    /** A one-time link that signs somebody in. */
    async link(/** @type {string} */ name) {
      const printed = await this.run("user", "link", name);
      const path = /https?:\/\/[^/\s]+(\/\S+)/.exec(printed)?.[1];
      assert.ok(path, `a link is printed, not: ${printed}`);
      return address + path;
    },
    /** Waits until the recording of an article is made. */
    async recorded(/** @type {string} */ path) {
      for (let tries = 0; tries < 600; tries += 1) {
        const answer = await fetch(`${address}${path}/audio.json`);
        if (answer.ok) return answer.json();
        assert.equal(answer.status, 503, `a recording that is not made yet says so: ${path}`);
        await wait(200);
      }
      throw new Error(`the recording of ${path} was not made within two minutes`);
    },
    /** The addresses of all articles, latest first, as the feed names them. */
    async articles() {
      const feed = await (await fetch(`${address}/feed.json`)).json();
      return feed.items.map((/** @type {{ url: string }} */ item) => new URL(item.url).pathname);
    },
    /** The article whose address has these words in it. */
    async article(/** @type {string} */ words) {
      const found = (await this.articles()).find((/** @type {string} */ path) => path.includes(words));
      assert.ok(found, `the paper has an article about ${words}`);
      return found;
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof paper>>} Paper */

/** A browser with a sound card that nobody hears, which talks to nobody but us and waits for nothing longer than a reader would. */
export async function browser() {
  const launched = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--mute-audio", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--autoplay-policy=document-user-activation-required",
    ],
  });
  const { newContext } = launched;
  launched.newContext = async (how) => {
    const context = await newContext.call(launched, how);
    context.setDefaultTimeout(10_000);
    return context;
  };
  return launched;
}

/**
 * Signs somebody in as they would: opens the link from their mail and presses the button.
 * @param {import("playwright-core").Page} page
 * @param {Paper} news
 * @param {string} name
 */
export async function signIn(page, news, name) {
  await page.goto(await news.link(name));
  await page.locator("main form button").first().click();
  await page.waitForLoadState();
}
