import { keep, kept } from "./storage.js";
import { whenVisible } from "./when-visible.js";
import { clock, fill, number, say } from "./words.js";

/** @typedef {"making" | "failed" | "ready" | "loading" | "playing" | "paused" | "lost"} State */

export const SLOWEST = 0.5;
export const FASTEST = 3;
/** The seconds of the buttons and keys that go back and forth. */
export const SKIP = 10;

/**
 * Reads an article aloud: the small player around the audio control that the page came with. What is needed only once somebody
 * listens (marking sentences, the large player, keys, the system's media keys) is loaded then.
 *
 * The state is the attribute data-state; the style shows the lines and buttons that belong to it. It tells what happens by
 * events on itself: "state", "place" (the time moved), "length", "speed", "sentence", "opened" and "closed".
 */
export class ReadAloud extends HTMLElement {
  /** @type {AbortController | undefined} */ #life;
  /** From the first second heard until the reader closes the player. @type {AbortController | undefined} */ #open;
  /** @type {HTMLAudioElement} */ audio = new Audio();
  /** @type {import("./timings.js").Timings | undefined} */ timings;
  /** The sentence being read, counted from 0; -1 before the first. */
  sentence = -1;
  /** Where the sound was lost, in seconds. @type {number | undefined} */ #lostAt;
  #patience = 0;

