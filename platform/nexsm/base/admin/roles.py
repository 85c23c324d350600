"""Who may do what in the admin: the groups Editors and Reviewers, and the workflow Review.

Both groups and the workflow belong to the software: their rights are completed after every
`migrate`, so that new models are usable at once. Whoever wants other rights makes a group of her
own. Wagtail's example group and workflow for moderators become ours; nobody loses a membership.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models, transaction
from django.utils.translation import gettext_noop
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

EDITORS = gettext_noop("Editors")
REVIEWERS = gettext_noop("Reviewers")
REVIEW = gettext_noop("Review")
# What Wagtail's first migrations bring.
_WAGTAIL_GROUP = "Moderators"
_WAGTAIL_WORKFLOW = "Moderators approval"

CURATE = ("add", "change", "delete", "view", "publish", "lock", "unlock")
EDIT = ("add", "change", "delete", "view")
READ = ("view",)
_PAGE_ACTIONS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
# Wagtail asks for the rights of its own models, whichever model a site uses for its media.
_MEDIA = (("wagtailimages", "image"), ("wagtaildocs", "document"))


@dataclass(frozen=True)
class Duty:
    """A model of a room, what editors may do with it, and whether it is reviewed."""

    model: str
    actions: tuple[str, ...]
    is_reviewed: bool = False


_duties: dict[str, Duty] = {}


def register(*labels: str, actions: Iterable[str] = EDIT, is_reviewed: bool = False) -> None:
    """Let editors and reviewers work on these models ("app.Model"); call it in AppConfig.ready."""
    for label in labels:
        _duties[label] = Duty(label, tuple(actions), is_reviewed)


def after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:  # noqa: ARG001
    """Receiver of `post_migrate`."""
    tables = set(connections[using].introspection.table_names())
    needed = (Workflow, WorkflowContentType, GroupCollectionPermission, Page, Permission)
    if all(model._meta.db_table in tables for model in needed):  # noqa: SLF001 - Django's name
        ensure_roles()


@transaction.atomic
def ensure_roles() -> None:
    """Create groups and workflow where they are missing and complete their rights."""
    groups = [_group(EDITORS), _group(REVIEWERS, former=_WAGTAIL_GROUP)]
    permissions = _permissions()
    for group in groups:
        group.permissions.add(*permissions)
        _grant_pages(group)
        _grant_media(group)
    workflow = _workflow(groups[1])
    _review_everything(workflow)


def _group(name: str, former: str | None = None) -> Group:
    group = Group.objects.filter(name=name).first()
    if group is None and former is not None:
        group = Group.objects.filter(name=former).first()
    if group is None:
        return Group.objects.create(name=name)
    if group.name != name:
        group.name = name
        group.save(update_fields=["name"])
    return group


def _permissions() -> list[Permission]:
    """Access to the admin, and what the rooms have registered."""
    wanted = models.Q(content_type__app_label="wagtailadmin", codename="access_admin")
    wanted |= models.Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    for duty in _duties.values():
        model = apps.get_model(duty.model)
        names = [f"{action}_{model._meta.model_name}" for action in duty.actions]  # noqa: SLF001
        wanted |= models.Q(
            content_type=ContentType.objects.get_for_model(model), codename__in=names
        )
    return list(Permission.objects.filter(wanted))


def _grant_pages(group: Group) -> None:
    root = Page.get_first_root_node()
    if root is None:
        return
    found = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=[f"{action}_page" for action in _PAGE_ACTIONS],
    )
    for permission in found:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _grant_media(group: Group) -> None:
    root = Collection.get_first_root_node()
    if root is None:
        return
    for app_label, model in _MEDIA:
        found = Permission.objects.filter(
            content_type__app_label=app_label,
            codename__in=[f"{action}_{model}" for action in ("add", "change", "delete", "choose")],
        )
        for permission in found:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )


def _workflow(reviewers: Group) -> Workflow:
    """One step: somebody of the group Reviewers approves."""
    workflow = Workflow.objects.filter(name__in=[REVIEW, _WAGTAIL_WORKFLOW]).order_by("pk").first()
    if workflow is None:
        workflow = Workflow.objects.create(name=REVIEW)
    elif workflow.name != REVIEW:
        workflow.name = REVIEW
        workflow.save(update_fields=["name"])
    first = WorkflowTask.objects.filter(workflow=workflow).select_related("task").first()
    if first is None:
        task = GroupApprovalTask.objects.create(name=REVIEW)
        task.groups.add(reviewers)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    elif first.task.name == _WAGTAIL_WORKFLOW:
        first.task.name = REVIEW
        first.task.save(update_fields=["name"])
    return workflow


def _review_everything(workflow: Workflow) -> None:
    """Give the workflow to all pages and to reviewed models, unless they have another one."""
    root = Page.get_first_root_node()
    if root is not None:
        WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
    for duty in _duties.values():
        if duty.is_reviewed:
            WorkflowContentType.objects.get_or_create(
                content_type=ContentType.objects.get_for_model(apps.get_model(duty.model)),
                defaults={"workflow": workflow},
            )
