// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { count, figure } from "../format.js";
import { copy } from "../a11y.js";
import { accessKey } from "../api.js";
import { openFigure } from "./figure-chip.js";
import { icon } from "./icon.js";

/**
 * What one tool looked at: a line when folded; arguments, facts and the way to the screen when open.
 * @param {{tool: string, label: string, args: any, ms?: number, rows?: any, facts?: any[], view?: string | null, error?: any}} call
 */
export const toolCard = (call) => html`<details class="tool">
  <summary>
    <span class="tool-label">${call.label || call.tool}</span>
    <span class="muted small">
      ${call.error
        ? t("tools.failed")
        : call.ms === undefined
          ? t("tools.working")
          : t("tools.took", { time: count(Math.round(call.ms)) })}
      ${call.rows !== undefined && call.rows !== null ? html` · ${t("tools.rows", { count: count(call.rows) })}` : nothing}
    </span>
  </summary>
  <div class="tool-body">
    <p class="small"><span class="muted">${t("tools.name")}</span> <code>${call.tool}(${argsInWords(call.args)})</code></p>
    ${call.error ? html`<p class="danger-text">${call.error.detail ?? call.error.title ?? t("tools.failed")}</p>` : nothing}
    ${call.facts?.length
      ? html`<table class="table compact">
          <caption class="sr-only">${call.label}</caption>
          <thead><tr><th scope="col">${t("tools.fact")}</th><th scope="col" class="num">${t("tools.value")}</th><th scope="col" class="num">${t("tools.n")}</th></tr></thead>
          <tbody>
            ${call.facts.map(
              (fact) => html`<tr>
                <th scope="row">${fact.label}</th>
                <td class="num"><button class="figure" @click=${() => openFigure(fact)}>${figure(fact)}</button></td>
                <td class="num">${count(fact.n)}</td>
              </tr>`,
            )}
          </tbody>
        </table>`
      : nothing}
    ${call.view ? html`<a href=${call.view}>${t("tools.open")}</a>` : nothing}
    ${call.request ? html`<p><button class="btn btn-small" @click=${() => copy(curl(call.request), t("toast.copied"))}>${icon("code")}${t("tools.copy_call")}</button></p>` : nothing}
  </div>
</details>`;

/** The request that finds the same again. @param {{method: string, path: string, body: any}} request */
const curl = (request) => {
  const body = JSON.stringify(request.body).replaceAll("'", "'\\''");
  const key = accessKey() ? " -H 'Authorization: Bearer $COTERIE_KEY'" : "";
  return `curl -X ${request.method}${key} -H 'Content-Type: application/json' -d '${body}' '${location.origin}${request.path}'`;
};

/** @param {any} args */
const argsInWords = (args) =>
  Object.entries(args ?? {})
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");
