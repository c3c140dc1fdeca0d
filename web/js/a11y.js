// @ts-check
import { state, update, setting } from "./store.js";

/** Says a sentence to screen readers through the page's one status region. @param {string} text */
export function announce(text) {
  const region = document.getElementById("status");
  if (!region) return;
  // Emptied first: the same sentence twice is announced twice.
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
}

/**
 * Puts a layer (dialog, sheet) on top. `Esc` closes it and focus goes back to where it was.
 * @param {{title: string, body: () => any, wide?: boolean, onClose?: () => void}} layer
 */
export function openLayer(layer) {
  const opener = /** @type {HTMLElement | null} */ (document.activeElement);
  state.layers.push({ ...layer, opener });
  update();
}

export function closeLayer() {
  const layer = state.layers.pop();
  update();
  if (!layer) return;
  layer.onClose?.();
  queueMicrotask(() => layer.opener?.isConnected && layer.opener.focus());
}

/**
 * A short message at the foot of the page, with an optional way back for ten seconds.
 * @param {string} text @param {{label: string, run: () => void}} [action]
 */
export function toast(text, action) {
  const item = { text, action, key: Math.random() };
  // One way back at a time: an older Undo would undo something else than what was done last.
  if (action) state.toasts = state.toasts.filter((other) => !other.action);
  state.toasts.push(item);
  announce(text);
  setTimeout(() => dropToast(item), action ? 10_000 : 5_000);
  update();
}

/** @param {any} item */
export function dropToast(item) {
  state.toasts = state.toasts.filter((other) => other !== item);
  update();
}

/** @param {string} text @param {string} done */
export async function copy(text, done) {
  await navigator.clipboard.writeText(text);
  toast(done);
}

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

/** True where a single key must stay what it is: a letter that is being typed. @param {KeyboardEvent} e */
export const isTyping = (e) =>
  e.isComposing || e.ctrlKey || e.metaKey || e.altKey || /** @type {Element} */ (e.target).matches?.(TYPING);

/**
 * Shortcuts of the whole page: `g` and a letter goes somewhere, `?` lists them. Can be switched off in Settings.
 * @param {Record<string, () => void>} places by letter @param {() => void} help
 */
export function shortcuts(places, help) {
  let waiting = 0;
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || isTyping(e) || state.layers.length) return;
    if (setting.read("shortcuts", "on") === "off") return;
    const key = e.key.toLowerCase();
    const second = Date.now() - waiting < 1500;
    waiting = 0;
    if (second && places[key]) {
      e.preventDefault();
      places[key]();
    } else if (e.key === "?") {
      e.preventDefault();
      help();
    } else if (key === "g") {
      waiting = Date.now();
    } else {
      state.view?.onKey?.(e);
    }
  });
}
