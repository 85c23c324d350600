"""What every page is held to in a browser: the rules of axe, and no scrolling sideways."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


def violations(page, context=None):
    """What axe finds on the page, or in the part a selector names: pairs of rule and elements."""
    found = Axe().run(page, context=context, options=RULES).response["violations"]
    return [(item["id"], [node["html"][:160] for node in item["nodes"][:3]]) for item in found]


def problems_of(page):
    """What axe finds, and by how many pixels the page is wider than the window.

    The page must have arrived: press buttons with `contributing.press`, which waits for it.
    """
    found = violations(page)
    pixels = page.evaluate(WIDER)
    return [*found, ("wider by", pixels)] if pixels > 0 else found
