// Runs before the page does. Notes when each chart is drawn: calls to its canvas, or changes
// in its SVG. Times are milliseconds since the page was asked for.
(() => {
  const CHART = '[data-testid="stVegaLiteChart"]';
  const SLIDER = 'input[type="range"]';
  const IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]';
  const charts = new Map(); // chart element -> {first, last}
  const probe = (window.probe = { pressed: 0, firstSlider: null });

  const note = (node) => {
    const chart = node.closest?.(CHART);
    if (!chart) return;
    const now = performance.now();
    const drawn = charts.get(chart);
    if (drawn) drawn.last = now;
    else charts.set(chart, { first: now, last: now });
  };

  const canvas = CanvasRenderingContext2D.prototype;
  for (const name of ['clearRect', 'drawImage', 'fill', 'fillRect', 'fillText', 'stroke', 'strokeRect']) {
    const draw = canvas[name];
    canvas[name] = function (...rest) {
      note(this.canvas);
      return draw.apply(this, rest);
    };
  }

  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      const svg = element?.closest('svg');
      if (svg) note(svg);
    }
    if (probe.firstSlider === null && document.querySelector(SLIDER)) probe.firstSlider = performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  // A slider hands on its new value when a key goes down, not when it comes up.
  addEventListener('keydown', (event) => { probe.pressed = event.timeStamp; }, true);

  const inView = (chart) => {
    const box = chart.getBoundingClientRect();
    const across = box.width > 0 && box.right > 0 && box.left < innerWidth;
    return across && box.height > 0 && box.bottom > 0 && box.top < innerHeight && chart.checkVisibility();
  };
  const visible = () => [...document.querySelectorAll(CHART)].filter(inView);
  const drawn = () => visible().map((chart) => charts.get(chart)).filter(Boolean);

  probe.forget = () => charts.clear();
  probe.size = () => {
    const picture = visible()[0]?.querySelector('canvas, svg')?.getBoundingClientRect();
    return picture ? [Math.round(picture.width), Math.round(picture.height)] : null;
  };
  probe.pictures = () => visible().map((chart) => {
    const picture = chart.querySelector('canvas');
    return picture ? picture.toDataURL() : chart.querySelector('svg')?.outerHTML ?? '';
  });

  // Resolves once something was drawn, nothing more for `quiet` ms, and no script runs.
  probe.settled = (quiet, limit) => new Promise((resolve) => {
    const start = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const times = drawn();
      const last = Math.max(...times.map((time) => time.last));
      const done = times.length > 0 && now - last >= quiet && document.querySelector(IDLE) !== null;
      if (!done && now - start < limit) return;
      clearInterval(timer);
      const first = Math.min(...times.map((time) => time.first));
      resolve(times.length ? { first, last, drawn: times.length, visible: visible().length } : null);
    }, 25);
  });
})();
