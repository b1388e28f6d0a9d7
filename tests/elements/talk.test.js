import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { browser, paper, sheet } from "./paper.js";

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

const THREAD = "/fluss/faehre/comments";

/** @param {{ id: number, words: string, up?: number, pressed?: boolean, replies?: any[] }} of */
function comment({ id, words, up = 0, pressed = false, replies = [] }) {
  return `<li class="comment" id="c${id}"><p class="who"><b>Leserin ${id}</b></p><div class="said"><p>${words}</p></div>
    <form class="acts" method="post" action="/comments/${id}/votes">
      <button name="value" value="${pressed ? "none" : "up"}" aria-label="Dafür: ${up}"${pressed ? ' aria-pressed="true"' : ""}>${up}</button></form>
    ${replies.length ? `<ol class="replies">${replies.map(comment).join("")}</ol>` : ""}</li>`;
}

/** @param {{ text?: string, error?: string, open?: boolean }} [of] */
function form({ text = "", error = "", open = true } = {}) {
  return `<comment-form data-longest="40" data-left="Noch {n} Zeichen." data-over="{n} Zeichen zu viel." data-saved="Entwurf gespeichert." data-lost="Nicht angekommen.">
    <form class="write" method="post" action="${THREAD}"><input type="hidden" name="key" value="">
    <label for="text">${open ? "Was sagen Sie dazu?" : "Ihr Entwurf"}</label><textarea id="text" name="text" required>${text}</textarea>${error && `<p class="error">${error}</p>`}
    <p><span data-count></span> <span data-note role="status"></span></p>
    <button type="button" data-do="discard" hidden>Verwerfen</button><button${open ? "" : " disabled"}>${open ? "Veröffentlichen" : "Erst ab 6 Uhr"}</button></form></comment-form>`;
}

/** @param {{ comments?: any[], open?: boolean, form?: string }} of */
function thread({ comments = [], open = true, form: written = form({ open }) } = {}) {
  const state = open ? "open" : "closed";
  return sheet(`<live-thread data-live="${THREAD}/live" data-page="${THREAD}" data-one="Ein neuer Kommentar" data-many="{n} neue Kommentare zeigen" data-lost="Nicht angekommen.">
    <h2 id="thread-head">${comments.length} Kommentare</h2><span data-part="opening-badge" data-state="${state}">${open ? "offen" : "geschlossen"}</span>
    <div data-part="opening" data-state="${state}">${open ? "" : "<p class=notice>Das Gespräch ruht bis 6 Uhr.</p>"}${written}</div>
    <p role="status" class="unseen" data-status></p><div role="status"><button type="button" class="show-new" data-do="show-new" hidden></button></div>
    <ol class="comments">${comments.map(comment).join("")}</ol></live-thread>`);
}

/** As somebody who has signed in on this device. */
const MEMBER = { member: true };

/** A thread whose answers can be changed while it is read. */
async function open(now = { comments: [{ id: 1, words: "Schön.", up: 3, replies: [{ id: 2, words: "Ja." }] }] }, more = {}, { member = false } = {}) {
  /** @type {Set<import("node:http").ServerResponse>} */
  const listeners = new Set();
  const talk = {
    now,
    listeners,
    /** @param {string} event @param {unknown} data */
    tell: (event, data) => listeners.forEach((listener) => listener.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
  };
  news = await paper({
    [THREAD]: () => thread(talk.now),
    [`${THREAD}/live`]: (request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).write(": here\n\n");
      listeners.add(response);
      request.on("close", () => listeners.delete(response));
    },
    ...(typeof more === "function" ? more(talk) : more),
  });
  context = await chromium.newContext({ viewport: { width: 800, height: 600 } });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
  trouble = [];
  page.on("pageerror", (error) => trouble.push(error.message));
  if (member) await page.addInitScript(() => localStorage.setItem("signedIn", "1"));
  const listening = page.waitForResponse(`**${THREAD}/live`);
  await page.goto(news.address + THREAD);
  await listening;
  return talk;
}

/** @param {import("node:http").IncomingMessage} request */
async function sent(request) {
  let body = "";
  for await (const piece of request) body += piece;
  return new URLSearchParams(body);
}

/** What is kept on the device, but for the hint that somebody signed in. */
const stored = () => page.evaluate(() => Object.fromEntries(Object.entries(localStorage).filter(([name]) => name !== "signedIn")));

