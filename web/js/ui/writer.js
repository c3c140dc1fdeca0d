// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { when } from "../format.js";

/** Who wrote a text, always shown beside it. @param {string} writer @param {string | null} [model] @param {(key: string, args?: any) => string} [say] */
export function writerName(writer, model, say = t) {
  if (writer === "llm") return say("writer.llm", { name: model || say("writer.unnamed") });
  return writer === "human" ? say("writer.human") : say("writer.builtin");
}

/** @param {{writer: string, model?: string | null, fallback?: string | null}} text */
export const writerLabel = (text) => html`<span class="writer">${writerName(text.writer, text.model)}</span>${text.fallback
    ? html`<span class="writer amber">${text.fallback}</span>`
    : nothing}`;

/** Why the language model has not written yet and when it is asked again. @param {{reason: string, until: string}} waiting */
export const waitingWords = (waiting) => t("jobs.next_try", { reason: waiting.reason, time: when(waiting.until) });
