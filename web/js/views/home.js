// @ts-check
import { html, nothing, repeat } from "../lib/lit.js";
import { t, locale } from "../i18n.js";
import { state, update, loadProjects, loadInfo, isActive } from "../store.js";
import { remove } from "../api.js";
import { openLayer, closeLayer, toast } from "../a11y.js";
import { loader } from "../load.js";
import { count, when, bytes } from "../format.js";
import { badge } from "../ui/badge.js";
import { progressBar, progressWords } from "../ui/progress.js";
import { loaded, problemBox } from "../ui/states.js";
import { twinButton } from "../ui/twin.js";
import { icon } from "../ui/icon.js";
import { dropZone } from "../ui/drop-zone.js";

const STATES = {
  empty: "project.empty",
  imported: "project.imported",
  running: "project.running",
  failed: "project.failed",
  published: "project.published",
};

/** Home: a first map without own data, own files, and the projects. */
export function open() {
  const projects = loader();
  const read = () => projects.load(async () => (await loadProjects(), state.projects ?? []));
  const files = dropZone({ project: null });
  read();
  // A sample that is being built moves on by itself; the row follows it.
  const timer = setInterval(() => {
    if (!document.hidden && projects.data?.some((/** @type {any} */ p) => p.state === "running")) read();
  }, 3000);

  return {
    title: () => t("nav.home"),
    close: () => (clearInterval(timer), projects.stop(), files.close()),
    render: () => html`<div class="head"><h1>${t("home.title")}</h1>
        <div class="head-tools">${twinButton(() => ["/projects", "/info"])}</div></div>
      <p class="lead">${t("home.lead")}</p>
      <div class="home-cards">${sampleCard(projects.data)} ${files.render()}</div>
      <section aria-labelledby="projects-title">
        <h2 id="projects-title">${t("home.projects")}</h2>
        ${loaded(projects, (data) => projectTable(data, read), { rows: 2 })}
      </section>
      ${footer()}`,
  };
}

/** @param {any[] | null} projects */
function sampleCard(projects) {
  const samples = (projects ?? []).filter((p) => p.demo).sort((a, b) => Number(b.language === locale()) - Number(a.language === locale()));
  return html`<section class="card home-card" aria-labelledby="sample-title">
    <h2 id="sample-title">${t("home.sample")}</h2>
    <p class="muted">${t("home.sample_text")}</p>
    ${projects && !samples.length ? html`<p class="muted">${t("home.no_sample")}</p>` : nothing}
    <ul class="plain samples">
      ${samples.map((/** @type {any} */ p, /** @type {number} */ i) => html`<li>
        <div class="spread"><strong lang=${p.language}>${p.name}</strong>
          <a class="btn ${i === 0 ? "btn-primary" : ""}" href="/p/${p.slug}" aria-label=${t("home.open_sample_named", { name: p.name })}>${t("home.open_sample")}</a></div>
        ${sampleState(p)}
      </li>`)}
    </ul>
  </section>`;
}

/** @param {any} project */
function sampleState(project) {
  if (project.segments)
    return html`<p class="small muted">${t("home.sample_ready", { customers: project.customers ?? 0, segments: project.segments })}</p>
      <p class="badges" aria-hidden="true">${Array.from({ length: Math.min(20, project.segments) }, (_, i) => badge(i + 1))}</p>`;
  const job = state.jobs.find((j) => j.project === project.id && isActive(j));
  if (job?.stage)
    return html`<p class="small">${t("progress.stage", { index: job.stage.index, of: job.stage.of, label: job.stage.label })}${job.progress ? html` · ${progressWords(job.progress)}` : nothing}</p>
      ${job.progress ? progressBar(job.progress.done, job.progress.total, job.stage.label) : nothing}`;
  return html`<p class="small muted">${stateWord(project)}</p>`;
}

/** @param {any} project */
const stateWord = (project) => t(STATES[/** @type {"empty"} */ (project.state)] ?? "project.empty");

/** @param {any[]} projects @param {() => void} read */
function projectTable(projects, read) {
  if (!projects.length) return html`<p class="muted">${t("home.no_projects")}</p>`;
  return html`<table class="table cards-narrow">
    <caption class="sr-only">${t("home.projects")}</caption>
    <thead><tr>
      <th scope="col">${t("home.col_project")}</th><th scope="col">${t("home.col_state")}</th>
      <th scope="col" class="num">${t("home.col_customers")}</th><th scope="col" class="num">${t("home.col_segments")}</th>
      <th scope="col">${t("home.col_created")}</th><th scope="col"><span class="sr-only">${t("home.col_actions")}</span></th>
    </tr></thead>
    <tbody>${repeat(projects, (/** @type {any} */ p) => p.id, (/** @type {any} */ p) => html`<tr>
      <th scope="row"><a href="/p/${p.slug}" lang=${p.language}>${p.name}</a>${p.demo ? html` <span class="tag">${t("home.sample_tag")}</span>` : nothing}</th>
      <td data-label=${t("home.col_state")}><span class="state state-${p.state}">${stateWord(p)}</span></td>
      <td class="num" data-label=${t("home.col_customers")}>${count(p.customers)}</td>
      <td class="num" data-label=${t("home.col_segments")}>${count(p.segments)}</td>
      <td data-label=${t("home.col_created")}>${when(p.created_at)}</td>
      <td class="row-tools">
        <button class="btn-icon" aria-label=${t("home.delete_named", { name: p.name })} title=${t("action.delete")} @click=${() => confirmDelete(p, read)}>${icon("trash")}</button>
      </td>
    </tr>`)}</tbody>
  </table>`;
}

/** A project that is gone stays gone, so its name is typed first. @param {any} project @param {() => void} read */
function confirmDelete(project, read) {
  let typed = "";
  /** @type {any} */
  let problem = null;
  const submit = async (/** @type {Event} */ e) => {
    e.preventDefault();
    if (typed !== project.name) return;
    try {
      await remove(`/projects/${project.id}`);
      if (state.project?.id === project.id) Object.assign(state, { project: null, run: null, runs: [] });
      closeLayer();
      toast(t("toast.project_deleted", { name: project.name }));
      read();
    } catch (e2) {
      problem = e2;
      update();
    }
  };
  openLayer({
    title: t("home.delete_title", { name: project.name }),
    body: () => html`<form @submit=${submit}>
      <p>${t("home.delete_text")}</p>
      <label class="field">${t("home.delete_type", { name: project.name })}
        <input autocomplete="off" @input=${(/** @type {any} */ e) => ((typed = e.target.value), update())} /></label>
      ${problem ? problemBox(problem) : nothing}
      <p class="actions end"><button type="button" class="btn" @click=${closeLayer}>${t("action.cancel")}</button>
        <button class="btn btn-danger" ?disabled=${typed !== project.name}>${t("home.delete_forever")}</button></p>
    </form>`,
  });
}

function footer() {
  const { info } = state;
  if (!info) return html`<p class="foot"><button class="btn btn-small" @click=${() => loadInfo().catch(() => {})}>${t("home.check_again")}</button></p>`;
  const ready = info.models?.length;
  return html`<p class="foot muted small">
    <span class="state ${ready ? "state-published" : "state-failed"}">${ready ? t("home.embeddings", { count: info.models.length }) : t("home.no_embeddings")}</span>
    <span>${info.writer?.configured ? t("home.writer_model", { name: info.writer.model ?? "" }) : t("home.writer_builtin")}</span>
    ${info.disk ? html`<span>${t("home.disk", { size: bytes(info.disk.free_bytes) })}</span>` : nothing}
    <a href="/settings">${t("nav.settings")}</a>
  </p>`;
}
