/** The map of the Carte page: the map itself with its legend, tooltip, tray, insets and controls, driven by the state. */
import { LAYERS } from '../state.mjs';
import { config, el, text } from '../text.mjs';
import { describe, locate, selectionOf } from '../describe.mjs';
import { createMap } from './index.mjs';
import { createControls, createTray } from './controls.mjs';
import { createIgn } from './ign.mjs';
import { createInsets } from './insets.mjs';
import { addImported } from './imported.mjs';
import { createLegend, drawnByPrecision } from './legend.mjs';
import { createTooltip } from './tooltip.mjs';
import { readCamera, writeCamera } from './camera.mjs';

const PATIENCE_MS = 1000;

/**
 * @param {{store, objects, state, results}} context  shared with main.mjs: always the current state and results;
 *   the objects may come after the map, which does not wait for them
 */
export function createCarte(context) {
  let view;
  try {
    view = createMap({ data: config.data, millesime: context.state.millesime, camera: readCamera(window.location.hash) });
  } catch (error) {
    console.warn(error);
    return withoutMap();
  }
  return new Carte(view, context);
}

class Carte {
  constructor(view, context) {
    this.view = view;
    this.root = view.root;
    this.context = context;
    this.hasCamera = !view.isAtHome;
    this.isFirst = true;
    this.regions = '';
    this.legend = createLegend(view, (name, isShown) => this.switchLayer(name, isShown), config.imported ? ['importes'] : []);
    this.showLayers();
    this.tray = createTray(view.root, () => this.openUnlocated());
    this.tooltip = createTooltip(view.root);
    createControls(view, config.ign ? createIgn(view.map, config.ign.tiles) : null);
    bind(this, context);
  }

  resize() {
    this.view.resize();
  }

  /** What the map frames, as the addresses of pictures write it: `france`, or west, south, east, north in degrees. */
  frame() {
    const bounds = this.view.isAtHome ? null : this.view.map.getBounds();
    if (!bounds) return 'france';
    const across = [bounds.getWest(), bounds.getEast()].map((edge) => Math.min(Math.max(edge, -180), 180));
    const up = [bounds.getSouth(), bounds.getNorth()].map((edge) => Math.min(Math.max(edge, -85), 85));
    return [across[0], up[0], across[1], up[1]].map((edge) => edge.toFixed(4)).join();
  }

  /** New results: what is drawn, the counts, the camera when a region is asked for. */
  update({ objects, state, results }) {
    const { view } = this;
    view.setMillesime(state.millesime);
    view.setObjects(objects.of(state.millesime), results);
    this.legend.update({ territoires: results.territoires.n, ...drawnByPrecision(view.counts) });
    this.showCrowds();
    this.tray.update({ projets: view.counts.projets.unlocated, sites: view.counts.sites.unlocated });
    this.insets?.update();
    if (this.imported) this.legend.update({ importes: this.imported.update(state) });
    this.updateSelection();
    const regions = state.filters.region ?? [];
    const isLinkToRegion = this.isFirst && !this.hasCamera && !state.selected && regions.length === 1;
    if (isLinkToRegion || (!this.isFirst && regions.join() !== this.regions)) goToRegions(view, objects, regions, this.isFirst);
    this.regions = regions.join();
    this.isFirst = false;
  }

  /** The legend says when a circle stands for several places. */
  showCrowds() {
    for (const [kind, crowd] of Object.entries(this.view.crowds)) this.legend.showCrowd(kind, crowd.most);
  }

  /** Resolves when what the map was last given is on the screen, or when waiting longer would be felt. */
  settled() {
    const { map } = this.view;
    const isHidden = this.context.state.view !== 'carte';
    if (isHidden || (map.loaded() && !map.isMoving())) return Promise.resolve();
    return new Promise((resolve) => {
      setTimeout(resolve, PATIENCE_MS);
      map.once('idle', () => requestAnimationFrame(() => setTimeout(resolve)));
    });
  }

  /** What a file of the visitor's house holds, if anything was imported. */
  async openImported() {
    try {
      this.imported = await addImported(this.view, config.imported);
      this.legend.update({ importes: this.imported.update(this.context.state) });
      this.updateSelection();
    } catch (error) {
      console.warn(text('imports_failed'), error);
    }
  }

