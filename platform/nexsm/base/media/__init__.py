"""Uploaded files: what may come in, under which name it is kept, and who may fetch it."""
