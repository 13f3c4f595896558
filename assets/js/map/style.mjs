/**
 * The map's style: sources and layers from bottom to top, colours from the page's CSS custom properties.
 * No glyphs and no sprite are fetched: MapLibre draws text from the page's own font, icons come from icons.mjs.
 */

/** Zoom from which the close-up geometry is worth loading. */
export const DETAIL_ZOOM = 7.5;
const FONT = ['Public Sans'];
const FONT_STRONG = ['Public Sans Semibold'];
const EMPTY = { type: 'FeatureCollection', features: [] };

/** The colours of the current theme. */
export function readTheme() {
  const css = getComputedStyle(document.documentElement);
  const get = (name) => css.getPropertyValue(`--map-${name}`).trim();
  const names = ['sea', 'land', 'neighbour', 'water', 'region-line', 'departement-line', 'epci-line', 'territoire', 'projet',
    'site', 'paper', 'label', 'halo', 'reference'];
  return Object.fromEntries(names.map((name) => [name, get(name)]));
}

const is = (name) => ['boolean', ['feature-state', name], false];
const byZoom = (...stops) => ['interpolate', ['linear'], ['zoom'], ...stops];
const byZoomCurve = (...stops) => ['interpolate', ['exponential', 1.5], ['zoom'], ...stops];

function polygons(id) {
  return { type: 'geojson', data: EMPTY, promoteId: id, tolerance: 0.3, buffer: 32, maxzoom: 12 };
}

function points(id) {
  return { type: 'geojson', data: EMPTY, promoteId: id, buffer: 32, maxzoom: 10 };
}

/** Every source starts empty: index.mjs gives each its file when it is due. */
function sources() {
  return {
    fond: { type: 'geojson', data: EMPTY, tolerance: 0.3, maxzoom: 10 },
    regions: polygons('code_region'),
    territoires: polygons('territoire_id'),
    departements: polygons('code_departement'),
    epci: polygons('code_epci'),
    ...Object.fromEntries(['villes', 'gares', 'aeroports', 'ports', 'postes'].map((name) => [name, { type: 'geojson', data: EMPTY }])),
    projets: points('key'),
    sites: points('key'),
  };
}

/** Layers that come with the second frame: each kind of line costs the first one a shader, a tenth of a second. */
export const SECOND = ['fleuves', 'territoires-bord', 'departements', 'regions', 'villes'];
const LATER = { visibility: 'none' };

/** An opacity of one that is written like the territoires' own, so that every fill shares one shader. */
const FULL = ['case', is('out'), 1, 1];

/** The sea is the canvas's background (css/map.css): one layer and one shader less. */
function ground(c) {
  const of = (type) => ['==', ['get', 'type'], type];
  const fill = (color) => ({ 'fill-color': color, 'fill-opacity': FULL, 'fill-antialias': false });
  return [
    { id: 'pays', type: 'fill', source: 'fond', filter: of('pays'), paint: fill(c.neighbour) },
    { id: 'terre', type: 'fill', source: 'regions', paint: fill(c.land) },
    { id: 'lacs', type: 'fill', source: 'fond', filter: of('lac'), paint: fill(c.sea) },
    {
      id: 'fleuves', type: 'line', source: 'fond', filter: of('fleuve'), layout: LATER,
      paint: { 'line-color': c.water, 'line-width': byZoom(4, 0.5, 9, 1.6), 'line-opacity': 0.8 },
    },
  ];
}

function programme(c) {
  const opacity = ['case', is('out'), 0.05, is('hover'), 0.52, is('selected'), 0.5, 0.27];
  return [
    {
      id: 'territoires', type: 'fill', source: 'territoires',
      paint: { 'fill-color': c.territoire, 'fill-opacity': opacity, 'fill-antialias': false },
    },
    {
      id: 'territoires-bord', type: 'line', source: 'territoires', layout: { ...LATER, 'line-join': 'round' },
      paint: {
        'line-color': ['case', is('selected'), c.projet, c.territoire],
        'line-width': byZoom(4, ['case', is('selected'), 2.2, is('hover'), 1.4, 0.4], 8, ['case', is('selected'), 3, is('hover'), 2, 1]),
        'line-opacity': ['case', is('selected'), 1, is('out'), 0.15, 0.75],
      },
    },
  ];
}

function borders(c) {
  return [
    {
      id: 'epci', type: 'line', source: 'epci', layout: { visibility: 'none' },
      paint: { 'line-color': c['epci-line'], 'line-width': 0.5, 'line-dasharray': [3, 2] },
    },
    {
      id: 'departements', type: 'line', source: 'departements', layout: LATER,
      paint: { 'line-color': c['departement-line'], 'line-width': byZoom(4, 0.35, 9, 0.9) },
    },
    {
      id: 'regions', type: 'line', source: 'regions', layout: { ...LATER, 'line-join': 'round' },
      paint: { 'line-color': c['region-line'], 'line-width': byZoom(4, 0.8, 9, 1.8) },
    },
    {
      id: 'regions-choisie', type: 'line', source: 'regions', layout: { visibility: 'none', 'line-join': 'round' },
      paint: { 'line-color': c.projet, 'line-width': 2.4, 'line-opacity': ['case', is('selected'), 1, 0] },
    },
  ];
}

