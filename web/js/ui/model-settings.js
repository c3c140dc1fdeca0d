// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { loadInfo, state, update } from "../store.js";
import { get, patch, post } from "../api.js";
import { openLayer, toast } from "../a11y.js";
import { loader } from "../load.js";
import { cost, count } from "../format.js";
import { loaded, problemBox } from "./states.js";

/** Which language model writes: chosen among the allowed addresses, tested, and what it would be sent. */
export function modelCard() {
  const settings = loader();
  settings.load((signal) => get("/settings", signal));
  /** @type {any} */
  let tested = null;
  /** @type {any} */
  let problem = null;
  let busy = "";

  const work = async (/** @type {string} */ what, /** @type {() => Promise<void>} */ action) => {
    busy = what;
    problem = null;
    update();
    try {
      await action();
    } catch (e) {
      problem = e;
    }
    busy = "";
    update();
  };

  const save = (/** @type {SubmitEvent} */ e) => {
    e.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (e.target));
    return work("save", async () => {
      settings.data = await patch("/settings", { llm: { address: form.get("address"), model: String(form.get("model")).trim() } });
      tested = null;
      await loadInfo();
      toast(t("settings.model_saved"));
    });
  };
  const test = () => work("test", async () => void (tested = await post("/settings/llm:test")));

  const render = (/** @type {any} */ { llm }) => html`<section class="card" aria-labelledby="writer-title"><h2 id="writer-title">${t("settings.writer")}</h2>
    <p>${llm.configured ? t("settings.writer_llm", { name: llm.model ?? "" }) : t("settings.writer_builtin")}</p>
    ${llm.configured
      ? html`<form @submit=${save}><div class="fields">
            <label class="field">${t("settings.model_address")} <select name="address">${llm.addresses.map((/** @type {string} */ a) => html`<option .selected=${a === llm.address} value=${a}>${a}</option>`)}</select></label>
            <label class="field">${t("settings.model_name")} <input name="model" required maxlength="128" autocomplete="off" .value=${llm.model ?? ""} /></label></div>
            <p class="actions"><button class="btn btn-small" type="submit" ?disabled=${busy !== ""}>${t("settings.model_save")}</button>
              <button class="btn btn-small" type="button" ?disabled=${busy !== ""} @click=${test}>${busy === "test" ? t("settings.testing") : t("settings.test")}</button>
              ${state.run ? html`<button class="btn btn-small" type="button" @click=${() => preview(state.run)}>${t("settings.preview")}</button>` : nothing}</p>
          </form>
          <p role="status">${tested ? (tested.works ? t("settings.test_works", { ms: count(tested.millis), sample: tested.sample ?? "" }) : tested.problem) : nothing}</p>
          ${problem ? problemBox(problem) : nothing}
          ${llm.closed && !tested ? html`<p class="warn-text">${llm.closed}</p>` : nothing}
          <p>${priceWords(state.info?.writer?.price ?? null)}</p>`
      : nothing}
    <p class="muted">${t("settings.writer_text")}</p></section>`;

  return { stop: settings.stop, render: () => loaded(settings, render, { rows: 2 }) };
}

/** @param {{input: number, output: number, currency: string} | null} price */
const priceWords = (price) =>
  price
    ? t("settings.price", { input: cost({ amount: price.input, currency: price.currency }), output: cost({ amount: price.output, currency: price.currency }) })
    : t("settings.no_price");

/** The requests for names and for a brief, word for word; nothing is sent. @param {any} run */
function preview(run) {
  const requests = loader();
  requests.load(async (signal) => {
    const naming = await get(`/runs/${run.id}/model-preview?purpose=naming`, signal);
    const brief = await get(`/runs/${run.id}/model-preview?purpose=brief`, signal);
    return [
      { title: t("settings.purpose_naming"), all: naming.requests },
      { title: t("settings.purpose_brief"), all: brief.requests },
    ];
  });
  const body = (/** @type {any[]} */ groups) => html`<p class="muted">${t("settings.preview_text")}</p>
    ${groups.map((g) => html`<h3>${g.title}</h3>${g.all.map((/** @type {any} */ r) => html`<pre class="sent" tabindex="0">${r.request}</pre>`)}`)}`;
  openLayer({ title: t("settings.preview"), wide: true, onClose: requests.stop, body: () => loaded(requests, body, { rows: 4 }) });
}
