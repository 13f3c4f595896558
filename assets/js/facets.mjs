/**
 * The filters: one `<details>` a facet, real checkboxes, the number that each value would leave.
 * Built once a millesime; an update only writes text, a width and a few attributes.
 */
import { config, counted, el, fold, month, number, text } from './text.mjs';
import { NOT_STATED, valuesOf } from './state.mjs';

const OPEN = ['region', 'filiere', 'mesure'];
const SHORT = 8;
const SEARCHABLE = 20;

export function createFacets(store, objects) {
  const root = el('div', { class: 'facet-root' });
  const radios = millesimes(store);
  let built = '';
  let groups = [];

  /** A change of the millesime makes new values; open facets stay open. */
  function build(context) {
    if (built === context.state.millesime) return;
    const isFirst = built === '';
    built = context.state.millesime;
    const open = isFirst ? OPEN : groups.filter(({ node }) => node.open).map(({ facet }) => facet.name);
    groups = config.facets.map((facet) => createGroup(facet, store, objects, open.includes(facet.name)));
    root.replaceChildren(radios, ...groups.map(({ node }) => node), closeButton());
  }

  return {
    root,
    update(context) {
      build(context);
      radios.querySelectorAll('input').forEach((radio) => { radio.checked = radio.value === context.state.millesime; });
      groups.forEach((group) => group.update(context));
    },
  };
}

/** The values of a facet as `{code, label}`: those of the code list, else those that the data hold. */
function valuesOfFacet(facet, state, objects) {
  if (facet.values) return [...facet.values, ...notStated(facet, objects, state)];
  const codes = facet.name === 'region' ? [...new Set([...objects.regions.code, ...objects.codes.region])] : objects.codesOf(facet.name, state.millesime);
  const nameOf = (code) => (facet.name === 'mois' ? month(code) : (objects.names?.ofCode(facet.name, code, state.millesime) ?? code));
  const values = codes.map((code) => ({ code, label: nameOf(code) }));
  if (facet.name === 'departement') values.forEach((value) => { value.label = `${value.code} ${value.label}`; });
  const byCode = facet.name === 'mois' || facet.name === 'departement';
  values.sort((a, b) => (byCode ? a.code.localeCompare(b.code) : a.label.localeCompare(b.label, config.language)));
  return [...values, ...notStated(facet, objects, state)];
}

/** « non renseigné », when at least one row says nothing. */
function notStated(facet, objects, state) {
  const tables = objects.of(state.millesime);
  const isUsed = facet.applies.some((kind) => tables[kind].columns[facet.name]?.index?.includes(-1));
  return isUsed ? [{ code: NOT_STATED, label: text('not_stated') }] : [];
}

function millesimes(store) {
  const radio = ({ code, label }) => el('label', { class: 'facet-radio' },
    el('input', { type: 'radio', name: 'atlas-millesime', value: code, onchange: () => store.patch({ millesime: code, date: '' }) }), el('span', {}, label));
  return el('fieldset', { class: 'facet-millesime' }, el('legend', {}, text('millesime')), ...config.millesimes.map(radio));
}

function closeButton() {
  const close = () => document.dispatchEvent(new CustomEvent('atlas:facets', { detail: false }));
  return el('button', { type: 'button', class: 'facets-close button button-strong', onclick: close }, text('see_results'));
}

/** One facet. Its rows are made when it is first open: a closed one only shows how many values are chosen. */
function createGroup(facet, store, objects, isOpen) {
  const badge = el('span', { class: 'facet-badge', hidden: true });
  const body = el('div', { role: 'group', 'aria-label': facet.label });
  const node = el('details', { class: 'facet', 'data-facet': facet.name, open: isOpen },
    el('summary', {}, el('span', { class: 'facet-name' }, facet.label), badge), body);
  let context = null;
  let rows = null;
  let list = null;

  function write() {
    if (!node.open) return;
    if (!rows) {
      rows = valuesOfFacet(facet, context.state, objects).map((value) => createRow(facet, value, store, context));
      list = fillBody(facet, rows, body);
    }
    updateRows({ facet, rows, list }, context);
  }

  node.addEventListener('toggle', () => context && write());
  return {
    facet,
    node,
    update(current) {
      context = current;
      const n = (current.state.filters[facet.name] ?? []).length;
      badge.hidden = n === 0;
      badge.textContent = n ? number(n) : '';
      write();
    },
  };
}

