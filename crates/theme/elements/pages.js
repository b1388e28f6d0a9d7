/**
 * Asks our own server for a page.
 * @param {string} address
 * @param {RequestInit} [how]
 * @returns {Promise<{ document: Document, response: Response } | undefined>} nothing if the address is somebody else's, the network
 *   fails, or the answer is no page; a page that refuses (422) is a page
 */
export async function page(address, how) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return undefined;
  try {
    const response = await fetch(url, { ...how, headers: { accept: "text/html", ...how?.headers } });
    // Nothing to show is an answer too.
    if (response.status !== 204 && !response.headers.get("content-type")?.startsWith("text/html")) return undefined;
    return { document: new DOMParser().parseFromString(await response.text(), "text/html"), response };
  } catch {
    return undefined;
  }
}

/**
 * @param {Document} page
 * @param {string | undefined} name as in data-part
 * @param {string} id
 * @returns {Element | null}
 */
export function findPart(page, name, id) {
  if (name) return page.querySelector(`[data-part="${CSS.escape(name)}"]`);
  return id ? page.getElementById(id) : null;
}

/**
 * Puts a part of another page in place of one here. What somebody has typed meanwhile stays typed, and the focus stays in its field.
 * @param {Element} part
 * @param {Element} fresh
 * @returns {Element} what stands there now
 */
export function putInPlace(part, fresh) {
  const copy = document.importNode(fresh, true);
  const focused = part.contains(document.activeElement) ? document.activeElement?.id : undefined;
  for (const typed of part.querySelectorAll(/** @type {"input"} */ ("textarea, input:not([type]), input[type=text]"))) {
    if (!typed.value || (typed.localName === "input" && typed.value === typed.defaultValue)) continue;
    const field = /** @type {HTMLInputElement | null} */ (copy.querySelector(`${typed.localName}[name="${CSS.escape(typed.name)}"]`));
    if (!field) continue;
    field.value = typed.value;
    field.setSelectionRange(typed.selectionStart, typed.selectionEnd);
  }
  part.replaceWith(copy);
  copy.dispatchEvent(new Event("part-arrived", { bubbles: true }));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  return copy;
}
