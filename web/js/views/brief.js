// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t, translator } from "../i18n.js";
import { state, update } from "../store.js";
import { get } from "../api.js";
import { runPath } from "../router.js";
import { loader } from "../load.js";
import { when } from "../format.js";
import { goalWord, languageWord } from "./briefs.js";
import { badge, segmentClass } from "../ui/badge.js";
import { briefEdit } from "../ui/brief-edit.js";
import { briefSection } from "../ui/brief-section.js";
import { briefStanding } from "../ui/brief-standing.js";
import { downloadLink } from "../ui/download.js";
import { loaded } from "../ui/states.js";
import { twinButton } from "../ui/twin.js";
import { usageWords } from "../ui/usage.js";
import { waitingWords, writerLabel, writerName } from "../ui/writer.js";
import { icon } from "../ui/icon.js";

const WAIT = 700;

/** One brief, to read, edit, check, print and take along. @param {import("../router.js").Route} route */
export function open(route) {
  const { project, run } = state;
  const id = route.params.brief;
  const brief = loader();
  const edit = briefEdit({
    id,
    brief: () => brief.data,
    onChange: (next) => {
      brief.data = { ...next, say: brief.data.say };
      update();
    },
  });
  brief.load(async (signal) => {
    const data = await written(id, signal);
    // The sheet speaks one language throughout, whatever the page around it speaks.
    return { ...data, say: await translator(data.language) };
  });
  return {
    title: () => (brief.data ? t("brief.title", { name: brief.data.name }) : t("nav.briefs")),
    close: () => (edit.close(), brief.stop()),
    render: () => html`<p class="crumb"><a href=${runPath(project, run, "briefs")}>${icon("back")}${t("brief.back")}</a>
        <span class="head-tools">${brief.data ? twinButton(() => [`/briefs/${id}`]) : nothing}</span></p>
      ${loaded(brief, (data) => body(data, edit), { rows: 10, page: true })}`,
  };
}

/** The brief once it is written. @param {string} id @param {AbortSignal} signal */
async function written(id, signal) {
  for (;;) {
    const data = await get(`/briefs/${id}`, signal);
    if (!["queued", "running"].includes(data.status)) return data;
    await new Promise((resolve) => setTimeout(resolve, WAIT));
  }
}

/** @param {any} brief @param {any} edit */
function body(brief, edit) {
  const run = state.runs.find((r) => r.id === brief.run);
  return html`<div class="head no-print">
      <h1 class="grow">${t("brief.title", { name: brief.name })}</h1>
      <div class="head-tools">
        <button class="btn" ?disabled=${edit.busy} @click=${edit.check}>${icon("check")}${t("brief.check")}</button>
        <button class="btn" ?disabled=${edit.busy} @click=${() => edit.regenerate(null)}>${icon("again")}${t("brief.regenerate_all")}</button>
        ${brief.undoable ? html`<button class="btn" ?disabled=${edit.busy} @click=${edit.undo}>${icon("undo")}${t("brief.undo")}</button>` : nothing}
        <button class="btn btn-primary" @click=${() => window.print()}>${icon("print")}${t("brief.print")}</button>
        ${downloadLink(brief.links?.markdown ?? `/briefs/${brief.id}?format=md`, `${fileName(brief)}.md`, t("brief.markdown"))}
        ${downloadLink(brief.links?.html ?? `/briefs/${brief.id}?format=html`, `${fileName(brief)}.html`, t("brief.html"))}
        ${downloadLink(`/briefs/${brief.id}?format=json`, `${fileName(brief)}.json`, t("brief.json"))}
      </div>
    </div>
    <p class="headline no-print">
      <span>${goalWord(brief.goal)}</span><span>${languageWord(brief.language)}</span><span>${when(brief.changed_at ?? brief.created_at)}</span>
      <span>${brief.stage === "checked" ? t("brief.stage_checked", { version: brief.version }) : t("brief.stage_draft", { version: brief.version })}</span>
      ${run ? html`<span>${t("run.named", { number: run.number })}</span>` : nothing}<span>${writerLabel(brief.waiting ? { ...brief, fallback: null } : brief)}</span>
    </p>
    ${brief.usage ? html`<p class="muted small no-print">${usageWords(brief.usage)}</p>` : nothing}
    ${brief.waiting ? html`<p class="muted small no-print">${waitingWords(brief.waiting)}</p>` : nothing}
    ${brief.stale ? briefStanding(brief, run, edit) : nothing}
    ${edit.findings ? findings(edit.findings) : checks(brief.checks)}
    <div class="brief-layout">
      <nav class="brief-outline no-print" aria-label=${t("brief.outline")}>
        <ol>${brief.sections.map((/** @type {any} */ s) => html`<li><a href="#s-${s.key}" @click=${jump}>${s.title}</a></li>`)}</ol>
      </nav>
      <article class="paper" lang=${brief.language}>
        <header class="paper-head ${segmentClass(brief.number)}"><h2>${badge(brief.number)}<span>${brief.name}</span></h2></header>
        ${brief.sections.map((/** @type {any} */ s, /** @type {number} */ i) => briefSection(s, i + 1, brief, edit))}
        <footer class="paper-foot small muted">${brief.say("brief.print_foot", { number: String(run?.number ?? ""), seed: String(run?.settings?.seed ?? ""), writer: writerName(brief.writer, brief.model, brief.say) })}</footer>
      </article>
    </div>`;
}

/** Goes to a section without an entry in the history. @param {MouseEvent} e */
function jump(e) {
  const link = /** @type {HTMLAnchorElement} */ (e.currentTarget);
  const target = document.getElementById(link.hash.slice(1));
  if (!target) return;
  e.preventDefault();
  target.scrollIntoView({ block: "start" });
  target.focus({ preventScroll: true });
}

/** What the check found, each with the way to its statement. @param {any[]} found */
const findings = (found) =>
  found.length
    ? html`<section class="notice warn no-print" aria-labelledby="findings-title">${icon("warn")}<div>
        <p class="notice-title" id="findings-title">${t("brief.findings", { count: found.length })}</p>
        <ul class="findings">${found.map((f) => html`<li><a href="#s-${f.section}" @click=${jump}>${f.place}</a> <q>${f.sentence}</q> ${f.problem}</li>`)}</ul></div></section>`
    : html`<p class="notice no-print">${icon("check")}<span>${t("brief.findings_none")}</span></p>`;

/** How many statements have which source. @param {any} checks */
const checks = (checks) =>
  checks
    ? html`<p class="headline small no-print">${icon("check")}&nbsp;<span>${t("brief.checks", { claims: checks.claims ?? 0, supported: checks.supported ?? 0 })}</span>
        ${checks.hypotheses ? html`<span>${t("brief.check_hypotheses", { count: checks.hypotheses })}</span>` : nothing}
        ${checks.human ? html`<span>${t("brief.check_human", { count: checks.human })}</span>` : nothing}
        ${checks.removed ? html`<span>${t("brief.check_removed", { count: checks.removed })}</span>` : nothing}</p>`
    : nothing;

/** @param {any} brief */
const fileName = (brief) => `brief-${brief.number}-${brief.language}`;
