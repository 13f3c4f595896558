/**
 * Too many marks for one picture: those of a cell of a grid are one circle, with their number. Pure functions over typed
 * arrays. The grid lies in Web Mercator (0 to 1 on both axes) and doubles with the zoom, so that cells keep their size on
 * the screen; the circle stands where its objects are on average.
 */

/** Pixels of a cell at the zoom that it is made for. */
export const CELL = 24;
/** Pixels of the world at zoom 0. */
export const WORLD = 512;
const RADIUS = 0.62; // of a cell, for the fullest one
const LEAST = 1.5; // pixels
const NUMBERED = 8; // pixels: a number is read on a circle of that radius

/** Web Mercator, 0 to 1 from west to east and from north to south. */
export function toWorld(lon, lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

function toDegrees(x, y) {
  return [(x - 0.5) * 360, (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90];
}

/** Every mark in Web Mercator, once. @returns {{x: Float64Array, y: Float64Array}} */
export function project({ n, lon, lat }) {
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let mark = 0; mark < n; mark += 1) [x[mark], y[mark]] = toWorld(lon[mark], lat[mark]);
  return { x, y };
}

/** The steps of zoom at which cells are made again: every half. */
export const stepOf = (zoom) => Math.floor(zoom * 2) / 2;

/**
 * The kept rows by cell; a cell is counted whole or not at all.
 * @param {{x: Float64Array, y: Float64Array}} world  marks in Web Mercator @param {Uint32Array} n  kept rows a mark
 * @param {number} step  a zoom @param {number[]} box  [west, north, east, south] in Web Mercator
 * @returns {{n: number[], x: number[], y: number[], key: number[]}}  rows a cell, sums of their positions, its number
 */
export function toCells({ x, y }, n, step, box) {
  const across = Math.round((WORLD * 2 ** step) / CELL);
  const [west, north, east, south] = box.map((edge) => Math.floor(edge * across));
  const place = new Map();
  const cells = { n: [], x: [], y: [], key: [] };
  for (let mark = 0; mark < n.length; mark += 1) {
    const column = Math.floor(x[mark] * across);
    const line = Math.floor(y[mark] * across);
    if (n[mark] === 0 || column < west || column > east || line < north || line > south) continue;
    const key = line * across + column;
    let cell = place.get(key);
    if (cell === undefined) {
      cell = cells.n.length;
      place.set(key, cell);
      cells.n.push(0);
      cells.x.push(0);
      cells.y.push(0);
      cells.key.push(key);
    }
    cells.n[cell] += n[mark];
    cells.x[cell] += n[mark] * x[mark];
    cells.y[cell] += n[mark] * y[mark];
  }
  return cells;
}

/**
 * Cells as GeoJSON, fullest first: `n` rows, `size` the radius as a share of the world, so that circles grow with the
 * map, `numbered` whether the number has room. Areas are as `n`, but for the smallest circles, which would not be seen.
 */
export function cellsToGeojson({ n, x, y, key }, step) {
  const world = WORLD * 2 ** step;
  const most = n.reduce((found, count) => Math.max(found, count), 1);
  const radius = (count) => Math.max(LEAST, RADIUS * CELL * Math.sqrt(count / most));
  const order = [...n.keys()].sort((a, b) => n[b] - n[a]);
  const features = order.map((cell) => ({
    type: 'Feature',
    properties: { key: key[cell], n: n[cell], size: radius(n[cell]) / world, numbered: radius(n[cell]) >= NUMBERED },
    geometry: { type: 'Point', coordinates: toDegrees(x[cell] / n[cell], y[cell] / n[cell]) },
  }));
  return { collection: { type: 'FeatureCollection', features }, most };
}
