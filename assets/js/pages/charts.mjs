/**
 * Draws the charts of a page to read (`[data-figure]`) when they come near the screen, all of them before printing.
 * Plotly is fetched only then.
 */
import { CONFIG, loadPlotly } from '../plotly.mjs';

const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
}, { rootMargin: '300px' });

observe(document);
addEventListener('beforeprint', () => { for (const plot of waiting(document)) draw(plot); });

/** Watches the charts under `root`: call it again for a part of the page that was replaced. */
export function observe(root) {
  for (const plot of waiting(root)) near.observe(plot);
}

function waiting(root) {
  return root.querySelectorAll('[data-figure]:not([data-drawn])');
}

async function draw(plot) {
  near.unobserve(plot);
  if (plot.dataset.drawn) return;
  plot.dataset.drawn = 'true';
  const { data, layout } = JSON.parse(plot.dataset.figure);
  const plotly = await loadPlotly();
  await plotly.newPlot(plot, data, layout, CONFIG);
}
