/** The legend, always on the map: what each mark means, how many there are, and the switch of its layer. */
import { el, number, text } from '../text.mjs';

const OBJECTS = ['territoires', 'sites', 'projets'];
const REFERENCES = ['regions', 'departements', 'epci', 'villes', 'gares', 'ports', 'aeroports', 'postes'];
const PARTS = { sites: ['adresse', 'commune'], projets: ['adresse', 'commune'] };

export function createLegend(view, onlayer, more = []) {
  const counts = {};
  const boxes = {};
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

function swatch(name) {
  return el('span', { class: `swatch swatch-${name}`, 'aria-hidden': 'true' });
}

/** Drawn objects by precision, from what the map draws. */
export function drawnByPrecision(counts) {
  const values = {};
  for (const kind of Object.keys(PARTS)) {
    const sum = (precise) => counts[kind].features.reduce((total, { properties: p }) => total + (p.precise === precise ? p.n : 0), 0);
    values[`${kind}-adresse`] = sum(1);
    values[`${kind}-commune`] = sum(0);
    values[kind] = counts[kind].drawn;
  }
  return values;
}
