"""One site for the whole run.

One process runs all tests of this folder (see tests/conftest.py), so it is made once.
"""

import pytest

from tests.e2e.site import running_site


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site as a newcomer meets it; tests must not undo each other."""
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running
