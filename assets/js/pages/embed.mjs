/**
 * A page in the frame of another site: tells that site how high it is, keeps its own links to its parts inside.
 *
 *   parent.postMessage({ type: 'atlas-height', height: <pixels>, href: <address of this page> }, '*')
 *
 * Nothing in the message is secret: the height of a public page and its address. See docs/embed.md.
 */
const root = document.documentElement;
let told = 0;

function tell() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (window.parent === window || height === told) return;
  told = height;
  window.parent.postMessage({ type: 'atlas-height', height, href: window.location.href }, '*');
}

/** Links to other pages open outside of the frame (`<base target>`); those to a part of this one do not. */
function keepInside({ target }) {
  const link = target.closest?.('a[href]');
  if (!link) return;
  if (link.getAttribute('href').startsWith('#')) link.target = '_self';
  if (link.dataset.embedFull) {
    const whole = new URL(link.href);
    whole.search = withoutEmbed();
    whole.hash = window.location.hash;
    link.href = whole;
  }
}

/** The page as it is now, with its filters: the address may have changed since the link was written. */
function withoutEmbed() {
  return window.location.search.replace(/^\?/, '').split('&').filter((pair) => pair && !/^(embed|partie)=/.test(pair)).join('&');
}

document.addEventListener('click', keepInside, true);
new ResizeObserver(tell).observe(document.body);
root.dataset.embedReady = 'true';
tell();
