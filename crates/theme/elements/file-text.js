/**
 * Reads a chosen file into a text field, so that one can see it before it is sent. Without scripts its text is pasted.
 *
 * Attribute: data-for, the field's id.
 */
export class FileText extends HTMLElement {
  /** @type {AbortController | undefined} */ #life;

  connectedCallback() {
    this.#life = new AbortController();
    this.addEventListener("change", (event) => this.#read(/** @type {HTMLInputElement} */ (event.target)), { signal: this.#life.signal });
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @param {HTMLInputElement} chosen */
  async #read(chosen) {
    const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById(this.dataset.for ?? ""));
    const file = chosen.files?.[0];
    if (!field || !file) return;
    field.value = await file.text();
    field.focus();
    chosen.value = "";
  }
}

customElements.define("file-text", FileText);
