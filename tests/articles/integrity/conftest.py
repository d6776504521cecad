"""Other archives, migrated once for all tests and copied for each."""

from contextlib import ExitStack

import pytest
from django.core.management import call_command
from django.db import connection

from articles.integrity.beside import opened
from tests.articles.integrity.another import copy_of, empty_database

if connection.vendor != "sqlite":
    collect_ignore = ["test_replacing.py"]  # SQL that SQLite alone has


@pytest.fixture(scope="session")
def templates(django_db_setup, django_db_blocker, tmp_path_factory):
    """Settings of an archive without records, by engine; nobody writes to it."""
    databases, made = ExitStack(), {}
    with django_db_blocker.unblock():
        for vendor in {"sqlite", connection.vendor}:
            folder = tmp_path_factory.mktemp("templates")
            made[vendor] = databases.enter_context(empty_database(vendor, folder))
            with opened(made[vendor]) as using:
                call_command("migrate", database=using, verbosity=0)
    yield made
    with django_db_blocker.unblock():
        databases.close()


@pytest.fixture
def new_archive(transactional_db, templates, tmp_path):
    """Makes settings of a connection to a new archive without records, of the engine asked for."""
    with ExitStack() as databases:
        yield lambda vendor=connection.vendor: databases.enter_context(
            copy_of(templates[vendor], vendor, tmp_path)
        )


@pytest.fixture
def another(new_archive):
    """The alias of a new archive without records, of the engine of the tests."""
    with opened(new_archive()) as using:
        yield using
