"""The limits are the same in the settings, the example file, the README and the guide."""

import re

from tests.house.project import ROOT

SETTINGS = ROOT / "platform/nexsm/config/settings/parts/uploads.py"


def defaults_in(path, pattern):
    return dict(re.findall(pattern, (ROOT / path).read_text(), re.MULTILINE))


def test_all_pages_name_the_same_limits():
    read = defaults_in(SETTINGS, r'env\.int\("(NEXSM_UPLOAD_\w+)", default=(\d+)\)')
    assert len(read) == 7
    assert defaults_in(".env.example", r"^#(NEXSM_UPLOAD_\w+)=(\d+)$") == read
    assert defaults_in("README.md", r"^\| `(NEXSM_UPLOAD_\w+)` \|.*\| `(\d+)` \|$") == read
    guide = (ROOT / "docs/uploads.md").read_text()
    for name, number in read.items():
        (row,) = [line for line in guide.splitlines() if f"`{name}`" in line and "|" in line]
        assert f"{int(number):,}" in row, name
