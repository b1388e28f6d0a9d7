import { KeptGame } from "./kept-game.js";
import { fill } from "./words.js";

/** What stands before notes, so that a single one is not taken for an answer. */
const NOTED = "·";
/** The most moves that can be taken back. */
const UNDO = 500;

/**
 * A sudoku on a table of fields that also works as a form. The value of a field is the truth: one digit is an answer, a point and
 * digits are notes. What is right is never known here: the house is asked, and what it marks is taken over.
 *
 * Attributes besides those of every kept game: the sentences that cells say.
 */
export class SudokuGame extends KeptGame {
  /** @type {{ cell: number, value: string }[][]} */ #moves = [];
  #at = 0;
  #notes = false;

  connectedCallback() {
    this.cells = [...this.querySelectorAll(/** @type {"input"} */ (".sudoku input"))];
    if (this.cells.length !== 81 || !this.form) return;
    const signal = this.begin();
    for (const cell of this.cells) cell.tabIndex = -1;
    this.#select(this.cells.findIndex((cell) => !cell.readOnly), false);
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.addEventListener("beforeinput", (event) => this.#type(event), { signal });
    this.addEventListener("focusin", (event) => this.#select(this.cells.indexOf(/** @type {HTMLInputElement} */ (event.target)), false), { signal });
    this.addEventListener("click", (event) => this.#click(event), { signal });
    this.#draw();
  }

  /** @param {string} name */
  #button(name) {
    return /** @type {HTMLButtonElement | null} */ (this.querySelector(`.game-does [data-do=${name}]`));
  }

  /* Moving. */

  /** @param {number} index @param {boolean} [focus] */
  #select(index, focus = true) {
    const cell = this.cells[index];
    if (!cell) return;
    const before = this.cells[this.#at];
    if (before) before.tabIndex = -1;
    this.#at = index;
    cell.tabIndex = 0;
    if (focus) cell.focus();
    this.#light();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.cells.indexOf(/** @type {HTMLInputElement} */ (event.target));
    if (at < 0 || event.altKey || event.isComposing) return;
    const [row, column] = [Math.floor(at / 9), at % 9];
    const whole = event.ctrlKey || event.metaKey;
    const to = (/** @type {number} */ r, /** @type {number} */ c) => this.#select(((r + 9) % 9) * 9 + ((c + 9) % 9));
    const keys = /** @type {Record<string, () => void>} */ ({
      ArrowLeft: () => to(row, column - 1),
      ArrowRight: () => to(row, column + 1),
      ArrowUp: () => to(row - 1, column),
      ArrowDown: () => to(row + 1, column),
      Home: () => to(whole ? 0 : row, 0),
      End: () => to(whole ? 8 : row, 8),
      Backspace: () => this.#put(at, ""),
      Delete: () => this.#put(at, ""),
      " ": () => {},
      n: () => this.#setNotes(!this.#notes),
      u: () => this.#undo(),
      v: () => this.announce(this.cells[at]?.ariaLabel ?? ""),
    });
    if (whole && event.key.toLowerCase() === "z") keys.u?.();
    else if (whole && event.key !== "Home" && event.key !== "End") return;
    else if (/^[1-9]$/.test(event.key)) this.#digit(at, event.key);
    else if (keys[event.key] ?? keys[event.key.toLowerCase()]) (keys[event.key] ?? keys[event.key.toLowerCase()])?.();
    else return;
    event.preventDefault();
  }

  /** A keyboard on glass sends no keys, only what it wants to put in. @param {InputEvent} event */
  #type(event) {
    const at = this.cells.indexOf(/** @type {HTMLInputElement} */ (event.target));
    if (at < 0) return;
    event.preventDefault();
    const digit = /[1-9]/.exec(event.data ?? "")?.[0];
    if (digit) this.#digit(at, digit);
    else if (event.inputType.startsWith("delete")) this.#put(at, "");
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    if (button.dataset.digit) this.#digit(this.#at, button.dataset.digit);
    switch (button.dataset.do) {
      case "undo": return this.#undo();
      case "notes": return this.#setNotes(!this.#notes);
      case "clear": return this.#put(this.#at, "");
      case "pause": return this.#pause();
      case "keep": return this.remember(button);
    }
  }

  /* Filling in. */

  /** @param {number} at @param {string} digit */
  #digit(at, digit) {
    const now = this.cells[at]?.value ?? "";
    if (!this.#notes) return this.#put(at, now === digit ? "" : digit);
    const noted = new Set(isNote(now) ? digits(now) : []);
    if (!noted.delete(digit)) noted.add(digit);
    this.#put(at, noted.size ? NOTED + [...noted].sort().join("") : "");
  }

  /** @param {number} at @param {string} value */
  #put(at, value) {
    const cell = this.cells[at];
    if (!cell || cell.readOnly || this.solved || cell.value === value) return;
    const move = [{ cell: at, value: cell.value }];
    cell.value = value;
    cell.removeAttribute("aria-invalid");
    // A digit that stands rules itself out in the notes around it.
    if (value && !isNote(value)) {
      this.cells.forEach((other, index) => {
        if (!sees(at, index) || !isNote(other.value) || !other.value.includes(value)) return;
        move.push({ cell: index, value: other.value });
        const left = other.value.replace(value, "");
        other.value = left === NOTED ? "" : left;
      });
    }
    this.#moves.push(move);
    if (this.#moves.length > UNDO) this.#moves.shift();
    this.#moved();
    if (this.cells.every(({ value }) => value && !isNote(value)) && !this.querySelector("[data-clash]")) this.form?.requestSubmit();
  }

  #undo() {
    const move = this.#moves.pop();
    if (!move || this.solved) return;
    for (const { cell, value } of move) {
      const field = this.cells[cell];
      if (field) field.value = value;
    }
    this.#select(move[0]?.cell ?? this.#at);
    this.#moved();
  }

