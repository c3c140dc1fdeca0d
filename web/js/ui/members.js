// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state, update } from "../store.js";
import { get } from "../api.js";
import { runPath } from "../router.js";
import { loader } from "../load.js";
import { share } from "../format.js";
import { loaded } from "./states.js";
import { pager } from "./pager.js";

const SIZE = 100;

/** The customers of a segment, a page at a time, read only when asked for. @param {{segment: any, run: any}} place */
export function members({ segment, run }) {
  const page = loader();
  /** Cursors that led to each page read so far. */
  const cursors = [""];
  let index = 0;
  let shown = false;

  const read = () =>
    page.load((signal) => get(`/segments/${segment.id}/members?run=${run.id}&limit=${SIZE}${cursors[index] && `&cursor=${encodeURIComponent(cursors[index])}`}`, signal));
  const step = (/** @type {number} */ by) => {
    if (by > 0) cursors[index + 1] = page.data.page.next;
    index += by;
    read();
    update();
  };

  const body = (/** @type {any} */ data) => html`<div class="table-wrap tall" tabindex="0" role="group" aria-label=${t("profile.members")}><table class="table compact">
      <caption class="sr-only">${t("profile.members")}</caption>
      <thead><tr><th scope="col">${t("members.customer")}</th><th scope="col">${t("members.source")}</th><th scope="col" class="num">${t("members.confidence")}</th><th scope="col">${t("members.place")}</th></tr></thead>
      <tbody>${data.data.map((/** @type {any} */ m) => html`<tr><th scope="row"><a href="${runPath(state.project, run, "map")}?customer=${m.id}" title=${t("map.customer_show")}><code>${m.id}</code></a></th><td>${m.source_id ?? ""}</td><td class="num">${share(m.confidence)}</td>
        <td>${m.outlier ? t("members.outlier") : m.confidence !== null && m.confidence < 0.5 ? t("members.borderline") : t("members.inside")}</td></tr>`)}</tbody>
    </table></div>
    ${pager({ index, total: data.page.total, exact: data.page.total_exact, size: SIZE, hasNext: Boolean(data.page.next) }, step)}`;

  return {
    close: page.stop,
    render: () =>
      html`<p><button class="btn btn-small" aria-expanded=${shown} @click=${() => ((shown = !shown), shown && !page.data && read(), update())}>${shown ? t("members.hide") : t("members.show")}</button></p>
        ${shown ? loaded(page, body) : nothing}`,
  };
}
