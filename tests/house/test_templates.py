"""Templates and styles keep to the Content Security Policy and to both writing directions."""

import re

from tests.house.project import ROOMS, files, name

TEMPLATES = ("templates", *ROOMS)

INLINE = {
    "inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(ld\+)?json)[^>]*>"
    ),
    "inline style": re.compile(r"<style\b"),
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle=", re.IGNORECASE),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
SIDES = r"(left|right)"
PHYSICAL = re.compile(
    rf"(?<![-\w])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-{SIDES}(?:-\w+)?\s*:"
    rf"|border-(?:top|bottom)-{SIDES}-radius\s*:"
    rf"|{SIDES}\s*:"
    rf"|(?:text-align|float|clear)\s*:\s*{SIDES})"
)


def without_comments(text):
    """The text with comments emptied, line numbers kept."""
    comment = re.compile(r"/\*.*?\*/|\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
    return comment.sub(lambda match: "\n" * match[0].count("\n"), text)


def findings(paths, patterns):
    for path in paths:
        text = without_comments(path.read_text())
        for what, pattern in patterns.items():
            for match in pattern.finditer(text):
                yield f"{name(path)}:{text.count(chr(10), 0, match.start()) + 1}: {what}: {match[0]}"


def test_templates_hold_no_inline_script_or_style():
    assert list(findings(files("*.html", *TEMPLATES), INLINE)) == []


def test_styles_know_no_left_and_right():
    assert list(findings(files("*.css", *TEMPLATES), {"physical property": PHYSICAL})) == []


def test_scripts_write_no_styles_the_policy_would_block():
    blocked = {"style attribute": re.compile(r"setAttribute\(\s*[\"']style[\"']|\.cssText\b")}
    assert list(findings(files("*.js", *TEMPLATES), blocked)) == []


def test_texts_for_translation_are_trimmed():
    untrimmed = {
        "blocktranslate without trimmed": re.compile(
            r"\{% blocktrans(late)?\b(?![^%]*\btrimmed\b)[^%]*%\}"
        )
    }
    assert list(findings(files("*.html", *TEMPLATES), untrimmed)) == []


def test_nothing_is_loaded_from_elsewhere():
    loading = re.compile(
        r"<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\s(?:src|srcset|data)=[\"']?(?:https?:)?//"
        r"|<link\b[^>]*\brel=[\"'](?:stylesheet|preload|preconnect|icon|dns-prefetch)[\"'][^>]*href=[\"'](?:https?:)?//"
        r"|url\(\s*[\"']?(?:https?:)?//|@import"
    )
    paths = [*files("*.html", *TEMPLATES), *files("*.css", *TEMPLATES)]
    assert list(findings(paths, {"from elsewhere": loading})) == []
