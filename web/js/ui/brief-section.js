// @ts-check
import { html, nothing } from "../lib/lit.js";
import { inline } from "../md.js";

const SOURCES = { data: "brief.source_data", writer: "brief.source_writer", hypothesis: "brief.source_hypothesis", human: "brief.source_human" };

/** Where words come from. @param {string} source @param {(key: string) => string} say in the language of the brief */
const mark = (source, say) => html`<span class="source-mark source-${source}">${say(SOURCES[/** @type {"data"} */ (source)] ?? SOURCES.data)}</span>`;

/** One of the thirteen sections. @param {any} section @param {number} number @param {any} brief */
export const briefSection = (section, number, brief) => html`<section class="brief-section" id="s-${section.key}" tabindex="-1" aria-labelledby="h-${section.key}">
  <h3 id="h-${section.key}"><span class="section-number">${number}</span>${section.title}${mark(section.source, brief.say)}</h3>
  ${!section.items?.length
    ? html`<p class="muted">${brief.say("brief.no_data")}</p>`
    : section.items.length === 1
      ? html`<div class="brief-single">${itemBody(section.items[0], section, brief)}</div>`
      : html`<ul class="brief-items">${section.items.map((/** @type {any} */ item) => html`<li>${itemBody(item, section, brief)}</li>`)}</ul>`}
</section>`;

/** A statement with its quotes; its own mark where it differs from its section's. @param {any} item @param {any} section @param {any} brief */
const itemBody = (item, section, brief) => html`${inline(item.text ?? "", brief.facts)}${item.source && item.source !== section.source ? html` ${mark(item.source, brief.say)}` : nothing}
  ${item.quotes?.map((/** @type {any} */ q) => html`<blockquote class=${q.kind ?? ""}>${q.text}</blockquote>`)}`;
