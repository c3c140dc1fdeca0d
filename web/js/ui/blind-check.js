// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { count, share } from "../format.js";

/** How a name did on customers it was not written from, or why that is not known.
 *  @param {any} check of the API, or null */
export function blindCheck(check) {
  if (!check) return nothing;
  if (!check.checked) return html`<p class="muted small">${check.reason}</p>`;
  const figures = { customers: count(check.customers), forced: share(check.forced_choice), coverage: share(check.coverage) };
  return html`<p class="muted small">${t("profile.checked", figures)}</p>
    ${check.weak
      ? html`<p class="warn-text">${check.confused_with ? t("profile.check_weak", { number: count(check.confused_with) }) : t("profile.check_weak_all")}</p>`
      : nothing}`;
}
