"""The text of uploaded files, page by page.

``child`` runs in a process of its own with narrow limits, because a file may be hostile. It and all it
imports (``kinds``, ``limits``, ``outcome``, ``readers``) know nothing of Django. ``extraction`` starts
it; ``waiting`` says which files are to be read, ``attachments`` which of them everybody may open.
"""
