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
