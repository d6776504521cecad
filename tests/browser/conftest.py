"""The starter archive for every test in the browser: loaded once for all, then copied."""

import sqlite3
from contextlib import closing
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from tests.once import one_at_a_time


@pytest.fixture(autouse=True)
def _starter_archive(transactional_db, tmp_path_factory):
    with one_at_a_time(tmp_path_factory, "starter.sqlite3") as path:
        there = path.exists()
        if not there:
            call_command("load_starter_archive", stdout=StringIO())
        connection.ensure_connection()  # loading closes it
        with closing(sqlite3.connect(path)) as copy:
            if there:
                copy.backup(connection.connection)
                _as_never_seen()
            else:
                connection.connection.backup(copy)


def _as_never_seen():
    """What is held in memory is of another copy, which may have gone on to the same tick."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_index SET era = %s", [uuid4().hex])
        cursor.execute("UPDATE articles_state SET token = %s", [uuid4().hex])
