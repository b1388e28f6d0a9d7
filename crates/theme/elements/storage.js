/*
 * What stays on this device. Nothing is written for a reader who only reads: callers keep something only after the reader has
 * changed or typed it. A browser may forbid storage altogether; then nothing is kept, and nothing breaks.
 */

/** @param {string} key */
export function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 * @returns {boolean} whether it is kept
 */
export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} key */
export function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing could have been kept either.
  }
}

/** Drops everything whose key begins so. @param {string} beginning */
export function dropAll(beginning) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(beginning)) localStorage.removeItem(key);
  } catch {
    // Nothing could have been kept either.
  }
}
