// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t, translator } from "../i18n.js";
import { state } from "../store.js";
import { get } from "../api.js";
import { runPath } from "../router.js";
import { loader } from "../load.js";
import { when } from "../format.js";
import { goalWord, languageWord } from "./briefs.js";
import { badge, segmentClass } from "../ui/badge.js";
import { briefSection } from "../ui/brief-section.js";
import { downloadLink } from "../ui/download.js";
import { loaded } from "../ui/states.js";
import { twinButton } from "../ui/twin.js";
import { writerLabel, writerName } from "../ui/writer.js";
import { icon } from "../ui/icon.js";

const WAIT = 700;

/** One brief, to read, print and take along. @param {import("../router.js").Route} route */
export function open(route) {
  const { project, run } = state;
  const id = route.params.brief;
  const brief = loader();
  brief.load(async (signal) => {
    const data = await written(id, signal);
    // The sheet speaks one language throughout, whatever the page around it speaks.
    return { ...data, say: await translator(data.language) };
  });
  return {
    title: () => (brief.data ? t("brief.title", { name: brief.data.name }) : t("nav.briefs")),
    close: brief.stop,
    render: () => html`<p class="crumb"><a href=${runPath(project, run, "briefs")}>${icon("back")}${t("brief.back")}</a>
        <span class="head-tools">${brief.data ? twinButton(() => [`/briefs/${id}`]) : nothing}</span></p>
      ${loaded(brief, body, { rows: 10 })}`,
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

/** @param {any} brief */
function body(brief) {
  const run = state.runs.find((r) => r.id === brief.run);
  return html`<div class="head no-print">
      <h1 class="grow">${t("brief.title", { name: brief.name })}</h1>
      <div class="head-tools">
        <button class="btn btn-primary" @click=${() => window.print()}>${icon("print")}${t("brief.print")}</button>
        ${downloadLink(brief.links?.markdown ?? `/briefs/${brief.id}?format=md`, `${fileName(brief)}.md`, t("brief.markdown"))}
        ${downloadLink(brief.links?.html ?? `/briefs/${brief.id}?format=html`, `${fileName(brief)}.html`, t("brief.html"))}
      </div>
    </div>
    <p class="headline no-print">
      <span>${goalWord(brief.goal)}</span><span>${languageWord(brief.language)}</span><span>${when(brief.created_at)}</span>
      ${run ? html`<span>${t("run.named", { number: run.number })}</span>` : nothing}<span>${writerLabel(brief)}</span>
    </p>
    ${brief.stale ? html`<p class="notice warn no-print">${icon("warn")}<span>${t("brief.stale", { number: run?.number ?? 0 })}</span></p>` : nothing}
    ${checks(brief.checks)}
    <div class="brief-layout">
      <nav class="brief-outline no-print" aria-label=${t("brief.outline")}>
        <ol>${brief.sections.map((/** @type {any} */ s) => html`<li><a href="#s-${s.key}" @click=${jump}>${s.title}</a></li>`)}</ol>
      </nav>
      <article class="paper" lang=${brief.language}>
        <header class="paper-head ${segmentClass(brief.number)}"><h2>${badge(brief.number)}<span>${brief.name}</span></h2></header>
        ${brief.sections.map((/** @type {any} */ s, /** @type {number} */ i) => briefSection(s, i + 1, brief))}
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

/** What the check of the brief found. @param {any} checks */
const checks = (checks) =>
  checks
    ? html`<p class="headline small no-print">${icon("check")}&nbsp;<span>${t("brief.checks", { claims: checks.claims ?? 0, supported: checks.supported ?? 0 })}</span>
        ${checks.hypotheses ? html`<span>${t("brief.check_hypotheses", { count: checks.hypotheses })}</span>` : nothing}
        ${checks.removed ? html`<span>${t("brief.check_removed", { count: checks.removed })}</span>` : nothing}</p>`
    : nothing;

/** @param {any} brief */
const fileName = (brief) => `brief-${brief.number}-${brief.language}`;
