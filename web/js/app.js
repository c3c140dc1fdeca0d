// @ts-check
import { render } from "./lib/lit.js";
import { preferredLanguage, useLanguage, t } from "./i18n.js";
import { Problem } from "./api.js";
import { state, update, paintWith, loadInfo, loadPlace, loadProject, loadProjects, setting } from "./store.js";
import { go, parse, start } from "./router.js";
import { shortcuts } from "./a11y.js";
import { openHelp, places, shell } from "./shell.js";
import { onLanguage } from "./preferences.js";
import { watchJobs } from "./ui/jobs-tray.js";

/** @type {Record<string, () => Promise<{open: (route: any) => any}>>} */
const VIEWS = {
  home: () => import("./views/home.js"),
  project: () => import("./views/project.js"),
  import: () => import("./views/import.js"),
  progress: () => import("./views/progress.js"),
  segments: () => import("./views/segments.js"),
  profile: () => import("./views/profile.js"),
  map: () => import("./views/map.js"),
  chat: () => import("./views/chat.js"),
  briefs: () => import("./views/briefs.js"),
  brief: () => import("./views/brief.js"),
  compare: () => import("./views/compare.js"),
  settings: () => import("./views/settings.js"),
  missing: () => import("./views/missing.js"),
};

let turn = 0;

/** @param {import("./router.js").Route} route @param {boolean} moved */
async function show(route, moved) {
  const same = state.view && state.route && !state.failure && state.route.path === route.path;
  state.route = route;
  if (same) {
    state.view.query?.(route.query);
    return update();
  }
  // A chat gets its address with its first question; the view that asked goes on.
  if (state.view?.adopt?.(route)) return update();
  const mine = ++turn;
  let module;
  try {
    const [loadedModule] = await Promise.all([moduleOf(route.name), loadPlace(route.params)]);
    module = loadedModule;
    if (mine === turn) state.failure = null;
  } catch (e) {
    if (mine !== turn) return;
    state.failure = /** @type {any} */ (e);
    state.retry = () => show(route, false);
  }
  if (mine !== turn) return;
  state.view?.close?.();
  state.view = module && !state.failure ? module.open(route) : null;
  update();
  if (moved) {
    window.scrollTo(0, 0);
    queueMicrotask(() => document.getElementById("main")?.focus({ preventScroll: true }));
  }
}

/** A view that cannot be fetched is a server that cannot be reached. @param {string} name */
const moduleOf = (name) =>
  VIEWS[name]().catch((e) => {
    console.warn(e);
    throw new Problem({ status: 0, code: "offline" });
  });

function paint() {
  const title = state.failure ? t("error.title") : state.view?.title?.();
  document.title = title ? `${title} · ${t("app.name")}` : t("app.name");
  render(shell(), /** @type {HTMLElement} */ (document.getElementById("app")));
}

async function reopen() {
  state.view?.close?.();
  state.view = null;
  const slug = state.project?.slug;
  await Promise.all([loadInfo(), loadProjects(), slug ? loadProject(slug) : null]).catch(() => {});
  show(parse(location), false);
}

async function boot() {
  await useLanguage(preferredLanguage());
  paintWith(paint);
  onLanguage(reopen);
  const last = setting.read("project", "");
  const inPlace = location.pathname.startsWith("/p/");
  await Promise.all([
    loadInfo().catch((e) => (state.failure = e)),
    loadProjects().catch(() => {}),
    // Home and Settings keep the rail of the project last seen; one that is gone is forgotten.
    last && !inPlace ? loadProject(last).then(() => loadPlace({ project: last })).catch(() => setting.write("project", "")) : null,
  ]);
  start(show);
  shortcuts(shortcutPlaces(), openHelp);
  watchJobs();
}

/** The letters follow the rail as it is when they are pressed. */
const shortcutPlaces = () =>
  new Proxy(/** @type {Record<string, () => void>} */ ({}), {
    get: (_, key) => {
      const place = places().find((p) => p.key === key);
      return place && (() => go(place.href));
    },
  });

boot();
