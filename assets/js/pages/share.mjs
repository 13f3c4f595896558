/** The « Exporter » menu: closes as menus do, and gives the code that shows this page inside another site. */
const HEIGHTS = { '/': 640 };
const root = document.documentElement;
root.dataset.share = 'true'; // shows what needs this module

document.addEventListener('click', (event) => {
  const { target } = event;
  complete(target.closest?.('.share a[data-own]'));
  if (target.closest?.('.share [data-print]')) print(target.closest('.share'));
  for (const menu of document.querySelectorAll('.share[open]')) {
    const isOutside = !menu.contains(target);
    if (isOutside || target.closest('.share-menu a')) menu.open = false;
  }
  const share = target.closest?.('.share');
  if (!share) return;
  const dialog = share.querySelector('dialog');
  if (target.closest('[data-embed-open]')) open(share, dialog);
  else if (target.closest('[data-embed-close]')) dialog.close();
  else if (target.closest('[data-embed-copy]')) copy(dialog, target.closest('[data-embed-copy]'));
});

document.addEventListener('change', ({ target }) => {
  if (target.matches?.('[data-embed-part]')) write(target.closest('dialog'));
});

document.addEventListener('keydown', ({ key }) => {
  const menu = document.querySelector('.share[open]');
  if (key !== 'Escape' || !menu || menu.querySelector('dialog[open]')) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

/** A page that changes its address by itself (the site finder): the file is of what it shows now. */
function complete(link) {
  if (!link) return;
  const kept = window.location.search.replace(/^\?/, '').split('&').filter((pair) => pair && !pair.startsWith('echelle='));
  const query = [...kept, link.dataset.extra].filter(Boolean).join('&');
  link.href = query ? `${link.dataset.own}?${query}` : link.dataset.own;
}

function print(menu) {
  menu.open = false;
  window.print();
}

function open(share, dialog) {
  fillParts(dialog);
  write(dialog);
  dialog.querySelector('[role="status"]').textContent = '';
  dialog.showModal();
  const code = dialog.querySelector('[data-embed-code]');
  code.setSelectionRange(0, 0);
  code.scrollTop = 0; // from its start
}

/** The sections and figures of a page to read; Carte is one whole. */
function fillParts(dialog) {
  const choice = dialog.querySelector('[data-embed-part]');
  const parts = window.location.pathname === '/' ? [] : [...document.querySelectorAll('main section[id], main figure[id]')];
  const options = parts.map((part) => new Option(titleOf(part), part.id));
  choice.replaceChildren(new Option(choice.dataset.whole, ''), ...options);
  choice.parentElement.hidden = parts.length === 0;
}

function titleOf(part) {
  return (part.querySelector('h2, h3, figcaption')?.textContent ?? part.id).trim().slice(0, 80);
}

/** The address of the page as it is now, embedded. Text set as a value: nothing in it is markup here. */
function write(dialog) {
  const { origin, pathname, search, hash } = window.location;
  const kept = search.replace(/^\?/, '').split('&').filter((pair) => pair && !/^(embed|partie)=/.test(pair));
  const part = dialog.querySelector('[data-embed-part]').value;
  const query = [...kept, 'embed=1', part && `partie=${encodeURIComponent(part)}`].filter(Boolean).join('&');
  const address = `${origin}${pathname}?${query}${pathname === '/' ? hash : ''}`;
  const code = dialog.querySelector('[data-embed-code]');
  code.readOnly = true;
  code.value = `<iframe src="${escape(address)}" title="${escape(document.title)}" width="100%" height="${HEIGHTS[pathname] ?? 800}" `
    + 'style="border:0" loading="lazy" allow="fullscreen"></iframe>';
}

async function copy(dialog, button) {
  const code = dialog.querySelector('[data-embed-code]');
  const said = dialog.querySelector('[role="status"]');
  try {
    await navigator.clipboard.writeText(code.value);
    said.textContent = button.dataset.embedCopy;
  } catch {
    code.select();
    said.textContent = button.dataset.failed;
  }
}

const escape = (words) => words.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
