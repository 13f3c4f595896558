/**
 * Which objects a state leaves, and what each value of each facet would leave: the twin of `geodata/queries/filters.py`.
 * Within a facet values are alternatives; facets add up. A code unknown to the atlas is ignored.
 *
 * One pass a table: every row counts the criteria that it fails. Rows that fail none are kept; rows that fail exactly one
 * are what relaxing that criterion would bring back, hence the counts of its other values.
 */
import { NOT_STATED, valuesOf } from './state.mjs';
import { KINDS } from './objects.mjs';
import { config, fold } from './text.mjs';

const TEXT = 'q';
const UNKNOWN_YET = 255;

/**
 * @typedef {Object} KindResult
 * @property {Uint8Array} mask        1 for a kept row
 * @property {number} n               kept rows
 * @property {Object<string, Int32Array>} counts  per facet: [0] « non renseigné », [i + 1] the code at place i
 * @property {Object<string, number>} without     per active criterion: rows kept if it were relaxed
 */

/**
 * @param {import('./objects.mjs').Objects} objects
 * @param {import('./state.mjs').State} state
 * @param {object[]} facets  of the configuration
 * @returns {Object<string, KindResult>} per kind
 */
export function filterObjects(objects, state, facets) {
  const tables = objects.of(state.millesime);
  const words = fold(state.text).split(/\s+/u).filter(Boolean);
  return Object.fromEntries(KINDS.map((kind) => [kind, filterTable(tables[kind], state, facets, words, objects)]));
}

function filterTable(table, state, facets, words, objects) {
  const past = state.date ? knownAt(table, state.date) : null;
  const criteria = facets
    .filter((facet) => facet.applies.includes(table.kind) && table.columns[facet.name])
    .map((facet) => criterion(facet, past?.columns[facet.name] ?? table.columns[facet.name], state, objects));
  const isText = words.length > 0 && objects.names !== null;
  const found = isText ? matchText(objects.names.texts(table.kind, state.millesime), words) : null;
  const fails = new Uint8Array(table.n);
  const failing = new Uint8Array(table.n);
  criteria.forEach((item, place) => item.allowed && markFailures(item, place, fails, failing));
  if (found) {
    for (let row = 0; row < table.n; row += 1) if (!found[row]) { fails[row] += 1; failing[row] = criteria.length; }
  }
  // What was not known yet fails everything: no count and no relaxed criterion brings it back.
  if (past) for (let row = 0; row < table.n; row += 1) if (!past.isKnown[row]) fails[row] = UNKNOWN_YET;
  return summarise(table, criteria, fails, failing, found !== null);
}

/**
 * What of a table was known on a day: sites by the waves announced, projects by update date, territoires once a list of
 * their perimeter is at hand. `columns` replaces the waves by those announced by then.
 */
function knownAt(table, day) {
  const { n, columns } = table;
  if (table.kind === 'territoires') {
    return { isKnown: new Uint8Array(n).fill(day >= config.millesimes[0].from ? 1 : 0), columns: {} };
  }
  if (table.kind === 'projets') {
    const { index, codes } = columns.jour;
    const isPast = codes.map((code) => code <= day);
    const isKnown = new Uint8Array(n);
    for (let row = 0; row < n; row += 1) isKnown[row] = isPast[index[row]] ? 1 : 0;
    return { isKnown, columns: {} };
  }
  const { lists, codes } = columns.vague;
  const isPast = codes.map((code) => config.waves[code] <= day);
  const announced = lists.map((places) => places.filter((place) => isPast[place]));
  return { isKnown: Uint8Array.from(announced, (places) => (places.length ? 1 : 0)), columns: { vague: { lists: announced, codes } } };
}

/** What a facet lets through: `allowed[i + 1]` for the code at place i, `allowed[0]` for « non renseigné »; null = all. */
function criterion(facet, column, state, objects) {
  const asked = valuesOf(state, facet).filter((value) => isKnown(facet, value, state, objects));
  if (!asked.length) return { name: facet.name, column, allowed: null };
  const allowed = new Uint8Array(column.codes.length + 1);
  for (const value of asked) {
    const place = column.codes.indexOf(value);
    if (place >= 0) allowed[place + 1] = 1;
    else if (value === NOT_STATED) allowed[0] = 1;
  }
  return { name: facet.name, column, allowed };
}

/** Whether a facet accepts a code: its code list, else what the data hold. */
export function isKnown(facet, value, state, objects) {
  if (value === NOT_STATED) return facet.name !== 'mois';
  if (facet.values) return facet.values.some(({ code }) => code === value);
  if (facet.name === 'region' && objects.regions.code.includes(value)) return true;
  return objects.codesOf(facet.name, state.millesime).includes(value);
}

function markFailures({ column, allowed }, place, fails, failing) {
  const { index, lists } = column;
  for (let row = 0; row < fails.length; row += 1) {
    const passes = index ? allowed[index[row] + 1] : lists[row].some((code) => allowed[code + 1]);
    if (!passes) {
      fails[row] += 1;
      failing[row] = place;
    }
  }
}

function matchText(texts, words) {
  return Uint8Array.from(texts, (value) => (words.every((word) => value.includes(word)) ? 1 : 0));
}

function summarise(table, criteria, fails, failing, isText) {
  const mask = new Uint8Array(table.n);
  const kept = new Uint32Array(table.n);
  const alone = new Int32Array(criteria.length + 1);
  let n = 0;
  for (let row = 0; row < table.n; row += 1) {
    if (fails[row] === 0) {
      mask[row] = 1;
      kept[n] = row;
      n += 1;
    } else if (fails[row] === 1) alone[failing[row]] += 1;
  }
  const without = {};
  const counts = {};
  criteria.forEach(({ name, column, allowed }, place) => {
    counts[name] = new Int32Array(column.codes.length + 1);
    count(counts[name], column, kept.subarray(0, n));
    if (!allowed) return;
    without[name] = n + alone[place];
    count(counts[name], column, failingAlone(place, alone[place], fails, failing));
  });
  if (isText) without[TEXT] = n + alone[criteria.length];
  return { mask, n, counts, without };
}

/** The rows that fail one criterion and no other. */
function failingAlone(place, n, fails, failing) {
  const rows = new Uint32Array(n);
  let next = 0;
  for (let row = 0; row < fails.length; row += 1) if (fails[row] === 1 && failing[row] === place) { rows[next] = row; next += 1; }
  return rows;
}

/** Adds rows to the counts of a facet: one plain loop, which the browser makes fast. */
function count(counts, { index, lists }, rows) {
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    if (index) counts[index[row] + 1] += 1;
    else if (lists[row].length === 0) counts[0] += 1;
    else for (const code of lists[row]) counts[code + 1] += 1;
  }
}

/** The ids that a result keeps, in the order of the table. */
export function keptIds(table, result) {
  return table.id.filter((_, row) => result.mask[row]);
}
