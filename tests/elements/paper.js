/*
 * A very small paper for the elements: hand-made pages around the real templates, styles and scripts, with a tone for a voice.
 */
import { createServer } from "node:http";
import { chromium } from "playwright-core";
import { icons, render, themeFile } from "./render.js";

const SENTENCES = [
  "Die alte Fähre fährt wieder über den Fluss.",
  "Drei Winter lag sie am Ufer und rostete.",
  "Jetzt zahlt der Verein den neuen Motor.",
  "Am Sonntag darf jeder einmal umsonst hinüber.",
  "Wer will, nimmt sein Rad mit.",
  "Der Fährmann heißt noch immer Poldi.",
];
/** How long each sentence of the fixture is spoken, in milliseconds. */
export const SENTENCE_MS = 5000;
const LENGTH_MS = SENTENCES.length * SENTENCE_MS;

/** A tone as long as the article: what a browser plays must be real, and a file of it would be of no use in the tree. */
export function tone(ms = LENGTH_MS) {
  const rate = 8000;
  const samples = (rate * ms) / 1000;
  const wav = Buffer.alloc(44 + samples);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + samples, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(samples, 40);
  for (let i = 0; i < samples; i += 1) wav[44 + i] = 128 + 20 * Math.sin((2 * Math.PI * 220 * i) / rate);
  return wav;
}

function timings() {
  return {
    version: 1,
    duration_ms: LENGTH_MS,
    sentences: SENTENCES.map((sentence, at) => {
      const spoken = sentence.split(" ");
      const step = SENTENCE_MS / spoken.length;
      return {
        id: `s${at + 1}`, start_ms: at * SENTENCE_MS, end_ms: (at + 1) * SENTENCE_MS, exact: true,
        words: spoken.map((word, n) => ({ text: word.replace(/[.,]/g, ""), start_ms: Math.round(at * SENTENCE_MS + n * step) })),
      };
    }),
  };
}

/** The fixture's text: the second sentence is cut by a link, the last three stand far below. */
function text() {
  const span = (n) => `<span id="s${n}">${SENTENCES[n - 1]}</span>`;
  return `<p>${span(1)} <span id="s2">Drei Winter lag sie</span> <a href="/elsewhere"><span data-s="s2">am Ufer</span></a> <span data-s="s2">und rostete.</span></p>
    <p id="second">${span(3)}</p><div style="height: 1500px"></div><p id="third">${span(4)} ${span(5)} ${span(6)}</p>`;
}

/** @param {{ state?: object, language?: string, next?: unknown, previous?: unknown }} [of] */
export function player({ state = { is: "ready" }, language = "de", next = { url: "/next", name: "Zwölf Frachter warten vor dem Obertor" }, previous = null } = {}) {
  return render("speech/player.html", language, {
    player: {
      state, language, next, previous, mp3: "/audio.mp3", json: "/audio.json", vtt: "/audio.vtt", duration_ms: LENGTH_MS, sentences: SENTENCES.length,
      voice: "Lene", headline: "Die Fähre fährt wieder", kicker: "Fluss", url: "/",
      queue: next ? [{ url: "/next", headline: "Zwölf Frachter warten vor dem Obertor", duration_ms: 175_000 }, { url: "/next", headline: "Die Souffleuse hört nach vierzig Jahren auf", duration_ms: 520_000 }] : [],
    },
  });
}

/**
 * @param {string} body
 * @param {{ language?: string, title?: string }} [of]
 */
