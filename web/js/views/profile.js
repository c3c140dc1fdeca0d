// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state, update } from "../store.js";
import { get, getAll, Problem } from "../api.js";
import { runPath, setQuery } from "../router.js";
import { loader } from "../load.js";
import { count, lift, money, number, plain, share } from "../format.js";
import { intervalChart } from "../viz/intervals.js";
import { badge } from "../ui/badge.js";
import { blindCheck } from "../ui/blind-check.js";
import { downloadLink } from "../ui/download.js";
import { withFigures } from "../ui/figure-chip.js";
import { history, rename } from "../ui/rename.js";
import { drivers, medianOf, stabilityWord } from "../ui/segment-card.js";
import { shareBar } from "../ui/progress.js";
import { loaded } from "../ui/states.js";
import { members } from "../ui/members.js";
import { ruleCard } from "../ui/rule.js";
import { twinButton } from "../ui/twin.js";
import { writerLabel } from "../ui/writer.js";
import { icon } from "../ui/icon.js";

/** One segment: what it is, how it differs, what its customers say. @param {import("../router.js").Route} route */
export function open(route) {
  const { project, run } = state;
  const wanted = Number(route.params.segment);
  let query = route.query;
  const profile = loader();
  const neighbours = loader();
  const rule = loader();
  const naming = rename({ project, run, onChange: (next) => ((profile.data = { ...profile.data, ...next }), changes.read(), update()) });
  const changes = history({ project, onUndo: () => profile.retry() });
  /** @type {any} */
  let people = null;

  profile.load(async (signal) => {
    const all = await getAll(`/projects/${project.id}/segments?run=${run.id}`, signal);
    const segment = all.find((s) => s.number === wanted);
    if (!segment) throw new Problem({ status: 404, code: "no_segment", segment: wanted });
    neighbours.load((other) => get(`/segments/${segment.id}/neighbors?run=${run.id}`, other));
    rule.load((other) => get(`/segments/${segment.id}/rule?run=${run.id}`, other));
    people = members({ segment, run });
    changes.read();
    return get(`/segments/${segment.id}?run=${run.id}`, signal);
  });

  const flag = (/** @type {string} */ key) => query.get(key) === "1";
  const flip = (/** @type {string} */ key) => () => setQuery({ [key]: flag(key) ? null : "1" });
  const chartOptions = (/** @type {string} */ name) => ({ name, asTable: flag("table"), all: flag("all"), onToggle: flip("table"), onAll: flip("all") });

  const body = (/** @type {any} */ s) => html`
    ${head(s, naming)} ${measures(s)} ${few(s)}
    <div class="profile-grid">
      <div class="profile-column">
        <section class="card" aria-labelledby="summary-title"><h2 id="summary-title">${t("profile.summary")}</h2>${summary(s)}</section>
        <section class="card" aria-labelledby="voice-title"><h2 id="voice-title">${t("profile.voice")}</h2>${voice(s)}</section>
        ${ruleCard(rule.data)} ${nearest(neighbours.data, s)} ${changes.render()}
      </div>
      <div class="profile-column">
        <section class="card" aria-labelledby="differs-title"><h2 id="differs-title">${t("profile.differs")}</h2>
          ${s.differences.length
            ? intervalChart(s.differences, s.facts, chartOptions(s.name))
            : html`<p class="muted">${t("profile.no_differences")}</p>`}</section>
        ${outcomes(s)}
        <section class="card" aria-labelledby="words-title"><h2 id="words-title">${t("profile.words")}</h2>${words(s)}</section>
      </div>
      <section class="card wide" aria-labelledby="members-title"><h2 id="members-title">${t("profile.members")}</h2>
        <p>${t("profile.members_note", { count: count(s.size.count), outliers: count(s.outliers) })}</p>
        ${people?.render()}
        <p class="actions">${downloadLink(`/segments/${s.id}/members?run=${run.id}&format=csv`, `segment-${s.number}.csv`, t("profile.members_file"))}</p></section>
    </div>`;

  return {
    title: () => (profile.data ? profile.data.name : t("nav.segments")),
    query: (/** @type {URLSearchParams} */ next) => (query = next),
    close: () => (profile.stop(), neighbours.stop(), rule.stop(), people?.close(), changes.close()),
    render: () => html`<p class="crumb"><a href=${runPath(project, run, "segments")}>${icon("back")}${t("profile.all")}</a>
        ${profile.data ? html`<span class="head-tools">${twinButton(() => [`/segments/${profile.data.id}?run=${run.id}`, `/segments/${profile.data.id}/rule?run=${run.id}`, `/segments/${profile.data.id}/evidence?run=${run.id}`])}</span>` : nothing}</p>
      ${loaded(profile, body, { rows: 8, page: true })}`,
  };
}

/** @param {any} s @param {any} naming */
const head = (s, naming) => html`<div class="head profile-head">
  ${naming.editing ? naming.render(s) : html`<h1>${badge(s.number)}<span>${s.name}</span></h1>${naming.button(s)}`}
  <div class="head-tools">
    <a class="btn" href="${runPath(state.project, state.run, "chat")}?seg=${s.number}">${icon("chat")}${t("nav.chat")}</a>
    <a class="btn btn-primary" href="${runPath(state.project, state.run, "briefs")}?seg=${s.number}">${icon("briefs")}${t("profile.make_brief")}</a>
    <a class="btn" href="${runPath(state.project, state.run, "map")}?seg=${s.number}">${icon("map")}${t("nav.map")}</a>
  </div>
</div>`;

