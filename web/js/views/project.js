// @ts-check
import { nothing } from "../lib/lit.js";
import { state, publishedRun } from "../store.js";
import { get } from "../api.js";
import { go, importPath, runPath } from "../router.js";

/** `/p/{project}` is an address to remember: it leads to where the project stands now. */
export function open() {
  const { project } = state;
  const run = publishedRun() ?? state.runs[0];
  let left = false;
  const to = (/** @type {string} */ target) => left || go(target, { replace: true });
  if (run) queueMicrotask(() => to(runPath(project, run, run.state === "succeeded" ? "segments" : "progress")));
  // Files that were imported wait for their roles.
  else get(`/projects/${project.id}/datasets`).then(({ data }) => to(importPath(project, data[0]?.id)), () => to(importPath(project)));
  return { title: () => project.name, close: () => (left = true), render: () => nothing };
}
