// @ts-check
import { html, nothing, repeat } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state, update } from "../store.js";
import { get, getAll } from "../api.js";
import { runPath, setQuery } from "../router.js";
import { loader } from "../load.js";
import { count, money, number, plain, share } from "../format.js";
import { badge } from "../ui/badge.js";
import { segmentCard, stabilityWord } from "../ui/segment-card.js";
import { loaded, noticeList } from "../ui/states.js";
import { waitingWords } from "../ui/writer.js";
import { twinButton } from "../ui/twin.js";
import { icon } from "../ui/icon.js";
import { choices } from "../ui/choices.js";
import { history } from "../ui/rename.js";
import { openMerge, openSplit } from "../ui/segment-edits.js";
import { outlierList } from "../ui/outliers.js";
import { dendrogram } from "../viz/dendrogram.js";
import { publishRun } from "../ui/publish.js";
import { exportLink } from "../ui/download.js";

const SORTS = {
  number: "segments.sort_number",
  size: "segments.sort_size",
  value: "segments.sort_value",
  stability: "segments.sort_stability",
};

const VIEWS = { cards: "segments.cards", table: "segments.table", tree: "segments.tree" };

/** Segments, where a run is read first. @param {import("../router.js").Route} route */
export function open(route) {
  const { project, run } = state;
  const segments = loader();
  const details = loader();
  let query = route.query;
  const why = choices({ project, run });
  segments.load(async (signal) => {
    const first = await get(`/projects/${project.id}/segments?run=${run.id}&limit=100`, signal);
    if (first.page?.next) first.data = await getAll(`/projects/${project.id}/segments?run=${run.id}`, signal);
    return first;
  });
  details.load((signal) => get(`/runs/${run.id}`, signal));

  /** After an edit everything that is open shows the segments as they are now. */
  const reread = () => {
    segments.retry();
    panels.why.reread();
    panels.outliers.reread();
    panels.history.read();
    panels.tree.reread();
    update();
  };
  const panels = {
    why,
    outliers: outlierList({ project, run, onChange: reread }),
    history: history({ project, onUndo: reread }),
    tree: dendrogram({ run }),
  };
  /** Opens what the address names. */
  const arrive = () => {
    if (query.get("why")) why.open();
    if (query.get("panel") === "outliers") panels.outliers.open();
    if (query.get("panel") === "history") panels.history.read();
    if (query.get("view") === "tree") panels.tree.open();
  };
  arrive();

  return {
    title: () => t("nav.segments"),
    query: (/** @type {URLSearchParams} */ next) => ((query = next), arrive()),
    close: () => (segments.stop(), details.stop(), Object.values(panels).forEach((panel) => panel.close())),
    render: () => html`<div class="head"><h1>${t("nav.segments")}</h1>
        <div class="head-tools">${publishRun()}${exportLink(project, run)}${twinButton(() => [`/projects/${project.id}/segments?run=${run.id}`, `/runs/${run.id}/choices`])}</div></div>
      ${loaded(segments, (data) => body(data, details.data, query, panels, reread), { rows: 6 })}`,
  };
}

/** @param {any} data @param {any} run @param {URLSearchParams} query @param {any} panels @param {() => void} reread */
function body(data, run, query, panels, reread) {
  const rows = sorted(data.data, query.get("sort") ?? "number");
  const view = query.get("view") ?? "cards";
  const asked = Boolean(query.get("why"));
  const panel = query.get("panel") ?? "";
  const place = { project: state.project, segments: data.data, onDone: reread };
  return html`${headline(data, run)} ${oneOnly(data)} ${outlierFinding(data)}
    <div class="toolbar">
      <button class="btn" aria-expanded=${asked} aria-controls="why" @click=${() => setQuery({ why: asked ? null : "1" })}>${t("segments.why", { count: data.data.length })}</button>
      <button class="btn" ?disabled=${data.data.length < 2} @click=${() => openMerge(place)}>${t("edits.merge")}</button>
      <button class="btn" @click=${() => openSplit(place)}>${t("edits.split")}</button>
      ${panelButton("outliers", t("segments.outliers"), panel)} ${panelButton("history", t("history.button"), panel)}
      <span class="grow"></span>
      <label class="inline-field"><span class="muted small">${t("segments.sort")}</span>
        <select @change=${(/** @type {any} */ e) => setQuery({ sort: e.target.value === "number" ? null : e.target.value })}>
          ${Object.entries(SORTS)
            .filter(([key]) => key !== "value" || data.data.some((/** @type {any} */ s) => s.value))
            .map(([key, word]) => html`<option value=${key} ?selected=${key === (query.get("sort") ?? "number")}>${t(word)}</option>`)}
        </select></label>
      <div class="switch" role="group" aria-label=${t("segments.view")}>
        ${Object.entries(VIEWS).map(([key, word]) => html`<button aria-pressed=${key === view} @click=${() => setQuery({ view: key === "cards" ? null : key, table: null })}>${t(word)}</button>`)}
      </div>
    </div>
    <div id="why" ?hidden=${!asked}>${asked ? panels.why.render() : nothing}</div>
    <div id="panel" ?hidden=${!panel}>${panel === "outliers" ? panels.outliers.render(data.data) : panel === "history" ? panels.history.render(true) : nothing}</div>
    ${view === "tree" ? panels.tree.render(query.get("table") === "1", () => setQuery({ table: query.get("table") ? null : "1" })) : view === "table" ? table(rows) : cards(rows, data.facts)}
    ${run?.waiting ? html`<p class="muted small">${waitingWords(run.waiting)}</p>` : nothing}
    ${run ? noticeList(run.warnings) : nothing}`;
}

