// @ts-check
import { html } from "../lib/lit.js";
import { t } from "../i18n.js";
import { count } from "../format.js";
import { icon } from "./icon.js";

/**
 * Pages of a list with server cursors, 100 rows a page.
 * @param {{index: number, total: number, exact: boolean, size: number, hasNext: boolean}} page
 * @param {(step: -1 | 1) => void} onStep
 */
export const pager = (page, onStep) => html`<nav class="pager" aria-label=${t("pager.label")}>
  <button class="btn btn-small" ?disabled=${page.index === 0} @click=${() => onStep(-1)}>${icon("back")}${t("pager.previous")}</button>
  <span class="muted">
    ${t("pager.page", { page: page.index + 1, pages: Math.max(1, Math.ceil(page.total / page.size)) })} ·
    ${page.exact ? t("pager.total", { total: count(page.total) }) : t("pager.about", { total: count(page.total) })}
  </span>
  <button class="btn btn-small" ?disabled=${!page.hasNext} @click=${() => onStep(1)}>${t("pager.next")}</button>
</nav>`;
