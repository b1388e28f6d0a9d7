import { page } from "./pages.js";
import { drop, keep, kept } from "./storage.js";
import { fill, number } from "./words.js";

/** How long after the last letter typed the draft is kept, in milliseconds. */
const PAUSE = 400;

/**
 * A form for a comment that counts characters, keeps what is typed on this device until it has arrived, and for members sends it
 * without leaving the page, so that a refusal or a lost network costs nobody their words. Ctrl and Enter sends.
 *
 * Attributes: data-longest (characters), data-left and data-over (sentences with {n}), data-saved, data-lost (the sentence after a failed sending).
 */
export class CommentForm extends HTMLElement {
  /** @type {AbortController | undefined} */ #life;
  #sending = false;
  #typing = 0;
  #longest = Infinity;

  connectedCallback() {
    const [form, text] = [this.#form, this.#text];
    if (!form || !text) return;
    this.#life = new AbortController();
    const signal = this.#life.signal;
    // Nothing in the field is cut to fit: people should decide themselves what goes.
    this.#longest = Number(this.dataset.longest) || Infinity;
    this.#giveKey(form);
    this.#restore(text);
    text.addEventListener("input", () => this.#typed(), { signal });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    }, { signal });
    form.addEventListener("submit", (event) => this.#submit(event), { signal });
    this.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-do=discard]")) this.#discard();
    }, { signal });
    // What was typed in the last moment before leaving is kept too.
    addEventListener("pagehide", () => this.#typing && this.#keep(), { signal });
    this.#count();
  }

  disconnectedCallback() {
    if (this.#typing) this.#keep();
    this.#life?.abort();
  }

  get #form() {
    return this.querySelector("form");
  }

  get #text() {
    return this.querySelector("textarea");
  }

  /** One draft for each thread, and for each comment that is answered. */
  get #draft() {
    const answered = this.querySelector("input[name=reply_to]");
    const place = new URL(this.#form?.action ?? "", location.href).pathname;
    return `draft:${place}${answered instanceof HTMLInputElement ? `#${answered.value}` : ""}`;
  }

  /** A second sending of the same form is then the same comment. @param {HTMLFormElement} form */
  #giveKey(form) {
    const key = form.elements.namedItem("key");
    if (!(key instanceof HTMLInputElement) || key.value) return;
    key.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** @param {HTMLTextAreaElement} text */
  #restore(text) {
    const draft = kept(this.#draft);
    if (!draft || text.value) return;
    if (this.#isInThread(draft)) return drop(this.#draft);
    text.value = draft;
    this.#note(this.dataset.saved ?? "");
  }

  /** Whether these words have arrived by another way, such as signing in between. @param {string} draft */
  #isInThread(draft) {
    const plain = (/** @type {string | null} */ words) => (words ?? "").replace(/\s+/g, "");
    return Array.from(document.querySelectorAll(".comment > .said")).some((said) => plain(said.textContent) === plain(draft));
  }

  #typed() {
    this.#count();
    clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => this.#keep(), PAUSE);
  }

  #keep() {
    clearTimeout(this.#typing);
    this.#typing = 0;
    const words = this.#text?.value ?? "";
    if (!words.trim()) {
      drop(this.#draft);
      this.#note("");
    } else if (keep(this.#draft, words)) {
      this.#note(this.dataset.saved ?? "");
    }
  }

  #discard() {
    if (!this.#text) return;
    this.#text.value = "";
    this.#keep();
    this.#count();
    this.#text.focus();
  }

  #forget() {
    clearTimeout(this.#typing);
    this.#typing = 0;
    drop(this.#draft);
  }

  #count() {
    const words = this.#text?.value ?? "";
    // As the house counts: characters, not the halves some of them are made of.
    const left = this.#longest - [...words].length;
    const line = this.querySelector("[data-count]");
    if (line && Number.isFinite(left)) {
      line.textContent = left < 0 ? fill(this.dataset.over, { n: number(-left) }) : fill(this.dataset.left, { n: number(left) });
      line.classList.toggle("too-long", left < 0);
    }
    this.#text?.setCustomValidity(left < 0 ? fill(this.dataset.over, { n: number(-left) }) : "");
    const discard = this.querySelector("[data-do=discard]");
    if (discard instanceof HTMLElement) discard.hidden = !words;
  }

  /** @param {string} words */
  #note(words) {
    const note = this.querySelector("[data-note]");
    // Said once, not at every pause in typing.
    if (note && note.textContent !== words) note.textContent = words;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    const form = this.#form;
    if (!form) return;
    if (this.#sending) return event.preventDefault();
    // The draft that the house keeps is thrown away, and so is the one here.
    if (event.submitter?.hasAttribute("formaction")) return this.#forget();
    // Who has not signed in here is asked to do so first, on a page of its own that takes the words along.
    if (kept("signedIn") !== "1") return this.#keep();
    event.preventDefault();
    this.#sending = true;
    form.setAttribute("aria-busy", "true");
    this.#keep();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, event.submitter)) body.append(name, String(value));
    // Also arrives if the reader is gone before the answer is there.
    const answer = await page(form.action, { method: "POST", body, keepalive: true });
    this.#sending = false;
    form.removeAttribute("aria-busy");
    const again = answer?.document.querySelector(this.localName);
    if (!answer || answer.response.status >= 500) this.#note(this.dataset.lost ?? "");
    else if (answer.response.redirected) this.#arrived(answer.response);
    else if (again) this.#refused(again);
    else form.submit();
  }

  /** The comment is in the paper, or waits there; only a sign-in page on the way means it is not. @param {Response} response */
  #arrived(response) {
    const to = new URL(response.url);
    if (response.ok && !to.pathname.startsWith("/login")) drop(this.#draft);
    this.#life?.abort();
    if (to.href.split("#")[0] === location.href.split("#")[0]) location.reload();
    else location.assign(to);
  }

  /** The house answers with the form and the reason: it takes this form's place. @param {Element} again */
  #refused(again) {
    const typed = this.#text?.value ?? "";
    const fresh = document.importNode(again, true);
    const text = fresh.querySelector("textarea");
    if (text && !text.value) text.value = typed;
    this.replaceWith(fresh);
    fresh.dispatchEvent(new Event("part-arrived", { bubbles: true }));
    text?.focus();
  }
}

customElements.define("comment-form", CommentForm);
