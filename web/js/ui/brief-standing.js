// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { figureChip } from "./figure-chip.js";
import { icon } from "./icon.js";

/** A figure as it stands in the brief or in the published run, with the rows behind it. @param {any} fact @param {string} text where there is no fact */
const figureCell = (fact, text) => html`<td class="num">${fact ? figureChip(fact) : text}</td>`;

/** Why a brief is out of date, which figures changed, and the way to renew it. @param {any} brief @param {any} run @param {any} edit */
export function briefStanding(brief, run, edit) {
  const { reasons, changes, renewable, name } = brief.standing;
  return html`<section class="notice warn no-print" aria-labelledby="stale-title">${icon("warn")}<div class="grow">
    <p class="notice-title" id="stale-title">${t("brief.stale_title")}</p>
    ${reasons.includes("run") ? html`<p>${t("brief.stale", { number: run?.number ?? 0 })}</p>` : nothing}
    ${reasons.includes("merged") ? html`<p>${t("brief.stale_merged", { name: name ?? "" })}</p>` : nothing}
    ${reasons.includes("renamed") ? html`<p>${t("brief.stale_renamed", { name: name ?? "" })}</p>` : nothing}
    ${reasons.includes("gone") ? html`<p>${t("brief.stale_gone")}</p>` : nothing}
    ${changes.length
      ? html`<details><summary>${t("brief.stale_figures", { count: changes.length })}</summary>
          <div class="table-wrap"><table class="table compact">
            <thead><tr><th scope="col">${t("brief.change_figure")}</th><th scope="col" class="num">${t("brief.change_was")}</th><th scope="col" class="num">${t("brief.change_now")}</th></tr></thead>
            <tbody>${changes.map((/** @type {any} */ c) => html`<tr><th scope="row">${c.label}<br /><span class="small muted">${c.filter}</span></th>${figureCell(brief.facts[c.fact], c.was)}${figureCell(c.current, t("brief.change_gone"))}</tr>`)}</tbody>
          </table></div></details>`
      : renewable
        ? html`<p>${t("brief.stale_same_figures")}</p>`
        : nothing}
    ${renewable
      ? html`<p class="actions"><button class="btn" ?disabled=${edit.busy} @click=${edit.renew}>${icon("again")}${t("brief.renew")}</button><span class="small muted">${t("brief.renew_hint")}</span></p>`
      : nothing}
  </div></section>`;
}
