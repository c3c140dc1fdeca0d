// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t, locale } from "../i18n.js";
import { state, update, loadProjects } from "../store.js";
import { post, remove, upload } from "../api.js";
import { go, importPath } from "../router.js";
import { bytes, duration } from "../format.js";
import { announce } from "../a11y.js";
import { progressBar } from "./progress.js";
import { problemBox } from "./states.js";
import { icon } from "./icon.js";

const ACCEPT = ".csv,.tsv,.txt,.jsonl,.ndjson,.gz";

/**
 * Choose files, see them listed, send them with progress. Without a project one is made, and unmade again
 * when the server refuses the files.
 * @param {{project: any}} place
 */
export function dropZone(place) {
  /** @type {File[]} */
  let files = [];
  let name = "";
  let named = false;
  let over = false;
  /** @type {{done: number, total: number, rate: number, abort: AbortController} | null} */
  let sending = null;
  /** @type {any} */
  let problem = null;
  /** The project made for these files: while the server is away it cannot be unmade, so the next try uses it. @type {any} */
  let made = null;

  const add = (/** @type {FileList | null} */ list) => {
    for (const file of list ?? []) if (!files.some((f) => f.name === file.name && f.size === file.size)) files.push(file);
    if (!named && files.length) name = files[0].name.replace(/\.(csv|tsv|txt|jsonl|ndjson|gz)/gi, "").replace(/[_-]+/g, " ").trim();
    problem = null;
    update();
  };

  const unmake = async () => {
    if (made) await remove(`/projects/${made.id}`).then(() => (made = null), () => {});
  };

  const start = async (/** @type {Event} */ e) => {
    e.preventDefault();
    const abort = new AbortController();
    const begun = performance.now();
    sending = { done: 0, total: files.reduce((sum, f) => sum + f.size, 0), rate: 0, abort };
    problem = null;
    update();
    try {
      const wanted = name.trim() || t("upload.default_name");
      if (made && made.name !== wanted) await unmake();
      const project = place.project ?? (made ??= await post("/projects", { name: wanted, language: locale() }));
      const dataset = await upload(`/projects/${project.id}/datasets`, files, (done, total) => {
        if (!sending) return;
        Object.assign(sending, { done, total, rate: (done / (performance.now() - begun)) * 1000 });
        update();
      }, abort.signal);
      announce(t("upload.finished", { count: files.length }));
      files = [];
      sending = null;
      made = null;
      loadProjects().catch(() => {});
      go(importPath(project, dataset.id));
    } catch (failure) {
      sending = null;
      await unmake();
      if (!abort.signal.aborted) problem = failure;
      update();
    }
  };

  const drop = (/** @type {DragEvent} */ e) => {
    e.preventDefault();
    over = false;
    add(e.dataTransfer?.files ?? null);
  };

  const fileRow = (/** @type {File} */ file) => html`<li class="spread">
    <span class="file-name">${file.name} <span class="muted small">${bytes(file.size)}</span></span>
    <button type="button" class="btn-icon" aria-label=${t("upload.remove", { name: file.name })} @click=${() => ((files = files.filter((f) => f !== file)), update())}>${icon("close")}</button>
  </li>`;

  const progress = () => {
    if (!sending) return nothing;
    const { done, total, rate, abort } = sending;
    // Sent in full is not done: the server still reads and checks every row.
    const words = done >= total
      ? t("upload.reading")
      : [t("upload.sent", { done: bytes(done), total: bytes(total) }), ...(rate ? [t("upload.rate", { rate: bytes(rate) }), t("progress.left", { time: duration(Math.max(1, (total - done) / rate)) })] : [])].join(" · ");
    return html`<div class="upload-progress">
      ${done >= total ? progressBar(0, 0, t("upload.label")) : progressBar(done, total, t("upload.label"))}
      <p class="spread"><span class="small" role="status">${words}</span>
        <button type="button" class="btn btn-small" @click=${() => abort.abort()}>${t("action.cancel")}</button></p>
    </div>`;
  };

  return {
    close: () => sending?.abort.abort(),
    render: () => html`<section class="card home-card" aria-labelledby="own-title">
      <h2 id="own-title">${place.project ? t("upload.title_more") : t("upload.title")}</h2>
      <p class="muted">${t("upload.text")}</p>
      <form @submit=${start}>
        <div class="drop ${over ? "over" : ""}" @dragover=${(/** @type {Event} */ e) => (e.preventDefault(), over || ((over = true), update()))}
          @dragleave=${() => ((over = false), update())} @drop=${drop}>
          ${icon("upload")}
          <p>${t("upload.drop")}</p>
          <label class="btn">${t("upload.choose")}<input class="sr-only" type="file" multiple accept=${ACCEPT} ?disabled=${!!sending}
            @change=${(/** @type {any} */ e) => (add(e.target.files), (e.target.value = ""))} /></label>
          <p class="muted small">${t("upload.kinds", { size: bytes(state.info?.limits?.request_bytes ?? 200_000_000) })}</p>
        </div>
        ${files.length ? html`<ul class="plain files">${files.map(fileRow)}</ul>` : nothing}
        ${files.length && !place.project
          ? html`<label class="field">${t("upload.name")}<input .value=${name} maxlength="80" required @input=${(/** @type {any} */ e) => ((name = e.target.value), (named = true))} /></label>`
          : nothing}
        ${problem ? problemBox(problem, {}) : nothing} ${progress()}
        ${files.length && !sending ? html`<p class="actions"><button class="btn btn-primary">${t("upload.start", { count: files.length })}</button></p>` : nothing}
      </form>
    </section>`,
  };
}
