/* Somebody with an account: known on every page, and what they do with their own and others' comments. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { browser, paper, signIn } from "./paper.js";

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;
/** @type {string} */ let article;

before(async () => {
  [news, chromium] = await Promise.all([paper(), browser()]);
  article = await news.article("seilfaehre");
});
after(async () => {
  await chromium?.close();
  await news?.stop();
});

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {string} who
 * @param {import("playwright-core").BrowserContextOptions} [how]
 */
async function member(who, how) {
  const page = await (await chromium.newContext(how)).newPage();
  await signIn(page, news, who);
  return page;
}

const publish = (/** @type {Page} */ page) => page.locator('form[action$="/comments"] .write-end button:not([type=button]):not([name])').last();

/**
 * Writes under the article, or where the page stands; gives the path of the comment.
 * @param {Page} page
 * @param {string} words
 * @param {string} [where]
 */
async function write(page, words, where = `${article}/comments`) {
  if (where) await page.goto(news.address + where);
  await page.locator('form[action$="/comments"] textarea[name=text]').last().fill(words);
  await publish(page).click();
  await page.waitForURL(/\/comments\/\d+\?said=/);
  return new URL(page.url()).pathname;
}

/** The personal part of a page has arrived. @param {Page} page */
async function known(page) {
  await page.locator("#comments").scrollIntoViewIfNeeded();
  await page.locator("[data-part=follow] button").waitFor();
}

