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
  let built = null;
  let groups = [];

  function build(state) {
    built = state.millesime + (objects.names ? '+' : '');
    const openNames = new Set([...root.querySelectorAll('details[open]')].map((node) => node.dataset.facet));
    const isFirst = groups.length === 0;
    groups = config.facets.map((facet) => createGroup(facet, valuesOfFacet(facet, state, objects), store));
    for (const group of groups) group.node.open = isFirst ? OPEN.includes(group.facet.name) : openNames.has(group.facet.name);
    root.replaceChildren(millesimes(store), ...groups.map(({ node }) => node), closeButton());
  }

  return {
    root,
    update(state, results) {
      if (built !== state.millesime + (objects.names ? '+' : '')) build(state);
      root.querySelectorAll('input[type=radio]').forEach((radio) => { radio.checked = radio.value === state.millesime; });
      groups.forEach((group) => group.update(state, results, objects));
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
    el('input', { type: 'radio', name: 'atlas-millesime', value: code, onchange: () => store.patch({ millesime: code }) }), el('span', {}, label));
  return el('fieldset', { class: 'facet-millesime' }, el('legend', {}, text('millesime')), ...config.millesimes.map(radio));
}

function closeButton() {
  const close = () => document.dispatchEvent(new CustomEvent('atlas:facets', { detail: false }));
  return el('button', { type: 'button', class: 'facets-close button button-strong', onclick: close }, text('see_results'));
}

function createGroup(facet, values, store) {
  const badge = el('span', { class: 'facet-badge', hidden: true });
  const rows = values.map((value) => createRow(facet, value, store));
  const list = el('div', { class: 'facet-values' }, ...rows.map(({ node }) => node));
  const isLong = rows.length > SHORT + 1;
  const more = isLong ? el('button', { type: 'button', class: 'facet-more', 'aria-expanded': 'false' }) : null;
  const search = rows.length > SEARCHABLE ? searchBox(facet, rows, list) : null;
  const node = el('details', { class: 'facet', 'data-facet': facet.name },
    el('summary', {}, el('span', { class: 'facet-name' }, facet.label), badge),
    el('div', { role: 'group', 'aria-label': facet.label }, search, list, more));
  if (more) bindMore(more, list, rows.length);
  return { facet, node, update: (state, results, objects) => updateGroup({ facet, rows, badge, list }, state, results, objects) };
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

function createRow(facet, { code, label }, store) {
  const box = el('input', { type: 'checkbox', value: code, onchange: () => store.toggle(facet.name, code) });
  const count = el('span', { class: 'facet-count' });
  const bar = el('span', { class: 'facet-bar', 'aria-hidden': 'true' });
  const node = el('label', { class: 'facet-row' }, box, el('span', { class: 'facet-label' }, label), count, bar);
  return { code, node, box, count, bar, folded: fold(label) };
}

function updateGroup({ facet, rows, badge, list }, state, results, objects) {
  const chosen = new Set(valuesOf(state, facet));
  const counts = rows.map(({ code }) => countsOf(facet, code, results, objects, state));
  const longest = Math.max(1, ...counts.map(({ main }) => main));
  rows.forEach((row, place) => writeRow(row, counts[place], chosen.has(row.code), longest));
  const n = (state.filters[facet.name] ?? []).length;
  badge.hidden = n === 0;
  badge.textContent = n ? number(n) : '';
  reorder(facet, rows, counts, list);
}

/** Long lists without an order of their own show the biggest first, the chosen ones above. */
function reorder(facet, rows, counts, list) {
  if (facet.name === 'mois' || facet.values || rows.length <= SHORT + 1 || list.contains(document.activeElement)) return;
  const rank = rows.map((row, place) => ({ row, weight: (row.box.checked ? 1e9 : 0) + counts[place].main }));
  rank.sort((a, b) => b.weight - a.weight);
  if (rank.some(({ row }, place) => list.children[place] !== row.node)) list.append(...rank.map(({ row }) => row.node));
}

function writeRow({ node, box, count, bar }, { main, title }, isChosen, longest) {
  const written = number(main);
  if (count.textContent !== written) {
    count.textContent = written;
    count.title = title;
    node.classList.toggle('is-empty', main === 0);
  }
  const width = `${Math.round((100 * main) / longest)}%`;
  if (bar.style.getPropertyValue('--share') !== width) bar.style.setProperty('--share', width);
  box.checked = isChosen;
}

/** What a value would leave: projects when the facet applies to them, else sites; every kind in the title. */
function countsOf(facet, code, results, objects, state) {
  const perKind = facet.applies.map((kind) => {
    const { codes } = objects.of(state.millesime)[kind].columns[facet.name] ?? { codes: [] };
    const place = code === NOT_STATED ? 0 : codes.indexOf(code) + 1;
    const isKnown = place > 0 || code === NOT_STATED;
    return [kind, isKnown ? (results[kind].counts[facet.name]?.[place] ?? 0) : 0];
  });
  const byKind = Object.fromEntries(perKind);
  const main = byKind.projets ?? byKind.sites ?? byKind.territoires ?? 0;
  return { main, title: perKind.map(([kind, n]) => counted(`n_${kind}`, n)).join(' · ') };
}
