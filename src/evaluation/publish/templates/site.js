(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
  const siteRoot = new URL(find('meta[name="quarto:offset"]')?.content || "./", location.href);
  const hashTarget = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));

  function element(tag, className, ...children) {
    const node = Object.assign(document.createElement(tag), { className });
    node.append(...children);
    return node;
  }

  // The page is hidden while the menu is open, so its scroll position has to be put back
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
    return () => wide.matches || toggle(true);
  }

  function showCurrentChapter() {
    const sidebar = find("#quarto-sidebar");
    const current = find('[aria-current="page"]', sidebar);
    if (current) sidebar.scrollTop = current.offsetTop - sidebar.clientHeight * 0.8;
  }

  // Search: every word of the query must begin a word of the entry
  const startOfWord = "(?<![\\p{L}\\p{N}])";
  const normal = (text) => String(text || "").normalize("NFC");
  const wordsOf = (query) => normal(query).toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const hitPattern = (words) => new RegExp(`${startOfWord}(?:${words.join("|")})[\\p{L}\\p{N}]*`, "giu");

  function search(index, words) {
    const tests = words.map((word) => new RegExp(startOfWord + word, "iu"));
    const score = ({ title, section, text }) => {
      const points = tests.map((test) => 20 * test.test(title) + 12 * test.test(section) + test.test(text));
      return points.includes(0) ? 0 : points.reduce((sum, point) => sum + point);
    };
    const scored = index.map((entry) => [score(entry), entry]).filter(([points]) => points);
    return scored.sort((a, b) => b[0] - a[0]).map(([, entry]) => entry);
  }

  function marked(text, pattern, className) {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      parts.push(text.slice(end, match.index), element("mark", className, match[0]));
      end = match.index + match[0].length;
    }
    return [...parts, text.slice(end)];
  }

  function excerpt(text, pattern, before = 50, length = 160) {
    const at = Math.max(0, text.search(pattern));
    const start = at > before ? text.indexOf(" ", at - before) + 1 : 0;
    const cut = text.length > start + length ? text.lastIndexOf(" ", start + length) : text.length;
    const end = cut > at ? cut : start + length;
    return (start > 0 ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  }

  function resultItem(entry, words, pattern) {
    const target = new URL(entry.href, siteRoot);
    target.searchParams.set("q", words.join(" "));
    const parts = Object.entries({ title: entry.title, section: entry.section, text: excerpt(entry.text, pattern) });
    const lines = parts.filter(([, text]) => text)
      .map(([name, text]) => element("span", `result-${name}`, ...marked(text, pattern)));
    return element("li", "", Object.assign(element("a", "", ...lines), { href: target.href }));
  }

  function setUpSearch(openMenu) {
    const box = find("#quarto-search");
    const [input, list, status] = ["input", "ul", '[role="status"]'].map((part) => find(part, box));
    const limit = 10;
    let index = null;

    // A script tag, because fetch() is refused for pages opened from disk
    function loadIndex() {
      const script = Object.assign(element("script"), { src: new URL("site_libs/search-index.js", siteRoot).href });
      script.onload = () => {
        index = window.SEARCH_INDEX.map(({ href, title, section, text }) => (
          { href, title: normal(title), section: normal(section), text: normal(text) }));
        show();
      };
      script.onerror = () => { status.textContent = box.dataset.failed; };
      document.head.append(script);
    }

    function announcement(count) {
      const { none, one, many, first } = box.dataset;
      return ([none, one][count] ?? (count > limit ? first : many)).replace("{n}", count).replace("{max}", limit);
    }
    function show() {
      const words = wordsOf(input.value);
      const active = index !== null && words.length > 0;
      const results = active ? search(index, words) : [];
      list.replaceChildren(...results.slice(0, limit).map((entry) => resultItem(entry, words, hitPattern(words))));
      list.hidden = !results.length;
      status.textContent = active ? announcement(results.length) : "";
      box.parentElement.classList.toggle("is-searching", active);
    }

    box.hidden = false;
    input.addEventListener("focus", loadIndex, { once: true });
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") find("a", list)?.focus();
      if (event.key !== "Escape" || !input.value) return;
      event.stopPropagation();
      input.value = "";
      show();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      openMenu();
      input.focus();
    });
  }

  function highlightHits() {
    const words = wordsOf(new URLSearchParams(location.search).get("q"));
    if (!words.length) return;
    const main = find("main");
    const pattern = hitPattern(words);
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      if (node.parentElement.closest("script, style, svg, math, .page-navigation")) continue;
      if (node.data.search(pattern) >= 0) node.replaceWith(...marked(node.data, pattern, "search-hit"));
    }
    const hits = findAll("mark.search-hit", main);
    const place = hashTarget(location.hash);
    const first = hits.find((hit) => place?.compareDocumentPosition(hit) & Node.DOCUMENT_POSITION_FOLLOWING) || hits[0];
    first?.closest("details")?.setAttribute("open", "");
    first?.scrollIntoView({ block: "center", behavior: "instant" });
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

  // Collapsed notes would be missing on paper
  function openNotesForPrint() {
    let closed = [];
    const setOpen = (open) => closed.forEach((note) => note.toggleAttribute("open", open));
    addEventListener("beforeprint", () => { closed = findAll("details:not([open])"); setOpen(true); });
    addEventListener("afterprint", () => setOpen(false));
  }

  openNotesForPrint();
  setUpSearch(setUpMenu());
  showCurrentChapter();
  followSections();
  highlightHits();
})();
