"""The starter archive for every test in the browser: loaded once, then copied."""

import sqlite3
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.fixture(scope="session")
def _copy(tmp_path_factory):
    return tmp_path_factory.mktemp("starter") / "archive.sqlite3"


@pytest.fixture(autouse=True)
def _starter_archive(transactional_db, _copy):
    there = _copy.exists()
    if not there:
        call_command("load_starter_archive", stdout=StringIO())
    connection.ensure_connection()  # loading closes it
    with sqlite3.connect(_copy) as copy:
        if there:
            copy.backup(connection.connection)
        else:
            connection.connection.backup(copy)
