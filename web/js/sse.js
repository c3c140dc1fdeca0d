// @ts-check
import { send, Problem } from "./api.js";

/** @typedef {{id: string, event: string, data: any}} ServerEvent */

/**
 * Reads the events of one answer until it ends. EventSource cannot POST, so this reads the stream of fetch.
 * @param {Response} answer @param {(event: ServerEvent) => void} onEvent
 */
async function readEvents(answer, onEvent) {
  if (!answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) onEvent(event);
    }
  }
}

/** @param {string} block @returns {ServerEvent | null} null for comments and heartbeats */
export function parseEvent(block) {
  let id = "";
  let event = "message";
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    const cut = line.indexOf(":");
    if (cut === 0) continue;
    const name = cut < 0 ? line : line.slice(0, cut);
    const value = cut < 0 ? "" : line.slice(cut + 1).replace(/^ /, "");
    if (name === "id") id = value;
    else if (name === "event") event = value;
    else if (name === "data") data.push(value);
  }
  return data.length ? { id, event, data: JSON.parse(data.join("\n")) } : null;
}

/**
 * Follows a stream to its terminal event, and takes it up again after a lost connection.
 * @param {{open: (after: string | null, signal: AbortSignal) => Promise<Response>, ends: string[],
 *          onEvent: (event: ServerEvent) => void, onLost?: (attempt: number) => void, signal: AbortSignal}} options
 */
export async function follow({ open, ends, onEvent, onLost, signal }) {
  /** @type {string | null} */
  let last = null;
  let ended = false;
  let attempt = 0;
  while (!ended && !signal.aborted) {
    try {
      const answer = await open(last, signal);
      await readEvents(answer, (event) => {
        if (ended) return;
        attempt = 0;
        if (event.id) last = event.id;
        ended = ends.includes(event.event);
        onEvent(event);
      });
    } catch (e) {
      if (signal.aborted) return;
      // A refusal stays a refusal; only a lost or busy server is worth another try.
      if (e instanceof Problem && e.status >= 400 && e.status < 500) throw e;
    }
    if (ended || signal.aborted) return;
    attempt++;
    onLost?.(attempt);
    await pause(Math.min(500 * 2 ** attempt, 10_000), signal);
  }
}

/** @param {number} ms @param {AbortSignal} signal @returns {Promise<void>} */
const pause = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });

/** Opens the events of a job or a message. @param {string} path */
export const eventsOf = (path) => (/** @type {string | null} */ after, /** @type {AbortSignal} */ signal) =>
  send("GET", path, {
    signal,
    headers: { Accept: "text/event-stream", ...(after ? { "Last-Event-ID": after } : {}) },
  });
