// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t, locale } from "../i18n.js";
import { state, update, loadJobs, loadProject } from "../store.js";
import { post } from "../api.js";
import { go, runPath } from "../router.js";
import { share } from "../format.js";
import { problemBox } from "./states.js";

const ALGORITHMS = {
  auto: "algorithm.auto",
  mixture: "algorithm.mixture",
  kmeans: "algorithm.kmeans",
  spherical: "algorithm.spherical",
  hdbscan: "algorithm.hdbscan",
};
const BLOCKS = { text: "block.text", behaviour: "block.behaviour", profile: "block.profile" };

/** @param {string} chosen @param {(algorithm: string) => void} onChoose */
export const algorithmField = (chosen, onChoose) => html`<label class="field">${t("again.algorithm")}
  <select name="algorithm" @change=${(/** @type {any} */ e) => onChoose(e.target.value)}>
    ${Object.entries(ALGORITHMS).map(([word, key]) => html`<option value=${word} ?selected=${word === chosen}>${t(key)}</option>`)}
  </select></label>`;

/** Blocks with their part of what tells customers apart, in words. @param {Record<string, number>} shares */
export const sharesInWords = (shares) =>
  Object.entries(shares)
    .map(([block, part]) => `${t(BLOCKS[/** @type {"text"} */ (block)])} ${share(part)}`)
    .join(" · ");

/** Whole percent that make 100: what rounding leaves goes to the largest. @param {Record<string, number>} shares @returns {Record<string, number>} */
function percent(shares) {
  const rounded = Object.fromEntries(Object.entries(shares).map(([block, part]) => [block, Math.round(part * 100)]));
  const largest = Object.keys(shares).reduce((a, b) => (shares[b] > shares[a] ? b : a));
  rounded[largest] += 100 - Object.values(rounded).reduce((a, b) => a + b, 0);
  return rounded;
}

/** The same data once more, with another algorithm or another balance. @param {{project: any, run: any, summary: any}} place */
export function runAgain({ project, run, summary }) {
  const found = summary.shares ?? {};
  const several = Object.keys(found).length > 1;
  const own = several && Object.values(run.settings.balance).some((b) => b !== "auto");
  const asked = { algorithm: run.settings.algorithm, own, parts: several ? percent(found) : {} };
  let starting = false;
  /** @type {any} */
  let problem = null;

  const total = () => Object.values(asked.parts).reduce((a, b) => a + b, 0);

  const start = async (/** @type {Event} */ e) => {
    e.preventDefault();
    starting = true;
    problem = null;
    update();
    const part = (/** @type {string} */ block) => (asked.own ? `${asked.parts[block] ?? 0}%` : "auto");
    const balance = several ? Object.fromEntries(Object.keys(BLOCKS).map((block) => [block, part(block)])) : undefined;
    // HDBSCAN* finds the number of segments itself.
    const segments = asked.algorithm === "hdbscan" ? "auto" : undefined;
    try {
      const job = await post(`/projects/${project.id}/runs`, { from: run.id, algorithm: asked.algorithm, balance, segments, language: locale() });
      await loadProject(project.id);
      loadJobs().catch(() => {});
      return go(runPath(project, state.runs.find((r) => r.id === job.run) ?? state.runs[0], "progress"));
    } catch (error) {
      problem = error;
    }
    starting = false;
    update();
  };

  const partField = (/** @type {string} */ block) => html`<label class="field part">${t("again.part", { block: t(BLOCKS[/** @type {"text"} */ (block)]) })}
    <input type="number" name=${block} min="0" max="100" step="1" inputmode="numeric" aria-describedby="parts-total" .value=${String(asked.parts[block])}
      @input=${(/** @type {any} */ e) => ((asked.parts[block] = Number(e.target.value) || 0), update())} /></label>`;

  const balanceFields = () => html`<label class="field">${t("again.balance")}
      <select name="balance" @change=${(/** @type {any} */ e) => ((asked.own = e.target.value === "own"), update())}>
        <option value="auto" ?selected=${!asked.own}>${t("again.automatic")}</option>
        <option value="own" ?selected=${asked.own}>${t("again.own")}</option>
      </select></label>
    ${asked.own
      ? html`<fieldset class="parts"><legend>${t("again.parts")}</legend>${Object.keys(asked.parts).map(partField)}
          <p id="parts-total" class="small ${total() === 100 ? "muted" : "warn-text"}" role="status">${t("again.total", { total: share(total() / 100) })}</p></fieldset>`
      : nothing}`;

  return {
    render: () => html`<section aria-labelledby="again-title"><h2 id="again-title">${t("again.title")}</h2>
      ${several ? html`<p class="muted">${t("again.found", { shares: sharesInWords(found) })}</p>` : nothing}
      <form @submit=${start}>
        <div class="fields">${algorithmField(asked.algorithm, (word) => ((asked.algorithm = word), update()))} ${several ? balanceFields() : nothing}</div>
        ${problem ? problemBox(problem) : nothing}
        <p class="actions"><button class="btn" ?disabled=${starting || (asked.own && total() !== 100)}>${starting ? t("import.starting") : t("again.start")}</button>
          <span class="muted small">${t("again.note")}</span></p>
      </form></section>`,
  };
}
