// @ts-check
import { html, nothing, live } from "../lib/lit.js";
import { t } from "../i18n.js";
import { count, share } from "../format.js";
import { icon } from "./icon.js";

const ROLES = {
  id: "role.id",
  text: "role.text",
  date: "role.date",
  event: "role.event",
  value: "role.value",
  item: "role.item",
  quantity: "role.quantity",
  price: "role.price",
  rating: "role.rating",
  number: "role.number",
  category: "role.category",
  yesno: "role.yesno",
  target: "role.target",
  consent: "role.consent",
  personal: "role.personal",
  ignore: "role.ignore",
};
const ORDERS = { dmy: "date.dmy", mdy: "date.mdy", ymd: "date.ymd" };

/** @typedef {{table: string, column: string, role: string, date_order: string | null}} Choice */

/**
 * One file: what was detected, and each column with sample, role and reason.
 * @param {any} table @param {number} index @param {{choose: (choice: Choice) => void, saving: boolean}} hands
 */
export const tableView = (table, index, hands) => html`<section class="data-table" aria-labelledby="table-${index}">
  <h2 id="table-${index}">${table.name}${table.customer_table ? html` <span class="tag">${t("import.customer_table")}</span>` : nothing}</h2>
  <p class="headline small">${detected(table.format)}
    <span>${t("unit.rows", { count: table.rows.in })}</span>
    ${table.rows.merged ? html`<span>${t("import.merged", { count: table.rows.merged })}</span>` : nothing}
    ${table.rows.rejected ? html`<span class="warn-text">${t("import.rejected", { count: table.rows.rejected })}</span>` : nothing}
    <span>${t("import.kept", { count: table.rows.kept })}</span>
  </p>
  <div class="table-wrap" tabindex="0" role="group" aria-labelledby="table-${index}">
    <table class="table roles cards-narrow">
      <caption class="sr-only">${t("import.columns_of", { table: table.name })}</caption>
      <thead><tr><th scope="col">${t("import.col_column")}</th><th scope="col">${t("import.col_sample")}</th><th scope="col">${t("import.col_role")}</th><th scope="col">${t("import.col_why")}</th></tr></thead>
      <tbody>${table.columns.map((/** @type {any} */ column) => columnRow(table, column, hands))}</tbody>
    </table>
  </div>
</section>`;

/** @param {any} format */
const detected = (format) => {
  const delimiters = { ",": t("format.comma"), ";": t("format.semicolon"), "\t": t("format.tab"), "|": t("format.pipe") };
  const words = [format.encoding];
  if (format.kind === "jsonl") words.push(t("format.jsonl"));
  else {
    words.push(delimiters[/** @type {","} */ (format.delimiter)] ?? format.delimiter);
    words.push(format.header ? t("format.header") : t("format.no_header"));
  }
  if (format.gzip) words.push(t("format.gzip"));
  return html`<span>${t("import.detected", { format: words.join(" · ") })}</span>`;
};

/** @param {any} table @param {any} column @param {{choose: (choice: Choice) => void, saving: boolean}} hands */
function columnRow(table, column, hands) {
  const pick = (/** @type {Partial<Choice>} */ change) =>
    hands.choose({ table: table.name, column: column.name, role: column.role, date_order: column.role === "date" ? column.date_order : null, ...change });
  return html`<tr class=${column.undecided ? "undecided" : ""}>
    <th scope="row">${column.name}</th>
    <td data-label=${t("import.col_sample")} class="sample">${column.samples?.length ? column.samples.slice(0, 3).map((/** @type {string} */ s) => html`<span class="sample-value">${s}</span>`) : html`<span class="muted">${t("import.no_sample")}</span>`}</td>
    <td data-label=${t("import.col_role")}>
      <span class="role-selects">
        <select aria-label=${t("import.role_of", { column: column.name })} ?disabled=${hands.saving}
          @change=${(/** @type {any} */ e) => pick({ role: e.target.value, date_order: null })}>
          ${Object.entries(ROLES).map(([role, key]) => html`<option value=${role} .selected=${live(role === column.role)}>${t(key)}</option>`)}
        </select>
        ${column.role === "date" ? orderSelect(column, pick, hands.saving) : nothing}
      </span>
    </td>
    <td data-label=${t("import.col_why")} class="why">
      ${column.undecided ? html`<span class="warn-text">${icon("warn")}${t("import.decide")}</span> ` : nothing}${column.confirmed ? html`<span class="ok-text">${icon("check")}${t("import.confirmed")}</span> ` : nothing}${column.reason}
      <span class="muted small">${t("import.distinct", { count: column.distinct ?? 0 })}${column.missing ? html` · ${t("import.missing", { share: share(column.missing / Math.max(1, table.rows.in)) })}` : nothing}</span>
    </td>
  </tr>`;
}

/** @param {any} column @param {(change: any) => void} pick @param {boolean} saving */
const orderSelect = (column, pick, saving) => html`<select
  aria-label=${t("import.order_of", { column: column.name })}
  aria-invalid=${column.undecided ? "true" : nothing}
  ?disabled=${saving}
  @change=${(/** @type {any} */ e) => e.target.value && pick({ date_order: e.target.value })}
>
  ${column.undecided || !column.date_order ? html`<option value="" .selected=${live(true)}>${column.undecided ? t("date.choose") : t("date.detected")}</option>` : nothing}
  ${Object.entries(ORDERS).map(([order, key]) => html`<option value=${order} .selected=${live(!column.undecided && order === column.date_order)}>${t(key)}</option>`)}
</select>`;

/** Rows that could not be taken. @param {any[]} rows */
export const rejectTable = (rows) => html`<div class="table-wrap" tabindex="0" role="group" aria-label=${t("import.reject_rows")}>
  <table class="table compact cards-narrow">
    <caption class="sr-only">${t("import.reject_rows")}</caption>
    <thead><tr><th scope="col">${t("import.reject_file")}</th><th scope="col" class="num">${t("import.reject_line")}</th><th scope="col">${t("import.col_column")}</th><th scope="col">${t("import.reject_reason")}</th><th scope="col">${t("import.reject_excerpt")}</th></tr></thead>
    <tbody>${rows.map((r) => html`<tr>
      <td data-label=${t("import.reject_file")}>${r.file}</td><td class="num" data-label=${t("import.reject_line")}>${count(r.line)}</td>
      <td data-label=${t("import.col_column")}>${r.column ?? ""}</td><td data-label=${t("import.reject_reason")}>${r.reason}</td>
      <td data-label=${t("import.reject_excerpt")}><code class="excerpt">${r.excerpt}</code></td></tr>`)}</tbody>
  </table>
</div>`;
