/**
 * The loop of a booth: the next scene every `seconds`; a touch or a key gives the hand to the visitor, the loop takes it
 * back after `idle` seconds of quiet. One timer at a time and nothing fetched: it can run for days.
 *
 * `next()` shows the next scene, the first one after the last.
 */
export const SHORTEST = 5;
export const LONGEST = 3600;

export function startKiosk({ next, seconds = 45, idle = 60, target = window }) {
  const pause = Math.min(Math.max(Number(seconds) || 45, SHORTEST), LONGEST);
  let timer = 0;

  function turn() {
    next();
    wait(pause);
  }

  function wait(length) {
    clearTimeout(timer);
    timer = setTimeout(turn, length * 1000);
  }

  for (const name of ['pointerdown', 'keydown', 'touchstart']) {
    target.addEventListener(name, () => wait(idle), { passive: true });
  }
  wait(pause);
}