describe("a thread being read", () => {
  it("offers new comments behind a button and puts them in without moving the page", async () => {
    const talk = await open();
    talk.now = { comments: [{ id: 4, words: "Neu." }, { id: 1, words: "Schön.", up: 3, replies: [{ id: 2, words: "Ja." }, { id: 3, words: "Doch." }] }] };
    talk.tell("thread", { count: 4, new: 2, ids: [3, 4] });
    const bar = page.getByRole("button", { name: "2 neue Kommentare zeigen" });
    await bar.waitFor();
    assert.equal(await page.locator("#c4").count(), 0, "nothing pushes in by itself");
    await bar.click();
    await page.locator("#c4").waitFor();
    assert.deepEqual(await page.locator("li.comment").evaluateAll((list) => list.map((one) => one.id)), ["c4", "c1", "c2", "c3"]);
    assert.equal(await page.evaluate(() => document.activeElement.id), "c4");
    assert.equal(await bar.isVisible(), false);
    assert.equal(await page.evaluate(() => scrollY), 0);
  });

  it("starts the list of answers with the first answer", async () => {
    const talk = await open({ comments: [{ id: 1, words: "Schön." }] });
    talk.now = { comments: [{ id: 1, words: "Schön.", replies: [{ id: 2, words: "Ja." }] }] };
    talk.tell("thread", { count: 2, new: 1, ids: [2] });
    await page.getByRole("button", { name: "Ein neuer Kommentar" }).click();
    await page.locator("#c1 > ol.replies > #c2").waitFor();
  });

  it("changes a comment in place and leaves its answers alone", async () => {
    const talk = await open();
    talk.now = { comments: [{ id: 1, words: "Sehr schön, wirklich.", up: 3, replies: [{ id: 2, words: "Ja." }] }] };
    await page.evaluate(() => (document.querySelector("#c2").kept = true));
    talk.tell("changed", { id: 1 });
    await page.getByText("Sehr schön, wirklich.").waitFor();
    assert.equal(await page.evaluate(() => document.querySelector("#c1 #c2").kept), true);
  });

  it("asks for a changed comment by itself when it stands on no page it has", async () => {
    const talk = await open(undefined, { "/comments/1": () => thread({ comments: [{ id: 1, words: "Geändert." }] }) });
    talk.now = { comments: [{ id: 7, words: "Andere." }] };
    talk.tell("changed", { id: 1 });
    await page.getByText("Geändert.").waitFor();
  });

  it("opens and closes with the words typed so far, the cursor and the draft kept", async () => {
    const talk = await open();
    await page.locator("#text").fill("Mein Großvater war Fährmann.");
    await page.locator("#text").evaluate((text) => text.setSelectionRange(4, 4));
    talk.now = { ...talk.now, open: false };
    talk.tell("hours", { open: false });
    await page.getByText("Das Gespräch ruht bis 6 Uhr.").waitFor();
    assert.equal(await page.getByText("geschlossen").isVisible(), true);
    assert.deepEqual(await page.locator("#text").evaluate((text) => [text.value, text.selectionStart, text === document.activeElement]), ["Mein Großvater war Fährmann.", 4, true]);
    await page.locator("#text").pressSequentially("lieber ");
    await page.waitForFunction(() => Object.values(localStorage).includes("Meinlieber  Großvater war Fährmann."));
    talk.now = { ...talk.now, open: true };
    talk.tell("hours", { open: true });
    await page.getByRole("button", { name: "Veröffentlichen" }).waitFor();
    assert.equal(await page.locator("#text").inputValue(), "Meinlieber  Großvater war Fährmann.");
  });

  it("stops listening when nobody looks, and sees what happened when somebody does again", async () => {
    const talk = await open();
    const look = (hidden) => page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { configurable: true, value });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
    const gone = new Promise((then) => [...talk.listeners][0].on("close", then));
    await look(true);
    await gone;
    talk.now = { comments: [{ id: 4, words: "Neu." }, ...talk.now.comments] };
    await look(false);
    await page.getByRole("button", { name: "Ein neuer Kommentar" }).waitFor();
  });

  it("tries again, later and later, while the house does not answer", async () => {
    let tries = 0;
    const talk = await open(undefined, () => ({
      [`${THREAD}/live`]: (_, response) => {
        tries += 1;
        if (tries < 3) return response.writeHead(503).end();
        response.writeHead(200, { "content-type": "text/event-stream" }).write("event: hours\ndata: {\"open\":false}\n\n");
      },
    }));
    talk.now = { ...talk.now, open: false };
    await page.getByText("Das Gespräch ruht bis 6 Uhr.").waitFor();
    assert.equal(tries, 3);
  });
});

