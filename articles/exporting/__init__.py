"""Out of the archive: one module a format, fed by the filtered queryset."""

from . import json, plain_text, tombstone

# The formats of a list, by the suffix of its address.
LIST_FORMATS = {"json": json}

__all__ = ["LIST_FORMATS", "json", "plain_text", "tombstone"]
