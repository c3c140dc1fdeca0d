// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t, locale, LANGUAGES } from "../i18n.js";
import { state, setting, update, loadInfo } from "../store.js";
import { changeLanguage, changeTheme, theme } from "../preferences.js";
import { get } from "../api.js";
import { loader } from "../load.js";
import { NONE, bytes, cost, count, list, moment } from "../format.js";
import { loaded } from "../ui/states.js";
import { jsonLink } from "../ui/json-link.js";
import { twinButton } from "../ui/twin.js";
import { modelCard } from "../ui/model-settings.js";

const LANGUAGE_NAMES = { en: "language.en", "zh-CN": "language.zh" };
const PURPOSES = {
  naming: "settings.purpose_naming",
  brief: "settings.purpose_brief",
  chat: "settings.purpose_chat",
  test: "settings.purpose_test",
};
const THEMES = { system: "theme.system", light: "theme.light", dark: "theme.dark" };

/** What a person chooses for this browser, and what the server was started with. */
export function open() {
  const info = loader();
  info.load(async () => (await loadInfo(), state.info));
  const model = modelCard();
  const calls = loader();
  calls.load((signal) => get("/model-calls?limit=50", signal));
  return {
    title: () => t("nav.settings"),
    close: () => (info.stop(), calls.stop(), model.stop()),
    render: () => html`<div class="head"><h1>${t("nav.settings")}</h1><div class="head-tools">${twinButton(() => ["/info"])}</div></div>
      <div class="settings">
        ${choice(t("settings.language"), "language", LANGUAGES.map((l) => [l, t(LANGUAGE_NAMES[/** @type {"en"} */ (l)])]), locale(), changeLanguage)}
        ${choice(t("settings.theme"), "theme", Object.entries(THEMES).map(([key, word]) => [key, t(word)]), theme(), changeTheme)}
        ${choice(t("settings.shortcuts"), "shortcuts", [["on", t("settings.on")], ["off", t("settings.off")]], setting.read("shortcuts", "on"), keep("shortcuts"), t("settings.shortcuts_text"))}
        ${choice(t("settings.announce"), "announce", [["each", t("settings.announce_each")], ["end", t("settings.announce_end")]], setting.read("announce", "each"), keep("announce"), t("settings.announce_text"))}
      </div>
      ${model.render()}
      ${loaded(info, server, { rows: 3 })}
      ${loaded(calls, sent, { rows: 2 })}`,
  };
}

/** @param {string} name */
const keep = (name) => (/** @type {string} */ value) => (setting.write(name, value), update());

/** @param {string} legend @param {string} name @param {string[][]} options @param {string} now @param {(value: string) => void} onPick @param {string} [note] */
const choice = (legend, name, options, now, onPick, note) => html`<fieldset>
  <legend>${legend}</legend>
  <div class="radios">${options.map(([value, word]) => html`<label><input type="radio" name=${name} value=${value} .checked=${value === now} @change=${() => onPick(value)} />${word}</label>`)}</div>
  ${note ? html`<p class="muted small">${note}</p>` : nothing}
</fieldset>`;

/** How a call ended in a word; what went wrong also by the code that support asks for. @param {string} code */
const outcome = (code) => {
  if (code === "ok") return t("settings.outcome_ok");
  return code === "cancelled" || code === "llm.cancelled" ? t("settings.outcome_cancelled") : html`${t("settings.outcome_failed")} <code class="muted small">${code}</code>`;
};

/** What was sent to the language model; each line opens the masked request. @param {any} calls */
const sent = (calls) => html`<section class="card" aria-labelledby="calls-title"><h2 id="calls-title">${t("settings.calls")}</h2>
    <p class="muted">${t("settings.calls_text")}</p>
    ${calls.data.length
      ? html`<div class="table-wrap" tabindex="0" role="group" aria-labelledby="calls-title"><table class="table compact cards-narrow"><caption class="sr-only">${t("settings.calls")}</caption>
          <thead><tr><th scope="col" class="num">${t("settings.call")}</th><th scope="col">${t("settings.call_at")}</th><th scope="col">${t("settings.call_purpose")}</th><th scope="col" class="num">${t("settings.call_texts")}</th><th scope="col" class="num">${t("settings.call_tokens")}</th><th scope="col" class="num">${t("settings.call_cost")}</th><th scope="col">${t("settings.call_outcome")}</th></tr></thead>
          <tbody>${calls.data.map((/** @type {any} */ c) => html`<tr><th scope="row" class="num">${jsonLink(`/model-calls/${c.number}`, count(c.number))}</th><td data-label=${t("settings.call_at")}>${moment(c.at)}</td><td data-label=${t("settings.call_purpose")}>${t(PURPOSES[/** @type {"chat"} */ (c.purpose)])}</td><td class="num" data-label=${t("settings.call_texts")}>${count(c.texts)}</td><td class="num" data-label=${t("settings.call_tokens")}>${count(c.input_tokens + c.output_tokens)}</td><td class="num" data-label=${t("settings.call_cost")}>${c.input_tokens + c.output_tokens ? cost(c.cost) : NONE}</td><td data-label=${t("settings.call_outcome")}>${outcome(c.outcome)}</td></tr>`)}</tbody></table></div>`
      : html`<p>${t("settings.calls_none")}</p>`}</section>`;

/** @param {any} info */
const server = (info) => html`<section class="card" aria-labelledby="models-title"><h2 id="models-title">${t("settings.embedding")}</h2>
    ${info.models?.length
      ? html`<div class="table-wrap" tabindex="0" role="group" aria-labelledby="models-title"><table class="table compact cards-narrow"><caption class="sr-only">${t("settings.embedding")}</caption>
          <thead><tr><th scope="col">${t("settings.model")}</th><th scope="col">${t("settings.alias")}</th><th scope="col">${t("settings.model_language")}</th><th scope="col" class="num">${t("settings.dimensions")}</th><th scope="col" class="num">${t("settings.tokens")}</th><th scope="col">${t("settings.licence")}</th></tr></thead>
          <tbody>${info.models.map((/** @type {any} */ m) => html`<tr><th scope="row"><code>${m.name}</code></th><td data-label=${t("settings.alias")}>${list(m.aliases ?? [])}</td><td data-label=${t("settings.model_language")}>${m.language === "zh" ? t("settings.text_zh") : t("settings.text_en")}</td><td class="num" data-label=${t("settings.dimensions")}>${count(m.dimensions)}</td><td class="num" data-label=${t("settings.tokens")}>${count(m.max_tokens)}</td><td data-label=${t("settings.licence")}>${m.licence}</td></tr>`)}</tbody></table></div>`
      : html`<p class="warn-text">${t("home.no_embeddings")}</p>`}</section>
  <section class="card" aria-labelledby="server-title"><h2 id="server-title">${t("settings.server")}</h2>
    <dl class="facts">
      <dt>${t("settings.version")}</dt><dd>${info.version}</dd>
      <dt>${t("settings.privacy")}</dt><dd>${t("settings.small_count", { count: info.limits?.small_count ?? 10 })}</dd>
      <dt>${t("settings.access")}</dt><dd>${info.keyless ? t("settings.keyless") : t("settings.keyed")}</dd>
      ${info.disk ? html`<dt>${t("settings.disk")}</dt><dd>${bytes(info.disk.free_bytes)}</dd>` : nothing}
    </dl></section>`;
