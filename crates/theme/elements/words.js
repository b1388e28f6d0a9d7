/**
 * Puts values into a sentence that came with the page. The sentences are the theme's; scripts hold none of their own.
 * @param {string | undefined} sentence with {names} in it
 * @param {Record<string, string | number>} values
 */
export function fill(sentence, values) {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Fills in every line of this name under an element.
 * @param {Element} root
 * @param {string} name as in data-line
 * @param {Record<string, string | number>} values
 */
export function say(root, name, values) {
  for (const line of root.querySelectorAll(`[data-line="${name}"]`)) {
    const text = line instanceof HTMLElement && line.dataset.fill ? fill(line.dataset.fill, values) : String(Object.values(values)[0]);
    if (line.textContent !== text) line.textContent = text;
  }
}

/**
 * A number as the page's language writes it.
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [how]
 */
export function number(value, how) {
  // Papers in Austria print 1.240, as the house does on the page; browsers know only the school's 1 240.
  const language = document.documentElement.lang.replace("de-AT", "de-DE");
  return new Intl.NumberFormat(language || undefined, how).format(value);
}

/**
 * Minutes and seconds, with hours if there are any: 1:54, 1:02:09.
 * @param {number} ms
 */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