function fillBody(facet, rows, body) {
  const list = el('div', { class: 'facet-values' }, ...rows.map(({ node }) => node));
  const more = rows.length > SHORT + 1 ? el('button', { type: 'button', class: 'facet-more' }) : null;
  if (more) bindMore(more, list, rows.length);
  body.append(...[rows.length > SEARCHABLE ? searchBox(facet, rows, list) : null, list, more].filter(Boolean));
  return list;
}

function bindMore(more, list, n) {
  const write = (isOpen) => {
    list.classList.toggle('is-short', !isOpen);
    more.setAttribute('aria-expanded', String(isOpen));
    more.textContent = isOpen ? text('show_less') : text('show_more', { n: number(n - SHORT) });
  };
  more.addEventListener('click', () => write(more.getAttribute('aria-expanded') !== 'true'));
  write(false);
}

function searchBox(facet, rows, list) {
  const input = el('input', { type: 'search', class: 'facet-search', placeholder: text('search_in_list'), 'aria-label': `${facet.label} : ${text('search_in_list')}` });
  input.addEventListener('input', () => {
    const words = fold(input.value).split(/\s+/u).filter(Boolean);
    list.classList.toggle('is-searched', words.length > 0);
    for (const row of rows) row.node.hidden = !words.every((word) => row.folded.includes(word));
  });
  return input;
}

function createRow(facet, { code, label }, store, { objects, state }) {
  const box = el('input', { type: 'checkbox', value: code, onchange: () => store.toggle(facet.name, code) });
  const count = el('span', { class: 'facet-count' });
  const bar = el('span', { class: 'facet-bar', 'aria-hidden': 'true' });
  const node = el('label', { class: 'facet-row' }, box, el('span', { class: 'facet-label' }, label), count, bar);
  return { code, node, box, count, bar, folded: fold(label), places: placesOf(facet, code, objects.of(state.millesime)), main: -1 };
}

/** Where each kind counts a value: `[kind, place]`; 0 is « non renseigné ». */
function placesOf(facet, code, tables) {
  return facet.applies
    .map((kind) => [kind, code === NOT_STATED ? 0 : (tables[kind].columns[facet.name]?.codes.indexOf(code) ?? -1) + 1])
    .filter(([, place]) => place > 0 || code === NOT_STATED);
}

function updateRows({ facet, rows, list }, { state, results }) {
  const chosen = new Set(valuesOf(state, facet));
  const main = ['projets', 'sites', 'territoires'].find((kind) => facet.applies.includes(kind));
  const counts = rows.map(({ places }) => {
    const found = places.find(([kind]) => kind === main);
    return found ? (results[main].counts[facet.name]?.[found[1]] ?? 0) : 0;
  });
  const longest = Math.max(1, ...counts);
  rows.forEach((row, i) => writeRow(row, counts[i], chosen.has(row.code), longest, () => titleOf(row, facet, results)));
  reorder(facet, rows, counts, list);
}

function writeRow(row, main, isChosen, longest, title) {
  if (row.main !== main) {
    row.main = main;
    row.count.textContent = number(main);
    row.node.classList.toggle('is-empty', main === 0);
    row.count.title = title();
  }
  const share = Math.round((100 * main) / longest);
  if (row.share !== share) {
    row.share = share;
    row.bar.style.setProperty('--share', `${share}%`);
  }
  if (row.box.checked !== isChosen) row.box.checked = isChosen;
}

/** Every kind that the facet narrows: « 492 projets · 12 sites ». */
function titleOf({ places }, facet, results) {
  return places.map(([kind, place]) => counted(`n_${kind}`, results[kind].counts[facet.name]?.[place] ?? 0)).join(' · ');
}

/** Long lists without an order of their own show the biggest first, the chosen ones above; never under the visitor's hand. */
function reorder(facet, rows, counts, list) {
  if (facet.name === 'mois' || facet.values || rows.length <= SHORT + 1 || list.contains(document.activeElement)) return;
  const rank = rows.map((row, i) => ({ row, weight: (row.box.checked ? 1e9 : 0) + counts[i] }));
  rank.sort((a, b) => b.weight - a.weight);
  if (rank.some(({ row }, i) => list.children[i] !== row.node)) list.append(...rank.map(({ row }) => row.node));
}
