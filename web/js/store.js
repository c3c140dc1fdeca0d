// @ts-check
import { get, getAll, Problem } from "./api.js";

/**
 * What the whole page shares. A view keeps what only it needs.
 * @type {{info: any, projects: any[] | null, project: any, runs: any[], run: any, failure: Problem | null, retry: (() => void) | null,
 *         jobs: any[], toasts: any[], layers: any[], view: any, route: any}}
 */
export const state = {
  info: null,
  projects: null,
  project: null,
  runs: [],
  run: null,
  failure: null,
  /** Opens the place that failed to open once more. */
  retry: null,
  jobs: [],
  toasts: [],
  layers: [],
  view: null,
  route: null,
};

/** @type {() => void} */
let draw = () => {};
let queued = false;

/** @param {() => void} painter draws the page from the state */
export const paintWith = (painter) => (draw = painter);

/** Asks for one redraw; many calls in a turn make one. */
export function update() {
  if (queued) return;
  queued = true;
  queueMicrotask(() => {
    queued = false;
    draw();
  });
}

/** What a person chose for this browser. */
export const setting = {
  /** @param {string} name @param {string} fallback @returns {string} */
  read(name, fallback) {
    try {
      return localStorage.getItem(`coterie.${name}`) ?? fallback;
    } catch {
      return fallback;
    }
  },
  /** @param {string} name @param {string} value */
  write(name, value) {
    try {
      localStorage.setItem(`coterie.${name}`, value);
    } catch {
      // Storage is off: the choice lasts as long as the page.
    }
  },
};

export async function loadInfo() {
  state.info = await get("/info");
  update();
}

export async function loadProjects() {
  state.projects = await getAll("/projects");
  update();
}

/** Brings the project and run of an address into the state. @param {{project?: string, run?: string}} params */
export async function loadPlace(params) {
  const wanted = params.project;
  if (!wanted) return;
  if (state.project?.slug !== wanted && state.project?.id !== wanted) await loadProject(wanted);
  const number = Number(params.run);
  if (params.run && !state.runs.some((r) => r.number === number)) await loadProject(wanted);
  if (params.run) {
    state.run = state.runs.find((r) => r.number === number) ?? null;
    if (!state.run) throw new Problem({ status: 404, code: "no_run", run: params.run });
  } else {
    state.run = publishedRun() ?? state.runs[0] ?? null;
  }
}

/** @param {string} wanted id or slug */
export async function loadProject(wanted) {
  const project = await get(`/projects/${encodeURIComponent(wanted)}`).catch((e) => {
    throw e.status === 404 ? new Problem({ ...e.body, code: "no_project" }) : e;
  });
  state.runs = await getAll(`/projects/${project.id}/runs`);
  state.project = project;
  if (state.run && state.run.project !== project.id) state.run = null;
  state.run = state.runs.find((r) => r.id === state.run?.id) ?? state.run;
  setting.write("project", project.slug);
}

export const publishedRun = () => state.runs.find((r) => r.published);

const ACTIVE = ["queued", "running", "paused", "waiting"];
/** @param {any} job */
export const isActive = (job) => ACTIVE.includes(job.state);

export async function loadJobs() {
  const answer = await get("/jobs?limit=20");
  state.jobs = answer.data;
  update();
}
