/**
 * The site finder without a reload: a changed field asks for the same address, and the list and the marks are replaced.
 * Row and mark light up together. The shortlist is mirrored in this browser. Without this module every control still works.
 */
import '../publication.mjs';

const PART = 'partie=resultats';
const PAUSE_MS = 120;
const KEPT = 'atlas-liste';
const MAX_COMPARED = 4;

const page = document.getElementById('sites-page');
const words = JSON.parse(document.getElementById('page-data').textContent);
let asked = 0;
let shownQuery = location.search;
let stepOf = ''; // the field that made the last step of the history: one that moves on and on is one step back
let live; // the live map, once opened
let pause;

document.documentElement.classList.add('has-script');
if (matchMedia('(max-width: 760px)').matches) document.getElementById('sites-needs').open = false;
keepShortlist();
offerShortlist();
offerMap();

// ------------------------------------------------------------------ asking
page.addEventListener('input', (event) => {
  const { target } = event;
  if (target.type === 'range') target.nextElementSibling.value = target.value;
  if (target.name === 'sites') return limitCompared(target);
  clearTimeout(pause);
  pause = setTimeout(() => ask(formAddress(), { isForm: true, field: target.name }), PAUSE_MS);
});

page.addEventListener('submit', (event) => {
  if (event.submitter?.hasAttribute('formaction')) return;
  event.preventDefault();
  clearTimeout(pause);
  ask(formAddress(), { isForm: true });
});

page.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.getAttribute('href'), location.href);
  if (link.getAttribute('href').startsWith('#')) {
    document.getElementById(url.hash.slice(1))?.scrollIntoView({ block: 'nearest' });
    return light(url.hash.slice(3), false);
  }
  if (url.pathname !== location.pathname) return;
  event.preventDefault();
  ask(url.pathname + url.search + url.hash, { isForm: false, focus: focusOf(link) });
});

addEventListener('popstate', () => {
  if (location.search !== shownQuery) ask(location.pathname + location.search, { isForm: false, isBack: true }); // else a row of this page
});

function formAddress() {
  const fields = new URLSearchParams(new FormData(document.getElementById('needs')));
  for (const [name, value] of [...fields]) if (value === '') fields.delete(name);
  return `${location.pathname}?${fields}`;
}

/** Asks for an address and shows it; only the newest answer counts. A part that the form did not change stays as it is. */
async function ask(address, { isForm, isBack = false, field = '', focus = null }) {
  asked += 1;
  const turn = asked;
  const url = new URL(address, location.href);
  page.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(isForm ? `${url.pathname}${url.search}${url.search ? '&' : '?'}${PART}` : url.pathname + url.search);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    const html = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (turn !== asked) return;
    show(html, isForm);
    const shown = document.getElementById('sites-results').dataset.address;
    if (!isBack) history[field && field === stepOf ? 'replaceState' : 'pushState'](null, '', shown + url.hash);
    stepOf = field;
    shownQuery = location.search;
    mendLanguage(shown);
    live?.update();
    keepShortlist();
    if (url.hash) document.getElementById(url.hash.slice(1))?.scrollIntoView({ block: 'nearest' });
    if (focus) document.querySelector(focus)?.focus({ preventScroll: true });
  } catch (error) {
    console.warn(error);
    if (turn === asked) location.assign(address);
  } finally {
    if (turn === asked) page.removeAttribute('aria-busy');
  }
}

function show(html, isForm) {
  const open = [...document.querySelectorAll('.ranked-why[open]')].map((node) => node.closest('[data-site]').dataset.site);
  const parts = ['sites-results', 'sites-marks'];
  if (!isForm) {
    parts.push('needs');
    page.dataset.view = html.getElementById('sites-page').dataset.view;
  }
  const opened = [...document.querySelectorAll('.needs-group')].map((node) => node.open);
  const focused = isForm ? document.activeElement : null;
  const again = focused?.closest('#sites-results') ? focusOf(focused) : null;
  for (const id of parts) document.getElementById(id).replaceWith(html.getElementById(id));
  document.querySelector('.sites-plan > .plan').setAttribute('viewBox', document.getElementById('sites-marks').dataset.frame);
  if (!isForm) document.querySelectorAll('.needs-group').forEach((node, position) => { node.open ||= opened[position]; });
  for (const site of open) document.querySelector(`#s-${CSS.escape(site)} .ranked-why`)?.setAttribute('open', '');
  if (again) document.querySelector(again)?.focus({ preventScroll: true });
}

