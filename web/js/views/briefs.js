// @ts-check
import { html, nothing, repeat } from "../lib/lit.js";
import { t, locale, LANGUAGES } from "../i18n.js";
import { state, update, isActive, loadJobs } from "../store.js";
import { get, getAll, post, remove, Problem } from "../api.js";
import { go, runPath, setQuery } from "../router.js";
import { closeLayer, openLayer, toast } from "../a11y.js";
import { loader } from "../load.js";
import { when } from "../format.js";
import { badge } from "../ui/badge.js";
import { empty, loaded, problemBox, wordsOf } from "../ui/states.js";
import { twinButton } from "../ui/twin.js";
import { writerName } from "../ui/writer.js";
import { icon } from "../ui/icon.js";

const GOALS = { retain: "goal.retain", win_back: "goal.win_back", grow: "goal.grow", acquire: "goal.acquire" };
const CHANNELS = { email: "channel.email", sms: "channel.sms", push: "channel.push", social: "channel.social", mail: "channel.mail", phone: "channel.phone" };
const LANGUAGE_NAMES = { en: "language.en", "zh-CN": "language.zh" };

/** @param {string} goal */
export const goalWord = (goal) => t(GOALS[/** @type {"grow"} */ (goal)] ?? "goal.retain");
/** @param {string} language */
export const languageWord = (language) => t(LANGUAGE_NAMES[/** @type {"en"} */ (language)] ?? "language.en");

/** All briefs of the project, and the form for a new one. @param {import("../router.js").Route} route */
export function open(route) {
  const { project, run } = state;
  let query = route.query;
  let busy = false;
  let gone = false;
  /** @type {any} */
  let problem = null;
  const form = { goal: "retain", language: /** @type {string} */ (locale()), channels: new Set(["email"]) };
  const briefs = loader();
  const segments = loader();
  const read = () => briefs.load((signal) => getAll(`/projects/${project.id}/briefs`, signal));
  read();
  segments.load((signal) => getAll(`/projects/${project.id}/segments?run=${run.id}`, signal));

  const chosen = () => Number(query.get("seg")) || segments.data?.[0]?.number;

  const make = async (/** @type {Event} */ e) => {
    e.preventDefault();
    const segment = segments.data?.find((/** @type {any} */ s) => s.number === chosen());
    if (!segment || busy) return;
    busy = true;
    problem = null;
    update();
    try {
      const body = { segment: segment.id, run: run.id, goal: form.goal, channels: [...form.channels], language: form.language, writer: "auto" };
      const answer = await post(`/projects/${project.id}/briefs`, body, { Prefer: "wait=10" });
      const id = answer.sections ? answer.id : await briefOf(answer, () => gone);
      if (!gone && id) return go(`${runPath(project, run, "briefs")}/${id}`);
    } catch (failure) {
      problem = failure;
    }
    busy = false;
    update();
  };

  return {
    title: () => t("nav.briefs"),
    query: (/** @type {URLSearchParams} */ next) => (query = next),
    close: () => ((gone = true), briefs.stop(), segments.stop()),
    render: () => html`<div class="head"><h1>${t("nav.briefs")}</h1><div class="head-tools">${twinButton(() => [`/projects/${project.id}/briefs`])}</div></div>
      <div class="briefs-layout">
        <section class="card" aria-labelledby="make-title"><h2 id="make-title">${t("brief.make_title")}</h2>
          ${loaded(segments, (data) => makeForm(data, chosen(), form, { make, busy, problem }), { rows: 4 })}</section>
        <section aria-labelledby="list-title"><h2 id="list-title">${t("brief.list_title")}</h2>
          ${loaded(briefs, (data) => table(data, read), { rows: 3 })}</section>
      </div>`,
  };
}

/** Waits for the job of a brief that a language model writes. @param {any} job @param {() => boolean} left @returns {Promise<string | null>} */
async function briefOf(job, left) {
  loadJobs().catch(() => {});
  let now = job;
  while (isActive(now) && !left()) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    now = await get(`/jobs/${job.id}`);
  }
  if (now.state === "failed") throw new Problem(now.problem ?? { code: "job_failed" });
  return now.result?.brief ?? null;
}

