// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state } from "../store.js";
import { openLayer, copy } from "../a11y.js";
import { jsonLink } from "./json-link.js";
import { get, BASE } from "../api.js";
import { loader } from "../load.js";
import { count, figure } from "../format.js";
import { loaded } from "./states.js";
import { icon } from "./icon.js";

/**
 * A figure in a text: code wrote the digits, a press shows where they come from.
 * @param {any} fact undefined for a reference that nothing supports
 */
export const figureChip = (fact) =>
  fact
    ? html`<button class="figure" title=${fact.label ?? nothing} @click=${() => openFigure(fact)}>${figure(fact)}</button>`
    : html`<s class="figure-removed">${t("figure.removed")}</s>`;

/** A chip with the punctuation after it, which must not open the next line. @param {any} fact @param {string | undefined} mark */
export const markedChip = (fact, mark) => (mark ? html`<span class="nowrap">${figureChip(fact)}${mark}</span>` : figureChip(fact));

/** Digits stand apart from Chinese words; a bound, which begins with a word, does not. @param {string} before @param {any} fact */
export const leadUp = (before, fact) => (fact && /\p{Script=Han} $/u.test(before) && /^\p{Script=Han}/u.test(figure(fact)) ? before.slice(0, -1) : before);

/** A text with references `{{f1}}`, each drawn as a chip. @param {string} text @param {Record<string, any>} facts */
export function withFigures(text, facts) {
  const parts = text.split(/\{\{\s*(f\d+)\s*\}\}([，。；：、,.;:）)]?)/);
  return parts.map((part, i) => (i % 3 === 0 ? leadUp(part, facts?.[parts[i + 1]]) : i % 3 === 1 ? markedChip(facts?.[part], parts[i + 1]) : ""));
}

/** The computation behind a figure. @param {any} fact */
export function openFigure(fact) {
  // A view with a place for it shows it there; over a dialog it is a dialog too.
  if (!state.layers.length && fact.evidence && state.view?.showFigure?.(fact)) return;
  const full = loader();
  const lacks = fact.evidence && (fact.formula === undefined || fact.filter === undefined);
  if (fact.evidence) full.load((signal) => get(`/evidence/${fact.evidence}`, signal));
  const whole = (/** @type {any} */ data) => figureBody({ ...fact, ...data, text: fact.text ?? data.text });
  openLayer({
    title: t("figure.title"),
    // What is known stands there at once; the rows come when they have been found.
    body: () => (lacks ? loaded(full, whole) : whole(full.data ?? {})),
    onClose: full.stop,
  });
}

/** @param {any} fact */
export function figureBody(fact) {
  const path = fact.evidence ? `${BASE}/evidence/${fact.evidence}` : null;
  return html`<p class="figure-big">${figure(fact)}</p>
    <p>${fact.label}</p>
    <dl class="facts">
      ${row(t("figure.formula"), fact.formula)} ${row(t("figure.filter"), fact.filter)}
      ${row(t("figure.rows"), fact.n === null || fact.n === undefined ? null : count(fact.n))}
      ${fact.rows?.length ? row(t("figure.examples"), html`<span class="ids">${fact.rows.map((/** @type {string} */ id) => html`<code>${id}</code>`)}</span>
        ${fact.all_rows ? jsonLink(fact.all_rows, t("figure.all_rows", { count: fact.n })) : nothing}`) : nothing}
      ${path
        ? row(
            t("figure.call"),
            html`<span class="twin-row"><code class="code-line"><span class="method">${"GET"}</span> ${path}</code>
              <button class="btn-icon" aria-label=${t("action.copy")} @click=${() => copy(location.origin + path, t("toast.copied"))}>${icon("copy")}</button></span>`,
          )
        : nothing}
    </dl>`;
}

/** @param {string} name @param {any} value */
const row = (name, value) => (value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing);
