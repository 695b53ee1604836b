// In a previewed page: load it again when it has changed, where the reader was, and show what keeps
// it from changing.
(() => {
  "use strict";
  const PLACE = `preview-place:${location.pathname}`;
  const place = sessionStorage.getItem(PLACE);
  if (place !== null) {
    sessionStorage.removeItem(PLACE);
    history.scrollRestoration = "manual";
    addEventListener("load", () => scrollTo({ top: Number(place), behavior: "instant" }));
  }

  const shown = document.currentScript.dataset.state;
  const state = async () =>
    (await fetch(location.pathname, { cache: "no-store" })).headers.get("X-State");
  const box = document.createElement("div");
  box.setAttribute("role", "alert");
  box.style.cssText =
    "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;padding:1rem 1.5rem;" +
    "background:#7a1f2b;color:#fff;font:16px/1.5 sans-serif;white-space:pre-wrap;z-index:9999";

  new EventSource("/.preview/changes").onmessage = async (event) => {
    const { problem } = JSON.parse(event.data);
    if (problem !== null) {
      // text, never markup: a message quotes what somebody wrote
      box.textContent = problem;
      document.body.append(box);
      return;
    }
    box.remove();
    if (shown !== (await state())) {
      sessionStorage.setItem(PLACE, String(scrollY));
      location.reload();
    }
  };
})();
