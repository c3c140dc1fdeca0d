// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { copy } from "../a11y.js";
import { count, interval, NONE, share } from "../format.js";
import { icon } from "./icon.js";

/** The rule that finds a segment's customers, with how well it does so. @param {any} rule answer of /segments/{s}/rule, or null while it loads */
export function ruleCard(rule) {
  if (!rule) return nothing;
  return html`<section class="card" aria-labelledby="rule-title">
    <h2 id="rule-title">${t("rule.title")}</h2>
    ${rule.verdict ? found(rule) : html`<p class="muted">${t("rule.single")}</p>`}
  </section>`;
}

/** @param {any} rule */
const found = (rule) => html`<p class=${rule.verdict === "close" ? "" : "notice warn"}>${rule.verdict === "close" ? nothing : icon("warn")}<span>${rule.judgement}</span></p>
  ${rule.sql
    ? html`${rule.verdict === "none" ? html`<p class="muted small">${t("rule.best")}</p>` : nothing}
        <ul class="rule-conditions">${rule.conditions.map((/** @type {any} */ c) => html`<li>${c.text}</li>`)}</ul>
        ${quality(rule)} ${copies(rule)}`
    : nothing}`;

/** @param {any} rule */
const quality = (rule) => html`<dl class="measures">
    <div><dt>${t("rule.precision")}</dt><dd>${share(rule.precision)}<span class="muted small">${certain(rule.precision_ci)}</span></dd></div>
    <div><dt>${t("rule.coverage")}</dt><dd>${share(rule.coverage)}<span class="muted small">${certain(rule.coverage_ci)}</span></dd></div>
  </dl>
  <p class="muted small">${t("rule.note", {
    customers: count(rule.held_out.customers),
    selected: count(rule.held_out.selected),
    members: count(rule.held_out.members),
    base: share(rule.base),
  })}</p>`;

/** @param {number[] | null} ci */
const certain = (ci) => (ci ? t("rule.interval", { range: interval(ci, share) }) : NONE);

/** @param {any} rule */
const copies = (rule) => html`<details class="rule-sql"><summary>${t("rule.show")}</summary><pre tabindex="0"><code>${rule.sql}</code></pre></details>
  ${rule.as_of ? html`<p class="muted small">${t("rule.as_of", { day: rule.as_of })}</p>` : nothing}
  <p class="actions">
    <button class="btn btn-small" @click=${() => copy(rule.sql, t("toast.copied"))}>${icon("copy")}${t("rule.copy_sql")}</button>
    <button class="btn btn-small" @click=${() => copy(JSON.stringify(rule.json, null, 2), t("toast.copied"))}>${icon("copy")}${t("rule.copy_json")}</button>
  </p>`;
