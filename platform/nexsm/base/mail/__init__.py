"""Mail: what rooms write is kept in a table with what it tells, and sent by a worker.

Only this package sends. The other modules: `kinds` (which mails one may refuse), `wishes` (who refused
them), `texts` (what strangers may write into a mail), `delivery` (sending, retries, giving up).
"""

from .queueing import absolute_url, queue, queue_text

__all__ = ["absolute_url", "queue", "queue_text"]
