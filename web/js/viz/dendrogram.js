// @ts-check
import { html, nothing, svg } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state } from "../store.js";
import { get } from "../api.js";
import { runPath } from "../router.js";
import { loader } from "../load.js";
import { count, number, share } from "../format.js";
import { openLayer } from "../a11y.js";
import { badge, segmentClass } from "../ui/badge.js";
import { figureChip } from "../ui/figure-chip.js";
import { loaded } from "../ui/states.js";
import { writerLabel } from "../ui/writer.js";

const WIDTH = 1000;
/** Height of a fine group, and the least of a row with a name, in pixels. */
const GROUP = 14;
const ROW = 44;
/** Height of the line with a branch's name: two lines of text fit. */
const HEADING = 40;
/** Fine groups that are drawn; the tree below them is left out. */
const GROUPS = 30;

/**
 * The part of a tree that is drawn: its branches with what they hold, from top to bottom.
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
      branch: merge.branch,
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
  const top = tree.merges.length ? tree.merges[tree.merges.length - 1].node : tree.leaves[0].node;
  return { nodes, inner, rows: rows(top, nodes, inner) };
}

/**
 * What stands below a node: branches with their own rows, and runs of fine groups that belong to one segment.
 * @param {number} node @param {Map<number, any>} nodes @param {Set<number>} inner
 * @returns {any[]}
 */
function rows(node, nodes, inner) {
  const own = nodes.get(node);
  if (!inner.has(node)) return [{ number: own.number, groups: [node] }];
  const [first, second] = [...own.children].sort((a, b) => nodes.get(a).at - nodes.get(b).at);
  /** @type {any[]} */
  const below = rows(first, nodes, inner);
  for (const row of rows(second, nodes, inner)) {
    const last = below.at(-1);
    if (row.number && last?.number === row.number) last.groups.push(...row.groups);
    else below.push(row);
  }
  return own.branch ? [{ node, branch: own.branch, rows: below }] : below;
}

/** Where every node stands: y in pixels, from the middle of its children. @param {ReturnType<typeof drawn>} part */
function place({ nodes, inner, rows: outline }) {
  /** @type {Map<number, number>} */
  const y = new Map();
  let top = 0;
  const put = (/** @type {any} */ row) => {
    if (row.branch) {
      top += HEADING;
      row.rows.forEach(put);
      return;
    }
    row.height = Math.max(ROW, GROUP * row.groups.length);
    const each = row.height / row.groups.length;
    row.groups.forEach((/** @type {number} */ group, /** @type {number} */ i) => y.set(group, top + each * (i + 0.5)));
    top += row.height;
  };
  outline.forEach(put);
  const at = (/** @type {number} */ node) => {
    const known = y.get(node);
    if (known !== undefined) return known;
    const [left, right] = nodes.get(node).children;
    const middle = (at(left) + at(right)) / 2;
    y.set(node, middle);
    return middle;
  };
  for (const node of inner) at(node);
  return { y, height: top };
}

/** What a branch's name rests on. @param {any} branch @param {(number: number) => any} segment */
const openBranch = (branch, segment) =>
  openLayer({
    title: branch.name,
    body: () => html`<p class="who">${branch.who}</p>
      <dl class="facts">
        <dt>${t("segments.col_customers")}</dt><dd>${count(branch.size.count)}${branch.size.share === null ? nothing : html` (${share(branch.size.share)})`}</dd>
        <dt>${t("tree.segments")}</dt><dd>${branch.segments.map((/** @type {number} */ number) => html`<span class="segment-link">${badge(number)}<span>${segment(number)?.name}</span></span> `)}</dd>
        ${branch.named_by.length ? html`<dt>${t("tree.named_by")}</dt><dd>${named(branch)}</dd>` : nothing}
      </dl>
      ${branch.basis === "parts" ? html`<p class="muted small">${t("tree.parts")}</p>` : nothing}
      <p>${writerLabel(branch)}</p>`,
  });

/** The figures that carry a name, each with whose it is. @param {any} branch */
const named = (branch) => html`<ul class="plain">${branch.named_by.map((/** @type {any} */ fact) => html`<li>${fact.label}: ${figureChip(fact)} <span class="muted small">${fact.filter}</span></li>`)}</ul>`;

/** @param {any} tree */
function drawing(tree) {
  const part = drawn(tree);
  const { y, height } = place(part);
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
  const joints = [...part.inner].filter((node) => part.nodes.get(node).branch);
  const open = (/** @type {any} */ branch) => openBranch(branch, (number) => names.get(number));
  return html`<div class="dendrogram">
    <div class="drawing" aria-hidden="true">
      <svg viewBox="0 0 ${WIDTH} ${height}" height=${height} preserveAspectRatio="none">${cut}${lines}</svg>
      ${joints.map((node) => {
        const { branch, height: at } = part.nodes.get(node);
        return html`<span class="joint" title=${`${branch.name} · ${count(branch.size.count)}`} .style=${`left:${x(at) / (WIDTH / 100)}%;top:${y.get(node)}px`} @click=${() => open(branch)}></span>`;
      })}
    </div>
    <ul class="plain outline">${part.rows.map((row) => outlineRow(row, names, open))}</ul>
  </div>`;
}

/** A branch with what it holds, or a segment. @param {any} row @param {Map<number, any>} names @param {(branch: any) => void} open @returns {any} */
const outlineRow = (row, names, open) =>
  row.branch
    ? html`<li><div class="row branch-row" .style=${`height:${HEADING}px`}>
          <button class="branch-name" @click=${() => open(row.branch)}>${row.branch.name}</button><span class="muted small num">${count(row.branch.size.count)}</span></div>
        <ul class="plain">${row.rows.map((/** @type {any} */ inside) => outlineRow(inside, names, open))}</ul></li>`
    : html`<li class="row" .style=${`height:${row.height}px`}>
        <a class="segment-link" href="${runPath(state.project, state.run, "segments")}/${row.number}">${badge(row.number)}<span>${names.get(row.number)?.name}</span></a>
        <span class="muted small num">${count(names.get(row.number)?.size.count)}</span></li>`;

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
</table></div>
${branchTable(tree)}`;

/** The branches from everybody downwards, with the segments in each. @param {any} tree */
const branchTable = (tree) => {
  const branches = tree.merges.filter((/** @type {any} */ merge) => merge.branch).reverse();
  return branches.length === 0
    ? nothing
    : html`<div class="table-wrap branch-table" tabindex="0" role="group" aria-label=${t("tree.branches")}><table class="table compact cards-narrow">
  <caption class="sr-only">${t("tree.branches")}</caption>
  <thead><tr><th scope="col">${t("tree.branch")}</th><th scope="col" class="num">${t("segments.col_customers")}</th><th scope="col" class="num">${t("segments.col_share")}</th>
    <th scope="col">${t("tree.segments")}</th><th scope="col" class="num">${t("tree.height")}</th></tr></thead>
  <tbody>${branches.map((/** @type {any} */ merge) => html`<tr>
    <th scope="row">${merge.branch.name}</th>
    <td class="num" data-label=${t("segments.col_customers")}>${count(merge.branch.size.count)}</td><td class="num" data-label=${t("segments.col_share")}>${share(merge.branch.size.share)}</td>
    <td data-label=${t("tree.segments")}><span class="badges">${merge.branch.segments.map((/** @type {number} */ number) => badge(number))}</span></td>
    <td class="num" data-label=${t("tree.height")}>${number(merge.height, 1)}</td></tr>`)}</tbody>
</table></div>`;
};

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
