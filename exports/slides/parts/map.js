/* The buttons of the scenes show their layers and move the map; the charts are drawn by Plotly. Both are in this file. */
(() => {
  'use strict';
  const told = JSON.parse(document.getElementById('told').textContent);
  const map = window[told.map];
  const buttons = [...document.querySelectorAll('.scenes button')];

  function show(position) {
    const scene = told.scenes[position];
    const wanted = scene.layers.map((name) => window[name]);
    for (const name of told.layers) {
      const layer = window[name];
      if (wanted.includes(layer)) layer.addTo(map);
      else map.removeLayer(layer);
    }
    document.getElementById('scene-source').textContent = scene.source;
    map.fitBounds(scene.bounds, { animate: !matchMedia('(prefers-reduced-motion: reduce)').matches });
    buttons.forEach((button, place) => button.setAttribute('aria-pressed', String(place === position)));
  }

  map.on('overlayadd', () => {
    for (const name of told.points) if (map.hasLayer(window[name])) window[name].bringToFront();
  });
  buttons.forEach((button, place) => button.addEventListener('click', () => show(place)));
  if (told.scenes.length) show(0);
  for (const { id, data, layout } of told.charts) {
    window.Plotly.newPlot(id, data, layout, { displayModeBar: false, responsive: true });
  }
  document.documentElement.dataset.ready = 'true';
})();
