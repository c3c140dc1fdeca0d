// @ts-check
import { locale, t } from "./i18n.js";

/** @type {Map<string, any>} */
const made = new Map();

/** @param {Intl.NumberFormatOptions} options */
function numbers(options) {
  const key = `n${locale()}${JSON.stringify(options)}`;
  // Halves go to the even digit, as in the texts that the server writes.
  const even = /** @type {Intl.NumberFormatOptions} */ ({ roundingMode: "halfEven", ...options });
  if (!made.has(key)) made.set(key, new Intl.NumberFormat(locale(), even));
  return made.get(key);
}

/** @param {Intl.DateTimeFormatOptions} options */
function dates(options) {
  const key = `d${locale()}${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(locale(), options));
  return made.get(key);
}

export const NONE = "–";

/** A count, or "< 10" where the server withholds it. @param {number | {lt: number} | null | undefined} value */
export function count(value) {
  if (value === null || value === undefined) return NONE;
  if (typeof value === "object") return t("format.under", { limit: value.lt });
  return numbers({ maximumFractionDigits: 0 }).format(value);
}

/** The figure inside a count, for sorting and bars; a withheld one counts as none. @param {any} value @returns {number} */
export const plain = (value) => (typeof value === "number" ? value : 0);

/** One decimal at most, as in every text of the server. @param {number | null | undefined} value 0..1 */
export function share(value) {
  if (value === null || value === undefined) return NONE;
  // Multiplied first, as the server does: both then round the very same number.
  return numbers({ style: "unit", unit: "percent", maximumFractionDigits: 1 }).format(value * 100);
}

/** @param {number | null | undefined} value @param {number} [digits] decimals; without, three figures that count */
export function number(value, digits) {
  if (value === null || value === undefined || Number.isNaN(value)) return NONE;
  const size = Math.abs(value);
  const decimals = digits ?? (Number.isInteger(value) ? 0 : decimalsOf(size));
  // A mean of 9.60 is 9.6, but a little is not nothing: 0.00, as the server shows both.
  const least = digits === undefined && size >= 0.005 ? 0 : decimals;
  return numbers({ minimumFractionDigits: least, maximumFractionDigits: decimals }).format(value);
}

/** Decimals that leave three figures that count. @param {number} size */
const decimalsOf = (size) => (size >= 100 ? 0 : size >= 10 ? 1 : 2);

/** Both ends of an interval, with as many decimals each. @param {number[]} ends @param {(end: number) => string} [say] */
export function interval([low, high], say) {
  const digits = decimalsOf(Math.max(Math.abs(low), Math.abs(high)));
  const end = say ?? ((/** @type {number} */ value) => number(value, digits));
  return t("format.range", { low: end(low), high: end(high) });
}

/** @param {{amount: number, currency: string | null} | null | undefined} money @param {boolean} [compact] */
export function money(money, compact = false) {
  if (!money) return NONE;
  const size = Math.abs(money.amount);
  const decimals = size < 100 ? 2 : 0;
  return numbers({
    ...(money.currency ? { style: "currency", currency: money.currency } : {}),
    ...(compact && size >= 10_000 ? { notation: "compact", maximumFractionDigits: 1 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  }).format(money.amount);
}

/** What a call cost: often less than a cent. @param {{amount: number, currency: string} | null | undefined} money */
export function cost(money) {
  if (!money) return NONE;
  const least = 0.0001;
  const under = money.amount > 0 && money.amount < least;
  const decimals = money.amount > 0 && money.amount < 1 ? 4 : 2;
  const words = numbers({ style: "currency", currency: money.currency, minimumFractionDigits: 2, maximumFractionDigits: decimals }).format(under ? least : money.amount);
  return under ? t("format.less", { value: words }) : words;
}

/** @param {number} value */
export function bytes(value) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  let unit = 0;
  let size = value;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return numbers({ style: "unit", unit: units[unit], unitDisplay: unit ? "short" : "long", maximumFractionDigits: size < 10 && unit ? 1 : 0 }).format(size);
}

/** @param {number | null | undefined} seconds */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return NONE;
  if (seconds < 90) return t("format.seconds", { value: numbers({ maximumFractionDigits: seconds < 10 ? 1 : 0 }).format(seconds) });
  return t("format.minutes", { value: count(Math.round(seconds / 60)) });
}

/** @param {string | null | undefined} iso */
export function when(iso) {
  if (!iso) return NONE;
  const at = new Date(iso);
  const time = dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  const days = Math.round((startOfDay(new Date()) - startOfDay(at)) / 86_400_000);
  if (days === 0) return t("format.today", { time });
  if (days === 1) return t("format.yesterday", { time });
  return dates({ year: "numeric", month: "short", day: "numeric" }).format(at);
}

/** A moment to the second, for a record of what happened in turn. @param {string} iso */
export const moment = (iso) => dates({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(new Date(iso));

/** @param {Date} date */
const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** @param {string[]} words */
export const list = (words) => new Intl.ListFormat(locale(), { style: "short", type: "unit" }).format(words);

/** A fact as every screen shows it, by the rules of the server. @param {any} fact */
export function figure(fact) {
  // A withheld value comes as words only.
  if (typeof fact.value !== "number") return fact.text ?? (fact.value ? count(fact.value) : NONE);
  switch (fact.unit) {
    case "count":
      return count(fact.value);
    case "share":
      return share(fact.value);
    case "money":
      return money({ amount: fact.value, currency: null });
    case "days":
      return t("format.days", { count: Math.round(fact.value) });
    case "year":
      return String(Math.round(fact.value));
    case "lift":
      return lift(fact.value);
    default:
      return number(fact.value);
  }
}

/** Times as much or as often. @param {number} value */
export const lift = (value) => t("format.times", { value: number(value, value < 10 ? 1 : 0) });
