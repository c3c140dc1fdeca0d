// @ts-check
import { html, nothing, ref, repeat } from "../lib/lit.js";
import { t } from "../i18n.js";
import { update } from "../store.js";
import { get } from "../api.js";
import { loader } from "../load.js";
import { count } from "../format.js";
import { figureBody } from "./figure-chip.js";
import { badge } from "./badge.js";
import { icon } from "./icon.js";

/** From here on the panel stands beside the chat; below, it lies over it and takes the keyboard. */
const WIDE = matchMedia("(min-width: 1200px)");

/**
 * The sources of one answer beside it, one of them open. Esc and the cross close it; focus goes back to where it came from.
 * @param {{onPick: (evidence: string) => void, onClose: () => void}} hands
 */
export function sourcesPanel({ onPick, onClose }) {
  const full = loader();
  let shown = "";
  /** @type {HTMLElement | null} */
  let opener = null;
  /** @type {HTMLDialogElement | null} */
  let box = null;

  const open = () => {
    if (!box?.isConnected) return;
    if (box.open) box.close();
    if (WIDE.matches) box.show();
    else box.showModal();
  };
  // The ref runs before the dialog is in the document.
  const held = (/** @type {Element | undefined} */ element) => {
    box = element instanceof HTMLDialogElement ? element : null;
    if (box && !box.open) queueMicrotask(open);
  };
  const resized = () => (open(), update());
  WIDE.addEventListener("change", resized);

  const leave = () => {
    onClose();
    const back = opener?.isConnected ? opener : document.getElementById("ask");
    opener = null;
    queueMicrotask(() => back?.focus());
  };

  return {
    leave,
    close: () => (full.stop(), WIDE.removeEventListener("change", resized)),
    /** Called as a reader presses a figure or a source: the keyboard follows to the panel. */
    follow: () => {
      const from = /** @type {HTMLElement | null} */ (document.activeElement);
      if (!box?.contains(from)) opener = from;
      setTimeout(() => document.getElementById("sources-title")?.focus());
    },
    /** @param {any} answer @param {string} evidence */
    render: (answer, evidence) => {
      if (evidence !== shown) {
        shown = evidence;
        full.load((signal) => get(`/evidence/${evidence}`, signal));
      }
      return html`<dialog class="sources-panel" aria-labelledby="sources-title" ${ref(held)}
        @cancel=${(/** @type {Event} */ e) => (e.preventDefault(), leave())}
        @click=${(/** @type {MouseEvent} */ e) => e.target === e.currentTarget && leave()}
        @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && !e.defaultPrevented && (e.preventDefault(), e.stopPropagation(), leave())}>
        <div class="dialog-box">
          <header class="dialog-head"><h2 id="sources-title" tabindex="-1">${t("chat.sources")}</h2>
            <button class="btn-icon" aria-label=${t("action.close")} @click=${leave}>${icon("close")}</button></header>
          <div class="dialog-body"><ul class="plain source-list">${repeat(sourcesOf(answer, evidence), (s) => s.evidence, (s) => source(s, s.evidence === evidence ? full.data : null, evidence, onPick))}</ul></div>
        </div></dialog>`;
    },
  };
}

/** The answer that an evidence id belongs to. @param {any[]} messages @param {string} evidence */
export const answerWith = (messages, evidence) => messages.find((m) => Object.values(m.facts ?? {}).some((/** @type {any} */ f) => f.evidence === evidence));

/** Cited facts and quotes in the order of their numbers; first what was pressed, if the text does not cite it. @param {any} answer @param {string} evidence @returns {any[]} */
function sourcesOf(answer, evidence) {
  const facts = new Map(Object.values(answer.facts ?? {}).map((/** @type {any} */ f) => [f.evidence, f]));
  const cited = (answer.citations ?? []).map((/** @type {any} */ c) => ({ ...c, fact: facts.get(c.evidence), quote: answer.quotes?.find((/** @type {any} */ q) => q.id === c.evidence) }));
  const known = cited.filter((/** @type {any} */ s) => s.fact || s.quote);
  return known.some((/** @type {any} */ s) => s.evidence === evidence) ? known : [{ evidence, fact: facts.get(evidence) }, ...known];
}

/** @param {any} source @param {any} full what the server knows of it @param {string} open @param {(evidence: string) => void} onPick */
function source(source, full, open, onPick) {
  const mark = source.n ? html`<span class="source-n">${`[${source.n}]`}</span>` : nothing;
  if (source.quote)
    return html`<li class="source-quote">${mark}<blockquote>${source.quote.text}<footer class="muted small">${source.quote.segment ? html`${badge(source.quote.segment)} ` : nothing}<code>${source.quote.id}</code></footer></blockquote></li>`;
  const current = source.evidence === open;
  return html`<li class=${current ? "source-open" : ""}>
    <button class="source-row" aria-expanded=${current} @click=${() => onPick(source.evidence)}>${mark}<span class="grow">${source.fact.label}</span><span class="muted small">${t("tools.rows", { count: count(source.fact.n) })}</span></button>
    ${current ? html`<div class="source-body">${figureBody({ ...source.fact, ...full, text: source.fact.text })}</div>` : nothing}</li>`;
}
