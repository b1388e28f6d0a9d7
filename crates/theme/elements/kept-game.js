import { countDay, parsed, remembers, showSeries, turn } from "./own-device.js";
import { page } from "./pages.js";
import { keep, kept } from "./storage.js";
import { clock } from "./words.js";

/** How long after the last move the game is sent to the account, in milliseconds. */
const PAUSE = 1500;

/**
 * What games on a table of fields share: the time played, the question to the house whether all is right, and where the game is
 * kept: with the account, or on this device if the reader wishes.
 *
 * Of two devices that were apart the fuller grid stays. The house sees to that, and has to be told from which version of the
 * account's state a grid was made: that stands in the form's field `version`, and is -1 while nobody has compared the two.
 *
 * Attributes: data-key (under which this device keeps it), data-game, data-day, data-today, data-solved; sentences: data-lost,
 * data-series-one, data-series.
 */
export class KeptGame extends HTMLElement {
  /** The fields of the grid in order. What is printed has no name. @type {HTMLInputElement[]} */ cells = [];
  /** @type {AbortController | undefined} */ #life;
  /** Sent one after the other: each knows the version that the one before it made. @type {Promise<void>} */ #sending = Promise.resolve();
  #since = 0;
  #tick = 0;
  #saving = 0;
  #unsent = false;
  #asking = false;
  #unjudged = false;

  /* What a game says of itself. */

  /** What stands in the fields, as the account keeps it. */
  state() {
    return "";
  }

  /** Puts a state into the fields. @param {string} _state */
  write(_state) {}

  /** Takes over what the house marked. @param {Document} _answer */
  judged(_answer) {}

  /** Fills in what the form tells besides, before it is sent. */
  asks() {}

  /* What it may use. */

