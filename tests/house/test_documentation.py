"""The documentation points to what exists, and names what there is."""

import re

import pytest
from django.core.management import get_commands

from tests.house.project import ROOT, files, name

PAGES = [*sorted(ROOT.glob("*.md")), *files("*.md", "docs")]
OWN_APPS = {
    "nexsm.config",
    "nexsm.demo",
    "nexsm.accounts",
    "nexsm.base",
    "knowledge",
    "conference",
    "search",
}


def headings(path):
    """The anchors a page offers, as code hosts make them from its headings."""
    lines = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_relative_links_lead_somewhere(page):
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        if not goal.exists() or (anchor and anchor not in headings(goal)):
            dead.append(target)
    assert dead == []


def test_every_page_can_be_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        targets = re.findall(r"\]\(([^)\s:#]+)[^)\s]*\)", page.read_text())
        goals = [(page.parent / target).resolve() for target in targets]
        goals += [goal / "README.md" for goal in goals if goal.is_dir()]
        waiting += [goal for goal in goals if goal.suffix == ".md" and goal.exists()]
    assert [name(page) for page in PAGES if page not in reached] == []


def test_every_management_command_is_documented():
    ours = {command for command, app in get_commands().items() if app in OWN_APPS}
    text = (ROOT / "docs" / "commands.md").read_text()
    titles = re.findall(r"^## (.+)$", text, re.MULTILINE)
    documented = {command for title in titles for command in re.findall(r"`([a-z_]+)`", title)}
    assert documented == ours


def test_every_decision_is_in_the_list():
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (ROOT / "docs/decisions/README.md").read_text())
    written = [page.name for page in files("[0-9]*.md", "docs/decisions")]
    assert sorted(listed) == written
