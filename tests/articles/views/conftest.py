"""The starter archive for whole classes of tests."""

import pytest
from django.core.management import call_command

FIXTURES = ["countries", "topics", "sources", "people", "articles", "events"]


@pytest.fixture(scope="class")
def starter_archive(django_db_setup, django_db_blocker):
    """The fixtures, loaded once for a class of tests and taken out after it."""
    with django_db_blocker.unblock():
        call_command("loaddata", *FIXTURES, verbosity=0)
    yield
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)
