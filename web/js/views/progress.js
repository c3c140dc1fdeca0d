// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state, update, isActive, loadJobs, loadProject } from "../store.js";
import { get, post } from "../api.js";
import { eventsOf, follow } from "../sse.js";
import { go, importPath, runPath } from "../router.js";
import { announce } from "../a11y.js";
import { loader } from "../load.js";
import { count, duration, share, when } from "../format.js";
import { jobState } from "../ui/jobs-tray.js";
import { customerCounts } from "../ui/changes.js";
import { counted, progressBar, progressWords } from "../ui/progress.js";
import { loaded, noticeList, problemBox } from "../ui/states.js";
import { runAgain, sharesInWords } from "../ui/run-options.js";
import { twinButton } from "../ui/twin.js";
import { icon } from "../ui/icon.js";
import { exportLink } from "../ui/download.js";
import { usageWords } from "../ui/usage.js";

const STAGES = {
  clean: "stage.clean",
  embed: "stage.embed",
  fuse: "stage.fuse",
  segments: "stage.segments",
  forecasts: "stage.forecasts",
  describe: "stage.describe",
};
const STAGE_STATES = { done: "stage.done", running: "stage.running", waiting: "stage.waiting", failed: "stage.failed", cancelled: "jobs.cancelled", skipped: "stage.skipped" };

/** A run at work: six stages with counts, rate and time left. */
export function open() {
  const { project } = state;
  const runId = state.run.id;
  const run = loader();
  const stop = new AbortController();
  let lost = 0;
  let busy = false;
  /** @type {any} */
  let problem = null;
  /** Progress of the stage at work, newer than the run that was read. @type {any} */
  let now = null;

  const read = () => run.load((signal) => get(`/runs/${runId}`, signal));
  const mark = (/** @type {string} */ key, /** @type {any} */ change) => {
    const stage = run.data?.stages.find((/** @type {any} */ s) => s.key === key);
    if (stage) Object.assign(stage, change);
  };

  const onEvent = (/** @type {any} */ { event, data }) => {
    lost = 0;
    if (event === "job.stage") {
      for (const stage of run.data?.stages ?? []) if (stage.index < data.index && stage.state !== "skipped") stage.state = "done";
      mark(data.key, { state: "running", ms: data.ms });
      now = null;
      announce(t("progress.stage", { index: data.index, of: data.of, label: data.label }));
    } else if (event === "job.progress") {
      now = data;
      mark(data.stage, { state: "running", done: data.done, total: data.total, unit: data.unit });
    } else if (event === "job.warning") {
      run.data?.warnings.push(data);
    } else if (event === "job.end") {
      now = null;
      ended(data);
    }
    update();
  };

  const ended = async (/** @type {any} */ job) => {
    announce(t("progress.ended", { state: jobState(job.state) }));
    await Promise.all([read(), loadProject(project.id), loadJobs()]).catch(() => {});
    update();
  };

  const watch = async () => {
    await read();
    if (!run.data?.job || !["queued", "running"].includes(run.data.state)) return;
    follow({
      open: eventsOf(`/jobs/${run.data.job}/events`),
      ends: ["job.end"],
      onEvent,
      onLost: (attempt) => ((lost = attempt), update()),
      signal: stop.signal,
    }).catch((e) => ((problem = e), update()));
  };
  watch();

  const act = async (/** @type {() => Promise<any>} */ action) => {
    busy = true;
    problem = null;
    update();
    try {
      await action();
    } catch (e) {
      problem = e;
    }
    busy = false;
    update();
  };
  const cancel = () => act(async () => (await post(`/jobs/${run.data.job}:cancel`), await read()));
  const again = () =>
    act(async () => {
      const job = await post(`/projects/${project.id}/runs`, { from: runId });
      await loadProject(project.id);
      go(runPath(project, state.runs.find((r) => r.id === job.run) ?? state.runs[0], "progress"));
    });

  /** @type {ReturnType<typeof runAgain> | null} */
  let another = null;
  const form = (/** @type {any} */ data) => {
    if (!data.summary) return nothing;
    another ??= runAgain({ project, run: data, summary: data.summary });
    return another.render();
  };

  const body = (/** @type {any} */ data) => html`
    ${headline(data)} ${lost > 1 ? html`<p class="notice warn">${icon("warn")}<span>${t("progress.lost")}</span></p>` : nothing}
    ${data.problem ? problemBox({ body: data.problem }, { retry: again, label: t("progress.retry") }) : nothing}
    ${problem ? problemBox(problem) : nothing}
    ${data.state === "cancelled" ? html`<p class="notice">${icon("info")}<span class="grow">${t("progress.cancelled")}</span><button class="btn btn-primary btn-small" ?disabled=${busy} @click=${again}>${t("progress.start_again")}</button></p>` : nothing}
    <ol class="stages" aria-label=${t("progress.stages")}>${data.stages.map((/** @type {any} */ s) => stageRow(s, data, now))}</ol>
    <div class="actions">${finalActions(data, project, busy, cancel)}</div>
    ${summary(data)} ${sinceMatched(data, project)} ${noticeList(data.warnings)} ${form(data)}`;

  return {
    title: () => t("progress.title", { number: state.run.number }),
    close: () => (stop.abort(), run.stop()),
    render: () => html`<div class="head"><h1>${t("progress.title", { number: state.run.number })}</h1>
        <div class="head-tools">${twinButton(() => [`/runs/${runId}`, ...(run.data?.job ? [`/jobs/${run.data.job}`] : [])])}</div></div>
      ${loaded(run, body, { rows: 6 })}`,
  };
}

