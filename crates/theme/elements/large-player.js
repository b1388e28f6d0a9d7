import { FASTEST, SKIP, SLOWEST } from "./read-aloud.js";
import { rangeOf, spansOf } from "./reading.js";
import { keep, kept } from "./storage.js";
import { WordFinder } from "./word-finder.js";
import { clock, number, say } from "./words.js";

/** @import { ReadAloud } from "./read-aloud.js" */

/** The large player at the bottom of the window, made from the template that stands in the small one. */
export class LargePlayer {
  /** @type {ReadAloud} */ #player;
  /** @type {HTMLElement} */ #dock;
  #life = new AbortController();
  /** @type {WordFinder | undefined} */ #words;

  /**
   * @param {ReadAloud} player
   * @param {AbortSignal} closed
   */
  constructor(player, closed) {
    this.#player = player;
    const template = /** @type {HTMLTemplateElement} */ (player.querySelector("template[data-large]"));
    const copy = /** @type {DocumentFragment} */ (document.importNode(template.content, true));
    this.#dock = /** @type {HTMLElement} */ (copy.querySelector(".player-large"));
    player.append(copy);
    closed.addEventListener("abort", () => this.#fold(), { signal: this.#life.signal });
    this.#listen();
    this.#opener?.setAttribute("aria-expanded", "true");
    this.#part("toggle")?.focus({ preventScroll: true });
  }

  get #opener() {
    return /** @type {HTMLElement | null} */ (this.#player.querySelector(".player-mini [data-do=expand]"));
  }

  /** @param {string} what @returns {HTMLElement | null} */
  #part(what) {
    return this.#dock.querySelector(`[data-do="${what}"]`);
  }

  #listen() {
    const signal = this.#life.signal;
    const player = this.#player;
    for (const [event, then] of /** @type {[string, () => void][]} */ ([
      ["sentence", () => this.#showSentence()],
      ["place", () => this.#showLeft()],
      ["speed", () => this.#showSpeed()],
      ["following", () => this.#showWay()],
    ])) {
      player.addEventListener(event, then, { signal });
      then();
    }
    player.addEventListener("word", (event) => this.#showWord(/** @type {CustomEvent<number>} */ (event).detail), { signal });
    player.place = player.place;
    this.#dock.addEventListener("click", (event) => this.#click(event), { signal });
    document.addEventListener("keydown", (event) => {
      const field = event.target instanceof Element && !player.contains(event.target) && event.target.closest("input, textarea, select");
      if (event.key === "Escape" && !event.defaultPrevented && !field) this.#collapse();
    }, { signal });
    const height = new ResizeObserver(() => document.documentElement.style.setProperty("--dock", `${this.#dock.offsetHeight}px`));
    height.observe(this.#dock);
    signal.addEventListener("abort", () => height.disconnect());
    const goOn = this.#part("go-on");
    if (!(goOn instanceof HTMLInputElement)) return;
    goOn.checked = kept("go-on") === "1";
    player.dataset.goOn = goOn.checked ? "1" : "";
    goOn.addEventListener("change", () => {
      keep("go-on", goOn.checked ? "1" : "0");
      player.dataset.goOn = goOn.checked ? "1" : "";
    }, { signal });
  }

  #fold() {
    this.#life.abort();
    this.#dock.remove();
    document.documentElement.style.removeProperty("--dock");
    this.#opener?.setAttribute("aria-expanded", "false");
  }

  #collapse() {
    this.#fold();
    this.#opener?.focus();
  }

  /** @param {Event} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
    if (!(button instanceof HTMLElement)) return;
    const player = this.#player;
    switch (button.dataset.do) {
      case "toggle": return player.toggle();
      case "back": return player.skip(-SKIP);
      case "forward": return player.skip(SKIP);
      case "slower": return void (player.speed -= 0.1);
      case "faster": return void (player.speed += 0.1);
      case "speed": return void (player.speed = Number(button.dataset.speed));
      case "place": return void player.dispatchEvent(new Event("goto-place"));
      case "collapse": return this.#collapse();
      case "close": return player.close();
    }
  }

  #showSentence() {
    const { timings, sentence } = this.#player;
    // What is spoken but has no place of its own on the page, such as the kicker, is shown as it is spoken.
    const text = (/** @type {number} */ at) =>
      rangeOf(spansOf(timings?.sentences[at]?.id))?.toString() ?? timings?.sentences[at]?.words.map((word) => word.text).join(" ") ?? "";
    const now = /** @type {HTMLElement} */ (this.#dock.querySelector("[data-now]"));
    const then = /** @type {HTMLElement} */ (this.#dock.querySelector("[data-then]"));
    now.textContent = text(Math.max(0, sentence));
    then.textContent = text(Math.max(0, sentence) + 1);
    /** @type {HTMLElement} */ (now.parentElement).scrollTop = 0;
    const words = timings?.sentences[sentence]?.words.map((word) => word.text) ?? [];
    const whole = rangeOf([now]);
    this.#words = whole && words.length ? new WordFinder(whole, words) : undefined;
    if (timings && sentence >= 0) say(this.#dock, "sentence", { n: sentence + 1, of: timings.sentences.length });
  }

  /** @param {number} word */
  #showWord(word) {
    const range = this.#words?.range(word);
    if (!range) return;
    CSS.highlights.get("word")?.add(range);
    const text = /** @type {HTMLElement} */ (this.#dock.querySelector(".player-text"));
    const [box, line] = [text.getBoundingClientRect(), range.getBoundingClientRect()];
    if (line.bottom > box.bottom) text.scrollTop += line.top - box.top;
  }

  /** The time left is the reader's own: at double speed it is half. */
  #showLeft() {
    say(this.#dock, "left", { time: clock((this.#player.length - this.#player.place) / this.#player.speed) });
  }

  #showSpeed() {
    const { speed } = this.#player;
    const say1 = (/** @type {number} */ value) => number(value, { minimumFractionDigits: 1 });
    let named = false;
    for (const chip of this.#dock.querySelectorAll("[data-do=speed]")) {
      const value = Number(/** @type {HTMLElement} */ (chip).dataset.speed);
      chip.textContent = say1(value);
      chip.setAttribute("aria-pressed", String(value === speed));
      named ||= value === speed;
    }
    /** @type {HTMLButtonElement} */ (this.#part("slower")).disabled = speed <= SLOWEST;
    /** @type {HTMLButtonElement} */ (this.#part("faster")).disabled = speed >= FASTEST;
    const line = /** @type {HTMLElement} */ (this.#dock.querySelector("[data-line=speed]"));
    line.hidden = named;
    say(this.#dock, "speed", { speed: say1(speed) });
    this.#showLeft();
  }

  #showWay() {
    const way = this.#part("place");
    if (way) way.hidden = this.#player.dataset.following !== "no";
  }
}
