// @ts-check
import { html } from "../lib/lit.js";

/** Class that carries the colour of a segment; above 20 all share the neutral. @param {number} number */
export const segmentClass = (number) => (number >= 1 && number <= 20 ? `seg-${number}` : "seg-more");

/** Swatch and number of a segment, never colour alone. @param {number} number */
export const badge = (number) =>
  html`<span class="badge ${segmentClass(number)}"><span class="swatch" aria-hidden="true"></span>${number}</span>`;
