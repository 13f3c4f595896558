/**
 * The overseas regions around the mainland: five small pictures drawn from the same overview files, with their projects
 * and sites; a click brings the main map there. What lies elsewhere (Pacific) has a button without a picture.
 */
import { fetchJson } from '../objects.mjs';
import { el, number, text } from '../text.mjs';
import { METROPOLE } from './index.mjs';

const SIZE = 64;
const MARGIN = 5;
const MOST = 500; // marks of one picture that are drawn one by one
const PIXELS = 5;
const SVG = 'http://www.w3.org/2000/svg';

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Longitude, latitude → picture, for a bounding box [west, south, east, north]. */
function projection([west, south, east, north]) {
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (SIZE - 2 * MARGIN) / Math.max((east - west) * squeeze, north - south);
  const left = (SIZE - (east - west) * squeeze * scale) / 2;
  const top = (SIZE - (north - south) * scale) / 2;
  return ([lon, lat]) => [left + (lon - west) * squeeze * scale, top + (north - lat) * scale];
}

function pathOf({ type, coordinates }, project) {
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  const ring = (points) => `M${points.map((point) => project(point).map((v) => v.toFixed(1)).join(' ')).join('L')}Z`;
  return polygons.flatMap((rings) => rings.map(ring)).join('');
}

const within = ([west, south, east, north], [lon, lat], slack = 0.3) =>
  lon >= west - slack && lon <= east + slack && lat >= south - slack && lat <= north + slack;

export async function createInsets(view, objects, { nameOf }) {
  const regions = await fetchJson(view.data['regions-apercu']);
  const places = objects.regions.code
    .map((code, i) => ({ code, bbox: objects.regions.bbox[i] }))
    .filter(({ bbox }) => !within(METROPOLE, [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2], 1));
  const row = el('div', { class: 'map-insets', role: 'group', 'aria-label': text('overseas') });
  const insets = places.map((place) => drawInset(view, place, regions, nameOf(place.code)));
  const elsewhere = el('button', { type: 'button', class: 'inset inset-elsewhere', hidden: true });
  row.append(...insets.map(({ node }) => node), elsewhere);
  view.root.append(row);
  const abroad = {};
  let drawn = null;
  return {
    /** Marks, counts and faded territoires; other perimeters when the millesime has changed. */
    async update() {
      const { millesime } = view;
      if (drawn !== millesime) {
        drawn = millesime;
        const areas = await fetchJson(view.data[`territoires-${millesime}-apercu`]);
        if (drawn === millesime) insets.forEach((inset) => drawAreas(inset, areas));
      }
      update(view, insets, elsewhere, abroad);
    },
  };
}

/** One path a territoire of the inset, so that each can fade. */
function drawAreas({ areas, bbox, project }, { features }) {
  const inside = features.filter(({ geometry }) => within(bbox, firstPoint(geometry), 0));
  areas.replaceChildren(...inside.map(({ geometry, properties }) =>
    svg('path', { 'data-id': properties.territoire_id, d: pathOf(geometry, project) })));
}

function drawInset(view, { code, bbox }, regions, name) {
  const project = projection(bbox);
  const land = regions.features.find(({ properties }) => properties.code_region === code);
  const areas = svg('g', { class: 'inset-areas' });
  const marks = svg('g', {});
  const picture = svg('svg', { viewBox: `0 0 ${SIZE} ${SIZE}`, 'aria-hidden': 'true' },
    svg('path', { class: 'inset-land', d: pathOf(land.geometry, project) }),
    areas, marks);
  const count = el('span', { class: 'inset-count' });
  const node = el('button', { type: 'button', class: 'inset', onclick: () => view.flyTo({ bbox }) },
    picture, el('span', { class: 'inset-name' }, name), ' ', count);
  return { node, bbox, project, areas, marks, count, name };
}

function firstPoint({ type, coordinates }) {
  return type === 'Polygon' ? coordinates[0][0] : coordinates[0][0][0];
}

/** Marks outside the mainland, by inset, then those of no inset: found once, since places never change. */
function marksAbroad({ n, lon, lat }, insets) {
  const found = Array.from({ length: insets.length + 1 }, () => []);
  for (let mark = 0; mark < n; mark += 1) {
    const at = [lon[mark], lat[mark]];
    if (within(METROPOLE, at, 0.5)) continue;
    const place = insets.findIndex(({ bbox }) => within(bbox, at));
    found[place < 0 ? insets.length : place].push({ mark, at });
  }
  return found;
}

/** The marks of one place that keep something, with how many. */
function keptAbroad(view, abroad, place) {
  return Object.keys(abroad).flatMap((kind) => {
    const { n } = view.counts[kind];
    return abroad[kind][place].filter(({ mark }) => n[mark]).map(({ mark, at }) => ({ kind, at, n: n[mark] }));
  });
}

function update(view, insets, elsewhere, abroad) {
  for (const kind of ['projets', 'sites']) abroad[kind] ??= marksAbroad(view.groups[kind], insets);
  insets.forEach(({ project, areas, marks, count, node, name }, place) => {
    for (const path of areas.children) path.classList.toggle('is-out', !view.layers.territoires || view.out.has(path.dataset.id));
    const here = keptAbroad(view, abroad, place);
    const drawn = here.map(({ kind, at, n }) => ({ kind, n, at: project(at) }));
    marks.replaceChildren(...(drawn.length > MOST ? together(drawn) : drawn).map(markOf));
    const total = sum(here);
    count.textContent = number(total);
    node.title = text('inset_label', { name, n: number(total) });
  });
  const rest = keptAbroad(view, abroad, insets.length);
  elsewhere.hidden = rest.length === 0;
  elsewhere.textContent = text('elsewhere', { n: number(sum(rest)) });
  elsewhere.onclick = () => view.flyTo({ center: rest[0].at, zoom: 7 });
}

const sum = (items) => items.reduce((total, { n }) => total + n, 0);

/** Too many for a small picture: those of the same few pixels are one mark, the fullest as wide as they are. */
function together(items) {
  const cells = new Map();
  for (const { kind, n, at } of items) {
    const middle = at.map((v) => (Math.floor(v / PIXELS) + 0.5) * PIXELS);
    const key = [kind, ...middle].join();
    cells.set(key, { kind, at: middle, n: n + (cells.get(key)?.n ?? 0) });
  }
  const most = Math.max(...[...cells.values()].map(({ n }) => n));
  return [...cells.values()].map((cell) => ({ ...cell, radius: Math.max(0.6, (PIXELS / 2) * Math.sqrt(cell.n / most)) }));
}

function markOf({ kind, n, at, radius = Math.min(1.4 * Math.sqrt(n), 5) }) {
  const [x, y] = at.map((v) => v.toFixed(1));
  if (kind === 'sites') return svg('path', { class: 'inset-site', d: `M${x} ${y - 4}l4 4l-4 4l-4 -4Z` });
  return svg('circle', { class: 'inset-projet', cx: x, cy: y, r: radius.toFixed(1) });
}
