// Light or dark: as the reader chose, else as the system prefers. Runs before the page is painted.
(() => {
  "use strict";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = (action) => { try { return action(localStorage); } catch { return null; } };
  const isDark = () => {
    const chosen = kept((storage) => storage.getItem("theme"));
    return chosen ? chosen === "dark" : system.matches;
  };
  function paint(dark) {
    document.body.classList.toggle("quarto-dark", dark);
    document.body.classList.toggle("quarto-light", !dark);
    document.querySelector(".theme-switch")?.setAttribute("aria-pressed", dark);
  }

  paint(isDark());
  system.addEventListener("change", () => paint(isDark()));
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".theme-switch");
    if (!button) return;
    button.hidden = false;
    button.setAttribute("aria-pressed", isDark());
    button.addEventListener("click", () => {
      const dark = !document.body.classList.contains("quarto-dark");
      kept((storage) => storage.setItem("theme", dark ? "dark" : "light"));
      paint(dark);
    });
  });
})();
