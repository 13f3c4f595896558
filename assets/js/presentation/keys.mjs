/**
 * The keys of a presentation, the same in the hall and on the console; a clicker sends PageUp, PageDown, `b` or `.`.
 *
 * `createKeys({ go, by, first, last, black, fullscreen, help })` gives `press(event)`: true when the key meant something.
 * `go(n)` shows the nth scene, `by(±1)` the next or the previous one.
 */
export function createKeys({ go, by, first, last, black, fullscreen = () => {}, help = () => {} }) {
  let typed = '';
  const forward = () => by(1);
  const back = () => by(-1);
  const keys = {
    ArrowRight: forward, ArrowDown: forward, PageDown: forward, ' ': forward,
    ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
    Home: first, End: last, b: black, '.': black, f: fullscreen, '?': help,
  };
  return function press({ key, ctrlKey, metaKey, altKey, target }) {
    if (ctrlKey || metaKey || altKey || isTyping(target)) return false;
    if (/^[0-9]$/.test(key)) {
      typed = (typed + key).slice(-3);
      return true;
    }
    if (key === 'Enter' && typed) {
      go(Number(typed));
      typed = '';
      return true;
    }
    // A button or a link under the focus keeps its own space and return.
    if (key === ' ' && target?.closest?.('button, a, summary')) return false;
    const act = keys[key] ?? keys[key.toLowerCase()];
    if (!act) return false;
    typed = '';
    act();
    return true;
  };
}

function isTyping(target) {
  return Boolean(target?.closest?.('input, textarea, select, [contenteditable]'));
}
