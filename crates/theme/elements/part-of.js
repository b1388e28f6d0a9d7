import { findPart, page, putInPlace } from "./pages.js";
import { whenVisible } from "./when-visible.js";

/**
 * Loads one part of another page when it comes into view: the part the inner link's fragment names, or the one named by
 * data-part. If it cannot be had, the link stays and still works.
 */
export class PartOf extends HTMLElement {
  /** @type {AbortController | undefined} */ #life;

  connectedCallback() {
    this.#life = new AbortController();
    const signal = this.#life.signal;
    whenVisible(this, signal, () => this.#load(signal));
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @param {AbortSignal} signal */
  async #load(signal) {
    const link = this.querySelector("a");
    if (!link) return;
    const found = await page(link.href, { signal });
    const part = found && findPart(found.document, this.dataset.part, decodeURIComponent(link.hash.slice(1)));
    if (!part || signal.aborted) return;
    const hadFocus = this.contains(document.activeElement);
    const arrived = putInPlace(this, part);
    if (hadFocus && !arrived.contains(document.activeElement)) /** @type {HTMLElement | null} */ (arrived.matches("a, button") ? arrived : arrived.querySelector("a, button"))?.focus();
  }
}

customElements.define("part-of", PartOf);
