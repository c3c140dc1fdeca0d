// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { update } from "../store.js";
import { getAll, post } from "../api.js";
import { closeLayer, openLayer, toast } from "../a11y.js";
import { loader } from "../load.js";
import { count, number, share } from "../format.js";
import { badge } from "./badge.js";
import { stabilityWord } from "./segment-card.js";
import { undoLast } from "./rename.js";
import { icon } from "./icon.js";
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
    drop: (/** @type {Set<string>} */ there) => chosen.forEach((id) => there.has(id) || chosen.delete(id)),
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
    drop: (/** @type {Set<string>} */ there) => (chosen = there.has(chosen) ? chosen : ""),
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
  /** Segments that somebody else changed since they were read. @type {any[] | null} */
  let meanwhile = null;

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
  /** Somebody edited the segments meanwhile: the outcome is worked out anew from how they are now. */
  const renew = async () => {
    const run = place.segments[0].run;
    const before = new Map(place.segments.map((s) => [s.id, s]));
    place.segments = await getAll(`/projects/${place.project.id}/segments?run=${run}`);
    meanwhile = place.segments.filter((s) => before.get(s.id)?.etag !== s.etag);
    edit.drop(new Set(place.segments.map((s) => s.id)));
    changed();
    place.onDone();
  };
  const confirm = async () => {
    busy = true;
    meanwhile = null;
    update();
    try {
      const sent = await edit.send(false, headers());
      closeLayer();
      place.onDone();
      toast(edit.done, { label: t("action.undo"), run: () => undoLast(place.project, place.onDone, sent.edit) });
    } catch (e) {
      problem = e;
      if (/** @type {any} */ (e).status === 412) await renew().catch((lost) => (problem = lost));
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
      ${meanwhile ? html`<section class="notice warn" role="alert">${icon("warn")}<div><p class="notice-title">${t("conflict.title")}</p>
          <p>${t("conflict.segments", { segments: meanwhile.map((s) => t("brief.segment_option", { number: s.number, name: s.name })).join(t("list.comma")) })}</p></div></section>` : nothing}
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
