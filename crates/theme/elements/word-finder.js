/** How far ahead a spoken word may stand from the one before it; what is further is another word that looks alike. */
const REACH = 60;

/**
 * Finds the words of a recording in the text of a page. What is spoken may differ from what is written ("z. B.", "18,6 Mio."):
 * a word that is not found has no place, and the search goes on with the next.
 */
export class WordFinder {
  /** One entry for each letter of the text. @type {{ node: Text, at: number }[]} */ #letters = [];
  /** @type {({ from: number, to: number } | undefined)[]} */ #places = [];

  /**
   * @param {Range} range the sentence
   * @param {string[]} words
   */
  constructor(range, words) {
    let text = "";
    const walk = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!range.intersectsNode(node)) continue;
      const data = /** @type {Text} */ (node).data;
      for (let at = 0; at < data.length; at += 1) {
        if (data[at] === "\u00ad") continue;
        this.#letters.push({ node: /** @type {Text} */ (node), at });
        text += data[at];
      }
    }
    let from = 0;
    for (const word of words) {
      const at = find(text, word.replaceAll("\u00ad", ""), from);
      this.#places.push(at < 0 ? undefined : { from: at, to: at + word.replaceAll("\u00ad", "").length });
      if (at >= 0) from = at + 1;
    }
  }

  /** @param {number} word @returns {Range | undefined} */
  range(word) {
    const place = this.#places[word];
    const [first, last] = place ? [this.#letters[place.from], this.#letters[place.to - 1]] : [];
    if (!first || !last) return undefined;
    const range = document.createRange();
    range.setStart(first.node, first.at);
    range.setEnd(last.node, last.at + 1);
    return range;
  }
}

/**
 * @param {string} text
 * @param {string} word
 * @param {number} from
 */
function find(text, word, from) {
  if (!word) return -1;
  for (let at = text.indexOf(word, from); at >= 0 && at - from <= REACH; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? " ")) return at;
  }
  return -1;
}
