// @ts-check
import { html, nothing, ref, repeat } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state, update } from "../store.js";
import { get, getAll, send } from "../api.js";
import { setQuery } from "../router.js";
import { announce, isTyping } from "../a11y.js";
import { loader } from "../load.js";
import { count, plain, share } from "../format.js";
import { Points, readMap } from "../viz/map-data.js";
import { rgb } from "../viz/map-paint.js";
import { mapView } from "../viz/map-view.js";
import { labelTowards } from "../viz/map-labels.js";
import { badge } from "../ui/badge.js";
import { customerCard, customerMark } from "../ui/map-mark.js";
import { mapPanel, mapTable } from "../ui/map-panel.js";
import { problemBox } from "../ui/states.js";
import { twinButton } from "../ui/twin.js";
import { icon } from "../ui/icon.js";

/** Fingers have no Shift: there each press adds a segment or takes it away. */
const TOUCH = matchMedia("(pointer: coarse)");

/** Every customer as a point. @param {import("../router.js").Route} route */
export function open(route) {
  const { project, run } = state;
  let query = route.query;
  const segments = loader();
  const stop = new AbortController();
  /** @type {any} */
  let header = null;
  /** @type {Points | null} */
  let points = null;
  /** @type {any} */
  let failure = null;
  /** @type {ReturnType<typeof mapView> | null} */
  let view = null;
  /** @type {any} */
  let tip = null;
  let frame = { drawn: 0, moving: false };
  /** @type {Map<number, any>} */
  const details = new Map();
  let asked = -1;

  /** The customer whose point is marked. */
  const customer = loader();
  let marked = "";
  const mark = () => {
    const id = query.get("customer") ?? "";
    if (id === marked) return;
    marked = id;
    if (!id) return customer.stop();
    customer.load(async (signal) => {
      const found = await get(`/projects/${project.id}/customers/${encodeURIComponent(id)}?run=${run.id}`, signal);
      announce(t("map.customer_marked", { id: found.id, number: found.segment.number, name: found.segment.name }));
      // The mark exists after the redraw; only then can it be placed.
      setTimeout(() => view?.layout());
      return found;
    });
  };
  const markedCustomer = () => (query.get("customer") ? customer.data : null);
  const toCustomer = () => markedCustomer() && view?.goTo(markedCustomer().point.x, markedCustomer().point.y);

  const chosen = () => (query.get("seg") ?? "").split(",").map(Number).filter((n) => n > 0);
  const outliersOff = () => query.get("outliers") === "off";

  /** What each segment is: in the choice, dimmed beside it, or shown with all. */
  const shown = () => {
    const solo = chosen();
    const table = new Uint8Array(256).fill(solo.length ? 1 : 2);
    for (const n of solo) table[n] = 2;
    return { table, outliers: outliersOff() ? 0 : 2 };
  };

  segments.load((signal) => getAll(`/projects/${project.id}/segments?run=${run.id}`, signal));
  const load = async () => {
    failure = null;
    try {
      const answer = await send("GET", `/runs/${run.id}/map`, { signal: stop.signal, headers: { Accept: "application/octet-stream" } });
      await readMap(answer, begin, (block, at) => {
        points?.add(block, at);
        view?.block(block, at);
        update();
      });
    } catch (e) {
      if (!stop.signal.aborted) failure = e;
    }
    update();
  };

  const begin = (/** @type {any} */ head) => {
    header = head;
    points = new Points(head.n);
    attach();
    update();
    // Labels exist after the redraw; only then can they be placed.
    setTimeout(() => view?.layout());
  };

  const attach = () => {
    if (!view || !points || !header) return;
    /** @type {number[][]} */
    const colors = [];
    for (const s of header.segments) colors[s.number] = s.number <= 20 && s.color ? rgb(s.color) : rgb("#7A828C");
    view.start(points, colors);
    if (points.loaded) view.block({ x: points.x.slice(0, points.loaded), y: points.y.slice(0, points.loaded), segment: points.segment.slice(0, points.loaded), flags: points.flags.slice(0, points.loaded) }, 0);
    view.show(shown());
  };

  /** @type {Element | undefined} */
  let box;
  const mount = (/** @type {Element | undefined} */ element) => {
    if (!element || element === box) return;
    box = element;
    // Runs before the box is in the document: its size is not known yet.
    queueMicrotask(() => {
      view?.close();
      view = mapView(/** @type {HTMLElement} */ (element), { onFrame: (f) => ((frame = f), update()), onHover, onMove: update });
      attach();
    });
  };

  const onHover = async (/** @type {number} */ i, /** @type {number} */ x, /** @type {number} */ y) => {
    asked = i;
    if (i < 0) {
      if (tip) update();
      tip = null;
      return;
    }
    const size = /** @type {Element} */ (box).getBoundingClientRect();
    tip = { i, x, y, left: x > size.width / 2, above: y > size.height / 2, detail: details.get(i) ?? null };
    update();
    if (tip.detail) return;
    const detail = await get(`/runs/${run.id}/map/points/${i}`, stop.signal).catch(() => null);
    if (detail) details.set(i, detail);
    if (asked === i && tip) {
      tip.detail = detail;
      update();
    }
  };

  /** One press shows a segment alone, another shows all again; with Shift it joins the others. @param {number} n @param {boolean} shift */
  const solo = (n, shift) => {
    const now = chosen();
    const next = shift || TOUCH.matches ? (now.includes(n) ? now.filter((m) => m !== n) : [...now, n]) : now.length === 1 && now[0] === n ? [] : [n];
    setQuery({ seg: next.join(",") || null });
  };
  const tableOn = () => query.get("table") === "1";
  const toggleTable = () => setQuery({ table: tableOn() ? null : "1" });

  const onKey = (/** @type {KeyboardEvent} */ e) => {
    const label = /** @type {HTMLElement | null} */ (document.activeElement?.closest?.("[data-label-x]") ?? null);
    const acts = { "+": () => view?.zoom(1.6), "=": () => view?.zoom(1.6), "-": () => view?.zoom(1 / 1.6), 0: () => view?.fit(), t: toggleTable };
    const act = acts[/** @type {"t"} */ (e.key)];
    if (act) act();
    else if (e.key === "s" && label) solo(Number(label.dataset.number), e.shiftKey);
    else if (label && e.key.startsWith("Arrow")) labelTowards(label, e.key)?.focus();
    else return;
    e.preventDefault();
  };

  load();
  mark();
  return {
    title: () => t("nav.map"),
    query: (/** @type {URLSearchParams} */ next) => ((query = next), mark(), view?.show(shown())),
    onKey: (/** @type {KeyboardEvent} */ e) => !isTyping(e) && onKey(e),
    close: () => (stop.abort(), segments.stop(), customer.stop(), view?.close()),
    render: () => html`<div class="head map-head"><h1>${t("nav.map")}</h1>
        <div class="head-tools">
          <button class="btn" aria-pressed=${tableOn()} @click=${toggleTable}>${icon("table")}${tableOn() ? t("map.show_map") : t("map.show_table")}</button>
          ${twinButton(() => [`/runs/${run.id}/map`, `/projects/${project.id}/segments?run=${run.id}`])}
        </div></div>
      ${failure ? problemBox(failure, { retry: load }) : nothing}
      <div class="map-layout">
        ${legend(header, segments.data, chosen(), outliersOff(), solo)}
        <div class="map-main ${tableOn() ? "as-table" : ""}">
          ${customerCard(customer, query.get("customer") ?? "", { onShow: toCustomer, onClear: () => setQuery({ customer: null }) })}
          ${tableOn() && header ? mapTable(header, points, view?.bounds() ?? [0, 0, 65535, 65535], segments.data) : nothing}
          <div class="map-box" ${ref(mount)} ?hidden=${tableOn()}>
            <canvas role="img" aria-label=${summary(header, segments.data)}></canvas>
            <div class="map-labels" role="group" aria-label=${t("map.labels")}>${labels(header, segments.data, solo, chosen())}</div>
            ${customerMark(markedCustomer())}
            ${tip ? tooltip(tip) : nothing}
            <div class="map-zoom" role="group" aria-label=${t("map.zoom")}>
              <button class="btn-icon" aria-label=${t("map.zoom_in")} title=${t("map.zoom_in")} @click=${() => view?.zoom(1.6)}>${icon("plus")}</button>
              <button class="btn-icon" aria-label=${t("map.zoom_out")} title=${t("map.zoom_out")} @click=${() => view?.zoom(1 / 1.6)}>${icon("minus")}</button>
              <button class="btn-icon" aria-label=${t("map.fit")} title=${t("map.fit")} @click=${() => view?.fit()}>${icon("fit")}</button>
            </div>
          </div>
          <p class="map-foot muted small">${footer(header, points, frame, chosen())}</p>
        </div>
        ${mapPanel(chosen(), segments.data, () => setQuery({ seg: null }))}
      </div>`,
  };
}

