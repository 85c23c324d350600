"""The folders are what DESIGN and pip expect of them."""

import platform
import re
import sys

from tests.house.project import ROOT, SOURCES, files, name


def test_platform_is_still_pythons_own_module():
    assert platform.python_version_tuple()[0] == str(sys.version_info.major)
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_no_module_is_a_junk_drawer():
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [name(path) for path in files("*.py", *SOURCES) if path.name in drawers] == []


def test_the_licence_is_the_agpl():
    text = (ROOT / "LICENSE").read_text()
    assert text.split()[:5] == ["GNU", "AFFERO", "GENERAL", "PUBLIC", "LICENSE"]
    assert len(re.findall(r"^ {2}\d+\. ", text, re.MULTILINE)) == 18


def test_nothing_is_left_unfinished():
    leftover = re.compile(r"\b(TODO|FIXME|XXX)\b")
    here = ROOT / "tests" / "house" / "test_folders.py"
    paths = [path for path in files("*.py", *SOURCES) if path != here]
    paths += [
        path for kind in ("*.html", "*.css", "*.js") for path in files(kind, "templates", *SOURCES)
    ]
    assert [name(path) for path in paths if leftover.search(path.read_text())] == []
