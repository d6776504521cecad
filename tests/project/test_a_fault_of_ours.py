"""When the archive itself is at fault, it says so in its own look, and to programs in JSON."""

import pytest
from django.db import OperationalError
from django.test import Client

from articles.views import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(monkeypatch):
    """The database fails whatever a list of articles asks."""

    def fail(*args, **kwargs):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("articles.views.listing.page", fail)
    return Client(raise_request_exception=False)


def test_a_page_says_that_the_fault_is_ours_and_keeps_the_look_and_the_headers(broken):
    answer = broken.get("/articles/")

    assert answer.status_code == 500
    assert "The fault is ours" in answer.text
    assert 'aria-label="Main"' in answer.text
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "disk I/O" not in answer.text


def test_the_page_of_a_fault_asks_nothing_of_the_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert errors.server_error(rf.get("/articles/")).status_code == 500


def test_programs_are_told_in_json(broken):
    answer = broken.get("/articles.json")

    assert answer.status_code == 500
    assert list(answer.json()["errors"]) == ["address"]


def test_a_fault_of_what_every_page_needs_is_told_in_plain_text(broken, monkeypatch):
    def no_file(name):
        raise ValueError(f"Missing staticfiles manifest entry for {name!r}")

    monkeypatch.setattr("django.templatetags.static.StaticNode.handle_simple", no_file)

    answer = broken.get("/articles/")

    assert (answer.status_code, answer["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert "fault of the archive" in answer.text