/** Names as they are now: the map may be older than a rename. @param {any} segment @param {any[] | null} all */
const nameOf = (segment, all) => all?.find((s) => s.number === segment.number)?.name ?? segment.name;

/** @param {any} header @param {any[] | null} all */
const summary = (header, all) =>
  header
    ? t("map.summary", { count: header.n, segments: header.segments.length, names: header.segments.map((/** @type {any} */ s) => nameOf(s, all)).join(t("list.comma")) })
    : t("map.loading");

/** @param {any} header @param {any[] | null} all @param {number[]} chosen @param {boolean} outliersOff @param {(n: number, add: boolean) => void} solo */
const legend = (header, all, chosen, outliersOff, solo) => html`<section class="map-legend" aria-label=${t("map.legend")}>
  <ul class="plain">${repeat(header?.segments ?? [], (/** @type {any} */ s) => s.number, (/** @type {any} */ s) => html`<li>
      <button class="legend-item" aria-pressed=${chosen.includes(s.number)} @click=${(/** @type {MouseEvent} */ e) => solo(s.number, e.shiftKey)}>
        ${badge(s.number)}<span class="legend-name">${nameOf(s, all)}</span><span class="muted small num">${count(s.count)}</span></button></li>`)}
    ${header ? html`<li><label class="legend-item"><input type="checkbox" .checked=${!outliersOff} @change=${() => setQuery({ outliers: outliersOff ? null : "off" })} />
      <span class="hollow" aria-hidden="true"></span><span class="legend-name">${t("segments.outliers")}</span></label></li>` : nothing}</ul>
  <p class="muted small legend-hint">${TOUCH.matches ? t("map.hint_touch") : t("map.hint")}</p>
</section>`;

