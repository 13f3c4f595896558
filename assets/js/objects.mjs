/**
 * The objects of the map (projects, sites, territoires) as typed columns, and their names, which come later.
 *
 * A column is `{ index, lists, codes, start }`: `index[row]` is the place of the row's code in `codes`, -1 for « non renseigné »;
 * for a facet with several values a row, `lists[row]` is an array of such places instead.
 * @typedef {{index?: Int16Array | Int32Array, lists?: number[][], codes: string[]}} Column
 * @typedef {{kind: string, n: number, id: (string|number)[], lon: Float64Array, lat: Float64Array,
 *   columns: Object<string, Column>}} Table
 */
import { fold } from './text.mjs';

export const KINDS = ['territoires', 'sites', 'projets'];
const PLAIN = ['mesure', 'filiere', 'taille', 'precision', 'mois', 'jour', 'region', 'departement', 'commune', 'confiance', 'vague'];
const MOST_SHORT = 32767; // places that an Int16Array tells apart
const BY_MILLESIME = ['ti', 'territoire'];

/** Loads and unpacks carte-objets.json; `names` is the promise of carte-noms.json, which may come later (`named`). */
export async function loadObjects(url, names) {
  const objects = new Objects(await fetchJson(url));
  objects.named = names.then((raw) => { objects.names = new Names(raw, objects); });
  return objects;
}

export async function fetchJson(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

export class Objects {
  constructor(raw) {
    this.codes = raw.codes;
    this.regions = raw.regions;
    this.raw = raw;
    this.tables = new Map();
    this.names = null;
  }

  /** The tables of one millesime, built on first use. @returns {Object<string, Table>} */
  of(millesime) {
    if (!this.tables.has(millesime)) this.tables.set(millesime, this.build(millesime));
    return this.tables.get(millesime);
  }

  build(millesime) {
    return {
      projets: this.points('projets', millesime),
      sites: this.points('sites', millesime),
      territoires: this.territoires(millesime),
    };
  }

  points(kind, millesime) {
    const raw = this.raw[kind];
    const columns = {};
    for (const name of PLAIN) if (raw[name]) columns[name] = column(raw[name], this.codes[name]);
    for (const name of BY_MILLESIME) columns[name] = column(raw[name][millesime], this.codesOf(name, millesime));
    return table(kind, raw, columns);
  }

  territoires(millesime) {
    const raw = this.raw.territoires[millesime];
    return table('territoires', raw, {
      region: column(raw.regions, this.codes.region),
      departement: column(raw.departements, this.codes.departement),
      territoire: column([...raw.id.keys()], raw.id),
    });
  }

  /** Every code that the data hold for a facet. */
  codesOf(facet, millesime) {
    const codes = this.codes[facet];
    return Array.isArray(codes) ? codes : (codes?.[millesime] ?? []);
  }
}

/** Names of everything, and the folded texts that a search reads. */
export class Names {
  constructor(raw, objects) {
    this.raw = raw;
    this.objects = objects;
    this.folded = new Map();
  }

  /** Name of the object of a row; empty when the source names none. */
  of(kind, row, millesime) {
    if (kind === 'territoires') return this.raw.territoires[millesime][row] ?? '';
    return (kind === 'projets' ? this.raw.projets.entreprise[row] : this.raw.sites.nom[row]) ?? '';
  }

  /** Name of a code of region, departement, territoire or commune; the code itself when it has none. */
  ofCode(facet, code, millesime) {
    const plural = `${facet}s`;
    const [names, codes] = facet === 'territoire'
      ? [this.raw.territoires[millesime], this.objects.codes.territoire[millesime]]
      : [this.raw[plural] ?? [], this.objects.codes[facet] ?? []];
    return names[codes.indexOf(code)] ?? code;
  }

  /** One accent-free text a row: company and commune, site and commune, or territoire. */
  texts(kind, millesime) {
    const key = kind === 'territoires' ? kind + millesime : kind;
    if (!this.folded.has(key)) {
      const { n, columns } = this.objects.of(millesime)[kind];
      const commune = columns.commune?.index;
      const place = (row) => (commune && commune[row] >= 0 ? this.raw.communes[commune[row]] : '');
      this.folded.set(key, Array.from({ length: n }, (_, row) => fold(`${this.of(kind, row, millesime)} ${place(row)}`)));
    }
    return this.folded.get(key);
  }
}

function table(kind, raw, columns) {
  return { kind, n: raw.id.length, id: raw.id, lon: coordinates(raw.lon), lat: coordinates(raw.lat), columns };
}

function coordinates(values) {
  const degrees = new Float64Array(values.length);
  for (let row = 0; row < degrees.length; row += 1) degrees[row] = values[row] ?? NaN;
  return degrees;
}

function column(values, codes = []) {
  if (Array.isArray(values[0])) return { lists: values, codes };
  const Places = codes.length > MOST_SHORT ? Int32Array : Int16Array;
  return { index: new Places(values), codes };
}

/** `p0001` for a project, else the id as it is: how an object is named in `sel`. */
export function selectionId(kind, id) {
  return kind === 'projets' && typeof id === 'number' ? `p${String(id).padStart(4, '0')}` : String(id);
}
