"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    """Resources, organisations, vocabularies."""

    name = "knowledge"
    label = "knowledge"
    verbose_name = _("Knowledge base")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect receivers and offer what other rooms ask for."""
        # Models can only be imported once all apps are loaded.
        from knowledge.models import vocabulary_models  # noqa: PLC0415
        from knowledge.queries import people  # noqa: PLC0415
        from knowledge.services import (  # noqa: PLC0415
            announcements,
            files,
            import_jobs,
            privacy,
            public_items,
            upkeep_jobs,
            upkeep_privacy,
            vocabularies,
        )
        from knowledge.services.organisations import privacy as people_privacy  # noqa: PLC0415
        from knowledge.views.home import home_content  # noqa: PLC0415
        from nexsm.base import home  # noqa: PLC0415
        from nexsm.base.admin import roles  # noqa: PLC0415
        from nexsm.base.media import holds, publicity, space  # noqa: PLC0415

        self._connect_items()
        post_migrate.connect(vocabularies.load_after_migrate, sender=self)
        roles.register(
            "knowledge.Organisation", "knowledge.Resource", actions=roles.CURATE, is_reviewed=True
        )
        roles.register(*(model._meta.label for model in vocabulary_models()), "knowledge.Tag")  # noqa: SLF001
        roles.register("knowledge.Tombstone", actions=roles.READ)
        roles.register("knowledge.Submission", actions=("view", "change"))
        roles.register(
            "knowledge.ContentReport",
            "knowledge.CheckedLink",
            "knowledge.EditSuggestion",
            actions=("change", "view"),
        )
        public_items.register()
        upkeep_jobs.register()
        roles.register("knowledge.Claim", "knowledge.Standing", actions=("view", "change"))
        import_jobs.register()
        space.register(people.spaces_of_organisations)
        publicity.register(files.document_is_public)
        publicity.register(files.document_is_in_own_draft)
        publicity.register(files.document_is_in_own_resource)
        holds.keep_private(files.files_of_drafts)
        holds.need(files.resources_that_need)
        home.register(home_content)
        announcements.register_kinds()
        privacy.register_all()
        people_privacy.register_all()
        upkeep_privacy.register_all()

    def _connect_items(self) -> None:
        """What follows when an item goes online, goes offline, changes or is deleted."""
        from wagtail.signals import published, unpublished, workflow_approved  # noqa: PLC0415

        from knowledge.models import Organisation, Resource  # noqa: PLC0415
        from knowledge.services import freshness, publication, submission_outcomes  # noqa: PLC0415
        from knowledge.signals import items_changed  # noqa: PLC0415

        workflow_approved.connect(submission_outcomes.on_workflow_approved)
        for model in (Organisation, Resource):
            published.connect(publication.on_published, sender=model)
            published.connect(submission_outcomes.on_published, sender=model)
            unpublished.connect(publication.on_unpublished, sender=model)
            pre_delete.connect(publication.on_deleted, sender=model)
            published.connect(freshness.on_published, sender=model)
            items_changed.connect(freshness.on_items_changed, sender=model)
            pre_delete.connect(freshness.on_deleted, sender=model)
