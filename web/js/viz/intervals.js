// @ts-check
import { html, nothing, svg } from "../lib/lit.js";
import { t } from "../i18n.js";
import { count, figure, interval, lift, NONE, share } from "../format.js";
import { figureChip } from "../ui/figure-chip.js";

const WIDTH = 200;
const HEIGHT = 20;
const FEW = 10;

/**
 * A difference and its interval in standard deviations, so that days, shares and money stand on one scale.
 * @param {any} d @returns {{at: number, low: number, high: number}}
 */
export function standardised(d) {
  // What would tell of too few customers comes without figures.
  if (!d.ci) return { at: 0, low: 0, high: 0 };
  const gap = d.segment_value - d.other_value;
  const middle = (d.segment_value + d.other_value) / 2;
  // A share has the spread of a yes/no variable; a mean gets its spread from the effect the server states.
  const spread = d.kind === "share" ? Math.sqrt(Math.max(middle * (1 - middle), 1e-6)) : d.effect ? Math.abs(gap / d.effect) : 0;
  if (!spread) return { at: 0, low: 0, high: 0 };
  return { at: gap / spread, low: d.ci[0] / spread, high: d.ci[1] / spread };
}

/**
 * How a segment differs from everyone else: one row an attribute, with bar and 95 % interval.
 * @param {any[]} differences @param {Record<string, any>} facts @param {{asTable: boolean, all: boolean, onToggle: () => void, onAll: () => void, name: string}} options
 */
export function intervalChart(differences, facts, options) {
  const shown = options.all ? differences : differences.slice(0, FEW);
  const rows = shown.map((d) => ({ d, ...standardised(d) }));
  const reach = Math.max(0.5, ...rows.map((r) => Math.min(3, Math.max(Math.abs(r.low), Math.abs(r.high)))));
  const x = (/** @type {number} */ v) => WIDTH / 2 + (Math.max(-reach, Math.min(reach, v)) / reach) * (WIDTH / 2 - 6);
  return html`<figure class="chart" aria-label=${t("chart.differences", { name: options.name, count: rows.length })}>
    <div class="chart-tools"><span class="muted small">${t("chart.scale")}</span>
      <button class="btn btn-small" aria-pressed=${options.asTable} @click=${options.onToggle}>${options.asTable ? t("chart.show_chart") : t("chart.show_table")}</button></div>
    ${options.asTable ? twin(rows, facts) : html`<ul class="plain intervals">${rows.map((row) => chartRow(row, x, facts))}</ul>`}
    ${differences.length > FEW
      ? html`<button class="btn btn-small more" aria-expanded=${options.all} @click=${options.onAll}>${options.all ? t("chart.show_few", { count: FEW }) : t("chart.show_all", { count: differences.length })}</button>`
      : nothing}
  </figure>`;
}

/** @param {any} row @param {(v: number) => number} x @param {Record<string, any>} facts */
function chartRow({ d, at, low, high }, x, facts) {
  const from = Math.min(x(0), x(at));
  const words = d.direction === "higher" ? t("chart.higher") : t("chart.lower");
  return html`<li>
    <span class="interval-label">${d.label} <span class="muted small">${words}</span></span>
    <svg class="interval" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      <line class="axis" x1=${x(0)} x2=${x(0)} y1="0" y2=${HEIGHT}></line>
      ${d.ci
        ? svg`<rect class="bar ${at < 0 ? "below" : "above"}" x=${from} width=${Math.max(1, Math.abs(x(at) - x(0)))} y="6" height="8"></rect>
          <line class="whisker" x1=${x(low)} x2=${x(high)} y1="10" y2="10"></line>
          <line class="whisker" x1=${x(low)} x2=${x(low)} y1="6" y2="14"></line>
          <line class="whisker" x1=${x(high)} x2=${x(high)} y1="6" y2="14"></line>`
        : nothing}
    </svg>
    <span class="interval-figures">${facts?.[d.segment_fact] ? figureChip(facts[d.segment_fact]) : d.segment_text}
      <span class="muted small">${t("segments.against", { other: otherOf(d, facts) })}</span></span>
  </li>`;
}

/** What everyone else has. @param {any} d @param {Record<string, any>} facts @returns {string} */
export const otherOf = (d, facts) => (facts?.[d.other_fact] ? figure(facts[d.other_fact]) : (d.other_text ?? ""));

/** The same as figures. @param {any[]} rows @param {Record<string, any>} facts */
const twin = (rows, facts) => html`<div class="table-wrap" tabindex="0" role="group" aria-label=${t("chart.table")}><table class="table compact">
  <caption class="sr-only">${t("chart.table")}</caption>
  <thead><tr><th scope="col">${t("chart.attribute")}</th><th scope="col" class="num">${t("chart.here")}</th><th scope="col" class="num">${t("chart.others")}</th>
    <th scope="col" class="num">${t("chart.interval")}</th><th scope="col" class="num">${t("chart.lift")}</th><th scope="col" class="num">${t("tools.n")}</th><th scope="col" class="num">${t("chart.missing")}</th></tr></thead>
  <tbody>${rows.map(({ d }) => html`<tr>
    <th scope="row">${d.label}</th><td class="num">${facts?.[d.segment_fact] ? figure(facts[d.segment_fact]) : d.segment_text}</td><td class="num">${otherOf(d, facts)}</td>
    <td class="num nowrap">${d.ci ? interval(d.ci, d.kind === "share" ? share : undefined) : NONE}</td>
    <td class="num">${d.lift ? lift(d.lift) : ""}</td><td class="num">${count(d.n)}</td><td class="num">${share(d.missing)}</td>
  </tr>`)}</tbody>
</table></div>`;