describe("a vote", () => {
  it("is counted in place, and the focus stays where it is", async () => {
    let voted = "";
    await open(undefined, (talk) => ({
      "/comments/1/votes": async (request) => {
        voted = (await sent(request)).get("value") ?? "";
        return thread({ comments: [{ ...talk.now.comments[0], up: 4, pressed: true }] });
      },
    }));
    await page.getByRole("button", { name: "Dafür: 3" }).click();
    const again = page.getByRole("button", { name: "Dafür: 4" });
    await again.waitFor();
    assert.equal(voted, "up");
    assert.deepEqual(await again.evaluate((button) => [button.textContent, button.value, button.ariaPressed, button === document.activeElement]), ["4", "none", "true", true]);
    assert.equal(new URL(page.url()).pathname, THREAD);
  });

  it("without an account leads to signing in", async () => {
    await open(undefined, {
      "/comments/1/votes": (_, response) => response.writeHead(303, { location: "/login?to=there" }).end(),
      "/login": () => sheet("<h2>Anmelden</h2>"),
    });
    await page.getByRole("button", { name: "Dafür: 3" }).click();
    await page.waitForURL("**/login?to=there");
  });

  it("says when it did not arrive", async () => {
    await open(undefined, { "/comments/1/votes": (_, response) => response.destroy() });
    await page.getByRole("button", { name: "Dafür: 3" }).click();
    await page.locator("#c1 > .vote-note").getByText("Nicht angekommen.").waitFor();
  });
});

