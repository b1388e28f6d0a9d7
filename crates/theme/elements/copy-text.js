/** A text that can be taken along with one press. Attribute: data-done (the sentence afterwards). */
export class CopyText extends HTMLElement {
  /** @type {AbortController | undefined} */ #life;

  connectedCallback() {
    this.#life = new AbortController();
    this.querySelector("button")?.addEventListener("click", () => this.#copy(), { signal: this.#life.signal });
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  async #copy() {
    const said = this.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(this.querySelector("pre, code")?.textContent ?? "");
      if (said) said.textContent = this.dataset.done ?? "";
    } catch {
      // Without leave to write there, the text still stands to be marked by hand.
    }
  }
}

customElements.define("copy-text", CopyText);
