/** The key figures of the selection, each with where it comes from. What is unknown is counted, never hidden. */
import { config, counted, el, number, text } from './text.mjs';
import { valuesOf } from './state.mjs';

const ROWS = [
  { name: 'territoires', source: 'territoires' },
  { name: 'sites', source: 'sites-annonces' },
  { name: 'projets', source: 'plan-de-relance' },
  { name: 'dans_ti', source: 'territoires-communes' },
];
/** The 78 sites of the France Relance announcements are those of these two waves. */
const WAVES_OF_78 = ['2020-01', '2020-07'];

export function createFigures() {
  const nodes = Object.fromEntries(ROWS.map(({ name, source }) => [name, row(source)]));
  const root = el('ul', { class: 'figures-list' }, ...ROWS.map(({ name }) => nodes[name].item));
  return {
    root,
    update(context) {
      for (const [name, write] of Object.entries({ territoires, sites, projets, dans_ti: insideTerritoires })) {
        const { value, label, note } = write(context);
        nodes[name].value.textContent = value;
        nodes[name].label.textContent = label;
        nodes[name].note.textContent = note;
      }
    },
  };
}

function row(source) {
  const value = el('strong', { class: 'figure-value' });
  const label = el('span', { class: 'figure-label' });
  const note = el('a', { href: `/sources${config.language === 'en' ? '?lang=en' : ''}#${source}` });
  return { value, label, note, item: el('li', { class: 'figure' }, value, label, el('small', { class: 'figure-source' }, note)) };
}

function territoires({ tables, results, state }) {
  const { label } = config.millesimes.find(({ code }) => code === state.millesime) ?? { label: state.millesime };
  return {
    value: number(results.territoires.n),
    label: counted('figure_territoires', results.territoires.n, { all: number(tables.territoires.n) }),
    note: text('figure_territoires_source', { millesime: label.replace(/\s*\(.*\)$/u, '') }),
  };
}

/** Documented sites against the announced number: the waves asked for, else the two of the 78. */
function sites({ tables, results, state }) {
  const facet = config.facets.find(({ name }) => name === 'vague');
  const asked = valuesOf(state, facet).filter((wave) => wave in config.announced);
  const isPast = (wave) => !state.date || config.waves[wave] <= state.date;
  const waves = (asked.length ? asked : WAVES_OF_78).filter(isPast);
  const announced = waves.reduce((total, wave) => total + config.announced[wave], 0);
  const { lists, codes } = tables.sites.columns.vague;
  const wanted = new Set(waves.map((wave) => codes.indexOf(wave)));
  const documented = lists.filter((places) => places.some((place) => wanted.has(place))).length;
  const isTotal = !asked.length;
  return {
    value: number(results.sites.n),
    label: counted('figure_sites', results.sites.n),
    note: text(isTotal ? 'figure_sites_78' : 'figure_sites_waves', { n: number(documented), announced: number(announced) }),
  };
}

function projets({ tables, results }) {
  return {
    value: number(results.projets.n),
    label: counted('figure_projets', results.projets.n, { all: number(tables.projets.n) }),
    note: text('figure_projets_source', { date: config.projectsDate }),
  };
}

function insideTerritoires({ tables, results }) {
  const { index, codes } = tables.projets.columns.ti;
  const { mask } = results.projets;
  const counts = new Uint32Array(codes.length + 1);
  for (let row = 0; row < mask.length; row += 1) if (mask[row]) counts[index[row] + 1] += 1;
  const n = Object.fromEntries(codes.map((code, place) => [code, counts[place + 1]]));
  return {
    value: number(n.dans),
    label: counted('figure_dans_ti', n.dans),
    note: text('figure_hors_ti', { hors: number(n.hors), inconnu: number(n.inconnu) }),
  };
}
