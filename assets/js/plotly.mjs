/** plotly.js (its basic bundle: every trace that the atlas draws), fetched once, by the first chart that is seen. */
const BUNDLE = new URL('../vendor/plotly-basic-4.1.1/plotly-basic.min.js', import.meta.url);

export const CONFIG = { displayModeBar: false, showSendToCloud: false, responsive: true };

let loading;

/** Resolves to `Plotly`. */
export function loadPlotly() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = BUNDLE;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { loading = undefined; reject(new Error(`${BUNDLE} did not load`)); }; // the next one asks again
    document.head.append(script);
  });
  return loading;
}