  /** Takes up what is kept. The signal ends with the element. */
  begin() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("submit", (event) => this.#submit(event), { signal });
    this.addEventListener("part-arrived", () => this.#takeOwn(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.stop(), { signal });
    addEventListener("pagehide", () => this.#unsent && this.#send(), { signal });
    addEventListener("online", () => this.#again(), { signal });
    this.#tick = window.setInterval(() => this.#showTime(), 1000);
    this.#restore();
    this.#takeOwn();
    showSeries(this);
    return signal;
  }

  disconnectedCallback() {
    clearInterval(this.#tick);
    clearTimeout(this.#saving);
    this.#life?.abort();
  }

  get form() {
    return this.querySelector("form");
  }

  get solved() {
    return this.dataset.solved === "true";
  }

  /** @param {string} words */
  announce(words) {
    const said = this.querySelector("[data-part=said]");
    if (said) said.textContent = words;
  }

  /** Somebody has made a move. @param {number} [pause] before it is sent to the account */
  moved(pause) {
    this.run();
    this.#put("finished", Date.now());
    this.#unjudged = false;
    this.#showTime();
    this.#changed(pause);
  }

  /** The clock runs. */
  run() {
    this.#since ||= Date.now();
  }

  /** The clock stands. */
  stop() {
    this.#put("elapsed", this.#played());
    this.#since = 0;
  }

  /** What is kept here is kept, or forgotten: every game and not only this one. @param {HTMLElement} button */
  remember(button) {
    turn(button);
    this.#keepHere();
    showSeries(this);
  }

  /* The form's own fields. */

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement | null} */ (this.querySelector(`input[name=${name}]`));
  }

  /** @param {string} name @param {string | number | undefined} value */
  #put(name, value) {
    const field = this.#field(name);
    if (field) field.value = String(value ?? "");
  }

  #played() {
    return Math.round(Number(this.#field("elapsed")?.value ?? 0) + (this.#since ? Date.now() - this.#since : 0));
  }

  #showTime() {
    const line = this.querySelector("[data-clock]");
    if (line) line.textContent = clock(this.#played());
  }

  #finish() {
    this.dataset.solved = "true";
    for (const cell of this.cells) cell.readOnly = true;
    this.stop();
  }

  /* Asking the house. */

  /** @param {SubmitEvent} event */
  async #submit(event) {
    const form = this.form;
    if (!form) return;
    event.preventDefault();
    if (this.#asking || this.solved) return;
    this.#asking = true;
    const playing = this.#since;
    this.stop();
    const other = event.submitter?.getAttribute("formaction");
    await this.#sending;
    this.asks();
    const state = this.state();
    const body = new URLSearchParams(/** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form))));
    const answer = await page(other ?? form.action, { method: "POST", body });
    this.#asking = false;
    this.#unjudged = !answer?.response.ok && !other;
    if (!answer?.response.ok) return this.announce(this.dataset.lost ?? "");
    this.#take(answer.document);
    if (this.state() !== state) this.#changed();
    if (!this.solved && playing) this.run();
  }

  /** @param {Document} answer */
  #take(answer) {
    const [said, now] = [this.querySelector("[data-part=said]"), answer.querySelector("[data-part=said]")];
    if (said && now) said.replaceChildren(...document.importNode(now, true).childNodes);
    const fresh = /** @type {HTMLElement | null} */ (answer.querySelector(this.localName));
    this.#put("version", /** @type {HTMLInputElement | null} */ (answer.querySelector("input[name=version]"))?.value ?? -1);
    if (fresh?.dataset.solved === "true") {
      this.#finish();
      if (fresh.dataset.today === "true") countDay(this);
    }
    this.judged(answer);
    this.#keepHere();
  }

  /** There is a network again: what was lost in a tunnel is asked or sent once more. */
  #again() {
    if (this.#unjudged) this.form?.requestSubmit();
    else if (this.#unsent) this.#send();
  }

  /* With the account. */

  /** @param {ParentNode | undefined} [of] */
  #own(of = this) {
    return /** @type {HTMLElement | null} */ (of.querySelector("[data-part=own-play]"));
  }

  /** The own part has come: it says what the account knows of this game. */
  #takeOwn() {
    const own = this.#own();
    if (!own?.dataset.save) return;
    const begun = this.cells.some((cell) => cell.name && cell.value);
    if (begun && own.dataset.state !== this.state() && own.dataset.finished !== "true") this.#send();
    else this.#adopt(own);
  }

  /** What stands with the account stands here. @param {HTMLElement} own */
  #adopt(own) {
    if (own.dataset.state && own.dataset.state !== this.state()) {
      this.write(own.dataset.state);
      this.#put("elapsed", own.dataset.elapsed);
      this.#showTime();
    }
    this.#put("version", own.dataset.version);
    if (own.dataset.finished === "true") this.#finish();
    this.#keepHere();
  }

  /** @param {number} [pause] */
  #changed(pause = PAUSE) {
    this.#unsent = true;
    this.#keepHere();
    clearTimeout(this.#saving);
    this.#saving = window.setTimeout(() => this.#send(), pause);
  }

  #send() {
    clearTimeout(this.#saving);
    this.#sending = this.#sending.then(() => this.#post());
  }

  async #post() {
    const own = this.#own();
    if (!own?.dataset.save || this.solved || kept("signedIn") !== "1") return;
    const state = this.state();
    const field = (/** @type {string} */ name) => this.#field(name)?.value ?? "";
    const body = new URLSearchParams({ state, puzzle: field("puzzle"), elapsed: String(this.#played()), version: field("version") });
    const answer = await page(own.dataset.save, { method: "POST", body, keepalive: true });
    const stands = answer && this.#own(answer.document);
    if (!stands) return;
    this.#unsent = this.state() !== state;
    if (stands.dataset.state === state) this.#put("version", stands.dataset.version);
    // Another device got further: that is where the game stands, unless somebody has moved here meanwhile.
    else if (!this.#unsent) this.#adopt(stands);
    else this.#put("version", -1);
  }

  /* On this device, if the reader wishes. */

  #restore() {
    const mine = /** @type {HTMLElement | null} */ (this.querySelector("[data-do=keep]"));
    if (mine) mine.ariaPressed = String(remembers());
    if (!remembers() || this.cells.some((cell) => cell.name && cell.value)) return;
    const here = parsed(kept(this.dataset.key ?? ""));
    if (typeof here?.state !== "string") return;
    this.write(here.state);
    for (const name of ["elapsed", "finished", "version"]) this.#put(name, here[name]);
    this.#showTime();
    // Full, and nobody has said yet that it is solved: the paper may have been out of reach.
    if (this.cells.every((cell) => cell.value)) queueMicrotask(() => this.form?.requestSubmit());
  }

  #keepHere() {
    if (!remembers()) return;
    const of = (/** @type {string} */ name) => this.#field(name)?.value;
    keep(this.dataset.key ?? "", JSON.stringify({ state: this.state(), elapsed: this.#played(), finished: of("finished"), version: of("version") }));
  }
}
