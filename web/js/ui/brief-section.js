// @ts-check
import { html, nothing, repeat } from "../lib/lit.js";
import { t } from "../i18n.js";
import { inline } from "../md.js";
import { icon } from "./icon.js";

const SOURCES = { data: "brief.source_data", writer: "brief.source_writer", hypothesis: "brief.source_hypothesis", human: "brief.source_human" };

/** Where words come from. @param {string} source @param {(key: string) => string} say in the language of the brief */
const mark = (source, say) => html`<span class="source-mark source-${source}">${say(SOURCES[/** @type {"data"} */ (source)] ?? SOURCES.data)}</span>`;

/**
 * One of the thirteen sections.
 * @param {any} section @param {number} number @param {any} brief @param {any} edit what a person may do
 */
export const briefSection = (section, number, brief, edit) => html`<section class="brief-section" id="s-${section.key}" tabindex="-1" aria-labelledby="h-${section.key}">
  <div class="brief-section-head"><h3 id="h-${section.key}"><span class="section-number">${number}</span>${section.title}${mark(section.source, brief.say)}</h3>
    ${section.key === "evidence" ? nothing : sectionTools(section, edit)}</div>
  ${section.items?.length
    ? html`<ul class="brief-items">${repeat(
        section.items,
        (/** @type {any} */ item) => item.id,
        (/** @type {any} */ item) => html`<li class=${findingsOf(item, edit).length ? "flagged" : ""}>${edit.editing === item.id ? editor(item, brief, edit) : itemBody(item, section, brief, edit)}</li>`,
      )}</ul>`
    : html`<p class="muted">${brief.say("brief.no_data")}</p>`}
  ${edit.adding === section.key ? editor(null, brief, edit) : nothing}
</section>`;

/** @param {any} section @param {any} edit */
const sectionTools = (section, edit) => html`<span class="brief-tools no-print">
  <button class="btn-icon" id="add-${section.key}" ?disabled=${edit.busy} aria-label=${t("brief.add_named", { section: section.title })} title=${t("brief.add")} @click=${() => edit.add(section.key)}>${icon("plus")}</button>
  <button class="btn-icon" ?disabled=${edit.busy || section.locked} aria-label=${t("brief.regenerate_named", { section: section.title })} title=${t("brief.regenerate")} @click=${() => edit.regenerate(section)}>${icon("again")}</button>
  <button class="btn-icon" id="lock-${section.key}" ?disabled=${edit.busy} aria-pressed=${section.locked} aria-label=${t("brief.lock_named", { section: section.title })} title=${section.locked ? t("brief.unlock") : t("brief.lock")} @click=${() => edit.lockSection(section)}>${icon(section.locked ? "lock" : "unlock")}</button>
</span>`;

/** @param {any} item @param {any} edit @returns {any[]} */
const findingsOf = (item, edit) => edit.findings?.filter((/** @type {any} */ f) => f.item === item.id) ?? [];

/** A statement with its quotes; its own mark where it differs from its section's. @param {any} item @param {any} section @param {any} brief @param {any} edit */
const itemBody = (item, section, brief, edit) => html`<div class="brief-item">
    <span class="brief-place">${item.place}</span>
    <div class="brief-words">${inline(item.text ?? "", brief.facts)}${item.remark}${item.source && item.source !== section.source ? html` ${mark(item.source, brief.say)}` : nothing}
      ${item.quotes?.map((/** @type {any} */ q) => html`<blockquote class=${q.kind ?? ""}>${q.text}</blockquote>`)}
      ${findingsOf(item, edit).map((f) => html`<p class="finding no-print">${icon("warn")}<span>${f.problem}</span></p>`)}</div>
    ${section.key === "evidence" && item.source === "data" ? nothing : itemTools(item, edit)}
  </div>`;

/** @param {any} item @param {any} edit */
const itemTools = (item, edit) => html`<span class="brief-tools no-print">
  <button class="btn-icon" id="edit-${item.id}" ?disabled=${edit.busy} aria-label=${t("brief.edit_named", { place: item.place })} title=${t("brief.edit")} @click=${() => edit.edit(item)}>${icon("edit")}</button>
  <button class="btn-icon" id="lock-${item.id}" ?disabled=${edit.busy} aria-pressed=${item.locked} aria-label=${t("brief.lock_named", { section: item.place })} title=${item.locked ? t("brief.unlock") : t("brief.lock")} @click=${() => edit.lockItem(item)}>${icon(item.locked ? "lock" : "unlock")}</button>
  <button class="btn-icon" ?disabled=${edit.busy} aria-label=${t("brief.remove_named", { place: item.place })} title=${t("brief.remove")} @click=${() => edit.remove(item)}>${icon("trash")}</button>
</span>`;

/** @param {any} item null for one more @param {any} brief @param {any} edit */
const editor = (item, brief, edit) => html`<form class="brief-editor no-print"
  @submit=${(/** @type {SubmitEvent} */ e) => (e.preventDefault(), edit.save(String(new FormData(/** @type {HTMLFormElement} */ (e.target)).get("text")).trim()))}
  @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && !e.isComposing && (e.preventDefault(), e.stopPropagation(), edit.cancel())}>
  <label class="field">${item ? t("brief.edit_label", { place: item.place }) : t("brief.add_label")}
    <textarea name="text" rows="3" maxlength="2000" required lang=${brief.language} .value=${item ? item.rendered.replace(/_+$/, "") : ""}></textarea></label>
  <p class="small muted">${t("brief.edit_hint")}</p>
  <p class="actions"><button class="btn btn-primary" ?disabled=${edit.busy}>${t("action.save")}</button>
    <button type="button" class="btn" @click=${edit.cancel}>${t("action.cancel")}</button></p>
</form>`;
