/**
 * From kept rows to what the two point sources draw: objects at the same place are one mark, with their number.
 * Keeps the way back: a mark's rows, the mark of an object.
 */

/** Rows of a table grouped by place, once; -1 for a row without a position. */
export function groupByPlace(table) {
  const places = new Map();
  const groupOf = new Int32Array(table.n).fill(-1);
  const precise = table.columns.precision;
  const commune = precise ? precise.codes.indexOf('commune') : -1;
  const groups = [];
  for (let row = 0; row < table.n; row += 1) {
    const lon = table.lon[row];
    if (Number.isNaN(lon)) continue;
    const isPrecise = precise && precise.index[row] !== commune ? 1 : 0;
    const key = `${lon},${table.lat[row]},${isPrecise}`;
    let group = places.get(key);
    if (group === undefined) {
      group = groups.length;
      places.set(key, group);
      groups.push({ coordinates: [lon, table.lat[row]], precise: isPrecise, rows: [] });
    }
    groupOf[row] = group;
    groups[group].rows.push(row);
  }
  return { groups, groupOf };
}

/** The kept rows as GeoJSON, and how many have no position. */
export function toGeojson({ groups, groupOf }, mask) {
  const n = new Uint16Array(groups.length);
  let unlocated = 0;
  for (let row = 0; row < mask.length; row += 1) {
    if (!mask[row]) continue;
    if (groupOf[row] < 0) unlocated += 1;
    else n[groupOf[row]] += 1;
  }
  const features = [];
  for (let key = 0; key < groups.length; key += 1) {
    if (n[key]) {
      features.push({
        type: 'Feature',
        properties: { key, n: n[key], precise: groups[key].precise },
        geometry: { type: 'Point', coordinates: groups[key].coordinates },
      });
    }
  }
  return { collection: { type: 'FeatureCollection', features }, unlocated };
}
