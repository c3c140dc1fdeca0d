// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { cost, count } from "../format.js";

/**
 * What the language model used for a text: calls, tokens and what they cost at the price of their day.
 * @param {{calls?: number, input_tokens: number, output_tokens: number, costs?: {amount: number, currency: string}[], unpriced_tokens?: number} | null | undefined} usage
 */
export function usageWords(usage) {
  if (!usage?.calls) return nothing;
  const tokens = usage.input_tokens + usage.output_tokens;
  const costs = usage.costs ?? [];
  return html`<span class="usage">${t("usage.calls", { count: usage.calls })} · ${tokens
      ? t("usage.tokens", { input: count(usage.input_tokens), output: count(usage.output_tokens) })
      : t("usage.uncounted")}${tokens
      ? html` · ${costs.length ? costs.map((c) => cost(c)).join(" + ") : t("usage.no_price")}${costs.length && usage.unpriced_tokens
          ? html` ${t("usage.unpriced", { count: usage.unpriced_tokens })}`
          : nothing}`
      : nothing}</span>`;
}
