"""Import organisations from a CSV file."""

from knowledge.management.import_command import ImportCommand
from knowledge.services.imports import OrganisationImport


class Command(ImportCommand):
    """``manage.py import_organisations FILE.csv [--publish] [--dry-run] [--source NAME]``."""

    help = "Import organisations from a CSV file: all rows or none."
    importer_class = OrganisationImport
