// @ts-check
import { stage } from "./map-stage.js";
import { placeLabels } from "./map-labels.js";
import { SIDE, isOutlier } from "./map-data.js";

const SETTLE = 120;
const HOVER_WAIT = 80;

/**
 * The map on a page: pan, zoom, hover, labels. Data and what is shown are handed in; what happens goes out by callbacks.
 * @param {HTMLElement} box holds a canvas and the labels
 * @param {{onFrame: (frame: {drawn: number, moving: boolean}) => void, onHover: (point: number, x: number, y: number) => void, onMove: () => void}} out
 */
export function mapView(box, out) {
  const canvas = /** @type {HTMLCanvasElement} */ (box.querySelector("canvas"));
  const frames = stage(canvas, out.onFrame);
  /** @type {import("./map-data.js").Points | null} */
  let points = null;
  /** @type {{table: Uint8Array, outliers: number}} */
  let shown = { table: new Uint8Array(256).fill(2), outliers: 2 };
  /** @type {import("./map-paint.js").View} */
  const view = { w: 1, h: 1, dpr: 1, cx: SIDE / 2, cy: SIDE / 2, k: 0.01, fit: 0.01 };
  /** @type {Map<number, PointerEvent>} */
  const pointers = new Map();
  let settle = 0;
  let hover = 0;
  let animation = 0;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const paint = (moving = false) => frames.paint({ view: { ...view }, shown, moving });

  /** Labels and the marked customer move with the view. */
  const place = () => {
    placeLabels(box, view);
    const mark = /** @type {HTMLElement | null} */ (box.querySelector("[data-mark-x]"));
    if (!mark) return;
    const x = (Number(mark.dataset.markX) - view.cx) * view.k + view.w / 2;
    const y = (Number(mark.dataset.markY) - view.cy) * view.k + view.h / 2;
    mark.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  };

  /** Draws at once in low detail, in full 120 ms after the last move. */
  const moved = () => {
    paint(true);
    place();
    clearTimeout(settle);
    settle = window.setTimeout(() => (paint(false), out.onMove()), SETTLE);
  };

  const resize = () => {
    const size = box.getBoundingClientRect();
    if (size.width < 2 || size.height < 2) return;
    const ratio = view.k / view.fit;
    Object.assign(view, { w: size.width, h: size.height, dpr: Math.min(2, devicePixelRatio || 1) });
    view.fit = Math.min(size.width, size.height) / (SIDE * 1.06);
    view.k = view.fit * ratio;
    paint(false);
    place();
    out.onMove();
  };

  const toMap = (/** @type {number} */ sx, /** @type {number} */ sy) => [(sx - view.w / 2) / view.k + view.cx, (sy - view.h / 2) / view.k + view.cy];
  const clampK = (/** @type {number} */ k) => Math.max(view.fit * 0.7, Math.min(view.fit * 60, k));
  const keepIn = () => {
    view.cx = Math.max(0, Math.min(SIDE, view.cx));
    view.cy = Math.max(0, Math.min(SIDE, view.cy));
  };

  /** @param {number} factor @param {number} sx @param {number} sy the place that stays put */
  const zoomAt = (factor, sx, sy) => {
    const [mx, my] = toMap(sx, sy);
    view.k = clampK(view.k * factor);
    view.cx = mx - (sx - view.w / 2) / view.k;
    view.cy = my - (sy - view.h / 2) / view.k;
    keepIn();
    moved();
  };

  /** @param {{cx: number, cy: number, k: number}} target */
  const glide = (target) => {
    cancelAnimationFrame(animation);
    const from = { cx: view.cx, cy: view.cy, k: view.k };
    const begun = performance.now();
    const step = () => {
      const p = still.matches ? 1 : Math.min(1, (performance.now() - begun) / 200);
      const e = p * (2 - p);
      view.k = from.k * (target.k / from.k) ** e;
      view.cx = from.cx + (target.cx - from.cx) * e;
      view.cy = from.cy + (target.cy - from.cy) * e;
      moved();
      if (p < 1) animation = requestAnimationFrame(step);
    };
    step();
  };

  const at = (/** @type {PointerEvent | WheelEvent} */ e) => {
    const size = box.getBoundingClientRect();
    return [e.clientX - size.left, e.clientY - size.top];
  };

  const look = (/** @type {PointerEvent} */ e) => {
    clearTimeout(hover);
    const [sx, sy] = at(e);
    hover = window.setTimeout(() => {
      if (!points) return;
      const [mx, my] = toMap(sx, sy);
      const all = points;
      const visible = (/** @type {number} */ i) => (isOutlier(all.flags[i]) ? Math.min(shown.outliers, shown.table[all.segment[i]]) : shown.table[all.segment[i]]) === 2;
      out.onHover(all.nearest(Math.round(mx), Math.round(my), Math.ceil(10 / view.k), visible), sx, sy);
    }, HOVER_WAIT);
  };

  const drag = (/** @type {PointerEvent} */ e) => {
    const before = pointers.get(e.pointerId);
    if (!before) return look(e);
    const others = [...pointers.values()].filter((p) => p.pointerId !== e.pointerId);
    pointers.set(e.pointerId, e);
    if (others.length) {
      const [ox, oy] = at(others[0]);
      const [x, y] = at(e);
      const [bx, by] = at(before);
      zoomAt(Math.hypot(x - ox, y - oy) / Math.max(1, Math.hypot(bx - ox, by - oy)), (x + ox) / 2, (y + oy) / 2);
      return;
    }
    view.cx -= (e.clientX - before.clientX) / view.k;
    view.cy -= (e.clientY - before.clientY) / view.k;
    keepIn();
    moved();
  };

  canvas.addEventListener("pointerdown", (e) => {
    cancelAnimationFrame(animation);
    out.onHover(-1, 0, 0);
    canvas.setPointerCapture(e.pointerId);
    pointers.set(e.pointerId, e);
  });
  canvas.addEventListener("pointermove", drag);
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (e) => pointers.delete(/** @type {PointerEvent} */ (e).pointerId));
  canvas.addEventListener("pointerleave", () => (clearTimeout(hover), out.onHover(-1, 0, 0)));
  canvas.addEventListener("wheel", (e) => (e.preventDefault(), zoomAt(Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : 0.0016)), ...(/** @type {[number, number]} */ (at(e))))), { passive: false });
  const watcher = new ResizeObserver(resize);
  watcher.observe(box);

  return {
    /** @param {import("./map-data.js").Points} all @param {number[][]} colors */
    start: (all, colors) => {
      points = all;
      frames.header(all.n, colors);
    },
    /** @param {import("./map-data.js").Block} block @param {number} at */
    block: (block, at) => (frames.block(block, at), paint(false)),
    /** @param {{table: Uint8Array, outliers: number}} next */
    show: (next) => ((shown = next), paint(false)),
    layout: resize,
    zoom: (/** @type {number} */ factor) => glide({ cx: view.cx, cy: view.cy, k: clampK(view.k * factor) }),
    /** Brings a place to the middle, near enough to tell points apart. @param {number} cx @param {number} cy */
    goTo: (cx, cy) => glide({ cx, cy, k: clampK(Math.max(view.k, view.fit * 4)) }),
    fit: () => glide({ cx: SIDE / 2, cy: SIDE / 2, k: view.fit }),
    /** The part of the map in view, in map units. */
    /** The part in view; all of it while the map has not been laid out, as behind its table. */
    bounds: () => (view.w < 2 ? [0, 0, SIDE, SIDE] : [...toMap(0, 0), ...toMap(view.w, view.h)]),
    close: () => {
      watcher.disconnect();
      clearTimeout(settle);
      clearTimeout(hover);
      cancelAnimationFrame(animation);
      frames.close();
    },
  };
}
