/** Icons drawn on a canvas, at twice their size: no file, sharp on every screen. A shape each, so that colour is never alone. */

const SIZE = 40;
const RATIO = 2;

const DRAW = {
  site: (c, colours) => diamond(c, colours.site, colours.paper, 3),
  'site-commune': (c, colours) => diamond(c, colours.paper, colours.site, 4.5),
  gare: (c, colours) => mark(c, colours, () => { c.rect(11, 8, 18, 18); c.moveTo(13, 32); c.lineTo(17, 26); c.moveTo(27, 32); c.lineTo(23, 26); }),
  port: (c, colours) => mark(c, colours, () => { c.moveTo(20, 7); c.lineTo(20, 32); c.moveTo(13, 14); c.lineTo(27, 14); c.moveTo(8, 22); c.quadraticCurveTo(10, 32, 20, 32); c.quadraticCurveTo(30, 32, 32, 22); }),
  aeroport: (c, colours) => mark(c, colours, () => { c.moveTo(20, 5); c.lineTo(20, 34); c.moveTo(6, 22); c.lineTo(20, 14); c.lineTo(34, 22); c.moveTo(14, 34); c.lineTo(20, 30); c.lineTo(26, 34); }),
  poste: (c, colours) => mark(c, colours, () => { c.moveTo(22, 5); c.lineTo(12, 22); c.lineTo(20, 22); c.lineTo(17, 35); c.lineTo(28, 17); c.lineTo(20, 17); c.closePath(); }),
};

function diamond(c, fill, stroke, width) {
  c.beginPath();
  c.moveTo(20, 4); c.lineTo(36, 20); c.lineTo(20, 36); c.lineTo(4, 20); c.closePath();
  c.fillStyle = fill; c.fill();
  c.lineJoin = 'round'; c.lineWidth = width; c.strokeStyle = stroke; c.stroke();
}

function mark(c, colours, path) {
  c.lineCap = c.lineJoin = 'round';
  for (const [width, colour] of [[7, colours.paper], [3, colours.reference]]) {
    c.beginPath(); path();
    c.lineWidth = width; c.strokeStyle = colour; c.stroke();
  }
}

/** Gives the map its icons, in the colours of the theme. */
export function addIcons(map, colours) {
  for (const [name, draw] of Object.entries(DRAW)) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = SIZE;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    draw(context, colours);
    const image = context.getImageData(0, 0, SIZE, SIZE);
    if (map.hasImage(name)) map.updateImage(name, image);
    else map.addImage(name, image, { pixelRatio: RATIO });
  }
}
