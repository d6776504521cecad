"""The page that tells when the archive was last verified, and its head."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.make import make_article

pytestmark = pytest.mark.django_db


def test_an_archive_that_was_never_verified_says_so(client):
    assert "has not been verified yet" in client.get("/about/integrity/").text


def test_the_last_verification_and_the_head_are_told(client, capsys):
    make_article()
    call_command("verify_archive")
    head = capsys.readouterr().out.split()[-1]
    page = client.get("/about/integrity/").text
    assert "Nothing was found to be changed" in page
    assert head in page


def test_findings_are_counted_and_earlier_ones_kept(client, capsys):
    make_article()
    call_command("verify_archive")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET byline = 'Leyla'")
    assert "wait for their seal" in client.get("/about/integrity/").text
    with pytest.raises(SystemExit):
        call_command("verify_archive")
    page = client.get("/about/integrity/").text
    assert "<b>1 finding.</b>" in page
    assert "no findings in" in page
    assert "Leyla" not in page


def test_about_leads_there(client):
    assert "/about/integrity/" in client.get("/about/").text
