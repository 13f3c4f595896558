/** What is on: the result in one sentence, a chip a criterion, and, when nothing is left, what to relax. */
import { config, counted, el, number, text } from './text.mjs';
import { valuesOf, NOT_STATED } from './state.mjs';
import { labelOf } from './describe.mjs';

export function createActive(store, objects) {
  const sentence = el('p', { class: 'active-sentence', role: 'status' });
  const chips = el('ul', { class: 'chips' });
  const empty = el('div', { class: 'active-empty', hidden: true });
  const root = el('div', { class: 'active-root facet-root' }, sentence, chips, empty);
  let written = null;

  return {
    root,
    update({ state, results }) {
      const { projets, sites, territoires } = results;
      const next = text('result', {
        projets: counted('n_projets', projets.n), sites: counted('n_sites', sites.n), territoires: counted('n_territoires', territoires.n),
      });
      if (sentence.textContent !== next) sentence.textContent = next;
      const key = JSON.stringify([state.filters, state.text, state.millesime, objects.names !== null]);
      if (key !== written) chips.replaceChildren(...chipsOf(state, store, objects));
      written = key;
      const isEmpty = projets.n + sites.n + territoires.n === 0 || (projets.n === 0 && sites.n === 0);
      empty.hidden = !isEmpty;
      if (isEmpty) empty.replaceChildren(...explain(state, results, store));
    },
  };
}

/** Words for one value of one facet. */
function wordsOf(facet, code, state, objects) {
  if (code === NOT_STATED) return text('not_stated');
  return facet.values ? labelOf(facet.name, code) : (objects.names?.ofCode(facet.name, code, state.millesime) ?? code);
}

function chipsOf(state, store, objects) {
  const chips = config.facets.flatMap((facet) => (state.filters[facet.name] ?? []).map((code) => {
    const words = wordsOf(facet, code, state, objects);
    return chip(facet.label, words, () => store.toggle(facet.name, code));
  }));
  if (state.text) chips.unshift(chip(text('search'), `« ${state.text} »`, () => store.patch({ text: '' })));
  if (chips.length > 0) {
    const all = el('button', { type: 'button', class: 'chip-clear', onclick: () => store.clear() }, text('clear_all'));
    chips.push(el('li', {}, all));
  }
  return chips;
}

function chip(group, words, onclick) {
  const label = text('remove_filter', { filter: `${group} ${words}` });
  return el('li', {}, el('button', { type: 'button', class: 'chip', 'aria-label': label, title: `${group} : ${words}`, onclick },
    el('span', {}, words), el('span', { class: 'chip-cross', 'aria-hidden': 'true' }, '×')));
}

/** Which criteria exclude what: for each one, what relaxing it alone would bring back. */
function explain(state, results, store) {
  const names = [...config.facets.filter((facet) => isActive(facet, state)), ...(state.text ? [{ name: 'q', label: text('search') }] : [])];
  const gains = names.map((facet) => ({ facet, n: gainOf(facet.name, results) })).sort((a, b) => b.n - a.n);
  const relax = ({ facet, n }) => el('li', {}, el('button', {
    type: 'button', class: 'button', onclick: () => (facet.name === 'q' ? store.patch({ text: '' }) : relaxFacet(facet, store)),
  }, text('relax', { filter: facet.label, n: number(n) })));
  const total = results.projets.mask.length + results.sites.mask.length;
  const useful = gains.filter(({ n }) => n > 0);
  const key = useful.length ? 'empty' : 'empty_together';
  return [
    el('p', {}, text(key, { n: number(gains.length), all: number(total) })),
    useful.length ? el('ul', { class: 'relax' }, ...useful.map(relax)) : null,
    el('button', { type: 'button', class: 'button button-strong', onclick: () => store.clear() }, text('clear_all')),
  ].filter(Boolean);
}

const isActive = (facet, state) => valuesOf(state, facet).length > 0;

/** A default that hides rows is relaxed by asking for every value. */
function relaxFacet(facet, store) {
  store.setFacet(facet.name, facet.default.length ? facet.values.map(({ code }) => code) : []);
}

function gainOf(name, results) {
  return ['projets', 'sites'].reduce((total, kind) => total + (results[kind].without[name] ?? 0), 0);
}
