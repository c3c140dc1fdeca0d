// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { update } from "../store.js";
import { description } from "../api.js";
import { loader } from "../load.js";
import { empty, loaded } from "../ui/states.js";
import { icon } from "../ui/icon.js";
import { operationsOf } from "../reference/document.js";

/** Operations that are named one by one; an error of more can come from almost any request. */
const MOST_NAMED = 24;

/** Every code that an error of the API can have; the page that a problem's type leads to. */
export function open() {
  const errors = loader();
  let words = "";
  const toAnchor = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    update();
    setTimeout(() => id && document.getElementById(id)?.scrollIntoView(), 0);
  };
  errors.load(async (signal) => {
    const read = await description(signal);
    toAnchor();
    return { list: read["x-errors"], operations: operationsOf(read) };
  });

  /** @param {any} error @param {any[]} operations */
  const entry = (error, operations) => {
    const from = operations.filter((o) => o.codes.includes(error.code));
    const here = location.hash === `#${error.code}`;
    return html`<section class=${here ? "error-code here" : "error-code"} id=${error.code} aria-labelledby="code-${error.code}">
      <h3 id="code-${error.code}"><a href="#${error.code}"><code>${error.code}</code></a></h3>
      ${error.text.split("\n").map((/** @type {string} */ line) => html`<p>${line}</p>`)}
      ${from.length > MOST_NAMED
        ? html`<p class="muted small">${t("docs.from_any")}</p>`
        : from.length
          ? html`<details class="folded small"><summary>${t("docs.from", { count: from.length })}</summary>
              <ul>${from.map((o) => html`<li><a href="/docs#${o.id}"><code>${o.method.toUpperCase()} ${o.path}</code></a> ${o.summary}</li>`)}</ul></details>`
          : nothing}
    </section>`;
  };

  /** @param {any} data */
  const page = (data) => {
    const wanted = words.trim().toLowerCase();
    const shown = data.list.filter((/** @type {any} */ e) => `${e.code} ${e.status} ${e.title} ${e.text}`.toLowerCase().includes(wanted));
    const statuses = [...new Set(shown.map((/** @type {any} */ e) => e.status))].sort();
    return html`<label class="field docs-search">${t("docs.search_errors")}
        <input type="search" .value=${words} @input=${(/** @type {InputEvent} */ e) => ((words = /** @type {HTMLInputElement} */ (e.target).value), update())} />
      </label>
      <p class="docs-count muted" role="status">${t("docs.error_count", { count: shown.length })}</p>
      ${shown.length ? nothing : empty(t("docs.none"))}
      ${statuses.map((status) => {
        const same = shown.filter((/** @type {any} */ e) => e.status === status);
        return html`<section aria-labelledby="status-${status}"><h2 id="status-${status}">${String(status)} ${same[0].title}</h2>${same.map((/** @type {any} */ e) => entry(e, data.operations))}</section>`;
      })}`;
  };

  return {
    title: () => t("docs.errors"),
    query: toAnchor,
    close: errors.stop,
    render: () => html`<div class="docs">
      <div class="crumb"><a href="/docs">${icon("back")}${t("docs.title")}</a></div>
      <div class="head"><h1>${t("docs.errors")}</h1></div>
      <p class="docs-about">${t("docs.errors_lead")}</p>
      ${loaded(errors, page, { rows: 6 })}
    </div>`,
  };
}
