import { begunAt } from "./timings.js";
import { WordFinder } from "./word-finder.js";
import { say } from "./words.js";

/** @import { ReadAloud } from "./read-aloud.js" */
/** @import { Timings } from "./timings.js" */

/**
 * Follows the voice through the page: marks the sentence and the word, scrolls along until the reader scrolls away, and starts
 * where the reader clicks.
 */
export class Reading {
  /** @type {ReadAloud} */ #player;
  /** @type {Timings} */ #timings;
  #sentence = -1;
  #word = -1;
  /** @type {WordFinder | undefined} */ #words;
  #frame = 0;
  #following = true;
  #scrolling = false;

  /**
   * @param {ReadAloud} player
   * @param {Timings} timings
   * @param {AbortSignal} signal
   */
  constructor(player, timings, signal) {
    this.#player = player;
    this.#timings = timings;
    const text = this.#text();
    text?.classList.add("is-listening");
    player.addEventListener("place", () => this.#look(), { signal });
    player.addEventListener("state", () => {
      this.#look();
      this.#keepLooking();
    }, { signal });
    player.addEventListener("goto-place", () => this.#scrollThere(true), { signal });
    document.addEventListener("click", (event) => this.#startAt(event), { signal });
    addEventListener("scroll", () => this.#scrolled(), { signal, passive: true });
    addEventListener("scrollend", () => (this.#scrolling = false), { signal });
    signal.addEventListener("abort", () => {
      cancelAnimationFrame(this.#frame);
      text?.classList.remove("is-listening");
      this.#mark(-1);
      player.dataset.following = "yes";
    });
    this.#look();
    this.#keepLooking();
  }

  /** What the sentences stand in. */
  #text() {
    const first = this.#timings.sentences.map((sentence) => document.getElementById(sentence.id)).find((span) => span);
    return first?.closest("article, main") ?? first?.parentElement;
  }

  /** The sound tells its place four times a second, which is too seldom for words. */
  #keepLooking() {
    cancelAnimationFrame(this.#frame);
    if (this.#player.state !== "playing") return;
    this.#frame = requestAnimationFrame(() => {
      this.#look();
      this.#keepLooking();
    });
  }

  #look() {
    const place = this.#player.place;
    // Before the beginning and after the end nothing is being read.
    const sentence = this.#player.state === "ready" ? -1 : begunAt(this.#timings.sentences, place);
    if (sentence !== this.#sentence) this.#mark(sentence);
    const word = begunAt(this.#timings.sentences[sentence]?.words ?? [], place);
    if (word !== this.#word) this.#markWord(word);
  }

  /** @param {number} sentence */
  #mark(sentence) {
    for (const span of this.#spans(this.#sentence)) span.classList.remove("is-read");
    this.#sentence = sentence;
    const spans = this.#spans(sentence);
    for (const span of spans) span.classList.add("is-read");
    const words = this.#timings.sentences[sentence]?.words.map((word) => word.text) ?? [];
    const text = rangeOf(spans);
    this.#words = text && words.length ? new WordFinder(text, words) : undefined;
    this.#markWord(-1);
    this.#player.sentence = sentence;
    if (sentence >= 0) say(this.#player, "sentence", { n: sentence + 1, of: this.#timings.sentences.length });
    this.#player.dispatchEvent(new Event("sentence"));
    if (sentence >= 0 && this.#following && this.#player.state === "playing") this.#scrollThere(false);
  }

  /** @param {number} word */
  #markWord(word) {
    this.#word = word;
    const range = this.#words?.range(word);
    if (!("highlights" in CSS)) return;
    if (range) CSS.highlights.set("word", new Highlight(range));
    else CSS.highlights.delete("word");
    this.#player.dispatchEvent(new CustomEvent("word", { detail: word }));
  }

  /** @param {number} sentence @returns {HTMLElement[]} */
  #spans(sentence) {
    return spansOf(this.#timings.sentences[sentence]?.id);
  }

  /** @param {boolean} asked whether the reader wants to go there, even if it is in sight */
  #scrollThere(asked) {
    const first = this.#spans(this.#sentence)[0];
    if (!first || (!asked && this.#inSight())) return;
    this.#follow(true);
    this.#scrolling = true;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    first.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
  }

  /** A scroll that is not ours is the reader's: they lead until the sentence is in sight again. */
  #scrolled() {
    if (!this.#scrolling && this.#sentence >= 0) this.#follow(this.#inSight());
  }

  /** @param {boolean} following */
  #follow(following) {
    if (this.#following === following) return;
    this.#following = following;
    this.#player.dataset.following = following ? "yes" : "no";
    this.#player.dispatchEvent(new Event("following"));
  }

  #inSight() {
    const spans = this.#spans(this.#sentence);
    const [first, last] = [spans[0]?.getBoundingClientRect(), spans.at(-1)?.getBoundingClientRect()];
    if (!first || !last) return true;
    const floor = this.#player.querySelector(".player-large")?.getBoundingClientRect().top ?? innerHeight;
    return first.top >= 0 && Math.min(last.bottom, first.top + floor) <= floor;
  }

  /** @param {MouseEvent} event */
  #startAt(event) {
    const target = event.target;
    if (!(target instanceof Element) || event.defaultPrevented || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target.closest("a, button, input, textarea, select, label, summary, read-aloud")) return;
    if (getSelection()?.isCollapsed === false) return;
    const sentence = this.#sentenceUnder(target);
    if (!sentence) return;
    this.#follow(true);
    this.#player.listen(sentence.start_ms);
  }

  /** The sentence clicked, or the first one of the paragraph. @param {Element} target */
  #sentenceUnder(target) {
    const known = (/** @type {Element | null | undefined} */ span) =>
      this.#timings.sentences.find((sentence) => sentence.id === (span?.getAttribute("data-s") ?? span?.id));
    const span = target.closest("[data-s], [id^=s]");
    return known(span) ?? Array.from(target.closest("p, h1, h2, h3, li, blockquote")?.querySelectorAll("[data-s], [id^=s]") ?? [], known).find((found) => found);
  }
}

/**
 * A sentence as it stands in the page, with what lies between its pieces.
 * @param {HTMLElement[]} pieces
 * @returns {Range | undefined}
 */
export function rangeOf(pieces) {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return undefined;
  const range = document.createRange();
  range.setStartBefore(first);
  range.setEndAfter(last);
  return range;
}

/**
 * The pieces of a sentence in the page: one, or several where a link or emphasis cuts it.
 * @param {string | undefined} id
 * @returns {HTMLElement[]}
 */
export function spansOf(id) {
  if (!id) return [];
  const first = document.getElementById(id);
  /** @type {NodeListOf<HTMLElement>} */
  const rest = document.querySelectorAll(`[data-s="${CSS.escape(id)}"]`);
  return [...(first ? [first] : []), ...Array.from(rest).filter((span) => span !== first)];
}