export function sheet(body, { language = "de", title = "Die Fähre fährt wieder" } = {}) {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/styles/fixture.css"><link rel="stylesheet" href="/styles/player.css">
    <link rel="stylesheet" href="/styles/live.css"><script type="module" src="/elements/blatt.js"></script></head>
    <body><main><h1>${title}</h1>${body}</main></body></html>`;
}

/** @param {Parameters<typeof player>[0]} [of] */
export const article = (of) => sheet(`${player(of)}<article>${text()}</article>`, of);

/** Enough of the paper's base styles to see what the components look like. */
const FIXTURE_CSS = `
  @layer reset, base, components, pages, theme;
  @layer base {
    :root { color-scheme: light dark; --serif: Georgia, serif; --sans: system-ui, "DejaVu Sans", sans-serif;
      --paper: #fff; --tint: #f5f3ee; --tint2: #e9e5db; --ink: #191817; --ink2: #57534c; --hair: #d6d1c6; --edge: #857f74; --accent: #0b566b;
      --onacc: #fff; --atint: #e4eff1; --marker: #fbe6a2; --danger: #a3241c; --dtint: #fbeae7; --ok: #25602f; --otint: #e5f1e5; }
    @media (prefers-color-scheme: dark) { :root { --paper: #141516; --tint: #1d1f20; --tint2: #2a2c2e; --ink: #ebe8e1; --ink2: #b3aea4; --hair: #37393b;
      --edge: #85817a; --accent: #7cc4d6; --onacc: #062029; --atint: #16303a; --marker: #574811; --danger: #f39c92; --dtint: #3b1d1a; --ok: #8fcf9b; --otint: #17301c; } }
    * { box-sizing: border-box; } p, ol { margin: 0; padding: 0; } [hidden] { display: none !important; } button, input { font: inherit; color: inherit; margin: 0; } button { background: none; border: 0; padding: 0; }
    .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .i { display: inline-flex; align-items: center; } .i::before { content: ""; inline-size: 1.125em; block-size: 1.125em; background: currentColor; mask: var(--i) center / contain no-repeat; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 19px/30px var(--serif); }
    main { max-width: 680px; margin: 0 auto; padding: 16px; }
  }`;

const TYPES = { js: "text/javascript", css: "text/css", html: "text/html; charset=utf-8", json: "application/json" };

/**
 * Opens the paper on a port of its own.
 * @param {Record<string, (request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => unknown>} [routes]
 *   further or other answers, by path; what one returns is sent as a page
 */
export async function paper(routes = {}) {
  const sound = tone();
  /** @type {string[]} */
  const asked = [];
  const own = {
    "/": () => article(),
    "/next": () => sheet(`${player({ next: null, previous: { url: "/", name: "Die Fähre fährt wieder" } })}<article>${text()}</article>`, { title: "Zwölf Frachter" }),
    "/audio.json": (_, response) => response.writeHead(200, { "content-type": TYPES.json }).end(JSON.stringify(timings())),
    "/audio.mp3": (request, response) => sendRange(request, response, sound),
    "/styles/fixture.css": (_, response) => response.writeHead(200, { "content-type": TYPES.css }).end(FIXTURE_CSS + icons()),
    ...routes,
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "", "http://paper").pathname;
    asked.push(`${request.method} ${request.url}`);
    const route = own[path];
    try {
      if (route) {
        const page = await route(request, response);
        if (typeof page === "string") response.writeHead(200, { "content-type": TYPES.html }).end(page);
      } else {
        const file = themeFile(path.slice(1));
        response.writeHead(200, { "content-type": TYPES[path.split(".").pop()] ?? "application/octet-stream" }).end(file);
      }
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((then) => server.listen(0, "127.0.0.1", () => then(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {Buffer} bytes
 */
export function sendRange(request, response, bytes) {
  const [, from, to] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "") ?? [];
  const head = { "content-type": "audio/wav", "accept-ranges": "bytes" };
  if (from === undefined) return response.writeHead(200, { ...head, "content-length": bytes.length }).end(bytes);
  const end = Math.min(Number(to || bytes.length - 1), bytes.length - 1);
  return response.writeHead(206, { ...head, "content-range": `bytes ${from}-${end}/${bytes.length}`, "content-length": end - Number(from) + 1 })
    .end(bytes.subarray(Number(from), end + 1));
}

/** A browser with a sound card that nobody hears. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--mute-audio", "--no-sandbox", "--autoplay-policy=document-user-activation-required"],
  });
}