/** @param {any} run */
const headline = (run) => html`<p class="headline">
  <span class="state state-${run.state === "succeeded" ? "published" : run.state}">${jobState(run.state)}</span>
  <span>${t("progress.created", { when: when(run.created_at) })}</span>
  <span>${t("run.seed", { seed: String(run.settings?.seed ?? "") })}</span>
  ${isActive(run) ? html`<span class="muted">${t("progress.leave")}</span>` : nothing}
</p>`;

/** @param {any} stage @param {any} run @param {any} now */
function stageRow(stage, run, now) {
  const atWork = stage.state === "running" && isActive(run);
  // Whoever cancels a run has not seen it fail.
  const shown = stage.state === "failed" && run.state === "cancelled" ? "cancelled" : stage.state;
  const word = t(STAGE_STATES[/** @type {"done"} */ (shown)] ?? "stage.waiting");
  const live = atWork && now?.stage === stage.key ? now : null;
  const amount = stage.state === "done" && stage.done && stage.unit !== "steps" ? counted(stage.done, stage.unit) : "";
  return html`<li class="stage stage-${shown}">
    <span class="stage-mark">${shown === "done" ? icon("check") : shown === "failed" ? icon("warn") : shown === "cancelled" ? icon("stop") : stage.index}</span>
    <span class="stage-name">${t(STAGES[/** @type {"clean"} */ (stage.key)] ?? "stage.clean")}</span>
    <span class="stage-state">${word}${amount ? html` · ${amount}` : nothing}
      ${atWork ? html`<span class="stage-live">${progressBar(live?.done ?? stage.done ?? 0, live?.total ?? stage.total ?? 0, stage.label)}<span class="small">${live ? progressWords(live) : t("progress.beginning")}</span></span>` : nothing}
    </span>
    <span class="num muted">${stage.ms && stage.state === "done" ? duration(stage.ms / 1000) : ""}</span>
  </li>`;
}

/** @param {any} run @param {any} project @param {boolean} busy @param {() => void} cancel */
function finalActions(run, project, busy, cancel) {
  if (run.state === "succeeded")
    return html`<a class="btn btn-primary" href=${runPath(project, run, "segments")}>${t("progress.open_segments")}</a>
      <a class="btn" href=${runPath(project, run, "map")}>${t("nav.map")}</a>
      ${exportLink(project, run)}`;
  if (isActive(run))
    return html`<button class="btn" ?disabled=${busy} @click=${cancel}>${icon("stop")}${t("progress.cancel")}</button>
      <a class="btn" href="/">${t("progress.go_home")}</a>`;
  return html`<a class="btn" href=${importPath(project, run.dataset)}>${t("progress.to_data")}</a>`;
}

/** @param {any} run */
function summary(run) {
  const s = run.summary;
  if (!s) return nothing;
  return html`<section aria-labelledby="summary-title"><h2 id="summary-title">${t("progress.summary")}</h2>
    <dl class="facts">
      <dt>${t("progress.read")}</dt><dd>${t("unit.customers", { count: s.customers })} · ${t("unit.texts", { count: s.texts })} · ${t("unit.events", { count: s.events })}</dd>
      <dt>${t("nav.segments")}</dt><dd>${s.reason}</dd>
      <dt>${t("segments.outliers")}</dt><dd>${count(s.outliers?.count)}${typeof s.outliers?.share === "number" ? html` · ${share(s.outliers.share)}` : nothing}</dd>
      ${run.usage ? html`<dt>${t("usage.title")}</dt><dd>${usageWords(run.usage)}</dd>` : nothing}
      ${s.encoder ? html`<dt>${t("progress.encoder")}</dt><dd>${s.encoder}</dd>` : nothing}
      ${s.algorithm ? html`<dt>${t("again.algorithm")}</dt><dd>${s.algorithm.reason}</dd>` : nothing}
      ${Object.keys(s.shares ?? {}).length ? html`<dt>${t("progress.balance")}</dt><dd>${sharesInWords(s.shares)}</dd>` : nothing}
    </dl></section>`;
}

/** After a re-run: what became of the segments that answered until then. @param {any} run @param {any} project */
function sinceMatched(run, project) {
  const matched = run.matched_to;
  if (!matched) return nothing;
  return html`<section aria-labelledby="since-title"><h2 id="since-title">${t("compare.since", { number: matched.number })}</h2>
    ${customerCounts(matched.customers)}
    <p>${t("compare.segments_line", matched.segments)}</p>
    <p class="actions"><a class="btn" href=${runPath(project, run, "compare")}>${t("compare.open")}</a></p></section>`;
}
