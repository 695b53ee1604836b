// The notes at numbers, and the switch that shows which numbers have one. A number is a link without
// it; what a note says is the text of attributes, and never read as markup.
(() => {
  "use strict";
  const PARTS = ["count", "bounds", "asked", "answer", "several", "about", "source"];
  const KEY = "sources";
  const LINKS = "main .number > a";
  const SHOWN_AFTER = 150, GONE_AFTER = 250;
  const kept = (action) => { try { return action(localStorage); } catch { return null; } };

  function element(tag, className, ...children) {
    const node = Object.assign(document.createElement(tag), { className });
    node.append(...children);
    return node;
  }

  // The number whose note is shown, and the note; the timer of what comes next
  let open = null;
  let timer = 0;
  const later = (action, after) => { clearTimeout(timer); timer = setTimeout(action, after); };

  function close() {
    clearTimeout(timer);
    if (!open) return;
    open.link.removeAttribute("aria-describedby");
    open.note.remove();
    open = null;
  }

  function place(note, link) {
    const frame = note.offsetParent.getBoundingClientRect();
    const line = link.getClientRects()[0];
    const right = document.documentElement.clientWidth - note.offsetWidth - 8;
    const above = line.bottom + note.offsetHeight > innerHeight && line.top > note.offsetHeight;
    note.style.left = `${Math.max(8, Math.min(line.left, right)) - frame.left}px`;
    note.style.top = `${(above ? line.top - note.offsetHeight : line.bottom) - frame.top}px`;
  }

  function show(link) {
    if (open?.link === link) return clearTimeout(timer);
    close();
    const { dataset } = link.parentElement;
    const lines = PARTS.filter((part) => dataset[part]).map((part) => element("span", "", dataset[part]));
    const said = element("span", "number-note-text", ...lines);
    said.id = "number-note";
    const more = Object.assign(element("a", "", words.number_link), { href: link.href });
    const note = element("span", "number-note", said, more);
    // After the number, so that the link in it is the next one by keyboard
    link.parentElement.after(note);
    if (lines.length) link.setAttribute("aria-describedby", said.id);
    open = { link, note };
    place(note, link);
  }

  const within = (target) => open && target instanceof Node
    && (open.note.contains(target) || open.link.contains(target));
  const numberAt = (target) => target instanceof Element && target.closest(LINKS);

  function followPointer() {
    document.addEventListener("pointerover", ({ target, pointerType }) => {
      if (pointerType === "touch") return;
      const link = numberAt(target);
      if (within(target)) clearTimeout(timer);
      else if (link) later(() => show(link), SHOWN_AFTER);
      else if (!within(document.activeElement)) later(close, GONE_AFTER);
    });
  }

  function followFocus() {
    document.addEventListener("focusin", ({ target }) => {
      const link = numberAt(target);
      if (link?.matches(":focus-visible")) show(link);
      else if (!within(target)) close();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !open) return;
      event.stopPropagation();
      if (open.note.contains(document.activeElement)) open.link.focus();
      close();
    }, true);
  }

  // Quarto's side bar has its tools elsewhere, and none without a file to download
  function setUpSwitch() {
    const places = [".sidebar-tools", ".sidebar-header", ""].map((place) => document.querySelector(`#quarto-sidebar ${place}`));
    const tools = places.find(Boolean);
    const button = Object.assign(element("button", "sidebar-tool sources-switch", words.sources_show), { type: "button" });
    const paint = (shown) => {
      document.body.classList.toggle("sources-shown", shown);
      button.setAttribute("aria-pressed", shown);
    };
    paint(kept((storage) => storage.getItem(KEY)) === "shown");
    button.addEventListener("click", () => {
      const shown = !document.body.classList.contains("sources-shown");
      kept((storage) => storage.setItem(KEY, shown ? "shown" : "quiet"));
      paint(shown);
    });
    tools?.append(button);
  }

  setUpSwitch();
  followPointer();
  followFocus();
})();
