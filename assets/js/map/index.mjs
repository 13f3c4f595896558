/**
 * The map: one MapLibre instance in one root element, created once and moved between pages by `slot.mjs`.
 *
 *   const view = createMap({ data, millesime, home, selected, ign })
 *   view.root                         the element to place; view.map the MapLibre map
 *   view.setObjects(tables, results)  what is kept, per kind (see filter.mjs); polygons never move
 *   view.setLayer(name, isVisible)    a row of the legend
 *   view.setMillesime(code)           other perimeters
 *   view.select(selection)            `{source, id}` to outline, or null
 *   view.flyTo({bbox} | {center, zoom}), view.goHome(), view.resize()
 *   view.on('hover' | 'click', ({kind, id | rows, point}) => …), view.on('view', ({zoom, center}) => …), view.on('ready', …)
 *   view.imported                     the imported sites by id, once imported.mjs has added them
 *   view.counts                       kept rows by mark, by precision, and without a position, per kind (points.mjs)
 *   view.crowds                       how each kind is drawn (crowd.mjs): `most` when its marks are too many
 *
 * Every object kind is a MapLibre source; states (out, hover, selected) are feature states.
 */
import { Map as MapLibre } from '../../vendor/maplibre-gl-6.9.0/maplibre-gl.mjs';
import { addIcons } from './icons.mjs';
import { cellTarget, Crowd, layersOf, SUFFIX } from './crowd.mjs';
import { countKept, groupByPlace, keptRows } from './points.mjs';
import { DETAIL_ZOOM, readTheme, SECOND, style } from './style.mjs';
import { fetchJson } from '../objects.mjs';
import { el, text } from '../text.mjs';

export const METROPOLE = [-5.1, 41.3, 9.6, 51.1];
const LAYERS = {
  territoires: ['territoires', 'territoires-bord'],
  sites: ['sites', ...layersOf('sites')],
  projets: ['projets', 'projets-nombre', ...layersOf('projets')],
  importes: ['importes'],
};
const HALOS = { sites: 'sites-halo', importes: 'importes-halo', regions: 'regions-choisie' };
const LAZY = ['departements', 'epci', 'villes', 'gares', 'aeroports', 'ports', 'postes'];
const ID_OF = { territoires: 'territoire_id', regions: 'code_region' };
const POINTS = ['sites', 'projets'];

export function createMap(options) {
  return new MapView(options);
}

class MapView {
  constructor({ data, millesime, camera }) {
    this.data = data;
    this.millesime = millesime;
    this.listeners = { hover: [], click: [], view: [], ready: [] };
    this.layers = { territoires: true, sites: true, projets: true, villes: true, departements: true, regions: true };
    this.out = new Set();
    this.groups = {};
    this.shown = {};
    this.counts = {};
    this.crowds = Object.fromEntries(POINTS.map((kind) => [kind, new Crowd(this, kind)]));
    this.loaded = new Set();
    this.isAtHome = !camera;
    this.isReady = false;
    this.canvas = el('div', { class: 'map-canvas' });
    this.root = el('div', { class: 'map-root' }, this.canvas);
    this.map = this.build(camera);
    this.listen();
    this.ground = this.loadGround();
  }

  /** The first paint's geometry: the worker reads it by address, where the page's preloads have put it. */
  async loadGround() {
    const files = { fond: 'fond', regions: 'regions-apercu', territoires: `territoires-${this.millesime}-apercu` };
    await this.styled;
    return Promise.all(Object.entries(files).map(([source, name]) => this.map.getSource(source).setData(this.data[name])));
  }

  build(camera) {
    const map = new MapLibre({
      container: this.canvas,
      style: style(),
      ...(camera ?? { bounds: METROPOLE, fitBoundsOptions: { padding: this.padding() } }),
      minZoom: 2, maxZoom: 17, attributionControl: false, renderWorldCopies: false, dragRotate: false, pitchWithRotate: false,
      touchPitch: false, fadeDuration: 0, validateStyle: false, localIdeographFontFamily: false,
    });
    map.getCanvas().setAttribute('aria-label', text('map_keys'));
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    this.styled = new Promise((resolve) => { map.once('style.load', resolve); }).then(() => {
      addIcons(map, readTheme());
      this.isStyled = true;
    });
    return map;
  }

