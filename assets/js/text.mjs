/**
 * What the reader reads: messages of the page's language, numbers, plurals, and accent-free comparison.
 * The messages come from the page (`#atlas-config`); `views/messages.toml` is their only home.
 */

const LOCALES = { fr: 'fr-FR', en: 'en-GB' };

/** @type {object} the page's configuration, read once */
export const config = readConfig();

const locale = LOCALES[config.language] ?? LOCALES.fr;
const plurals = new Intl.PluralRules(locale);
const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });

function readConfig() {
  const node = document.getElementById('atlas-config');
  return node ? JSON.parse(node.textContent) : { language: 'fr', data: {}, facets: [], millesimes: [], messages: {} };
}

/** The message `js_<key>` with its {placeholders} filled; the key itself when the catalogue lacks it. */
export function text(key, values = {}) {
  const message = config.messages[`js_${key}`] ?? key;
  return message.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The `_one` or `_other` form of a message, with {n} written as a number of the language. */
export function counted(key, n, values = {}) {
  const form = plurals.select(n) === 'one' ? 'one' : 'other';
  return text(`${key}_${form}`, { n: number(n), ...values });
}

/** `1 234` or `1,234`. */
export function number(n) {
  return integers.format(n);
}

/** `12 %` or `12%` for 0.12. */
export function percent(share) {
  return shares.format(share);
}

/** `février 2021` for `2021-02`. */
export function month(code) {
  const [year, index] = code.split('-').map(Number);
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }).format(new Date(year, index - 1, 1));
}

/** Lower case, without accents: how names and questions are compared. */
export function fold(value) {
  return value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** A DOM element: `el('a', { class: 'x', href: '/', onclick: f }, 'text', child)`. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.replace(/^on/, ''), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}
