/**
 * The charts of Carte, from the figures that the server last gave: each is drawn when it comes near the screen, one at a
 * time, so that the page never stops for all of them; all before printing. A click on a mark is a filter.
 */
import { CONFIG, loadPlotly } from './plotly.mjs';
import { live } from './slots.mjs';

const wanted = new Map(); // id → the figure that is not drawn yet
const nodes = new Map(); // id → where it is drawn
const near = new Set(); // ids
let isDrawing = false;

const watch = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) near[isIntersecting ? 'add' : 'delete'](target.id);
  draw((id) => near.has(id));
}, { rootMargin: '150px' });

addEventListener('beforeprint', () => draw(() => true));

/** Takes new figures by the id of their place. */
export function showFigures(figures) {
  for (const [id, figure] of Object.entries(figures)) {
    wanted.set(id, figure);
    place(id, figure);
  }
  draw((id) => near.has(id));
}

/** Keeps the room that the chart will take; a page drawn anew has new places. */
function place(id, { layout }) {
  const node = live(id);
  node.style.minHeight = `${layout.height}px`;
  if (nodes.get(id) === node) return;
  nodes.set(id, node);
  near.delete(id);
  watch.observe(node);
}

async function draw(isAsked) {
  if (isDrawing) return;
  isDrawing = true;
  try {
    const plotly = await loadPlotly();
    for (let id = next(isAsked); id; id = next(isAsked)) {
      const { data, layout } = wanted.get(id);
      wanted.delete(id);
      await plotly.react(nodes.get(id), data, layout, CONFIG);
      listen(nodes.get(id));
      await new Promise((resolve) => { setTimeout(resolve); });
    }
  } finally {
    isDrawing = false;
  }
}

const next = (isAsked) => [...wanted.keys()].find(isAsked);

/** A mark whose `customdata` is [facet, value] toggles that value of that facet. */
function listen(node) {
  if (node.dataset.listens) return;
  node.dataset.listens = 'true';
  node.on('plotly_click', ({ points: [mark] }) => {
    if (!Array.isArray(mark?.customdata)) return;
    const [facet, value] = mark.customdata;
    document.dispatchEvent(new CustomEvent('atlas:toggle', { detail: { facet: String(facet), value: value === null ? 'aucun' : String(value) } }));
  });
}
