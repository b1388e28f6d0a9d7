/*
 * For pages of other systems: puts the talk about the page in place of what stands in an element with data-blatt-talk, and keeps
 * the frame as high as the talk. See "Only the talk" in the operators' manual. It asks for nothing, stores nothing, and sends
 * nothing but the page's address.
 *
 * Attributes of that element: data-blatt-talk (the page's address; without one, its canonical address), title (what the frame is
 * called).
 */
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const house = new URL(script.src).origin;

  /** @param {HTMLElement} place */
  function talk(place) {
    const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
    const page = place.dataset.blattTalk || canonical?.href || location.href;
    const frame = document.createElement("iframe");
    frame.src = `${house}/embed?url=${encodeURIComponent(page)}`;
    frame.title = place.title || place.textContent?.trim() || "Blatt";
    frame.loading = "lazy";
    frame.style.cssText = "display: block; inline-size: 100%; block-size: 40rem; border: 0";
    // A page of the talk after another asks anew.
    frame.addEventListener("load", () => frame.contentWindow?.postMessage("blatt-height", house));
    window.addEventListener("message", (event) => {
      if (event.origin !== house || event.source !== frame.contentWindow) return;
      const height = event.data?.blattHeight;
      if (Number.isInteger(height) && height > 0) frame.style.blockSize = `${height}px`;
    });
    place.removeAttribute("title");
    place.replaceChildren(frame);
  }

  const all = () => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-blatt-talk]")).forEach(talk);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
