"""What axe-core finds on a page, told in one line per element."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
STANDARD = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}

# Contrast is the same for all text of one kind, that is of the same tags and classes up to the
# page, and measuring all text takes minutes: three of each kind, on the first page that has it,
# stand for the rest.
# axe-core looks at the place of everything that is shown, thousands of rows: those without a text
# to measure are taken out of its way. The shade at a table's edge is a picture, which it does not
# look through.
MARK = """(seen) => {
  if (!document.getElementById("measuring")) {
    const style = document.createElement("style");
    style.id = "measuring";
    style.textContent = ".table-scroll { background-image: none !important; }" +
      ":is(tr, li, p, dt, dd, pre, section):not(:has([data-measured]), [data-measured], " +
      "[data-measured] *) { display: none !important; }";
    document.head.append(style);
  }
  const before = { ...seen };
  for (const element of document.body.querySelectorAll("*")) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!text) continue;
    let kind = "";
    for (let at = element; at !== document.body; at = at.parentElement)
      kind += `${at.tagName}.${at.getAttribute("class")} `;
    seen[kind] = (seen[kind] || 0) + 1;
    if (!before[kind] && seen[kind] <= 3) element.dataset.measured = "";
    else delete element.dataset.measured;
  }
  return seen;
}"""

# a cell of a matrix that is scrolled away cannot be measured; it was where the table had room
ASIDE = """() => document.querySelectorAll("[data-measured]").forEach((text) => {
  if (text.getBoundingClientRect().right > innerWidth) delete text.dataset.measured;
})"""


def violations(page: Page) -> list[str]:
    """What breaks WCAG 2.2 A or AA or best practice on a page, colours apart: rule, summary and
    element."""
    options = {
        "runOnly": STANDARD,
        "rules": {rule: {"enabled": False} for rule in COLOURS["values"]},
        "resultTypes": ["violations"],
        "preload": False,
    }
    return _told(_run(page, None, options)["violations"])


def contrast(page: Page) -> tuple[list[str], int]:
    """Texts and links that do not stand out, or of which it cannot be told, and how many texts do.

    A single sign that is not read out (a mark beside its meaning in words) is left to the eye.
    """
    mark(page, {})
    return contrast_of_marked(page)


def mark(page: Page, seen: dict[str, int]) -> int:
    """Mark the texts to measure and take the rest of the page away; how many there are.

    seen: how many of each kind of text were seen on pages before; it grows.
    """
    seen |= page.evaluate(MARK, seen)
    return page.locator("[data-measured]").count()


def contrast_of_marked(page: Page) -> tuple[list[str], int]:
    """As `contrast`, of the texts that `mark` chose, in the colours that the page has now."""
    page.evaluate(ASIDE)
    options = {"runOnly": COLOURS, "preload": False}
    result = _run(page, {"include": [["[data-measured]"]]}, options)
    unclear = [
        {**rule, "nodes": [node for node in rule["nodes"] if not _is_hidden_sign(node)]}
        for rule in result["incomplete"]
    ]
    passed = [rule["nodes"] for rule in result["passes"] if rule["id"] == "color-contrast"]
    return _told([*result["violations"], *unclear]), sum(map(len, passed))


def _run(page: Page, context: dict | None, options: dict) -> dict:
    """What axe-core answers; its script, half a megabyte, is sent to each page once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return page.evaluate(
        "([context, options]) => axe.run(context || document, options)", [context, options]
    )


def _is_hidden_sign(node: dict) -> bool:
    reasons = [(check["data"] or {}).get("messageKey") for check in node["any"]]
    return reasons == ["nonBmp"] and 'aria-hidden="true"' in node["html"]


def _told(rules: list[dict]) -> list[str]:
    return [
        f"{rule['id']}: {rule['help']}: {' '.join(map(str, node['target']))}: "
        + " ".join(node.get("failureSummary", node["html"]).split())
        for rule in rules
        for node in rule["nodes"]
    ]