/** @param {any} s */
const measures = (s) => html`<dl class="measures strip">
  <div><dt>${t("segments.col_customers")}</dt><dd>${count(s.size.count)}<span class="muted small">${t("profile.of_all", { share: share(s.size.share) })}</span></dd></div>
  ${s.value
    ? html`<div><dt>${t("segments.col_value")}</dt><dd>${money(s.value.per_customer, true)}${medianOf(s.value)}<span class="muted small">${t("segments.of_total", { share: share(s.value.share_of_total) })}</span></dd></div>
        <div><dt>${t("profile.total_value")}</dt><dd>${money(s.value.total, true)}</dd></div>`
    : nothing}
  <div><dt>${t("segments.col_stability")}</dt><dd>${number(s.stability?.score, 2)}<span class="muted small">${stabilityWord(s.stability)}</span></dd></div>
  ${s.stability ? certificate(s.stability) : nothing}
  <div><dt>${t("segments.outliers")}</dt><dd>${count(s.outliers)}</dd></div>
</dl>`;

/** The other figures of the certificate. @param {any} stability */
const certificate = (stability) => html`${stability.seeds === null
    ? nothing
    : html`<div><dt>${t("profile.seeds")}</dt><dd>${number(stability.seeds, 2)}</dd></div>`}
  <div><dt>${t("profile.recognised")}</dt><dd>${share(stability.separability)}<span class="muted small">${t("profile.recognised_note")}</span></dd></div>`;

/** @param {any} s */
const few = (s) =>
  plain(s.size.count) < 30 ? html`<p class="notice warn">${icon("warn")}<span>${t("profile.few")}</span></p>` : nothing;

/** What became of its customers, as far as the data tells. @param {any} s */
const outcomes = (s) =>
  s.outcomes?.length
    ? html`<section class="card" aria-labelledby="outcomes-title"><h2 id="outcomes-title">${t("profile.outcomes")}</h2>
        <p class="muted small">${t("profile.outcomes_note")}</p>${drivers(s.outcomes, s.facts)}</section>`
    : nothing;

/** @param {any} s */
const summary = (s) => html`${s.who ? html`<p class="who">${s.who}</p>` : nothing}
  <div class="reading">${s.description.map((/** @type {any} */ line) => html`<p>${withFigures(line.text, s.facts)}</p>`)}</div>
  <p class="small">${writerLabel(s)} <span class="muted">${t("profile.claims", { count: claims(s) })}</span></p>
  ${blindCheck(s.blind_check)}`;

/** @param {any} s */
const claims = (s) => s.description.reduce((/** @type {number} */ sum, /** @type {any} */ line) => sum + (line.claims?.length ?? 0), 0);

/** @param {any} s */
function voice(s) {
  if (!s.quotes.length) return html`<p class="muted">${t("profile.no_texts")}</p>`;
  const of = (/** @type {string} */ kind) => s.quotes.filter((/** @type {any} */ q) => q.kind === kind);
  const quote = (/** @type {any} */ q) => html`<blockquote class=${q.kind}>${q.text}<footer class="muted small"><code>${q.customer}</code> · <code>${q.text_id}</code></footer></blockquote>`;
  return html`<h3>${t("profile.typical")}</h3>${of("typical").map(quote)}
    <h3>${t("profile.opposing")}</h3>
    ${of("opposing").length ? of("opposing").map(quote) : html`<p class="muted">${t("profile.no_opposing")}</p>`}`;
}

/** @param {any} s */
function words(s) {
  if (!s.words.length) return html`<p class="muted">${t("profile.no_words")}</p>`;
  const top = Math.max(...s.words.map((/** @type {any} */ w) => w.score));
  return html`<table class="table compact words"><caption class="sr-only">${t("profile.words")}</caption>
    <thead><tr><th scope="col">${t("profile.word")}</th><th scope="col"><span class="sr-only">${t("profile.weight")}</span></th><th scope="col" class="num">${t("chart.lift")}</th><th scope="col" class="num">${t("segments.col_customers")}</th></tr></thead>
    <tbody>${s.words.map((/** @type {any} */ w) => html`<tr><th scope="row">${w.word}</th><td class="bar-cell">${shareBar(w.score / top)}</td><td class="num">${w.lift ? lift(w.lift) : ""}</td><td class="num">${count(w.customers)}</td></tr>`)}</tbody>
  </table>`;
}

/** @param {any} data @param {any} s */
const nearest = (data, s) =>
  data?.data?.length
    ? html`<section class="card" aria-labelledby="near-title"><h2 id="near-title">${t("profile.nearest")}</h2>
        <ul class="plain near">${data.data.filter((/** @type {any} */ n) => n.id !== s.id).slice(0, 5).map((/** @type {any} */ n) => html`<li>
          <a class="segment-link" href="${runPath(state.project, state.run, "segments")}/${n.number}">${badge(n.number)}<span>${n.name}</span></a>
          <span class="muted num">${number(n.distance, 2)}</span></li>`)}</ul>
        <p class="muted small">${t("profile.nearest_note")}</p></section>`
    : nothing;
