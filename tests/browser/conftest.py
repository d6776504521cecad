"""The starter archive for every test in the browser: loaded once for all, then copied."""

import fcntl
import os
import sqlite3
from contextlib import closing
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.fixture(scope="session")
def _copy(tmp_path_factory):
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each has a folder of its own within that of all
        folder = folder.parent
    return folder / "starter.sqlite3"


@pytest.fixture(autouse=True)
def _starter_archive(transactional_db, _copy):
    with open(f"{_copy}-lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _copy.exists():
            call_command("load_starter_archive", stdout=StringIO())
            connection.ensure_connection()  # loading closes it
            with closing(sqlite3.connect(_copy)) as copy:
                connection.connection.backup(copy)
            return
    connection.ensure_connection()
    with closing(sqlite3.connect(_copy)) as copy:
        copy.backup(connection.connection)