  #moved() {
    this.#draw();
    // The first move is told at once: from it the house measures the time.
    this.moved(this.#moves.length > 1 ? undefined : 0);
  }

  /** @param {boolean} on */
  #setNotes(on) {
    this.#notes = on;
    this.#button("notes")?.setAttribute("aria-pressed", String(on));
    this.announce((on ? this.dataset.notesOn : this.dataset.notesOff) ?? "");
  }

  /* Showing. */

  #draw() {
    const left = /** @type {Record<string, number>} */ ({});
    this.cells.forEach((cell, index) => {
      const [row, column] = [Math.floor(index / 9) + 1, (index % 9) + 1];
      const value = cell.value;
      const note = isNote(value);
      if (value && !note) left[value] = (left[value] ?? 9) - 1;
      const clash = Boolean(value && !note && this.cells.some((other, at) => sees(index, at) && other.value === value));
      cell.toggleAttribute("data-clash", clash);
      const td = cell.parentElement;
      td?.classList.toggle("noted", note);
      draw(td, note ? value : "");
      if (td?.classList.contains("given")) return;
      const wrong = cell.getAttribute("aria-invalid") === "true" && !clash && cell.hasAttribute("data-judged");
      if (!wrong) cell.toggleAttribute("data-judged", false);
      if (clash || wrong) cell.setAttribute("aria-invalid", "true");
      else cell.removeAttribute("aria-invalid");
      const how = !value ? this.dataset.empty : note ? this.dataset.noted : this.dataset.typed;
      cell.ariaLabel = fill(how, { row, column, digit: value, digits: digits(value).join(", ") })
        + (clash ? this.dataset.clash ?? "" : wrong ? this.dataset.wrong ?? "" : "");
    });
    for (const button of this.querySelectorAll(/** @type {"button"} */ ("[data-digit]"))) {
      const n = left[button.dataset.digit ?? ""] ?? 9;
      button.disabled = n <= 0;
      const small = button.querySelector("small");
      if (small) small.textContent = String(Math.max(0, n));
    }
    const undo = this.#button("undo");
    if (undo) undo.disabled = !this.#moves.length || this.solved;
    this.#light();
  }

  /** Lights the row, the column, the box and the same digits; for the eye only, since every cell says where it is. */
  #light() {
    const value = this.cells[this.#at]?.value ?? "";
    this.cells.forEach((cell, index) => {
      const same = Boolean(value) && !isNote(value) && cell.value === value && index !== this.#at;
      cell.parentElement?.classList.toggle("same", same);
      cell.parentElement?.classList.toggle("near", !same && !cell.parentElement.classList.contains("given") && sees(index, this.#at));
    });
  }

  /* Time. */

  #pause() {
    const board = /** @type {HTMLElement | null} */ (this.querySelector(".board"));
    const veil = /** @type {HTMLElement | null} */ (this.querySelector(".veil"));
    if (!board || !veil || this.solved) return;
    const pausing = board.dataset.paused === undefined;
    board.toggleAttribute("data-paused", pausing);
    veil.hidden = !pausing;
    const button = this.#button("pause");
    if (button) button.textContent = (pausing ? this.dataset.paused : this.dataset.running) ?? "";
    if (pausing) {
      this.stop();
      veil.querySelector("button")?.focus();
    } else {
      this.run();
      this.#select(this.#at);
    }
  }

  /* As a kept game. */

  /** @param {Document} answer */
  judged(answer) {
    const fresh = answer.querySelectorAll(/** @type {"input"} */ (".sudoku input"));
    this.cells.forEach((cell, index) => {
      const wrong = fresh[index]?.getAttribute("aria-invalid") === "true";
      cell.toggleAttribute("data-judged", wrong);
      if (wrong) cell.setAttribute("aria-invalid", "true");
      cell.parentElement?.classList.toggle("hinted", fresh[index]?.parentElement?.classList.contains("hinted"));
    });
    this.#draw();
    const hinted = this.cells.findIndex((cell) => cell.parentElement?.classList.contains("hinted"));
    if (hinted >= 0) this.#select(hinted);
  }

  /** All fields with commas between them; what is printed is none. */
  state() {
    return this.cells.map((cell) => (cell.name ? cell.value : "")).join(",");
  }

  /** @param {string} state */
  write(state) {
    const values = state.split(",");
    if (values.length !== this.cells.length) return;
    this.cells.forEach((cell, index) => {
      if (cell.name) cell.value = values[index] ?? "";
    });
    this.#moves = [];
    this.#draw();
  }
}

/** @param {string} value */
const isNote = (value) => value.length > 1;
/** @param {string} value */
const digits = (value) => [...value].filter((sign) => sign >= "1" && sign <= "9");

/** Whether the same digit cannot stand in both. @param {number} a @param {number} b */
function sees(a, b) {
  const box = (/** @type {number} */ at) => Math.floor(at / 27) * 3 + Math.floor((at % 9) / 3);
  return a !== b && (Math.floor(a / 9) === Math.floor(b / 9) || a % 9 === b % 9 || box(a) === box(b));
}

/** Notes as small digits, each in its place. @param {Element | null} cell @param {string} noted */
function draw(cell, noted) {
  let notes = cell?.querySelector(".notes");
  if (!noted) return notes?.remove();
  if (!notes) {
    notes = document.createElement("span");
    notes.className = "notes";
    notes.ariaHidden = "true";
    cell?.append(notes);
  }
  notes.replaceChildren(...[..."123456789"].map((digit) => {
    const place = document.createElement("i");
    place.textContent = noted.includes(digit) ? digit : "";
    return place;
  }));
}

customElements.define("sudoku-game", SudokuGame);
