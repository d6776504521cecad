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
        (1, [], "1 names of countries and people suggested in their texts"),
        (2, ["--no-suggestions"], "1 texts are still to be read for the names in them: manage.py"),
    ):
        file.write_text(json.dumps(record | {"import_ref": f"{number}"}))
        call_command("import_articles", str(file), *more)
        assert told in capsys.readouterr().out
    monkeypatch.setattr("articles.management.commands.import_articles.MOST_READ", 0)
    file.write_text(json.dumps(record | {"import_ref": "3"}))
    call_command("import_articles", str(file))
    assert "1 texts are still to be read" in capsys.readouterr().out
    assert Suggestion.objects.count() == 1
    assert unread().count() == 2
