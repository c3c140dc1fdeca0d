// @ts-check
import { Painter } from "./map-paint.js";
import { Points } from "./map-data.js";

const WORKER = new URL("./map-worker.js", import.meta.url).href;

/** The one script address that may become a worker under Trusted Types. */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("coterie", {
  createScriptURL(/** @type {string} */ url) {
    if (url !== WORKER) throw new TypeError("not the map worker");
    return url;
  },
});

/**
 * Where frames are painted: a worker, or the page itself. One frame is under way at a time and the newest view wins.
 * @param {HTMLCanvasElement} canvas @param {(frame: {ms: number, drawn: number, moving: boolean}) => void} onPainted
 */
export function stage(canvas, onPainted) {
  /** @type {any} */
  let next = null;
  let busy = false;
  const worker = startWorker(canvas, (data) => {
    busy = false;
    onPainted(data);
    flush();
  });
  const painter = worker ? null : new Painter();
  const context = worker ? null : canvas.getContext("2d");

  function flush() {
    if (busy || !next) return;
    const job = next;
    next = null;
    if (worker) {
      busy = true;
      worker.postMessage({ type: "paint", ...job });
    } else if (painter && context) onPainted({ ...painter.paint(context, job.view, job.shown, job.moving), moving: job.moving });
  }

  return {
    /** @param {number} n @param {number[][]} colors */
    header(n, colors) {
      worker?.postMessage({ type: "header", n, colors });
      if (painter) Object.assign(painter, { points: new Points(n), colors });
    },
    /** @param {import("./map-data.js").Block} block @param {number} at */
    block(block, at) {
      worker?.postMessage({ type: "block", block, at });
      painter?.points?.add(block, at);
    },
    /** @param {{view: any, shown: any, moving: boolean}} job */
    paint(job) {
      next = job;
      if (worker) flush();
      else requestAnimationFrame(flush);
    },
    close: () => worker?.terminate(),
  };
}

/** @param {HTMLCanvasElement} canvas @param {(data: any) => void} onMessage @returns {Worker | null} */
function startWorker(canvas, onMessage) {
  if (!canvas.transferControlToOffscreen) return null;
  try {
    const worker = new Worker(policy ? policy.createScriptURL(WORKER) : WORKER, { type: "module" });
    const offscreen = canvas.transferControlToOffscreen();
    worker.postMessage({ type: "canvas", canvas: offscreen }, [offscreen]);
    worker.onmessage = ({ data }) => onMessage(data);
    return worker;
  } catch (e) {
    console.error(e);
    return null;
  }
}