/** @param {Page} page */
async function keepsNobodyOut(page) {
  await page.evaluate(await readFile(join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"), "utf8"));
  // @ts-ignore: axe is in the page
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  assert.deepEqual(violations.map((/** @type {any} */ it) => `${it.id} ${it.nodes[0].target} ${it.nodes[0].failureSummary}`), [], page.url());
}

/** Inboxes are filled by the worker. @param {Page} page @param {RegExp} words */
async function told(page, words) {
  for (let tries = 0; tries < 50; tries += 1) {
    await page.goto(`${news.address}/account/inbox`);
    if (words.test(await page.locator("main").innerText())) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`${words} is not in the inbox`);
}

describe("whoever is signed in", () => {
  it("is known on article and thread after a reload: name, votes, own comments, draft", async () => {
    const page = await member("leser");
    const own = await write(page, "Das habe ich selbst geschrieben.");
    const id = own.split("/").pop();
    for (const path of [article, `${article}/comments`]) {
      await page.waitForTimeout(1100);
      await page.goto(news.address + path);
      await known(page);
      assert.match(await page.locator("comment-form").innerText(), /Sie schreiben als/, path);
      const mine = page.locator(`#c${id}`);
      assert.equal(await mine.locator("button[disabled]").count(), 2, "no vote for oneself");
      assert.match(await mine.locator("button[disabled]").first().getAttribute("aria-label") ?? "", /eigenen Kommentar/);
      assert.ok(await mine.getByText("Ändern").isVisible() && await mine.getByText("Löschen").isVisible());
    }
    const others = page.locator('form[action$="/votes"]:not(:has([disabled]))').last();
    const action = await others.getAttribute("action");
    const up = () => page.locator(`form[action="${action}"] button.i-up`).first();
    const was = await up().getAttribute("aria-pressed");
    await up().click();
    await page.waitForFunction(([action, was]) => document.querySelector(`form[action="${action}"] button.i-up`)?.getAttribute("aria-pressed") !== was, [action, was]);
    await page.reload();
    await known(page);
    assert.equal(await up().getAttribute("aria-pressed"), was === "true" ? null : "true", "the vote is still pressed");
    await keepsNobodyOut(page);
    await page.context().close();
  });

  it("and whoever is not causes one empty answer, no cookie and no storage", async () => {
    const context = await chromium.newContext();
    const page = await context.newPage();
    /** @type {number[]} */ const answers = [];
    page.on("response", (response) => response.url().includes("/comments/mine") && answers.push(response.status()));
    await page.goto(news.address + article);
    await page.locator("#comments").scrollIntoViewIfNeeded();
    await page.waitForTimeout(800);
    assert.deepEqual(answers, [204]);
    assert.deepEqual(await context.cookies(), []);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
    await context.close();
  });
});

for (const [how, scripts] of /** @type {const} */ ([["with scripts", true], ["without scripts", false]])) {
  describe(`a member ${how}`, () => {
    const context = { javaScriptEnabled: scripts, viewport: { width: 320, height: 700 } };

    it("looks at a preview, writes, changes, reads the versions and deletes, on 320 pixels", async () => {
      const page = await member("leser", context);
      await page.goto(`${news.address}${article}/comments/mine`);
      const text = `Erst *ansehen*, dann senden (${how}).`;
      await page.locator('form[action$="/comments"] textarea').last().fill(text);
      await page.locator("button[value=preview]").click();
      await page.locator(".preview em").waitFor();
      assert.equal(await page.locator('form[action$="/comments"] textarea').last().inputValue(), text);
      await publish(page).click();
      await page.waitForURL(/\/comments\/\d+\?said=new/);
      const path = new URL(page.url()).pathname;
      await page.getByRole("link", { name: "Ändern" }).first().click();
      await page.locator("#change-text").fill(`Ansehen, ändern (${how}).`);
      await page.getByRole("button", { name: "Änderung speichern" }).click();
      await page.getByText("Ihre Änderung ist gespeichert").waitFor();
      if (scripts) await keepsNobodyOut(page);
      await page.locator(`a[href="${path}/revisions"]`).first().click();
      assert.match(await page.locator("main").innerText(), /dann senden/);
      if (scripts) await keepsNobodyOut(page);
      await page.goto(news.address + path);
      await page.getByRole("link", { name: "Löschen" }).first().click();
      await page.getByRole("button", { name: "Kommentar löschen" }).click();
      await page.getByText("von seinem Verfasser gelöscht").first().waitFor();
      const wide = await page.evaluate?.(() => document.documentElement.scrollWidth - document.documentElement.clientWidth).catch(() => 0);
      assert.ok(!wide, `${wide} pixels too wide`);
      await page.context().close();
    });

    it("quotes, mentions, follows and hides, and the others find it in their inbox", async () => {
      const leser = await member("leser", context);
      const first = await write(leser, `Wer war damals dabei (${how})?`);
      const moderator = await member("moderator", context);
      await moderator.goto(`${news.address}${first}`);
      await moderator.getByRole("link", { name: "Diesen Kommentar zitieren" }).click();
      const field = moderator.locator('form[action$="/comments"] textarea').last();
      const quoted = await field.inputValue();
      assert.match(quoted, /^> Wer war damals dabei/);
      await field.fill(`${quoted}Ich, zum Beispiel.`);
      await publish(moderator).click();
      await moderator.waitForURL(/said=new/);
      const answer = new URL(moderator.url()).pathname;
      assert.ok(await moderator.locator(".said blockquote").first().isVisible());
      await told(leser, /hat auf Ihren Kommentar geantwortet/);

      await leser.goto(news.address + answer);
      await leser.locator(`#c${answer.split("/").pop()} summary`).first().click();
      await leser.getByRole("button", { name: /folgen$/ }).first().click();
      await leser.getByText(/Sie folgen jetzt/).waitFor();
      await write(moderator, `Noch etwas für alle, die mir folgen (${how}).`);
      await told(leser, /hat einen Kommentar geschrieben/);
      if (scripts) await keepsNobodyOut(leser);

      await leser.goto(news.address + answer);
      await leser.locator(`#c${answer.split("/").pop()} summary`).first().click();
      await leser.getByRole("button", { name: /ausblenden$/ }).first().click();
      await leser.getByText(/für Sie jetzt zusammengeklappt/).waitFor();
      await leser.goto(`${news.address}${article}/comments/mine`);
      assert.ok(await leser.locator("details.ignored").first().isVisible());
      await leser.goto(`${news.address}/account`);
      await leser.getByRole("button", { name: /wieder einblenden$/ }).click();
      await leser.waitForURL(/\/account$/);

      await leser.goto(`${news.address}${article}/comments/mine`);
      await leser.getByRole("button", { name: "Gespräch folgen" }).click();
      await leser.getByRole("button", { name: "Gespräch nicht mehr folgen" }).click();
      await leser.getByRole("button", { name: "Gespräch folgen" }).waitFor();
      await leser.goto(`${news.address}/account/inbox`);
      await leser.getByRole("button", { name: "Alles als gelesen vermerken" }).click();
      await leser.getByText("Alles gelesen.").waitFor();
      await leser.locator("#replies").selectOption("never");
      await leser.getByRole("button", { name: "Wünsche speichern" }).click();
      await leser.getByText("Ihre Wünsche gelten.").waitFor();
      await leser.context().close();
      await moderator.context().close();
    });

    it("writes before signing in, and reads afterwards that it has not appeared yet", async () => {
      const page = await (await chromium.newContext(context)).newPage();
      await page.goto(`${news.address}${article}/comments`);
      const words = `Vor dem Anmelden getippt (${how}).`;
      await page.locator('form[action$="/comments"] textarea').last().fill(words);
      await publish(page).click();
      await page.waitForLoadState();
      await page.locator('input[name="mail"]').first().fill(`neu-${scripts}@example.org`);
      await page.getByRole("button", { name: "Registrieren" }).first().click();
      await page.waitForLoadState();
      await page.locator('input[name="name"]').fill(scripts ? "Neu Hierda" : "Neue Nachbarin");
      await page.locator('input[name="mail"]').first().fill(`neu-${scripts}@example.org`);
      await page.locator("main form button.primary").first().click();
      const mails = await (await chromium.newContext()).newPage();
      await mails.goto(`${news.address}/desk/mail`);
      const code = /(\d{4} \d{4})/.exec(await mails.locator("main").innerText())?.[1] ?? "";
      await mails.context().close();
      await page.locator('input[name="code"]').fill(code);
      await page.locator("main form button.primary").first().click();
      await page.getByText("Noch nicht erschienen").waitFor();
      assert.equal(await page.locator('form[action$="/comments"] textarea').last().inputValue(), words);
      await publish(page).click();
      await page.getByText("Ihr Kommentar ist erschienen").waitFor();
      await page.context().close();
    });
  });
}

describe("with the keyboard alone", () => {
  it("one votes, opens the menu of a comment, writes and sends", async () => {
    const page = await member("leser");
    await page.goto(`${news.address}${article}/comments`);
    await known(page);
    const votes = page.locator('.comments form.acts:not(:has([disabled]))').first();
    await votes.locator("button.i-up").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector('.comments form.acts:not(:has([disabled])) button.i-up[aria-pressed="true"]'));
    for (let tabs = 0; tabs < 4; tabs += 1) await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.localName), "summary");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /folgen/);
    await page.locator('form[action$="/comments"] textarea').last().focus();
    await page.keyboard.type("Ganz ohne Maus.");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Ihr Kommentar ist erschienen").waitFor();
    await page.context().close();
  });
});

describe("the community desk", () => {
  it("chooses a comment and says that it knows a name, and everybody sees both", async () => {
    const page = await member("leser");
    const path = await write(page, "Ich war siebzehn, als die Fähre aufhörte.");
    const desk = await member("moderator");
    await desk.goto(news.address + path);
    await desk.getByRole("button", { name: "Für alle auswählen" }).click();
    await desk.getByText("steht jetzt vor den anderen").waitFor();
    await desk.locator("#why").fill("Ausweis gesehen, 17. November.");
    await desk.getByRole("button", { name: "Als geprüft kennzeichnen" }).click();
    await desk.getByText("Neben dem Namen steht jetzt").waitFor();
    await keepsNobodyOut(desk);
    await page.waitForTimeout(1100);
    await page.goto(`${news.address}${article}`);
    assert.match(await page.locator(".featured").innerText(), /siebzehn[\s\S]*Zur Stelle/);
    assert.match(await page.locator(".featured").innerText(), /Name geprüft/);
    await told(page, /Die Redaktion hat Ihren Kommentar ausgewählt/);
    await page.context().close();
    await desk.context().close();
  });
});
