import { SKIP } from "./read-aloud.js";

/** @import { ReadAloud } from "./read-aloud.js" */

/**
 * The system's own controls: headphones, lock screen, keyboard.
 * @param {ReadAloud} player
 * @param {AbortSignal} signal
 */
export function mediaSession(player, signal) {
  const session = navigator.mediaSession;
  if (!session) return;
  const paper = document.querySelector("meta[property='og:site_name']")?.getAttribute("content");
  session.metadata = new MediaMetadata({ title: player.dataset.title ?? document.title, artist: paper ?? location.host });
  /** @type {[MediaSessionAction, MediaSessionActionHandler][]} */
  const acts = [
    ["play", () => player.listen()],
    ["pause", () => player.pause()],
    ["stop", () => player.close()],
    ["seekbackward", ({ seekOffset }) => player.skip(-(seekOffset ?? SKIP))],
    ["seekforward", ({ seekOffset }) => player.skip(seekOffset ?? SKIP)],
    ["seekto", ({ seekTime }) => (player.place = (seekTime ?? 0) * 1000)],
    ["previoustrack", () => player.previous()],
    ["nexttrack", () => player.next()],
  ];
  for (const [name, act] of acts) handle(session, name, act);
  const tell = () => {
    session.playbackState = player.state === "playing" ? "playing" : "paused";
    const duration = player.length / 1000;
    if (duration) session.setPositionState({ duration, position: Math.min(player.place / 1000, duration), playbackRate: player.speed });
  };
  for (const event of ["state", "length", "speed"]) player.addEventListener(event, tell, { signal });
  player.audio.addEventListener("seeked", tell, { signal });
  tell();
  signal.addEventListener("abort", () => {
    for (const [name] of acts) handle(session, name, null);
    session.metadata = null;
    session.playbackState = "none";
  });
}

/**
 * @param {MediaSession} session
 * @param {MediaSessionAction} name
 * @param {MediaSessionActionHandler | null} act
 */
function handle(session, name, act) {
  try {
    session.setActionHandler(name, act);
  } catch {
    // This browser does not know the action; the buttons on the page do the same.
  }
}
