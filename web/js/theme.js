// Runs before the first paint, so that a remembered theme and language never flash. Not a module: modules wait.
(function () {
  try {
    var theme = localStorage.getItem("coterie.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    var language = localStorage.getItem("coterie.language");
    if (language === "en" || language === "zh-CN") document.documentElement.lang = language;
    else if (/^zh\b/i.test(navigator.language)) document.documentElement.lang = "zh-CN";
  } catch (blocked) {
    // Storage may be switched off in the browser; the page then follows the system.
  }
})();
