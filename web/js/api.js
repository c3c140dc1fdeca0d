// @ts-check
// The only module that talks to the server.
import { locale } from "./i18n.js";
import { carriedOutOnce } from "./once.js";

export const BASE = "/api/v1";
const KEY = "coterie.key";

/** An answer that is not a success, or no answer at all (status 0). */
export class Problem extends Error {
  /** @param {Record<string, any>} body */
  constructor(body) {
    super(body.detail || body.title || body.code);
    this.body = body;
    this.status = body.status ?? 0;
    this.code = body.code ?? "unknown";
  }
}

/** The key a person typed for a server that asks for one; kept for the tab only. */
export const accessKey = () => sessionStorage.getItem(KEY);
/** @param {string} key */
export const rememberKey = (key) => sessionStorage.setItem(KEY, key);

/** An asset of the page itself. @param {URL} url */
export async function readJson(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Problem({ status: answer.status, code: "asset", detail: url.pathname });
  return answer.json();
}

/** @param {Record<string, string>} [more] @returns {Record<string, string>} */
function headers(more = {}) {
  const key = accessKey();
  return {
    Accept: "application/json",
    "Accept-Language": locale(),
    "X-Coterie": "1",
    ...(key ? { Authorization: `Bearer ${key}` } : {}),
    ...more,
  };
}

/** @param {Response} answer */
async function problemOf(answer) {
  let body = null;
  try {
    body = await answer.json();
  } catch {
    // Not JSON: a proxy answered, or nothing did. The status alone must do.
  }
  const id = answer.headers.get("X-Request-Id");
  return new Problem({ request_id: id, ...(body ?? {}), status: answer.status, code: body?.code ?? `http_${answer.status}` });
}

/**
 * @param {string} method @param {string} path below /api/v1
 * @param {{body?: any, signal?: AbortSignal, headers?: Record<string, string>}} [options]
 * @returns {Promise<Response>}
 */
export async function send(method, path, options = {}) {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const extra = { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...options.headers };
  const ask = (/** @type {Record<string, string>} */ more) => answerOf(method, path, body, { ...extra, ...more }, options.signal);
  return method === "POST" ? carriedOutOnce(`${path} ${body ?? ""}`, (key) => ask({ "Idempotency-Key": key })) : ask({});
}

/** @param {string} method @param {string} path @param {string | undefined} body @param {Record<string, string>} extra @param {AbortSignal} [signal] */
async function answerOf(method, path, body, extra, signal) {
  let answer;
  try {
    answer = await fetch(path.startsWith("/api/") ? path : BASE + path, { method, signal, headers: headers(extra), body });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new Problem({ status: 0, code: "offline" });
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

/** @param {string} method @param {string} path @param {object} options */
async function json(method, path, options) {
  const answer = await send(method, path, options);
  return answer.status === 204 ? null : answer.json();
}

/** @param {string} path @param {AbortSignal} [signal] @returns {Promise<any>} */
export const get = (path, signal) => json("GET", path, { signal });
/** @type {Map<string, Promise<any>>} */
const underWay = new Map();

/** What is pressed twice while its answer is still out is asked once. @param {string} path @param {any} [body] @param {Record<string, string>} [more] @returns {Promise<any>} */
export function post(path, body = {}, more = {}) {
  const wish = `${path} ${JSON.stringify(body)}`;
  const going = underWay.get(wish) ?? json("POST", path, { body, headers: more }).finally(() => underWay.delete(wish));
  underWay.set(wish, going);
  return going;
}
/** @param {string} path @param {any} body @returns {Promise<any>} */
export const put = (path, body) => json("PUT", path, { body });
/** @param {string} path @param {any} body @param {Record<string, string>} [more] @returns {Promise<any>} */
export const patch = (path, body, more = {}) => json("PATCH", path, { body, headers: more });
/** @param {string} path @returns {Promise<any>} */
export const remove = (path) => json("DELETE", path, {});

/** Every row of a list, page after page, up to a bound. @param {string} path @param {AbortSignal} [signal] @param {number} [most] */
export async function getAll(path, signal, most = 1000) {
  const join = path.includes("?") ? "&" : "?";
  const rows = [];
  let cursor = "";
  do {
    const answer = await get(`${path}${join}limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, signal);
    rows.push(...answer.data);
    cursor = answer.page?.next ?? "";
  } while (cursor && rows.length < most);
  return rows;
}

/**
 * Sends files with progress. fetch cannot report what has been sent, XMLHttpRequest can.
 * @param {string} path @param {File[]} files
 * @param {(done: number, total: number) => void} onProgress @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
export function upload(path, files, onProgress, signal) {
  const wish = [path, ...files.map((file) => `${file.name} ${file.size} ${file.lastModified}`)].join("\n");
  return carriedOutOnce(wish, (key) => uploaded(path, files, key, onProgress, signal));
}

/** @param {string} path @param {File[]} files @param {string} key @param {(done: number, total: number) => void} onProgress @param {AbortSignal} signal @returns {Promise<any>} */
function uploaded(path, files, key, onProgress, signal) {
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", BASE + path);
    const all = headers({ "Idempotency-Key": key });
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = (e) => onProgress(e.loaded, e.total);
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Problem({ code: `http_${request.status}`, ...(request.response ?? {}), status: request.status }));
    };
    request.onerror = () => reject(new Problem({ status: 0, code: "offline" }));
    request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/** Saves an answer as a file, for servers where a plain link lacks the key. @param {string} path @param {string} name */
export async function saveAs(path, name) {
  const answer = await send("GET", path, { headers: { Accept: "*/*" } });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
