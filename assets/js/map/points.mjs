/**
 * From kept rows to what the two point sources draw: objects at the same place are one mark, with their number.
 * Keeps the way back: a mark's rows, the mark of an object. Everything lies in typed arrays: a publication a hundred
 * times larger is grouped and counted in a few hundredths of a second.
 *
 * @typedef {Object} Places
 * @property {number} n             marks
 * @property {Float64Array} lon     of each mark, WGS84 degrees; `lat` likewise
 * @property {Uint8Array} precise   0: the centre of a commune stands for what is drawn
 * @property {Int32Array} groupOf   the mark of a row, -1 without a position
 * @property {Uint32Array} rows     rows mark after mark; those of mark i from `start[i]` to `start[i + 1]`
 * @property {Uint32Array} start
 *
 * @typedef {{n: Uint32Array, marks: number, located: number, unlocated: number, adresse: number, commune: number}} Kept
 *   `n` kept rows a mark, `marks` with at least one, and the rows among them by precision
 */

const SCALE = 1e5; // a metre: finer than what is published

/** Rows of a table grouped by place, once. @returns {Places} */
export function groupByPlace(table) {
  const { n, lon, lat, columns: { precision } } = table;
  const commune = precision ? precision.codes.indexOf('commune') : -1;
  const isPrecise = (row) => (precision && precision.index[row] !== commune ? 1 : 0);
  const places = new Map();
  const groupOf = new Int32Array(n).fill(-1);
  const first = [];
  for (let row = 0; row < n; row += 1) {
    if (Number.isNaN(lon[row])) continue;
    const column = Math.round((lon[row] + 180) * SCALE);
    const key = (column * 180 * SCALE + Math.round((lat[row] + 90) * SCALE)) * 2 + isPrecise(row);
    let group = places.get(key);
    if (group === undefined) {
      group = first.length;
      places.set(key, group);
      first.push(row);
    }
    groupOf[row] = group;
  }
  return {
    n: first.length,
    lon: Float64Array.from(first, (row) => lon[row]),
    lat: Float64Array.from(first, (row) => lat[row]),
    precise: Uint8Array.from(first, isPrecise),
    groupOf,
    ...rowsByGroup(groupOf, first.length),
  };
}

function rowsByGroup(groupOf, n) {
  const start = new Uint32Array(n + 1);
  for (const group of groupOf) if (group >= 0) start[group + 1] += 1;
  for (let group = 0; group < n; group += 1) start[group + 1] += start[group];
  const next = start.slice();
  const rows = new Uint32Array(start[n]);
  groupOf.forEach((group, row) => { if (group >= 0) { rows[next[group]] = row; next[group] += 1; } });
  return { start, rows };
}

/** The rows of one mark that a mask keeps, as an array. */
export function keptRows({ start, rows }, group, mask) {
  return Array.from(rows.subarray(start[group], start[group + 1])).filter((row) => mask[row]);
}

/** Kept rows by mark. @returns {Kept} */
export function countKept({ n: groups, groupOf, precise }, mask) {
  const n = new Uint32Array(groups);
  let unlocated = 0;
  for (let row = 0; row < mask.length; row += 1) {
    if (!mask[row]) continue;
    if (groupOf[row] < 0) unlocated += 1;
    else n[groupOf[row]] += 1;
  }
  const found = [0, 0];
  let marks = 0;
  for (let group = 0; group < groups; group += 1) {
    if (n[group] === 0) continue;
    marks += 1;
    found[precise[group]] += n[group];
  }
  return { n, marks, unlocated, commune: found[0], adresse: found[1], located: found[0] + found[1] };
}

/** Marks as GeoJSON: those that `isDrawn` accepts among those that keep a row. */
export function toGeojson({ lon, lat, precise }, { n }, isDrawn = () => true) {
  const features = [];
  for (let key = 0; key < n.length; key += 1) {
    if (n[key] && isDrawn(key)) {
      features.push({
        type: 'Feature',
        properties: { key, n: n[key], precise: precise[key] },
        geometry: { type: 'Point', coordinates: [lon[key], lat[key]] },
      });
    }
  }
  return { type: 'FeatureCollection', features };
}
