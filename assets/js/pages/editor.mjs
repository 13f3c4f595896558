/**
 * The editor of one presentation of the browser (`/presentation?p=moi-…`). Each change is kept at once; the server is asked,
 * a moment later, for every fault, and each is shown beside its field and in one list. Scenes move by buttons.
 */
import { MAX_SCENES, ask, download, freeSceneId, get, put, read, written } from '../presentation/store.mjs';
import { el, undo, words } from '../presentation/dom.mjs';

const WAIT_MS = 500;
const root = document.getElementById('editor');
const bar = document.getElementById('editor-bar');
const form = document.getElementById('editor-form');
const listed = document.getElementById('editor-list');
const chosenClaims = document.getElementById('editor-claims');
const claim = document.getElementById('champ-chiffres');
const preview = document.getElementById('editor-frame');
const told = document.getElementById('editor-faults');
const said = document.getElementById('editor-said');
const fields = [...document.querySelectorAll('[data-field]')];
const say = (name, values) => words(root, name, values);
const id = new URLSearchParams(window.location.search).get('p');
const lang = document.documentElement.lang;
const DEFAULTS = { cadre: 'france', fond: 'carte', graphique: '' };

const state = { presentation: get(id), at: 0, faults: [], waiting: 0, asked: 0, shown: '' };

const scenes = () => state.presentation.scenes;
const scene = () => scenes()[state.at];
const owner = (field) => (form.contains(field) ? scene() : state.presentation);

function value(of, path) {
  return path.split('.').reduce((part, key) => part?.[key], of) ?? DEFAULTS[path] ?? '';
}

function write(of, path, written_) {
  const [key, language] = path.split('.');
  if (language) of[key] = { fr: '', en: '', ...of[key], [language]: written_ };
  else of[key] = written_;
  // What a file leaves out when it is empty; the titles are never optional.
  if (key !== 'titre' && key !== 'id' && (language ? !of[key].fr && !of[key].en : !written_)) delete of[key];
}

/** Keeps, redraws the list, asks for the faults and the picture in a moment. */
function changed() {
  said.textContent = put(state.presentation) ? say('saved') : say('full');
  drawList();
  clearTimeout(state.waiting);
  state.waiting = setTimeout(look, WAIT_MS);
}

function select(at, focus = '') {
  state.at = Math.min(Math.max(at, 0), scenes().length - 1);
  fill();
  drawList();
  drawFaults();
  drawPreview();
  if (focus) listed.querySelector(`[data-at="${state.at}"] [data-act=${focus}]`)?.focus();
}

function fill() {
  form.hidden = !scene();
  for (const field of fields) {
    const of = owner(field);
    if (of) field.value = value(of, field.dataset.field);
  }
  document.getElementById('champ-vue-lien').href = `/?${scene()?.vue ?? ''}${lang === 'en' ? '&lang=en' : ''}`;
  drawClaims();
}

function drawList() {
  listed.replaceChildren(...scenes().map((item, at) => {
    const n = at + 1;
    const button = (act, sign, isOff = false) => el(
      'button', { type: 'button', 'data-act': act, 'aria-label': say(act, { n }), title: say(act, { n }), disabled: isOff }, sign,
    );
    const isFaulty = state.faults.some(({ where }) => where.startsWith(`scenes[${n}]`));
    return el(
      'li', { 'data-at': at, class: isFaulty ? 'has-fault' : null },
      el(
        'button', { type: 'button', class: 'editor-pick', 'data-act': 'select', 'aria-current': at === state.at ? 'true' : null },
        el('span', {}, String(n)), read(item.titre) || say('untitled'),
      ),
      el('span', { class: 'editor-acts' }, button('up', '↑', !at), button('down', '↓', n === scenes().length), button('duplicate', '+'), button('delete', '×')),
    );
  }));
  document.querySelector('[data-act=add]').disabled = scenes().length >= MAX_SCENES;
  for (const link of bar.querySelectorAll('[data-play]')) {
    link.href = `/presentation?mode=${link.dataset.play}&p=${id}${lang === 'en' ? '&lang=en' : ''}`;
    link.hidden = !scenes().length;
  }
}

function drawClaims() {
  const chosen = scene()?.chiffres ?? [];
  const name = (code) => [...document.querySelectorAll('#registre option')].find((option) => option.value === code)?.textContent ?? '';
  chosenClaims.replaceChildren(...chosen.map((code) => el(
    'li', {}, el('code', {}, code), ` ${name(code)} `,
    el('button', { type: 'button', class: 'button', 'data-claim': code, 'aria-label': say('remove', { id: code }) }, '×'),
  )));
  const isFull = chosen.length >= Number(chosenClaims.parentElement.dataset.most);
  claim.disabled = isFull;
  form.querySelector('[data-act=claim]').disabled = isFull;
}

const acts = {
  select: (at) => select(at, 'select'),
  up: (at) => move(at, at - 1, 'up'),
  down: (at) => move(at, at + 1, 'down'),
  duplicate(at) {
    if (scenes().length >= MAX_SCENES) return;
    const copied = { ...structuredClone(scenes()[at]), id: freeSceneId(scenes(), scenes()[at].id) };
    scenes().splice(at + 1, 0, copied);
    changed();
    select(at + 1, 'select');
  },
  delete(at) {
    const [gone] = scenes().splice(at, 1);
    changed();
    select(Math.min(at, scenes().length - 1), 'select');
    undo(said, say('deleted'), say('undo'), () => {
      scenes().splice(at, 0, gone);
      changed();
      select(at, 'select');
    });
  },
};

