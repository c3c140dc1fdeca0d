// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t, locale } from "../i18n.js";
import { state, update, loadProject, loadJobs } from "../store.js";
import { get, post, put } from "../api.js";
import { go, importPath, runPath } from "../router.js";
import { announce, toast } from "../a11y.js";
import { loader } from "../load.js";
import { count, share, when } from "../format.js";
import { loaded, noticeList, problemBox, thinBar } from "../ui/states.js";
import { downloadLink } from "../ui/download.js";
import { dropZone } from "../ui/drop-zone.js";
import { algorithmField } from "../ui/run-options.js";
import { twinButton } from "../ui/twin.js";
import { icon } from "../ui/icon.js";
import { rejectTable, tableView } from "../ui/role-table.js";

/** @typedef {{table: string, column: string, role: string, date_order: string | null}} Choice */

/** Files in, meaning confirmed, nothing silently changed. @param {import("../router.js").Route} route */
export function open(route) {
  const id = route.params.dataset;
  const { project } = state;
  const zone = dropZone({ project });
  const all = loader();
  const dataset = loader();
  let saving = false;
  let starting = false;
  /** @type {any} */
  let problem = null;
  const options = { segments: "auto", algorithm: "auto", text_language: "auto" };
  all.load(async (signal) => (await get(`/projects/${project.id}/datasets`, signal)).data);
  if (id) dataset.load((signal) => get(`/datasets/${id}`, signal));

  /** Choices a person made; guesses stay guesses. @returns {Choice[]} */
  const confirmed = () =>
    dataset.data.tables.flatMap((/** @type {any} */ table) =>
      table.columns.filter((/** @type {any} */ c) => c.confirmed).map((/** @type {any} */ c) => ({ table: table.name, column: c.name, role: c.role, date_order: c.date_order ?? null })));

  const save = async (/** @type {Choice[]} */ columns) => {
    saving = true;
    problem = null;
    update();
    try {
      dataset.data = await put(`/datasets/${id}/schema`, { columns });
    } catch (e) {
      problem = e;
    }
    saving = false;
    update();
  };

  const choose = async (/** @type {Choice} */ choice) => {
    const before = confirmed();
    const others = before.filter((c) => c.table !== choice.table || c.column !== choice.column);
    await save([...others, choice]);
    if (!problem) toast(t("import.saved", { column: choice.column }), { label: t("action.undo"), run: () => save(before) });
  };

  const start = async () => {
    starting = true;
    // The roles are in use from here on; their Undo must not outlive this page.
    state.toasts = [];
    problem = null;
    update();
    try {
      const segments = options.segments === "auto" || options.algorithm === "hdbscan" ? "auto" : Number(options.segments);
      const job = await post(`/projects/${project.id}/runs`, { dataset: id, segments, algorithm: options.algorithm, text_language: options.text_language, language: locale() });
      await loadProject(project.id);
      loadJobs().catch(() => {});
      const run = state.runs.find((r) => r.id === job.run) ?? state.runs[0];
      return go(runPath(project, run, "progress"));
    } catch (e) {
      problem = e;
    }
    starting = false;
    update();
  };

  /** Goes to the next column that waits for a decision. @param {1 | -1} step */
  const jump = (step) => {
    const open = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("tr.undecided .role-selects select:last-of-type")]);
    if (!open.length) return announce(t("import.none_open"));
    const at = open.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    open[(at + step + open.length) % open.length].focus();
  };

  const body = (/** @type {any} */ data) => html`
    ${saving ? thinBar() : nothing} ${facts(data)} ${undecided(data, () => jump(1))} ${noticeList(data.warnings)}
    ${data.tables.map((/** @type {any} */ table, /** @type {number} */ i) => tableView(table, i, { choose, saving }))} ${links(data)} ${rejects(data)} ${advanced(options)}
    ${problem ? problemBox(problem, { retry: undefined }) : nothing}
    <div class="sticky-foot">
      <div class="grow small">${blockedReason(data)}</div>
      <button class="btn btn-primary" ?disabled=${!data.runnable || saving || starting} aria-describedby="blocked-reason" @click=${start}>
        ${starting ? t("import.starting") : t("import.continue")}
      </button>
    </div>`;

  return {
    title: () => t("import.title"),
    close: () => (all.stop(), dataset.stop(), zone.close()),
    onKey: (/** @type {KeyboardEvent} */ e) => {
      if (e.key !== "n" && e.key !== "p") return;
      // Else the letter would go on to the select that gets the focus, and choose a role there.
      e.preventDefault();
      jump(e.key === "n" ? 1 : -1);
    },
    render: () => html`<div class="head"><h1>${t("import.title")}</h1>
        <div class="head-tools">${picker(all.data, id, project)} ${id ? twinButton(() => [`/datasets/${id}`, `/datasets/${id}/schema`, `/datasets/${id}/quality`]) : nothing}</div></div>
      ${steps(id ? 2 : 1)} ${id ? loaded(dataset, body, { rows: 8 }) : html`<div class="narrow">${zone.render()}</div>`}`,
  };
}

