"""A text with four values to filter by."""

from typing import ClassVar

from django.db import models
from modelsearch import index


class Text(index.Indexed, models.Model):
    """One document of the corpus.

    Wagtail counts facets of single values only, so topic and region are the first of each document.
    """

    title = models.CharField(max_length=500)
    summary = models.TextField()
    body = models.TextField()
    type = models.CharField(max_length=20, db_index=True)
    language = models.CharField(max_length=5, db_index=True)
    topic = models.CharField(max_length=20, db_index=True)
    region = models.CharField(max_length=10, blank=True, db_index=True)

    search_fields: ClassVar = [
        index.SearchField("title", boost=6),
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.AutocompleteField("title"),
        index.FilterField("type"),
        index.FilterField("language"),
        index.FilterField("topic"),
        index.FilterField("region"),
    ]

    class Meta:
        app_label = "peers"

    def __str__(self) -> str:
        return self.title
