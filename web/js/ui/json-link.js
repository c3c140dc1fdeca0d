// @ts-check
import { html } from "../lib/lit.js";
import { accessKey, BASE, get } from "../api.js";
import { openLayer } from "../a11y.js";
import { loader } from "../load.js";
import { loaded } from "./states.js";

/**
 * A link to an answer of the API. On a server behind a key it opens in a layer, as a plain link cannot carry the key.
 * @param {string} path below /api/v1, or whole @param {any} label @param {string} [css]
 */
export const jsonLink = (path, label, css = "") => html`<a
  class=${css}
  href=${path.startsWith(BASE) ? path : BASE + path}
  target="_blank"
  rel="noopener"
  @click=${(/** @type {MouseEvent} */ e) => {
    if (!accessKey()) return;
    e.preventDefault();
    const answer = loader();
    answer.load((signal) => get(path, signal));
    openLayer({
      title: path,
      wide: true,
      onClose: answer.stop,
      body: () => loaded(answer, (/** @type {any} */ data) => html`<pre class="sent" tabindex="0">${JSON.stringify(data, null, 2)}</pre>`, { rows: 4 }),
    });
  }}
  >${label}</a
>`;
