"""The public API."""

from ninja import NinjaAPI

api = NinjaAPI(title="NexSM", version="1", urls_namespace="api", docs_url=None)
