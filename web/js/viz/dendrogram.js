// @ts-check
import { html, nothing, svg } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state } from "../store.js";
import { get } from "../api.js";
import { runPath } from "../router.js";
import { loader } from "../load.js";
import { count, number, share } from "../format.js";
import { badge, segmentClass } from "../ui/badge.js";
import { loaded } from "../ui/states.js";

const WIDTH = 1000;
/** Height of a fine group, and the least of a row with a name, in pixels. */
const GROUP = 14;
const ROW = 44;
/** Fine groups that are drawn; the tree below them is left out. */
const GROUPS = 30;

/**
 * The part of a tree that is drawn: its fine groups from top to bottom, in runs that belong to one segment.
 * @param {any} tree as the server tells it
 */
export function drawn(tree) {
  /** @type {Map<number, any>} */
  const nodes = new Map();
  tree.leaves.forEach((/** @type {any} */ leaf, /** @type {number} */ at) => nodes.set(leaf.node, { at, height: 0, number: leaf.number }));
  for (const merge of tree.merges) {
    const left = nodes.get(merge.left);
    const right = nodes.get(merge.right);
    nodes.set(merge.node, {
      at: Math.min(left.at, right.at),
      height: merge.height,
      number: left.number === right.number ? left.number : 0,
      children: [merge.left, merge.right],
    });
  }
  const shown = new Set([tree.merges.length ? tree.merges[tree.merges.length - 1].node : tree.leaves[0].node]);
  const inner = new Set();
  for (const merge of [...tree.merges].reverse()) {
    if (!shown.has(merge.node) || (shown.size >= GROUPS && nodes.get(merge.node).number)) continue;
    shown.delete(merge.node);
    inner.add(merge.node);
    shown.add(merge.left).add(merge.right);
  }
  const groups = [...shown].sort((a, b) => nodes.get(a).at - nodes.get(b).at);
  /** @type {{number: number, groups: number[]}[]} */
  const runs = [];
  for (const group of groups) {
    const of = nodes.get(group).number;
    if (runs.at(-1)?.number === of) runs.at(-1)?.groups.push(group);
    else runs.push({ number: of, groups: [group] });
  }
  return { nodes, inner, runs };
}

/** Where every node stands: y in pixels, from the middle of its children. @param {ReturnType<typeof drawn>} part */
function place({ nodes, inner, runs }) {
  /** @type {Map<number, number>} */
  const y = new Map();
  let top = 0;
  const rows = runs.map((run) => {
    const height = Math.max(ROW, GROUP * run.groups.length);
    const each = height / run.groups.length;
    run.groups.forEach((group, i) => y.set(group, top + each * (i + 0.5)));
    top += height;
    return { ...run, height };
  });
  const at = (/** @type {number} */ node) => {
    const known = y.get(node);
    if (known !== undefined) return known;
    const [left, right] = nodes.get(node).children;
    const middle = (at(left) + at(right)) / 2;
    y.set(node, middle);
    return middle;
  };
  for (const node of inner) at(node);
  return { y, rows, height: top };
}

/** @param {any} tree */
function drawing(tree) {
  const part = drawn(tree);
  const { y, rows, height } = place(part);
  const most = tree.merges.length ? tree.merges[tree.merges.length - 1].height || 1 : 1;
  const x = (/** @type {number} */ h) => WIDTH - (h / most) * (WIDTH - 8);
  const lines = [...part.inner].map((node) => {
    const own = part.nodes.get(node);
    const [a, b] = own.children;
    const end = (/** @type {number} */ child) => (part.inner.has(child) ? x(part.nodes.get(child).height) : WIDTH);
    const path = `M${end(a)} ${y.get(a)}H${x(own.height)}V${y.get(b)}H${end(b)}`;
    return svg`<path class=${own.number ? `branch ${segmentClass(own.number)}` : "branch"} d=${path}></path>`;
  });
  const names = new Map(tree.table.map((/** @type {any} */ s) => [s.number, s]));
  const cut = tree.cut_at === null ? nothing : svg`<line class="cut" x1=${x(tree.cut_at)} x2=${x(tree.cut_at)} y1="0" y2=${height}></line>`;
  return html`<div class="dendrogram">
    <svg viewBox="0 0 ${WIDTH} ${height}" height=${height} preserveAspectRatio="none" aria-hidden="true">${cut}${lines}</svg>
    <ul class="plain">${rows.map((row) => html`<li .style=${`height:${row.height}px`}>
      <a class="segment-link" href="${runPath(state.project, state.run, "segments")}/${row.number}">${badge(row.number)}<span>${names.get(row.number)?.name}</span></a>
      <span class="muted small num">${count(names.get(row.number)?.size.count)}</span></li>`)}</ul>
  </div>`;
}

/** Which segment joins which, in words. @param {any} tree */
const twin = (tree) => html`<div class="table-wrap" tabindex="0" role="group" aria-label=${t("tree.title")}><table class="table compact cards-narrow">
  <caption class="sr-only">${t("tree.title")}</caption>
  <thead><tr><th scope="col">${t("segments.col_segment")}</th><th scope="col" class="num">${t("segments.col_customers")}</th><th scope="col" class="num">${t("segments.col_share")}</th>
    <th scope="col">${t("tree.joins")}</th><th scope="col" class="num">${t("tree.height")}</th></tr></thead>
  <tbody>${tree.table.map((/** @type {any} */ s) => html`<tr>
    <th scope="row"><span class="segment-link">${badge(s.number)}<span>${s.name}</span></span></th>
    <td class="num" data-label=${t("segments.col_customers")}>${count(s.size.count)}</td><td class="num" data-label=${t("segments.col_share")}>${share(s.size.share)}</td>
    <td data-label=${t("tree.joins")}>${s.joins ? s.joins.segments.map((/** @type {any} */ o) => html`<span class="segment-link">${badge(o.number)}<span>${o.name}</span></span> `) : ""}</td>
    <td class="num" data-label=${t("tree.height")}>${s.joins ? number(s.joins.height, 1) : ""}</td></tr>`)}</tbody>
</table></div>`;

/** The tree of a run: which segments are parts of what, and which are alike. @param {{run: any}} place */
export function dendrogram({ run }) {
  const tree = loader();
  const read = () => tree.load((signal) => get(`/runs/${run.id}/tree`, signal));
  return {
    open: () => tree.data || tree.busy || read(),
    reread: () => tree.data && read(),
    close: tree.stop,
    render: (/** @type {boolean} */ asTable, /** @type {() => void} */ onToggle) =>
      loaded(
        tree,
        (/** @type {any} */ data) => html`<figure class="chart tree-figure" aria-label=${t("tree.label", { count: data.segments, leaves: data.leaves.length })}>
          <div class="chart-tools"><span class="muted small">${t("tree.note")}</span>
            <button class="btn btn-small" aria-pressed=${asTable} @click=${onToggle}>${asTable ? t("chart.show_chart") : t("chart.show_table")}</button></div>
          ${asTable ? twin(data) : drawing(data)}</figure>`,
        { rows: 6 },
      ),
  };
}
