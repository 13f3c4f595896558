/**
 * The console's end of the remote: opens a session, then asks the relay four times a second for orders and tells what the
 * hall shows. `startRelay({ dialog, act, shown })`: `act(order)` obeys, `shown()` gives `{ at, of, black }`.
 */
const EVERY_MS = 250;
const PATIENCE = 40; // answers that may fail before the console gives up: ten seconds

export function createRelay({ dialog, act, shown }) {
  const find = (name) => dialog.querySelector(`.remote-${name}`);
  const relay = dialog.dataset.relay;
  let session = null;

  const post = (path, body) => fetch(relay + path, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });

  async function open() {
    dialog.showModal();
    if (session) return;
    const answer = await post(`?lang=${document.documentElement.lang}`, {}).then((found) => (found.ok ? found.json() : null)).catch(() => null);
    if (!answer) {
      say('failed');
      return;
    }
    session = { ...answer, after: 0, missed: 0 };
    find('code').textContent = `${answer.code.slice(0, 3)} ${answer.code.slice(3)}`;
    find('address').textContent = answer.address;
    find('qr').innerHTML = answer.qr; // drawn by the server from its own address
    say(isLocal(answer.address) ? 'local' : 'wait');
    listen(session);
  }

  async function listen(mine) {
    while (session === mine) {
      try {
        const answer = await post(`/${mine.code}/console`, { key: mine.key, after: mine.after, ...shown() });
        if (answer.status === 404) return end('over');
        if (!answer.ok) throw new Error(`${answer.status}`);
        const { seq, orders, phone } = await answer.json();
        if (session !== mine) break;
        mine.after = seq;
        mine.missed = 0;
        orders.forEach(act);
        if (phone) say('here');
      } catch {
        mine.missed += 1;
        if (mine.missed > PATIENCE) return end('failed');
      }
      await new Promise((resolve) => { setTimeout(resolve, EVERY_MS); });
    }
    // Closed by the console: said after the last question, so that the two do not cross.
    if (mine.isClosed) post(`/${mine.code}/fin`, { key: mine.key }).catch(() => {});
    return undefined;
  }

  function end(state) {
    session = null;
    for (const name of ['code', 'address', 'qr']) find(name).replaceChildren();
    say(state);
  }

  function say(state) {
    const words = dialog.dataset[state];
    if (find('state').textContent !== words) find('state').textContent = words;
  }

  // A console that is closed or reloaded gives its place back.
  addEventListener('pagehide', () => {
    if (!session) return;
    const body = new Blob([JSON.stringify({ key: session.key })], { type: 'application/json' });
    navigator.sendBeacon(`${relay}/${session.code}/fin`, body);
  });

  return {
    open,
    close: () => dialog.close(),
    end() {
      if (session) session.isClosed = true;
      end('over');
    },
  };
}

function isLocal(address) {
  return /^(localhost|127\.|\[::1\])/.test(new URL(address).hostname);
}
