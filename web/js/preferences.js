// @ts-check
import { setting, update } from "./store.js";
import { useLanguage } from "./i18n.js";

/** @type {() => void} */
let reopen = () => {};
/** @param {() => void} action reads the place anew: the server writes in the chosen language too */
export const onLanguage = (action) => (reopen = action);

/** @param {string} language */
export async function changeLanguage(language) {
  setting.write("language", language);
  await useLanguage(language);
  reopen();
}

export const theme = () => setting.read("theme", "system");

/** @param {string} name system, light or dark */
export function changeTheme(name) {
  setting.write("theme", name);
  if (name === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  update();
}

/** The theme button: from what is seen now to the other one. */
export function nextTheme() {
  const now = theme();
  const dark = now === "dark" || (now === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  changeTheme(dark ? "light" : "dark");
}
