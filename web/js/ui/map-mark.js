// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { share } from "../format.js";
import { badge } from "./badge.js";
import { wordsOf } from "./states.js";
import { icon } from "./icon.js";

/** A ring around one customer's point; the map moves it with its view. @param {any} customer */
export const customerMark = (customer) =>
  customer ? html`<span class="map-mark" data-mark-x=${customer.point.x} data-mark-y=${customer.point.y} aria-hidden="true"></span>` : nothing;

/**
 * Who is marked, or why nobody is.
 * @param {any} loaded loader of the customer @param {string} id @param {{onShow: () => void, onClear: () => void}} hands
 */
export function customerCard(loaded, id, { onShow, onClear }) {
  if (!id) return nothing;
  const customer = loaded.data;
  return html`<div class="map-found" role="group" aria-label=${t("map.customer")}>
    <p class="grow">${customer
        ? html`<code>${customer.id}</code> ${badge(customer.segment.number)} <strong>${customer.segment.name}</strong>
            <span class="muted small">${customer.outlier ? t("members.outlier") : t("map.confidence", { share: share(customer.confidence) })}</span>`
        : loaded.error
          ? wordsOf(loaded.error).detail
          : t("map.reading")}</p>
    ${customer ? html`<button class="btn btn-small" @click=${onShow}>${t("map.customer_zoom")}</button>` : nothing}
    <button class="btn-icon" aria-label=${t("map.customer_clear")} title=${t("map.customer_clear")} @click=${onClear}>${icon("close")}</button>
  </div>`;
}
