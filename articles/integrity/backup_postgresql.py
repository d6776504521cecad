"""A backup of an archive on PostgreSQL: pg_dump's custom format, of one snapshot.

The dump is a whole one, which `pg_restore` alone can bring back, too. `fill` takes only its rows,
since the migrations made the tables: so all of it can be taken back, in one transaction.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryFile

from django.db import connections
from django.db.backends.postgresql.client import DatabaseClient

from .beside import snapshot
from .copying import contents, copied
from .manifest import write_manifest
from .refusals import Refused
from .sequences import set_last_ids

FILE = "archive.dump"
WAIT = 60  # seconds for a table that a migration holds

_COPY = re.compile(rb'COPY (?:"?\w+"?\.)?"?(\w+)"? (\(.*\)) FROM stdin;\n')
_LAST_ID = re.compile(rb"SELECT pg_catalog\.setval\('(?:\w+\.)?(\w+)_id_seq', (\d+), true\);\n")


def dump(using, folder, manifest):
    """Write the dump, and the manifest of the very state that is in it; returns its `contents`."""
    with snapshot(using) as source:
        connection = connections[source]
        program = _program("pg_dump", connection.pg_version // 10_000)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (exported,) = cursor.fetchone()
        options = [
            *("--format=custom", f"--snapshot={exported}", f"--file={folder / FILE}"),
            *("--no-password", f"--lock-wait-timeout={WAIT * 1000}"),
            "--exclude-table-data=django_session",
        ]
        (_, *arguments), env = DatabaseClient.settings_to_cmd_args_env(
            connection.settings_dict, options
        )
        made = subprocess.run(
            [program, *arguments],
            env={**os.environ, **(env or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise Refused(f"pg_dump failed: {made.stderr.strip()}")
        write_manifest(manifest, using=source)
        return contents(source)


def fill(folder, target, progress):
    """Bring in the rows of the dump, as the archive copies them: no sessions."""
    tables, last = {model._meta.db_table for model in copied()}, {}
    command = [_program("pg_restore"), "--data-only", "--file=-", folder / FILE]
    with (
        TemporaryFile() as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as reading,
    ):
        for line in reading.stdout:
            if found := _COPY.fullmatch(line):
                table, columns = map(bytes.decode, found.groups())
                rows = _rows(reading.stdout)
                if table in tables:
                    _copy(connections[target], table, columns, rows, progress)
                for _ in rows:
                    pass
            elif (found := _LAST_ID.fullmatch(line)) and found[1].decode() in tables:
                last[found[1].decode()] = int(found[2])
        if reading.wait():
            errors.seek(0)
            raise Refused(f"pg_restore failed: {errors.read().decode(errors='replace').strip()}")
    set_last_ids(target, last)


def _rows(lines):
    for row in iter(lines.readline, b"\\.\n"):
        if not row:
            raise Refused("pg_restore ended in the midst of a table.")
        yield row


def _copy(connection, table, columns, rows, progress):
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" {columns} FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write(row)
            progress(1)


def _program(name, at_least=0):
    """The newest program of this name. Raises Refused where it is missing, or older than that."""
    found = {_version(path): path for path in _places(name)}
    newest = max(found, default=0)
    if not newest:
        raise Refused(f"{name} was not found. Debian: apt install postgresql-client")
    if newest < at_least:
        raise Refused(f"{name} {newest} is older than the server, which is {at_least}.")
    return found[newest]


def _places(name):
    places = [*Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), shutil.which(name)]
    if pg_config := shutil.which("pg_config"):
        told = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        places.append(Path(told.stdout.strip(), name))
    return [place for place in places if place and os.access(place, os.X_OK)]


def _version(program):
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"(\d+)", told.stdout)
    return int(number[1]) if number else 0
