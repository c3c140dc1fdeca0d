// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state, update } from "../store.js";
import { get, patch, post } from "../api.js";
import { toast } from "../a11y.js";
import { loader } from "../load.js";
import { when } from "../format.js";
import { problemBox, wordsOf } from "./states.js";
import { icon } from "./icon.js";

/** Takes back the last edit of a project, if it is still the one that is meant; the answer is the segment in the run in view. @param {any} project @param {(segment: any) => void} done @param {number=} edit */
export async function undoLast(project, done, edit) {
  try {
    const answer = await post(`/projects/${project.id}/segments:undo${state.run ? `?run=${state.run.id}` : ""}`, edit ? { edit } : undefined);
    toast(t("rename.undone"));
    done(answer.segment);
  } catch (e) {
    toast(wordsOf(e).detail);
  }
}

/** Renames a segment in place, with ten seconds to take it back. @param {{project: any, run: any, onChange: (segment: any) => void}} place */
export function rename({ project, run, onChange }) {
  /** @type {any} */
  let problem = null;
  let busy = false;

  const stop = () => {
    self.editing = false;
    problem = null;
    update();
    setTimeout(() => document.getElementById("rename")?.focus());
  };

  const save = async (/** @type {SubmitEvent} */ e, /** @type {any} */ segment) => {
    e.preventDefault();
    const name = String(new FormData(/** @type {HTMLFormElement} */ (e.target)).get("name")).trim();
    if (!name || name === segment.name) return stop();
    busy = true;
    problem = null;
    update();
    try {
      const next = await patch(`/segments/${segment.id}?run=${run.id}`, { name }, segment.etag ? { "If-Match": segment.etag } : {});
      busy = false;
      stop();
      onChange(next);
      toast(t("rename.done", { name }), { label: t("action.undo"), run: () => undoLast(project, (segment) => segment && onChange(segment), next.edit) });
    } catch (failure) {
      busy = false;
      problem = failure;
      update();
    }
  };

  const self = {
    editing: false,
    button: (/** @type {any} */ segment) => html`<button id="rename" class="btn-icon" aria-label=${t("rename.button", { name: segment.name })} title=${t("rename.title")}
      @click=${() => ((self.editing = true), update(), setTimeout(() => document.querySelector(/** @type {"input"} */ ("#rename-name"))?.select()))}>${icon("edit")}</button>`,
    render: (/** @type {any} */ segment) => html`<form class="rename" @submit=${(/** @type {SubmitEvent} */ e) => save(e, segment)}
      @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && (e.preventDefault(), stop())}>
      <h1 class="sr-only">${segment.name}</h1>
      <label class="sr-only" for="rename-name">${t("rename.label")}</label>
      <input id="rename-name" name="name" .value=${segment.name} maxlength="80" required />
      <button class="btn btn-primary" ?disabled=${busy}>${t("action.save")}</button>
      <button type="button" class="btn" @click=${stop}>${t("action.cancel")}</button>
      ${problem ? problemBox(problem) : nothing}
    </form>`,
  };
  return self;
}

/** What was changed by hand in this project, newest first. @param {{project: any, onUndo: () => void}} place */
export function history({ project, onUndo }) {
  const items = loader();
  const read = () => items.load(async (signal) => (await get(`/projects/${project.id}/history`, signal)).data);
  const lines = () => html`<ul class="plain history">${items.data.slice(0, 20).map((/** @type {any} */ h) => html`<li class=${h.undone ? "undone" : ""}>
      <span>${h.text}</span>
      <span class="muted small">${when(h.at)}${h.undone ? html` · ${t("history.undone")}` : nothing}</span></li>`)}</ul>
    ${items.data.some((/** @type {any} */ h) => !h.undone)
      ? html`<p class="actions"><button class="btn btn-small" @click=${() => undoLast(project, () => (onUndo(), read()))}>${icon("undo")}${t("history.undo")}</button></p>`
      : nothing}`;
  return {
    read,
    close: items.stop,
    /** @param {boolean} [always] shown even where nothing was changed yet */
    render: (always = false) =>
      items.data?.length || (always && items.data)
        ? html`<section class="card why" aria-labelledby="history-title"><h2 id="history-title">${t("history.title")}</h2>
            ${items.data.length ? lines() : html`<p class="muted">${t("history.none")}</p>`}</section>`
        : nothing,
  };
}
