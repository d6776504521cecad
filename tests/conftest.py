"""What every test shares: settings that suit tests, and a browser that is Debian's Chromium."""

import gc
import os
import pickle
from io import StringIO
from pathlib import Path
from unittest import mock

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.test import TransactionTestCase, override_settings

from tests.once import one_at_a_time

BROWSER_TESTS = Path(__file__).parent / "browser"
LONGEST = "test_a_strangers_input.py"  # begun first, so that at the end nobody waits for it alone

# In CI the same examples every time: what passed must not fail by chance on the next change.
hypothesis.settings.register_profile("archive", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "archive")


def _flush(test_case, teardown=TransactionTestCase._fixture_teardown):
    from articles import integrity  # not before Django is set up

    with integrity.guards_lifted(), mock.patch.object(connection.ops, "sql_flush", _deletions):
        teardown(test_case)


def _deletions(style, tables, **options):
    """For the few rows of a test, faster than TRUNCATE on PostgreSQL."""
    return [f'DELETE FROM "{table}"' for table in tables]


# A test with real transactions ends in a flush, which the guards of the archive would refuse.
TransactionTestCase._fixture_teardown = _flush


def pytest_collection_finish():
    # To look through all that was imported for garbage, again and again, took a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_modifyitems(config, items):
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path.name != LONGEST)
    if connection.vendor == "postgresql":
        alike = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=alike)
        items[:] = [item for item in items if _asks_a_database(item)]


def _asks_a_database(item):
    """Else it is the same test on either engine, and is run with SQLite."""
    fixtures = {"db", "transactional_db", "django_db_setup"}.intersection(item.fixturenames)
    return bool(fixtures or item.get_closest_marker("django_db"))


@pytest.fixture(scope="session", autouse=True)
def _settings_for_tests(tmp_path_factory):
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        # Static files as they lie in the folders: no test waits for collectstatic.
        STORAGES={**settings.STORAGES, "staticfiles": storage},
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        # Fast on purpose; the real hashers are slow on purpose.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


def _loaded(django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            _sweep_postgresql()
        with transaction.atomic():
            _load(tmp_path_factory)
            if connection.vendor == "postgresql":
                _settle_postgresql()
            yield  # each test works in a transaction within this one
            transaction.set_rollback(True)


def _load(tmp_path_factory):
    """With the command, once for all workers; then by the rows that it made."""
    with one_at_a_time(tmp_path_factory, "starter.pickle") as kept:
        if not kept.exists():
            call_command("load_starter_archive", stdout=StringIO())
            kept.write_bytes(pickle.dumps(_starter_rows()))
            return
    _fill_with(*pickle.loads(kept.read_bytes()))


def _sweep_postgresql():
    """What earlier tests took back still lies in its tables."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")


def _settle_postgresql():
    """Plan by what is there, and check foreign keys now: else each test does it, for all rows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.check_constraints()


def _starter_rows():
    """{table: (columns, rows)}, and the last id of each table."""
    from articles.integrity.sequences import last_ids

    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("articles").get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {table}")
            columns = [column[0] for column in cursor.description]
            found[table] = columns, cursor.fetchall()
    return found, last_ids(DEFAULT_DB_ALIAS)


def _fill_with(rows_of, last):
    """As after `load_starter_archive`, in a tenth of its time."""
    from articles import integrity, search
    from articles.integrity.sequences import set_last_ids

    with integrity.guards_lifted(), connection.cursor() as cursor:
        for table, (columns, rows) in rows_of.items():
            names, places = ", ".join(f'"{c}"' for c in columns), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)
    set_last_ids(DEFAULT_DB_ALIAS, last)
    search.rebuild()


@pytest.fixture(scope="class")
def starter_archive(django_db_setup, django_db_blocker, tmp_path_factory):
    """The starter archive, loaded once for a class of tests and taken out after it."""
    yield from _loaded(django_db_blocker, tmp_path_factory)


@pytest.fixture(scope="module")
def starter_archive_for_all(django_db_setup, django_db_blocker, tmp_path_factory):
    """The starter archive, loaded once for a file of tests and taken out after it."""
    yield from _loaded(django_db_blocker, tmp_path_factory)


@pytest.fixture(scope="session")
def _has_browser_tests(request):
    return any(item.get_closest_marker("browser") for item in request.session.items)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, _has_browser_tests, tmp_path_factory
):
    if not _has_browser_tests:
        return
    # Playwright's event loop runs in the tests' own thread, where Django then refuses its ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # The test and the server it visits are two threads: a database in memory would give both
    # one connection, a file gives each its own, as in life.
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "archive.sqlite3")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "chromium_sandbox": os.geteuid() != 0,  # as root it is --no-sandbox
        # Quiet: no start pages, no updates, no look-ups beyond the pages under test.
        "args": [
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
