/**
 * Start of the page's own modules: state, objects, map, filters, figures. Works before Dash is up and keeps working after.
 * On a phone the list comes first: the map, and MapLibre with it, load when asked for.
 */
import { config, el, text } from './text.mjs';
import { createStore } from './state.mjs';
import { keepIn, live, whenPresent } from './slots.mjs';
import { loadObjects } from './objects.mjs';
import { filterObjects, keptIds } from './filter.mjs';
import { createFacets } from './facets.mjs';
import { createActive } from './active.mjs';
import { createFigures } from './figures.mjs';
import { bindPage, showState } from './page.mjs';

const PHONE = matchMedia('(max-width: 760px)');
const grammar = { facets: config.facets, millesimes: config.millesimes.map(({ code }) => code) };
const store = createStore(grammar);
const context = { store, objects: null, state: store.get(), results: null };

bindPage(store);
whenPresent('carte-map', () => start().catch(showFailure));
if (PHONE.matches && live('carte-map') && !/[?&]vue=/.test(window.location.search)) store.patch({ view: 'liste' }, { replace: true });

async function start() {
  // The map's code and the objects travel together; neither waits for Dash.
  const isMapWanted = store.get().view === 'carte';
  const mapPart = isMapWanted ? import('./map/carte.mjs') : null;
  const objects = await loadObjects(config.data['carte-objets']);
  if (store.get().text) await objects.loadNames(config.data['carte-noms']);
  context.objects = objects;
  const facets = createFacets(store, objects);
  const active = createActive(store, objects);
  const figures = createFigures();
  const panels = [facets, active];
  const draw = () => {
    const mark = performance.now();
    context.state = store.get();
    context.results = filterObjects(objects, context.state, config.facets);
    context.carte?.update(context);
    figures.update({ ...context, tables: objects.of(context.state.millesime) });
    panels.forEach((panel) => panel.update(context.state, context.results));
    context.lastMs = performance.now() - mark;
  };
  store.subscribe((state, before) => onChange(state, before, draw));
  draw();
  keepIn('facets-groups', facets.root);
  keepIn('facets-active', active.root);
  keepIn('carte-figures', figures.root);
  expose(objects);
  if (mapPart) await startMap(await mapPart);
  objects.loadNames(config.data['carte-noms']).then(draw, showFailure);
  context.draw = draw;
}

async function onChange(state, before, draw) {
  if (state.text && !context.objects.names) await context.objects.loadNames(config.data['carte-noms']);
  const isNarrowed = ['filters', 'text', 'millesime'].some((name) => state[name] !== before[name]);
  context.state = state;
  if (isNarrowed) draw();
  else context.carte?.updateSelection(context);
  if (state.view === 'carte' && !context.carte) await startMap(await import('./map/carte.mjs'));
}

async function startMap({ createCarte }) {
  if (context.carte) return;
  context.carte = createCarte(context);
  keepIn('carte-map', context.carte.root, () => context.carte.resize());
  context.carte.update(context);
  await context.carte.painted;
}

/** What browser tests and the console may ask. */
function expose(objects) {
  window.atlas = {
    store,
    context,
    debug: {
      filter(search) {
        const state = parseOnly(search);
        const results = filterObjects(objects, state, config.facets);
        const tables = objects.of(state.millesime);
        return Object.fromEntries(Object.keys(results).map((kind) => [kind, keptIds(tables[kind], results[kind])]));
      },
      names: () => objects.loadNames(config.data['carte-noms']).then(() => true),
      parse: parseOnly,
      format: (state) => store.formatOnly(state),
    },
  };
}

function parseOnly(search) {
  return store.parseOnly(search);
}

/** A page that cannot load its data says so, with what remains possible. */
function showFailure(error) {
  console.error(error);
  const retry = el('button', { type: 'button', class: 'button', onclick: () => window.location.reload() }, text('retry'));
  const box = el('div', { class: 'map-failure', role: 'alert' }, el('p', {}, text('load_failed')), el('p', {}, el('small', {}, String(error.message))), retry);
  live('carte-map')?.append(box);
}

showState(store.get());
