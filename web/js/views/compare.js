// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state } from "../store.js";
import { get } from "../api.js";
import { runPath, setQuery } from "../router.js";
import { loader } from "../load.js";
import { count, number, share } from "../format.js";
import { customerCounts, flowsOf, fromToTable, segmentChanges } from "../ui/changes.js";
import { publishRun } from "../ui/publish.js";
import { empty, loaded } from "../ui/states.js";
import { twinButton } from "../ui/twin.js";
import { icon } from "../ui/icon.js";
import { flowChart } from "../viz/flow.js";

/** What changed between the run in view and another: who stayed, who moved where, which segments live on. @param {import("../router.js").Route} route */
export function open(route) {
  const { run } = state;
  const others = state.runs.filter((r) => r.id !== run.id && r.state === "succeeded");
  const comparison = loader();
  let asked = route.query.get("with");

  const chosen = () => others.find((r) => String(r.number) === asked) ?? others.find((r) => r.id === run.matched_to?.run);
  /** The run it was matched to may be deleted; what was found then is still told. */
  const other = () => chosen() ?? (run.matched_to ? null : (others.find((r) => r.published) ?? others.find((r) => r.number < run.number) ?? others[0]));
  const path = () => `/runs/${run.id}/comparison${other() ? `?with=${other().id}` : ""}`;
  const possible = () => others.length > 0 || run.matched_to;
  const read = () => possible() && comparison.load((signal) => get(path(), signal));
  read();

  const picker = () => html`<label class="inline-field"><span class="muted small">${t("compare.with")}</span>
    <select @change=${(/** @type {any} */ e) => setQuery({ with: e.target.value })}>
      ${run.matched_to && !others.some((r) => r.id === run.matched_to.run)
        ? html`<option value="" ?selected=${!other()}>${t("compare.deleted", { number: run.matched_to.number })}</option>`
        : nothing}
      ${others.map((r) => html`<option value=${r.number} ?selected=${r.id === other()?.id}>${r.published ? t("run.option_published", { number: r.number }) : t("run.option", { number: r.number })}</option>`)}
    </select></label>`;

  return {
    title: () => t("compare.title"),
    query: (/** @type {URLSearchParams} */ next) => {
      if (asked === next.get("with")) return;
      asked = next.get("with");
      read();
    },
    close: comparison.stop,
    render: () => html`<div class="head"><h1>${t("compare.title")}</h1>
        <div class="head-tools">${publishRun()}${possible() ? twinButton(() => [path()]) : nothing}</div></div>
      ${possible() ? html`<div class="toolbar"><strong>${t("run.option", { number: run.number })}</strong>${picker()}</div>${loaded(comparison, body, { rows: 6 })}` : onlyOne()}`,
  };
}

const onlyOne = () =>
  empty(t("compare.only_one"), html`<a class="btn btn-primary" href=${runPath(state.project, state.run, "segments")}>${t("progress.open_segments")}</a>`);

/** @param {any} data */
function body(data) {
  const apart = data.customers.shared === 0;
  return html`${apart ? html`<p class="notice warn">${icon("warn")}<span>${t("compare.none_shared")}</span></p>` : customerCounts(data.customers)}
    ${data.paired_by === "overlap" && !apart ? html`<p class="notice">${icon("info")}<span>${t("compare.by_overlap")}</span></p>` : nothing}
    <div class="compare-grid">
      <section class="card" aria-labelledby="changes-title"><h2 id="changes-title">${t("compare.segments_title")}</h2>${segmentChanges(data)}</section>
      <section class="card" aria-labelledby="flow-title"><h2 id="flow-title">${t("compare.flow_title")}</h2>
        <p class="muted small">${t("compare.flow_note", { from: data.from.number, to: data.to.number })}</p>
        ${flowChart({ ...flowsOf(data), label: t("compare.flow_label", { from: data.from.number, to: data.to.number, stayed: count(data.customers.stayed), moved: count(data.customers.moved) }) })}</section>
    </div>
    <section class="from-to-section" aria-labelledby="table-title"><h2 id="table-title">${t("compare.table")}</h2>${fromToTable(data)}</section>
    <section class="card" aria-labelledby="quality-title"><h2 id="quality-title">${t("compare.quality")}</h2>${quality(data)}</section>`;
}

/** @param {any} data */
function quality(data) {
  const row = (/** @type {string} */ word, /** @type {(side: any) => any} */ figure) => html`<tr><th scope="row">${word}</th><td class="num">${figure(data.from)}</td><td class="num">${figure(data.to)}</td></tr>`;
  const head = (/** @type {any} */ side) => (side.published ? t("run.option_published", { number: side.number }) : t("run.option", { number: side.number }));
  return html`<table class="table compact"><caption class="sr-only">${t("compare.quality")}</caption>
    <thead><tr><th scope="col"><span class="sr-only">${t("chart.attribute")}</span></th><th scope="col" class="num">${head(data.from)}</th><th scope="col" class="num">${head(data.to)}</th></tr></thead>
    <tbody>
      ${row(t("segments.col_customers"), (s) => count(s.customers))} ${row(t("nav.segments"), (s) => count(s.segments.length))}
      ${row(t("segments.outliers"), (s) => (typeof s.outliers.share === "number" ? share(s.outliers.share) : count(s.outliers.count)))}
      ${row(t("segments.col_stability"), (s) => number(s.stability, 2))}
    </tbody></table>`;
}
