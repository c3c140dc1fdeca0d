// @ts-check
// A small part of Markdown into templates: paragraphs, headings, lists, tables, quotes, bold, emphasis, code, links.
// Text stays text: nothing here ever becomes HTML. Links lead only to pages of this site.
import { html } from "./lib/lit.js";
import { leadUp, markedChip } from "./ui/figure-chip.js";

/** @param {string} text @param {Record<string, any>} facts for references `{{f1}}` @returns {any[]} */
export function markdown(text, facts) {
  const lines = text.replace(/\r/g, "").split("\n");
  const blocks = [];
  let at = 0;
  const take = (/** @type {RegExp} */ pattern) => {
    const start = at;
    while (at < lines.length && pattern.test(lines[at])) at++;
    return lines.slice(start, at);
  };
  while (at < lines.length) {
    const line = lines[at];
    if (!line.trim()) at++;
    else if (/^#{1,6}\s/.test(line)) blocks.push(heading(lines[at++], facts));
    else if (/^\s*[-*•]\s+/.test(line)) blocks.push(html`<ul>${items(take(/^\s*[-*•]\s+/), facts)}</ul>`);
    else if (/^\s*\d+[.)]\s+/.test(line)) blocks.push(html`<ol>${items(take(/^\s*\d+[.)]\s+/), facts)}</ol>`);
    else if (/^\s*>/.test(line)) blocks.push(html`<blockquote>${inline(take(/^\s*>/).map((l) => l.replace(/^\s*>\s?/, "")).join("\n"), facts)}</blockquote>`);
    else if (/^\s*\|.*\|\s*$/.test(line)) blocks.push(table(take(/^\s*\|.*\|\s*$/), facts));
    else {
      const start = at++;
      while (at < lines.length && lines[at].trim() && !/^(#{1,6}\s|\s*[-*•]\s|\s*\d+[.)]\s|\s*>|\s*\|)/.test(lines[at])) at++;
      blocks.push(html`<p>${inline(lines.slice(start, at).join("\n"), facts)}</p>`);
    }
  }
  return blocks;
}

/** @param {string} line @param {Record<string, any>} facts */
function heading(line, facts) {
  const words = inline(line.replace(/^#+\s+/, ""), facts);
  // The page has its own h1 and h2; a text inside it starts below them.
  return /^##?\s/.test(line) ? html`<h3>${words}</h3>` : html`<h4>${words}</h4>`;
}

/** @param {string[]} lines @param {Record<string, any>} facts */
const items = (lines, facts) => lines.map((l) => html`<li>${inline(l.replace(/^\s*([-*•]|\d+[.)])\s+/, ""), facts)}</li>`);

/** @param {string[]} lines @param {Record<string, any>} facts */
function table(lines, facts) {
  const cells = lines
    .filter((l) => !/^\s*\|[\s:|-]+\|\s*$/.test(l))
    .map((l) => l.trim().replace(/^\||\|$/g, "").split("|").map((c) => c.trim()));
  const [head, ...rows] = cells;
  return html`<div class="table-wrap" tabindex="0"><table class="table compact">
    <thead><tr>${head.map((c) => html`<th scope="col">${inline(c, facts)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((c, i) => (i ? html`<td>${inline(c, facts)}</td>` : html`<th scope="row">${inline(c, facts)}</th>`))}</tr>`)}</tbody>
  </table></div>`;
}

const INLINE = /\{\{\s*(f\d+)\s*\}\}([，。；：、,.;:）)]?)|\*\*([^*]+)\*\*|(?<![\w*])\*([^*\s][^*]*)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\n/g;

/** @param {string} text @param {Record<string, any>} facts @returns {any[]} */
export function inline(text, facts) {
  const out = [];
  let last = 0;
  for (const hit of text.matchAll(INLINE)) {
    const [, reference, mark, bold, soft, code, words, href] = hit;
    out.push(leadUp(text.slice(last, hit.index), facts?.[reference]));
    last = hit.index + hit[0].length;
    if (reference) out.push(markedChip(facts?.[reference], mark));
    else if (bold) out.push(html`<strong>${inline(bold, facts)}</strong>`);
    else if (soft) out.push(html`<em>${inline(soft, facts)}</em>`);
    else if (code) out.push(html`<code>${code}</code>`);
    else if (words) out.push(/^\/(?!\/)/.test(href) ? html`<a href=${href}>${inline(words, facts)}</a>` : words);
    else out.push(html`<br />`);
  }
  out.push(text.slice(last));
  return out;
}
