/*
 * Looks for a number with which SHA-256 of "puzzle:number" begins with so many nought bits. The browser's own digest answers one
 * promise per hash, which costs more than the hash; so the standard (FIPS 180-4) stands here once more.
 */

/** Fractional parts of the square or cube roots of the first primes. */
const roots = (/** @type {number} */ count, /** @type {(n: number) => number} */ root) => {
  /** @type {[number, number][]} */ const found = [];
  for (let n = 2; found.length < count; n += 1) {
    if (!found.some(([prime]) => n % prime === 0)) found.push([n, (root(n) % 1) * 2 ** 32 | 0]);
  }
  return Int32Array.from(found, ([, part]) => part);
};
const K = roots(64, Math.cbrt);
const START = roots(8, Math.sqrt);
const W = new Int32Array(64);

/**
 * The first 32 bits of the hash.
 * @param {Uint8Array} bytes a message of whole blocks, padded
 */
function first(bytes) {
  const state = START.slice();
  const view = new DataView(bytes.buffer);
  for (let block = 0; block < bytes.length; block += 64) {
    for (let i = 0; i < 16; i += 1) W[i] = view.getInt32(block + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const [x, y] = [at(W, i - 15), at(W, i - 2)];
      W[i] = (at(W, i - 16) + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + at(W, i - 7) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10))) | 0;
    }
    let [a, b, c, d, e, f, g, h] = /** @type {[number, number, number, number, number, number, number, number]} */ ([...state]);
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + at(K, i) + at(W, i)) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = at(state, i) + word; });
  }
  return at(state, 0);
}

/** @param {Int32Array} words @param {number} i */
const at = (words, i) => words[i] ?? 0;
/** @param {number} word @param {number} by */
const turn = (word, by) => (word >>> by) | (word << (32 - by));

/** @param {string} text @returns {Uint8Array} the text with the padding of the standard */
function padded(text) {
  const bytes = new Uint8Array(Math.ceil((text.length + 9) / 64) * 64);
  new TextEncoder().encodeInto(text, bytes);
  bytes[text.length] = 0x80;
  new DataView(bytes.buffer).setUint32(bytes.length - 4, text.length * 8);
  return bytes;
}

addEventListener("message", ({ data: { puzzle, bits } }) => {
  for (let answer = 0; ; answer += 1) {
    if (Math.clz32(first(padded(`${puzzle}:${answer}`))) >= bits) return postMessage(answer);
  }
});
