// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state, update } from "../store.js";
import { get, post } from "../api.js";
import { runPath } from "../router.js";
import { toast } from "../a11y.js";
import { loader } from "../load.js";
import { number } from "../format.js";
import { badge } from "./badge.js";
import { undoLast } from "./rename.js";
import { loaded, problemBox } from "./states.js";
import { pager } from "./pager.js";

const SIZE = 100;

/**
 * The outliers of a run, each with its nearest segment and how far out it is, and a way to assign it anyway.
 * @param {{project: any, run: any, onChange: () => void}} place
 */
export function outlierList({ project, run, onChange }) {
  const page = loader();
  /** Cursors that led to each page read so far. */
  let cursors = [""];
  let index = 0;
  let target = "";
  let busy = false;
  /** @type {any} */
  let problem = null;
  const chosen = new Set();

  const read = () =>
    page.load((signal) =>
      get(`/projects/${project.id}/customers?run=${run.id}&outlier=true&limit=${SIZE}${cursors[index] && `&cursor=${encodeURIComponent(cursors[index])}`}`, signal),
    );
  const step = (/** @type {number} */ by) => {
    if (by > 0) cursors[index + 1] = page.data.page.next;
    index += by;
    chosen.clear();
    read();
    update();
  };
  const again = () => {
    cursors = [""];
    index = 0;
    chosen.clear();
    read();
    onChange();
  };
  const assign = async (/** @type {string[]} */ customers) => {
    busy = true;
    problem = null;
    update();
    try {
      const moved = await post(`/projects/${project.id}/customers:move?run=${run.id}`, { customers, segment: target || null });
      toast(t("outliers.assigned", { count: customers.length }), { label: t("action.undo"), run: () => undoLast(project, again, moved.edit) });
      again();
    } catch (e) {
      problem = e;
    }
    busy = false;
    update();
  };
  const flip = (/** @type {string} */ id) => {
    if (!chosen.delete(id)) chosen.add(id);
    update();
  };

  const body = (/** @type {any} */ data, /** @type {any[]} */ segments) => {
    if (!data.data.length) return html`<p class="muted">${t("outliers.none")}</p>`;
    return html`<p class="actions">
        <label class="inline-field"><span class="muted small">${t("outliers.to")}</span>
          <select @change=${(/** @type {any} */ e) => ((target = e.target.value), update())}>
            <option value="" ?selected=${target === ""}>${t("outliers.nearest_each")}</option>
            ${segments.map((s) => html`<option value=${s.id} ?selected=${target === s.id}>${t("brief.segment_option", { number: s.number, name: s.name })}</option>`)}
          </select></label>
        <button class="btn btn-small" ?disabled=${busy || !chosen.size} @click=${() => assign([...chosen])}>${t("outliers.assign_chosen", { count: chosen.size })}</button></p>
      ${problem ? problemBox(problem) : nothing}
      <div class="table-wrap tall" tabindex="0" role="group" aria-label=${t("outliers.title")}><table class="table compact cards-narrow">
        <caption class="sr-only">${t("outliers.title")}</caption>
        <thead><tr><th scope="col"><span class="sr-only">${t("outliers.choose")}</span></th><th scope="col">${t("members.customer")}</th><th scope="col">${t("outliers.nearest")}</th>
          <th scope="col">${t("outliers.distance")}</th><th scope="col"><span class="sr-only">${t("home.col_actions")}</span></th></tr></thead>
        <tbody>${data.data.map((/** @type {any} */ c) => row(c))}</tbody>
      </table></div>
      ${pager({ index, total: data.page.total, exact: data.page.total_exact, size: SIZE, hasNext: Boolean(data.page.next) }, step)}`;
  };

  const row = (/** @type {any} */ c) => html`<tr>
    <td><input type="checkbox" aria-label=${t("outliers.choose_one", { id: c.source_id ?? c.id })} .checked=${chosen.has(c.id)} @change=${() => flip(c.id)} /></td>
    <th scope="row"><a href="${runPath(state.project, state.run, "map")}?customer=${c.id}" title=${t("map.customer_show")}><code>${c.source_id ?? c.id}</code></a></th>
    <td data-label=${t("outliers.nearest")}><a class="segment-link" href="${runPath(state.project, state.run, "segments")}/${c.segment.number}">${badge(c.segment.number)}<span>${c.segment.name}</span></a></td>
    <td data-label=${t("outliers.distance")} title=${c.distance?.text ?? ""}>${c.distance?.words} <span class="muted small">${number(c.distance?.score, 2)}</span></td>
    <td><button class="btn btn-small" ?disabled=${busy} @click=${() => assign([c.id])} aria-label=${t("outliers.assign_one", { id: c.source_id ?? c.id })}>${t("outliers.assign")}</button></td>
  </tr>`;

  return {
    open: () => page.data || page.busy || read(),
    reread: () => page.data && read(),
    close: page.stop,
    render: (/** @type {any[]} */ segments) => html`<section class="card why" aria-labelledby="outliers-title"><h2 id="outliers-title">${t("outliers.title")}</h2>
      <p class="muted small">${t("outliers.lead")}</p>${loaded(page, (data) => body(data, segments), { rows: 4 })}</section>`,
  };
}
