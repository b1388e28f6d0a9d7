/**
 * Works a puzzle in the background and writes the answer into the form around it.
 *
 * Attributes: data-puzzle, data-bits, and the sentences data-working and data-done. Inside: a field named worked, and an element
 * with data-note.
 */
export class WorkProof extends HTMLElement {
  /** @type {Worker | undefined} */ #worker;

  connectedCallback() {
    const field = this.querySelector("input[name=worked]");
    if (!(field instanceof HTMLInputElement) || field.value) return;
    this.#say(this.dataset.working);
    this.#worker = new Worker(new URL("./work-proof-worker.js", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }) => {
      field.value = String(data);
      this.#say(this.dataset.done);
      this.#worker?.terminate();
    });
    this.#worker.postMessage({ puzzle: this.dataset.puzzle, bits: Number(this.dataset.bits) });
  }

  disconnectedCallback() {
    this.#worker?.terminate();
  }

  /** @param {string | undefined} words */
  #say(words) {
    const note = this.querySelector("[data-note]");
    if (note) note.textContent = words ?? "";
  }
}

customElements.define("work-proof", WorkProof);
