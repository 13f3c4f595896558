/**
 * Start of the page's own modules: state, objects, map, filters, figures. Works before Dash is up and keeps working after.
 * On a phone the list comes first: the map, and MapLibre with it, load when asked for.
 */
import './publication.mjs';
import './markup.mjs';
import { config, el, text } from './text.mjs';
import { createStore } from './state.mjs';
import { keepIn, live, whenPresent } from './slots.mjs';
import { fetchJson, loadObjects } from './objects.mjs';
import { filterObjects, keptIds } from './filter.mjs';
import { createFacets } from './facets.mjs';
import { createActive } from './active.mjs';
import { createFigures } from './figures.mjs';
import { bindPage, showState } from './page.mjs';

const isEmbedded = document.documentElement.dataset.embed === 'true';
const PHONE = matchMedia('(max-width: 760px)');
const grammar = {
  facets: config.facets, millesimes: config.millesimes.map(({ code }) => code), starts: config.millesimes.map(({ from }) => from),
};
const store = createStore(grammar, () => context.carte?.settled() ?? Promise.resolve());
const context = { store, objects: null, state: store.get(), results: null, tables: null, carte: null, panels: [] };

window.dash_clientside.atlas.drawn = store.drawn;
bindPage(store, () => (store.get().view === 'carte' ? context.carte?.frame() ?? '' : ''));
if (PHONE.matches && !isEmbedded && live('carte-map') && !/[?&]vue=/.test(window.location.search)) store.patch({ view: 'liste' }, { replace: true });
whenPresent('carte-map', () => start().catch(showFailure));

async function start() {
  // The map's code, the objects and their names travel together; none waits for another, nor for Dash.
  if (store.get().view === 'carte') openMap();
  warm();
  const names = fetchJson(config.data['carte-noms']);
  const objects = await loadObjects(config.data['carte-objets'], names);
  if (store.get().text) await objects.named;
  context.objects = objects;
  filter();
  await context.opening; // the map's own thread starts while the panels are built
  context.isDrawn = true;
  context.carte?.update(context);
  const figures = createFigures();
  const active = createActive(store, objects);
  const facets = createFacets(store, objects);
  keepIn('carte-figures', figures.root);
  keepIn('facets-active', active.root);
  keepIn('facets-groups', facets.root);
  figures.update(context);
  await objects.named;
  context.panels = [figures, active, facets];
  store.subscribe((state, before) => onChange(state, before));
  expose(objects);
  for (const panel of context.panels) {
    panel.update(context);
    await pause(); // the map's first frame comes between
  }
  // Written so that they are not preloaded.
  if (isEmbedded) import(new URL('./pages/embed.mjs', import.meta.url));
  else {
    import(new URL('./add-view.mjs', import.meta.url));
    import(new URL('./pages/share.mjs', import.meta.url));
  }
}

/** Takes the page's preloads into the browser's cache, where the map's worker finds them. */
function warm() {
  const { millesime } = store.get();
  for (const name of ['fond', 'regions-apercu', `territoires-${millesime}-apercu`]) fetch(config.data[name]).then((answer) => answer.arrayBuffer());
}

/** Filters and shows the result everywhere. */
function draw() {
  const start = performance.now();
  filter();
  context.carte?.update(context);
  context.panels.forEach((panel) => panel.update(context));
  context.lastMs = performance.now() - start;
}

function filter() {
  context.state = store.get();
  context.results = filterObjects(context.objects, context.state, config.facets);
  context.tables = context.objects.of(context.state.millesime);
}

const pause = () => new Promise((resolve) => { setTimeout(resolve); });

function onChange(state, before) {
  const isNarrowed = ['filters', 'text', 'millesime', 'date'].some((name) => state[name] !== before[name]);
  context.state = state;
  if (isNarrowed) draw();
  else if (state.selected !== before.selected || state.layers !== before.layers) context.carte?.updateSelection();
  if (state.view === 'carte') openMap();
}

/** Creates the map once, with what is known by then. */
function openMap() {
  context.opening ??= import('./map/carte.mjs').then(({ createCarte }) => {
    const carte = createCarte(context);
    keepIn('carte-map', carte.root, () => carte.resize());
    context.carte = carte;
    if (context.isDrawn) carte.update(context);
  }).catch(showFailure);
}

/** What browser tests and the console may ask. */
function expose(objects) {
  window.atlas = {
    store,
    context,
    debug: {
      filter(search) {
        const state = store.parseOnly(search);
        const results = filterObjects(objects, state, config.facets);
        const tables = objects.of(state.millesime);
        return Object.fromEntries(Object.keys(results).map((kind) => [kind, keptIds(tables[kind], results[kind])]));
      },
      names: () => objects.named.then(() => true),
      parse: store.parseOnly,
      format: store.formatOnly,
    },
  };
}

/** A page that cannot load its data says so, with what remains possible. */
function showFailure(error) {
  console.error(error);
  const retry = el('button', { type: 'button', class: 'button', onclick: () => window.location.reload() }, text('retry'));
  const box = el('div', { class: 'map-failure', role: 'alert' }, el('p', {}, text('load_failed')), el('p', {}, el('small', {}, String(error.message))), retry);
  live('carte-map')?.append(box);
}

showState(store.get());
