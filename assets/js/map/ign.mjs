/**
 * The optional IGN background. Nothing is asked of the network until the visitor switches it on; then one tile is
 * probed, and the layer is added only if that tile answered.
 */
const PROBE = { z: 6, x: 32, y: 22 };
const PATIENCE_MS = 5000;

export function createIgn(map, url) {
  let isAdded = false;
  let isOn = false;

  function probe() {
    return new Promise((resolve) => {
      const image = new Image();
      const timer = setTimeout(() => resolve(false), PATIENCE_MS);
      image.onload = () => { clearTimeout(timer); resolve(true); };
      image.onerror = () => { clearTimeout(timer); resolve(false); };
      image.src = Object.entries(PROBE).reduce((address, [name, value]) => address.replace(`{${name}}`, value), url);
    });
  }

  function add() {
    map.addSource('ign', { type: 'raster', tiles: [url], tileSize: 256, maxzoom: 18, attribution: '© IGN' });
    map.addLayer({ id: 'ign', type: 'raster', source: 'ign', paint: { 'raster-saturation': -0.6, 'raster-opacity': 0.85 } }, 'territoires');
    isAdded = true;
  }

  return {
    onchange: null,
    /** @returns {Promise<'on'|'off'|'unreachable'>} */
    async toggle() {
      if (!isOn && !isAdded) {
        if (!(await probe())) return 'unreachable';
        add();
      }
      isOn = !isOn;
      map.setLayoutProperty('ign', 'visibility', isOn ? 'visible' : 'none');
      this.onchange?.(isOn);
      return isOn ? 'on' : 'off';
    },
  };
}
