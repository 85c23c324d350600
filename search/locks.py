"""Which locks the search takes; see nexsm.base.locks for how."""

# Held for life by the one process whose worker watches the outbox.
LEADER = "search-leader.lock"
# Held while the index is written or built.
WRITER = "search-writer.lock"
# Held for life by the one process that reads uploaded files.
READER = "search-files.lock"
