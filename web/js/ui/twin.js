// @ts-check
import { jsonLink } from "./json-link.js";
import { html } from "../lib/lit.js";
import { t } from "../i18n.js";
import { copy, openLayer } from "../a11y.js";
import { accessKey, BASE } from "../api.js";
import { icon } from "./icon.js";

/** The map is the one answer that is not JSON. @param {string} url */
const curl = (url) => {
  const binary = /\/map$/.test(url);
  const key = accessKey() ? " -H 'Authorization: Bearer $COTERIE_KEY'" : "";
  return `curl${binary ? " -o map.bin" : " -H 'Accept: application/json'"}${key} '${url}'`;
};

/**
 * The `</>` button: the same answer as on the screen, by address and by command.
 * @param {() => string[]} paths below /api/v1
 */
export const twinButton = (paths) => html`<button
  class="btn-icon"
  aria-label=${t("twin.open")}
  title=${t("twin.open")}
  @click=${() => openLayer({ title: t("twin.title"), wide: true, body: () => twinBody(paths()) })}
>
  ${icon("code")}
</button>`;

/** @param {string[]} paths */
const twinBody = (paths) => html`<p class="muted">${t("twin.lead")} <a href="/docs">${t("docs.title")}</a></p>
  ${paths.map((path) => {
    const url = location.origin + (path.startsWith("/") && !path.startsWith(BASE) ? BASE + path : path);
    return html`<div class="twin">
      <div class="twin-row">
        <code class="code-line"><span class="method">${"GET"}</span> ${url}</code>
        ${jsonLink(path, t("action.open"), "btn btn-small")}
      </div>
      <div class="twin-row">
        <code class="code-line">${curl(url)}</code>
        <button class="btn btn-small" @click=${() => copy(curl(url), t("toast.copied"))}>${icon("copy")}${t("action.copy")}</button>
      </div>
    </div>`;
  })}`;
