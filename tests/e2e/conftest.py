"""One site for the whole run.

All tests that use it belong to the group "site" of pytest-xdist, so that one process makes it.
"""

import pytest

from tests.e2e.site import running_site


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site as a newcomer meets it; tests must not undo each other."""
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running
