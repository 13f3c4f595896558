/**
 * A page is made of one publication. While it is open another may be shown: its questions to the server name its own,
 * which the server keeps for a while. An answer made of another is not taken: the page starts again, at the same address.
 */
const HEADER = 'Atlas-Publication';
const AGAIN_MS = 60_000; // a page younger than that does not start again: two servers that disagree make no circle
const HASHED = /^\/(assets|geodata)\//; // their hash is in the address; a header would keep them from their preload
const CALLBACK = /\/_dash-/;
const mine = document.querySelector('meta[name="atlas-publication"]')?.content;
const ask = window.fetch.bind(window);

if (mine) window.fetch = askOwn;

async function askOwn(what, how = {}) {
  const url = new URL(what instanceof Request ? what.url : what, document.baseURI);
  if (url.origin !== location.origin || HASHED.test(url.pathname)) return ask(what, how);
  const headers = new Headers(how.headers ?? (what instanceof Request ? what.headers : undefined));
  headers.set(HEADER, mine);
  const answer = await ask(what, { ...how, headers });
  const theirs = answer.headers.get(HEADER);
  if (!theirs || theirs === mine) return answer;
  if (CALLBACK.test(url.pathname) && performance.now() > AGAIN_MS) location.reload();
  throw new Error(`${url.pathname}: made of publication ${theirs}, this page of ${mine}`);
}
