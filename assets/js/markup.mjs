/**
 * Long read-only parts come as markup in `data-html` (views/markup.py, which escapes every value): with one Dash component
 * a cell, a page of the list takes seconds to mount.
 */

function fill(node) {
  const markup = node.dataset.html;
  node.removeAttribute('data-html');
  node.innerHTML = markup;
}

function fillAll() {
  document.querySelectorAll('[data-html]').forEach(fill);
}

new MutationObserver(fillAll).observe(document.body, {
  childList: true, subtree: true, attributes: true, attributeFilter: ['data-html'],
});
fillAll();
