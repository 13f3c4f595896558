/** The camera in the hash of the URL, `#zoom/lat/lon`: read once at start, written without a history entry. */

/** `{zoom, center}` of a hash, or null when it holds none. */
export function readCamera(hash) {
  const [zoom, lat, lon] = hash.replace(/^#/, '').split('/').map((part) => (part === '' ? NaN : Number(part)));
  const isValid = zoom >= 0 && zoom <= 22 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return isValid ? { zoom, center: [lon, lat] } : null;
}

export function writeCamera({ zoom, center }) {
  const decimals = zoom > 10 ? 5 : 3;
  const hash = `#${zoom.toFixed(2)}/${center.lat.toFixed(decimals)}/${center.lng.toFixed(decimals)}`;
  if (hash !== window.location.hash) {
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search + hash);
  }
}