function move(from, to, act) {
  const [moved] = scenes().splice(from, 1);
  scenes().splice(to, 0, moved);
  changed();
  select(to);
  const buttons = listed.querySelector(`[data-at="${to}"]`);
  // At an end the button is off: the focus stays on the scene.
  (buttons.querySelector(`[data-act=${act}]:not(:disabled)`) ?? buttons.querySelector('[data-act=select]')).focus();
  said.textContent = say('moved', { n: to + 1, of: scenes().length });
}

function add() {
  scenes().push({ id: freeSceneId(scenes()), titre: { fr: '', en: '' } });
  changed();
  select(scenes().length - 1);
  document.getElementById('champ-titre-fr').focus();
}

function addClaim() {
  const options = [...document.querySelectorAll('#registre option')];
  const typed = claim.value.trim();
  const found = options.find((option) => option.value === typed || option.textContent === typed);
  if (!typed) return;
  const chosen = scene().chiffres ?? [];
  const code = found?.value ?? typed;
  if (!chosen.includes(code)) scene().chiffres = [...chosen, code];
  claim.value = '';
  drawClaims();
  changed();
  claim.focus();
}

/** Asks for the faults; an answer that comes after a newer question is dropped. */
async function look() {
  const turn = ++state.asked;
  try {
    const { faults } = scenes().length ? await ask('verifier', written(state.presentation)) : { faults: [] };
    if (turn !== state.asked) return;
    state.faults = faults;
    drawFaults();
    drawList();
    drawPreview();
  } catch (error) {
    console.warn(error);
    told.textContent = say('failed');
  }
}

function placeOf(field) {
  return form.contains(field) ? `scenes[${state.at + 1}].${field.dataset.field ?? 'chiffres'}` : field.dataset.field;
}

function drawFaults() {
  for (const field of [...fields, claim]) {
    const found = state.faults.filter(({ where }) => where === placeOf(field));
    document.getElementById(`${field.id}-faute`).textContent = found.map(({ reason }) => reason).join(' ');
    if (found.length) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
  const count = state.faults.length;
  const head = el('p', { class: count ? 'warning' : '' }, say(['faultsNone', 'faultsOne'][count] ?? 'faultsOther', { n: count }));
  const rows = state.faults.map(({ where, reason }) => el('li', {}, el('a', { href: '#', 'data-where': where }, named(where)), ' ', reason));
  told.replaceChildren(head, el('ul', { class: 'plain' }, ...rows));
}

/** « Scène 2 · Cadrage » for `scenes[2].cadre`; the place itself when no field is of that name. */
function named(where) {
  const [, number, name] = /^scenes\[(\d+)\]\.(.*)$/.exec(where) ?? [];
  const field = [...fields, claim].find((one) => (number ? form.contains(one) : bar.contains(one)) && (one.dataset.field ?? 'chiffres') === (name ?? where));
  const label = field === claim ? form.querySelector('legend') : field && document.querySelector(`label[for="${field.id}"]`);
  if (!label) return where || '—';
  return number ? `${say('select', { n: number })} · ${label.textContent}` : label.textContent;
}

/** The scene in a small hall, when it has no fault and has changed. */
function drawPreview() {
  const n = state.at + 1;
  const isReady = scene() && !state.faults.some(({ where }) => where.startsWith(`scenes[${n}]`) || !where.startsWith('scenes['));
  const wanted = isReady ? JSON.stringify(scene()) : '';
  if (!wanted || wanted === state.shown) return;
  state.shown = wanted;
  const query = new URLSearchParams({ mode: 'salle', p: id, lang, apercu: '1', seule: scene().id });
  preview.src = `/presentation?${query}`;
  if (preview.contentWindow?.location.search === `?${query}`) preview.contentWindow.location.reload();
}

/** Goes to the field of a fault. */
function goTo(where) {
  const [, number, name] = /^scenes\[(\d+)\]\.?(.*)$/.exec(where) ?? [];
  if (number) select(Number(number) - 1);
  const found = fields.find((field) => placeOf(field) === where) ?? (name?.startsWith('chiffres') ? claim : null);
  found?.focus();
}

function start() {
  if (!state.presentation) {
    said.textContent = say('absent');
    return;
  }
  root.hidden = false;
  bar.hidden = false;
  for (const holder of [form, bar]) {
    holder.addEventListener('input', ({ target }) => {
      if (!target.dataset.field) return;
      const path = target.dataset.field;
      const typed = path === 'vue' ? target.value.replace(/^[^?]*\?/, '').replace(/#.*$/, '') : target.value;
      write(owner(target), path, typed);
      if (path === 'vue') document.getElementById('champ-vue-lien').href = `/?${typed}`;
      changed();
    });
    holder.addEventListener('submit', (event) => event.preventDefault());
  }
  claim.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); addClaim(); } });
  document.addEventListener('click', onClick);
  const wished = Number(/^#scene-(\d+)$/.exec(window.location.hash)?.[1] ?? 1);
  select(wished - 1);
  look();
}

async function onClick(event) {
  const button = event.target.closest('[data-act], [data-claim], [data-where]');
  if (!button) return;
  if (button.dataset.where !== undefined) {
    event.preventDefault();
    goTo(button.dataset.where);
  } else if (button.dataset.claim) {
    scene().chiffres = scene().chiffres.filter((code) => code !== button.dataset.claim);
    if (!scene().chiffres.length) delete scene().chiffres;
    drawClaims();
    changed();
  } else if (button.dataset.act === 'add') add();
  else if (button.dataset.act === 'claim') addClaim();
  else if (button.dataset.act === 'save') {
    const faults = await download(state.presentation).catch(() => null);
    if (faults === null) said.textContent = say('failed');
    else if (faults.length) { state.faults = faults; drawFaults(); told.scrollIntoView({ block: 'nearest' }); }
  } else acts[button.dataset.act](Number(button.closest('[data-at]').dataset.at));
}

start();
