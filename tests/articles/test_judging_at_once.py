"""Two editors, a reading and an import at the same article: one after another, nothing twice.

On SQLite there is one writer at a time; what PostgreSQL lets work side by side waits in one order.
"""

import json
import threading
import time

import pytest
from django.db import connection

from articles import integrity, mentions
from articles.importing import load as importing
from articles.integrity import verification
from articles.models import Article, Mention, Suggestion
from tests.make import make_article, make_country

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time"),
]
BODY = "Iran and Azerbaijan spoke of trade."
MEANWHILE = 0.5  # seconds in which the other comes to where it has to wait


@pytest.fixture
def report():
    made = make_article("A call", body=BODY, import_ref="call")
    make_country("Iran")
    make_country("Azerbaijan")
    mentions.suggest([made.pk])
    return made


class Meanwhile(threading.Thread):
    """Does something on a connection of its own; `result()` is what came of it."""

    def __init__(self, what, *args):
        super().__init__()
        self.what, self.args = what, args
        self.start()
        time.sleep(MEANWHILE)

    def run(self):
        try:
            self.came = self.what(*self.args)
        except Exception as fault:
            self.came = fault
        finally:
            connection.close()

    def result(self):
        self.join()
        return self.came


def faults():
    return [f for f in verification.verify().findings if f.damage != "unattributed"]


@pytest.mark.parametrize("other", [mentions.confirm, mentions.reject])
def test_of_two_who_judge_the_same_the_first_is_heard(report, other):
    with integrity.change("leyla", "Confirmed"):
        assert mentions.confirm(Suggestion.objects.all(), "leyla") == 2
        second = Meanwhile(other, Suggestion.objects.all(), "rauf")
    assert second.result() == 0
    assert set(Mention.objects.values_list("status", "said_by")) == {("confirmed", "leyla")}
    assert Mention.objects.count() == report.countries.count() == 2
    assert not faults()


def test_what_is_judged_while_it_is_read_is_not_suggested_again(report):
    with integrity.change("leyla", "Rejected"):
        mentions.reject(Suggestion.objects.all(), "leyla")
        reading = Meanwhile(mentions.suggest, [report.pk])
    assert reading.result() == 0
    assert not Suggestion.objects.exists()


def test_an_import_waits_for_an_editor_who_does_not_wait_for_it(report, tmp_path):
    text = {"import_ref": "call", "headline": "A call", "source": "Test Agency", "body": BODY}
    file = tmp_path / "again.jsonl"

    def bring(body):
        file.write_text(json.dumps(text | {"body": body}))
        checked = importing.check([file])
        importing.load([file], checked)
        return checked.outcomes

    bring(BODY)
    Article.objects.update(import_digest=importing.state_digest(report))  # as it was imported
    with integrity.change("leyla", "Confirmed"):
        integrity.hold("article", [report.pk])
        run = Meanwhile(bring, f"Baku. {BODY}")
        mentions.confirm(Suggestion.objects.all(), "leyla")
    assert run.result().total() == 1
    assert [m.is_lost or m.stands for m in Mention.objects.all()] == [True, True]
    assert report.countries.count() == 2
    assert not faults()
