"""What every page is held to in a browser: the rules of axe, and no scrolling sideways."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is in order is not asked for: most of the time would go into handing that over.
ASKED = {"resultTypes": ["violations"]}
RULES = {"runOnly": {"type": "tag", "values": TAGS}, **ASKED}
# The one rule whose answer depends on the colours.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, **ASKED}
OTHER_SCHEME = "matchMedia('(prefers-color-scheme: dark)').matches ? 'light' : 'dark'"
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
# A colour that is on its way to another one (a link when the scheme changes) is not what people read.
AT_REST = """async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const under_way = document.getAnimations().filter((one) => one.effect.getTiming().iterations < Infinity);
    await Promise.allSettled(under_way.map((one) => one.finished));
}"""
_AXE = Axe().axe_script
_RUN = """async ([part, options]) => {
    const { violations } = await axe.run(part ?? document, options);
    return violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]);
}"""


def violations(page, context=None, rules=RULES):
    """What axe finds on the page, or in the part a selector names: pairs of rule and elements."""
    page.evaluate(AT_REST)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    return [tuple(found) for found in page.evaluate(_RUN, [context, rules])]


def problems_of(page):
    """What axe finds, and by how many pixels the page is wider than the window.

    The page must have arrived: press buttons with `contributing.press`, which waits for it.
    """
    return violations(page) + too_wide(page)


def problems_in_both_schemes(page):
    """The same in the colours the page is shown in; in the others, light or dark, what depends on them."""
    found = problems_of(page)
    scheme = page.evaluate(OTHER_SCHEME)
    page.emulate_media(color_scheme=scheme)
    others = violations(page, rules=CONTRAST) + too_wide(page)
    page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
    return found + [(f"{rule} ({scheme})", nodes) for rule, nodes in others]


def too_wide(page):
    pixels = page.evaluate(WIDER)
    return [("wider by", pixels)] if pixels > 0 else []
