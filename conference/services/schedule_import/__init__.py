"""Imports of schedule.xml and schedule.json: read, understand, compare, and only then write.

``reading`` opens the file (``xml_reading``, ``json_reading``), ``meaning`` understands it (``zones``,
``texts``, ``words``, ``grouping``, ``facts``), ``planning`` compares it with what is ``stored``
(``identity``, ``wanted``), ``writing`` writes (``applying``, ``bulk``, ``places``, ``people``),
``running`` leads.
"""

from .findings import Finding, ScheduleRefusedError
from .reading import MAX_BYTES
from .running import ImportOptions, ScheduleReport, import_schedule
from .writing import Outcome

__all__ = [
    "MAX_BYTES",
    "Finding",
    "ImportOptions",
    "Outcome",
    "ScheduleRefusedError",
    "ScheduleReport",
    "import_schedule",
]
