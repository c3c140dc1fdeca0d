// @ts-check
import { html, nothing, svg } from "../lib/lit.js";
import { t } from "../i18n.js";
import { count } from "../format.js";
import { segmentClass } from "../ui/badge.js";

const WIDTH = 340;
const BAR = 10;
const EDGE = 44;
const GAP = 7;
const LEAST = 1.5;

/**
 * @typedef {{key: string, label: string, mark: string, number: number}} Node
 * @typedef {{from: string, to: string, count: any, stays: boolean}} Flow
 */

/** A withheld count is drawn as the middle of what it may be. @param {any} value */
const weight = (value) => (typeof value === "number" ? value : value ? value.lt / 2 : 0);

/**
 * Nodes of one side from top to bottom, as tall as what flows through them.
 * @param {Node[]} nodes @param {Flow[]} flows @param {"from" | "to"} side @param {number} unit pixels a customer
 */
function place(nodes, flows, side, unit) {
  let y = 4;
  const placed = new Map();
  for (const node of nodes) {
    const through = flows.filter((f) => f[side] === node.key).reduce((sum, f) => sum + weight(f.count), 0);
    if (!through) continue;
    const height = Math.max(LEAST, through * unit);
    placed.set(node.key, { ...node, y, height, used: 0 });
    y += Math.max(height, 12) + GAP;
  }
  return { placed, end: y };
}

/**
 * Where the customers of one run's segments are in another: bars left and right, ribbons as wide as the flow.
 * The table beside it has the same figures.
 * @param {{from: Node[], to: Node[], flows: Flow[], label: string}} data
 */
export function flowChart({ from, to, flows, label }) {
  const all = flows.filter((f) => weight(f.count) > 0);
  const total = all.reduce((sum, f) => sum + weight(f.count), 0);
  if (!total) return nothing;
  const unit = Math.max(160, 26 * Math.max(from.length, to.length)) / total;
  const left = place(from, all, "from", unit);
  const right = place(to, all, "to", unit);
  const height = Math.max(left.end, right.end);
  // Ribbons leave and arrive in the order of the other side, so that they cross as little as they can.
  const rank = (/** @type {Map<string, any>} */ side) => new Map([...side.keys()].map((key, i) => [key, i]));
  const order = { left: rank(left.placed), right: rank(right.placed) };
  const sorted = [...all].sort(
    (a, b) => (order.left.get(a.from) ?? 0) - (order.left.get(b.from) ?? 0) || (order.right.get(a.to) ?? 0) - (order.right.get(b.to) ?? 0),
  );
  const names = new Map([...from, ...to].map((node) => [node.key, node.label]));
  const ribbons = sorted.map((f) => ribbon(f, left.placed.get(f.from), right.placed.get(f.to), unit, names));
  return html`<figure class="flow" aria-label=${label}>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label=${label}>
      ${ribbons} ${[...left.placed.values()].map((node) => bar(node, EDGE - BAR, "end"))} ${[...right.placed.values()].map((node) => bar(node, WIDTH - EDGE, "start"))}
    </svg>
  </figure>`;
}

/** @param {Flow} flow @param {any} a @param {any} b @param {number} unit @param {Map<string, string>} names */
function ribbon(flow, a, b, unit, names) {
  const width = Math.max(LEAST, weight(flow.count) * unit);
  const [x0, x1] = [EDGE, WIDTH - EDGE];
  const middle = (x0 + x1) / 2;
  const [y0, y1] = [a.y + a.used, b.y + b.used];
  a.used += width;
  b.used += width;
  const path = `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}V${y1 + width}C${middle} ${y1 + width} ${middle} ${y0 + width} ${x0} ${y0 + width}Z`;
  const words = t("compare.flow_one", { from: names.get(flow.from) ?? "", to: names.get(flow.to) ?? "", count: count(flow.count) });
  const colour = a.number ? segmentClass(a.number) : b.number ? segmentClass(b.number) : "seg-more";
  return svg`<path class="ribbon ${flow.stays ? "stays" : "moves"} ${colour}" d=${path}><title>${words}</title></path>`;
}

/** @param {any} node @param {number} x @param {"start" | "end"} anchor */
const bar = (node, x, anchor) => svg`<g class=${node.number ? segmentClass(node.number) : "seg-more"}>
  <rect class="end" x=${x} y=${node.y} width=${BAR} height=${node.height}><title>${node.label}</title></rect>
  <text x=${anchor === "end" ? x - 4 : x + BAR + 4} y=${node.y + Math.max(node.height, 8) / 2 + 3.5} text-anchor=${anchor}>${node.mark}</text>
</g>`;
