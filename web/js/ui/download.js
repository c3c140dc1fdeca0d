// @ts-check
import { html } from "../lib/lit.js";
import { accessKey, BASE, saveAs } from "../api.js";
import { toast } from "../a11y.js";
import { t } from "../i18n.js";
import { icon } from "./icon.js";
import { wordsOf } from "./states.js";

/**
 * A link that saves a file. A server behind a key gets it by fetch, as a plain link cannot carry the key.
 * @param {string} path below /api/v1, or whole @param {string} name file name @param {string} label
 */
export const downloadLink = (path, name, label) => html`<a
  class="btn"
  href=${path.startsWith("/api/") ? path : BASE + path}
  download=${name}
  @click=${async (/** @type {MouseEvent} */ e) => {
    if (!accessKey()) return;
    e.preventDefault();
    try {
      await saveAs(path, name);
    } catch (problem) {
      toast(t("toast.not_saved", { why: wordsOf(problem).detail }));
    }
  }}
  >${icon("down")}${label}</a
>`;

/** Everything that a run leaves behind, in one archive. @param {any} project @param {any} run */
export const exportLink = (project, run) => downloadLink(`/runs/${run.id}/export`, `${project.slug}-run-${run.number}.zip`, t("run.export"));
