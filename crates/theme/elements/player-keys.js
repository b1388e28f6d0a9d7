import { SKIP } from "./read-aloud.js";

/** @import { ReadAloud } from "./read-aloud.js" */

/** @type {Record<string, (player: ReadAloud) => void>} */
const KEYS = {
  " ": (player) => player.toggle(),
  k: (player) => player.toggle(),
  j: (player) => player.skip(-SKIP),
  l: (player) => player.skip(SKIP),
  ArrowLeft: (player) => player.skip(-SKIP),
  ArrowRight: (player) => player.skip(SKIP),
  N: (player) => player.next(),
  P: (player) => player.previous(),
  "<": (player) => (player.speed -= 0.1),
  ">": (player) => (player.speed += 0.1),
};

/**
 * Keys that work while the player is open and the reader is not writing or on another control.
 * @param {ReadAloud} player
 * @param {AbortSignal} signal
 */
export function keys(player, signal) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const inside = player.contains(target);
    if (!inside && target !== document.body && target !== document.documentElement) return;
    // On a button the space bar presses the button.
    if (event.key === " " && target.closest("button, a, input, label")) return;
    const act = KEYS[event.key];
    if (!act || (event.shiftKey && /^[a-z ]$|^Arrow/.test(event.key))) return;
    event.preventDefault();
    act(player);
  }, { signal });
}
