"""What a hall reads: sizes, contrast and colours of the scene that is shown, measured in the browser."""

# Every text that a scene shows: its size, its colour, and the first opaque ground under it.
TEXTS = """() => {
  const slide = document.querySelector('.slide.is-shown');
  const rgb = (css) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    pen.fillStyle = css; pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const ground = (node) => {
    for (let up = node; up; up = up.parentElement) {
      const found = rgb(getComputedStyle(up).backgroundColor);
      if (found[3] === 255) return found;
    }
    return rgb(getComputedStyle(document.body).backgroundColor);
  };
  const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility()) continue;
    const style = getComputedStyle(node);
    const size = parseFloat(style.fontSize);
    found.push({ words: walker.currentNode.data, size, ink: rgb(style.color), paper: ground(node) });
  }
  return found;
}"""

# The colours of a scene: of its texts, grounds, bars, signs and of its layer of the map.
COLOURS = """() => {
  const slide = document.querySelector('.slide.is-shown');
  const layer = slide.classList.contains('is-carte') ? document.querySelector('.hall-layer.is-shown') : null;
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const found = new Set();
  for (const node of [...slide.querySelectorAll('*'), ...(layer ? layer.querySelectorAll('*') : [])]) {
    const style = getComputedStyle(node);
    const values = node instanceof SVGElement ? [style.fill] : [style.color, style.backgroundColor];
    for (const value of [...values, ...(style.backgroundImage.match(/rgba?\\([^)]*\\)/g) ?? [])]) found.add(value);
  }
  return [...found].map((css) => {
    pen.clearRect(0, 0, 1, 1); pen.fillStyle = css === 'none' ? 'transparent' : css; pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  });
}"""


def luminance(colour: list[int]) -> float:
    parts = [value / 255 for value in colour[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[int], other: list[int]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def hues(colours: list[list[int]]) -> list[float]:
    """Hues in degrees, one for each family within 30°; greys, and the dark blues of the ground, are no colour."""
    found: list[float] = []
    for red, green, blue, alpha in colours:
        most, least = max(red, green, blue), min(red, green, blue)
        if alpha < 128 or most - least < 60 or luminance([red, green, blue]) < 0.05:
            continue
        spread = most - least
        sector = {red: (green - blue) / spread % 6, green: (blue - red) / spread + 2, blue: (red - green) / spread + 4}
        hue = 60 * sector[most]
        if all(min(abs(hue - other), 360 - abs(hue - other)) > 30 for other in found):
            found.append(hue)
    return found
