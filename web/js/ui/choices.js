// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t, locale } from "../i18n.js";
import { state, update, loadJobs, loadProject } from "../store.js";
import { get, post } from "../api.js";
import { go, runPath } from "../router.js";
import { loader } from "../load.js";
import { count, number } from "../format.js";
import { shareBar } from "./progress.js";
import { loaded, problemBox } from "./states.js";

/** Why this number of segments, what others would give, and one press to try them. @param {{project: any, run: any}} place */
export function choices({ project, run }) {
  const read = loader();
  let starting = 0;
  /** @type {any} */
  let problem = null;

  const again = () => read.load((signal) => get(`/runs/${run.id}/choices`, signal));

  const start = async (/** @type {number} */ segments) => {
    starting = segments;
    problem = null;
    update();
    try {
      const job = await post(`/projects/${project.id}/runs`, { from: run.id, segments, language: locale() });
      await loadProject(project.id);
      loadJobs().catch(() => {});
      return go(runPath(project, state.runs.find((r) => r.id === job.run) ?? state.runs[0], "progress"));
    } catch (e) {
      problem = e;
    }
    starting = 0;
    update();
  };

  const body = (/** @type {any} */ data) => {
    const best = Math.max(...data.data.map((/** @type {any} */ c) => c.silhouette ?? 0), 0.01);
    return html`<p>${data.reason}</p>
      ${problem ? problemBox(problem) : nothing}
      <div class="table-wrap" tabindex="0" role="group" aria-label=${t("choices.title")}><table class="table compact choices cards-narrow">
        <caption class="sr-only">${t("choices.title")}</caption>
        <thead><tr>
          <th scope="col">${t("nav.segments")}</th><th scope="col" class="num">${t("choices.separation")}</th><th scope="col" class="num">${t("segments.col_stability")}</th>
          <th scope="col" class="num">${t("choices.smallest")}</th><th scope="col">${t("choices.step")}</th><th scope="col"><span class="sr-only">${t("home.col_actions")}</span></th>
        </tr></thead>
        <tbody>${data.data.map((/** @type {any} */ c) => html`<tr class=${c.chosen ? "chosen" : ""}>
          <th scope="row">${t("unit.segments", { count: c.segments })}</th>
          <td class="num bar-cell" data-label=${t("choices.separation")}>${number(c.silhouette, 3)}${c.silhouette === null ? nothing : shareBar(c.silhouette / best)}</td>
          <td class="num bar-cell" data-label=${t("segments.col_stability")}>${number(c.stability, 2)}${c.stability === null ? nothing : shareBar(c.stability)}</td>
          <td class="num" data-label=${t("choices.smallest")}>${count(c.smallest)}</td>
          ${c.step ? html`<td class="step small" data-label=${t("choices.step")}>${c.step.text}</td>` : html`<td class="step"></td>`}
          <td>${c.chosen
            ? html`<strong>${t("choices.chosen")}</strong>`
            : html`<button class="btn btn-small" ?disabled=${starting > 0} @click=${() => start(c.segments)}>${starting === c.segments ? t("import.starting") : t("choices.use", { count: c.segments })}</button>`}</td>
        </tr>`)}</tbody>
      </table></div>
      <p class="muted small">${t("choices.note")}</p>`;
  };

  return {
    open: () => read.data || read.busy || again(),
    reread: () => read.data && again(),
    close: read.stop,
    render: () => html`<section class="card why" aria-label=${t("choices.title")}>${loaded(read, body, { rows: 5 })}</section>`,
  };
}
