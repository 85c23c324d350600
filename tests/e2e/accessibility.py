"""What every page is held to in a browser: the rules of axe, and no scrolling sideways."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
# A colour that is on its way to another one (a link when the scheme changes) is not what people read.
AT_REST = """async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const under_way = document.getAnimations().filter((one) => one.effect.getTiming().iterations < Infinity);
    await Promise.allSettled(under_way.map((one) => one.finished));
}"""


def violations(page, context=None):
    """What axe finds on the page, or in the part a selector names: pairs of rule and elements."""
    page.evaluate(AT_REST)
    found = Axe().run(page, context=context, options=RULES).response["violations"]
    return [(item["id"], [node["html"][:160] for node in item["nodes"][:3]]) for item in found]


def problems_of(page):
    """What axe finds, and by how many pixels the page is wider than the window.

    The page must have arrived: press buttons with `contributing.press`, which waits for it.
    """
    found = violations(page)
    pixels = page.evaluate(WIDER)
    return [*found, ("wider by", pixels)] if pixels > 0 else found
