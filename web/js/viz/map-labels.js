// @ts-check
const MOST = 30;
const GAP = 2;
/** A number may stand a little above or below its place before it is left out. */
const NUDGES = [0, -26, 26];

/**
 * Moves the labels with the view and keeps them apart: a chosen one comes first, then the
 * larger segment keeps its name, one in its way shrinks
 * to its number, and one that still has no room waits for more zoom. Only transforms and classes change.
 * @param {HTMLElement} box @param {{w: number, h: number, cx: number, cy: number, k: number}} view
 */
export function placeLabels(box, view) {
  const labels = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("[data-label-x]")]);
  const rank = (/** @type {HTMLElement} */ l) => (l.ariaPressed === "true" ? 1e12 : 0) + Number(l.dataset.weight);
  labels.sort((a, b) => rank(b) - rank(a));
  /** @type {number[][]} */
  const taken = [];
  let shown = 0;
  for (const label of labels) {
    const x = (Number(label.dataset.labelX) - view.cx) * view.k + view.w / 2;
    const y = (Number(label.dataset.labelY) - view.cy) * view.k + view.h / 2;
    const inside = x > 0 && y > 0 && x < view.w && y < view.h && shown < MOST;
    const room = inside && (fits(label, x, y, view, taken, false) || NUDGES.some((dy) => fits(label, x, y + dy, view, taken, true)));
    label.classList.toggle("off", !room);
    if (room) shown++;
  }
}

/** @param {HTMLElement} label @param {number} x @param {number} y @param {{w: number, h: number}} view @param {number[][]} taken @param {boolean} small */
function fits(label, x, y, view, taken, small) {
  // Widths are measured once for each form and language; reading them while panning would force layout.
  const key = `${small ? "s" : "l"}${label.textContent?.length}`;
  if (label.dataset.measured !== key.slice(1)) {
    label.dataset.measured = key.slice(1);
    label.classList.remove("off");
    label.classList.remove("small");
    label.dataset.l = `${label.offsetWidth},${label.offsetHeight}`;
    label.classList.add("small");
    label.dataset.s = `${label.offsetWidth},${label.offsetHeight}`;
  }
  const [w, h] = String(small ? label.dataset.s : label.dataset.l).split(",").map(Number);
  // A label at the rim moves inwards instead of being cut.
  const left = Math.max(2, Math.min(view.w - w - 2, x - w / 2));
  const top = Math.max(2, Math.min(view.h - h - 2, y - h / 2));
  const mine = [left - GAP, top - GAP, left + w + GAP, top + h + GAP];
  if (taken.some((t) => mine[0] < t[2] && t[0] < mine[2] && mine[1] < t[3] && t[1] < mine[3])) return false;
  taken.push(mine);
  label.classList.toggle("small", small);
  label.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  return true;
}

/** The next label in a direction, for the arrow keys. @param {HTMLElement} from @param {string} key */
export function labelTowards(from, key) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!way) return null;
  const middle = (/** @type {Element} */ e) => {
    const r = e.getBoundingClientRect();
    return [r.left + r.width / 2, r.top + r.height / 2];
  };
  const [x, y] = middle(from);
  let best = null;
  let cost = Infinity;
  for (const other of from.parentElement?.querySelectorAll("[data-label-x]:not(.off)") ?? []) {
    if (other === from) continue;
    const [ox, oy] = middle(other);
    const along = (ox - x) * way[0] + (oy - y) * way[1];
    if (along <= 0) continue;
    const across = Math.abs((ox - x) * way[1]) + Math.abs((oy - y) * way[0]);
    if (along + 2 * across < cost) {
      cost = along + 2 * across;
      best = other;
    }
  }
  return /** @type {HTMLElement | null} */ (best);
}
