/**
 * The slider of the chronology without loading the page again: the same address is fetched, and the parts that depend on
 * the day are swapped. Without script the form and the links do the same by loading the page.
 */
import '../publication.mjs';

const DELAY_MS = 120;
const PARTS = ['#etat', '#etat-contenu', '.slider-steps', '.lanes-figure', '.shell-top'];
let timer;
let asked = 0;

function start() {
  const form = document.querySelector('.slider-form');
  const slider = document.getElementById('curseur');
  if (!form || !slider) return;
  const days = form.dataset.days.split(' ');
  const labels = form.dataset.labels.split('|');
  form.querySelector('.slider-go').hidden = true;

  const say = () => {
    slider.setAttribute('aria-valuetext', labels[slider.value]);
    document.getElementById('curseur-jour').textContent = labels[slider.value];
  };
  slider.addEventListener('input', () => {
    say();
    clearTimeout(timer);
    timer = setTimeout(() => show(addressOf(days[slider.value])), DELAY_MS);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a.slider-step');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const side = [...link.parentNode.children].indexOf(link);
    show(link.href).then(() => focusStep(side));
  });
  window.addEventListener('popstate', () => show(window.location.href, false));
  slider.setAttribute('aria-valuetext', document.getElementById('curseur-jour').textContent);

  /** Swaps what depends on the day; an answer that comes after a newer question is dropped. */
  async function show(address, isNew = true) {
    asked += 1;
    const mine = asked;
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (mine !== asked) return;
      for (const part of PARTS) {
        const next = page.querySelector(part);
        if (next) document.querySelector(part)?.replaceWith(document.importNode(next, true));
      }
      markEvents(page);
      if (isNew) window.history.pushState(null, '', address);
      const place = page.getElementById('curseur').getAttribute('value');
      if (document.activeElement !== slider) slider.value = place;
      slider.setAttribute('aria-valuetext', labels[slider.value]);
      document.getElementById('curseur-jour').textContent = page.getElementById('curseur-jour').textContent;
      document.getElementById('jour').value = page.getElementById('jour').getAttribute('value');
    } catch (error) {
      if (mine === asked) window.location.assign(address); // the page itself says what is wrong
    }
  }
}

/** Which events were not known yet. */
function markEvents(page) {
  for (const event of document.querySelectorAll('.event')) {
    const next = page.getElementById(event.id);
    if (!next || event.className === next.className) continue;
    event.className = next.className;
    event.querySelector(':scope > .event-future')?.remove();
    const words = next.querySelector(':scope > .event-future');
    if (words) event.querySelector(':scope > p').after(document.importNode(words, true));
  }
}

function focusStep(side) {
  const steps = document.querySelector('.slider-steps');
  (steps.children[side].matches('a') ? steps.children[side] : steps.querySelector('a'))?.focus();
}

/** This page as of another day, everything else kept. */
function addressOf(day) {
  const params = new URLSearchParams(window.location.search);
  params.delete('pas');
  params.set('date', day);
  return `${window.location.pathname}?${params}`;
}

start();
