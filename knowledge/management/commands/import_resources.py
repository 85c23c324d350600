"""Import resources from a CSV file."""

from knowledge.management.import_command import ImportCommand
from knowledge.services.imports import ResourceImport


class Command(ImportCommand):
    """``manage.py import_resources FILE.csv [--publish] [--dry-run] [--source NAME]``."""

    help = "Import resources from a CSV file: all rows or none."
    importer_class = ResourceImport
