// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { copy } from "../a11y.js";
import { rememberKey } from "../api.js";
import { icon } from "./icon.js";

/**
 * What a loader shows: its data once there (old data stays while new is read), else its error, else the waiting.
 * @param {import("../load.js").Loader<any>} loader @param {(data: any) => any} ready
 * @param {{rows?: number, page?: boolean}} [shape] page: the heading of the page comes with the data
 */
export function loaded(loader, ready, shape = {}) {
  if (loader.error && !loader.data) return problemBox(loader.error, { retry: loader.retry, page: shape.page });
  if (!loader.data) return waiting(loader, shape.rows ?? 4);
  return html`${loader.error ? problemBox(loader.error, { retry: loader.retry }) : loader.phase ? thinBar() : nothing}${ready(loader.data)}`;
}

export const thinBar = () => html`<div class="thin-bar" role="presentation"></div>`;

/** @param {import("../load.js").Loader<any>} loader @param {number} rows */
function waiting(loader, rows) {
  if (loader.phase === 0) return html`<div class="hold"></div>`;
  if (loader.phase === 1) return thinBar();
  return html`<div class="skeleton" aria-hidden="true">
      ${Array.from({ length: rows }, () => html`<div class="skeleton-row"></div>`)}
    </div>
    ${loader.phase === 3
      ? html`<p class="muted" role="status">${t("state.still_reading")}
          <button class="btn btn-small" @click=${loader.retry}>${t("action.try_again")}</button></p>`
      : nothing}`;
}

/** The words for a failure. Codes of our own first, then what the server says. @param {any} e @returns {{title: string, detail: string}} */
export function wordsOf(e) {
  const body = e?.body;
  if (!body) return { title: t("error.page"), detail: t("error.page_detail") };
  if (body.code === "offline") return { title: t("error.offline"), detail: t("error.offline_detail") };
  if (body.code === "no_project") return { title: t("error.no_project"), detail: t("error.no_project_detail") };
  if (body.code === "no_run") return { title: t("error.no_run", { number: Number(body.run) }), detail: t("error.no_run_detail") };
  if (body.code === "no_segment")
    return { title: t("error.no_segment", { number: Number(body.segment) }), detail: t("error.no_segment_detail") };
  return { title: body.title || t("error.server", { status: body.status ?? 0 }), detail: body.detail || t("error.server_detail") };
}

/**
 * A failure: what happened, what to do, one primary button, and the details to pass on.
 * @param {any} e @param {{retry?: () => void, label?: string, action?: any, page?: boolean}} [ways] page: it is all that the page shows
 */
export function problemBox(e, ways = {}) {
  const { title, detail } = wordsOf(e);
  const body = e?.body ?? { message: String(e) };
  if (body.status === 401) return keyForm(title, detail);
  return html`<section class="notice danger" role="alert">
    ${icon("warn")}
    <div class="grow">
      ${ways.page ? html`<h1 class="notice-title">${title}</h1>` : html`<p class="notice-title">${title}</p>`}
      ${detail && detail !== title ? html`<p>${detail}</p>` : nothing}
      ${body.errors?.length
        ? html`<ul class="plain">${body.errors.slice(0, 5).map((/** @type {any} */ x) => html`<li>${x.detail || x.code}</li>`)}</ul>`
        : nothing}
      <p class="actions">
        ${ways.action ?? nothing}
        ${ways.retry
          ? html`<button class="btn btn-primary btn-small" @click=${ways.retry}>${ways.label ?? t("action.try_again")}</button>`
          : nothing}
        <button class="btn btn-small" @click=${() => copy(JSON.stringify(body, null, 2), t("toast.details_copied"))}>
          ${t("action.copy_details")}
        </button>
      </p>
    </div>
  </section>`;
}

/** @param {string} title @param {string} detail */
const keyForm = (title, detail) => html`<form
  class="notice"
  @submit=${(/** @type {SubmitEvent} */ e) => {
    e.preventDefault();
    rememberKey(String(new FormData(/** @type {HTMLFormElement} */ (e.target)).get("key")));
    location.reload();
  }}
>
  ${icon("info")}
  <div class="grow">
    <p class="notice-title">${title}</p>
    <p>${detail}</p>
    <label class="field">${t("key.label")}<input name="key" type="password" autocomplete="current-password" required /></label>
    <button class="btn btn-primary">${t("key.use")}</button>
  </div>
</form>`;

/** @param {string} sentence @param {any} [actions] */
export const empty = (sentence, actions = nothing) => html`<div class="empty"><p>${sentence}</p><p class="actions">${actions}</p></div>`;

const LEVEL = { high: "danger", warning: "warn", info: "info" };

/** Warnings of the server, the gravest first; mere notes are folded when they would bury the rest. @param {any[] | null | undefined} notices */
export function noticeList(notices) {
  // A stream replays what the run already told, so the same sentence may come twice.
  const all = [...new Map((notices ?? []).map((n) => [n.text, n])).values()];
  if (!all.length) return nothing;
  const grave = ["high", "warning"].flatMap((level) => all.filter((n) => n.severity === level));
  const notes = all.filter((n) => !grave.includes(n));
  const folded = notes.length > 2;
  return html`<ul class="notices">
      ${[...grave, ...(folded ? [] : notes)].map(noticeLine)}
    </ul>
    ${folded
      ? html`<details class="folded"><summary>${t("notice.notes", { count: notes.length })}</summary><ul class="notices">${notes.map(noticeLine)}</ul></details>`
      : nothing}`;
}

/** @param {any} notice */
function noticeLine(notice) {
  const words = { high: t("severity.high"), warning: t("severity.warning"), info: t("severity.info") };
  const level = /** @type {"high"} */ (notice.severity in words ? notice.severity : "info");
  return html`<li class=${LEVEL[level]}>${icon(notice.severity === "info" ? "info" : "warn")}<span><span class="level">${words[level]}</span> ${notice.text}</span></li>`;
}
