// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { count, list, share } from "../format.js";
import { badge } from "./badge.js";

/** Segments of both runs by id; where both have it, as the later run has it. @param {any} data */
export function segmentsOf(data) {
  const of = (/** @type {any} */ side) => new Map(side.segments.map((/** @type {any} */ s) => [s.id, s]));
  return { from: of(data.from), to: of(data.to) };
}

/** Stayed, moved, new and gone customers. @param {any} customers */
export const customerCounts = (customers) => html`<dl class="measures strip">
  ${customers.shared === undefined ? nothing : html`<div><dt>${t("compare.shared")}</dt><dd>${count(customers.shared)}</dd></div>`}
  <div><dt>${t("compare.stayed")}</dt><dd>${count(customers.stayed)}${part(customers.stayed, customers.shared)}</dd></div>
  <div><dt>${t("compare.moved")}</dt><dd>${count(customers.moved)}${part(customers.moved, customers.shared)}</dd></div>
  <div><dt>${t("compare.new")}</dt><dd>${count(customers.new)}</dd></div>
  <div><dt>${t("compare.gone")}</dt><dd>${count(customers.gone)}</dd></div>
</dl>`;

/** @param {any} value @param {any} whole */
const part = (value, whole) =>
  typeof value === "number" && typeof whole === "number" && whole > 0 ? html`<span class="muted small">${share(value / whole)}</span>` : nothing;

/** What became of the segments, one line each; those that simply live on share one line. @param {any} data */
export function segmentChanges(data) {
  const { from, to } = segmentsOf(data);
  const line = (/** @type {number} */ number, /** @type {string} */ text) => html`<li>${badge(number)}<span>${text}</span></li>`;
  const regrouped = new Set([...data.splits.flatMap((/** @type {any} */ s) => s.parts), ...data.merges.flatMap((/** @type {any} */ m) => m.parts)].map((p) => p.segment));
  const lines = [
    ...data.splits.map((/** @type {any} */ s) => line(from.get(s.segment).number, splitText(s, data, from, to))),
    ...data.merges.map((/** @type {any} */ m) => line(to.get(m.segment).number, mergeText(m, data, from, to))),
    ...data.born.filter((/** @type {any} */ b) => !regrouped.has(b.segment)).map((/** @type {any} */ b) => line(to.get(b.segment).number, bornText(b, to.get(b.segment), from))),
    ...data.died.filter((/** @type {any} */ d) => !regrouped.has(d.segment)).map((/** @type {any} */ d) => line(from.get(d.segment).number, diedText(d, from.get(d.segment), to))),
    ...data.kept
      .filter((/** @type {any} */ k) => !k.same_name)
      .map((/** @type {any} */ k) => line(to.get(k.to).number, t("compare.renamed", { before: from.get(k.from).name, now: to.get(k.to).name }))),
    ...data.kept
      .filter((/** @type {any} */ k) => !k.same_number)
      .map((/** @type {any} */ k) => line(to.get(k.to).number, t("compare.renumbered", { name: to.get(k.to).name, before: from.get(k.from).number, now: to.get(k.to).number }))),
  ];
  const steady = data.kept.filter((/** @type {any} */ k) => k.same_name && k.same_number).length;
  return html`<ul class="plain changes">
    ${steady ? html`<li><span>${t("compare.steady", { count: steady })}</span></li>` : nothing} ${lines}
  </ul>`;
}

/** @param {any[]} parts @param {Map<string, any>} side */
const named = (parts, side) => list(parts.map((p) => t("compare.part", { name: side.get(p.segment)?.name ?? "", count: count(p.count) })));

/** A segment that lives on as one of its parts has the others split off. @param {any} split @param {any} data @param {Map<string, any>} from @param {Map<string, any>} to */
function splitText(split, data, from, to) {
  const next = data.kept.find((/** @type {any} */ k) => k.from === split.segment)?.to;
  const others = split.parts.filter((/** @type {any} */ p) => p.segment !== next);
  const name = from.get(split.segment).name;
  return others.length < split.parts.length ? t("compare.split_off", { name, parts: named(others, to) }) : t("compare.split", { name, parts: named(split.parts, to) });
}

