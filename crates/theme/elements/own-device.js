import { drop, keep, kept } from "./storage.js";
import { fill } from "./words.js";

/*
 * What this device has of games, if its reader wishes: each game under its key, and the days on which the puzzle of the day was
 * solved. Nothing of it leaves the device.
 */

/** The wish, each game, the days; and what they were called before. */
const OURS = /^(games$|games:|sudoku:|\/games\/)/;

/** Whether the reader wishes it. */
export function remembers() {
  return kept("games") === "1";
}

/** The reader wishes it from now on; or no more, and then every game goes and not only this one. @param {HTMLElement} button */
export function turn(button) {
  if (!remembers()) keep("games", "1");
  else for (const key of Object.keys(localStorage)) if (OURS.test(key)) drop(key);
  button.ariaPressed = String(remembers());
}

/** @param {HTMLElement} game with data-game */
function days({ dataset }) {
  const days = parsed(kept(`games:days:${dataset.game}`));
  return /** @type {string[]} */ (Array.isArray(days) ? days : []);
}

/** The puzzle of this day is solved. @param {HTMLElement} game with data-game, data-day, data-today, data-series and data-series-one */
export function countDay(game) {
  const day = game.dataset.day ?? "";
  if (!remembers() || game.dataset.today !== "true" || days(game).includes(day)) return;
  keep(`games:days:${game.dataset.game}`, JSON.stringify([...days(game), day]));
  showSeries(game);
}

/** Says how many days there are in a row up to today, or up to yesterday while today is open. @param {HTMLElement} game as above */
export function showSeries(game) {
  const line = /** @type {HTMLElement | null} */ (game.querySelector("[data-line=series]"));
  if (!line || game.dataset.today !== "true") return;
  const all = days(game);
  const solved = (/** @type {number} */ back) => all.includes(daysBefore(game.dataset.day ?? "", back));
  const first = solved(0) ? 0 : 1;
  let n = 0;
  while (solved(first + n)) n += 1;
  line.hidden = !n || kept("signedIn") === "1";
  line.textContent = n === 1 ? game.dataset.seriesOne ?? "" : fill(game.dataset.series, { n });
}

/** @param {string | null} text @returns {any} nothing if it was written by somebody else */
export function parsed(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} day as in 2026-11-24 @param {number} back */
function daysBefore(day, back) {
  return new Date(Date.parse(day) - back * 86_400_000).toISOString().slice(0, 10);
}
