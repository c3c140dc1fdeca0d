// @ts-check
import { html } from "../lib/lit.js";
import { t } from "../i18n.js";
import { count, duration } from "../format.js";

const DONE = {
  rows: "unit.rows",
  texts: "unit.texts",
  customers: "unit.customers",
  candidates: "unit.candidates",
  segments: "unit.segments",
};

/** A count with its unit: "1 200 texts". @param {number} n @param {string} unit */
export const counted = (n, unit) => t(DONE[/** @type {"rows"} */ (unit)] ?? "unit.steps", { count: n });

/** Measured progress in words: done of total, rate, time left. @param {any} progress */
export function progressWords(progress) {
  const { done, total, unit, rate_per_s: rate, eta_s: eta } = progress;
  const parts = [total > 0 ? t("progress.of", { done: count(done), total: counted(total, unit) }) : counted(done, unit)];
  if (rate) parts.push(t("progress.rate", { rate: count(Math.round(rate)) }));
  if (eta !== null && eta !== undefined) parts.push(t("progress.left", { time: duration(Math.max(1, eta)) }));
  return parts.join(" · ");
}

/** @param {number} done @param {number} total @param {string} label */
export const progressBar = (done, total, label) =>
  total > 0
    ? html`<progress max=${total} .value=${Math.min(done, total)} aria-label=${label}></progress>`
    : html`<progress aria-label=${label}></progress>`;

/** @param {number} value 0..1 @param {string} [kind] a bar that repeats a figure beside it, so hidden from readers */
export const shareBar = (value, kind = "") => html`<svg class="share-bar ${kind}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
  <rect class="track" width="100" height="4"></rect>
  <rect class="fill" width=${Math.max(0, Math.min(100, value * 100))} height="4"></rect>
</svg>`;
