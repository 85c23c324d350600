"""The requirement files pin what pyproject.toml asks for, with hashes, and name no index."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.project import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
GROUPS = PROJECT["optional-dependencies"]
FILES = {
    "base.txt": [*PROJECT["dependencies"], *GROUPS["build"]],
    "dev.txt": [*PROJECT["dependencies"], *GROUPS["build"], *GROUPS["test"], *GROUPS["lint"]],
}


def pinned(file):
    text = (ROOT / "requirements" / file).read_text()
    pairs = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", text, re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pairs}


@pytest.mark.parametrize("file", FILES)
def test_every_dependency_is_pinned_as_asked(file):
    versions = pinned(file)
    wrong = []
    for text in FILES[file]:
        asked = Requirement(text)
        version = versions.get(canonicalize_name(asked.name))
        if version is None or not asked.specifier.contains(version):
            wrong.append(f"{text}: {version}")
    assert wrong == []


@pytest.mark.parametrize("file", FILES)
def test_every_package_has_hashes(file):
    text = (ROOT / "requirements" / file).read_text()
    blocks = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    assert [block for block in blocks if block.strip() and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("file", FILES)
def test_no_address_and_no_option_is_in_the_file(file):
    text = (ROOT / "requirements" / file).read_text()
    lines = text.splitlines()
    assert [line for line in lines if "://" in line or " @ " in line] == []
    assert [line for line in lines if line.startswith("-")] == []


def test_tests_run_with_the_versions_of_the_site():
    base, dev = pinned("base.txt"), pinned("dev.txt")
    assert {package: dev.get(package) for package in base} == base
