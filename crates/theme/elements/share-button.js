/** Hands the article on by the system's own means, or copies its address. */
export class ShareButton extends HTMLElement {
  #life = new AbortController();

  connectedCallback() {
    this.#life = new AbortController();
    this.addEventListener("click", () => this.#share(), { signal: this.#life.signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  async #share() {
    const url = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href ?? location.href;
    try {
      if (navigator.share) return await navigator.share({ title: document.title, url });
      await navigator.clipboard.writeText(url);
      this.#say(this.dataset.copied ?? "");
    } catch (error) {
      // Who changed their mind needs no message; where copying is forbidden, the address itself is the answer.
      if (!(error instanceof DOMException) || error.name !== "AbortError") this.#say(url);
    }
  }

  /** @param {string} words */
  #say(words) {
    const note = this.querySelector("[role=status]");
    if (note) note.textContent = words;
  }
}

/** Prints the page. */
export class PrintButton extends HTMLElement {
  #life = new AbortController();

  connectedCallback() {
    this.#life = new AbortController();
    this.addEventListener("click", () => print(), { signal: this.#life.signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }
}

customElements.define("share-button", ShareButton);
customElements.define("print-button", PrintButton);
