"""People."""

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory
from wagtail.users.models import UserProfile

from nexsm.accounts.models import User

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory):
    """A member with a confirmed address and no right in the admin.

    ``groups``: names of groups; ``admin_language``: language of the admin for this person.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"member{number}@example.org")
    name = factory.Sequence(lambda number: f"Member {number}")
    is_active = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        groups = kwargs.pop("groups", [])
        password = kwargs.pop("password", PASSWORD)
        superuser = kwargs.pop("is_superuser", False)
        admin_language = kwargs.pop("admin_language", "en")
        create = (
            model_class.objects.create_superuser if superuser else model_class.objects.create_user
        )
        user = create(*args, password=password, **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        user.groups.set([Group.objects.get(name=name) for name in groups])
        UserProfile.objects.create(user=user, preferred_language=admin_language)
        return user


class EditorFactory(UserFactory):
    """Somebody in the group Editors."""

    name = factory.Sequence(lambda number: f"Editor {number}")
    groups = ["Editors"]


class ReviewerFactory(UserFactory):
    """Somebody in the group Reviewers."""

    name = factory.Sequence(lambda number: f"Reviewer {number}")
    groups = ["Reviewers"]


class SuperuserFactory(UserFactory):
    """Somebody who may do everything."""

    name = "Administrator"
    is_superuser = True
