/**
 * What the visitor is looking at, to and from the query string: the twin of `state.py`, same grammar, same order.
 * The store applies a change at once, writes the URL, and tells its subscribers and Dash.
 *
 * @typedef {object} State
 * @property {string} language
 * @property {'carte'|'liste'} view
 * @property {string} tab
 * @property {string} sort
 * @property {number} page
 * @property {string} millesime
 * @property {string} date  the day as of which the atlas is shown, `YYYY-MM-DD`; empty: as published. It decides the millesime
 * @property {Object<string, string[]>} filters  only the facets that differ from their default, values sorted
 * @property {string} text
 * @property {string} selected  `kind:code`, or empty
 * @property {string[]} layers  shown on the map, in the order of LAYERS
 * @property {string} publication  first twelve digits of the publication that the link was made with, or empty
 */

const LANGUAGES = ['fr', 'en'];
const VIEWS = ['carte', 'liste'];
const TABS = ['projets', 'sites', 'territoires', 'regions'];
export const LAYERS = ['territoires', 'sites', 'projets', 'regions', 'departements', 'epci', 'villes', 'gares', 'ports', 'aeroports', 'postes', 'importes'];
const DEFAULT_LAYERS = ['territoires', 'sites', 'projets', 'regions', 'departements', 'villes', 'importes'];
const NO_LAYER = 'aucune';
const SELECTABLE = ['territoire', 'site', 'projet', 'region', 'commune', 'importe'];
export const NOT_STATED = 'aucun';
const MAX_VALUES = 200;
const MAX_TEXT = 100;
const MAX_QUERY = 8000;

/** Reads a query string. Never fails: what it cannot read is the default. */
export function parse(search, { facets, millesimes, starts }) {
  const last = Object.fromEntries(new URLSearchParams(search.replace(/^\?+/, '').slice(0, MAX_QUERY)));
  const date = readDay(last.date ?? '');
  const words = (last.q ?? '').split(/\s+/u).filter(Boolean).join(' ');
  return {
    language: oneOf(last.lang, LANGUAGES),
    view: oneOf(last.vue, VIEWS),
    tab: oneOf(last.onglet, TABS),
    sort: readSort(last.tri ?? ''),
    page: readPage(last.page ?? '1'),
    millesime: date ? millesimeAt(date, millesimes, starts) : oneOf(last.millesime, millesimes),
    filters: readFilters(last, facets),
    text: [...words].slice(0, MAX_TEXT).join('').trim(),
    selected: readSelected(last.sel ?? ''),
    layers: readLayers(last.couches ?? ''),
    date,
    publication: readPublication(last.publication ?? ''),
  };
}

/** The canonical query string, without `?`; empty for the default state. */
export function format(state, { facets, millesimes }) {
  const pairs = [
    ['lang', state.language, LANGUAGES[0]],
    ['vue', state.view, VIEWS[0]],
    ['onglet', state.tab, TABS[0]],
    ['tri', state.sort, ''],
    ['page', String(state.page), '1'],
    ['date', state.date, ''],
    ['millesime', state.date ? '' : state.millesime, state.date ? '' : millesimes[0]],
    ...facets.map(({ name }) => [name, (state.filters[name] ?? []).join(','), '']),
    ['q', state.text, ''],
    ['sel', state.selected, ''],
    ['couches', state.layers.join(',') || NO_LAYER, DEFAULT_LAYERS.join(',')],
    ['publication', state.publication, ''],
  ];
  return pairs
    .filter(([, value, byDefault]) => value !== byDefault)
    .map(([name, value]) => `${name}=${quote(value)}`)
    .join('&');
}

/** As Python's `quote(value, safe=',:-.')`. */
function quote(value) {
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%2C/g, ',')
    .replace(/%3A/g, ':');
}

function oneOf(value, allowed) {
  return allowed.includes(value) ? value : allowed[0];
}

/** A day of the calendar between the years 1000 and 2999, or nothing. */
function readDay(value) {
  if (!/^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$/.test(value)) return '';
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === value ? value : '';
}

/** The perimeter list in force on a day; the first one before any. `starts`: their first days, in order. */
function millesimeAt(day, millesimes, starts) {
  return millesimes[Math.max(starts.filter((start) => start <= day).length - 1, 0)];
}

function readSort(value) {
  return [...value].length <= 40 && /^-*[\p{L}\p{N}_]*[\p{L}\p{N}][\p{L}\p{N}_]*$/u.test(value) ? value : '';
}

function readPage(value) {
  return /^[0-9]{1,5}$/.test(value) ? Math.max(Number(value), 1) : 1;
}

