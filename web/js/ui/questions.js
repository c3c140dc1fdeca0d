// @ts-check
import { t } from "../i18n.js";
import { plain } from "../format.js";

/** Six first questions made from the segments of this run. @param {any[]} segments @returns {string[]} */
export function questionsFrom(segments) {
  if (!segments.length) return [];
  const bySize = [...segments].sort((a, b) => plain(b.size.count) - plain(a.size.count));
  const byValue = segments.filter((s) => s.value).sort((a, b) => b.value.per_customer.amount - a.value.per_customer.amount);
  // The odd one out: the segment that differs most in any attribute.
  const effect = (/** @type {any} */ s) => Math.max(0, ...(s.differences ?? []).map((/** @type {any} */ d) => Math.abs(d.effect ?? 0)));
  const odd = [...segments].sort((a, b) => effect(b) - effect(a))[0];
  const spoken = bySize.find((s) => s.quotes?.length);
  const questions = [t("ask.largest"), t("ask.different", { number: odd.number })];
  if (byValue.length) questions.push(t("ask.value"));
  if (bySize.length > 1) questions.push(t("ask.compare", { a: bySize[0].number, b: (byValue[0] && byValue[0] !== bySize[0] ? byValue[0] : bySize[1]).number }));
  if (spoken?.words?.length) questions.push(t("ask.quotes", { number: spoken.number, word: spoken.words[0].word }));
  questions.push(t("ask.stable"));
  return questions.slice(0, 6);
}