  switchLayer(name, isShown) {
    const { store } = this.context;
    const others = store.get().layers.filter((other) => other !== name);
    store.patch({ layers: isShown ? [...others, name] : others }, { replace: true });
  }

  showLayers() {
    const { layers } = this.context.state;
    const changed = LAYERS.filter((name) => layers.includes(name) !== Boolean(this.view.layers[name]));
    for (const name of changed) this.view.setLayer(name, layers.includes(name));
    if (changed.length) this.insets?.update();
    this.legend.showLayers(layers);
  }

  /** Outlines what the drawer shows, and goes there when it is out of sight. */
  updateSelection() {
    const { state, objects } = this.context;
    this.showLayers();
    const found = state.selected && objects ? locate(state.selected, objects, this.view.groups, state.millesime, this.view.imported) : null;
    this.view.select(found?.mark ?? null);
    if (found && (this.isFirst ? !this.hasCamera : !isInView(this.view, found))) {
      this.view.flyTo(found.bbox ? found : { center: found.at, zoom: found.zoom });
    }
  }

  openUnlocated() {
    const { store } = this.context;
    const tab = this.view.counts.projets.unlocated ? 'projets' : 'sites';
    store.patch({ view: 'liste', tab, filters: { ...store.get().filters, precision: ['aucune'] } });
  }
}

function bind(carte, context) {
  const { view, tooltip } = carte;
  view.on('hover', (target) => (target ? tooltip.show(target.point, describe(target, context)) : tooltip.hide()));
  view.on('click', (target) => context.store.patch({ selected: selectionOf(target, context.objects.of(context.state.millesime)) }));
  const keepCamera = () => { if (!view.isAtHome) writeCamera({ zoom: view.map.getZoom(), center: view.map.getCenter() }); };
  view.on('view', keepCamera);
  view.on('view', () => carte.showCrowds());
  // A link of the page carries no camera: its address gets it back.
  document.addEventListener('atlas:url', () => setTimeout(keepCamera));
  view.on('ready', async () => {
    document.documentElement.dataset.mapReady = 'true';
    performance.mark('atlas-map-painted');
    document.dispatchEvent(new CustomEvent('atlas:painted'));
    keepForPaper(view);
    await context.objects.named;
    const { names } = context.objects;
    carte.insets = await createInsets(view, context.objects, { nameOf: (code) => names.ofCode('region', code) });
    carte.insets.update();
    if (config.imported) await carte.openImported();
  });
}

/** On paper: browsers print the map's own canvas blank, and this copy of it as it is. */
function keepForPaper({ root, map }) {
  const paper = el('canvas', { class: 'map-paper', 'aria-hidden': 'true' });
  root.append(paper);
  addEventListener('beforeprint', () => {
    map.redraw();
    const drawn = map.getCanvas();
    Object.assign(paper, { width: drawn.width, height: drawn.height });
    paper.getContext('2d').drawImage(drawn, 0, 0);
  });
}

function isInView(view, { at, bbox }) {
  const bounds = view.map.getBounds();
  return at ? bounds.contains(at) : bounds.contains([(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2]);
}

/** One region asked for: go there. None: come back. */
function goToRegions(view, objects, codes, isFirst) {
  if (codes.length === 0) view.goHome();
  const place = codes.length === 1 ? objects.regions.code.indexOf(codes[0]) : -1;
  if (place >= 0) view.flyTo({ bbox: objects.regions.bbox[place] }, !isFirst);
}

/** A browser that cannot draw the map is told so, and where the same objects are. */
function withoutMap() {
  const list = el('a', { class: 'button button-strong', href: listAddress() }, text('open_list'));
  const root = el('div', { class: 'map-root map-failure', role: 'alert' }, el('p', {}, text('no_webgl')), list);
  document.documentElement.dataset.mapReady = 'false';
  document.dispatchEvent(new CustomEvent('atlas:painted'));
  return { root, resize() {}, frame: () => '', update() {}, updateSelection() {}, settled: () => Promise.resolve() };
}

function listAddress() {
  const params = new URLSearchParams(window.location.search);
  params.set('vue', 'liste');
  return `?${params}`;
}
