import { whenVisible } from "./when-visible.js";
import { kept } from "./storage.js";

/*
 * The one script of every page. It shows what only works with scripts, and fetches an element's own script when somebody gets
 * near it: a reader who only reads loads this file and the two above.
 */

/** @typedef {"now" | "seen" | "touched" | "never"} When */
/** @typedef {{ load: () => Promise<unknown>, when: (element: HTMLElement) => When }} Kind */

/** @type {Record<string, Kind>} */
const ELEMENTS = {
  "read-aloud": {
    load: () => import("./read-aloud.js"),
    when: (player) => (location.hash === "#listen" ? "now" : player.dataset.state === "making" ? "seen" : "touched"),
  },
  "part-of": {
    load: () => import("./part-of.js"),
    // What is only for members is not asked for on behalf of anybody else.
    when: (part) => (part.dataset.for === "signed-in" && kept("signedIn") !== "1" ? "never" : "seen"),
  },
  "live-thread": { load: () => import("./live-thread.js"), when: () => "seen" },
  "comment-form": { load: () => import("./comment-form.js"), when: () => "seen" },
  "work-proof": { load: () => import("./work-proof.js"), when: () => "now" },
  "pass-key": { load: () => import("./pass-key.js"), when: () => "now" },
  "share-button": { load: () => import("./share-button.js"), when: () => "touched" },
  "print-button": { load: () => import("./share-button.js"), when: () => "touched" },
  "copy-text": { load: () => import("./copy-text.js"), when: () => "seen" },
  "sudoku-game": { load: () => import("./sudoku-game.js"), when: () => "now" },
  "word-game": { load: () => import("./word-game.js"), when: () => "now" },
  "letters-game": { load: () => import("./letters-game.js"), when: () => "now" },
  "desk-queue": { load: () => import("./desk-queue.js"), when: () => "now" },
  "signed-in": { load: () => import("./signed-in.js"), when: () => "now" },
};

/** @param {Document | Element} root a page, or a part of one that has just arrived */
function wake(root) {
  const all = (/** @type {string} */ selector) =>
    /** @type {HTMLElement[]} */ ([...(root instanceof Element && root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)]);
  for (const element of all("[data-scripts]")) if (!isEarly(element)) show(element);
  for (const [name, kind] of Object.entries(ELEMENTS)) {
    if (customElements.get(name)) continue;
    for (const element of all(name)) wait(element, kind);
  }
}

/** What only works with scripts appears; what stands for it goes. @param {HTMLElement} element */
function show(element) {
  element.hidden = element.dataset.scripts === "off";
}

/** Whether it belongs to an element whose script is on its way: a press would do nothing yet. @param {HTMLElement} part */
function isEarly(part) {
  return Object.entries(ELEMENTS).some(([name, { when }]) => {
    const element = /** @type {HTMLElement | null} */ (part.closest(name));
    return element && !customElements.get(name) && when(element) === "now";
  });
}

/**
 * @param {HTMLElement} element
 * @param {Kind} kind
 */
async function wait(element, { load, when }) {
  switch (when(element)) {
    case "now":
      await load();
      return element.querySelectorAll(/** @type {"div"} */ ("[data-scripts]")).forEach(show);
    case "seen": return whenVisible(element, new AbortController().signal, load);
    case "touched": return whenTouched(element, load);
    case "never":
  }
}

/**
 * Loads at the first sign of interest, and repeats a click that came before the script did.
 * @param {HTMLElement} element
 * @param {() => Promise<unknown>} load
 */
function whenTouched(element, load) {
  const waiting = new AbortController();
  for (const sign of ["pointerover", "focusin", "touchstart"]) {
    element.addEventListener(sign, () => void load(), { once: true, passive: true, signal: waiting.signal });
  }
  element.addEventListener("click", async (event) => {
    const target = event.target instanceof Element ? event.target.closest("button") : null;
    if (!target) return;
    waiting.abort();
    if (customElements.get(element.localName)) return;
    event.preventDefault();
    // Some browsers let a sound begin only if the click itself touched it.
    if (target.dataset.do === "toggle") element.querySelector("audio")?.load();
    await load();
    target.click();
  }, { signal: waiting.signal });
}

document.addEventListener("part-arrived", (event) => event.target instanceof Element && wake(event.target));
wake(document);
