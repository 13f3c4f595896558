/** The visitor's own presentations on the page that lists them: open a file, play, edit, save, delete; copies of the shipped ones. */
import { ask, download, list, newId, put, read, remove } from '../presentation/store.mjs';
import { el, faultList, undo, words } from '../presentation/dom.mjs';

const room = document.getElementById('mine-room');
const shown = document.getElementById('mine-list');
const said = document.getElementById('mine-said');
const file = document.getElementById('mine-file');
const drop = document.getElementById('mine-drop');
const isEnglish = document.documentElement.lang === 'en';
const say = (name, values) => words(room, name, values);
const link = (query) => `/presentation?${query}${isEnglish ? '&lang=en' : ''}`;
const MAX_BYTES = 400_000;

function draw() {
  const all = list();
  shown.replaceChildren(...(all.length ? all.map(row) : [el('p', { class: 'source' }, say('kept'))]));
}

function row(item) {
  const count = item.scenes.length;
  const title = read(item.titre) || say('untitled');
  const plays = ['salle', 'console', 'kiosk'].map((mode, place) => el(
    'a', { class: place ? 'button' : 'button button-strong', href: link(`mode=${mode}&p=${item.id}`) }, say(mode),
  ));
  return el(
    'article', { class: 'presentation-row', 'data-mine': item.id },
    el('h3', {}, title),
    el('p', { class: 'source' }, say(count === 1 ? 'sceneOne' : 'sceneOther', { n: count })),
    el(
      'p', { class: 'presentation-plays' }, ...(count ? plays : []),
      el('a', { class: 'button', href: link(`p=${item.id}`) }, say('edit')),
      count ? el('button', { type: 'button', class: 'button', onclick: () => save(item) }, say('save')) : null,
      el('button', { type: 'button', class: 'button', onclick: () => drive(item, title) }, say('delete')),
    ),
  );
}

async function save(item) {
  const faults = await download(item).catch(failed);
  if (faults?.length) tell(say('unreadable'), faults);
}

function drive(item, title) {
  remove(item.id);
  draw();
  undo(said, say('deleted', { title }), say('undo'), () => { keep(item); draw(); });
}

function keep(item) {
  if (put(item)) return true;
  tell(say('full'));
  return false;
}

/** Keeps a presentation under an id of its own and opens it in the editor. */
function edit(presentation) {
  const item = { ...presentation, id: newId() };
  if (keep(item)) window.location.assign(link(`p=${item.id}`));
}

async function copy(name) {
  const answer = await fetch(`/presentation/scenes?p=${encodeURIComponent(name)}`).then((found) => found.json()).catch(failed);
  if (!answer?.presentation) return;
  const { titre, scenes } = answer.presentation;
  const copied = Object.fromEntries(Object.entries(titre).map(([language, title]) => [language, say(language === 'en' ? 'copyEn' : 'copyFr', { title }).slice(0, 90)]));
  edit({ titre: copied, scenes });
}

/** The server reads the file and tells all its faults; a good one is kept and listed. */
async function open(chosen) {
  if (!chosen) return;
  const body = chosen.size > MAX_BYTES ? 'x'.repeat(MAX_BYTES + 1) : await chosen.text();
  const answer = await ask('lire', body).catch(failed);
  if (!answer) return;
  if (answer.faults) {
    tell(say('unreadable'), answer.faults);
    return;
  }
  if (!keep({ ...answer.presentation, id: newId() })) return;
  draw();
  tell(say('open', { title: read(answer.presentation.titre) }));
}

function tell(sentence, faults = []) {
  said.replaceChildren(el('p', { class: faults.length ? 'warning' : '' }, sentence), ...(faults.length ? [faultList(faults)] : []));
}

function failed(error) {
  console.warn(error);
  tell(say('failed'));
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', () => copy(button.dataset.copy));
  button.hidden = false;
}
room.querySelector('[data-new]').addEventListener('click', () => edit({ titre: { fr: '', en: '' }, scenes: [] }));
file.addEventListener('change', async () => {
  await open(file.files[0]);
  file.value = '';
});
for (const name of ['dragenter', 'dragover']) {
  drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add('is-over'); });
}
for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => drop.classList.remove('is-over'));
drop.addEventListener('drop', (event) => { event.preventDefault(); open(event.dataTransfer.files[0]); });
addEventListener('storage', draw);
addEventListener('pageshow', draw);
draw();
room.hidden = false;