  listen() {
    const { map } = this;
    map.on('mousemove', (event) => this.later(() => this.hoverAt(event.point, event.originalEvent)));
    map.on('mouseout', () => this.hoverAt(null));
    map.on('click', (event) => this.clickAt(event.point));
    map.on('movestart', (event) => { if (event.originalEvent) this.isAtHome = false; });
    map.on('moveend', () => {
      POINTS.forEach((kind) => this.crowds[kind].moved());
      this.emit('view', { zoom: map.getZoom(), center: map.getCenter() });
    });
    map.on('zoomend', () => this.loadDetail());
    map.on('resize', () => { if (this.isAtHome) this.goHome(false); });
  }

  on(name, call) {
    this.listeners[name].push(call);
    return this;
  }

  emit(name, payload) {
    this.listeners[name].forEach((call) => call(payload));
  }

  /** Runs the last of the calls asked for within one frame. */
  later(call) {
    const isWaiting = Boolean(this.waiting);
    this.waiting = call;
    if (!isWaiting) requestAnimationFrame(() => { const run = this.waiting; this.waiting = null; run(); });
  }

  /** Runs once the style can be changed. */
  whenStyled(call) {
    if (this.isStyled) call();
    else this.styled.then(call);
  }

  setObjects(tables, results) {
    this.tables = tables;
    this.results = results;
    for (const kind of POINTS) {
      const { mask } = results[kind];
      if (isSame(mask, this.shown[kind])) continue; // a filter on projects leaves the sites where they are
      this.shown[kind] = mask;
      this.groups[kind] ??= groupByPlace(tables[kind]);
      this.counts[kind] = countKept(this.groups[kind], mask);
      this.whenStyled(() => this.crowds[kind].draw());
    }
    this.whenStyled(() => this.fade(tables.territoires, results.territoires.mask));
    if (!this.isReady && !this.isArmed) this.armReady();
  }

  async armReady() {
    this.isArmed = true;
    await this.ground;
    this.map.once('idle', () => {
      this.isReady = true;
      this.emit('ready', this);
      requestAnimationFrame(() => this.showSecond());
    });
  }

  /** What the first frame left for later, if the legend shows it. */
  showSecond() {
    for (const layer of SECOND) {
      const [owner = layer] = Object.keys(LAYERS).filter((name) => LAYERS[name].includes(layer));
      if (this.layers[owner] ?? true) this.map.setLayoutProperty(layer, 'visibility', 'visible');
    }
    ['villes', 'departements'].forEach((name) => this.layers[name] && this.reveal(name));
    this.loadDetail();
  }

  /** Territoires outside the filter fade; only those that change are touched. */
  fade({ id }, mask) {
    for (let row = 0; row < id.length; row += 1) {
      const isOut = !mask[row];
      if (isOut === this.out.has(id[row])) continue;
      this.out[isOut ? 'add' : 'delete'](id[row]);
      this.map.setFeatureState({ source: 'territoires', id: id[row] }, { out: isOut });
    }
  }

  setMillesime(millesime) {
    if (millesime === this.millesime) return;
    this.millesime = millesime;
    this.whenStyled(() => {
      this.map.removeFeatureState({ source: 'territoires' });
      this.out.clear();
      const level = this.loaded.has('detail') ? '' : '-apercu';
      this.map.getSource('territoires').setData(this.data[`territoires-${millesime}${level}`]);
    });
  }

  setLayer(name, isVisible) {
    this.layers[name] = isVisible;
    this.whenStyled(() => {
      for (const layer of LAYERS[name] ?? [name]) {
        // Imported sites and circles of cells come when they are needed (imported.mjs, crowd.mjs).
        if (this.map.getLayer(layer)) this.map.setLayoutProperty(layer, 'visibility', isVisible ? 'visible' : 'none');
      }
      if (isVisible) this.reveal(name);
    });
  }

  /** Gives a lazy source its file, the first time that it is shown. */
  reveal(name) {
    if (!LAZY.includes(name) || this.loaded.has(name)) return;
    this.loaded.add(name);
    const isDetailed = this.loaded.has('detail');
    const url = (isDetailed ? null : this.data[`${name}-apercu`]) ?? this.data[name];
    if (url) this.map.getSource(name).setData(url);
  }

  /** Replaces the overview geometry by the close-up one, once, when the zoom asks for it. */
  loadDetail() {
    if (!this.isReady || this.loaded.has('detail') || this.map.getZoom() < DETAIL_ZOOM) return;
    this.loaded.add('detail');
    this.map.getSource('regions').setData(this.data.regions);
    this.map.getSource('territoires').setData(this.data[`territoires-${this.millesime}`]);
    for (const name of ['departements', 'epci']) if (this.loaded.has(name)) this.map.getSource(name).setData(this.data[name]);
  }

