"""Backups: a folder with the database, its manifest, and what tells whether it is whole.

    about.json          the engine, when, migrations, the head, SHA-256 of all rows and of each file
    manifest.jsonl      the manifest of the very state that is in the database
    archive.sqlite3     or archive.dump, of PostgreSQL

Accounts are in it, with their passwords' hashes; sessions are not used when it is restored. So
only its owner may read it. It is written beside its place and moved there when it is whole.
"""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

import django
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from . import backup_postgresql, backup_sqlite
from .copying import filling, make_ready, words_for_errors
from .refusals import Refused, WrongUsage

ENGINES = {"sqlite": backup_sqlite, "postgresql": backup_postgresql}
ABOUT, MANIFEST = "about.json", "manifest.jsonl"


def backup(folder, using=DEFAULT_DB_ALIAS):
    """Write a backup while others write; returns what about.json tells.

    The folder must not be there, or be empty: else WrongUsage. Raises Refused where it cannot be
    made; then nothing is left of it.
    """
    folder = Path(folder).resolve()
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise WrongUsage(f"{folder} is there already, and not an empty folder.")
    if not folder.parent.is_dir():
        raise WrongUsage(f"{folder.parent} is no folder.")
    with words_for_errors():
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-unfinished-", dir=folder.parent))
        try:
            about = _write(draft, using)
            draft.rename(folder)
            _sync(folder.parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return about


def _write(folder, using):
    connection = connections[using]
    engine = ENGINES[connection.vendor]
    digest = engine.dump(using, folder, folder / MANIFEST)
    with open(folder / MANIFEST, encoding="utf-8") as manifest:
        first = json.loads(manifest.readline())
    about = {
        "engine": connection.vendor,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "django": django.get_version(),
        "migrations": _migrations(connection),
        "head": first["head"],
        "records": first["records"],
        "contents": digest,
        "files": {name: _sha256(folder / name) for name in (engine.FILE, MANIFEST)},
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    for path in folder.iterdir():
        path.chmod(0o600)
        _sync(path)
    _sync(folder)
    return about


def restore(folder, using=DEFAULT_DB_ALIAS, progress=lambda rows: None):
    """Bring a backup into an empty archive; returns what about.json tells.

    The archive is migrated if it is not yet. Raises Refused, and then it is as empty as before.
    """
    folder = Path(folder).resolve()
    about = _read(folder)
    connection = connections[using]
    if about["engine"] != connection.vendor:
        raise Refused(
            f"This is a backup of an archive on {about['engine']}, and the archive to be filled is"
            f" on {connection.vendor}. Restore it on its own engine, then use copy_archive."
        )
    with words_for_errors():
        make_ready(using)
        _refuse_other_migrations(about, connection)
        with filling(using, folder / MANIFEST, about["contents"]):
            ENGINES[about["engine"]].fill(folder, using, progress)
    return about


def _read(folder):
    """What about.json tells. Raises Refused unless every file is as it was written."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        files = {ENGINES[about["engine"]].FILE, MANIFEST}
        wanted = {name: about["files"][name] for name in files}
        _ = about["migrations"]["articles"], about["head"], about["records"], about["contents"]
    except FileNotFoundError:
        raise WrongUsage(f"{folder} is no backup: it holds no {ABOUT}.") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{folder / ABOUT} is damaged: {error!r}") from None
    for name, digest in wanted.items():
        try:
            is_whole = _sha256(folder / name) == digest
        except OSError as error:
            raise Refused(str(error)) from None
        if not is_whole:
            raise Refused(f"{folder / name} is damaged: its SHA-256 is not that in {ABOUT}.")
    return about


def _refuse_other_migrations(about, connection):
    then, now = about["migrations"]["articles"], _migrations(connection)["articles"]
    if then != now:
        raise Refused(
            f"The backup was made by another version of the archive, migrated to {then}; this one"
            f" is at {now}. Restore it with the code of then, and upgrade after that."
        )


def _migrations(connection):
    """{app: its last migration}"""
    return dict(sorted(MigrationRecorder(connection).applied_migrations()))


def _sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path):
    """Down to the disk: what was renamed must not turn out empty after a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
