/** Words for what lies under the pointer, and the `sel` that a click on it asks for. */
import { config, counted, month, number, text } from './text.mjs';
import { selectionId } from './objects.mjs';

const labels = new Map(config.facets.map((facet) => [facet.name, new Map((facet.values ?? []).map(({ code, label }) => [code, label]))]));

/** The label of a code of a facet, in the page's language. */
export function labelOf(facet, code) {
  return labels.get(facet)?.get(code) ?? code;
}

function codeAt(table, name, row) {
  const { index, lists, codes } = table.columns[name];
  const places = index ? [index[row]] : lists[row];
  return places.filter((place) => place >= 0).map((place) => codes[place]);
}

const labelsAt = (table, name, row) => codeAt(table, name, row).map((code) => labelOf(name, code)).join(', ');

/** `{title, meta, figure}` of a target of the map (see map/index.mjs). */
export function describe(target, { objects, state, results, carte }) {
  if (target.kind === 'importes') return describeImported(carte.view.imported.get(target.id).properties);
  if (target.kind === 'cellules') return { title: counted(`n_${target.of}`, target.n), meta: text('grouped_here'), figure: text('click_to_zoom') };
  const tables = objects.of(state.millesime);
  const { names } = objects;
  if (target.kind === 'territoires') return describeTerritoire(target.id, tables, names, state, results);
  if (target.kind === 'regions') {
    const code = tables.projets.columns.region.codes.indexOf(target.id);
    const n = code < 0 ? 0 : results.projets.counts.region[code + 1];
    return { title: names?.ofCode('region', target.id) ?? target.id, meta: text('kind_region'), figure: counted('n_projets', n) };
  }
  return describePoints(target, tables[target.kind], names, state);
}

function describeImported({ site_nom: title, nom_commune: place, surface_ha: surface }) {
  return { title, meta: text('kind_importe'), figure: [place, surface != null && `${number(surface)} ha`].filter(Boolean).join(' · ') };
}

function describeTerritoire(id, tables, names, state, results) {
  const code = tables.projets.columns.territoire.codes.indexOf(id);
  const n = (kind) => keptIn(tables[kind], results[kind].mask, code);
  return {
    title: names?.ofCode('territoire', id, state.millesime) ?? id,
    meta: text('kind_territoire'),
    figure: `${counted('n_projets', n('projets'))} · ${counted('n_sites', n('sites'))}`,
  };
}

function keptIn({ n, columns }, mask, code) {
  const { index } = columns.territoire;
  let total = 0;
  for (let row = 0; row < n; row += 1) if (mask[row] && index[row] === code) total += 1;
  return total;
}

function describePoints({ kind, rows }, table, names, state) {
  const [row] = rows;
  const place = names?.ofCode('commune', codeAt(table, 'commune', row)[0]);
  if (rows.length > 1) {
    return { title: counted(`n_${kind}`, rows.length), meta: place ?? '', figure: text('click_for_list') };
  }
  const title = names?.of(kind, row, state.millesime) || selectionId(kind, table.id[row]);
  const how = labelsAt(table, 'precision', row);
  if (kind === 'sites') {
    return { title, meta: `${text('kind_site')} · ${labelsAt(table, 'vague', row)}`, figure: `${place ?? ''} · ${how}` };
  }
  const [updated] = codeAt(table, 'mois', row);
  return { title, meta: labelsAt(table, 'mesure', row), figure: [place, how, updated && month(updated)].filter(Boolean).join(' · ') };
}

/** The value of `sel` for a target: one object, or the commune of several at the same place. */
export function selectionOf({ kind, id, rows }, tables) {
  if (kind === 'territoires') return `territoire:${id}`;
  if (kind === 'regions') return `region:${id}`;
  if (kind === 'importes') return `importe:${id}`;
  const table = tables[kind];
  const [commune] = codeAt(table, 'commune', rows[0]);
  if (rows.length > 1 && commune) return `commune:${commune}`;
  return `${kind.slice(0, -1)}:${selectionId(kind, table.id[rows[0]])}`;
}

/** Where a `sel` is on the map: `{mark: {source, id}|null, at: [lon, lat]|null, bbox}`; null when it is nowhere. */
export function locate(selected, objects, groups, millesime, imported) {
  const [kind, code] = selected.split(/:(.*)/);
  if (kind === 'importe') {
    const feature = imported?.get(code);
    return feature ? { mark: { source: 'importes', id: code }, at: feature.geometry.coordinates, zoom: 10 } : null;
  }
  const tables = objects.of(millesime);
  if (kind === 'territoire') {
    const row = tables.territoires.id.indexOf(code);
    return row < 0 ? null : { mark: { source: 'territoires', id: code }, at: point(tables.territoires, row), zoom: 8 };
  }
  if (kind === 'region') {
    const row = objects.regions.code.indexOf(code);
    return row < 0 ? null : { mark: { source: 'regions', id: code }, bbox: objects.regions.bbox[row] };
  }
  if (kind === 'commune') return locateCommune(code, tables, groups);
  const table = tables[`${kind}s`];
  const row = table ? rowOf(table, code) : -1;
  if (row < 0 || Number.isNaN(table.lon[row])) return null;
  return { mark: { source: `${kind}s`, id: groups[`${kind}s`].groupOf[row] }, at: point(table, row), zoom: 9 };
}

/** The row of a `sel`; projects are numbers in their table. */
function rowOf({ kind, id }, code) {
  const row = id.indexOf(kind === 'projets' ? Number(code.slice(1)) : code);
  return row >= 0 && selectionId(kind, id[row]) === code ? row : -1;
}

function locateCommune(code, tables, groups) {
  for (const kind of ['projets', 'sites']) {
    const { index, codes } = tables[kind].columns.commune;
    const row = index.indexOf(codes.indexOf(code));
    if (codes.includes(code) && row >= 0 && groups[kind].groupOf[row] >= 0) {
      return { mark: { source: kind, id: groups[kind].groupOf[row] }, at: point(tables[kind], row), zoom: 9 };
    }
  }
  return null;
}

const point = ({ lon, lat }, row) => [lon[row], lat[row]];