/** How to find the same control again once its part was replaced. */
function focusOf(node) {
  if (node.dataset?.star) return `[data-star="${CSS.escape(node.dataset.star)}"]`;
  if (node.name === 'tri') return 'select[name="tri"]';
  if (node.closest('.needs-chips')) return '.needs-chips .is-current';
  return '.sites-count';
}

function mendLanguage(shown) {
  const link = document.getElementById('shell-language');
  const url = new URL(shown, location.href);
  if (link.lang === 'fr') url.searchParams.delete('lang');
  else url.searchParams.set('lang', link.lang);
  link.href = url.pathname + url.search;
}

// ------------------------------------------------------------------ row and mark
for (const name of ['pointerover', 'focusin']) {
  page.addEventListener(name, (event) => {
    const node = event.target.closest('[data-site], [data-mark]');
    light(node?.dataset.site ?? node?.dataset.mark ?? null, name === 'focusin' && Boolean(node?.dataset.mark));
  });
}

function light(site, isBrought) {
  for (const node of page.querySelectorAll('.is-lit')) node.classList.remove('is-lit');
  live?.light(site);
  if (!site) return;
  const row = document.getElementById(`s-${site}`);
  const mark = page.querySelector(`[data-mark="${CSS.escape(site)}"]`);
  row?.classList.add('is-lit');
  if (mark) {
    mark.classList.add('is-lit');
    if (mark !== document.activeElement && mark.nextElementSibling) mark.parentNode.append(mark);
  }
  if (isBrought) row?.scrollIntoView({ block: 'nearest' });
}

/** A button opens the live map in the drawing's place: the map component is fetched only then. */
function offerMap() {
  const aside = document.querySelector('.sites-map');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button map-open';
  button.textContent = words.map;
  button.addEventListener('click', async () => {
    button.disabled = true;
    const slot = document.createElement('div');
    slot.className = 'map-slot';
    aside.prepend(slot);
    aside.classList.add('is-live');
    try {
      const { openMap } = await import('./sites-map.mjs');
      live = await openMap(slot, words.millesime, {
        onHover: (site) => light(site, false),
        onClick: (site) => page.querySelector(`[data-mark="${CSS.escape(site)}"]`)?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })),
      });
      button.remove();
    } catch (error) { // no WebGL: the drawing stays
      console.warn(error);
      slot.remove();
      aside.classList.remove('is-live');
      button.remove();
    }
  });
  aside.prepend(button);
}

// ------------------------------------------------------------------ comparison and shortlist
function limitCompared(box) {
  const boxes = [...document.querySelectorAll('[name="sites"]')].filter((node) => node.type === 'hidden' || node.checked);
  if (boxes.length <= MAX_COMPARED) return;
  box.checked = false;
  document.querySelector('.sites-count').textContent = words.full;
}

function keepShortlist() {
  const { shortlist } = document.querySelector('[data-shortlist]').dataset;
  try {
    if (shortlist) localStorage.setItem(KEPT, shortlist);
    else if (new URL(location.href).searchParams.has('liste') || asked) localStorage.removeItem(KEPT);
  } catch { /* storage refused: the address still holds it */ }
}

/** An address without a shortlist, in a browser that has one: a link brings it back. */
function offerShortlist() {
  let kept = '';
  try { kept = localStorage.getItem(KEPT) ?? ''; } catch { /* storage refused */ }
  const tray = document.querySelector('[data-shortlist=""]');
  if (!kept || !tray) return;
  const url = new URL(location.href);
  url.searchParams.set('liste', kept);
  const link = document.createElement('a');
  link.href = url.pathname + url.search;
  link.className = 'button';
  link.textContent = words.restore.replace('{n}', kept.split(',').length);
  tray.append(' ', link);
}
