/**
 * A talk in a frame of another site: tells the page around it how high it wants to be, so that nothing scrolls inside.
 *
 * The page asks first (embed.js does), and only a page of the sites this paper lets in is answered, at the origin it asked from.
 *
 * Attributes: data-sites (their origins, separated by blanks).
 */
export class InFrame extends HTMLElement {
  /** @type {AbortController | undefined} */ #life;
  /** Whom the height is told. */ #asker = "";
  #observer = new ResizeObserver(() => this.#tell());

  connectedCallback() {
    this.#life = new AbortController();
    window.addEventListener("message", (event) => this.#hear(event), { signal: this.#life.signal });
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#observer.disconnect();
  }

  /** @param {MessageEvent} event */
  #hear(event) {
    const sites = this.dataset.sites?.split(" ") ?? [];
    if (event.source !== parent || event.data !== "blatt-height" || !sites.includes(event.origin)) return;
    this.#asker = event.origin;
    // Tells it now, and whenever it changes.
    this.#observer.observe(this);
    this.#tell();
  }

  #tell() {
    if (this.#asker) parent.postMessage({ blattHeight: Math.ceil(this.getBoundingClientRect().height) }, this.#asker);
  }
}

customElements.define("in-frame", InFrame);
