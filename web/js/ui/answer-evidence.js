// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { figureChip } from "./figure-chip.js";
import { badge } from "./badge.js";

/** Numbers stand right, words left. @param {any} cell */
const isFigure = (cell) => Boolean(cell.fact) || /^[\s×<>%.,\d–-]+$/.test(cell.text ?? "");

/** True for a column of figures: what is withheld in it stands with them. @param {any} table @param {number} column */
const ofFigures = (table, column) =>
  table.rows.some((/** @type {any[]} */ row) => row[column].fact) || (table.rows.length > 0 && table.rows.every((/** @type {any[]} */ row) => isFigure(row[column])));

/** A cell that a fact stands behind opens it; any other is plain text. @param {any} cell @param {Record<string, any>} facts */
const cellView = (cell, facts) => (cell.fact && facts?.[cell.fact] ? figureChip(facts[cell.fact]) : cell.text);

/** The tables that tools gave to an answer. @param {any} answer */
export const answerTables = (answer) =>
  (answer.tables ?? []).map(
    (/** @type {any} */ table) => html`<div class="table-wrap answer-table" tabindex="0" role="group" aria-label=${table.title}>
      <table class="table compact">
        <caption class="muted small">${table.title}</caption>
        <thead><tr>${table.columns.map((/** @type {string} */ c, /** @type {number} */ i) => html`<th scope="col" class=${ofFigures(table, i) ? "num" : ""}>${c}</th>`)}</tr></thead>
        <tbody>${table.rows.map((/** @type {any[]} */ row) => html`<tr>${row.map((cell, i) => html`<td class=${ofFigures(table, i) ? "num" : ""}>${cellView(cell, answer.facts)}</td>`)}</tr>`)}</tbody>
      </table>
    </div>`,
  );

/** Customers' words that an answer rests on, each with its source number and row. @param {any} answer */
export function answerQuotes(answer) {
  if (!answer.quotes?.length) return nothing;
  const number = (/** @type {string} */ id) => answer.citations?.find((/** @type {any} */ c) => c.evidence === id)?.n;
  return html`<ul class="plain answer-quotes" aria-label=${t("chat.quotes")}>${answer.quotes.map(
    (/** @type {any} */ q) => html`<li><blockquote>${q.text}<footer class="muted small">${number(q.id) ? html`[${number(q.id)}] ` : nothing}${q.segment ? html`${badge(q.segment)} ` : nothing}<code>${q.id}</code>${q.source ? html` · ${q.source}` : nothing}</footer></blockquote></li>`,
  )}</ul>`;
}
