/*
 * Benefits without scripts and on a narrow telephone: a member takes a code, the partner spends it and undoes it, the card
 * is shown and looked at, somebody enters a draw.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { troubles } from "./pages.js";
import { browser, paper, signIn } from "./paper.js";

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;
before(async () => {
  [news, chromium] = await Promise.all([paper(), browser()]);
});
after(async () => {
  await chromium?.close();
  await news?.stop();
});

/**
 * A telephone without scripts, with somebody signed in.
 * @param {string} [name]
 */
async function telephone(name) {
  const context = await chromium.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  if (name) await signIn(page, news, name);
  return page;
}

/** @param {import("playwright-core").Page} page @param {string} name */
async function press(page, name) {
  await page.getByRole("button", { name }).first().click();
  await page.waitForLoadState();
}

/** What the script beside the walks draws. @param {string[]} published @param {string} list */
async function repeat(published, list) {
  const script = spawn(process.execPath, [join(import.meta.dirname, "../draw/repeat.js"), ...published]);
  script.stdin.end(list);
  const [said, why, [code]] = await Promise.all([text(script.stdout), text(script.stderr), once(script, "exit")]);
  if (code) throw new Error(why);
  return said;
}

/** Nothing has to be pushed sideways. @param {import("playwright-core").Page} page */
async function fits(page) {
  const over = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
  assert.equal(over, 0, `${page.url()} is as wide as the telephone`);
}

describe("a member and a partner", () => {
  it("a code is taken, scanned, spent, undone and spent again", async () => {
    const member = await telephone("leser");
    await member.goto(`${news.address}/benefits`);
    await fits(member);
    await member.getByRole("link", { name: /Akt Nummer sieben/ }).click();
    await fits(member);
    assert.match(await member.locator("#voucher").innerText(), /Für Mitglieder mit Abo/);
    // The page is the same for everybody: the way to one's own part is a link.
    await member.getByRole("link", { name: "Anmelden und Code holen" }).click();
    await press(member, "Code holen");
    await fits(member);
    const voucher = member.locator("#voucher");
    assert.match(await voucher.innerText(), /für Sie reserviert[\s\S]*47 von 60 Codes/);
    const code = await voucher.locator("code").innerText();
    assert.match(code, /^AKT-[0-9A-Z]{6}$/);
    assert.equal(await voucher.locator("svg.qr").getAttribute("role"), "img");

    const partner = await telephone("partner");
    await partner.goto(`${news.address}/benefits/partner?code=${code}`);
    await fits(partner);
    assert.equal(await partner.getByLabel("Code").inputValue(), code);
    assert.doesNotMatch(await (await member.request.get(member.url())).text(), /Eingelöst am/, "a scan alone spends nothing");
    await press(partner, "Einlösen");
    assert.match(await partner.locator("main").innerText(), /Eingelöst: 2 für 1/);
    assert.doesNotMatch(await partner.locator("main").innerText(), /leser/, "the partner learns no name");
    await partner.getByLabel("Code").fill(code);
    await press(partner, "Einlösen");
    assert.match(await partner.locator(".error").innerText(), /schon eingelöst/);
    await press(partner, "Rückgängig");
    assert.match(await partner.locator("main").innerText(), /Der Code gilt wieder/);
    await partner.getByLabel("Code").fill(code.toLowerCase());
    await press(partner, "Einlösen");
    await fits(partner);

    await member.reload();
    assert.match(await voucher.innerText(), /Eingelöst am/);
    const strange = await partner.request.get(`${news.address}/benefits/partner/sieben-flaschen`);
    assert.equal(strange.status(), 404, "another partner's offer is not there");
    await Promise.all([member.context().close(), partner.context().close()]);
  });

  it("a code that was taken by mistake goes back within the minute", async () => {
    const member = await telephone("leser");
    await member.goto(`${news.address}/benefits/schnupperrudern/mine`);
    await press(member, "Code holen");
    assert.match(await member.locator("#voucher code").first().innerText(), /^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/, "a hundred bits");
    await press(member, "Code zurückgeben");
    assert.match(await member.locator("main").innerText(), /Zurückgegeben/);
    assert.equal(await member.locator("#voucher code").count(), 0);
    await member.goto(`${news.address}/benefits/wintercheck/mine`);
    assert.match(await member.locator("#voucher").innerText(), /Alle Codes sind vergeben/);
    await member.context().close();
  });

  it("a card is shown, and a partner sees that it holds", async () => {
    const member = await telephone("leser");
    await member.goto(`${news.address}/benefits/card`);
    await fits(member);
    const number = await member.locator(".card code").innerText();
    assert.match(number, /^\d{4} \d{3} \d{3}$/);
    const partner = await telephone("partner");
    await partner.goto(`${news.address}/benefits/partner`);
    await partner.getByLabel("Kartennummer").fill(number);
    await press(partner, "Prüfen");
    assert.match(await partner.locator("main").innerText(), /Die Karte gilt: Abo/);
    await partner.goto(`${news.address}/benefits/card`);
    await partner.getByLabel("Abonummer").fill("UB 4711");
    await partner.getByLabel("Postleitzahl").fill("1010");
    await press(partner, "Verbinden");
    assert.match(await partner.locator(".error").innerText(), /passen nicht zusammen/);
    await partner.getByLabel("Postleitzahl").fill("3799");
    await press(partner, "Verbinden");
    assert.match(await partner.locator(".card").innerText(), /Abo Plus/);
    await Promise.all([member.context().close(), partner.context().close()]);
  });
});

