// @ts-check
import { html, nothing, repeat } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state } from "../store.js";
import { dropToast } from "../a11y.js";
import { icon } from "./icon.js";

/** Short messages at the foot of the page; the status region has read them out already. */
export const toasts = () => html`<div class="toasts">
  ${repeat(
    state.toasts,
    (/** @type {any} */ item) => item.key,
    (/** @type {any} */ item) => html`<div class="toast">
      <span class="grow">${item.text}</span>
      ${item.action
        ? html`<button class="btn btn-small" @click=${() => (dropToast(item), item.action.run())}>${item.action.label}</button>`
        : nothing}
      <button class="btn-icon" aria-label=${t("action.close")} @click=${() => dropToast(item)}>${icon("close")}</button>
    </div>`,
  )}
</div>`;
