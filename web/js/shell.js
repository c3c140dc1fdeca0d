// @ts-check
import { html, nothing, live } from "./lib/lit.js";
import { t, locale } from "./i18n.js";
import { state, setting } from "./store.js";
import { go, importPath, runPath } from "./router.js";
import { openLayer, closeLayer } from "./a11y.js";
import { icon } from "./ui/icon.js";
import { layers } from "./ui/dialog.js";
import { toasts } from "./ui/toast.js";
import { trayButton } from "./ui/jobs-tray.js";
import { problemBox } from "./ui/states.js";
import { changeLanguage, nextTheme } from "./preferences.js";

/** The places of the rail that make sense now; those of a run only once there is one. */
export function places() {
  const { project, run, route } = state;
  const at = (/** @type {string[]} */ names) => names.includes(route?.name);
  const all = [{ key: "h", icon: "home", label: t("nav.home"), href: "/", on: at(["home"]) }];
  if (!project) return all;
  const dataset = state.run?.dataset;
  all.push({ key: "d", icon: "data", label: t("nav.data"), href: importPath(project, dataset), on: at(["import"]) });
  if (!run) return all;
  const ready = run.state === "succeeded";
  all.push({ key: "r", icon: "run", label: t("nav.run"), href: runPath(project, run, "progress"), on: at(["progress"]) });
  if (!ready) return all;
  all.push(
    { key: "s", icon: "segments", label: t("nav.segments"), href: runPath(project, run, "segments"), on: at(["segments", "profile"]) },
    { key: "m", icon: "map", label: t("nav.map"), href: runPath(project, run, "map"), on: at(["map"]) },
    { key: "c", icon: "chat", label: t("nav.chat"), href: runPath(project, run, "chat"), on: at(["chat"]) },
    { key: "b", icon: "briefs", label: t("nav.briefs"), href: runPath(project, run, "briefs"), on: at(["briefs", "brief"]) },
  );
  return all;
}

/** @param {any} place */
const placeLink = (place) => html`<a class="place" href=${place.href} aria-current=${place.on ? "page" : nothing} title=${place.label}>
  ${icon(place.icon)}<span class="place-label">${place.label}</span>
</a>`;

const settingsPlace = () => ({ icon: "settings", label: t("nav.settings"), href: "/settings", on: state.route?.name === "settings" });

const rail = () => html`<nav class="rail" aria-label=${t("nav.main")}>
  <a class="brand" href="/"><svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7"></rect><circle cx="11" cy="12" r="4.5"></circle><circle cx="21.5" cy="11" r="3"></circle><circle cx="17.500" cy="21.500" r="5.500"></circle></svg><span class="place-label">${t("app.name")}</span></a>
  <div class="places">${places().map(placeLink)}</div>
  <div class="rail-foot">${placeLink(settingsPlace())}</div>
</nav>`;

/** Under 768 px the rail is a bar at the foot; what does not fit is behind More. */
function bottomBar() {
  const all = places();
  const main = all.filter((p) => ["s", "m", "c", "b"].includes(p.key));
  const shown = main.length ? main : all;
  const rest = [...all.filter((p) => !shown.includes(p)), settingsPlace()];
  return html`<nav class="bottom-bar" aria-label=${t("nav.main")}>
    ${shown.map(placeLink)}
    <button class="place" @click=${() => openLayer({ title: t("nav.more"), body: () => html`<div class="more-list" @click=${closeLayer}>${rest.map(placeLink)}</div>` })}>
      ${icon("more")}<span class="place-label">${t("nav.more")}</span>
    </button>
  </nav>`;
}

const RUN_STATES = { queued: "jobs.queued", running: "jobs.running", failed: "jobs.failed", cancelled: "jobs.cancelled" };

/** @param {any} run */
function runLabel(run) {
  if (run.published) return t("run.option_published", { number: run.number });
  const word = RUN_STATES[/** @type {"queued"} */ (run.state)];
  return word ? t("run.option_state", { number: run.number, state: t(word) }) : t("run.option", { number: run.number });
}

