// @ts-check
import { html, nothing, repeat } from "../lib/lit.js";
import { t } from "../i18n.js";
import { copy } from "../a11y.js";
import { count, figure } from "../format.js";
import { markdown } from "../md.js";
import { answerQuotes, answerTables } from "./answer-evidence.js";
import { openFigure } from "./figure-chip.js";
import { toolCard } from "./tool-card.js";
import { problemBox } from "./states.js";
import { usageWords } from "./usage.js";
import { writerLabel } from "./writer.js";
import { icon } from "./icon.js";

/**
 * @typedef {object} Hands what a reader can do with a turn
 * @property {boolean} latest
 * @property {boolean} busy an answer is being written
 * @property {(text: string) => void} onAsk
 * @property {(question: any) => void} onEdit
 * @property {(answer: any) => void} onRegenerate
 * @property {(answer: any) => void} onContinue
 * @property {(place: any, step: number) => void} onVersion
 * @property {(proposal: any) => void} onConfirm
 */

const CAVEATS = { association_not_cause: "chat.caveat_association", small_n: "chat.caveat_small", partial: "chat.caveat_partial", not_in_data: "chat.caveat_not_in_data", asks_back: "chat.caveat_asks_back" };

/**
 * A question and its answer. The question is where reading starts; the answer grows below it.
 * @param {any} asked place of the question in the thread @param {any} answered place of the answer @param {Hands} hands
 */
export const turn = (asked, answered, hands) => html`<article class="turn ${hands.latest ? "latest" : ""}">
  <div class="question" data-question>
    <h2 class="sr-only">${t("chat.you")}</h2>
    <p>${asked.message.text}</p>
    ${versions(asked, hands)}
    <button class="btn-icon" ?disabled=${hands.busy} aria-label=${t("chat.edit")} title=${t("chat.edit")} @click=${() => hands.onEdit(asked.message)}>${icon("edit")}</button>
  </div>
  ${answered ? answerView(answered, hands) : nothing}
</article>`;

/** Which of several versions this is, and the ways to the others. @param {any} place @param {Hands} hands */
const versions = (place, hands) => place.versions < 2 ? nothing : html`<span class="versions small" role="group" aria-label=${t("chat.versions")}>
  <button class="btn-icon" ?disabled=${hands.busy || place.version === 1} aria-label=${t("chat.version_before")} title=${t("chat.version_before")} @click=${() => hands.onVersion(place, -1)}>${icon("back")}</button>
  <span>${t("chat.version_of", { n: place.version, count: place.versions })}</span>
  <button class="btn-icon" ?disabled=${hands.busy || place.version === place.versions} aria-label=${t("chat.version_after")} title=${t("chat.version_after")} @click=${() => hands.onVersion(place, 1)}>${icon("forward")}</button>
</span>`;

/** @param {any} place @param {Hands} hands */
function answerView(place, hands) {
  const answer = place.message;
  const going = answer.state === "answering";
  return html`<div class="answer" aria-busy=${going} data-answer=${answer.id ?? nothing}>
    ${answer.tools?.length ? tools(answer.tools) : nothing}
    <div class="reading">${markdown(answer.text ?? "", answer.facts)}</div>
    ${answer.text ? html`${answerTables(answer)}${answerQuotes(answer)}` : nothing}
    ${going ? nothing : (answer.tools ?? []).filter((/** @type {any} */ c) => c.proposal).map((/** @type {any} */ c) => proposed(c.proposal, hands))}
    ${going ? html`<p class="muted small pending">${answer.lost > 1 ? t("progress.lost") : (answer.status?.text ?? answer.status?.detail ?? t("chat.working"))}</p>` : nothing}
    ${answer.state === "stopped" ? html`<p class="muted small stopped">${t("chat.stopped_by_you")} ${answer.text ? html`<button class="btn btn-small" ?disabled=${hands.busy} @click=${() => hands.onContinue(answer)}>${t("chat.continue")}</button>` : nothing}</p>` : nothing}
    ${answer.state === "interrupted" ? html`<p class="caveat small">${icon("warn")}${answer.error?.detail} <button class="btn btn-small" ?disabled=${hands.busy} @click=${() => hands.onRegenerate(answer)}>${t("action.try_again")}</button></p>` : nothing}
    ${answer.state === "failed" ? problemBox({ body: answer.error ?? {} }, {}) : nothing}
    ${going ? nothing : after(place, hands)}
  </div>`;
}

