/** The small label that follows the pointer: a name, what it is, one figure. Not announced: the drawer and the list say it all. */
import { el } from '../text.mjs';

export function createTooltip(root) {
  const title = el('strong', { class: 'tip-title' });
  const meta = el('span', { class: 'tip-meta' });
  const figure = el('span', { class: 'tip-figure' });
  const tip = el('div', { class: 'map-tip', 'aria-hidden': 'true', hidden: true }, title, meta, figure);
  root.append(tip);

  return {
    hide: () => { tip.hidden = true; },
    /** @param {{x: number, y: number}} point @param {{title: string, meta?: string, figure?: string}} content */
    show(point, content) {
      title.textContent = content.title;
      meta.textContent = content.meta ?? '';
      figure.textContent = content.figure ?? '';
      tip.hidden = false;
      const isRight = point.x > root.clientWidth - tip.offsetWidth - 24;
      const isLow = point.y > root.clientHeight - tip.offsetHeight - 24;
      const x = isRight ? point.x - tip.offsetWidth - 12 : point.x + 14;
      const y = isLow ? point.y - tip.offsetHeight - 12 : point.y + 14;
      tip.style.transform = `translate(${Math.max(4, x)}px, ${Math.max(4, y)}px)`;
    },
  };
}
