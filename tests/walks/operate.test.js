/* Somebody runs the paper and makes mistakes: each is answered with a sentence that says what to do, and nothing is half done. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { BINARY, freePort } from "./paper.js";

/** @type {string} */ let folder;
/** @type {string} */ let data;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "blatt-operate-"));
  data = join(folder, "paper");
  const founded = await blatt("init", "--data", data);
  assert.equal(founded.code, 0, founded.said);
});
after(() => rm(folder, { recursive: true, force: true }));

/**
 * Runs a command to its end.
 * @param {string[]} words
 * @returns {Promise<{ code: number, said: string }>}
 */
function blatt(...words) {
  return new Promise((then) => {
    execFile(BINARY, words, { timeout: 60_000, maxBuffer: 1 << 24 }, (trouble, stdout, stderr) => {
      then({ code: typeof trouble?.code === "number" ? trouble.code : trouble ? -1 : 0, said: stdout + stderr });
    });
  });
}

/**
 * @param {string} name
 * @param {string | Buffer} content
 */
async function file(name, content) {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const ARTICLE = `+++
headline = "Der Steg am Obertor wird erneuert"
section = "chronik"
published = 2026-11-20T10:00:00+01:00
+++
**Die Stadt erneuert im Frühling den Steg am Obertor.** Er ist seit Jahren morsch.
`;

/** @param {{ code: number, said: string }} outcome @param {RegExp} words */
function refused({ code, said }, words) {
  assert.equal(code, 1, said);
  assert.match(said, words);
  assert.doesNotMatch(said, /panicked|RUST_BACKTRACE/, "a sentence, not a crash");
}

describe("importing", () => {
  it("takes an article once, and says so the second time", async () => {
    const path = await file("steg.md", ARTICLE);
    const first = await blatt("import", "--data", data, "--new-sections", path);
    assert.equal(first.code, 0, first.said);
    const second = await blatt("import", "--data", data, path);
    assert.equal(second.code, 0, second.said);
    assert.match(second.said, /\b1\b.*(unchanged|unverändert)/i);
  });

  /** @type {[string, string, string | Buffer, RegExp][]} */
  const mistakes = [
    ["front matter that is broken", "broken.md", ARTICLE.replace('headline = "', "headline = "), /broken\.md.*\b2\b/s],
    ["front matter that never ends", "endless.md", ARTICLE.replace(/\+\+\+\n\*\*/, "**"), /endless\.md/],
    ["text that is not UTF-8", "latin.md", Buffer.from(ARTICLE.replace("morsch", "fröhlich"), "latin1"), /latin\.md.*UTF-8/s],
    ["an article of 50 MB", "huge.md", ARTICLE + "Wort ".repeat(10_000_000), /huge\.md/],
    ["JSON that is no ninjs", "broken.json", '{"uri": "x", "headline": ', /broken\.json/],
    ["JSON lines of which one is broken", "lines.jsonl", '{"section": "chronik", "text": "Ein Satz. Noch einer."}\n{"section": \n', /lines\.jsonl.*\b2\b/s],
    ["a section that does not exist", "nowhere.md", ARTICLE.replace("chronik", "cronik"), /cronik.*--new-sections/s],
    ["a file that is not there", "missing.md", "", /missing\.md/],
  ];
  for (const [what, name, content, words] of mistakes) {
    it(`refuses ${what}, with the place`, async () => {
      const path = name === "missing.md" ? join(folder, name) : await file(name, content);
      refused(await blatt("import", "--data", data, path), words);
    });
  }

  it("takes the good ones among bad ones", async () => {
    const good = await file("good.md", ARTICLE.replace("Steg am Obertor wird", "Turm am Untertor wird"));
    const outcome = await blatt("import", "--data", data, join(folder, "missing.md"), good);
    assert.equal(outcome.code, 1);
    const again = await blatt("import", "--data", data, good);
    assert.match(again.said, /\b1\b.*(unchanged|unverändert)/i);
  });
});

describe("starting", () => {
  it("says that a folder is no paper and how to found one", async () => {
    refused(await blatt("serve", "--data", join(folder, "nowhere")), /blatt init/);
  });

  it("says that a port is taken", async () => {
    const taken = createServer();
    await new Promise((then) => taken.listen(0, "127.0.0.1", () => then(undefined)));
    const { port } = /** @type {import("node:net").AddressInfo} */ (taken.address());
    refused(await blatt("serve", "--data", data, "--listen", `127.0.0.1:${port}`), /in use/);
    taken.close();
  });

  it("leaves a file alone that is not a paper's", async () => {
    const other = join(folder, "other");
    await blatt("init", "--data", other);
    const rows = await file("other/paper.db", "Dear diary, this is no database. ".repeat(200));
    refused(await blatt("serve", "--data", other), /paper\.db/);
    assert.match(await readFile(rows, "utf8"), /^Dear diary/);
  });

  it("names a configuration key nobody knows", async () => {
    const other = join(folder, "slip");
    await blatt("init", "--data", other);
    await file("slip/blatt.toml", 'nmae = "Der Bote"\n');
    refused(await blatt("serve", "--data", other), /nmae/);
  });

  it("ends with 2 and shows the usage when a word is wrong", async () => {
    const { code, said } = await blatt("srve");
    assert.equal(code, 2);
    assert.match(said, /usage/i);
  });
});

describe("stopping", () => {
  it("r10 lets a request end and says goodbye within ten seconds", async () => {
    const port = await freePort();
    const child = spawn(BINARY, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`], { stdio: "ignore" });
    const ended = new Promise((then) => child.once("exit", then));
    for (let tries = 0; tries < 400; tries += 1) {
      if (await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.ok, () => false)) break;
      await new Promise((then) => setTimeout(then, 25));
    }
    const open = await fetch(`http://127.0.0.1:${port}/`);
    const asked = Date.now();
    child.kill("SIGTERM");
    assert.ok((await open.text()).includes("</html>"), "what was begun is sent to the end");
    assert.equal(await ended, 0);
    assert.ok(Date.now() - asked < 10_000);
  });
});