/** @param {string} name @param {string} word @param {string} open */
const panelButton = (name, word, open) =>
  html`<button class="btn" aria-expanded=${open === name} aria-controls="panel" @click=${() => setQuery({ panel: open === name ? null : name })}>${word}</button>`;

/** @param {any} data @param {any} run */
const headline = (data, run) => html`<p class="headline">
  <strong>${t("unit.segments", { count: data.data.length })}</strong>
  <span>${t("unit.customers", { count: data.customers ?? 0 })}</span>
  <span>${outliersLine(data.outliers)}</span>
  <span>${t("run.named", { number: data.run.number })}</span>
  ${run?.settings ? html`<span>${t("run.seed", { seed: String(run.settings.seed) })}</span>` : nothing}
  ${run?.matched_to ? html`<a href=${runPath(state.project, run, "compare")}>${t("compare.since", { number: run.matched_to.number })}</a>` : nothing}
</p>`;

/** Under the small-count limit the share is withheld too. @param {any} outliers */
const outliersLine = (outliers) =>
  typeof outliers?.share === "number"
    ? t("segments.outliers_count", { count: count(outliers.count), share: share(outliers.share) })
    : t("segments.outliers_few", { count: count(outliers?.count) });

/** @param {any} data */
const oneOnly = (data) => (data.data.length === 1 ? html`<p class="notice">${icon("info")}<span>${t("segments.one_only")}</span></p>` : nothing);

/** Many outliers are a finding with ways out, not a footnote. @param {any} data */
const outlierFinding = (data) =>
  (data.outliers?.share ?? 0) > 0.1
    ? html`<section class="notice warn">${icon("warn")}<div><p class="notice-title">${t("segments.many_outliers", { share: share(data.outliers.share) })}</p><p>${t("segments.many_outliers_text")}</p></div></section>`
    : nothing;

/** @param {any[]} rows @param {string} by */
function sorted(rows, by) {
  const value = {
    size: (/** @type {any} */ s) => plain(s.size.count),
    value: (/** @type {any} */ s) => s.value?.per_customer?.amount ?? -Infinity,
    stability: (/** @type {any} */ s) => s.stability?.score ?? 0,
    number: (/** @type {any} */ s) => -s.number,
  }[by] ?? ((/** @type {any} */ s) => -s.number);
  return [...rows].sort((a, b) => value(b) - value(a) || a.number - b.number);
}

/** @param {any[]} rows @param {Record<string, any>} facts */
const cards = (rows, facts) => html`<div class="segment-cards">
  ${repeat(rows, (/** @type {any} */ s) => s.id, (/** @type {any} */ s) => segmentCard(s, { ...facts, ...s.facts }))}
</div>`;

/** @param {any[]} rows */
function table(rows) {
  const worth = rows.some((s) => s.value);
  return html`<div class="table-wrap" tabindex="0" role="group" aria-label=${t("nav.segments")}><table class="table cards-narrow">
    <caption class="sr-only">${t("nav.segments")}</caption>
    <thead><tr>
      <th scope="col">${t("segments.col_segment")}</th><th scope="col" class="num">${t("segments.col_customers")}</th><th scope="col" class="num">${t("segments.col_share")}</th>
      ${worth ? html`<th scope="col" class="num">${t("segments.col_value")}</th><th scope="col" class="num">${t("segments.col_value_share")}</th>` : nothing}
      <th scope="col" class="num">${t("segments.col_stability")}</th><th scope="col" class="num">${t("segments.outliers")}</th><th scope="col">${t("segments.col_words")}</th>
    </tr></thead>
    <tbody>${repeat(rows, (/** @type {any} */ s) => s.id, (/** @type {any} */ s) => html`<tr>
      <th scope="row"><a class="segment-link" href=${`${runPath(state.project, state.run, "segments")}/${s.number}`}>${badge(s.number)}<span>${s.name}</span></a></th>
      <td class="num" data-label=${t("segments.col_customers")}>${count(s.size.count)}</td>
      <td class="num" data-label=${t("segments.col_share")}>${share(s.size.share)}</td>
      ${worth
        ? html`<td class="num" data-label=${t("segments.col_value")}>${money(s.value?.per_customer)}</td><td class="num" data-label=${t("segments.col_value_share")}>${share(s.value?.share_of_total)}</td>`
        : nothing}
      <td class="num" data-label=${t("segments.col_stability")}>${number(s.stability?.score, 2)} <span class="muted small">${stabilityWord(s.stability)}</span></td>
      <td class="num" data-label=${t("segments.outliers")}>${count(s.outliers)}</td>
      <td data-label=${t("segments.col_words")} class="words-cell">${s.words.slice(0, 5).map((/** @type {any} */ w) => w.word).join(t("list.comma"))}</td>
    </tr>`)}</tbody>
  </table></div>`;
}
