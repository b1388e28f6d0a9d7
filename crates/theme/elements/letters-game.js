import { KeptGame } from "./kept-game.js";
import { fill } from "./words.js";

/** How a letter that a Schwedenrätsel does not know is written in its grid. */
const SPELLED = /** @type {Record<string, string>} */ ({ Ä: "AE", Ö: "OE", Ü: "UE", ß: "SS", "ẞ": "SS" });

/** @typedef {HTMLInputElement} Cell */
/** @typedef {"across" | "down"} Way */

/**
 * A Schwedenrätsel or a crossword on a table of fields that also works as a form. The value of a field is the truth. This element
 * moves through it, keeps one word current, tells every field's state and clue in its label, and asks the house to judge.
 *
 * Attributes besides those of every kept game: the sentences data-cell, data-word and the words for states.
 */
export class LettersGame extends KeptGame {
  /** Words by their name, such as "down-12", in the order of the lists. @type {Map<string, Cell[]>} */ #words = new Map();
  /** @type {Cell | undefined} */ #at;
  /** @type {Way} */ #way = "across";

  connectedCallback() {
    this.cells = [...this.querySelectorAll(/** @type {"input"} */ (".letters input"))];
    for (const clue of this.querySelectorAll(/** @type {"li"} */ (".clues li"))) {
      const [way, number] = (clue.dataset.word ?? "").split("-");
      this.#words.set(clue.dataset.word ?? "", this.cells.filter((cell) => cell.dataset[way ?? ""] === number));
    }
    for (const cell of this.cells) cell.tabIndex = -1;
    // The way in is the first word, so that Tab leads through all of them.
    const first = [...this.#words.values()][0]?.[0] ?? this.cells[0];
    if (first) first.tabIndex = 0;
    this.#at = first;
    const signal = this.begin();
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.addEventListener("beforeinput", (event) => this.#before(event), { signal });
    this.addEventListener("input", (event) => this.#input(event), { signal });
    this.addEventListener("focusin", (event) => this.#focused(/** @type {Cell} */ (event.target)), { signal });
    this.addEventListener("pointerdown", (event) => this.#press(event), { signal });
    this.addEventListener("click", (event) => this.#click(event), { signal });
    this.cells.forEach((cell) => this.#label(cell));
  }

  /** The name of the word that a cell is part of in a direction. @param {Cell | undefined} cell @param {Way} way */
  #name(cell, way) {
    const number = cell?.dataset[way];
    return number && `${way}-${number}`;
  }

  get #word() {
    return this.#words.get(this.#name(this.#at, this.#way) ?? "") ?? [];
  }

  /* Moving. */

  /** @param {Cell | undefined} cell @param {Way} [way] */
  #go(cell, way) {
    if (!cell) return;
    if (way && cell.dataset[way]) this.#way = way;
    if (cell === document.activeElement) this.#focused(cell);
    else cell.focus();
  }

  /** @param {Cell} cell */
  #focused(cell) {
    if (!this.cells.includes(cell)) return;
    if (this.#at) this.#at.tabIndex = -1;
    cell.tabIndex = 0;
    this.#at = cell;
    if (!cell.dataset[this.#way]) this.#way = this.#way === "down" ? "across" : "down";
    if (!cell.readOnly) cell.select();
    this.#light();
  }

  #turn() {
    const other = this.#way === "down" ? "across" : "down";
    if (!this.#at?.dataset[other]) return;
    this.#way = other;
    this.#light();
  }

  /** The next letter from here over clues and black squares. @param {number} down @param {number} right */
  #beside(down, right) {
    let td = /** @type {HTMLTableCellElement | undefined} */ (this.#at?.closest("td") ?? undefined);
    for (;;) {
      const row = /** @type {HTMLTableRowElement | undefined} */ (td?.parentElement ?? undefined);
      const table = row?.closest("table");
      td = table?.rows[(row?.rowIndex ?? 0) + down]?.cells[(td?.cellIndex ?? 0) + right];
      const cell = td?.querySelector("input");
      if (cell || !td) return cell ?? undefined;
    }
  }

  /** The next word with something to fill in. @param {number} step */
  #nextOpen(step) {
    const names = [...this.#words.keys()];
    const open = (/** @type {string} */ name) => this.#words.get(name)?.find((cell) => !cell.value);
    const here = names.indexOf(this.#name(this.#at, this.#way) ?? "");
    for (let at = here + step; at >= 0 && at < names.length; at += step) {
      const [name, cell] = [names[at] ?? "", open(names[at] ?? "")];
      if (cell) return { cell, way: /** @type {Way} */ (name.split("-")[0]) };
    }
    return undefined;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const cell = /** @type {Cell} */ (event.target);
    if (!this.cells.includes(cell) || event.altKey || event.isComposing) return;
    const whole = event.ctrlKey || event.metaKey;
    const ends = whole ? this.cells : this.#word;
    const next = event.key === "Tab" ? this.#nextOpen(event.shiftKey ? -1 : 1) : undefined;
    // Behind the last open word Tab leaves the grid, as everywhere.
    if (event.key === "Tab" && !next) return;
    const keys = /** @type {Record<string, () => void>} */ ({
      ArrowLeft: () => this.#go(this.#beside(0, -1), "across"),
      ArrowRight: () => this.#go(this.#beside(0, 1), "across"),
      ArrowUp: () => this.#go(this.#beside(-1, 0), "down"),
      ArrowDown: () => this.#go(this.#beside(1, 0), "down"),
      Home: () => this.#go(ends[0]),
      End: () => this.#go(ends.at(-1)),
      Tab: () => this.#go(next?.cell, next?.way),
      " ": () => this.#turn(),
      Enter: () => this.#turn(),
      Escape: () => this.querySelector(/** @type {"button"} */ (".game-does .primary"))?.focus(),
      Backspace: () => this.#erase(cell),
      Delete: () => this.#put(cell, ""),
    });
    if (!keys[event.key] || (whole && !["Home", "End"].includes(event.key))) return;
    keys[event.key]?.();
    event.preventDefault();
  }

  /** A second touch of the same field changes the direction. @param {PointerEvent} event */
  #press(event) {
    if (event.target === this.#at && event.target === document.activeElement) this.#turn();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = event.target instanceof Element ? event.target : null;
    const clue = /** @type {HTMLElement | null | undefined} */ (target?.closest("[data-word]:not(letters-game)"));
    const button = target?.closest("button");
    if (clue) {
      event.preventDefault();
      const cells = this.#words.get(clue.dataset.word ?? "") ?? [];
      this.#go(cells.find((cell) => !cell.value) ?? cells[0], /** @type {Way} */ (clue.dataset.word?.split("-")[0]));
    } else if (button?.dataset.do === "turn") {
      this.#turn();
      this.#at?.focus();
    } else if (button?.dataset.do === "keep") this.remember(button);
  }

  /* Filling in. */

  /** @param {InputEvent} event */
  #before(event) {
    const cell = /** @type {Cell} */ (event.target);
    if (!this.cells.includes(cell) || !event.cancelable) return;
    event.preventDefault();
    if (event.inputType.startsWith("delete")) this.#erase(cell);
    else this.#type(event.data ?? "");
  }

  /** Some keyboards compose and cannot be stopped: then the field is read afterwards. @param {Event} event */
  #input(event) {
    const cell = /** @type {Cell} */ (event.target);
    if (!this.cells.includes(cell)) return;
    const letter = cell.value.match(/[\p{L}\p{N}]/gu)?.at(-1);
    if (!letter && cell.value) return;
    cell.value = "";
    if (letter) this.#type(letter);
    else this.#changed(cell);
  }

  /**
   * The focus moves once, behind the last letter: a keyboard that composes must not be interrupted within a sign.
   * @param {string} text
   */
  #type(text) {
    const word = this.#word;
    let at = this.#at;
    for (const sign of text.match(/[\p{L}\p{N}]/gu) ?? []) {
      const capital = sign.toUpperCase().length > 1 ? sign : sign.toUpperCase();
      for (const letter of (this.dataset.game === "arrows" && SPELLED[capital]) || capital) {
        if (at) this.#put(at, letter);
        at = word[word.indexOf(/** @type {Cell} */ (at)) + 1] ?? at;
      }
    }
    this.#go(at);
  }

  /** @param {Cell} cell */
  #erase(cell) {
    if (cell.value && !cell.readOnly) return this.#put(cell, "");
    const word = this.#word;
    const before = word[word.indexOf(cell) - 1];
    this.#go(before);
    if (before) this.#put(before, "");
  }

  /** @param {Cell} cell @param {string} letter */
  #put(cell, letter) {
    if (cell.readOnly || this.solved || cell.value === letter) return;
    cell.value = letter;
    this.#changed(cell);
    if (letter && this.cells.every(({ value }) => value)) this.form?.requestSubmit();
  }

  /** @param {Cell} cell */
  #changed(cell) {
    cell.removeAttribute("aria-invalid");
    delete cell.dataset.told;
    this.#label(cell);
    this.moved();
  }

  /* Showing. */

  /** What a field says of itself: row, column, state, and its clues, the current one first. @param {Cell} cell */
  #label(cell) {
    const [row, column] = cell.id.slice(1).split("-");
    const td = cell.parentElement?.classList;
    const say = this.dataset;
    const states = [cell.value || say.empty, !cell.name && say.given, cell.ariaInvalid === "true" && say.wrong,
      "told" in cell.dataset && say.told, td?.contains("circle") && say.circle, td?.contains("shaded") && say.shaded];
    const ways = /** @type {Way[]} */ (this.#way === "down" ? ["down", "across"] : ["across", "down"]);
    const words = ways.map((way) => {
      const name = this.#name(cell, way);
      const cells = this.#words.get(name ?? "");
      if (!name || !cells) return "";
      const text = this.#clue(name)?.querySelector("a")?.textContent ?? "";
      return fill(say.word, { way: say[way] ?? "", number: name.split("-")[1] ?? "", text, n: cells.indexOf(cell) + 1, of: cells.length });
    });
    cell.ariaLabel = [fill(say.cell, { row: row ?? "", column: column ?? "", state: states.filter(Boolean).join(", ") }), ...words].filter(Boolean).join(" ");
  }

  /** @param {string | undefined} name */
  #clue(name) {
    return /** @type {HTMLElement | null} */ (name ? this.querySelector(`.clues [data-word="${name}"]`) : null);
  }

