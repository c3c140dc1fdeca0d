// @ts-check
// Examples as commands, with the ids of what this server holds in the place of words such as SEGMENT.
import { get, accessKey } from "../api.js";
import { state } from "../store.js";
import { resolved } from "./document.js";

/** Ids to put into examples, as far as there is something to name. @returns {Promise<Record<string, string>>} */
export async function knownIds() {
  const project = state.project ?? state.projects?.find((p) => p.published_run) ?? state.projects?.[0];
  if (!project) return {};
  /** @type {Record<string, string>} */
  const ids = { PROJECT: project.id };
  try {
    const run = project.published_run?.id;
    if (!run) return ids;
    ids.RUN = run;
    const at = `/projects/${encodeURIComponent(project.id)}`;
    const [segments, customers, runs] = await Promise.all([get(`${at}/segments?limit=2`), get(`${at}/customers?limit=1`), get(`${at}/runs?limit=1000`)]);
    ids.SEGMENT = segments.data[0]?.id;
    ids.OTHER_SEGMENT = segments.data[1]?.id;
    ids.CUSTOMER = customers.data[0]?.id;
    ids.EVIDENCE = /** @type {any} */ (Object.values(segments.facts)[0])?.evidence;
    const own = runs.data.find((/** @type {any} */ r) => r.id === run);
    ids.DATASET = own?.dataset;
    ids.JOB = own?.job;
    ids.OTHER_RUN = runs.data.find((/** @type {any} */ r) => r.id !== run && r.state === "succeeded")?.id;
  } catch {
    // The examples then keep their words.
  }
  return ids;
}

const WORD = /\b[A-Z]{3,}(?:_[A-Z]+)?\b/g;

/** @param {string} text @param {Record<string, string>} ids */
const filled = (text, ids) => text.replace(WORD, (word) => ids[word] ?? word);

/** The words of an example that have no id here. @param {string} command */
export const openWords = (command) => [...new Set((command.match(WORD) ?? []).filter((word) => PLACES.includes(word)))];

const PLACES = ["PROJECT", "DATASET", "RUN", "OTHER_RUN", "SEGMENT", "OTHER_SEGMENT", "CUSTOMER", "EVIDENCE", "JOB", "BRIEF", "CHAT", "MESSAGE", "TOKEN"];

/** @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * An operation as a command for this server.
 * @param {any} doc @param {import("./document.js").Operation} operation @param {Record<string, string>} ids
 */
export function curl(doc, operation, ids) {
  let path = operation.path;
  const query = [];
  for (const each of operation.json.parameters ?? []) {
    const p = resolved(doc, each);
    if (p.in === "path") path = path.replace(`{${p.name}}`, filled(String(p.example), ids));
    if (p.in === "query" && p.example !== undefined) query.push(`${p.name}=${filled(String(p.example), ids)}`);
  }
  const url = location.origin + path + (query.length ? `?${query.join("&")}` : "");
  const lines = [`curl${operation.method === "get" ? "" : ` -X ${operation.method.toUpperCase()}`} ${quoted(url)}`];
  if (accessKey() || state.info?.keyless === false) lines.push('-H "Authorization: Bearer $COTERIE_KEY"');
  const content = operation.json.requestBody?.content ?? {};
  const json = content["application/json"];
  if (json?.example !== undefined) lines.push("-H 'Content-Type: application/json'", `-d ${quoted(filled(JSON.stringify(json.example), ids))}`);
  const form = content["multipart/form-data"];
  if (form) lines.push(form["x-curl"]);
  const answer = Object.keys(/** @type {any} */ (Object.values(operation.json.responses)[0])?.content ?? {});
  if (answer[0] === "text/event-stream") lines.push("-N");
  if (answer[0] === "application/octet-stream") lines.push("--compressed -o map.bin");
  if (answer[0] === "application/zip") lines.push("-o run.zip");
  return lines.join(" \\\n  ");
}
