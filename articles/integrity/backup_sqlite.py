"""A backup of an archive on SQLite: the database in one file, made while others write."""

from urllib.parse import quote

from django.db import connections

from .beside import opened
from .copying import contents, copy_rows
from .manifest import write_manifest
from .versions import settle

FILE = "archive.sqlite3"
_BACKEND = "django.db.backends.sqlite3"


def dump(using, folder, manifest):
    """Write the file, and the manifest of what is in it; returns its `contents`.

    `cp` would miss what waits in the WAL.
    """
    path = folder / FILE
    settle(using=using)
    with connections[using].cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    with opened({"ENGINE": _BACKEND, "NAME": str(path)}) as copy:
        settle(using=copy)  # what came by SQL in between, as the next change would have done
        write_manifest(manifest, using=copy)
        return contents(copy)


def fill(folder, target, progress):
    """Bring in the rows of the file, which is opened for reading only."""
    name = f"file:{quote(str(folder / FILE))}?mode=ro"
    with opened({"ENGINE": _BACKEND, "NAME": name}) as source:
        copy_rows(source, target, progress)
