// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state, loadProject, loadProjects, publishedRun } from "../store.js";
import { post } from "../api.js";
import { toast } from "../a11y.js";
import { wordsOf } from "./states.js";

/** @param {any} run */
async function publish(run) {
  const before = publishedRun();
  try {
    await post(`/runs/${run.id}:publish`);
    await loadProject(state.project.slug);
    loadProjects().catch(() => {});
    toast(t("run.published", { number: run.number }), before && before.id !== run.id ? { label: t("action.undo"), run: () => publish(before) } : undefined);
  } catch (e) {
    toast(wordsOf(e).detail);
  }
}

/** The run in view answers the API only once published; this makes it so, and says which one does now. */
export function publishRun() {
  const { run } = state;
  if (!run || run.published || run.state !== "succeeded") return nothing;
  const now = publishedRun();
  return html`<span class="muted small">${now ? t("run.answers", { number: now.number }) : nothing}</span>
    <button class="btn" @click=${() => publish(run)}>${t("run.publish", { number: run.number })}</button>`;
}
