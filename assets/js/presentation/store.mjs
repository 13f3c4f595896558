/**
 * The visitor's own presentations, in the browser's storage and nowhere else: `{ current, list: [{ id, titre, scenes }] }`.
 * A presentation is what its file holds (presentations/*.yml) plus an `id`, the name after `moi-` in its addresses.
 */
const KEY = 'atlas-presentations';
export const MAX_SCENES = 60;
const MAX_LENGTH = 380_000; // the server takes 400,000 bytes

function load() {
  try {
    const found = JSON.parse(window.localStorage.getItem(KEY) ?? '{}');
    const list = Array.isArray(found.list) ? found.list.filter(isPresentation) : [];
    return { current: String(found.current ?? ''), list };
  } catch {
    return { current: '', list: [] }; // storage refused, or written by somebody else
  }
}

function isPresentation(item) {
  return /^moi-[a-z0-9]{1,40}$/.test(item?.id) && Array.isArray(item.scenes) && typeof item.titre === 'object';
}

/** False when the browser refuses to keep it. */
function save(all) {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(all));
    return true;
  } catch {
    return false;
  }
}

export const list = () => load().list;
export const get = (id) => load().list.find((item) => item.id === id) ?? null;

/** The presentation that « add this view » adds to: the last one that was edited. */
export function current() {
  const { current: id, list: all } = load();
  return all.find((item) => item.id === id) ?? all[0] ?? null;
}

/** Keeps a presentation at its place, or first; it becomes the current one. */
export function put(presentation) {
  if (new Blob([JSON.stringify(presentation)]).size > MAX_LENGTH) return false;
  const { list: all } = load();
  const place = all.findIndex((item) => item.id === presentation.id);
  if (place < 0) all.unshift(presentation);
  else all[place] = presentation;
  return save({ current: presentation.id, list: all });
}

export function remove(id) {
  const { current: before, list: all } = load();
  return save({ current: before === id ? '' : before, list: all.filter((item) => item.id !== id) });
}

export function newId() {
  const digits = crypto.getRandomValues(new Uint32Array(2));
  return `moi-${[...digits].map((part) => part.toString(36)).join('')}`;
}

/** An id that no scene has yet: `scene-4`. */
export function freeSceneId(scenes, wish = 'scene') {
  const taken = new Set(scenes.map(({ id }) => id));
  const stem = wish.replace(/-\d+$/, '').slice(0, 34);
  for (let number = scenes.length + 1; ; number += 1) {
    if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}

/** What a file holds: the presentation without the browser's own mark. */
export function written({ titre, scenes }) {
  return JSON.stringify({ titre, scenes });
}

/** Words of a title in the page's language, else in the other. */
export function read(words) {
  const language = document.documentElement.lang;
  return words?.[language] || words?.fr || words?.en || '';
}

/** Asks the server about a presentation, which it does not keep: `pour` is verifier, lire, salle, console. */
export async function ask(pour, body, more = {}) {
  const query = new URLSearchParams({ pour, lang: document.documentElement.lang, ...more });
  const answer = await fetch(`/presentation/scenes?${query}`, { method: 'POST', body, headers: { 'Content-Type': 'text/plain' } });
  return answer.json();
}

/** The YAML file of a presentation, offered to the visitor; the faults when it cannot be written. */
export async function download(presentation) {
  const answer = await fetch('/presentation/scenes?pour=fichier', { method: 'POST', body: written(presentation), headers: { 'Content-Type': 'text/plain' } });
  if (!answer.headers.get('Content-Type')?.includes('yaml')) return (await ask('verifier', written(presentation))).faults;
  const address = URL.createObjectURL(await answer.blob());
  const link = Object.assign(document.createElement('a'), { href: address, download: `${slug(read(presentation.titre))}.yml` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return [];
}

function slug(words) {
  const plain = words.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60) || 'presentation';
}