describe("a draw", () => {
  it("is entered once, and shows what it will be drawn by", async () => {
    const reader = await telephone("leser");
    await reader.goto(`${news.address}/benefits/draws/lichterfahrt`);
    await fits(reader);
    const proof = reader.locator(".recipe code").first();
    assert.equal(await proof.isVisible(), false, "words come first");
    await reader.getByText("Zum Nachrechnen").click();
    assert.match(await proof.innerText(), /^[0-9a-f]{64}$/);
    await fits(reader);
    await reader.getByRole("link", { name: "Anmelden und mitmachen" }).click();
    await reader.getByLabel(/Mein Name darf erscheinen/).check();
    await press(reader, "Mitmachen");
    await fits(reader);
    assert.match(await reader.locator("#ticket code").innerText(), /^41 [0-9a-f]{16}$/);
    const list = await reader.request.get(`${news.address}/benefits/draws/lichterfahrt/entries.txt`);
    assert.equal(list.status(), 404, "the list is published once it is frozen");
    await reader.context().close();
  });

  it("is drawn by the worker when its time has come, and repeated by a script from what is published", async () => {
    // The same paper, eighteen days later: its worker finds the job.
    const later = await news.node("2026-12-08T15:00");
    const draw = `${later.address}/benefits/draws/lichterfahrt`;
    const page = await telephone();
    for (let tries = 0; tries < 100; tries += 1) {
      await page.goto(draw);
      if (await page.locator(".places").count()) break;
      await page.waitForTimeout(100);
    }
    await fits(page);
    const places = await page.locator(".places > li").allInnerTexts();
    assert.equal(places.length, 10, "five win, five stand by");
    await page.locator(".proof summary").click();
    const [listHash, seed] = await page.locator(".proof code").allInnerTexts();
    const commitment = await page.locator(".recipe code").first().textContent();
    const [terms, list] = await Promise.all(["terms.txt", "entries.txt"].map(async (part) => (await page.request.get(`${draw}/${part}`)).text()));
    const drawn = await repeat([commitment ?? "", terms ?? "", seed ?? "", listHash ?? "", "10"], list ?? "");
    assert.deepEqual(drawn.trim().split("\n"), places.map((place) => /Los (\d+)/.exec(place)?.[1]));
    await assert.rejects(repeat([commitment ?? "", terms ?? "", seed ?? "", listHash ?? "", "10"], (list ?? "").replace("1 ", "2 ")), /not the one that was frozen/);
    await page.context().close();
    const drawnPage = await (await chromium.newContext({ viewport: { width: 320, height: 640 } })).newPage();
    await drawnPage.goto(draw);
    assert.deepEqual(await troubles(drawnPage), []);
    await drawnPage.context().close();
    await later.stop();
  });
});

describe("the desk", () => {
  it("says which line of a list cannot be taken, and takes none of it, pasted or from a file", async () => {
    const editor = await telephone("chefin");
    await editor.goto(`${news.address}/desk/benefits`);
    await editor.getByRole("link", { name: "Sechs Flaschen zahlen, sieben heimtragen", exact: true }).click();
    await editor.locator("#codes").fill("NEU-1\nNEU-2\nneu1");
    await press(editor, "Codes hinzufügen");
    assert.match(await editor.getByRole("alert").innerText(), /Zeile 3: steht schon in Zeile 1/);
    assert.equal(await editor.locator("#codes").inputValue(), "NEU-1\nNEU-2\nneu1");
    // The file counts, though the pasted list still stands there.
    const list = (/** @type {string} */ text) => ({ name: "codes.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await editor.getByLabel("Aus einer Datei").setInputFiles(list("NEU-1\r\nNEU-2\r\nx\r\n"));
    await press(editor, "Codes hinzufügen");
    assert.match(await editor.getByRole("alert").innerText(), /Zeile 3: kein Code/);
    await fits(editor);
    await editor.getByLabel("Aus einer Datei").setInputFiles(list("NEU-1\r\nNEU-2\r\n"));
    await press(editor, "Codes hinzufügen");
    assert.match(await editor.locator("main").innerText(), /2 Codes sind dazugekommen/);
    await editor.goto(`${news.address}/desk/benefits/members`);
    await fits(editor);
    await editor.getByLabel("Aus einer Datei").setInputFiles(list("Nummer;PLZ;Stufe;Von;Bis\r\nUB 5001;1010;abo;1.1.2026;31.12.2027\r\nUB 5002;1020;gold;;\r\n"));
    await press(editor, "Übernehmen");
    assert.match(await editor.getByRole("status").innerText(), /Zeile 3: die Stufe „gold“ gibt es nicht/);
    await editor.locator("#table").fill("Nummer;PLZ;Stufe;Von;Bis\nUB 5001;1010;abo;1.1.2026;31.12.2027\n");
    await press(editor, "Übernehmen");
    assert.match(await editor.getByRole("status").innerText(), /1 neu, 0 geändert/);
    assert.equal(await editor.getByLabel("Warum sie endet").first().isVisible(), false, "a reason is asked for when somebody ends something");
    await editor.context().close();
  });
});

describe("somebody without an account", () => {
  it("sees every offer and no code, and with scripts the same", async () => {
    const page = await (await chromium.newContext()).newPage();
    await page.goto(`${news.address}/benefits/akt-sieben`);
    assert.match(await page.locator("#voucher").innerText(), /Anmelden und Code holen/);
    assert.equal(await page.locator("svg.qr").count(), 0);
    assert.deepEqual(await page.context().cookies(), []);
    await page.context().close();
  });

  it("and whoever is signed in finds their own part on the shared page", async () => {
    const page = await (await chromium.newContext()).newPage();
    await signIn(page, news, "leser");
    await page.goto(`${news.address}/benefits/card`);
    await page.goto(`${news.address}/benefits/akt-sieben`);
    await page.locator("#voucher code").waitFor();
    await page.context().close();
  });
});
