// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { list } from "../format.js";
import { copy } from "../a11y.js";
import { icon } from "./icon.js";
import { curl, openWords } from "../reference/examples.js";
import { fieldsOf, resolved, typeOf, wordsOf } from "../reference/document.js";

/**
 * All of one operation: a command to copy, what it takes, and what it answers.
 * @param {any} doc the OpenAPI document @param {import("../reference/document.js").Operation} operation
 * @param {Record<string, string>} ids for the example
 */
export function operationBody(doc, operation, ids) {
  const { json } = operation;
  return html`<div class="op-body">
    <p>${operation.description} <a class="small" href="#${operation.id}"><code>${operation.id}</code></a></p>
    ${command(curl(doc, operation, ids))}
    ${parameters(doc, json.parameters ?? [])}
    ${Object.entries(json.requestBody?.content ?? {}).map(([type, body]) => fieldList(doc, t("docs.body", { type }), /** @type {any} */ (body).schema, true))}
    <h3>${t("docs.answers")}</h3>
    <ul class="plain answers">${Object.entries(json.responses).map(([status, answer]) => answered(doc, status, answer))}</ul>
    ${json["x-header"] ? fieldList(doc, t("docs.header"), json["x-header"], false) : nothing}
    ${json["x-events"] ? events(doc, json["x-events"]) : nothing}
  </div>`;
}

/** @param {string} text */
function command(text) {
  const open = openWords(text);
  return html`<div class="command">
      <pre tabindex="0" aria-label=${t("docs.example")}><code>${text}</code></pre>
      <button class="btn btn-small" @click=${() => copy(text, t("toast.copied"))}>${icon("copy")}${t("action.copy")}</button>
    </div>
    ${open.length ? html`<p class="muted small">${t("docs.fill_in", { words: list(open) })}</p>` : nothing}`;
}

/** @param {any} doc @param {any[]} all */
function parameters(doc, all) {
  if (!all.length) return nothing;
  const places = { path: t("docs.in_path"), query: t("docs.in_query"), header: t("docs.in_header") };
  return html`<h3>${t("docs.parameters")}</h3>
    <ul class="plain api-fields">${all.map((each) => {
      const p = resolved(doc, each);
      return html`<li><code class="field-name">${p.name}</code> <span class="field-type">${typeOf(doc, p.schema)}</span> <span class="tag">${places[/** @type {"path"} */ (p.in)]}</span> <span class="field-words">${wordsOf(doc, { ...resolved(doc, p.schema), description: p.description })}</span></li>`;
    })}</ul>`;
}

/** @param {any} doc @param {string} title @param {any} schema @param {boolean} sent */
function fieldList(doc, title, schema, sent) {
  const all = fieldsOf(doc, schema);
  if (!all.length) return nothing;
  return html`<h3>${title}</h3><ul class="plain api-fields">${all.map((f) => field(doc, f, sent))}</ul>`;
}

/**
 * A field, with those below it folded. What a request must have is marked; an answer has nearly all, so there the others are.
 * @param {any} doc @param {{name: string, schema: any, required: boolean}} f @param {boolean} sent
 * @returns {any}
 */
function field(doc, f, sent) {
  const below = fieldsOf(doc, f.schema);
  const mark = sent ? f.required && t("docs.required") : !f.required && t("docs.sometimes");
  return html`<li><code class="field-name">${f.name}</code> <span class="field-type">${typeOf(doc, f.schema)}</span>
    ${mark ? html`<span class="tag">${mark}</span>` : nothing} <span class="field-words">${wordsOf(doc, f.schema)}</span>
    ${below.length ? html`<details class="folded"><summary>${t("docs.fields", { count: below.length })}</summary><ul class="plain api-fields">${below.map((inner) => field(doc, inner, sent))}</ul></details>` : nothing}</li>`;
}

/** @param {any} doc @param {string} status @param {any} answer */
function answered(doc, status, answer) {
  const codes = answer["x-codes"];
  if (codes)
    return html`<li><span class="status-code">${status}</span> ${codes.map((/** @type {string} */ code) => html`<a class="code-link" href="/docs/errors#${code}"><code>${code}</code></a> `)}</li>`;
  const content = Object.entries(answer.content ?? {});
  const all = content.length ? fieldsOf(doc, /** @type {any} */ (content[0][1]).schema) : [];
  return html`<li><span class="status-code ok-text">${status}</span> ${answer.description}
    ${content.map(([type]) => html`<code class="muted">${type}</code> `)}
    ${all.length ? html`<details class="folded" open><summary>${t("docs.fields", { count: all.length })}</summary><ul class="plain api-fields">${all.map((f) => field(doc, f, false))}</ul></details>` : nothing}</li>`;
}

/** @param {any} doc @param {Record<string, any>} all */
const events = (doc, all) => html`<h3>${t("docs.events")}</h3>
  <ul class="plain api-fields">${Object.entries(all).map(
    ([name, schema]) => html`<li><code class="field-name">${name}</code> <span class="field-words">${resolved(doc, schema).description ?? nothing}</span>
      <details class="folded"><summary>${t("docs.fields", { count: fieldsOf(doc, schema).length })}</summary><ul class="plain api-fields">${fieldsOf(doc, schema).map((f) => field(doc, f, false))}</ul></details></li>`,
  )}</ul>`;