describe("writing a comment", () => {
  const publish = () => page.getByRole("button", { name: "Veröffentlichen" });

  it("leaves nothing on the device before somebody types", async () => {
    await open();
    await page.locator("#text").focus();
    await page.keyboard.press("Tab");
    assert.deepEqual(await stored(), {});
  });

  it("counts characters as people do, and does not cut what is pasted", async () => {
    await open();
    await page.locator("#text").fill("Grüß 👋");
    assert.equal(await page.locator("[data-count]").innerText(), "Noch 34 Zeichen.");
    await page.locator("#text").fill("x".repeat(50));
    assert.equal(await page.locator("[data-count]").innerText(), "10 Zeichen zu viel.");
    await publish().click();
    assert.ok(!news.asked.some((line) => line.startsWith("POST")), "the form says what is wrong before it is sent");
  });

  it("keeps a draft through a reload, and forgets it when it is thrown away", async () => {
    await open();
    await page.locator("#text").fill("Ein Gedanke.");
    await page.getByText("Entwurf gespeichert.").waitFor();
    assert.deepEqual(await stored(), { [`draft:${THREAD}`]: "Ein Gedanke." });
    await page.reload();
    await page.waitForFunction(() => document.querySelector("#text").value === "Ein Gedanke.");
    await page.getByRole("button", { name: "Verwerfen" }).click();
    assert.equal(await page.locator("#text").inputValue(), "");
    assert.deepEqual(await stored(), {});
  });

  it("forgets a draft that the house kept as well", async () => {
    const kept = `<button formaction="/account/drafts/1/deletion" formnovalidate>Weg damit</button>`;
    await open(undefined, {
      [THREAD]: () => thread({ form: form({ text: "Ein Gedanke." }).replace("</form>", `${kept}</form>`) }),
      "/account/drafts/1/deletion": () => sheet("<p>Ohne Entwurf.</p>"),
    }, MEMBER);
    await page.locator("#text").fill("Ein anderer Gedanke.");
    await page.getByText("Entwurf gespeichert.").waitFor();
    await page.getByRole("button", { name: "Weg damit" }).click();
    await page.getByText("Ohne Entwurf.").waitFor();
    assert.deepEqual(await stored(), {});
  });

  it("sends once, however often one presses, with a key, and forgets the draft when it has arrived", async () => {
    const keys = [];
    let answer = () => {};
    await open(undefined, {
      [THREAD]: async (request, response) => {
        if (request.method === "GET") return thread();
        keys.push((await sent(request)).get("key"));
        await new Promise((then) => (answer = () => then(undefined)));
        response.writeHead(303, { location: "/comments/9" }).end();
      },
      "/comments/9": () => sheet("<p>Ihr Kommentar ist erschienen.</p>"),
    }, MEMBER);
    await page.locator("#text").fill("Ein Gedanke.");
    await publish().dblclick();
    await page.locator("#text").press("Control+Enter");
    assert.equal(keys.length, 1);
    assert.match(keys[0], /^[0-9a-f]{32}$/);
    answer();
    await page.getByText("Ihr Kommentar ist erschienen.").waitFor();
    assert.deepEqual(await stored(), {});
  });

  it("shows why it was refused, with the words still there", async () => {
    await open(undefined, {
      [THREAD]: async (request, response) => {
        if (request.method === "GET") return thread();
        const text = (await sent(request)).get("text") ?? "";
        response.writeHead(422, { "content-type": "text/html" }).end(thread({ form: form({ text, error: "Bitte ohne Werbung." }) }));
      },
    }, MEMBER);
    await page.locator("#text").fill("Kauft!");
    await page.locator("#text").press("Control+Enter");
    await page.getByText("Bitte ohne Werbung.").waitFor();
    assert.deepEqual(await page.locator("#text").evaluate((text) => [text.value, text === document.activeElement]), ["Kauft!", true]);
    assert.equal(Object.values(await stored())[0], "Kauft!");
  });

  it("keeps the words when the network is lost", async () => {
    await open(undefined, { [THREAD]: (request, response) => (request.method === "GET" ? thread() : response.destroy()) }, MEMBER);
    await page.locator("#text").fill("Ein Gedanke.");
    await publish().click();
    await page.getByText("Nicht angekommen.").waitFor();
    assert.equal(await page.locator("#text").inputValue(), "Ein Gedanke.");
    assert.equal(Object.values(await stored())[0], "Ein Gedanke.");
  });

  for (const [who, how] of /** @type {const} */ ([["who has not signed in", {}], ["whose session is over", MEMBER]])) {
    it(`takes somebody ${who} to a page of its own with the words, and forgets the draft once they stand in the thread`, async () => {
      let posted = false;
      const words = "Ein  Gedanke.";
      await open(undefined, {
        [THREAD]: async (request, response) => {
          if (request.method === "GET") return posted ? thread({ comments: [{ id: 9, words: "Ein Gedanke." }] }) : thread();
          const text = (await sent(request)).get("text");
          response.writeHead(401, { "content-type": "text/html" }).end(sheet(`<h2>Anmelden</h2><input value="${text}">`));
        },
      }, how);
      await page.locator("#text").fill(words);
      await publish().click();
      await page.getByText("Anmelden").waitFor();
      assert.equal(await page.locator("input").inputValue(), words);
      assert.deepEqual(Object.values(await stored()), [words], "until it has arrived");
      posted = true;
      await page.goto(news.address + THREAD);
      await page.waitForFunction(() => customElements.get("comment-form"));
      assert.equal(await page.locator("#text").inputValue(), "");
      assert.deepEqual(await stored(), {});
    });
  }
});

describe("a member", () => {
  it("sees the own votes, and what the draft was", async () => {
    await open({ comments: [{ id: 1, words: "Schön.", up: 3 }] }, (talk) => ({
      [`${THREAD}/mine`]: () => thread({ comments: [{ ...talk.now.comments[0], pressed: true }], form: form({ text: "Von neulich." }) }),
    }), MEMBER);
    await page.locator('#c1 button[aria-pressed="true"]').waitFor();
    await page.waitForFunction(() => document.querySelector("#text").value === "Von neulich.");
  });

  it("whose session is over is not asked again", async () => {
    await open(undefined, { [`${THREAD}/mine`]: (_, response) => response.writeHead(303, { location: "/login" }).end(), "/login": () => sheet("Anmelden") }, MEMBER);
    await page.waitForFunction(() => localStorage.length === 0);
  });

  it("is told beside the comment why a vote does not count", async () => {
    await open(undefined, (talk) => ({
      "/comments/1/votes": (_, response) => response.writeHead(422, { "content-type": "text/html" }).end(thread({ ...talk.now, form: '<p class="notice">Der ist von Ihnen.</p>' })),
    }), MEMBER);
    await page.getByRole("button", { name: "Dafür: 3" }).click();
    assert.equal(await page.locator("#c1 > .vote-note").innerText(), "Der ist von Ihnen.");
  });
});