/** @param {Event} e */
function pickRun(e) {
  const run = state.runs.find((r) => r.id === /** @type {HTMLSelectElement} */ (e.target).value);
  if (!run) return;
  const name = state.route.name;
  const stays = { segments: "segments", map: "map", chat: "chat", briefs: "briefs", progress: "progress", profile: "segments", brief: "briefs", compare: "compare" };
  const page = run.state === "succeeded" ? stays[/** @type {"map"} */ (name)] ?? "segments" : "progress";
  go(runPath(state.project, run, page));
}

/** Beside the picker where there is room; the progress and segments pages lead there too. */
function compareLink() {
  const finished = state.runs.filter((run) => run.state === "succeeded").length;
  if (finished < 2 || state.run?.state !== "succeeded") return nothing;
  return html`<a class="compare-link small" href=${runPath(state.project, state.run, "compare")} aria-current=${state.route?.name === "compare" ? "page" : nothing}>${t("compare.link")}</a>`;
}

const topBar = () => html`<header class="top-bar">
  <div class="where">
    ${state.project
      ? html`<a class="project-name" href="/p/${state.project.slug}">${state.project.name}</a>
          ${state.runs.length && state.route?.name !== "home"
            ? html`<label class="run-picker"><span class="sr-only">${t("run.pick")}</span>
                <select @change=${pickRun}>
                  ${state.runs.map((run) => html`<option value=${run.id} .selected=${live(run.id === state.run?.id)}>${runLabel(run)}</option>`)}
                </select></label>${compareLink()}`
            : nothing}`
      : nothing}
  </div>
  <div class="tools">
    ${trayButton()}
    <button class="btn-icon" lang=${locale() === "en" ? "zh-CN" : "en"} aria-label=${t("language.switch")} title=${t("language.switch")}
      @click=${() => changeLanguage(locale() === "en" ? "zh-CN" : "en")}>${icon("globe")}<span class="tool-word">${t("language.other")}</span></button>
    <button class="btn-icon" aria-label=${t("theme.switch")} title=${t("theme.switch")} @click=${nextTheme}>${icon("theme")}</button>
    <button class="btn-icon" aria-label=${t("help.open")} title=${t("help.open")} @click=${openHelp}>${icon("help")}</button>
  </div>
</header>`;

export function openHelp() {
  openLayer({ title: t("help.title"), body: helpBody });
}

function helpBody() {
  const rows = [
    ...places().map((p) => [["g", p.key], p.label]),
    [["?"], t("help.sheet")],
    [["Esc"], t("help.escape")],
    [["n", "p"], t("help.uncertain")],
    [["+", "-", "0"], t("help.zoom")],
    [["s"], t("help.solo")],
    [["t"], t("help.table")],
  ];
  return html`<p class="muted">${setting.read("shortcuts", "on") === "on" ? t("help.lead") : t("help.off")}</p>
    <table class="table compact"><caption class="sr-only">${t("help.title")}</caption>
      <tbody>
        ${rows.map(([keys, what]) => html`<tr><th scope="row">${/** @type {string[]} */ (keys).map((k) => html`<kbd>${k}</kbd> `)}</th><td>${what}</td></tr>`)}
      </tbody>
    </table>
    <p class="muted small">${t("app.name")} ${state.info?.version ?? ""}</p>`;
}

/** What is gone stays gone; anything else may be tried again. @param {any} failure */
function failed(failure) {
  const again = failure.status !== 404 && state.retry;
  return problemBox(failure, { page: true, retry: again || undefined, action: html`<a class="btn ${again ? "" : "btn-primary"} btn-small" href="/">${t("nav.home")}</a>` });
}

/** The whole page around the view. */
export const shell = () => html`<a class="skip" href="#main">${t("nav.skip")}</a>
  ${rail()}
  <div class="page">
    ${topBar()}
    <main id="main" tabindex="-1">${state.failure ? failed(state.failure) : state.view?.render() ?? nothing}</main>
  </div>
  ${bottomBar()} ${toasts()} ${layers()}
  <div id="status" class="sr-only" role="status"></div>`;
