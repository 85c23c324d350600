"""Imports of schedule.xml and schedule.json: read, understand, compare, and only then write.

``reading`` opens the file (``xml_reading``, ``json_reading``), ``meaning`` understands it (``zones``,
``texts``, ``words``, ``grouping``, ``facts``), ``planning`` compares it with what is ``stored``
(``identity``, ``wanted``), ``writing`` writes (``applying``, ``bulk`` with ``page_internals``, ``places``,
``people``), ``running`` leads, ``telling`` finds the words,
``uploads`` keeps a file between its check and its import, ``web_limits`` says how much it may hold.
"""

from .findings import Finding, ScheduleRefusedError
from .reading import MAX_BYTES
from .running import ImportOptions, ScheduleReport, import_schedule
from .telling import refusal_lines, report_lines
from .uploads import delete_old_uploads, delete_upload, keep_upload, kept_upload
from .web_limits import most_entries
from .writing import Outcome

__all__ = [
    "MAX_BYTES",
    "Finding",
    "ImportOptions",
    "Outcome",
    "ScheduleRefusedError",
    "ScheduleReport",
    "delete_old_uploads",
    "delete_upload",
    "import_schedule",
    "keep_upload",
    "kept_upload",
    "most_entries",
    "refusal_lines",
    "report_lines",
]
