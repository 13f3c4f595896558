/**
 * The hall, the booth or the console of a presentation that only this browser holds (`?p=moi-…`): sends it, puts what the
 * server draws in place, then starts the same module as for a shipped one. `?seule=<id>` shows one scene, for the editor.
 */
import { ask, get, written } from '../presentation/store.mjs';
import { el, faultList } from '../presentation/dom.mjs';

const root = document.getElementById('mine');
const asked = new URLSearchParams(window.location.search);
const modules = { hall: './hall.mjs', console: './console.mjs' };

async function start() {
  const presentation = get(asked.get('p'));
  const scenes = presentation?.scenes.filter(({ id }) => !asked.get('seule') || id === asked.get('seule'));
  if (!scenes?.length) return say(root.dataset.absent);
  const isConsole = root.dataset.kind === 'console';
  const answer = await ask(isConsole ? 'console' : 'salle', written({ titre: presentation.titre, scenes }), { p: presentation.id });
  if (answer.faults) return say(root.dataset.faults, answer.faults);
  const holder = el('div');
  holder.innerHTML = answer.html; // drawn and escaped by the server
  root.replaceWith(...holder.childNodes);
  document.title = `${answer.title} · ${document.title}`;
  return import(modules[isConsole ? 'console' : 'hall']);
}

function say(words, faults = []) {
  root.querySelector('.mine-said').textContent = words;
  root.querySelector('.mine-faults').replaceChildren(...faultList(faults).childNodes);
}

start().catch((error) => {
  console.warn(error);
  say(root.dataset.failed);
});
