// @ts-check

/** @typedef {{name: string, params: Record<string, string>, query: URLSearchParams, path: string}} Route */

/** @type {[string, RegExp, string[]][]} */
const ROUTES = [
  ["home", /^\/$/, []],
  ["settings", /^\/settings$/, []],
  ["docs", /^\/docs$/, []],
  ["errors", /^\/docs\/errors$/, []],
  ["project", /^\/p\/([^/]+)$/, ["project"]],
  ["import", /^\/p\/([^/]+)\/import(?:\/([^/]+))?$/, ["project", "dataset"]],
  ["progress", /^\/p\/([^/]+)\/r\/(\d+)\/progress$/, ["project", "run"]],
  ["segments", /^\/p\/([^/]+)\/r\/(\d+)(?:\/segments)?$/, ["project", "run"]],
  ["profile", /^\/p\/([^/]+)\/r\/(\d+)\/segments\/(\d+)$/, ["project", "run", "segment"]],
  ["compare", /^\/p\/([^/]+)\/r\/(\d+)\/compare$/, ["project", "run"]],
  ["map", /^\/p\/([^/]+)\/r\/(\d+)\/map$/, ["project", "run"]],
  ["chat", /^\/p\/([^/]+)\/r\/(\d+)\/chat(?:\/([^/]+))?$/, ["project", "run", "chat"]],
  ["briefs", /^\/p\/([^/]+)\/r\/(\d+)\/briefs$/, ["project", "run"]],
  ["brief", /^\/p\/([^/]+)\/r\/(\d+)\/briefs\/([^/]+)$/, ["project", "run", "brief"]],
];

/** @param {{pathname: string, search: string}} address @returns {Route} */
export function parse(address) {
  const path = address.pathname.length > 1 ? address.pathname.replace(/\/+$/, "") : address.pathname;
  const query = new URLSearchParams(address.search);
  for (const [name, pattern, names] of ROUTES) {
    const hit = pattern.exec(path);
    if (!hit) continue;
    /** @type {Record<string, string>} */
    const params = {};
    names.forEach((key, i) => hit[i + 1] !== undefined && (params[key] = decodeURIComponent(hit[i + 1])));
    return { name, params, query, path };
  }
  return { name: "missing", params: {}, query, path };
}

/** @type {(route: Route, moved: boolean) => void} */
let changed = () => {};

/** Starts routing. @param {(route: Route, moved: boolean) => void} onChange moved: by a link, not by Back or load */
export function start(onChange) {
  changed = onChange;
  window.addEventListener("popstate", () => changed(parse(location), false));
  document.addEventListener("click", (e) => {
    const link = /** @type {Element} */ (e.target).closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || e.defaultPrevented || e.button !== 0) return;
    if (e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || link.target || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || /^\/(api|v1|assets|webjars|health|openapi)\b/.test(link.pathname)) return;
    if (link.pathname === location.pathname && link.hash) return;
    e.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
  changed(parse(location), false);
}

/** Goes to an address of the page. @param {string} href @param {{replace?: boolean}} [how] */
export function go(href, how = {}) {
  if (how.replace) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  changed(parse(location), !how.replace);
}

/** Writes view state into the address without leaving the view. @param {Record<string, string | null>} changes */
export function setQuery(changes) {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === "") query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString().replaceAll("%2C", ",");
  history.replaceState(null, "", location.pathname + (text ? `?${text}` : ""));
  changed(parse(location), false);
}

/** Address of a page of a run. @param {any} project @param {any} run @param {string} page */
export const runPath = (project, run, page) => `/p/${encodeURIComponent(project.slug)}/r/${run.number}/${page}`;

/** @param {any} project @param {string} [dataset] */
export const importPath = (project, dataset) =>
  `/p/${encodeURIComponent(project.slug)}/import${dataset ? `/${encodeURIComponent(dataset)}` : ""}`;
