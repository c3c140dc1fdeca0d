// @ts-check
import { html, nothing } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state } from "../store.js";
import { runPath } from "../router.js";
import { count, plain, share } from "../format.js";
import { badge } from "./badge.js";
import { icon } from "./icon.js";

/** Who is in the segments that are chosen on the map. @param {number[]} chosen @param {any[] | null} all @param {() => void} onClear */
export function mapPanel(chosen, all, onClear) {
  const picked = (all ?? []).filter((s) => chosen.includes(s.number));
  if (!picked.length) return nothing;
  const sum = picked.reduce((n, s) => n + plain(s.size.count), 0);
  const part = picked.reduce((n, s) => n + (s.size.share ?? 0), 0);
  const exact = picked.every((s) => typeof s.size.count === "number");
  return html`<aside class="map-panel card" aria-label=${t("map.selection")}>
    <div class="spread"><h2>${exact ? t("unit.customers", { count: sum }) : t("map.selection")}</h2>
      <button class="btn-icon" aria-label=${t("map.clear")} title=${t("map.clear")} @click=${onClear}>${icon("close")}</button></div>
    <p class="muted">${t("profile.of_all", { share: share(part) })}</p>
    ${picked.map((s) => html`<section class="map-picked">
      <h3><a class="segment-link" href="${runPath(state.project, state.run, "segments")}/${s.number}">${badge(s.number)}<span>${s.name}</span></a></h3>
      ${s.who ? html`<p>${s.who}</p>` : nothing}
      ${s.words?.length ? html`<p class="small"><span class="muted">${t("map.words")}</span>${s.words.slice(0, 6).map((/** @type {any} */ w) => w.word).join(t("list.comma"))}</p>` : nothing}
      ${picked.length === 1 ? s.quotes?.slice(0, 2).map((/** @type {any} */ q) => html`<blockquote class=${q.kind}>${q.text}</blockquote>`) : nothing}
    </section>`)}
    <p class="actions">
      <a class="btn btn-small" href="${runPath(state.project, state.run, "chat")}?seg=${chosen.join(",")}">${icon("chat")}${t("map.chat")}</a>
      ${picked.length === 1 ? html`<a class="btn btn-small" href="${runPath(state.project, state.run, "briefs")}?seg=${chosen[0]}">${icon("briefs")}${t("segments.brief")}</a>` : nothing}
    </p>
  </aside>`;
}

/**
 * The map as a table: how many of each segment lie in the part in view.
 * @param {any} header @param {import("../viz/map-data.js").Points | null} points @param {number[]} bounds @param {any[] | null} all
 */
export function mapTable(header, points, bounds, all) {
  const counts = points?.countIn(bounds[0], bounds[1], bounds[2], bounds[3]) ?? new Uint32Array(256);
  return html`<div class="table-wrap" tabindex="0" role="group" aria-label=${t("map.table")}><table class="table">
    <caption class="muted small">${t("map.table_note")}</caption>
    <thead><tr><th scope="col">${t("segments.col_segment")}</th><th scope="col" class="num">${t("segments.col_customers")}</th><th scope="col" class="num">${t("map.in_view")}</th></tr></thead>
    <tbody>${header.segments.map((/** @type {any} */ s) => html`<tr>
        <th scope="row"><a class="segment-link" href="${runPath(state.project, state.run, "segments")}/${s.number}">${badge(s.number)}<span>${all?.find((x) => x.number === s.number)?.name ?? s.name}</span></a></th>
        <td class="num">${count(s.count)}</td><td class="num">${count(counts[s.number])}</td></tr>`)}
      <tr><th scope="row">${t("segments.outliers")}</th><td class="num"></td><td class="num">${count(counts[0])}</td></tr></tbody>
  </table></div>`;
}
