/**
 * A scene from an address: the query in the grammar of Carte, the frame, the ground and the chart that suit the page.
 * `sceneOf({ path, search, hash, size })`: `size` is that of the map's place in pixels, for the camera of the hash.
 */
const KEPT = ['date', 'millesime', 'region', 'departement', 'territoire', 'ti', 'mesure', 'filiere', 'taille', 'mois', 'vague', 'confiance', 'precision', 'q', 'couches'];
const FRAMED = ['region', 'departement', 'territoire', 'site', 'projet'];
const PAGES = [
  [/^\/$/, () => ({})],
  [/^\/regions\/(\w+)$/, (code) => ({ keep: { region: code }, cadre: `region:${code}` })],
  [/^\/territoires\/([\w-]+)$/, (code) => ({ keep: { territoire: code }, cadre: `territoire:${code}` })],
  [/^\/sites\/([\w-]+)$/, (code) => ({ keep: { couches: 'territoires,sites,regions' }, cadre: `site:${code}` })],
  [/^\/sites$/, () => ({ keep: { couches: 'sites,regions' } })],
  [/^\/suivi$/, () => ({ fond: 'tuiles', graphique: 'mesure', keep: { couches: 'projets,regions' } })],
  [/^\/(regions|territoires)$/, () => ({ keep: { couches: 'territoires,regions' } })],
  [/^\/./, () => ({ fond: 'aucun' })],
];
const MAINLAND = [-4.5, 42.6, 8, 50.9]; // a camera that holds all of it is « France », overseas regions with it
const MAX_CLAIMS = 3;

export function sceneOf({ path, search, hash, size }) {
  const [match, make] = PAGES.map(([pattern, then]) => [pattern.exec(path), then]).find(([found]) => found) ?? [[], () => ({})];
  const page = make(match[1]);
  const asked = new URLSearchParams(search);
  const names = path === '/' ? KEPT : KEPT.filter((name) => !isOfThePage(path, name));
  const kept = new Map(names.filter((name) => asked.get(name)).map((name) => [name, asked.get(name)]));
  for (const [name, value] of Object.entries(page.keep ?? {})) if (!kept.has(name) || name !== 'couches') kept.set(name, value);
  const vue = [...kept].map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2C/g, ',').replace(/%3A/g, ':')}`).join('&');
  const scene = { vue, cadre: page.cadre ?? frameOf(asked, path === '/' ? hash : '', size) };
  if (page.fond) scene.fond = page.fond;
  if (page.graphique) scene.graphique = page.graphique;
  const claims = path === '/chiffres' ? [hash.replace(/^#/, '')].filter((name) => /^[a-z0-9-]*\d[a-z0-9-]*$/.test(name)) : [];
  if (claims.length) scene.chiffres = claims.slice(0, MAX_CLAIMS);
  return scene;
}

/** Names that mean something else there than on Carte. */
function isOfThePage(path, name) {
  return ['mesure', 'q', 'couches', 'territoire'].includes(name) && !path.startsWith('/territoires');
}

/** The camera if the visitor moved it, else the chosen object, else the one region of the filters, else France. */
function frameOf(asked, hash, size) {
  const camera = size && boxOf(hash, size);
  if (camera) return camera;
  const [kind, code] = (asked.get('sel') ?? '').split(':');
  if (FRAMED.includes(kind) && code) return `${kind}:${code}`;
  for (const name of ['territoire', 'departement', 'region']) {
    const values = (asked.get(name) ?? '').split(',').filter(Boolean);
    if (values.length === 1) return `${name}:${values[0]}`;
  }
  return 'france';
}

/** `west,south,east,north` of the map's hash, `#zoom/lat/lon`, in tiles of 512 pixels. */
export function boxOf(hash, { width, height }) {
  const parts = hash.replace(/^#/, '').split('/');
  const [zoom, lat, lon] = parts.map((part) => (part === '' ? NaN : Number(part)));
  if (parts.length !== 3 || !(zoom >= 0 && zoom <= 22 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180)) return '';
  const world = 512 * 2 ** zoom;
  const x = ((lon + 180) / 360) * world;
  const y = (0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * world;
  const toLon = (at) => Math.min(Math.max((at / world) * 360 - 180, -180), 180);
  const toLat = (at) => Math.min(Math.max((Math.atan(Math.sinh(Math.PI * (1 - (2 * at) / world))) * 180) / Math.PI, -85), 85);
  const box = [toLon(x - width / 2), toLat(y + height / 2), toLon(x + width / 2), toLat(y - height / 2)];
  const [west, south, east, north] = MAINLAND;
  if (box[0] <= west && box[1] <= south && box[2] >= east && box[3] >= north) return 'france';
  return box.map((edge) => edge.toFixed(4)).join(',');
}
