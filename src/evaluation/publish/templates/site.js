(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
  const hashTarget = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));

  // The menu opens above the text, so the scroll position has to be put back when it closes
  function setUpMenu() {
    const button = find(".menu-button");
    const wide = matchMedia("(min-width: 56.25rem)");
    let scrollBefore = 0;
    const isOpen = () => document.body.classList.contains("menu-open");
    function toggle(open) {
      if (open === isOpen()) return;
      if (open) scrollBefore = scrollY;
      button.setAttribute("aria-expanded", open);
      document.body.classList.toggle("menu-open", open);
      scrollTo({ top: open ? 0 : scrollBefore, behavior: "instant" });
    }
    button.addEventListener("click", () => toggle(!isOpen()));
    wide.addEventListener("change", () => toggle(false));
    document.addEventListener("click", (event) => event.target.closest('a[href*="#"]') && toggle(false));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return;
      toggle(false);
      button.focus();
    });
    document.addEventListener("search-wanted", () => wide.matches || toggle(true));
  }

  function showCurrentChapter() {
    const sidebar = find("#quarto-sidebar");
    const current = find('[aria-current="page"]', sidebar);
    if (current) sidebar.scrollTop = current.offsetTop - sidebar.clientHeight * 0.8;
  }

  function followSections() {
    const links = new Map(findAll("#TOC a").map((link) => [hashTarget(link.hash), link]).filter(([target]) => target));
    const reading = new Set();
    const footer = find(".nav-footer");
    const mark = (changes) => {
      for (const { target, isIntersecting } of changes) reading[isIntersecting ? "add" : "delete"](target);
      // A short last section never reaches the top: the foot of a scrolled page stands for it
      const atEnd = reading.has(footer) && scrollY > 0;
      const current = [...links.keys()].filter((target) => atEnd || reading.has(target)).pop();
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(current)?.setAttribute("aria-current", "true");
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px" });
    links.forEach((link, target) => observer.observe(target));
    new IntersectionObserver(mark, { threshold: 0.9 }).observe(footer);
  }

  // Above the text, where the page is too narrow for them beside it, they would keep it from view
  function foldContents() {
    const contents = find("#TOC details");
    const above = matchMedia("(min-width: 56.25rem) and (max-width: 74.99rem)");
    const fold = () => contents?.toggleAttribute("open", !above.matches);
    above.addEventListener("change", fold);
    fold();
  }

  // Collapsed notes would be missing on paper
  function openNotesForPrint() {
    let closed = [];
    const setOpen = (open) => closed.forEach((note) => note.toggleAttribute("open", open));
    addEventListener("beforeprint", () => { closed = findAll("details:not([open])"); setOpen(true); });
    addEventListener("afterprint", () => setOpen(false));
  }

  foldContents();
  openNotesForPrint();
  setUpMenu();
  showCurrentChapter();
  followSections();
})();
