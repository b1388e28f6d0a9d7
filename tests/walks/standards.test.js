/*
 * Every kind of page against the HTML standard (Nu checker), for people who read otherwise (axe), and on every width.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { browser, paper, signIn } from "./paper.js";
import { STAFF_PAGES, publicPages } from "./pages.js";

const MODULES = join(import.meta.dirname, "../../node_modules");

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;
/** Who looks at which pages. @type {{ who: string, paths: string[], state: Awaited<ReturnType<import("playwright-core").BrowserContext["storageState"]>> | undefined }[]} */
const readers = [];

before(async () => {
  [news, chromium] = await Promise.all([paper(), browser()]);
  readers.push({ who: "nobody", paths: await publicPages(news), state: undefined });
  for (const [who, paths] of Object.entries(STAFF_PAGES)) {
    const context = await chromium.newContext();
    await signIn(await context.newPage(), news, who);
    readers.push({ who, paths, state: await context.storageState() });
    await context.close();
  }
});
after(async () => {
  await chromium?.close();
  await news?.stop();
});

/**
 * Opens every page as whoever may see it.
 * @param {import("playwright-core").BrowserContextOptions} how
 * @param {(page: import("playwright-core").Page, path: string) => Promise<void>} look
 */
async function everyPage(how, look) {
  for (const { paths, state } of readers) {
    const context = await chromium.newContext({ ...how, storageState: state });
    const page = await context.newPage();
    for (const path of paths) {
      await page.goto(news.address + path, { waitUntil: "load" });
      await look(page, path);
    }
    await context.close();
  }
}

describe("every kind of page", () => {
  it("is HTML without an error", async () => {
    const folder = await mkdtemp(join(tmpdir(), "blatt-html-"));
    /** @type {string[]} */ const files = [];
    for (const { paths, state } of readers) {
      const cookie = (state?.cookies ?? []).map(({ name, value }) => `${name}=${value}`).join("; ");
      for (const path of paths) {
        const answer = await fetch(news.address + path, { headers: { cookie }, redirect: "error" });
        const file = join(folder, `${path.replaceAll(/[^a-z0-9]+/gi, "_")}.html`);
        await writeFile(file, await answer.text());
        files.push(file);
      }
    }
    const jar = join(MODULES, "vnu-jar/build/dist/vnu.jar");
    const { failed, said } = await new Promise((then) => {
      execFile("java", ["-jar", jar, "--errors-only", "--format", "gnu", ...files], (failed, _, said) => then({ failed, said }));
    });
    await rm(folder, { recursive: true });
    assert.equal(said.trim(), "");
    assert.equal(failed, null);
  });

  it("has nothing that keeps somebody out, light and dark, at 360 and 1280 pixels", async () => {
    const axe = await readFile(join(MODULES, "axe-core/axe.min.js"), "utf8");
    /** @type {string[]} */ const found = [];
    // Without motion, so that no colour is measured on its way from light to dark.
    await everyPage({ reducedMotion: "reduce" }, async (page, path) => {
      await page.evaluate(axe);
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({ colorScheme });
        for (const width of [360, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          // @ts-ignore: axe is in the page
          const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
          for (const { id, nodes } of violations) {
            found.push(`${path} ${colorScheme} ${width} ${id}: ${nodes[0].target} (${nodes.length}) ${nodes[0].failureSummary}`);
          }
        }
      }
    });
    assert.deepEqual(found, []);
  });

  it("fits every width from 320 to 1600 pixels", async () => {
    /** @type {string[]} */ const found = [];
    await everyPage({}, async (page, path) => {
      for (const width of [320, 390, 700, 1024, 1600]) {
        await page.setViewportSize({ width, height: 900 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) found.push(`${path} is ${over} pixels too wide at ${width}`);
      }
    });
    assert.deepEqual(found, []);
  });
});