  connectedCallback() {
    const audio = this.querySelector("audio");
    if (!audio || this.state === "failed") return;
    this.#life = new AbortController();
    const signal = this.#life.signal;
    this.audio = audio;
    this.audio.preservesPitch = true;
    this.#playAt(Number(kept("speed")) || 1);
    this.addEventListener("click", (event) => this.#click(event), { signal });
    this.addEventListener("input", (event) => this.#drag(event), { signal });
    this.#hear(signal);
    if (this.state === "making") whenVisible(this, signal, () => this.#awaitRecording(signal));
    else if (location.hash === "#listen") this.#comeIn();
  }

  disconnectedCallback() {
    this.audio.pause();
    this.#open?.abort();
    this.#life?.abort();
    clearTimeout(this.#patience);
  }

  /** @returns {State} */
  get state() {
    return /** @type {State} */ (this.dataset.state);
  }

  /** Where the sound is, in milliseconds. */
  get place() {
    return (this.#lostAt ?? this.audio.currentTime) * 1000;
  }

  set place(ms) {
    this.audio.currentTime = Math.min(Math.max(0, ms), this.length || Infinity) / 1000;
    this.#tellPlace();
  }

  /** How long the recording is, in milliseconds; 0 while nobody knows. */
  get length() {
    return Number.isFinite(this.audio.duration) ? this.audio.duration * 1000 : Number(this.dataset.duration) || 0;
  }

  get speed() {
    return this.audio.playbackRate;
  }

  /** The reader's choice of speed: it is kept from now on. */
  set speed(speed) {
    const chosen = Math.round(Math.min(FASTEST, Math.max(SLOWEST, speed)) * 10) / 10;
    this.#playAt(chosen);
    keep("speed", String(chosen));
    this.announce(fill(this.#status?.dataset.speed, { speed: number(chosen, { minimumFractionDigits: 1 }) }));
  }

  /**
   * Begins or goes on.
   * @param {number} [from] milliseconds
   */
  async listen(from) {
    if (this.state === "making" || this.state === "failed") return;
    if (this.#lostAt !== undefined) this.#fetchAgain();
    if (from !== undefined) this.place = from;
    this.#begin();
    if (this.audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) this.#turn("loading");
    try {
      await this.audio.play();
    } catch (error) {
      // A browser may refuse to begin by itself after coming from another page; a lost sound tells of itself by its own event.
      if (!(error instanceof DOMException) || error.name !== "NotAllowedError") return;
      this.#turn("paused");
      this.announce(this.#status?.dataset.blocked ?? "");
    }
  }

  pause() {
    this.audio.pause();
    if (this.state === "loading") this.#turn("paused");
  }

  toggle() {
    if (this.state === "playing" || this.state === "loading") this.pause();
    else this.listen();
  }

  /** @param {number} seconds forward, or back if negative */
  skip(seconds) {
    this.place += seconds * 1000;
  }

  /** Ends listening; the place is kept in case it was a slip. */
  close() {
    this.pause();
    const hadFocus = this.contains(document.activeElement);
    this.#open?.abort();
    this.#open = undefined;
    delete this.dataset.open;
    this.sentence = -1;
    if (this.state !== "lost" && this.audio.currentTime === 0) this.#turn("ready");
    this.dispatchEvent(new Event("closed"));
    if (hadFocus) this.#small("toggle")?.focus();
  }

  async enlarge() {
    this.#begin();
    const signal = this.#open?.signal;
    const { LargePlayer } = await import("./large-player.js");
    if (signal && !signal.aborted && !this.querySelector(".player-large")) new LargePlayer(this, signal);
  }

  /** Says something to those who do not see the player. @param {string} words */
  announce(words) {
    if (this.#status) this.#status.textContent = words;
  }

  get #status() {
    return /** @type {HTMLElement | null} */ (this.querySelector("[data-status]"));
  }

  /** @param {string} what @returns {HTMLElement | null} the small player's button for it */
  #small(what) {
    return this.querySelector(`.player-mini [data-do="${what}"]`);
  }

  /** @param {number} speed */
  #playAt(speed) {
    // Loading anew sets the rate back to the default, so both are set.
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
    this.dispatchEvent(new Event("speed"));
  }

  /** @param {AbortSignal} signal */
  #hear(signal) {
    const on = (/** @type {string} */ name, /** @type {() => void} */ then) => this.audio.addEventListener(name, then, { signal });
    on("playing", () => this.#turn("playing"));
    on("waiting", () => this.#turn("loading"));
    on("pause", () => this.state !== "lost" && this.#turn(this.audio.ended ? "ready" : "paused"));
    on("ended", () => this.#end());
    on("error", () => this.#lose());
    on("timeupdate", () => this.#tellPlace());
    on("seeked", () => this.#tellPlace());
    on("durationchange", () => {
      this.#tellPlace();
      this.dispatchEvent(new Event("length"));
    });
  }

  /** @param {State} state */
  #turn(state) {
    clearTimeout(this.#patience);
    // Browsers try for a long time to reach a sound that has stopped coming; readers should hear of it before they give up.
    if (state === "loading") this.#patience = window.setTimeout(() => this.#lose(), 20_000);
    if (state === this.state) return;
    this.dataset.state = state;
    this.dispatchEvent(new Event("state"));
    if (state === "lost" || state === "ready") {
      const lines = this.querySelectorAll(`.player-lines > strong > [data-when~="${state}"], .player-lines > [data-when~="${state}"]`);
      this.announce(state === "lost" ? Array.from(lines, (line) => line.textContent).join(". ") : "");
    }
  }

  #lose() {
    if (this.state === "making" || this.#lostAt !== undefined || !this.#open) return;
    this.#lostAt = this.audio.currentTime;
    say(this, "lost", { time: clock(this.place) });
    this.#turn("lost");
    this.audio.pause();
  }

  #fetchAgain() {
    const place = this.#lostAt ?? 0;
    this.#lostAt = undefined;
    this.audio.load();
    this.audio.currentTime = place;
  }

  #end() {
    this.audio.currentTime = 0;
    this.#turn("ready");
    if (this.dataset.goOn) this.#leaveFor("next");
  }

  /** Comes from another article, where the reader asked to hear this one. */
  #comeIn() {
    // Without the fragment, so that loading the page again or handing on its address does not make it speak.
    history.replaceState(history.state, "", location.pathname + location.search);
    this.enlarge();
    this.listen();
  }

  /** @param {"next" | "previous"} where */
  #leaveFor(where) {
    const link = this.querySelector(`a[data-do="${where}"]`) ?? this.#large?.content.querySelector(`a[data-do="${where}"]`);
    if (link instanceof HTMLAnchorElement) location.assign(link.href);
  }

  get #large() {
    return /** @type {HTMLTemplateElement | null} */ (this.querySelector("template[data-large]"));
  }

  next() {
    this.#leaveFor("next");
  }

  previous() {
    this.#leaveFor("previous");
  }

  /** What listening needs, from the first second to the last. */
  #begin() {
    if (this.#open) return;
    this.#open = new AbortController();
    this.dataset.open = "";
    this.#follow(this.#open.signal);
    this.dispatchEvent(new Event("opened"));
  }

  /** @param {AbortSignal} signal */
  async #follow(signal) {
    const [{ Reading }, { keys }, { mediaSession }, { timings }] = await Promise.all([
      import("./reading.js"), import("./player-keys.js"), import("./media-session.js"), import("./timings.js"),
    ]);
    if (signal.aborted) return;
    keys(this, signal);
    mediaSession(this, signal);
    const told = this.timings ?? (await timings(this.dataset.timings ?? "", signal).catch(() => undefined));
    // Without timings the sound plays all the same, only nothing is marked.
    if (signal.aborted || !told || !("sentences" in told)) return;
    this.timings = told;
    new Reading(this, told, signal);
  }

  /**
   * Asks now and then whether the recording is made, as often as the server says.
   * @param {AbortSignal} signal
   */
  async #awaitRecording(signal) {
    const asked = this.#small("tell")?.getAttribute("aria-pressed") === "true";
    if (document.hidden && !asked) {
      document.addEventListener("visibilitychange", () => this.#awaitRecording(signal), { once: true, signal });
      return;
    }
    const { timings } = await import("./timings.js");
    const told = await timings(this.dataset.timings ?? "", signal).catch(() => undefined);
    if (signal.aborted) return;
    if (told && "sentences" in told) return this.#arrive(told);
    const wait = told?.waitSeconds ?? 60;
    if (told && wait > 1) say(this, "making", { n: number(wait) });
    setTimeout(() => !signal.aborted && this.#awaitRecording(signal), wait * 1000);
  }

  /** @param {import("./timings.js").Timings} told */
  #arrive(told) {
    this.timings = told;
    this.dataset.duration = String(told.duration_ms);
    this.audio.load();
    this.#turn("ready");
    this.#tellPlace();
    const tell = this.#small("tell");
    if (tell?.getAttribute("aria-pressed") !== "true") return;
    const [arrived, before] = [tell.dataset.arrived ?? "", document.title];
    this.announce(arrived);
    document.title = `${arrived} – ${before}`;
    addEventListener("focus", () => (document.title = before), { once: true, signal: this.#life?.signal });
  }

  /** @param {Event} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
    if (!(button instanceof HTMLElement) || button.closest(".player-large")) return;
    switch (button.dataset.do) {
      case "toggle": return this.toggle();
      case "retry": return void this.listen();
      case "expand": return void this.enlarge();
      case "close": return this.close();
      case "tell": return this.#promise(button);
    }
  }

  /** @param {HTMLElement} button */
  #promise(button) {
    button.setAttribute("aria-pressed", "true");
    button.textContent = button.dataset.told ?? "";
  }

  /** @param {Event} event */
  #drag(event) {
    if (event.target instanceof HTMLInputElement && event.target.type === "range") this.place = event.target.valueAsNumber * 1000;
  }

  #tellPlace() {
    const [place, length] = [this.place, this.length];
    const at = clock(place);
    const of = clock(length);
    say(this, "at", { at });
    say(this, "of", { of });
    for (const track of this.querySelectorAll("input[type=range]")) {
      const range = /** @type {HTMLInputElement} */ (track);
      range.max = String(Math.ceil(length / 1000) || 1);
      range.value = String(place / 1000);
      range.style.setProperty("--done", `${length ? (100 * place) / length : 0}%`);
      range.setAttribute("aria-valuetext", fill(range.dataset.fill, { at, of }));
    }
    this.dispatchEvent(new Event("place"));
  }
}

customElements.define("read-aloud", ReadAloud);
