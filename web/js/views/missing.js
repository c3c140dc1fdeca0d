// @ts-check
import { html } from "../lib/lit.js";
import { t } from "../i18n.js";
import { empty } from "../ui/states.js";

/** An address that is none of ours. */
export const open = () => ({
  title: () => t("missing.title"),
  render: () => html`<h1>${t("missing.title")}</h1>
    ${empty(t("missing.text"), html`<a class="btn btn-primary" href="/">${t("nav.home")}</a>`)}`,
});
