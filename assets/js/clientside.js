/**
 * Functions that Dash calls in the browser (`ClientsideFunction("atlas", …)`): they split the URL so that a callback
 * runs only when its own part of it changes, and they draw the charts. Classic script, in <head>.
 */
(function () {
  'use strict';

  const OUT_OF_FILTERS = ['vue', 'onglet', 'tri', 'page', 'sel', 'couches', 'embed'];
  let last = [];

  /** The parts of a query string that `keep` accepts, in their order. */
  function part(search, keep) {
    return search
      .replace(/^\?/, '')
      .split('&')
      .filter((pair) => pair && keep(pair.split('=')[0]))
      .join('&');
  }

  function parts(search) {
    const params = new URLSearchParams(search);
    const filters = part(search, (name) => !OUT_OF_FILTERS.includes(name));
    // The details list what the filters leave around the object: both make its question.
    const selected = params.get('sel') ? `${filters}&sel=${encodeURIComponent(params.get('sel'))}` : '';
    const list = params.get('vue') === 'liste' ? part(search, () => true) : '';
    return [filters, selected, list];
  }

  const atlas = {
    /** True once Dash has read the URL. */
    isUp: false,

    /** Resolves when the map shows the last change (main.mjs): the server's part waits for it. */
    drawn: () => Promise.resolve(),

    /** `location.search` → [filters, selected, list]; `no_update` for what did not change. */
    async split(search) {
      atlas.isUp = true;
      document.dispatchEvent(new CustomEvent('atlas:url', { detail: search || '' }));
      await atlas.drawn();
      const next = parts(search || '');
      const { no_update: same } = window.dash_clientside;
      const answer = next.map((value, i) => (last[i] === value ? same : value));
      last = next;
      return answer;
    },

    /** The figures of the charts, drawn by a module that comes with the first of them. */
    async draw_charts(figures) {
      if (figures) (await import('./charts.mjs')).showFigures(figures);
    },
  };

  /**
   * Dash's scripts wait in `<template id="dash-parts">`: they run once the map is painted, so that the two do not share the
   * main thread; at once on a page without a map, at the first touch of the page, or after a while in any case.
   */
  const PATIENCE_MS = 6000;
  let isStarted = false;

  function startDash() {
    const template = document.getElementById('dash-parts');
    if (isStarted || !template) return;
    isStarted = true;
    for (const part of [...template.content.children]) {
      const node = part.tagName === 'SCRIPT' ? runnable(part) : part;
      document.body.append(node);
    }
    template.remove();
  }

  /** A script that came through a template does not run: a copy does; `async = false` keeps the order. */
  function runnable(script) {
    if (!script.src && /json/.test(script.type)) return script;
    const copy = document.createElement('script');
    for (const { name, value } of script.attributes) copy.setAttribute(name, value);
    copy.async = false;
    if (!script.src) inlineAfterAll(copy, script.textContent);
    return copy;
  }

  /** An inline script runs as soon as it is in the page: it is filled when the ones before it have loaded. */
  function inlineAfterAll(copy, code) {
    const previous = document.body.lastElementChild;
    previous.addEventListener('load', () => {
      const last = document.createElement('script');
      last.textContent = code;
      copy.replaceWith(last);
    });
  }

  document.addEventListener('DOMContentLoaded', () => {
    const hasMap = document.getElementById('carte-map') && !/[?&]vue=liste/.test(location.search) && innerWidth > 760;
    if (!hasMap) startDash();
    else setTimeout(startDash, PATIENCE_MS);
  });
  document.addEventListener('atlas:painted', startDash, { once: true });
  for (const name of ['pointerdown', 'keydown']) document.addEventListener(name, startDash, { once: true, capture: true });

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { atlas });
})();