/** A segment that lived before has taken the others in. @param {any} merge @param {any} data @param {Map<string, any>} from @param {Map<string, any>} to */
function mergeText(merge, data, from, to) {
  const last = data.kept.find((/** @type {any} */ k) => k.to === merge.segment)?.from;
  const others = merge.parts.filter((/** @type {any} */ p) => p.segment !== last);
  const name = to.get(merge.segment).name;
  return others.length < merge.parts.length ? t("compare.took_in", { name, parts: named(others, from) }) : t("compare.merged", { name, parts: named(merge.parts, from) });
}

/** @param {any} born @param {any} segment @param {Map<string, any>} from */
function bornText(born, segment, from) {
  if (!born.most_from) return t("compare.born_new", { name: segment.name });
  return t("compare.born", { name: segment.name, from: from.get(born.most_from.segment).name, count: count(born.most_from.count) });
}

/** @param {any} died @param {any} segment @param {Map<string, any>} to */
function diedText(died, segment, to) {
  if (!died.most_to) return t("compare.died_gone", { name: segment.name });
  return t("compare.died", { name: segment.name, to: to.get(died.most_to.segment).name, count: count(died.most_to.count) });
}

/** From which segment to which: rows are the earlier run, columns the later one. @param {any} data */
export function fromToTable(data) {
  const { from, to } = segmentsOf(data);
  const columns = data.to.segments;
  return html`<p class="muted small">${t("compare.table_note", { from: data.from.number, to: data.to.number })}</p>
    <div class="table-wrap" tabindex="0" role="group" aria-label=${t("compare.table")}><table class="table compact from-to">
    <caption class="sr-only">${t("compare.table")}</caption>
    <thead><tr><th scope="col">${t("compare.from_to")}</th>
      ${columns.map((/** @type {any} */ s) => html`<th scope="col" class="num">${badge(s.number)}<span class="column-name">${s.name}</span></th>`)}
      <th scope="col" class="num">${t("compare.gone")}</th><th scope="col" class="num">${t("compare.total")}</th></tr></thead>
    <tbody>
      ${data.rows.map((/** @type {any} */ row) => html`<tr>
        <th scope="row"><span class="segment-link">${badge(from.get(row.segment).number)}<span>${from.get(row.segment).name}</span></span></th>
        ${row.to.map((/** @type {any} */ cell, /** @type {number} */ j) => html`<td class="num ${row.lives_on_as === columns[j].id ? "stays" : cell ? "" : "none"}">${count(cell)}</td>`)}
        <td class="num ${row.gone ? "" : "none"}">${count(row.gone)}</td><td class="num">${count(row.size)}</td></tr>`)}
      <tr><th scope="row">${t("compare.new")}</th>
        ${data.new.map((/** @type {any} */ cell) => html`<td class="num ${cell ? "" : "none"}">${count(cell)}</td>`)}<td></td><td class="num">${count(data.customers.new)}</td></tr>
      <tr><th scope="row">${t("compare.total")}</th>
        ${columns.map((/** @type {any} */ s) => html`<td class="num">${count(to.get(s.id).size)}</td>`)}<td class="num">${count(data.customers.gone)}</td><td></td></tr>
    </tbody></table></div>`;
}

/** The table as nodes and flows. @param {any} data */
export function flowsOf(data) {
  const node = (/** @type {string} */ side) => (/** @type {any} */ s) => ({ key: `${side}${s.id}`, label: s.name, mark: String(s.number), number: s.number });
  const flows = [];
  for (const row of data.rows) {
    row.to.forEach((/** @type {any} */ cell, /** @type {number} */ j) =>
      flows.push({ from: `from${row.segment}`, to: `to${data.to.segments[j].id}`, count: cell, stays: row.lives_on_as === data.to.segments[j].id }),
    );
    flows.push({ from: `from${row.segment}`, to: "gone", count: row.gone, stays: false });
  }
  data.new.forEach((/** @type {any} */ cell, /** @type {number} */ j) => flows.push({ from: "new", to: `to${data.to.segments[j].id}`, count: cell, stays: false }));
  return {
    from: [...data.from.segments.map(node("from")), { key: "new", label: t("compare.new"), mark: t("compare.mark_new"), number: 0 }],
    to: [...data.to.segments.map(node("to")), { key: "gone", label: t("compare.gone"), mark: t("compare.mark_gone"), number: 0 }],
    flows,
  };
}
