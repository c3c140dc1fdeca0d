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
  /** What the segment became while its name was being typed here. @type {{theirs: any, name: string} | null} */
  let conflict = null;
  let busy = false;

  const stop = () => {
    self.editing = false;
    problem = null;
    conflict = null;
    update();
    setTimeout(() => document.getElementById("rename")?.focus());
  };

  const submit = (/** @type {SubmitEvent} */ e, /** @type {any} */ segment) => {
    e.preventDefault();
    const name = String(new FormData(/** @type {HTMLFormElement} */ (e.target)).get("name")).trim();
    const known = conflict?.theirs ?? segment;
    if (!name || name === known.name) return conflict ? keepTheirs() : stop();
    return save(name, known);
  };

  const save = async (/** @type {string} */ name, /** @type {any} */ known) => {
    busy = true;
    problem = null;
    update();
    const path = `/segments/${known.id}?run=${run.id}`;
    try {
      const next = await patch(path, { name }, { "If-Match": known.etag });
      stop();
      onChange(next);
      toast(t("rename.done", { name }), { label: t("action.undo"), run: () => undoLast(project, (segment) => segment && onChange(segment), next.edit) });
    } catch (failure) {
      problem = await meet(failure, name, known, path);
    }
    busy = false;
    update();
  };

  /** Somebody changed the segment meanwhile: a name alike or untouched settles it, another is asked about. @param {any} failure @param {string} name @param {any} known @param {string} path */
  const meet = async (failure, name, known, path) => {
    if (failure.status !== 412) return failure;
    try {
      const theirs = await get(path);
      if (theirs.name === name) return keep(theirs);
      if (theirs.name === known.name) return await save(name, theirs);
      conflict = { theirs, name };
      setTimeout(() => document.getElementById("rename-conflict")?.focus());
      return null;
    } catch (lost) {
      return lost;
    }
  };

  const keep = (/** @type {any} */ theirs) => (stop(), onChange(theirs), null);
  const keepTheirs = () => conflict && keep(conflict.theirs);

  const choice = () => conflict ? html`<section class="notice warn conflict" role="alert" id="rename-conflict" tabindex="-1" aria-labelledby="conflict-title">${icon("warn")}<div class="grow">
      <p class="notice-title" id="conflict-title">${t("conflict.title")}</p>
      <dl class="facts"><dt>${t("conflict.theirs")}</dt><dd>${conflict.theirs.name}</dd><dt>${t("conflict.yours")}</dt><dd>${conflict.name}</dd></dl>
      <p class="actions"><button type="button" class="btn btn-small btn-primary" ?disabled=${busy} @click=${() => conflict && save(conflict.name, conflict.theirs)}>${t("conflict.use_yours")}</button>
        <button type="button" class="btn btn-small" ?disabled=${busy} @click=${keepTheirs}>${t("conflict.keep_theirs")}</button></p></div></section>` : nothing;

  const self = {
    editing: false,
    button: (/** @type {any} */ segment) => html`<button id="rename" class="btn-icon" aria-label=${t("rename.button", { name: segment.name })} title=${t("rename.title")}
      @click=${() => ((self.editing = true), update(), setTimeout(() => document.querySelector(/** @type {"input"} */ ("#rename-name"))?.select()))}>${icon("edit")}</button>`,
    render: (/** @type {any} */ segment) => html`<form class="rename" @submit=${(/** @type {SubmitEvent} */ e) => submit(e, segment)}
      @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && (e.preventDefault(), conflict ? keepTheirs() : stop())}>
      <h1 class="sr-only">${segment.name}</h1>
      <label class="sr-only" for="rename-name">${t("rename.label")}</label>
      <input id="rename-name" name="name" .value=${segment.name} maxlength="80" required />
      <button class="btn btn-primary" ?disabled=${busy}>${t("action.save")}</button>
      <button type="button" class="btn" @click=${() => (conflict ? keepTheirs() : stop())}>${t("action.cancel")}</button>
      ${choice()} ${problem ? problemBox(problem) : nothing}
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
