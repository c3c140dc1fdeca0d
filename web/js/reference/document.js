// @ts-check
// Reading an OpenAPI document: its operations, what a reference stands for, what a schema says in words.
import { t } from "../i18n.js";

const METHODS = ["get", "post", "put", "patch", "delete"];

/**
 * @typedef {{id: string, method: string, path: string, tag: string, summary: string, description: string, json: any, codes: string[], words: string}} Operation
 */

/** Every operation in the order of the document. @param {any} doc @returns {Operation[]} */
export function operationsOf(doc) {
  const all = [];
  for (const [path, item] of Object.entries(doc.paths)) {
    for (const method of METHODS) {
      const json = /** @type {any} */ (item)[method];
      if (!json) continue;
      const codes = Object.values(json.responses).flatMap((/** @type {any} */ r) => r["x-codes"] ?? []);
      const words = [method, path, json.operationId, json.summary, json.description].join(" ").toLowerCase();
      all.push({ id: json.operationId, method, path, tag: json.tags[0], summary: json.summary, description: json.description, json, codes, words });
    }
  }
  return all;
}

/** Those that hold every word. @param {Operation[]} operations @param {string} words */
export function found(operations, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter((o) => wanted.every((word) => o.words.includes(word)));
}

/** What stands behind a reference. @param {any} doc @param {any} node @returns {any} */
export function resolved(doc, node) {
  const ref = node?.$ref;
  if (!ref) return node ?? {};
  const target = ref.slice(2).split("/").reduce((/** @type {any} */ at, /** @type {string} */ key) => at?.[key], doc);
  // Words beside a reference are nearer than those behind it.
  const { $ref, ...beside } = node;
  return { ...resolved(doc, target), ...beside };
}

/**
 * What a schema allows, in a few words. @param {any} doc @param {any} node @returns {string}
 */
export function typeOf(doc, node) {
  const schema = resolved(doc, node);
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return [...new Set(either.map((/** @type {any} */ one) => typeOf(doc, one)))].join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((/** @type {any} */ v) => JSON.stringify(v)).join(" | ");
  const types = [schema.type ?? "object"].flat();
  const words = types.map((type) => (type === "array" ? `${typeOf(doc, schema.items ?? {})}[]` : schema.format ? `${type} (${schema.format})` : type));
  return words.join(" | ") + range(schema);
}

/** @param {any} schema */
function range(schema) {
  const { minimum: least, maximum: most } = schema;
  if (least !== undefined && most !== undefined) return ` ${least}–${most}`;
  if (least !== undefined) return ` ≥ ${least}`;
  return most !== undefined ? ` ≤ ${most}` : "";
}

/**
 * The fields below a schema, through lists, choices and maps; none if it is no object.
 * @param {any} doc @param {any} node @returns {{name: string, schema: any, required: boolean}[]}
 */
export function fieldsOf(doc, node) {
  const schema = resolved(doc, node);
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return either.map((/** @type {any} */ one) => fieldsOf(doc, one)).find((/** @type {any[]} */ f) => f.length) ?? [];
  if (schema.items) return fieldsOf(doc, schema.items);
  if (schema.properties) {
    const required = schema.required ?? [];
    return Object.entries(schema.properties).map(([name, inner]) => ({ name, schema: inner, required: required.includes(name) }));
  }
  return schema.additionalProperties?.$ref ? fieldsOf(doc, schema.additionalProperties) : [];
}

/** What is said of a field: its words and what it is without it. @param {any} doc @param {any} node */
export function wordsOf(doc, node) {
  const schema = resolved(doc, node);
  const parts = [schema.description];
  if (schema.default !== undefined) parts.push(t("docs.default", { value: String(schema.default) }));
  if (schema.maxItems !== undefined && schema.maxItems !== schema.minItems) parts.push(t("docs.most_items", { count: schema.maxItems }));
  if (schema.maxLength !== undefined) parts.push(t("docs.most_characters", { count: schema.maxLength }));
  return parts.filter(Boolean).join(" · ");
}
