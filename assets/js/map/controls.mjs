/** Buttons over the map: zoom, metropolitan France, fullscreen, IGN background; the « non localisés » tray; the sources. */
import { counted, el, text } from '../text.mjs';

const PATHS = {
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  home: 'M3 10l7-6 7 6M5 9v8h10V9',
  full: 'M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4',
  layers: 'M10 3l7 4-7 4-7-4zM3 11l7 4 7-4',
};

function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

function button(name, label, onclick) {
  return el('button', { type: 'button', class: `map-button map-button-${name}`, 'aria-label': label, title: label, onclick }, icon(name));
}

/** @param {object} view  see index.mjs @param {object|null} ign  see ign.mjs */
export function createControls(view, ign) {
  const { map, root } = view;
  const goFull = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen());
  const group = el('div', { class: 'map-controls', role: 'group', 'aria-label': text('map_controls') },
    button('plus', text('zoom_in'), () => map.zoomIn()),
    button('minus', text('zoom_out'), () => map.zoomOut()),
    button('home', text('home'), () => view.goHome()),
    root.requestFullscreen ? button('full', text('fullscreen'), goFull) : null,
    ign ? ignButton(ign) : null);
  const sources = el('a', { class: 'map-sources', href: `/sources${window.location.search.includes('lang=en') ? '?lang=en' : ''}` }, text('attribution'));
  root.append(group, sources);
  if (ign) ign.onchange = (isOn) => { sources.textContent = text(isOn ? 'attribution_ign' : 'attribution'); };
}

function ignButton(ign) {
  const toggle = button('layers', text('ign_on'), async () => {
    toggle.setAttribute('aria-busy', 'true');
    const answer = await ign.toggle();
    toggle.removeAttribute('aria-busy');
    toggle.setAttribute('aria-pressed', String(answer === 'on'));
    note.textContent = answer === 'unreachable' ? text('ign_unreachable') : '';
    if (note.textContent) setTimeout(() => { note.textContent = ''; }, 6000);
  });
  toggle.setAttribute('aria-pressed', 'false');
  const note = el('span', { class: 'map-note', role: 'status' });
  return el('span', { class: 'map-ign' }, toggle, note);
}

/** The tray of what has no position: with the map it always adds up to the table. */
export function createTray(root, onopen) {
  const tray = el('button', { type: 'button', class: 'map-tray', hidden: true, onclick: onopen, title: text('unlocated_title') });
  root.append(tray);
  return {
    update({ projets, sites }) {
      const parts = [];
      if (projets) parts.push(counted('n_projets', projets));
      if (sites) parts.push(counted('n_sites', sites));
      tray.hidden = parts.length === 0;
      tray.textContent = text('unlocated', { what: parts.join(', ') });
    },
  };
}
