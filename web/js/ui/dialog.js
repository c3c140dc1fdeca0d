// @ts-check
import { html, ref, repeat } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state } from "../store.js";
import { closeLayer } from "../a11y.js";
import { icon } from "./icon.js";

/** @param {Element | undefined} element */
const show = (element) => {
  // The ref runs before the dialog is in the document, and showModal needs it there.
  if (element instanceof HTMLDialogElement && !element.open) queueMicrotask(() => element.isConnected && !element.open && element.showModal());
};

/** Every open layer, the newest on top. Esc and a click outside close it; focus returns to its opener. */
export const layers = () => repeat(state.layers, (/** @type {any} */ layer) => layer, layerView);

/** @param {any} layer */
const layerView = (layer) => html`<dialog
  class=${layer.wide ? "dialog wide" : "dialog"}
  aria-labelledby="layer-title"
  ${ref(show)}
  @cancel=${(/** @type {Event} */ e) => (e.preventDefault(), closeLayer())}
  @click=${(/** @type {MouseEvent} */ e) => e.target === e.currentTarget && closeLayer()}
>
  <div class="dialog-box">
    <header class="dialog-head">
      <h2 id="layer-title">${layer.title}</h2>
      <button class="btn-icon" aria-label=${t("action.close")} @click=${closeLayer}>${icon("close")}</button>
    </header>
    <div class="dialog-body">${layer.body()}</div>
  </div>
</dialog>`;
