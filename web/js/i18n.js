// @ts-check
import { readJson } from "./api.js";

/** @typedef {string | {arg: string, kind?: "plural" | "select", cases?: Record<string, Part[]>} | "#"} Part */

export const LANGUAGES = ["en", "zh-CN"];
const FILES = { en: "../i18n/en.json", "zh-CN": "../i18n/zh-CN.json" };
const HASH = { arg: "#" };

let language = "en";
/** @type {Record<string, string>} */
let messages = {};
/** @type {Map<string, any[]>} */
const parsed = new Map();
let plurals = new Intl.PluralRules("en");
let numbers = new Intl.NumberFormat("en");

/** The language of the interface. */
export const locale = () => language;

/** The remembered language, else the browser's, else English. */
export const preferredLanguage = () => {
  const kept = document.documentElement.lang;
  return LANGUAGES.includes(kept) ? kept : "en";
};

/** Loads a language and makes it the one of the page. @param {string} wanted */
export async function useLanguage(wanted) {
  const next = LANGUAGES.includes(wanted) ? wanted : "en";
  messages = await readJson(new URL(FILES[/** @type {"en"} */ (next)], import.meta.url));
  language = next;
  parsed.clear();
  plurals = new Intl.PluralRules(next);
  numbers = new Intl.NumberFormat(next);
  document.documentElement.lang = next;
}

/**
 * A translator for another language than the page's, for a text that keeps its own, such as a brief.
 * @param {string} wanted @returns {Promise<(key: string, args?: Record<string, any>) => string>}
 */
export async function translator(wanted) {
  if (wanted === language) return t;
  const other = await readJson(new URL(FILES[/** @type {"en"} */ (wanted)] ?? FILES.en, import.meta.url));
  return (key, args = {}) => write(parse({ text: other[key] ?? key, at: 0 }, false), args, "");
}

/**
 * The message of a key. Numbers among the arguments are formatted for the language.
 * Understands `{name}`, `{n, plural, =0 {…} one {# row} other {# rows}}` and `{x, select, a {…} other {…}}`.
 * @param {string} key
 * @param {Record<string, any>} [args]
 * @returns {string}
 */
export function t(key, args = {}) {
  let parts = parsed.get(key);
  if (!parts) {
    const text = messages[key];
    parts = text === undefined ? [key] : parse({ text, at: 0 }, false);
    parsed.set(key, parts);
  }
  return write(parts, args, "");
}

/** @param {any[]} parts @param {Record<string, any>} args @param {string} hash @returns {string} */
function write(parts, args, hash) {
  let out = "";
  for (const part of parts) {
    if (typeof part === "string") out += part;
    else if (part === HASH) out += hash;
    else if (!part.kind) out += show(args[part.arg]);
    else out += choose(part, args);
  }
  return out;
}

/** @param {any} part @param {Record<string, any>} args */
function choose(part, args) {
  const value = args[part.arg];
  const word = part.kind === "plural" ? plurals.select(Number(value)) : String(value);
  const exact = part.kind === "plural" ? part.cases[`=${value}`] : undefined;
  return write(exact ?? part.cases[word] ?? part.cases.other ?? [], args, show(value));
}

/** @param {any} value */
const show = (value) => (typeof value === "number" ? numbers.format(value) : String(value ?? ""));

/** @param {{text: string, at: number}} source @param {boolean} inCase @returns {any[]} */
function parse(source, inCase) {
  const parts = [];
  let plain = "";
  while (source.at < source.text.length) {
    const c = source.text[source.at];
    if (c === "}" && inCase) break;
    source.at++;
    if (c !== "{" && !(c === "#" && inCase)) {
      plain += c;
      continue;
    }
    if (plain) parts.push(plain);
    plain = "";
    parts.push(c === "#" ? HASH : argument(source));
  }
  if (plain) parts.push(plain);
  return parts;
}

/** @param {{text: string, at: number}} source */
function argument(source) {
  const head = /^\s*(\w+)\s*(?:,\s*(plural|select)\s*,)?\s*/.exec(source.text.slice(source.at));
  if (!head) throw new Error(`message: no argument name at ${source.at} in "${source.text}"`);
  source.at += head[0].length;
  /** @type {any} */
  const part = { arg: head[1] };
  if (head[2]) {
    part.kind = head[2];
    part.cases = {};
    while (source.text[source.at] !== "}") {
      const name = /^\s*(=?[\w-]+)\s*\{/.exec(source.text.slice(source.at));
      if (!name) throw new Error(`message: no case at ${source.at} in "${source.text}"`);
      source.at += name[0].length;
      part.cases[name[1]] = parse(source, true);
      source.at++;
      source.at += /^\s*/.exec(source.text.slice(source.at))?.[0].length ?? 0;
    }
  }
  source.at++;
  return part;
}