/** Buttons in spatial order: rows from the top, then from the left. @param {any} header @param {any[] | null} all @param {(n: number, add: boolean) => void} solo @param {number[]} chosen */
function labels(header, all, solo, chosen) {
  if (!header) return nothing;
  const order = [...header.labels].sort((a, b) => Math.round(a.y / 8192) - Math.round(b.y / 8192) || a.x - b.x);
  return repeat(order, (/** @type {any} */ l) => l.number, (/** @type {any} */ l) => {
    const segment = header.segments.find((/** @type {any} */ s) => s.number === l.number);
    return html`<button class="map-label off" data-label-x=${l.x} data-label-y=${l.y} data-number=${l.number} data-weight=${plain(segment?.count)}
      aria-label=${t("map.label", { number: l.number, name: nameOf(segment, all), count: count(segment?.count) })} aria-pressed=${chosen.includes(l.number)}
      @click=${(/** @type {MouseEvent} */ e) => solo(l.number, e.shiftKey)}>${badge(l.number)}<span class="map-label-name">${nameOf(segment, all)}</span></button>`;
  });
}

/** Stands on the side of the point that has room. @param {any} tip */
const tooltip = ({ x, y, left, above, detail }) => html`<div
  class="map-tip"
  .style=${`transform: translate(${Math.round(x) + (left ? -14 : 14)}px, ${Math.round(y) + (above ? -10 : 10)}px) translate(${left ? -100 : 0}%, ${above ? -100 : 0}%)`}
>
  ${detail
    ? html`<p>${badge(detail.segment.number)} <strong>${detail.segment.name}</strong></p>
        <p class="small muted"><code>${detail.id}</code> · ${t("map.confidence", { share: share(detail.confidence) })}${detail.outlier ? html` · ${t("members.outlier")}` : nothing}</p>
        ${detail.text ? html`<p class="tip-text">${detail.text}</p>` : nothing}`
    : html`<p class="small muted">${t("map.reading")}</p>`}
</div>`;

/** Says what is on the screen; nothing is left out in silence. @param {any} header @param {Points | null} points @param {{drawn: number, moving: boolean}} frame @param {number[]} chosen */
function footer(header, points, frame, chosen) {
  if (!header || !points) return t("map.loading");
  const parts = [];
  if (points.loaded < points.n) parts.push(t("map.arriving", { done: count(points.loaded), total: count(points.n) }));
  else if (frame.moving && frame.drawn < points.n) parts.push(t("map.partial", { done: count(frame.drawn), total: count(points.n) }));
  else parts.push(t("map.all", { count: points.n }));
  if (chosen.length) parts.push(t("map.dimmed", { count: chosen.length }));
  parts.push(t("map.axes"));
  return parts.join(" · ");
}
