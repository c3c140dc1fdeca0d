// @ts-check
import { html } from "../lib/lit.js";
import { t } from "../i18n.js";
import { closeLayer, openLayer } from "../a11y.js";

/** @param {any} brief @param {string} id @returns {{section: any, item: any} | null} */
function placeOf(brief, id) {
  for (const section of brief.sections) {
    const item = section.items?.find((/** @type {any} */ x) => x.id === id);
    if (item) return { section, item };
  }
  return null;
}

/**
 * A statement that somebody else changed while it was being changed here.
 * @param {any} known the brief as it was read @param {any} theirs the brief as it is now @param {any} body of the refused PATCH
 * @returns {{theirs: string, yours: string, body: any} | null} null where the two changes do not meet; body is null where nothing is left to change
 */
export function clashOf(known, theirs, body) {
  for (const change of body.items ?? []) {
    const before = placeOf(known, change.id);
    const now = placeOf(theirs, change.id);
    // A lock holds whatever the statement says now.
    if (!before || (now && (now.item.rendered === before.item.rendered || (!change.text && !change.removed)))) continue;
    const words = { theirs: now ? now.item.rendered : t("conflict.removed"), yours: change.text ?? t("conflict.remove") };
    if (now) return { ...words, body };
    // A statement that is gone cannot be edited; its words become a new one.
    return { ...words, body: change.text ? { added: [{ section: before.section.key, text: change.text }] } : null };
  }
  return null;
}

/**
 * Shows both versions and asks which one shall stand. Left unanswered, what a person typed stays where it is.
 * @param {{theirs: string, yours: string}} clash @param {{yours: () => void, theirs: () => void}} hands
 */
export function askWhose(clash, hands) {
  const pick = (/** @type {() => void} */ hand) => () => (closeLayer(), hand());
  openLayer({
    title: t("conflict.title"),
    body: () => html`<p>${t("conflict.brief")}</p>
      <dl class="facts conflict"><dt>${t("conflict.theirs")}</dt><dd>${clash.theirs}</dd><dt>${t("conflict.yours")}</dt><dd>${clash.yours}</dd></dl>
      <p class="actions end"><button class="btn" @click=${pick(hands.theirs)}>${t("conflict.keep_theirs")}</button>
        <button class="btn btn-primary" @click=${pick(hands.yours)}>${t("conflict.use_yours")}</button></p>`,
  });
}
