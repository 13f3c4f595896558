/**
 * The charts of Carte, from the figures that the server last gave: each is drawn when it comes near the screen, one at a
 * time, so that the page never stops for all of them; all of them before printing. A click on a mark is a filter.
 */
import { CONFIG, loadPlotly } from './plotly.mjs';
import { live } from './slots.mjs';

const wanted = new Map(); // id → the figure that is not drawn yet
const nodes = new Map(); // id → where it is drawn
const near = new Set(); // ids
let isDrawing = false;

const watch = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) near[isIntersecting ? 'add' : 'delete'](target.id);
  draw();
}, { rootMargin: '150px' });

// Nothing waits for a page that is being printed: all at once, if Plotly is here.
addEventListener('beforeprint', () => { if (window.Plotly) for (const id of [...wanted.keys()]) drawOne(window.Plotly, id); });

/** Takes new figures by the id of their place. */
export function showFigures(figures) {
  for (const [id, figure] of Object.entries(figures)) if (live(id)) place(id, figure);
  draw();
}

/** Keeps the room that the chart will take; a page drawn anew has new places. */
function place(id, figure) {
  const node = live(id);
  wanted.set(id, figure);
  node.style.minHeight = `${figure.layout.height}px`;
  const former = nodes.get(id);
  if (former === node) return;
  if (former) watch.unobserve(former);
  nodes.set(id, node);
  near.delete(id);
  watch.observe(node);
}

/** Draws what is seen, and what comes to be seen meanwhile; Plotly is fetched for the first one, not before. */
async function draw() {
  if (isDrawing) return;
  isDrawing = true;
  try {
    for (let id = next(); id; id = next()) {
      const plotly = await loadPlotly();
      if (wanted.has(id)) await drawOne(plotly, id);
      await new Promise((resolve) => { setTimeout(resolve); });
    }
  } finally {
    isDrawing = false;
  }
}

const next = () => [...wanted.keys()].find((id) => near.has(id));

function drawOne(plotly, id) {
  const [node, { data, layout }] = [nodes.get(id), wanted.get(id)];
  wanted.delete(id);
  const drawn = plotly.react(node, data, layout, CONFIG);
  listen(node);
  return drawn;
}

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
