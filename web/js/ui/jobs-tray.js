// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state, isActive, loadJobs, loadProject } from "../store.js";
import { openLayer, announce } from "../a11y.js";
import { progressWords, progressBar } from "./progress.js";
import { empty } from "./states.js";
import { icon } from "./icon.js";
import { when } from "../format.js";
import { waitingWords } from "./writer.js";

const STATES = {
  queued: "jobs.queued",
  running: "jobs.running",
  paused: "jobs.paused",
  waiting: "jobs.waiting",
  succeeded: "jobs.succeeded",
  failed: "jobs.failed",
  cancelled: "jobs.cancelled",
};

/** @param {string} word */
export const jobState = (word) => t(STATES[/** @type {"queued"} */ (word)] ?? "jobs.queued");

/** Looks at the jobs now, and again while any is at work. */
export async function watchJobs() {
  let had = false;
  for (;;) {
    if (!document.hidden) {
      try {
        await loadJobs();
      } catch {
        // The page says elsewhere that the server is away; the tray keeps what it had.
      }
      // A job that waits for the language model does so for minutes or hours.
      const active = state.jobs.some((job) => isActive(job) && job.state !== "waiting");
      if (had && !active) await finished();
      had = active;
    }
    await new Promise((resolve) => setTimeout(resolve, had ? 2_000 : 15_000));
  }
}

async function finished() {
  announce(t("jobs.all_done"));
  if (state.project) await loadProject(state.project.slug).catch(() => {});
}

export function trayButton() {
  const active = state.jobs.filter(isActive).length;
  return html`<button
    class="btn-icon tray"
    aria-label=${t("jobs.open", { count: active })}
    title=${t("jobs.open", { count: active })}
    @click=${() => (loadJobs().catch(() => {}), openLayer({ title: t("jobs.title"), body: trayBody }))}
  >
    ${icon("jobs")}${active ? html`<span class="dot" aria-hidden="true">${active}</span>` : nothing}
  </button>`;
}

function trayBody() {
  if (!state.jobs.length) return empty(t("jobs.none"));
  return html`<ul class="plain jobs">
    ${state.jobs.slice(0, 12).map((job) => {
      const project = state.projects?.find((p) => p.id === job.project);
      const what = job.type === "brief" ? t("jobs.brief") : job.type === "wording" ? t("jobs.wording") : t("jobs.run");
      return html`<li>
        <p class="spread">
          <strong>${what}${project ? html` · ${project.name}` : nothing}</strong>
          <span class="state state-${job.state}">${jobState(job.state)}</span>
        </p>
        ${isActive(job) && job.stage
          ? html`<p class="small">${t("progress.stage", { index: job.stage.index, of: job.stage.of, label: job.stage.label })}${job.progress ? html` · ${progressWords(job.progress)}` : nothing}</p>
              ${job.progress ? progressBar(job.progress.done, job.progress.total, job.stage.label) : nothing}`
          : html`<p class="small muted">${job.state === "waiting" ? waitingWords(job) : when(job.finished_at ?? job.created_at)}</p>`}
      </li>`;
    })}
  </ul>`;
}
