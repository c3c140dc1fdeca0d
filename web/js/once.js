// @ts-check

/** How long a wish whose answer never came is taken for the same when it is made again. */
const REMEMBERED = 10 * 60_000;
const AGAIN_AFTER = 1000;
const TRIES = 60;

/** Keys of wishes that were sent and not answered. @type {Map<string, {key: string, at: number}>} */
const open = new Map();

/**
 * Sends a wish under an idempotency key that stays the same until the server has answered it: after a lost
 * connection a person who tries again gets what the first try did, not a second one of it.
 * @template T
 * @param {string} wish what tells this wish from others: address and content
 * @param {(key: string) => Promise<T>} send
 * @returns {Promise<T>}
 */
export async function carriedOutOnce(wish, send) {
  const before = open.get(wish);
  const { key } = before && Date.now() - before.at < REMEMBERED ? before : { key: uniqueKey() };
  open.set(wish, { key, at: Date.now() });
  for (let tries = 1; ; tries++) {
    try {
      const answer = await send(key);
      open.delete(wish);
      return answer;
    } catch (e) {
      const { status, code } = /** @type {any} */ (e);
      // The first try got through after all and is still at work: its answer is worth waiting for.
      if (code === "still_running" && tries < TRIES) await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
      else {
        if (status >= 400 && status < 500 && code !== "still_running") open.delete(wish);
        throw e;
      }
    }
  }
}

const uniqueKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
