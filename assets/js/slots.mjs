/**
 * Our elements and the places that the page gives them. The page exists twice for a moment: a prerendered copy in `#boot`,
 * then the live one that Dash mounts. Each element is created once and moves to the live place, never re-created.
 */

const slots = new Map();

/** The live element of an id: the one outside `#boot`, else the prerendered one, else null. */
export function live(id) {
  const found = [...document.querySelectorAll(`[id="${id}"]`)];
  return found.find((node) => !node.closest('#boot')) ?? found[0] ?? null;
}

/** Keeps `node` in the live element `id`; `onplace` runs after every move. */
export function keepIn(id, node, onplace = () => {}) {
  slots.set(id, { node, onplace });
  place(id);
}

/** Runs `call` once, as soon as an element of that id exists. */
export function whenPresent(id, call) {
  if (live(id)) call();
  else slots.set(`${id}?`, { wait: id, call });
}

function place(id) {
  const { node, onplace } = slots.get(id);
  const target = live(id);
  if (target && node.parentNode !== target) {
    target.replaceChildren(node);
    onplace(target);
  }
}

function placeAll() {
  for (const [id, slot] of slots) {
    if (slot.node) place(id);
    else if (live(slot.wait)) {
      slots.delete(id);
      slot.call();
    }
  }
}

/** Which elements the page holds changes only near its top: deep mutations (lists, charts) are none of our business. */
function concerns({ target, addedNodes }) {
  return addedNodes.length > 0 && !target.closest?.('.map-root, .facet-root, svg');
}

/** Once Dash has mounted the live page, its prerendered copy has done its work. */
function leaveBoot() {
  const boot = document.getElementById('boot');
  if (boot && live('shell-main') && !boot.contains(live('shell-main'))) boot.remove();
}

new MutationObserver((changes) => {
  if (!changes.some(concerns)) return;
  placeAll();
  leaveBoot();
}).observe(document.body, { childList: true, subtree: true });
