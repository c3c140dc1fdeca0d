// @ts-check
// The binary map: header, then blocks of points, each usable as soon as it has arrived.

export const SIDE = 65_536;
const CELLS = 256;
const OUTLIER = 4;
const BY_HAND = 8;

/** True for a point that is far from every segment and was not put into one by hand. @param {number} flags */
export const isOutlier = (flags) => (flags & OUTLIER) !== 0 && (flags & BY_HAND) === 0;

/** @typedef {{x: Uint16Array, y: Uint16Array, segment: Uint8Array, flags: Uint8Array}} Block */

/**
 * Reads a map answer as it streams in.
 * @param {Response} answer @param {(header: any) => void} onHeader @param {(block: Block, at: number) => void} onBlock
 */
export async function readMap(answer, onHeader, onBlock) {
  if (!answer.body) return;
  const reader = answer.body.getReader();
  let held = new Uint8Array(1 << 16);
  let length = 0;
  let start = 0;
  /** @type {any} */
  let header = null;
  let done = 0;
  for (;;) {
    const chunk = await reader.read();
    if (chunk.value) {
      if (length + chunk.value.length > held.length) {
        const larger = new Uint8Array(Math.max(held.length * 2, length + chunk.value.length));
        larger.set(held.subarray(start, length));
        held = larger;
        length -= start;
        start = 0;
      }
      held.set(chunk.value, length);
      length += chunk.value.length;
    }
    if (!header && length >= 4) {
      const size = new DataView(held.buffer, 0, 4).getUint32(0, true);
      if (length >= 4 + size) {
        header = JSON.parse(new TextDecoder().decode(held.subarray(4, 4 + size)));
        start = 4 + size;
        onHeader(header);
      }
    }
    while (header && done < header.n) {
      const m = Math.min(header.block, header.n - done);
      if (length - start < 6 * m) break;
      onBlock(blockOf(held.slice(start, start + 6 * m).buffer, m), done);
      start += 6 * m;
      done += m;
    }
    if (chunk.done) break;
  }
  if (!header || done < header.n) throw new Error(`map ended early: ${done} points`);
}

/** @param {ArrayBuffer} bytes @param {number} m @returns {Block} */
export const blockOf = (bytes, m) => ({
  x: new Uint16Array(bytes, 0, m),
  y: new Uint16Array(bytes, 2 * m, m),
  segment: new Uint8Array(bytes, 4 * m, m),
  flags: new Uint8Array(bytes, 5 * m, m),
});

/** All points that have arrived, and a grid that answers "which is here" and "how many are in view". */
export class Points {
  /** @param {number} n */
  constructor(n) {
    this.n = n;
    this.loaded = 0;
    this.x = new Uint16Array(n);
    this.y = new Uint16Array(n);
    this.segment = new Uint8Array(n);
    this.flags = new Uint8Array(n);
    /** @type {Uint32Array | null} */
    this.starts = null;
    /** @type {Uint32Array | null} */
    this.order = null;
  }

  /** @param {Block} block @param {number} at */
  add(block, at) {
    this.x.set(block.x, at);
    this.y.set(block.y, at);
    this.segment.set(block.segment, at);
    this.flags.set(block.flags, at);
    this.loaded = at + block.x.length;
    this.starts = null;
  }

  /** Sorts the points into cells by counting; done once, when first asked. */
  index() {
    if (this.starts) return;
    const cells = new Uint16Array(this.loaded);
    const starts = new Uint32Array(CELLS * CELLS + 1);
    for (let i = 0; i < this.loaded; i++) {
      cells[i] = (this.y[i] >> 8) * CELLS + (this.x[i] >> 8);
      starts[cells[i] + 1]++;
    }
    for (let c = 0; c < CELLS * CELLS; c++) starts[c + 1] += starts[c];
    const order = new Uint32Array(this.loaded);
    const next = starts.slice();
    for (let i = 0; i < this.loaded; i++) order[next[cells[i]]++] = i;
    this.starts = starts;
    this.order = order;
  }

  /**
   * Calls for each point in the cells that a box touches.
   * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {(i: number) => void} visit
   */
  near(x0, y0, x1, y1, visit) {
    this.index();
    const { starts, order } = this;
    if (!starts || !order) return;
    const cell = (/** @type {number} */ v) => Math.max(0, Math.min(CELLS - 1, v >> 8));
    for (let row = cell(y0); row <= cell(y1); row++)
      for (let at = starts[row * CELLS + cell(x0)], end = starts[row * CELLS + cell(x1) + 1]; at < end; at++) visit(order[at]);
  }

  /** The visible point nearest to a place, or -1. @param {number} mx @param {number} my @param {number} reach @param {(i: number) => boolean} visible */
  nearest(mx, my, reach, visible) {
    let best = -1;
    let distance = reach * reach;
    this.near(mx - reach, my - reach, mx + reach, my + reach, (i) => {
      const d = (this.x[i] - mx) ** 2 + (this.y[i] - my) ** 2;
      if (d <= distance && visible(i)) {
        distance = d;
        best = i;
      }
    });
    return best;
  }

  /** Points in a box by segment; place 0 counts the outliers. @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
  countIn(x0, y0, x1, y1) {
    const counts = new Uint32Array(256);
    this.near(Math.max(0, Math.floor(x0)), Math.max(0, Math.floor(y0)), Math.min(SIDE - 1, x1), Math.min(SIDE - 1, y1), (i) => {
      if (this.x[i] < x0 || this.x[i] > x1 || this.y[i] < y0 || this.y[i] > y1) return;
      counts[isOutlier(this.flags[i]) ? 0 : this.segment[i]]++;
    });
    return counts;
  }
}
