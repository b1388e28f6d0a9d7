/*
 * When each sentence and word of a recording begins, as audio.json says it. Times are milliseconds from the start.
 */

/** @typedef {{ text: string, start_ms: number }} Word */
/** @typedef {{ id: string, start_ms: number, end_ms: number, exact: boolean, words: Word[] }} Sentence */
/** @typedef {{ version: number, duration_ms: number, sentences: Sentence[] }} Timings */

/**
 * The last of these that has begun, or -1 before the first. They are in order.
 * @param {{ start_ms: number }[]} things
 * @param {number} ms
 */
export function begunAt(things, ms) {
  let [low, high] = [0, things.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {{ start_ms: number }} */ (things[middle]).start_ms <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Asks for the timings.
 * @param {string} address
 * @param {AbortSignal} signal
 * @returns {Promise<Timings | { waitSeconds: number } | undefined>} the timings; how long to wait if the recording is still being
 *   made; nothing if there are none to be had
 */
export async function timings(address, signal) {
  const answer = await fetch(address, { signal }).catch(() => undefined);
  if (answer?.status === 503) return { waitSeconds: Number(answer.headers.get("retry-after")) || 20 };
  if (!answer?.ok) return undefined;
  /** @type {Timings} */
  const told = await answer.json();
  return told.version === 1 ? told : undefined;
}
