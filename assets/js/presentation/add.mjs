/** The dialogue of « add this view »: a title, the presentation to add to; the words are those of the button. */
import { el, words } from './dom.mjs';
import { MAX_SCENES, current, freeSceneId, get, list, newId, put, read } from './store.mjs';
import { sceneOf } from './view.mjs';

const NEW = '';

export function openAddView(button) {
  const say = (name, values) => words(button, name, values);
  const title = el('input', { type: 'text', id: 'add-view-title', maxlength: 90, required: true, value: headline() });
  const chosen = current()?.id ?? NEW;
  const choices = list().map((item) => el('option', { value: item.id, selected: item.id === chosen }, read(item.titre) || say('untitled')));
  const where = el('select', { id: 'add-view-where' }, ...choices, el('option', { value: NEW, selected: chosen === NEW }, say('new')));
  const said = el('p', { role: 'status', class: 'add-view-said' });
  const close = el('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, say('close'));
  const add = el('button', { type: 'submit', class: 'button button-strong' }, say('button'));
  const form = el(
    'form', { class: 'add-view-form' },
    el('h2', { id: 'add-view-h' }, button.textContent), el('p', {}, say('how')),
    el('label', { for: 'add-view-title' }, say('title')), title,
    el('label', { for: 'add-view-where' }, say('to')), where,
    el('p', { class: 'presentation-plays' }, add, close), said,
  );
  const dialog = el('dialog', { class: 'add-view-dialog', 'aria-labelledby': 'add-view-h' }, form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const done = keep(title.value.trim(), where.value, say('untitled'));
    if (!done) {
      said.textContent = say('full');
      return;
    }
    const place = `/presentation?p=${done.id}${document.documentElement.lang === 'en' ? '&lang=en' : ''}#scene-${done.number}`;
    said.replaceChildren(say('done', { n: done.number, title: read(done.titre) }), ' ', el('a', { href: place }, say('edit')));
    add.disabled = true;
  });
  dialog.addEventListener('close', () => { dialog.remove(); button.focus(); });
  document.body.append(dialog);
  dialog.showModal();
  title.select();
}

/** Adds the scene of this page; null when the browser, or the presentation, is full. */
function keep(headline_, id, untitled) {
  const before = get(id) ?? { id: newId(), titre: { fr: untitled, en: untitled }, scenes: [] };
  if (before.scenes.length >= MAX_SCENES) return null;
  const scene = { id: freeSceneId(before.scenes), titre: { fr: headline_, en: headline_ }, ...sceneOf(here()) };
  const after = { ...before, scenes: [...before.scenes, scene] };
  return put(after) ? { id: after.id, titre: after.titre, number: after.scenes.length } : null;
}

function here() {
  const { pathname, search, hash } = window.location;
  const map = document.getElementById('carte-map');
  const size = map?.clientWidth ? { width: map.clientWidth, height: map.clientHeight } : null;
  return { path: pathname, search, hash, size };
}

/** What the page is called: its own heading, else its title without the atlas's name. */
function headline() {
  const heading = [...document.querySelectorAll('#carte-drawer h2, main h1')].find((node) => node.textContent.trim() && !node.closest('[hidden]'));
  return (heading?.textContent ?? document.title.split(' · ')[0]).trim().replace(/\s+/g, ' ').slice(0, 90);
}