  // ------------------------------------------------------------------ pointing

  /** What lies under a point, nearest kind first: `{source, id, kind, rows?}` or null. */
  targetAt(point, reach = 3) {
    if (!point || !this.isStyled || !this.results) return null;
    const box = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const visible = (this.imported ? ['importes', ...POINTS] : POINTS).filter((name) => this.layers[name]);
    const layers = visible.flatMap((name) => [name, ...(this.crowds[name]?.layers ?? [])]);
    const [mark] = visible.length ? this.map.queryRenderedFeatures(box, { layers }) : [];
    if (mark?.source === 'importes') return { source: mark.source, id: mark.properties.site_id, kind: mark.source };
    if (mark?.source.endsWith(SUFFIX)) return cellTarget(mark);
    if (mark) return { source: mark.source, id: mark.id, kind: mark.source, rows: keptRows(this.groups[mark.source], mark.id, this.results[mark.source].mask) };
    const areas = this.layers.territoires ? ['territoires', 'terre'] : ['terre'];
    const found = this.map.queryRenderedFeatures(point, { layers: areas });
    const area = found.find((item) => item.source === 'territoires' && !this.out.has(item.id)) ?? found.find((item) => item.source === 'regions');
    return area ? { source: area.source, id: area.properties[ID_OF[area.source]], kind: area.source } : null;
  }

  hoverAt(point) {
    const target = this.targetAt(point);
    if (target?.source !== this.hovered?.source || target?.id !== this.hovered?.id) {
      if (this.hovered) this.map.setFeatureState(pick(this.hovered), { hover: false });
      if (target) this.light(target, { hover: true });
      this.hovered = target;
      this.map.getCanvas().style.cursor = target ? 'pointer' : '';
    }
    this.emit('hover', target && { ...target, point });
  }

  clickAt(point) {
    const target = this.targetAt(point, matchMedia('(pointer: coarse)').matches ? 10 : 3);
    if (target?.kind === 'cellules') this.flyTo({ center: target.at, zoom: this.map.getZoom() + 2 });
    else if (target) this.emit('click', { ...target, point });
  }

  /** Outlines one object: `{source, id}`; null outlines nothing. */
  select(selection) {
    this.whenStyled(() => {
      if (this.selected) this.map.setFeatureState(pick(this.selected), { selected: false });
      if (selection) this.light(selection, { selected: true });
      this.selected = selection;
      POINTS.forEach((kind) => this.crowds[kind].selectionChanged());
    });
  }

  /** Sets a state; the layer that shows it is switched on the first time, so that the first paint compiles fewer shaders. */
  light(target, state) {
    const layer = HALOS[target.source];
    if (layer && (state.selected || target.source !== 'regions') && this.layers[target.source] !== false) {
      this.map.setLayoutProperty(layer, 'visibility', 'visible');
    }
    this.map.setFeatureState(pick(target), state);
  }

  // ------------------------------------------------------------------ camera

  /** Room for what lies over the map: the switch on top, the legend at the left, the insets at the bottom. */
  padding() {
    const isNarrow = window.innerWidth <= 760;
    if (isNarrow) return { top: 56, right: 8, left: 8, bottom: 110 };
    const isRoomy = this.canvas.clientWidth >= 640;
    return { top: 56, right: 16, left: isRoomy ? 120 : 16, bottom: 40 };
  }

  goHome(isAnimated = true) {
    this.isAtHome = true;
    this.map.fitBounds(METROPOLE, { padding: this.padding(), ...motion(isAnimated) });
  }

  flyTo({ bbox, center, zoom }, isAnimated = true) {
    this.isAtHome = false;
    if (bbox) this.map.fitBounds(bbox, { padding: 48, maxZoom: 11, ...motion(isAnimated) });
    else this.map.easeTo({ center, zoom: Math.max(zoom ?? 0, this.map.getZoom()), ...motion(isAnimated) });
  }

  resize() {
    this.map.resize();
  }
}

const isSame = (mask, other) => other !== undefined && mask.every((kept, row) => kept === other[row]);

const pick = ({ source, id }) => ({ source, id });

function motion(isAnimated) {
  const isStill = !isAnimated || matchMedia('(prefers-reduced-motion: reduce)').matches;
  return isStill ? { animate: false } : { duration: 700 };
}
