// @ts-check
import { update } from "./store.js";

/**
 * @template T
 * @typedef {{data: T | null, error: any, phase: 0 | 1 | 2 | 3, busy: boolean,
 *            load: (read: (signal: AbortSignal) => Promise<T>) => Promise<void>, retry: () => void, stop: () => void}} Loader
 */

/**
 * Something read from the server, with the phases of waiting: 0 nothing yet (under 100 ms), 1 a thin bar,
 * 2 a skeleton (over 1 s), 3 words and a way out (over 3 s). Old data stays while new data is read.
 * @template T
 * @returns {Loader<T>}
 */
export function loader() {
  /** @type {AbortController | null} */
  let going = null;
  /** @type {any[]} */
  let timers = [];
  /** @type {((signal: AbortSignal) => Promise<T>) | null} */
  let latest = null;

  const settle = () => {
    timers.forEach(clearTimeout);
    timers = [];
    self.busy = false;
    self.phase = 0;
  };

  /** @type {Loader<T>} */
  const self = {
    data: null,
    error: null,
    phase: 0,
    busy: false,
    async load(read) {
      self.stop();
      latest = read;
      const mine = (going = new AbortController());
      self.busy = true;
      self.error = null;
      timers = [100, 1000, 3000].map((ms, i) =>
        setTimeout(() => {
          self.phase = /** @type {1 | 2 | 3} */ (i + 1);
          update();
        }, ms),
      );
      try {
        const data = await read(mine.signal);
        if (mine.signal.aborted) return;
        self.data = data;
      } catch (e) {
        if (mine.signal.aborted) return;
        self.error = e;
        if (!(/** @type {any} */ (e).body)) console.error(e);
      }
      settle();
      update();
    },
    retry() {
      if (latest) self.load(latest);
      update();
    },
    stop() {
      going?.abort();
      settle();
    },
  };
  return self;
}
