"""Imports of CSV files: read, check, and only then write, all rows or none.

``recognition`` finds the encoding, ``table`` reads rows, ``cells`` reads values, ``resources`` and
``organisations`` say what the columns mean, ``writing`` and ``updating`` store, ``running`` leads.
"""

from .organisations import OrganisationImport
from .problems import ImportRefusedError, Problem
from .resources import ResourceImport
from .running import ImportReport, run_import

__all__ = [
    "ImportRefusedError",
    "ImportReport",
    "OrganisationImport",
    "Problem",
    "ResourceImport",
    "run_import",
]
