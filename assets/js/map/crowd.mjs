/**
 * Draws the marks of one kind, however many. Up to `MOST`, each is drawn, wherever it is. Beyond, what the frame holds is
 * drawn: mark by mark when they are at most `MOST`, else as one circle a cell of a grid (cells.mjs), with true counts.
 */
import { cellsToGeojson, project, stepOf, toCells, toWorld, WORLD } from './cells.mjs';
import { toGeojson } from './points.mjs';
import { readTheme } from './style.mjs';

/** Marks that the map draws one by one: what it takes is felt beyond. */
export const MOST = 6000;
export const SUFFIX = '-cellules';
const AROUND = 0.3; // of the frame, on each side: a small move draws nothing again
const DEEPEST = 22;
const NUMBERS_FROM = 7.2; // zoom, as for the marks (style.mjs)

export class Crowd {
  /** @param {object} view  see index.mjs @param {'projets' | 'sites'} kind */
  constructor(view, kind) {
    this.view = view;
    this.kind = kind;
    this.frame = null; // what the frame holds is drawn; null: everything is
    this.most = 0; // rows of the fullest circle; 0: none is drawn
  }

  /** Draws what is kept now. */
  draw() {
    const { view, kind } = this;
    const places = view.groups[kind];
    const kept = view.counts[kind];
    this.frame = kept.marks > MOST ? frameOf(view.map) : null;
    if (!this.frame) this.show(toGeojson(places, kept), null);
    else this.drawFrame(places, kept, this.frame);
  }

  drawFrame(places, kept, { box, step }) {
    if (this.places !== places) Object.assign(this, { places, world: project(places) });
    const { world } = this;
    const isInside = (mark) => isIn(box, world.x[mark], world.y[mark]);
    let inside = 0;
    for (let mark = 0; mark < places.n; mark += 1) if (kept.n[mark] && isInside(mark)) inside += 1;
    if (inside <= MOST) this.show(toGeojson(places, kept, isInside), null);
    else this.show(toGeojson(places, kept, (mark) => this.isSelected(mark)), cellsToGeojson(toCells(world, kept.n, step, box), step));
  }

  isSelected(mark) {
    const { selected } = this.view;
    return selected?.source === this.kind && selected.id === mark;
  }

  show(marks, cells) {
    const { map } = this.view;
    const source = this.kind + SUFFIX;
    this.most = cells?.most ?? 0;
    map.getSource(this.kind).setData(marks);
    if (cells && !map.getSource(source)) addCells(map, this.kind, this.view.layers[this.kind]);
    if (cells || this.hadCells) map.getSource(source).setData(cells?.collection ?? { type: 'FeatureCollection', features: [] });
    this.hadCells = Boolean(cells);
  }

  /** After a move of the map: draws again when the frame left what was drawn, or when cells have another size. */
  moved() {
    const { frame, view } = this;
    if (!frame) return;
    const [west, north, east, south] = boxOf(view.map, 0);
    const isCovered = isIn(frame.box, west, north) && isIn(frame.box, east, south);
    if (!isCovered || frame.step !== stepOf(view.map.getZoom())) this.draw();
  }

  /** The selected object has its own mark among the circles. */
  selectionChanged() {
    if (this.most) this.draw();
  }

  /** The layers of the circles, once there are any. */
  get layers() {
    return this.most ? layersOf(this.kind) : [];
  }
}

/** The layers of the circles of a kind, from bottom to top. */
export const layersOf = (kind) => [kind + SUFFIX, `${kind}${SUFFIX}-nombre`];

/** A circle under the pointer, which stands for several places: `{source, id, kind: 'cellules', of, n, at}`. */
export function cellTarget({ source, id, properties: { n }, geometry: { coordinates } }) {
  return { source, id, kind: 'cellules', of: source.slice(0, -SUFFIX.length), n, at: coordinates };
}

const frameOf = (map) => ({ box: boxOf(map, AROUND), step: stepOf(map.getZoom()) });

/** What the map frames, and `around` of it on each side, in Web Mercator: [west, north, east, south]. */
function boxOf(map, around) {
  const bounds = map.getBounds();
  const [west, north] = toWorld(bounds.getWest(), bounds.getNorth());
  const [east, south] = toWorld(bounds.getEast(), bounds.getSouth());
  const [wide, high] = [around * (east - west), around * (south - north)];
  return [west - wide, north - high, east + wide, south + high];
}

const isIn = ([west, north, east, south], x, y) => x >= west && x <= east && y >= north && y <= south;

function addCells(map, kind, isVisible) {
  const c = readTheme();
  const colour = kind === 'sites' ? c.site : c.projet;
  const source = kind + SUFFIX;
  const visibility = isVisible === false ? 'none' : 'visible';
  const [circles, numbers] = layersOf(kind);
  const isHovered = ['boolean', ['feature-state', 'hover'], false];
  const pixels = (zoom) => ['*', WORLD * 2 ** zoom, ['get', 'size']];
  map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, promoteId: 'key', buffer: 64, maxzoom: 10 });
  map.addLayer({
    id: circles, type: 'circle', source, layout: { visibility },
    paint: {
      'circle-radius': ['interpolate', ['exponential', 2], ['zoom'], 0, pixels(0), DEEPEST, pixels(DEEPEST)],
      'circle-color': colour, 'circle-opacity': 0.62,
      'circle-stroke-color': ['case', isHovered, c.site, c.paper], 'circle-stroke-width': ['case', isHovered, 2.4, 0.6],
    },
  }, kind);
  map.addLayer({
    id: numbers, type: 'symbol', source, minzoom: NUMBERS_FROM, filter: ['get', 'numbered'],
    layout: { visibility, 'text-field': ['to-string', ['get', 'n']], 'text-font': ['Public Sans Semibold'], 'text-size': 11, 'text-allow-overlap': true },
    paint: { 'text-color': c.paper, 'text-halo-color': colour, 'text-halo-width': 1 },
  }, kind);
}