/** What the answer has prepared, with the button that has it done. @param {any} proposal @param {Hands} hands */
const proposed = (proposal, hands) => html`<p class="proposal">
  ${proposal.done
    ? html`<a class="btn" href=${proposal.view}>${t("chat.open_brief")}</a>`
    : html`<button class="btn btn-primary" ?disabled=${hands.busy || proposal.going} @click=${() => hands.onConfirm(proposal)}>${proposal.label}</button>`}
</p>`;

/** @param {any[]} calls */
const tools = (calls) => html`<div class="tools-used">
  <p class="muted small">${t("chat.looked", { count: calls.length })}</p>
  ${repeat(calls, (/** @type {any} */ c) => c.call, toolCard)}
</div>`;

/** @param {any} place @param {Hands} hands */
function after(place, hands) {
  const answer = place.message;
  const { check } = answer;
  // Quotes carry their number beside them; the other sources open their computation.
  const sources = (answer.citations ?? []).filter((/** @type {any} */ c) => c.kind !== "quote");
  return html`${sources.length
      ? html`<p class="sources small"><span class="muted">${t("chat.sources")}</span>
          ${sources.map((/** @type {any} */ c) => html`<button class="source" @click=${() => openFigure({ ...factOf(answer, c), evidence: c.evidence })}>${t("chat.source", { n: c.n, rows: count(c.rows) })}</button>`)}</p>`
      : nothing}
    ${check?.caveats?.map((/** @type {string} */ c) => CAVEATS[/** @type {"partial"} */ (c)] && html`<p class="caveat small">${icon("info")}${t(CAVEATS[/** @type {"partial"} */ (c)])}</p>`) ?? nothing}
    ${check?.removed?.length ? html`<p class="caveat small">${icon("warn")}${t("chat.removed", { count: check.removed.length })}</p>` : nothing}
    <p class="answer-foot">
      ${answer.writer ? writerLabel(answer) : nothing}
      <button class="btn-icon" aria-label=${t("chat.copy")} title=${t("chat.copy")} @click=${() => copy(plainText(answer), t("toast.copied"))}>${icon("copy")}</button>
      ${answer.id ? html`<button class="btn-icon" ?disabled=${hands.busy} aria-label=${t("chat.regenerate")} title=${t("chat.regenerate")} @click=${() => hands.onRegenerate(answer)}>${icon("again")}</button>` : nothing}
      ${versions(place, hands)}
      ${answer.usage?.calls ? html`<span class="muted small">${usageWords(answer.usage)}</span>` : nothing}
    </p>
    ${answer.suggestions?.length
      ? html`<div class="suggestions" role="group" aria-label=${t("chat.next")}>
          ${answer.suggestions.map((/** @type {any} */ s) => (s.kind === "link" && s.href?.startsWith("/") ? html`<a class="btn btn-small" href=${s.href}>${s.text}</a>` : html`<button class="btn btn-small" @click=${() => hands.onAsk(s.text)}>${s.text}</button>`))}
        </div>`
      : nothing}`;
}

/** The fact a source stands for, where the answer carries it. @param {any} answer @param {any} citation */
const factOf = (answer, citation) => Object.values(answer.facts ?? {}).find((/** @type {any} */ f) => f.evidence === citation.evidence) ?? {};

/** The answer as a person would paste it: digits instead of references. @param {any} answer */
const plainText = (answer) => answer.rendered ?? (answer.text ?? "").replace(/\{\{\s*(f\d+)\s*\}\}/g, (/** @type {string} */ _, /** @type {string} */ f) => (answer.facts[f] ? figure(answer.facts[f]) : ""));
