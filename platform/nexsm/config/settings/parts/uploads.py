"""Uploads: which files may come in, how big they may be, and how much space they may take.

The checks are in nexsm.base.media. Sizes in the environment are in MB (1024 × 1024 bytes).
"""

import environ

env = environ.Env()

_MB = 1024 * 1024

WAGTAILIMAGES_IMAGE_FORM_BASE = "nexsm.base.media.forms.ImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = env.int("NEXSM_UPLOAD_IMAGE_MB", default=20) * _MB
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"webp": "webp"}

WAGTAILDOCS_DOCUMENT_FORM_BASE = "nexsm.base.media.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = env.int("NEXSM_UPLOAD_FILE_MB", default=100) * _MB

# What a member and an organisation may store. People with access to the admin have no such limit.
UPLOAD_MEMBER_DAY_FILES = env.int("NEXSM_UPLOAD_MEMBER_DAY_FILES", default=100)
UPLOAD_MEMBER_DAY_BYTES = env.int("NEXSM_UPLOAD_MEMBER_DAY_MB", default=300) * _MB
UPLOAD_MEMBER_BYTES = env.int("NEXSM_UPLOAD_MEMBER_MB", default=1000) * _MB
UPLOAD_ORGANISATION_BYTES = env.int("NEXSM_UPLOAD_ORGANISATION_MB", default=5000) * _MB
# From here on nothing is taken in any more, so that the database can still write.
UPLOAD_DISK_PERCENT = env.int("NEXSM_UPLOAD_DISK_PERCENT", default=95)
# `host:port` or the path of a socket of clamd; empty: files are not looked through for viruses.
CLAMAV = env("NEXSM_CLAMAV", default="")

# Larger files go to the disk while they come in, not into memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
# A file that is larger than any we take is read to its end, so that the texts of the form are not
# lost, but it is not kept.
FILE_UPLOAD_HANDLERS = [
    "nexsm.base.media.receiving.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
