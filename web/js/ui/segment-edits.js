// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { update } from "../store.js";
import { post } from "../api.js";
import { closeLayer, openLayer, toast } from "../a11y.js";
import { loader } from "../load.js";
import { count, number, share } from "../format.js";
import { badge } from "./badge.js";
import { stabilityWord } from "./segment-card.js";
import { undoLast } from "./rename.js";
import { loaded, problemBox } from "./states.js";

/** @typedef {{project: any, segments: any[], onDone: () => void}} Place */

/** Several segments become one: choose, see the outcome, confirm. @param {Place} place */
export function openMerge(place) {
  const chosen = new Set();
  openEdit(place, {
    title: t("edits.merge_title"),
    lead: t("edits.merge_lead"),
    done: t("edits.merged"),
    confirm: t("edits.merge"),
    ready: () => chosen.size > 1,
    tags: () => place.segments.filter((s) => chosen.has(s.id)).map((s) => s.etag),
    send: (/** @type {boolean} */ preview, /** @type {any} */ headers) =>
      post(`/projects/${place.project.id}/segments:merge?run=${place.segments[0].run}`, { segments: [...chosen], dry_run: preview }, headers),
    choice: (/** @type {() => void} */ changed) => html`<fieldset class="edit-choice"><legend>${t("nav.segments")}</legend>
      ${place.segments.map((s) => html`<label><input type="checkbox" .checked=${chosen.has(s.id)}
        @change=${() => (chosen.has(s.id) ? chosen.delete(s.id) : chosen.add(s.id), changed())} />
        ${badge(s.number)}<span>${s.name}</span><span class="muted small num">${count(s.size.count)}</span></label>`)}</fieldset>`,
  });
}

/** A segment becomes two. @param {Place} place */
export function openSplit(place) {
  let chosen = "";
  openEdit(place, {
    title: t("edits.split_title"),
    lead: t("edits.split_lead"),
    done: t("edits.was_split"),
    confirm: t("edits.split"),
    ready: () => chosen !== "",
    tags: () => place.segments.filter((s) => s.id === chosen).map((s) => s.etag),
    send: (/** @type {boolean} */ preview, /** @type {any} */ headers) => post(`/segments/${chosen}:split?run=${place.segments[0].run}`, { dry_run: preview }, headers),
    choice: (/** @type {() => void} */ changed) => html`<fieldset class="edit-choice"><legend>${t("segments.col_segment")}</legend>
      ${place.segments.map((s) => html`<label><input type="radio" name="split" .checked=${chosen === s.id}
        @change=${() => ((chosen = s.id), changed())} />
        ${badge(s.number)}<span>${s.name}</span><span class="muted small num">${count(s.size.count)}</span></label>`)}</fieldset>`,
  });
}

/** What a merge and a split have in common: nothing happens before its outcome was shown. @param {Place} place @param {any} edit */
function openEdit(place, edit) {
  const outcome = loader();
  let busy = false;
  /** @type {any} */
  let problem = null;

  const headers = () => {
    const tags = edit.tags().filter(Boolean);
    return tags.length ? { "If-Match": tags.join(", ") } : {};
  };
  const changed = () => {
    problem = null;
    outcome.stop();
    outcome.data = null;
    outcome.error = null;
    if (edit.ready()) outcome.load(() => edit.send(true, {}));
    update();
  };
  const confirm = async () => {
    busy = true;
    update();
    try {
      const sent = await edit.send(false, headers());
      closeLayer();
      place.onDone();
      toast(edit.done, { label: t("action.undo"), run: () => undoLast(place.project, place.onDone, sent.edit) });
    } catch (e) {
      problem = e;
    }
    busy = false;
    update();
  };

  openLayer({
    title: edit.title,
    wide: true,
    onClose: outcome.stop,
    body: () => html`<p>${edit.lead}</p>
      ${edit.choice(changed)}
      <div aria-live="polite">${edit.ready() ? loaded(outcome, preview, { rows: 2 }) : nothing}</div>
      ${problem ? problemBox(problem) : nothing}
      <p class="actions end"><button class="btn" @click=${closeLayer}>${t("action.cancel")}</button>
        <button class="btn btn-primary" ?disabled=${busy || !outcome.data} @click=${confirm}>${edit.confirm}</button></p>`,
  });
}

/** Sizes, stability and names as they will be. @param {any} data */
const preview = (data) => html`<h3>${t("edits.outcome")}</h3>
  <p class="muted small">${t("edits.becomes", { before: data.segments_before, after: data.segments })}</p>
  <div class="table-wrap" tabindex="0" role="group" aria-label=${t("edits.outcome")}><table class="table compact">
    <caption class="sr-only">${t("edits.outcome")}</caption>
    <thead><tr><th scope="col">${t("segments.col_segment")}</th><th scope="col" class="num">${t("segments.col_customers")}</th>
      <th scope="col" class="num">${t("segments.col_share")}</th><th scope="col" class="num">${t("segments.col_stability")}</th></tr></thead>
    <tbody>${data.changed.map((/** @type {any} */ s) => html`<tr>
      <th scope="row"><span class="segment-link">${badge(s.number)}<span>${s.name}</span></span></th>
      <td class="num">${count(s.size.count)}</td><td class="num">${share(s.size.share)}</td>
      <td class="num">${number(s.stability.score, 2)} <span class="muted small">${stabilityWord(s.stability)}</span></td></tr>`)}</tbody>
  </table></div>
  ${data.renumbered.map((/** @type {any} */ s) => html`<p class="muted small">${t("edits.renumbered", { name: s.name, was: s.was_number, now: s.number })}</p>`)}`;
