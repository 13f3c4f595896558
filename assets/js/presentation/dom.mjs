/** Elements without markup: what a visitor wrote is always text. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

/** The words of an element's `data-…`, with their places filled. */
export function words(node, name, values = {}) {
  return Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, value), node.dataset[name] ?? '');
}

/** A line with a button that takes back what was just done. */
export function undo(place, said, label, act) {
  const button = el('button', { type: 'button', class: 'button', onclick: () => { place.replaceChildren(); act(); } }, label);
  place.replaceChildren(el('p', {}, said, ' ', button));
}

/** The faults of a file, each with its place; `link` makes of a place what leads to its field. */
export function faultList(faults, link = (where) => el('code', {}, where)) {
  return el('ul', { class: 'plain' }, ...faults.map(({ where, reason }) => el('li', {}, ...(where ? [link(where), ' '] : []), reason)));
}
