/**
 * The live map of the site finder: Carte's own component, sites only, fetched when the visitor asks for it.
 * The marks of the page (`[data-mark]`) say which sites are kept and their ranks, so list, drawing and map never disagree.
 */
import { createMap } from '../map/index.mjs';
import { loadObjects } from '../objects.mjs';
import { config } from '../text.mjs';

const NEVER = new Promise(() => {}); // names are in the list: the file of names is not fetched
const CLOSE_DEGREES = 7;

/**
 * @param {Element} slot  where the map goes
 * @param {string} millesime
 * @param {{onHover: (site: string | null) => void, onClick: (site: string) => void}} calls
 */
export async function openMap(slot, millesime, { onHover, onClick }) {
  const objects = await loadObjects(config.data['carte-objets'], NEVER);
  const tables = objects.of(millesime);
  const view = createMap({ data: config.data, millesime });
  view.setLayer('projets', false);
  slot.append(view.root);
  view.resize();
  const siteOf = (target) => (target?.kind === 'sites' ? tables.sites.id[target.rows[0]] : null);
  let under = null;
  view.on('hover', (target) => {
    const site = siteOf(target);
    if (site !== under) onHover(site); // leaving the map's ground says nothing of the row that is pointed at
    under = site;
  });
  view.on('click', (target) => { const site = siteOf(target); if (site) onClick(site); });
  view.on('ready', () => { slot.dataset.ready = 'true'; });
  const shown = new Shown(view, tables);
  shown.update();
  return shown;
}

class Shown {
  constructor(view, tables) {
    this.view = view;
    this.tables = tables;
    this.rowOf = new Map(tables.sites.id.map((id, row) => [id, row]));
    view.whenStyled(() => addRanks(view.map));
  }

  /** Draws the sites that the page's marks hold; goes where they are. */
  update() {
    const { sites, projets, territoires } = this.tables;
    const ranks = new Map([...document.querySelectorAll('[data-mark]')].map((mark) => [mark.dataset.mark, mark.querySelector('text')?.textContent ?? '']));
    const rows = [...ranks.keys()].map((site) => this.rowOf.get(site)).filter((row) => row !== undefined);
    const mask = new Uint8Array(sites.n);
    for (const row of rows) mask[row] = 1;
    this.view.setObjects(this.tables, {
      sites: { mask, n: rows.length },
      projets: { mask: new Uint8Array(projets.n), n: 0 },
      territoires: { mask: new Uint8Array(territoires.n).fill(1), n: territoires.n },
    });
    const features = rows.map((row) => ({
      type: 'Feature',
      properties: { rank: ranks.get(sites.id[row]) },
      geometry: { type: 'Point', coordinates: [sites.lon[row], sites.lat[row]] },
    }));
    this.view.whenStyled(() => this.view.map.getSource('rangs').setData({ type: 'FeatureCollection', features }));
    this.goTo(rows);
  }

  goTo(rows) {
    const lon = rows.map((row) => this.tables.sites.lon[row]);
    const lat = rows.map((row) => this.tables.sites.lat[row]);
    const bbox = [Math.min(...lon), Math.min(...lat), Math.max(...lon), Math.max(...lat)];
    if (rows.length && bbox[2] - bbox[0] < CLOSE_DEGREES) this.view.flyTo({ bbox });
    else this.view.goHome();
  }

  /** Outlines one site, or none. */
  light(site) {
    const group = this.view.groups.sites?.groupOf[this.rowOf.get(site) ?? -1];
    this.view.select(group >= 0 ? { source: 'sites', id: group } : null);
  }
}

/** Ranks beside the marks, in the page's ink. */
function addRanks(map) {
  const ink = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
  map.addSource('rangs', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer({
    id: 'rangs',
    type: 'symbol',
    source: 'rangs',
    layout: { 'text-field': ['get', 'rank'], 'text-font': ['Public Sans Semibold'], 'text-size': 12, 'text-offset': [0.95, -0.55], 'text-optional': true },
    paint: { 'text-color': ink, 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
  });
}
