/** The phone: takes the session of a code, then sends an order a press. The key stays in this tab, so a reload keeps control. */
const EVERY_MS = 1000;
const root = document.getElementById('remote');
const form = root.querySelector('form');
const input = form.querySelector('input');
const said = root.querySelector('.remote-said');
const pad = root.querySelector('.remote-pad');
const shown = root.querySelector('.remote-shown');
const KEY = 'atlas-telecommande';
let session = null;
let timer = 0;

async function post(path, body) {
  const answer = await fetch(root.dataset.relay + path, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  return answer.json();
}

async function join(code) {
  try {
    const answer = await post(`/${code}/telephone`, {});
    if (answer.refused) said.textContent = root.dataset[answer.refused] ?? root.dataset.failed;
    else take({ code, key: answer.key });
  } catch {
    said.textContent = root.dataset.failed;
  }
}

function take(taken) {
  session = taken;
  keep(JSON.stringify(taken));
  said.textContent = ''; // an earlier refusal says nothing any more
  form.hidden = true;
  pad.hidden = false;
  shown.textContent = root.dataset.joined;
  send('');
}

function leave(why = '') {
  session = null;
  keep('');
  clearTimeout(timer);
  form.hidden = false;
  pad.hidden = true;
  if (why) said.textContent = root.dataset[why];
}

/** Sends an order, or only asks what the hall shows; asks again in a second. */
async function send(order) {
  clearTimeout(timer);
  const mine = session;
  if (!mine) return;
  try {
    const answer = await post(`/${mine.code}`, { key: mine.key, do: order });
    if (answer.refused === 'unknown') leave('over');
    else if (answer.of) show(answer);
  } catch {
    shown.textContent = root.dataset.failed;
  }
  clearTimeout(timer);
  if (session === mine) timer = setTimeout(() => send(''), EVERY_MS);
}

function show({ at, of, black }) {
  const words = root.dataset.scene.replace('{at}', at).replace('{of}', of);
  if (shown.textContent !== words) shown.textContent = words;
  pad.querySelector('[data-do=black]').setAttribute('aria-pressed', black);
}

function keep(value) {
  try {
    window.sessionStorage.setItem(KEY, value);
  } catch { /* control ends with the page */ }
}

function kept() {
  try {
    return JSON.parse(window.sessionStorage.getItem(KEY) || 'null');
  } catch {
    return null;
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  join(input.value.replace(/\D/g, ''));
});
pad.addEventListener('click', ({ target }) => {
  const order = target.closest('[data-do]')?.dataset.do;
  if (order === 'leave') leave();
  else if (order) send(order);
});

const fromPicture = /^#(\d{6})$/.exec(window.location.hash)?.[1];
const before = kept();
if (before?.code && before.code === (fromPicture ?? before.code)) take(before);
else if (fromPicture) join(fromPicture);
if (fromPicture) input.value = fromPicture;