/** @param {number} now */
const steps = (now) => html`<ol class="steps">
  ${[t("import.step_files"), t("import.step_roles"), t("import.step_run")].map(
    (word, i) => html`<li aria-current=${i + 1 === now ? "step" : nothing} class=${i + 1 < now ? "done" : ""}><span class="step-number">${i + 1}</span>${word}</li>`,
  )}
</ol>`;

/** @param {any[] | null} datasets @param {string | undefined} id @param {any} project */
const picker = (datasets, id, project) => html`${datasets && datasets.length > (id ? 1 : 0)
    ? html`<label class="inline-field"><span class="muted small">${t("import.dataset")}</span>
        <select @change=${(/** @type {any} */ e) => e.target.value && go(importPath(project, e.target.value))}>
          ${id ? nothing : html`<option value="">${t("import.choose")}</option>`}
          ${datasets.map((d) => html`<option value=${d.id} ?selected=${d.id === id}>${t("import.dataset_option", { name: d.name, when: when(d.created_at) })}</option>`)}
        </select></label>`
    : nothing}
  ${id ? html`<a class="btn" href=${importPath(project)}>${icon("upload")}${t("import.more_files")}</a>` : nothing}`;

/** @param {any} data */
const facts = (data) => html`<p class="headline">
  <strong>${data.name}</strong>
  <span>${t("unit.customers", { count: data.customers ?? 0 })}</span><span>${t("unit.texts", { count: data.texts ?? 0 })}</span><span>${t("unit.events", { count: data.events ?? 0 })}</span>
</p>`;

/** @param {any} data @param {() => void} onJump */
const undecided = (data, onJump) =>
  data.undecided?.length
    ? html`<section class="notice warn" role="group" aria-label=${t("import.open", { count: data.undecided.length })}>
        ${icon("warn")}
        <div class="grow"><p class="notice-title">${t("import.open", { count: data.undecided.length })}</p>
          <ul class="plain">${data.undecided.map((/** @type {any} */ u) => html`<li><strong>${u.column}</strong> <span class="muted">${u.table}</span> ${u.reason}</li>`)}</ul>
          <p class="actions"><button class="btn btn-small" @click=${onJump}>${t("import.jump")}</button></p></div>
      </section>`
    : nothing;

/** @param {any} data */
const links = (data) =>
  data.links?.length
    ? html`<section aria-labelledby="links-title"><h2 id="links-title">${t("import.links")}</h2>
        <ul class="plain links">${data.links.map((/** @type {any} */ l) => html`<li>
          ${icon("link")}<span><code>${l.from_table} · ${l.from_column}</code> → <code>${l.to_table}</code></span>
          <strong>${share(l.rate)}</strong>
          <span class="muted">${l.rows === l.matched ? t("import.all_matched") : t("import.unmatched", { count: l.rows - l.matched })}</span></li>`)}</ul></section>`
    : nothing;

/** @param {any} data */
const rejects = (data) =>
  data.rejects?.total
    ? html`<section aria-labelledby="rejects-title"><h2 id="rejects-title">${t("import.rejects", { count: data.rejects.total })}</h2>
        <p class="muted">${t("import.rejects_text")}</p>
        ${rejectTable(data.rejects.first)}
        <p class="actions">${data.rejects.total > data.rejects.first.length ? html`<span class="muted small">${t("import.rejects_more", { count: data.rejects.total - data.rejects.first.length })}</span>` : nothing}
          ${downloadLink(`${data.rejects.href}?format=csv`, "rejects.csv", t("import.rejects_file"))}</p></section>`
    : nothing;

/** @param {{segments: string, algorithm: string, text_language: string}} options */
const advanced = (options) => html`<details class="advanced">
  <summary>${t("import.advanced")}</summary>
  <div class="fields">
    <label class="field">${t("import.segments")}
      <select ?disabled=${options.algorithm === "hdbscan"} @change=${(/** @type {any} */ e) => (options.segments = e.target.value)}>
        <option value="auto">${t("import.segments_auto")}</option>
        ${Array.from({ length: 29 }, (_, i) => html`<option value=${i + 2}>${count(i + 2)}</option>`)}
      </select></label>
    ${algorithmField(options.algorithm, (word) => ((options.algorithm = word), update()))}
    <label class="field">${t("import.text_language")}
      <select @change=${(/** @type {any} */ e) => (options.text_language = e.target.value)}>
        <option value="auto">${t("import.text_auto")}</option><option value="en">${t("language.en")}</option><option value="zh">${t("language.zh")}</option>
      </select></label>
  </div>
</details>`;

/** A button that cannot be pressed says why. @param {any} data */
function blockedReason(data) {
  if (data.runnable) return html`<span id="blocked-reason" class="muted">${t("import.ready")}</span>`;
  const why = data.undecided?.length ? t("import.open", { count: data.undecided.length }) : (data.blocked?.detail ?? t("import.not_ready"));
  return html`<span id="blocked-reason" class="warn-text">${why}</span>`;
}
