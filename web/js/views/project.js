// @ts-check
import { nothing } from "../lib/lit.js";
import { state, publishedRun } from "../store.js";
import { go, importPath, runPath } from "../router.js";

/** `/p/{project}` is an address to remember: it leads to where the project stands now. */
export function open() {
  const { project } = state;
  const run = publishedRun() ?? state.runs[0];
  const target = !run ? importPath(project) : runPath(project, run, run.state === "succeeded" ? "segments" : "progress");
  queueMicrotask(() => go(target, { replace: true }));
  return { title: () => project.name, render: () => nothing };
}
