/** The speaker's console: sends the hall where to go, shows where it is. The hall answers, so the two never disagree. */
import { createKeys } from '../presentation/keys.mjs';
import { createRelay } from '../presentation/relay.mjs';

const root = document.getElementById('console');
const bar = root.querySelector('.console-bar');
const find = (selector) => root.querySelector(selector);
const total = Number(root.dataset.slides);
const channel = new BroadcastChannel(`atlas-presentation-${new URLSearchParams(window.location.search).get('p') ?? ''}`);
const help = document.getElementById('console-help');
const remote = document.getElementById('console-remote');

const state = { at: 1, isBlack: false, isOpen: false };
const timer = { began: 0, spent: 0 };

function go(number) {
  const next = Math.min(Math.max(number, 1), total);
  channel.postMessage({ show: next });
  if (!state.isOpen) follow({ at: next, of: total, black: state.isBlack }, false);
}

function black() {
  channel.postMessage({ black: !state.isBlack });
}

/** Shows what the hall says that it shows. */
function follow({ at, of, black: isBlack }, isOpen = true) {
  Object.assign(state, { at, isBlack, isOpen });
  find('.console-state').textContent = isOpen ? bar.dataset.connected.replace('{at}', at).replace('{of}', of) : bar.dataset.absent;
  find('.console-state').classList.toggle('is-open', isOpen);
  find('[data-act=black]').setAttribute('aria-pressed', isBlack);
  root.querySelectorAll('[data-notes]').forEach((part) => { part.hidden = Number(part.dataset.notes) !== at; });
  root.querySelectorAll('[data-go]').forEach((button) => {
    if (Number(button.dataset.go) === at) {
      button.setAttribute('aria-current', 'step');
      button.scrollIntoView({ block: 'nearest', inline: 'center' });
    } else button.removeAttribute('aria-current');
  });
  previews();
}

function previews() {
  preview('now', state.at);
  preview('then', Math.min(state.at + 1, total));
}

/** A preview is another copy of the hall: it is told the scene without loading again. */
function preview(name, scene) {
  const frame = find(`[data-preview=${name}]`);
  frame.contentWindow?.postMessage({ show: scene }, window.location.origin);
}

function minutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

function tick() {
  const now = new Date();
  find('.console-clock').textContent = now.toLocaleTimeString(document.documentElement.lang === 'en' ? 'en-GB' : 'fr-FR', { hour: '2-digit', minute: '2-digit' });
  const running = timer.began ? (performance.now() - timer.began) / 1000 : 0;
  find('.console-timer').textContent = minutes(timer.spent + running);
}

const orders = { next: () => go(state.at + 1), previous: () => go(state.at - 1), first: () => go(1), last: () => go(total), black };
const relay = createRelay({
  dialog: remote,
  act: (order) => orders[order]?.(),
  shown: () => ({ at: state.at, of: total, black: state.isBlack }),
});

const acts = {
  remote: relay.open,
  'remote-end': relay.end,
  'remote-close': relay.close,
  previous: () => go(state.at - 1),
  next: () => go(state.at + 1),
  black,
  help: () => help.showModal(),
  close: () => help.close(),
  reset: () => { timer.spent = 0; timer.began = timer.began && performance.now(); tick(); },
  timer: (button) => {
    if (timer.began) timer.spent += (performance.now() - timer.began) / 1000;
    timer.began = timer.began ? 0 : performance.now();
    button.textContent = timer.began ? bar.dataset.pause : bar.dataset.start;
  },
};

const press = createKeys({
  go, by: (step) => go(state.at + step), first: () => go(1), last: () => go(total), black, help: acts.help,
});

addEventListener('keydown', (event) => { if (!help.open && !remote.open && press(event)) event.preventDefault(); });
root.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-act], [data-go]');
  if (!button) return;
  if (button.dataset.go) go(Number(button.dataset.go));
  else acts[button.dataset.act](button);
});
addEventListener('message', ({ origin, data }) => { if (origin === window.location.origin && data?.preview) previews(); });
channel.addEventListener('message', ({ data }) => {
  if (data.at) follow(data);
  if (data.bye) follow({ at: state.at, of: total, black: false }, false);
});
channel.postMessage({ hello: true });
setInterval(tick, 1000);
tick();
follow({ at: 1, of: total, black: false }, false);
document.documentElement.dataset.consoleReady = 'true';
