// @ts-check
import { isOutlier } from "./map-data.js";

/** @typedef {{w: number, h: number, dpr: number, cx: number, cy: number, k: number, fit: number}} View CSS pixels; k = pixels a map unit, fit = k when all is in view */
/** @typedef {{table: Uint8Array, outliers: number}} Shown by segment: 0 hidden, 1 dimmed, 2 shown */

const NEUTRAL = [0x7a, 0x82, 0x8c];

/** Draws points into pixels. The same code runs in the worker and, where there is none, on the page. */
export class Painter {
  constructor() {
    /** @type {import("./map-data.js").Points | null} */
    this.points = null;
    /** @type {number[][]} */
    this.colors = [];
    this.msPerPoint = 0.0001;
    /** @type {Map<string, {dx: Int8Array, dy: Int8Array, alpha: Float32Array}>} */
    this.stamps = new Map();
  }

  /**
   * @param {any} context of a canvas @param {View} view @param {Shown} shown @param {boolean} moving fewer points, never slower
   * @returns {{ms: number, drawn: number}}
   */
  paint(context, view, shown, moving) {
    const begun = performance.now();
    const dpr = moving ? 1 : view.dpr;
    const width = Math.max(1, Math.round(view.w * dpr));
    const height = Math.max(1, Math.round(view.h * dpr));
    if (context.canvas.width !== width) context.canvas.width = width;
    if (context.canvas.height !== height) context.canvas.height = height;
    const image = context.createImageData(width, height);
    const points = this.points;
    if (!points) return { ms: 0, drawn: 0 };
    const most = moving ? Math.max(20_000, Math.floor(14 / this.msPerPoint)) : points.loaded;
    const drawn = Math.min(points.loaded, most);
    const frame = { data: image.data, width, height, k: view.k * dpr, left: width / 2 - view.cx * view.k * dpr, top: height / 2 - view.cy * view.k * dpr };
    // Single pixels keep a moving view of many points quick; the full marks come back when it rests.
    const radius = moving && drawn > 50_000 ? 0.4 : radiusFor(points.n, view) * dpr;
    const from = performance.now();
    if (drawn > 4 * width * height && view.k <= view.fit * 1.5) this.density(frame, points, shown, drawn);
    else {
      if (shown.outliers === 1 || shown.table.includes(1)) this.pass(frame, points, shown, drawn, radius, 1);
      this.pass(frame, points, shown, drawn, radius, 2);
    }
    // The cost of a point alone: what a frame costs whatever it shows says nothing about how many fit.
    if (drawn > 1000) this.msPerPoint = Math.max(1e-6, (performance.now() - from) / drawn);
    context.putImageData(image, 0, 0);
    const ms = performance.now() - begun;
    return { ms, drawn };
  }

  /** One layer of points. @param {any} frame @param {any} points @param {Shown} shown @param {number} drawn @param {number} radius @param {1 | 2} level */
  pass(frame, points, shown, drawn, radius, level) {
    const { data, width, height, k, left, top } = frame;
    const full = this.stamp(radius, false);
    const ring = this.stamp(Math.max(radius, 1.2), true);
    const weight = level === 1 ? 0.16 : 0.86;
    for (let i = 0; i < drawn; i++) {
      const outlier = isOutlier(points.flags[i]);
      const state = outlier ? Math.min(shown.outliers, shown.table[points.segment[i]] || 0) : shown.table[points.segment[i]];
      if (state !== level) continue;
      const px = Math.round(points.x[i] * k + left);
      const py = Math.round(points.y[i] * k + top);
      if (px < -8 || py < -8 || px > width + 8 || py > height + 8) continue;
      const color = level === 1 || outlier ? NEUTRAL : (this.colors[points.segment[i]] ?? NEUTRAL);
      const stamp = outlier ? ring : full;
      for (let s = 0; s < stamp.dx.length; s++) {
        const x = px + stamp.dx[s];
        const y = py + stamp.dy[s];
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        over(data, (y * width + x) * 4, color, stamp.alpha[s] * weight);
      }
    }
  }

  /** More than four points a pixel: how many lie there, by a log shade of the last one's colour. @param {any} frame @param {any} points @param {Shown} shown @param {number} drawn */
  density({ data, width, height, k, left, top }, points, shown, drawn) {
    const counts = new Uint32Array(width * height);
    const last = new Uint8Array(width * height);
    let most = 1;
    for (let i = 0; i < drawn; i++) {
      if (shown.table[points.segment[i]] !== 2) continue;
      const px = Math.round(points.x[i] * k + left);
      const py = Math.round(points.y[i] * k + top);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = py * width + px;
      if (++counts[at] > most) most = counts[at];
      last[at] = points.segment[i];
    }
    for (let at = 0; at < counts.length; at++)
      if (counts[at]) over(data, at * 4, this.colors[last[at]] ?? NEUTRAL, 0.25 + 0.75 * (Math.log1p(counts[at]) / Math.log1p(most)));
  }

  /** Pixels of a disc or ring, with soft edges. @param {number} radius @param {boolean} hollow */
  stamp(radius, hollow) {
    const key = `${radius.toFixed(2)}${hollow}`;
    const kept = this.stamps.get(key);
    if (kept) return kept;
    const dx = [];
    const dy = [];
    const alpha = [];
    const reach = Math.ceil(radius + 0.5);
    for (let y = -reach; y <= reach; y++)
      for (let x = -reach; x <= reach; x++) {
        const distance = Math.hypot(x, y);
        let a = Math.max(0, Math.min(1, radius + 0.5 - distance));
        if (hollow) a *= Math.max(0, Math.min(1, distance - (radius - 1.2) + 0.5));
        if (a <= 0.02) continue;
        dx.push(x);
        dy.push(y);
        alpha.push(a);
      }
    const made = { dx: Int8Array.from(dx), dy: Int8Array.from(dy), alpha: Float32Array.from(alpha) };
    this.stamps.set(key, made);
    return made;
  }
}

/** Lays a colour over what is there. @param {Uint8ClampedArray} data @param {number} at @param {number[]} color @param {number} alpha */
function over(data, at, color, alpha) {
  const under = data[at + 3] / 255;
  const sum = alpha + under * (1 - alpha);
  if (sum <= 0) return;
  const part = alpha / sum;
  data[at] += (color[0] - data[at]) * part;
  data[at + 1] += (color[1] - data[at + 1]) * part;
  data[at + 2] += (color[2] - data[at + 2]) * part;
  data[at + 3] = sum * 255;
}

/** Radius in CSS pixels: large for few points, growing slowly with zoom. @param {number} n @param {View} view */
export function radiusFor(n, view) {
  const base = n < 3_000 ? 2.8 : n < 10_000 ? 2.1 : n < 40_000 ? 1.4 : n < 200_000 ? 0.9 : 0.55;
  return Math.min(7, base * Math.max(0.7, Math.sqrt(view.k / view.fit)));
}

/** @param {string} hex */
export const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
