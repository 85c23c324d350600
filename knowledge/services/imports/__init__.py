"""Imports of files: read, check, and only then write, all rows or none.

``recognition`` finds the encoding, ``table`` reads rows of CSV files, ``sheets`` of XLSX, ``ris`` and
``bibtex`` references; ``reading`` opens any of them, ``cells`` reads values, ``resources`` and
``organisations`` say what the columns mean, ``writing`` and ``updating`` store, ``running`` leads.
``runs`` leads an import on the web, step by step.
"""

from .organisations import OrganisationImport
from .problems import ImportRefusedError, Problem
from .reading import Reading
from .resources import ResourceImport
from .running import ImportReport, Options, check_import, run_import
from .schema import Scope

__all__ = [
    "ImportRefusedError",
    "ImportReport",
    "Options",
    "OrganisationImport",
    "Problem",
    "Reading",
    "ResourceImport",
    "Scope",
    "check_import",
    "run_import",
]
