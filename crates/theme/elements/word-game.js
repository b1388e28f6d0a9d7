import { countDay, remembers, showSeries, turn } from "./own-device.js";
import { page, putInPlace } from "./pages.js";
import { keep, kept } from "./storage.js";

/**
 * The word of the day is a form that needs no script. Here the guesses stay on this device if the reader wishes, and with them the
 * days on which the word was found. Guesses that were kept are asked again: what they tell is known to the house alone.
 *
 * Attributes: data-key (under which this device keeps it), data-game, data-day, data-today; sentences: data-series-one, data-series.
 */
export class WordGame extends HTMLElement {
  /** @type {AbortController | undefined} */ #life;

  connectedCallback() {
    this.#life = new AbortController();
    const mine = /** @type {HTMLElement | null} */ (this.querySelector("[data-do=keep]"));
    if (mine) mine.ariaPressed = String(remembers());
    mine?.addEventListener("click", () => {
      turn(mine);
      this.#keepHere();
      showSeries(this);
    }, { signal: this.#life.signal });
    this.#keepHere();
    this.#takeUp();
    showSeries(this);
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** The guesses with what they tell; on the page of somebody with an account it knows no guesses to be kept here. */
  get #board() {
    return /** @type {HTMLElement | null} */ (this.querySelector("#word"));
  }

  #keepHere() {
    const board = this.#board;
    if (!remembers() || !board?.dataset.guesses) return;
    keep(this.dataset.key ?? "", board.dataset.guesses);
    if (board.dataset.found === "true") countDay(this);
  }

  /** An empty board takes up what this device has of it. */
  async #takeUp() {
    const [board, guesses] = [this.#board, kept(this.dataset.key ?? "")?.split(",") ?? []];
    const form = board?.querySelector("form");
    const guess = guesses.pop();
    if (!board || !form || !guess || board.dataset.guesses || !remembers() || kept("signedIn") === "1") return;
    const puzzle = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=puzzle]"))?.value ?? "";
    const body = new URLSearchParams({ puzzle, guesses: guesses.join(","), guess });
    const answer = await page(form.action, { method: "POST", body, signal: this.#life?.signal });
    const fresh = answer?.response.ok && answer.document.getElementById("word");
    if (fresh && this.#board === board) putInPlace(board, fresh);
  }
}

customElements.define("word-game", WordGame);
