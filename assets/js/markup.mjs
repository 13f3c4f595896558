/**
 * Long read-only pages come as markup in `data-html`: with one Dash component a cell, the Sources page takes a minute to
 * mount. The server escapes every value of it (layouts/prerender.py).
 */

/** Fills a live element, with the prerendered copy's own nodes if it is still there, so that folds stay as they were. */
function fill(node) {
  const copy = document.querySelector(`#boot [id="${node.id}"]`);
  if (copy) node.replaceChildren(...copy.childNodes);
  else node.innerHTML = node.dataset.html;
  node.removeAttribute('data-html');
  showTarget(node);
}

/** The browser looks for `#name` when the page loads; what is filled later is looked up here, and its fold opened. */
function showTarget(node) {
  const name = window.location.hash.slice(1);
  const target = name && [...node.querySelectorAll('[id]')].find(({ id }) => id === name);
  if (!target) return;
  if (target instanceof HTMLDetailsElement) target.open = true;
  target.scrollIntoView();
}

function fillAll() {
  document.querySelectorAll('[data-html]').forEach(fill);
}

window.addEventListener('hashchange', () => showTarget(document));
new MutationObserver(fillAll).observe(document.body, {
  childList: true, subtree: true, attributes: true, attributeFilter: ['data-html'],
});
fillAll();
showTarget(document);
