/**
 * Asks a device for a key, or whether it has one, and sends its answer with the form inside.
 *
 * Attributes: data-ceremony (create or get), data-options (the house's question as JSON), and the sentences data-refused,
 * data-known (the device has a key already) and data-unable (the browser knows no passkeys).
 */
export class PassKey extends HTMLElement {
  /** @type {AbortController | undefined} */ #life;
  #asking = false;

  connectedCallback() {
    const form = this.querySelector("form");
    if (!form) return;
    this.#life = new AbortController();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#ask(form);
    }, { signal: this.#life.signal });
    // Whoever came here to sign in has pressed a button already. A new key wants a name first.
    if (this.dataset.ceremony === "get") void this.#ask(form);
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @param {HTMLFormElement} form */
  async #ask(form) {
    const field = form.elements.namedItem("credential");
    if (this.#asking || !(field instanceof HTMLInputElement)) return;
    if (!("PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential)) return this.#say(this.dataset.unable);
    this.#asking = true;
    this.#say("");
    try {
      field.value = JSON.stringify(await this.#answer(JSON.parse(this.dataset.options ?? "{}")));
      form.submit();
    } catch (error) {
      if (this.#life?.signal.aborted) return;
      const known = error instanceof DOMException && error.name === "InvalidStateError";
      this.#say(known ? this.dataset.known : this.dataset.refused);
    } finally {
      this.#asking = false;
    }
  }

  /** @param {any} options as the house wrote them */
  async #answer(options) {
    const signal = this.#life?.signal;
    const credential = this.dataset.ceremony === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), signal });
    return /** @type {PublicKeyCredential} */ (credential).toJSON();
  }

  /** @param {string | undefined} words */
  #say(words) {
    const note = this.querySelector("[data-note]");
    if (note) note.textContent = words ?? "";
  }
}

customElements.define("pass-key", PassKey);
