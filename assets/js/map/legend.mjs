/** The legend, always on the map: what each mark means, how many there are, and the switch of its layer. */
import { el, number, text } from '../text.mjs';

const OBJECTS = ['territoires', 'sites', 'projets'];
const REFERENCES = ['regions', 'departements', 'epci', 'villes', 'gares', 'ports', 'aeroports', 'postes'];
const PARTS = { sites: ['adresse', 'commune'], projets: ['adresse', 'commune'] };

export function createLegend(view, onlayer, more = []) {
  const counts = {};
  const boxes = {};
  const crowds = {};
  const row = (name) => layerRow(name, counts, boxes, onlayer);
  const references = el('details', { class: 'legend-more' }, el('summary', {}, text('legend_references')), ...REFERENCES.map(row));
  const body = el('div', { class: 'legend-body' }, ...[...OBJECTS, ...more].map(row), references);
  const legend = el('details', { class: 'map-legend', open: window.innerWidth > 760 },
    el('summary', { class: 'legend-title' }, text('legend')), body);
  view.root.append(legend);

  return {
    /** Ticks the layers that are shown. */
    showLayers(layers) {
      for (const [name, box] of Object.entries(boxes)) box.checked = layers.includes(name);
    },
    /** Writes the counts: `{territoires, 'sites-adresse', 'sites-commune', …}`. */
    update(values) {
      for (const [name, n] of Object.entries(values)) if (counts[name]) counts[name].textContent = number(n);
    },
    /** Says of a kind that its marks are too many: `most` objects in the largest circle; 0: each mark is drawn. */
    showCrowd(kind, most) {
      if (most && !crowds[kind]) boxes[kind].closest('.legend-split').append(crowds[kind] = crowdRow(kind));
      if (crowds[kind]) crowds[kind].hidden = !most;
      if (most) crowds[kind].lastChild.textContent = text('grouped', { n: number(most) });
    },
  };
}

function layerRow(name, counts, boxes, onlayer) {
  const box = el('input', { type: 'checkbox', onchange: () => onlayer(name, box.checked) });
  boxes[name] = box;
  counts[name] = el('span', { class: 'legend-count' });
  const isSplit = name in PARTS;
  const label = el('label', { class: 'legend-row' }, box, isSplit ? null : swatch(name), el('span', {}, text(`layer_${name}`)), counts[name]);
  if (!isSplit) return label;
  const parts = PARTS[name].map((part) => {
    const key = `${name}-${part}`;
    counts[key] = el('span', { class: 'legend-count' });
    return el('div', { class: 'legend-part' }, swatch(key), el('span', {}, text(`precision_${part}`)), counts[key]);
  });
  return el('div', { class: 'legend-split' }, label, ...parts);
}

function crowdRow(kind) {
  return el('p', { class: 'legend-part legend-crowd', hidden: true }, swatch(`${kind}-cellules`), el('span', {}));
}

function swatch(name) {
  return el('span', { class: `swatch swatch-${name}`, 'aria-hidden': 'true' });
}

/** Drawn objects by precision, from what the map draws (points.mjs). */
export function drawnByPrecision(counts) {
  const values = {};
  for (const [kind, parts] of Object.entries(PARTS)) {
    for (const part of parts) values[`${kind}-${part}`] = counts[kind][part];
    values[kind] = counts[kind].located;
  }
  return values;
}
