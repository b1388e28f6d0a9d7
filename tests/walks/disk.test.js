/* A disk that is full: reading goes on, writing says so, and begins again by itself when there is room (R4). */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { open, mkdtemp, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { browser, paper, signIn } from "./paper.js";

const run = promisify(execFile);

/** A disk of a few megabytes, if this machine lets us make one. @param {string} folder */
const mount = (folder) => run("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", folder]).then(() => true, () => false);

/** Writes until nothing fits any more. @param {string} path */
async function fill(path) {
  const file = await open(path, "w");
  for (let bytes = 1 << 20; bytes >= 1; ) {
    await file.write(Buffer.alloc(bytes)).then(({ bytesWritten }) => bytesWritten === bytes || Promise.reject()).catch(() => (bytes >>= 1));
  }
  await file.close();
}

describe("a full disk", () => {
  it("r4 stops writing and nothing else, and gives up nothing that was promised", async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "blatt-disk-"));
    if (!(await mount(folder))) {
      await rmdir(folder);
      return t.skip("only root can mount a small disk");
    }
    const [news, chromium] = await Promise.all([paper({ disk: folder, settings: { BLATT_VOICES: "0" } }), browser()]);
    try {
      const article = (await news.articles())[0];
      const page = await (await chromium.newContext()).newPage();
      await signIn(page, news, "leser");
      const write = (/** @type {number} */ number) =>
        page.request.post(`${news.address}${article}/comments`, {
          form: { text: `Solange noch Platz ist, Z${number}Z.`, key: `disk-${number}` },
          headers: { "sec-fetch-site": "same-origin" }, maxRedirects: 0,
        });
      /** @type {number[]} */ const promised = [];
      const filler = join(folder, "filler");
      await fill(filler);
      let refusal;
      for (let number = 0; number < 20_000 && !refusal; number += 1) {
        const answer = await write(number);
        if (answer.status() === 303) promised.push(number);
        else refusal = answer;
      }
      assert.ok(refusal && [503, 507].includes(refusal.status()), `${refusal?.status()}`);
      assert.ok(Number(refusal.headers()["retry-after"]) > 0, "it says when to try again");
      for (const path of ["/", article, `${article}/comments`]) {
        assert.equal((await fetch(news.address + path)).status, 200, `${path} can be read`);
      }
      await rm(filler);
      assert.equal((await write(1_000_000)).status(), 303, "writing goes on by itself");

      let seen = "";
      /** @type {string | undefined} */ let next = `${article}/comments?sort=oldest`;
      while (next) {
        /** @type {string} */ const text = await (await fetch(news.address + next)).text();
        seen += text;
        next = /<a [^>]*rel="next" href="([^"#]+)/.exec(text)?.[1]?.replaceAll("&amp;", "&");
      }
      const lost = promised.filter((number) => !seen.includes(`Z${number}Z`));
      assert.deepEqual(lost, []);
    } finally {
      await chromium.close();
      await news.stop();
      await run("umount", [folder]);
      await rmdir(folder);
    }
  });
});
