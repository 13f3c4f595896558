/**
 * The layer of imported sites: what a visitor's own file holds, unverified, with a mark of its own. It comes after the
 * map is painted, follows the filters that it can answer (region, département, text), and is in no count but its own.
 */
import { fetchJson } from '../objects.mjs';
import { fold } from '../text.mjs';
import { readTheme } from './style.mjs';

const SIZE = 40;

/** Adds the layer to a map. @returns {Promise<{update, at, features}>} */
export async function addImported(view, url) {
  const { features } = await fetchJson(url);
  const byId = new Map(features.map((feature) => [feature.properties.site_id, feature]));
  const folded = features.map(({ properties: p }) => fold(`${p.site_nom} ${p.nom_commune ?? ''}`));
  await view.styled;
  draw(view.map, readTheme());
  view.imported = byId;
  view.setLayer('importes', view.layers.importes ?? true);

  return {
    features,
    /** Shows those that the filters leave. @returns {number} how many */
    update(state) {
      const kept = features.filter((feature, row) => isKept(feature.properties, folded[row], state));
      view.map.getSource('importes').setData({ type: 'FeatureCollection', features: kept });
      return kept.length;
    },
  };
}

function isKept({ code_region: region, code_departement: departement }, name, { filters, text }) {
  const asked = fold(text).split(' ').filter(Boolean);
  return isIn(filters.region, region) && isIn(filters.departement, departement) && asked.every((word) => name.includes(word));
}

const isIn = (values, code) => !values?.length || values.includes(code);

function draw(map, colours) {
  for (const [name, fill, line] of [['importe', colours.reference, colours.paper], ['importe-commune', colours.paper, colours.reference]]) {
    map.addImage(name, icon(fill, line, colours), { pixelRatio: 2 });
  }
  map.addSource('importes', { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, promoteId: 'site_id' });
  const is = (name) => ['boolean', ['feature-state', name], false];
  map.addLayer({
    id: 'importes-halo', type: 'circle', source: 'importes', layout: { visibility: 'none' },
    paint: {
      'circle-radius': 16, 'circle-color': colours.reference,
      'circle-opacity': ['case', is('selected'), 0.3, is('hover'), 0.22, 0],
      'circle-stroke-color': colours.reference, 'circle-stroke-width': ['case', is('selected'), 2, 0],
    },
  });
  map.addLayer({
    id: 'importes', type: 'symbol', source: 'importes',
    layout: {
      'icon-image': ['case', ['==', ['get', 'position_quality'], 'commune'], 'importe-commune', 'importe'],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 4, 0.62, 9, 0.95], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
    },
  });
}

/** A square with a plus: neither the circle of a project nor the diamond of a site. */
function icon(fill, line, { reference }) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const c = canvas.getContext('2d', { willReadFrequently: true });
  c.fillStyle = fill; c.strokeStyle = fill === reference ? line : reference; c.lineWidth = 3;
  c.beginPath(); c.rect(6, 6, 28, 28); c.fill(); c.stroke();
  c.strokeStyle = line; c.lineWidth = 4;
  c.beginPath(); c.moveTo(20, 12); c.lineTo(20, 28); c.moveTo(12, 20); c.lineTo(28, 20); c.stroke();
  return c.getImageData(0, 0, SIZE, SIZE);
}
