// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state } from "../store.js";
import { runPath } from "../router.js";
import { count, money, number, share } from "../format.js";
import { otherOf } from "../viz/intervals.js";
import { badge, segmentClass } from "./badge.js";
import { figureChip } from "./figure-chip.js";
import { shareBar } from "./progress.js";
import { icon } from "./icon.js";

/** How far a segment can be trusted, in a word. @param {{level: string} | null | undefined} stability */
export function stabilityWord(stability) {
  if (!stability) return "";
  if (stability.level === "high") return t("stability.high");
  return stability.level === "medium" ? t("stability.medium") : t("stability.low");
}

/** One segment as a card. @param {any} segment @param {Record<string, any>} facts */
export function segmentCard(segment, facts) {
  const path = runPath(state.project, state.run, "segments");
  const run = (/** @type {string} */ page) => runPath(state.project, state.run, page);
  const quote = segment.quotes?.find((/** @type {any} */ q) => q.kind === "typical");
  return html`<article class="card segment-card ${segmentClass(segment.number)}" aria-labelledby="s-${segment.id}">
    <h2 id="s-${segment.id}"><a href="${path}/${segment.number}">${badge(segment.number)}<span>${segment.name}</span></a></h2>
    ${segment.who ? html`<p class="who">${segment.who}</p>` : nothing}
    <dl class="measures">
      <div><dt>${t("segments.col_share")}</dt><dd>${share(segment.size.share)}${shareBar(segment.size.share ?? 0)}<span class="muted small">${t("unit.customers_text", { count: count(segment.size.count) })}</span></dd></div>
      ${segment.value
        ? html`<div><dt>${t("segments.col_value")}</dt><dd>${money(segment.value.per_customer, true)}${medianOf(segment.value)}<span class="muted small">${t("segments.of_total", { share: share(segment.value.share_of_total) })}</span></dd></div>`
        : nothing}
      <div><dt>${t("segments.col_stability")}</dt><dd>${number(segment.stability?.score, 2)}<span class="muted small">${stabilityWord(segment.stability)}</span></dd></div>
    </dl>
    ${quote ? html`<blockquote>${quote.text}</blockquote>` : nothing}
    ${segment.differences?.length
      ? drivers(segment.differences.slice(0, 3), facts)
      : nothing}
    <p class="actions">
      <a class="btn btn-small" href="${path}/${segment.number}" aria-label=${t("segments.open_named", { name: segment.name })}>${t("action.open")}</a>
      <a class="btn btn-small" href="${run("chat")}?seg=${segment.number}" aria-label=${t("segments.chat_named", { name: segment.name })}>${icon("chat")}${t("nav.chat")}</a>
      <a class="btn btn-small" href="${run("briefs")}?seg=${segment.number}" aria-label=${t("segments.brief_named", { name: segment.name })}>${icon("briefs")}${t("segments.brief")}</a>
      <a class="btn btn-small" href="${run("map")}?seg=${segment.number}" aria-label=${t("segments.map_named", { name: segment.name })}>${icon("map")}${t("nav.map")}</a>
    </p>
  </article>`;
}

/**
 * What the customer in the middle is worth, beside the mean that a few may carry.
 * @param {any} value
 */
export const medianOf = (value) =>
  value.median_per_customer ? html`<span class="muted small">${t("segments.median", { value: money(value.median_per_customer, true) })}</span>` : nothing;

/** Differences as lines. @param {any[]} differences @param {Record<string, any>} facts */
export const drivers = (differences, facts) => html`<ul class="plain drivers">${differences.map((d) => driver(d, facts))}</ul>`;

/** A difference in a line; its figures open their computation. @param {any} d @param {Record<string, any>} facts */
const driver = (d, facts) => html`<li>
  <span>${d.label}</span>
  <span class="driver-figures">${facts?.[d.segment_fact] ? figureChip(facts[d.segment_fact]) : d.segment_text}
    <span class="muted small">${t("segments.against", { other: otherOf(d, facts) })}</span></span>
</li>`;
