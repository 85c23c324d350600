"""Tables and references to take away, in the formats that the imports read."""

from .formats import ORGANISATION_FORMATS, RESOURCE_FORMATS, ExportFormat
from .sending import download

__all__ = ["ORGANISATION_FORMATS", "RESOURCE_FORMATS", "ExportFormat", "download"]
