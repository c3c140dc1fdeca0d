// @ts-check
import { guard, html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { update } from "../store.js";
import { description } from "../api.js";
import { loader } from "../load.js";
import { empty, loaded } from "../ui/states.js";
import { icon } from "../ui/icon.js";
import { operationBody } from "../ui/operation.js";
import { knownIds } from "../reference/examples.js";
import { found, operationsOf } from "../reference/document.js";

/** The API reference: every operation of /openapi.json, to search, read and copy. */
export function open() {
  const document_ = loader();
  let words = "";
  /** @type {Set<string>} */
  const unfolded = new Set();
  /** @type {Record<string, string>} */
  let ids = {};

  const toAnchor = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    unfolded.add(id);
    update();
    // Once the page holds it.
    setTimeout(() => document.getElementById(id)?.scrollIntoView(), 0);
  };
  document_.load(async (signal) => {
    const read = await description(signal);
    toAnchor();
    return { ...read, operations: operationsOf(read) };
  });
  knownIds().then((known) => ((ids = known), update()));

  /** @param {any} operation @param {Event} e */
  const toggled = (operation, e) => {
    if (/** @type {HTMLDetailsElement} */ (e.target).open) unfolded.add(operation.id);
    else unfolded.delete(operation.id);
    update();
  };

  /** @param {any} doc @param {any} operation */
  const card = (doc, operation) => html`<details class="op" id=${operation.id} .open=${unfolded.has(operation.id)} @toggle=${(/** @type {Event} */ e) => toggled(operation, e)}>
    <summary><span class="op-method op-${operation.method}">${operation.method.toUpperCase()}</span><code class="op-path">${operation.path}</code><span class="op-title">${operation.summary}</span></summary>
    ${unfolded.has(operation.id) ? guard([doc, ids], () => operationBody(doc, operation, ids)) : nothing}
  </details>`;

  /** @param {any} doc */
  const rooms = (doc) => {
    const shown = found(doc.operations, words);
    const tags = doc.tags.filter((/** @type {any} */ tag) => shown.some((o) => o.tag === tag.name));
    return html`<p class="docs-count muted" role="status">${t("docs.count", { count: shown.length })}</p>
      ${shown.length ? nothing : empty(t("docs.none"))}
      <nav class="docs-rooms" aria-label=${t("docs.rooms")}>${tags.map((/** @type {any} */ tag) => html`<a href="#room-${tag.name}">${tag["x-displayName"]}</a>`)}</nav>
      ${tags.map(
        (/** @type {any} */ tag) => html`<section aria-labelledby="room-${tag.name}">
          <h2 id="room-${tag.name}">${tag["x-displayName"]}</h2>
          <p class="muted">${tag.description}</p>
          ${shown.filter((o) => o.tag === tag.name).map((o) => card(doc, o))}
        </section>`,
      )}`;
  };

  /** @param {any} doc */
  const page = (doc) => html`<p class="docs-about">${doc.info.description}</p>
    <dl class="facts docs-facts">
      <dt>${t("docs.base")}</dt><dd><code>${location.origin}</code></dd>
      <dt>${t("docs.key")}</dt><dd>${t("docs.key_text")}</dd>
      <dt>${t("docs.machine")}</dt><dd><a href="/openapi.json" target="_blank" rel="noopener">${"/openapi.json"}</a> ${t("docs.machine_text")}</dd>
    </dl>
    <label class="field docs-search">${t("docs.search")}
      <input type="search" .value=${words} @input=${(/** @type {InputEvent} */ e) => ((words = /** @type {HTMLInputElement} */ (e.target).value), update())} />
    </label>
    ${rooms(doc)}`;

  return {
    title: () => t("docs.title"),
    query: toAnchor,
    close: document_.stop,
    render: () => html`<div class="docs">
      <div class="head"><h1>${t("docs.title")}</h1><div class="head-tools"><a class="btn btn-small" href="/docs/errors">${icon("warn")}${t("docs.errors")}</a></div></div>
      ${loaded(document_, page, { rows: 6 })}
    </div>`,
  };
}
