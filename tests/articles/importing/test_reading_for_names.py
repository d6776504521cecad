"""What is imported is read for the names in it at once, or is told to wait for that."""

import json

import pytest
from django.core.management import call_command

from articles.models import Suggestion, unread
from tests.make import make_country

pytestmark = pytest.mark.django_db(transaction=True)


def test_texts_are_read_for_names_at_once_or_later(tmp_path, monkeypatch, capsys):
    make_country("Iran")
    file = tmp_path / "a.jsonl"
    record = {"headline": "A call", "body": "Iran spoke.", "source": "Wire"}
    for number, more, told in (
        (1, [], "1 texts read: 1 names of countries and people suggested"),
        (2, ["--no-suggestions"], "1 texts are still to be read for the names in them: manage.py"),
        (2, [], "1 texts read: 1 names"),  # what a run that was cut had left
        (3, ["--dry-run"], "nothing was written"),
    ):
        file.write_text(json.dumps(record | {"import_ref": f"{number}"}))
        call_command("import_articles", str(file), *more)
        assert told in capsys.readouterr().out
    monkeypatch.setattr("articles.management.commands.import_articles.MOST_READ", 0)
    call_command("import_articles", str(file))
    assert "More than 0 texts are still to be read" in capsys.readouterr().out
    assert Suggestion.objects.count() == 2
    assert unread().count() == 1
