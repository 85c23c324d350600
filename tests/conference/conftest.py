import pytest
from wagtail.users.models import UserProfile

from tests.factories.accounts import EditorFactory


@pytest.fixture
def editor(client):
    """The browser of an editor who works in German."""
    user = EditorFactory()
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "de"})
    client.force_login(user)
    return client