  /** Lights the current word; for the eye only, since every field says its clue. */
  #light() {
    const [name, word] = [this.#name(this.#at, this.#way), this.#word];
    for (const cell of this.cells) cell.parentElement?.classList.toggle("near", word.includes(cell));
    for (const clue of this.querySelectorAll(/** @type {"span"} */ ("[data-word]:not(letters-game)"))) {
      const now = clue.dataset.word === name;
      if (clue.matches("li")) clue.ariaCurrent = now ? "true" : null;
      else clue.classList.toggle("now", now);
    }
    for (const cell of word) this.#label(cell);
    if (this.#at) this.#label(this.#at);
    const [number, text] = this.querySelectorAll(".clue-now > *");
    if (number) number.textContent = name ? `${name.split("-")[1]} ${this.dataset[this.#way]}` : "";
    if (text) text.textContent = this.#clue(name)?.textContent?.replace(/^\s*\d+\s*/, "") ?? "";
  }

  /* As a kept game. */

  /** The current field is the one to be told, unless its letter stands there and may be right. */
  asks() {
    const at = /** @type {Cell | null} */ (this.form?.elements.namedItem("at") ?? null);
    if (at) at.value = this.#at && !this.#at.value ? this.#at.id.slice(1).replace("-", ",") : "";
  }

  /** @param {Document} answer */
  judged(answer) {
    let told;
    for (const cell of this.cells) {
      const fresh = /** @type {Cell | null} */ (answer.getElementById(cell.id));
      if (!fresh) continue;
      if (fresh.getAttribute("aria-invalid")) cell.setAttribute("aria-invalid", "true");
      else cell.removeAttribute("aria-invalid");
      if ("told" in fresh.dataset) {
        told = cell;
        cell.value = fresh.value;
        cell.dataset.told = "";
      }
    }
    for (const cell of this.cells) this.#label(cell);
    if (told) this.#go(told);
  }

  /** One sign for each field, a point for an empty one. */
  state() {
    return this.cells.map((cell) => cell.value || ".").join("");
  }

  /** @param {string} state */
  write(state) {
    const letters = [...state];
    if (letters.length !== this.cells.length) return;
    this.cells.forEach((cell, index) => {
      if (cell.name) cell.value = letters[index] === "." ? "" : letters[index] ?? "";
      this.#label(cell);
    });
  }
}

customElements.define("letters-game", LettersGame);