function references(c) {
  const symbol = (id, icon, extra = {}) => ({
    id, type: 'symbol', source: id, ...extra,
    layout: {
      visibility: 'none', 'icon-image': icon, 'icon-size': byZoom(4, 0.5, 9, 0.8), 'icon-allow-overlap': true,
      'text-field': ['step', ['zoom'], '', 9, ['coalesce', ['get', 'nom'], '']], 'text-font': FONT, 'text-size': 10.5,
      'text-anchor': 'left', 'text-offset': [0.8, 0], 'text-optional': true,
    },
    paint: { 'text-color': c.reference, 'text-halo-color': c.halo, 'text-halo-width': 1.2 },
  });
  return [
    symbol('postes', 'poste'),
    symbol('gares', 'gare', { filter: ['==', ['get', 'is_fret'], true] }),
    symbol('ports', 'port'),
    symbol('aeroports', 'aeroport'),
  ];
}

/** City names lie over the projects, which would make them unreadable, and under the sites. */
function cities(c) {
  return {
    id: 'villes', type: 'symbol', source: 'villes',
    filter: ['<=', ['get', 'rang'], ['step', ['zoom'], 1, 5.4, 2, 6.6, 3, 7.8, 4, 9, 9]],
    layout: {
      ...LATER, 'text-field': ['get', 'nom'], 'text-font': FONT, 'text-size': byZoom(4, 10.5, 8, 13), 'text-padding': 4,
      'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'], 'text-radial-offset': 0.6,
      'symbol-sort-key': ['get', 'rang'],
    },
    paint: { 'text-color': c.label, 'text-halo-color': c.halo, 'text-halo-width': 1.6 },
  };
}

function objects(c) {
  const root = ['sqrt', ['get', 'n']];
  const radius = (base, cap) => ['min', ['*', base, root], cap];
  const isCommune = ['==', ['get', 'precise'], 0];
  const stroke = (commune, address) => ['case', is('selected'), 3, is('hover'), 2.4, isCommune, commune, address];
  return [
    {
      id: 'projets', type: 'circle', source: 'projets', layout: { 'circle-sort-key': ['-', 0, ['get', 'n']] },
      paint: {
        'circle-radius': byZoomCurve(4, radius(1.35, 9), 6, radius(2.1, 14), 9, radius(3.8, 24), 13, radius(6.5, 36)),
        'circle-color': ['case', isCommune, c.paper, c.projet],
        'circle-opacity': ['case', isCommune, 0.65, 0.82],
        'circle-stroke-color': ['case', is('selected'), c.site, isCommune, c.projet, c.paper],
        'circle-stroke-width': byZoom(4, stroke(0.65, 0.25), 8, stroke(1.3, 0.7)),
        'circle-stroke-opacity': 0.9,
      },
    },
    {
      id: 'projets-nombre', type: 'symbol', source: 'projets', minzoom: 7.2, filter: ['>', ['get', 'n'], 1],
      layout: { 'text-field': ['to-string', ['get', 'n']], 'text-font': FONT_STRONG, 'text-size': byZoom(7, 9.5, 11, 12), 'text-allow-overlap': true },
      paint: { 'text-color': ['case', isCommune, c.projet, c.paper], 'text-halo-color': ['case', isCommune, c.paper, c.projet], 'text-halo-width': 0.8 },
    },
    {
      id: 'sites-halo', type: 'circle', source: 'sites', layout: { visibility: 'none' },
      paint: {
        'circle-radius': byZoom(4, 10, 9, 17), 'circle-color': c.site,
        'circle-opacity': ['case', is('selected'), 0.3, is('hover'), 0.22, 0],
        'circle-stroke-color': c.site, 'circle-stroke-width': ['case', is('selected'), 2, 0],
      },
    },
    {
      id: 'sites', type: 'symbol', source: 'sites',
      layout: {
        'icon-image': ['case', isCommune, 'site-commune', 'site'], 'icon-size': byZoom(4, 0.56, 9, 0.95), 'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'text-field': ['step', ['zoom'], '', 7.2, ['case', ['>', ['get', 'n'], 1], ['to-string', ['get', 'n']], '']],
        'text-font': FONT_STRONG, 'text-size': 11, 'text-offset': [1, -0.8], 'text-optional': true,
      },
      paint: { 'text-color': c.site, 'text-halo-color': c.halo, 'text-halo-width': 1.4 },
    },
  ];
}

/** The whole style: sources, then layers from bottom to top. */
export function style() {
  const c = readTheme();
  const [projets, nombres, ...sites] = objects(c);
  const layers = [...ground(c), ...programme(c), ...borders(c), ...references(c), projets, nombres, cities(c), ...sites];
  return { version: 8, sources: sources(), layers };
}