/** @param {any[]} segments @param {number} chosen @param {any} form @param {{make: (e: Event) => void, busy: boolean, problem: any}} hands */
const makeForm = (segments, chosen, form, hands) => html`<form class="make" @submit=${hands.make}>
  <label class="field">${t("brief.segment")}
    <select @change=${(/** @type {any} */ e) => setQuery({ seg: e.target.value })}>
      ${segments.map((s) => html`<option value=${s.number} ?selected=${s.number === chosen}>${t("brief.segment_option", { number: s.number, name: s.name })}</option>`)}
    </select></label>
  <label class="field">${t("brief.goal")}
    <select @change=${(/** @type {any} */ e) => (form.goal = e.target.value)}>
      ${(state.info?.goals ?? Object.keys(GOALS)).map((/** @type {string} */ g) => html`<option value=${g} ?selected=${g === form.goal}>${goalWord(g)}</option>`)}
    </select></label>
  <label class="field">${t("brief.language")}
    <select @change=${(/** @type {any} */ e) => (form.language = e.target.value)}>
      ${LANGUAGES.map((l) => html`<option value=${l} ?selected=${l === form.language}>${languageWord(l)}</option>`)}
    </select></label>
  <fieldset class="field"><legend>${t("brief.channels")}</legend><div class="checks">
    ${Object.entries(CHANNELS).map(([key, word]) => html`<label><input type="checkbox" .checked=${form.channels.has(key)} @change=${(/** @type {any} */ e) => (e.target.checked ? form.channels.add(key) : form.channels.delete(key))} />${t(word)}</label>`)}
  </div></fieldset>
  ${hands.problem ? problemBox(hands.problem) : nothing}
  <p class="actions"><button class="btn btn-primary" ?disabled=${hands.busy}>${hands.busy ? t("brief.making") : t("brief.make")}</button></p>
</form>`;

/** @param {any} brief */
function stageWord(brief) {
  if (brief.status === "failed") return t("brief.stage_failed");
  if (brief.status !== "ready") return t("brief.making");
  return brief.stage === "checked" ? t("brief.stage_checked", { version: brief.version }) : t("brief.stage_draft", { version: brief.version });
}

/** @param {any[]} briefs @param {() => void} read */
function table(briefs, read) {
  if (!briefs.length) return empty(t("brief.none"));
  const path = runPath(state.project, state.run, "briefs");
  return html`<div class="table-wrap" tabindex="0" role="group" aria-labelledby="list-title"><table class="table cards-narrow">
    <caption class="sr-only">${t("brief.list_title")}</caption>
    <thead><tr><th scope="col">${t("segments.col_segment")}</th><th scope="col">${t("brief.goal")}</th><th scope="col">${t("brief.language")}</th><th scope="col">${t("brief.stage")}</th><th scope="col">${t("brief.writer")}</th><th scope="col">${t("home.col_created")}</th><th scope="col"><span class="sr-only">${t("home.col_actions")}</span></th></tr></thead>
    <tbody>${repeat(briefs, (/** @type {any} */ b) => b.id, (/** @type {any} */ b) => html`<tr>
      <th scope="row"><a class="segment-link" href="${path}/${b.id}">${badge(b.number)}<span>${b.name}</span></a></th>
      <td data-label=${t("brief.goal")}>${goalWord(b.goal)}</td><td data-label=${t("brief.language")}>${languageWord(b.language)}</td>
      <td data-label=${t("brief.stage")}>${stageWord(b)}${b.stale ? html` <span class="tag">${t("brief.out_of_date")}</span>` : nothing}</td>
      <td data-label=${t("brief.writer")}>${writerName(b.writer, b.model)}</td><td data-label=${t("home.col_created")}>${when(b.created_at)}</td>
      <td class="row-tools"><button class="btn-icon" aria-label=${t("brief.delete_named", { name: b.name })} title=${t("action.delete")} @click=${() => confirmDelete(b, read)}>${icon("trash")}</button></td>
    </tr>`)}</tbody></table></div>`;
}

/** @param {any} brief @param {() => void} read */
function confirmDelete(brief, read) {
  const yes = async () => {
    closeLayer();
    try {
      await remove(`/briefs/${brief.id}`);
      toast(t("brief.deleted"));
      read();
    } catch (e) {
      toast(wordsOf(e).detail);
    }
  };
  openLayer({
    title: t("brief.delete_title"),
    body: () => html`<p>${t("brief.delete_text", { name: brief.name })}</p>
      <p class="actions end"><button class="btn" @click=${closeLayer}>${t("action.cancel")}</button><button class="btn btn-danger" @click=${yes}>${t("action.delete")}</button></p>`,
  });
}