function readSelected(value) {
  const colon = value.indexOf(':');
  const kind = value.slice(0, Math.max(colon, 0));
  const code = value.slice(colon + 1);
  const isClean = [...code].length <= 40 && /^[\p{L}\p{N}|_-]*[\p{L}\p{N}][\p{L}\p{N}|_-]*$/u.test(code);
  return colon > 0 && SELECTABLE.includes(kind) && isClean ? value : '';
}

function readPublication(value) {
  const digits = value.slice(0, 12);
  return /^[0-9a-f]{12}$/.test(digits) ? digits : '';
}

function readLayers(value) {
  if (value === NO_LAYER) return [];
  const asked = value.split(',');
  const known = LAYERS.filter((name) => asked.includes(name));
  return known.length ? known : DEFAULT_LAYERS;
}

function readFilters(last, facets) {
  const found = {};
  for (const { name, default: byDefault } of facets) {
    const values = clean((last[name] ?? '').split(','));
    if (values.length && values.join() !== clean(byDefault).join()) found[name] = values;
  }
  return found;
}

function clean(values) {
  return [...new Set(values.filter(Boolean))].sort().slice(0, MAX_VALUES);
}

/** The values asked of a facet: the visitor's, else its default; empty means every value. */
export function valuesOf(state, facet) {
  return state.filters[facet.name] ?? facet.default;
}

/**
 * The store. `grammar` is `{facets, millesimes, starts}` of the page's configuration; `settled()` a promise that the map has drawn:
 * the server's part (charts, lists, details) starts after it, so that the two do not share the browser's one thread.
 * A change of the filters, the text or the millesime goes back to the first page of the list.
 */
export function createStore(grammar, settled) {
  let state = parse(window.location.search, grammar);
  let query = format(state, grammar);
  const subscribers = new Set();
  let drawn = Promise.resolve();

  function apply(next) {
    const before = state;
    state = next;
    query = format(state, grammar);
    subscribers.forEach((call) => call(state, before));
  }

  /**
   * The address follows at once, and Dash hears of it as of one of its own links. In the frame of another site it stays
   * embedded, and the back button stays that site's.
   */
  function write(replace) {
    const isEmbedded = new URLSearchParams(window.location.search).get('embed') === '1';
    const written = [query, isEmbedded && 'embed=1'].filter(Boolean).join('&');
    const address = window.location.pathname + (written ? `?${written}` : '') + window.location.hash;
    window.history[replace || isEmbedded ? 'replaceState' : 'pushState'](window.history.state, '', address);
    drawn = settled();
    setTimeout(() => window.dispatchEvent(new CustomEvent('_dashprivate_pushstate')));
  }

  function patch(change, { replace = false } = {}) {
    const narrows = ['filters', 'text', 'millesime', 'date'].some((name) => name in change);
    const next = { ...state, ...(narrows ? { page: 1 } : {}), ...change };
    const canonical = parse(format(next, grammar), grammar);
    if (format(canonical, grammar) === query) return;
    apply(canonical);
    write(replace);
  }

  /** What a link of the page asks for. */
  function go(search) {
    const next = parse(search, grammar);
    if (format(next, grammar) === query) return;
    apply(next);
    write(false);
  }

  function sync(search) {
    const next = parse(search, grammar);
    if (format(next, grammar) !== query) apply(next);
  }

  document.addEventListener('atlas:url', () => sync(window.location.search));
  window.addEventListener('popstate', () => sync(window.location.search));

  return {
    get: () => state,
    parseOnly: (search) => parse(search, grammar),
    formatOnly: (other) => format(other, grammar),
    query: () => query,
    /** Resolves when the map shows the last change. */
    drawn: () => drawn,
    patch,
    go,
    sync,
    subscribe(call) {
      subscribers.add(call);
      return () => subscribers.delete(call);
    },
    /** Adds or removes one value of one facet; the first click on a default starts from that default. */
    toggle(facetName, value) {
      const facet = grammar.facets.find((item) => item.name === facetName);
      if (!facet) return;
      const chosen = new Set(valuesOf(state, facet));
      if (!chosen.delete(value)) chosen.add(value);
      this.setFacet(facetName, [...chosen]);
    },
    /** The values of one facet; an empty list is the facet's default. */
    setFacet(facetName, values) {
      const filters = { ...state.filters };
      delete filters[facetName];
      if (values.length) filters[facetName] = values;
      patch({ filters });
    },
    clear: () => patch({ filters: {}, text: '' }),
  };
}
