/** The rest of the page: view switch, search box, filter sheet of phones, chart clicks, drawer, links that carry the filters. */
import { live } from './slots.mjs';

const DEBOUNCE_MS = 200;
const root = document.documentElement;
const context = { format: null };

/** Listens on the document, so that it works in the prerendered page and in Dash's alike. */
export function bindPage(store, frame) {
  context.format = store.formatOnly;
  context.frame = frame;
  document.addEventListener('click', (event) => onClick(event, store), true);
  document.addEventListener('keydown', (event) => onKey(event, store));
  document.addEventListener('atlas:toggle', ({ detail }) => store.toggle(detail.facet, detail.value));
  document.addEventListener('atlas:facets', ({ detail }) => openFacets(detail));
  bindSearch(store);
  store.subscribe(showState);
  new MutationObserver(() => showState(store.get())).observe(document.body, { childList: true });
  document.addEventListener('atlas:url', () => requestAnimationFrame(() => showState(store.get())));
}

/** Writes the state where the style sheet and the links read it. */
export function showState(state) {
  root.dataset.view = state.view;
  document.querySelectorAll('.carte').forEach((node) => { node.dataset.view = state.view; });
  document.querySelectorAll('[id="carte-view-switch"] a').forEach((link) => {
    const isCurrent = viewOf(link) === state.view;
    link.classList.toggle('is-current', isCurrent);
    if (isCurrent) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  });
  const toggle = live('facets-toggle');
  if (toggle && !toggle.hasAttribute('aria-expanded')) {
    toggle.setAttribute('aria-expanded', 'false');
    toggle.setAttribute('aria-controls', 'facets-groups');
  }
  const box = live('facets-search');
  if (box && document.activeElement !== box && box.value !== state.text) box.value = state.text;
  document.querySelectorAll('[id="as-of"]').forEach((banner) => { banner.hidden = !state.date; });
  showStateInHeader(state);
}

/** The links of the header keep the state: the other language, and the way back from the other pages. */
function showStateInHeader(state) {
  const other = state.language === 'en' ? 'fr' : 'en';
  const kept = { ...state, selected: '', page: 1 };
  for (const link of document.querySelectorAll('[id="shell-language"]')) link.search = context.format({ ...state, language: other });
  for (const link of document.querySelectorAll('[id="shell-nav"] a:not([aria-current])')) link.search = context.format(kept);
}

const viewOf = (link) => link.dataset.view ?? link.id.split('-').pop();

function onClick(event, store) {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target.closest?.('[id="carte-view-switch"] a, .drawer-close, [id="facets-toggle"], a[data-download]');
  if (!link) {
    followInPage(event, store);
    return;
  }
  if (link.matches('a[data-download]')) completeDownload(link, store);
  else {
    event.preventDefault();
    event.stopPropagation();
    if (link.id === 'facets-toggle') openFacets(root.dataset.facets !== 'open');
    else if (link.matches('.drawer-close')) store.patch({ selected: '' });
    else store.patch({ view: viewOf(link) });
  }
}

/** A link to this page with another state changes the state: nothing is loaded again, the map stays where it is. */
function followInPage(event, store) {
  const link = event.target.closest?.('a[href]');
  if (!link || link.origin !== location.origin || link.pathname !== location.pathname || link.hash || !live('carte-map')) return;
  if (link.closest('.shell-header, .embed-foot')) return;
  event.preventDefault();
  store.go(link.search);
}

function onKey(event, store) {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (root.dataset.facets === 'open') openFacets(false);
  else if (store.get().selected && !document.fullscreenElement) store.patch({ selected: '' });
}

/** The filters as a sheet at the bottom of a phone: what lies behind cannot be reached meanwhile. */
function openFacets(isOpen) {
  root.dataset.facets = isOpen ? 'open' : '';
  for (const id of ['shell-header', 'carte-figures', 'carte-stage', 'carte-charts']) live(id)?.toggleAttribute('inert', isOpen);
  const toggle = live('facets-toggle');
  toggle?.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) live('facets-search')?.focus({ preventScroll: true });
  else toggle?.focus({ preventScroll: true });
}

/**
 * `data-download` is the address without filters; the link gets them at the moment of the click, and, for a picture of
 * the view (`data-picture`: its further parameters), the layers and what the map frames.
 */
function completeDownload(link, store) {
  const { language, millesime, filters, text, date, layers } = store.get();
  const { picture } = link.dataset;
  const shown = picture === undefined ? {} : { layers };
  const kept = store.formatOnly({ ...store.parseOnly(''), language, millesime, filters, text, date, ...shown });
  const frame = picture === undefined || picture.includes('graphique') ? '' : context.frame();
  const query = [kept, frame && `cadre=${frame}`, picture].filter(Boolean).join('&');
  link.href = query ? `${link.dataset.download}?${query}` : link.dataset.download;
}

function bindSearch(store) {
  let timer;
  document.addEventListener('input', ({ target }) => {
    if (target.id !== 'facets-search') return;
    clearTimeout(timer);
    timer = setTimeout(() => store.patch({ text: target.value }), DEBOUNCE_MS);
  });
}
