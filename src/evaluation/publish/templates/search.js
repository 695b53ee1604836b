// Search: what a reader asks for, where it stands, and the results beside the chapters; and where a
// place is that has moved to another page.
(() => {
  "use strict";
  const siteRoot = new URL(document.querySelector('meta[name="quarto:offset"]')?.content || "./", location.href);
  const SIGN = "[\\p{L}\\p{N}]";
  const START = `(?<!${SIGN})`;
  const END = `(?!${SIGN})`;
  // what is shorter would be found within words that have nothing to do with it
  const WITHIN = 4;
  const SHORTEST_ROOT = 3;
  const WEIGHTS = { title: 12, section: 8, text: 1 };
  const EXACT = 20;
  const SHOWN = 3;
  const normal = (text) => String(text || "").normalize("NFC").toLowerCase();
  const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

  // A query is phrases in quotation marks, numbers as they are written, and words
  const TERM = new RegExp(
    "[\"“”„»«](?<phrase>[^\"“”„»«]*)[\"“”„»«]?" +
    `|(?<number>\\p{N}+(?:[.,/]\\p{N}+)*(?:\\s?%)?)${END}|(?<word>${SIGN}+)`, "gu");
  const termsOf = (query) => [...normal(query).matchAll(TERM)].flatMap(({ groups }) =>
    Object.entries(groups).filter(([, text]) => text?.trim()).map(([kind, text]) => ({ kind, text: text.trim() })));

  function rootOf(word, { roots, endings }) {
    for (let at = word.length; at >= SHORTEST_ROOT; at -= 1) {
      if (roots.has(word.slice(0, at)) && endings.has(word.slice(at))) return word.slice(0, at);
    }
    return word;
  }

  function sourceOf({ kind, text }, known) {
    const words = text.split(/\s+/).map(escaped);
    if (kind === "phrase") return START + words.join("\\s+") + END;
    if (kind === "number") {
      return `(?<!${SIGN}|\\p{N}[.,])${words.join("\\s?").replace(/(?<=\p{N})%/u, "\\s?%")}(?!${SIGN}|[.,]\\p{N})`;
    }
    const root = rootOf(text, known);
    const part = root.length >= WITHIN ? root : text.length >= WITHIN ? text : START + text;
    if (root.length >= WITHIN || root === text) return part;
    return `${part}|${START}${root}(?:${[...known.endings].join("|")})${END}`;
  }

  // within: where a term is found; begun: the same at the start of a word; exact: the same as it was
  // written; whole: the words to mark
  function prepared(term, known) {
    const source = sourceOf(term, known);
    const whole = term.kind === "word" ? `${SIGN}*(?:${source})${SIGN}*` : source;
    const exact = term.text.split(/\s+/).map(escaped).join("\\s+");
    const [within, begun, asWritten] = [source, `${START}(?:${source})`, START + exact + END].map((found) => new RegExp(found, "iu"));
    return { ...term, whole, within, begun, exact: asWritten };
  }
  const wholeWords = (terms) => new RegExp(terms.map(({ whole }) => whole).join("|"), "giu");

  // Each term stands in the section or in the title of its page, and one of them in the section
  function points(entry, terms) {
    let sum = 0;
    for (const { within, begun, exact } of terms) {
      const places = Object.keys(WEIGHTS).filter((place) => within.test(entry[place]));
      if (!places.length) return 0;
      for (const place of places) {
        if (place === "title" && entry.section) continue;
        sum += WEIGHTS[place] * (begun.test(entry[place]) ? 2 : 1) + (exact.test(entry[place]) ? EXACT : 0);
      }
    }
    return sum;
  }

  // The pages with hits: in their turn, within it the best first; sections likewise
  function pagesWith(records, terms) {
    const pages = new Map();
    for (const entry of records) {
      const found = points(entry, terms);
      if (!found) continue;
      const page = entry.href.split("#")[0];
      if (!pages.has(page)) pages.set(page, { title: entry.title, turn: entry.turn, best: 0, hits: [] });
      const group = pages.get(page);
      group.best = Math.max(group.best, found);
      group.hits.push([found, entry]);
    }
    return [...pages.values()].sort((a, b) => a.turn - b.turn || b.best - a.best).map(({ title, hits }) =>
      ({ title, hits: hits.sort((a, b) => b[0] - a[0]).map(([, entry]) => entry) }));
  }

  // How many letters are left out, put in, changed or exchanged with the next
  function distance(one, other) {
    let [before, last] = [[], [...Array(other.length + 1).keys()]];
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  // The word of the report that is most like one that it does not have; of equals the most frequent
  function nearest(word, { counts }) {
    const most = word.length < 9 ? 1 : 2;
    let found = { word, far: most + 1, often: 0 };
    for (const [other, often] of word.length < WITHIN ? [] : counts()) {
      if (other[0] !== word[0] || Math.abs(other.length - word.length) > most) continue;
      const far = distance(word, other);
      if (far < found.far || (far === found.far && often > found.often)) found = { word: other, far, often };
    }
    return found.word;
  }

  function corrected(terms, known) {
    const isKnown = ({ within }) => known.records.some((entry) => Object.keys(WEIGHTS).some((place) => within.test(entry[place])));
    return terms.map((term) => (
      term.kind !== "word" || isKnown(term) ? term : prepared({ ...term, text: nearest(term.text, known) }, known)));
  }

  function opened({ records, roots, endings }) {
    const entries = records.map((entry) => ({ ...entry, text: entry.text.normalize("NFC") }));
    let counted = null;
    const counts = () => {
      if (counted) return counted;
      counted = new Map();
      for (const { text } of entries) {
        for (const [word] of text.toLowerCase().matchAll(/\p{L}{4,}/gu)) counted.set(word, (counted.get(word) || 0) + 1);
      }
      return counted;
    };
    return { records: entries, roots: new Set(roots), endings: new Set(endings), counts };
  }

  function element(tag, className, ...children) {
    const node = Object.assign(document.createElement(tag), { className });
    node.append(...children);
    return node;
  }

  function marked(text, pattern, className = "") {
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

  // What the page marks: the words of the section that were found, as a query
  function foundIn({ section, text }, terms) {
    const found = terms.flatMap(({ kind, whole }) => {
      const words = [...`${section} ${text}`.matchAll(new RegExp(whole, "giu"))].map(([word]) => word.toLowerCase());
      return kind === "phrase" ? words.map((word) => `"${word}"`) : words;
    });
    return [...new Set(found)].slice(0, 12).join(" ");
  }

  function resultItem(entry, terms) {
    const pattern = wholeWords(terms);
    const target = new URL(entry.href, siteRoot);
    target.searchParams.set("q", foundIn(entry, terms));
    const lines = [["section", entry.section || entry.title], ["text", excerpt(entry.text, pattern)]]
      .filter(([, text]) => text)
      .map(([name, text]) => element("span", `result-${name}`, ...marked(text, pattern)));
    return element("li", "", Object.assign(element("a", "", ...lines), { href: target.href }));
  }

  function resultPage({ title, hits }, terms, number, more) {
    const name = Object.assign(element("span", "result-page", title), { id: `result-page-${number}` });
    const list = element("ul", "");
    list.setAttribute("aria-labelledby", name.id);
    const item = element("li", "", name, list);
    const rest = hits.length > SHOWN + 1 ? hits.slice(SHOWN) : [];
    list.append(...hits.slice(0, hits.length - rest.length).map((entry) => resultItem(entry, terms)));
    if (rest.length) {
      const button = element("button", "result-more", more.replace("{n}", rest.length));
      button.type = "button";
      button.setAttribute("aria-label", `${button.textContent}: ${title}`);
      button.addEventListener("click", () => {
        const items = rest.map((entry) => resultItem(entry, terms));
        list.append(...items);
        button.remove();
        items[0].firstChild.focus();
      });
      item.append(button);
    }
    return item;
  }

  // A script tag, because fetch() is refused for pages opened from disk
  function loadIndex(loaded, failed) {
    const script = Object.assign(element("script"), { src: new URL("site_libs/search-index.js", siteRoot).href });
    script.onload = () => loaded(window.SEARCH_INDEX);
    script.onerror = failed;
    document.head.append(script);
  }

  function setUpSearch() {
    const box = document.getElementById("quarto-search");
    const [input, list, status] = ["input", "ul", '[role="status"]'].map((part) => box.querySelector(part));
    const said = box.dataset;
    let known = null;

    function open(index) {
      known = opened(index);
      show();
    }

    function count(pages) {
      const hits = pages.reduce((sum, page) => sum + page.hits.length, 0);
      const text = [said.none, said.one][hits] ?? (pages.length === 1 ? said.many : said.pages);
      return text.replace("{n}", hits).replace("{pages}", pages.length);
    }

    function found(terms) {
      const pages = pagesWith(known.records, terms);
      if (pages.length) return { pages, terms, text: count(pages) };
      const others = corrected(terms, known);
      const near = pagesWith(known.records, others);
      if (!near.length) return { pages, terms, text: said.none };
      const shown = others.map(({ text }) => text).join(" ");
      return { pages: near, terms: others, text: said.similar.replace("{word}", shown).replace("{found}", count(near)) };
    }

    function show() {
      const asked = known ? termsOf(input.value).map((term) => prepared(term, known)) : [];
      const { pages, terms, text } = asked.length ? found(asked) : { pages: [], terms: [], text: "" };
      list.replaceChildren(...pages.map((page, number) => resultPage(page, terms, number, said.more)));
      list.hidden = !pages.length;
      status.textContent = text;
      box.parentElement.classList.toggle("is-searching", asked.length > 0);
    }

    box.hidden = false;
    const fail = () => { status.textContent = said.failed; };
    input.addEventListener("focus", () => loadIndex(open, fail), { once: true });
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") list.querySelector("a")?.focus();
      if (event.key !== "Escape" || !input.value) return;
      event.stopPropagation();
      input.value = "";
      show();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      document.dispatchEvent(new Event("search-wanted"));
      input.focus();
    });
  }

  function highlightHits() {
    const nothing = { roots: new Set(), endings: new Set() };
    const terms = termsOf(new URLSearchParams(location.search).get("q")).map((term) => prepared(term, nothing));
    if (!terms.length) return;
    const main = document.querySelector("main");
    const pattern = wholeWords(terms);
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      if (node.parentElement.closest("script, style, svg, math, .page-navigation")) continue;
      if (node.data.search(pattern) >= 0) node.replaceWith(...marked(node.data, pattern, "search-hit"));
    }
    const hits = [...main.querySelectorAll("mark.search-hit")];
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const first = hits.find((hit) => place?.compareDocumentPosition(hit) & Node.DOCUMENT_POSITION_FOLLOWING) || hits[0];
    first?.closest("details")?.setAttribute("open", "");
    // where Quarto has folded a note away
    first?.closest(".collapse")?.classList.add("show");
    first?.scrollIntoView({ block: "center", behavior: "instant" });
  }

  // An address that was kept names a place of this page that is on another one now
  function followMovedPlace() {
    const name = decodeURIComponent(location.hash.slice(1));
    if (!name || document.getElementById(name)) return;
    loadIndex(({ places }) => {
      if (Object.hasOwn(places, name)) location.replace(new URL(`${places[name]}#${name}`, siteRoot));
    }, null);
  }

  setUpSearch();
  highlightHits();
  followMovedPlace();
})();
