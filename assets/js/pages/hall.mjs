/**
 * The hall: shows one scene at a time and moves the camera of the common map. Keys, clicks and the speaker's console
 * (another window of the same browser) all end in `show(number)`; the address keeps the scene, so a reload comes back.
 *
 * Messages on the channel `atlas-presentation-<p>`, one a presentation, both ways: {show: n} · {black: true | false} · {hello: true} (who is there?)
 * · {at: n, of: n, black: bool} (what the hall shows) · {bye: true}.
 *
 * `?mode=kiosk&loop=45` turns by itself (kiosk.mjs). `?apercu=1` is a still picture of one scene for the console: it listens to nobody and tells nothing.
 */
import { createKeys } from '../presentation/keys.mjs';
import { startKiosk } from '../presentation/kiosk.mjs';

const MOVE_MS = 900;
const IDLE_MS = 2500;
const hall = document.getElementById('hall');
const slides = [...hall.querySelectorAll('.slide')];
const map = hall.querySelector('.hall-map');
const layers = map ? [...map.querySelectorAll('.hall-layer')] : [];
const boxes = map ? [...map.querySelectorAll('.hall-box')] : [];
const still = matchMedia('(prefers-reduced-motion: reduce)');
const asked = new URLSearchParams(window.location.search);
const isPreview = asked.has('apercu');
const isKiosk = asked.get('mode') === 'kiosk';
const channel = isPreview || isKiosk ? new EventTarget() : openChannel();

let number = 0;
let moving = 0;
let idle = 0;

/** Shows a scene, counted from 1; a number outside stays at the nearest end. */
function show(wanted, { isJump = false } = {}) {
  const next = Math.min(Math.max(wanted, 1), slides.length);
  if (next === number) return;
  number = next;
  const slide = slides[number - 1];
  slides.forEach((other) => other.classList.toggle('is-shown', other === slide));
  hall.dataset.ground = ground(slide);
  layers.forEach((layer) => layer.classList.toggle('is-shown', layer.dataset.scene === slide.dataset.scene));
  const layer = layers.find(({ dataset }) => dataset.scene === slide.dataset.scene);
  if (layer) {
    look(layer.dataset.frame);
    move(layer.dataset.camera.split(' ').map(Number), isJump);
  }
  keepAddress();
  tell();
}

/** Near one part of France, the parts that the plan puts beside it are out of place: they go; what is cut goes softly. */
function look(frame) {
  map.parentElement.classList.toggle('is-near', frame !== '');
  boxes.forEach((box) => box.classList.toggle('is-away', frame !== '' && box.dataset.box !== frame));
}

/** The address keeps the scene; that of a file on a disk may not change, that of a booth has no need to. */
function keepAddress() {
  const address = new URL(window.location.href);
  if (address.protocol === 'file:' || isKiosk) return;
  address.searchParams.set('scene', number);
  window.history.replaceState(null, '', address);
}

/** The console's channel; some browsers give none to a file on a disk: the hall then obeys its own keys. */
function openChannel() {
  try {
    return new BroadcastChannel(`atlas-presentation-${asked.get('p') ?? ''}`);
  } catch {
    return new EventTarget();
  }
}

function isBlack() {
  return hall.classList.contains('is-black');
}

function blacken(isWanted) {
  hall.classList.toggle('is-black', isWanted);
  tell();
}

function ground(slide) {
  return ['carte', 'tuiles', 'aucun'].find((name) => slide.classList.contains(`is-${name}`));
}

function tell() {
  channel.postMessage?.({ at: number, of: slides.length, black: isBlack() });
}

/** Slides the camera to `[x, y, width, height]`: out a little, across, and in; at once for those who want no motion. */
function move(to, isJump) {
  const from = map.getAttribute('viewBox').split(' ').map(Number);
  const token = ++moving;
  if (isJump || still.matches || from.every((value, axis) => value === to[axis])) {
    map.setAttribute('viewBox', to.join(' '));
    return;
  }
  const began = performance.now();
  const step = (now) => {
    if (token !== moving) return;
    const time = Math.min((now - began) / MOVE_MS, 1);
    const eased = time < 0.5 ? 4 * time ** 3 : 1 - (-2 * time + 2) ** 3 / 2;
    map.setAttribute('viewBox', between(from, to, eased).join(' '));
    if (time < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

/** Widths in a geometric progression, so that a zoom feels even; the centre goes along with the width. */
function between(from, to, time) {
  const width = from[2] * (to[2] / from[2]) ** time;
  const share = to[2] === from[2] ? time : (width - from[2]) / (to[2] - from[2]);
  const height = from[3] * (to[3] / from[3]) ** time;
  const centre = (rect, axis) => rect[axis] + rect[axis + 2] / 2;
  const at = (axis) => centre(from, axis) + (centre(to, axis) - centre(from, axis)) * share;
  return [at(0) - width / 2, at(1) - height / 2, width, height].map((value) => Math.round(value));
}

function toggleFullscreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

hall.querySelector('.hall-full')?.addEventListener('click', (event) => {
  event.stopPropagation();
  event.currentTarget.blur();
  toggleFullscreen();
});

const press = createKeys({
  go: show, by: (step) => show(number + step), first: () => show(1), last: () => show(slides.length),
  black: () => blacken(!isBlack()), fullscreen: toggleFullscreen,
});

if (!isPreview) {
  addEventListener('keydown', (event) => { if (press(event)) event.preventDefault(); });
  hall.addEventListener('click', () => show(number + 1));
  addEventListener('pagehide', () => channel.postMessage?.({ bye: true }));
}
hall.addEventListener('pointermove', () => {
  hall.classList.add('has-pointer');
  clearTimeout(idle);
  idle = setTimeout(() => hall.classList.remove('has-pointer'), IDLE_MS);
});
channel.addEventListener('message', ({ data }) => {
  if (data.hello) tell();
  if (typeof data.show === 'number') show(data.show);
  if (typeof data.black === 'boolean' && data.at === undefined) blacken(data.black);
});

if (isPreview) {
  addEventListener('message', ({ origin, data }) => {
    if (origin === window.location.origin && typeof data.show === 'number') show(data.show, { isJump: true });
  });
  window.parent.postMessage({ preview: true }, window.location.origin); // from now on it hears
}

show(Number(asked.get('scene')) || 1, { isJump: true });
if (isKiosk) {
  startKiosk({ next: () => show(number === slides.length ? 1 : number + 1), seconds: asked.get('loop') });
}
document.documentElement.dataset.hallReady = 'true';
