/** The map of the Carte page: the map itself with its legend, tooltip, tray, insets and controls, driven by the state. */
import { config, el, text } from '../text.mjs';
import { describe, locate, selectionOf } from '../describe.mjs';
import { createMap } from './index.mjs';
import { createControls, createTray } from './controls.mjs';
import { createIgn } from './ign.mjs';
import { createInsets } from './insets.mjs';
import { createLegend, drawnByPrecision } from './legend.mjs';
import { createTooltip } from './tooltip.mjs';
import { readCamera, writeCamera } from './camera.mjs';

/** @param {{store, objects, state, results}} context  shared with main.mjs: always the current state and results */
export function createCarte(context) {
  if (!hasWebgl()) return withoutMap();
  const { store, objects } = context;
  const camera = readCamera(window.location.hash);
  const view = createMap({ data: config.data, millesime: context.state.millesime, camera });
  const parts = decorate(view, context);
  bind(view, parts, context);
  let isFirst = true;

  function updateSelection({ state }) {
    const found = state.selected ? locate(state.selected, objects, view.groups, state.millesime) : null;
    view.select(found?.mark ?? null);
    if (found && (isFirst ? !camera : !isInView(view, found))) view.flyTo(found.bbox ? found : { center: found.at, zoom: found.zoom });
  }

  return {
    root: view.root,
    view,
    resize: () => view.resize(),
    painted: new Promise((resolve) => { view.on('ready', resolve); }),
    updateSelection,
    update(current) {
      const before = parts.regions;
      view.setMillesime(current.state.millesime);
      view.setObjects(objects.of(current.state.millesime), current.results);
      parts.write(current);
      updateSelection(current);
      parts.regions = (current.state.filters.region ?? []).join();
      if (!isFirst && parts.regions !== before) goToRegions(view, objects, current.state.filters.region ?? []);
      isFirst = false;
    },
  };

  function decorate(map, { store: source }) {
    const legend = createLegend(map);
    const tray = createTray(map.root, () => openUnlocated(source));
    const tooltip = createTooltip(map.root);
    createControls(map, config.ign ? createIgn(map.map, config.ign.tiles) : null);
    const built = { legend, tray, tooltip, insets: null, regions: (context.state.filters.region ?? []).join() };
    built.write = ({ results }) => {
      legend.update({ territoires: results.territoires.n, ...drawnByPrecision(map.counts) });
      tray.update({ projets: map.counts.projets.unlocated, sites: map.counts.sites.unlocated });
      built.insets?.update();
    };
    return built;
  }

  function openUnlocated(source) {
    const { filters } = source.get();
    const tab = view.counts.projets.unlocated ? 'projets' : 'sites';
    source.patch({ view: 'liste', tab, filters: { ...filters, precision: ['aucune'] } });
  }
}

function bind(view, parts, context) {
  view.on('hover', (target) => (target ? parts.tooltip.show(target.point, describe(target, context)) : parts.tooltip.hide()));
  view.on('click', (target) => context.store.patch({ selected: selectionOf(target, context.objects.of(context.state.millesime)) }));
  view.on('view', (camera) => { if (!view.isAtHome) writeCamera(camera); });
  view.on('ready', async () => {
    document.documentElement.dataset.mapReady = 'true';
    performance.mark('atlas-map-painted');
    await context.objects.loadNames(config.data['carte-noms']);
    const nameOf = (code) => context.objects.names.ofCode('region', code);
    parts.insets = await createInsets(view, context.objects, { nameOf });
    parts.insets.update();
  });
}

function isInView(view, { at, bbox }) {
  const bounds = view.map.getBounds();
  return at ? bounds.contains(at) : bounds.contains([(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2]);
}

/** One region asked for: go there. None: come back. */
function goToRegions(view, objects, codes) {
  if (codes.length === 0) view.goHome();
  const place = codes.length === 1 ? objects.regions.code.indexOf(codes[0]) : -1;
  if (place >= 0) view.flyTo({ bbox: objects.regions.bbox[place] });
}

function hasWebgl() {
  return Boolean(document.createElement('canvas').getContext('webgl2'));
}

/** A browser that cannot draw the map is told so, and where the same objects are. */
function withoutMap() {
  const list = el('a', { class: 'button button-strong', href: listAddress() }, text('open_list'));
  const root = el('div', { class: 'map-root map-failure', role: 'alert' }, el('p', {}, text('no_webgl')), list);
  document.documentElement.dataset.mapReady = 'false';
  return { root, resize() {}, update() {}, updateSelection() {}, painted: Promise.resolve() };
}

function listAddress() {
  const params = new URLSearchParams(window.location.search);
  params.set('vue', 'liste');
  return `?${params}`;
}
