"""What a search may cost: a second, and no other reader's time."""

import time

import pytest
from django.db import connection

from articles import search
from articles.models import Article
from articles.search import words
from articles.search.engines import engine
from tests.make import make_article

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    " SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


@pytest.mark.django_db
def test_a_question_without_end_is_stopped_and_the_next_one_answered():
    dialect, _ = engine()
    started = time.monotonic()
    with (
        pytest.raises(search.Interrupted),
        dialect.clock(connection, 0.1),
        connection.cursor() as cursor,
    ):
        cursor.execute(ENDLESS[connection.vendor])
    assert time.monotonic() - started < 30
    make_article("Envoys in Baku")
    assert search.everything().search(search.parse("envoys")).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", ["/", ".json"])
def test_a_search_that_was_stopped_says_so_and_when_to_come_again(client, monkeypatch, suffix):
    def stopped(*args):
        raise search.Interrupted

    make_article("Envoys in Baku")
    monkeypatch.setattr(words, "hits", stopped)
    answer = client.get(f"/articles{suffix}", {"q": "envoys"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "no-store"
    assert "longer than a second" in answer.text
    assert client.get("/articles/").status_code == 200


@pytest.mark.django_db
def test_a_phrase_of_many_forms_is_found():
    forms = ["negotiate", "negotiates", "negotiated", "negotiating", "negotiator", "negotiators"]
    make_article("Forms", body=" ".join(forms))
    make_article("Found", body="They say: negotiated visits sanction treaties agreeing signs.")
    for endings in ("", "s", "ed", "ing"):
        make_article(f"More {endings}", body=f"visit{endings} sanction{endings} sign{endings}")
    phrase = search.parse('"negotiating visit sanctions treaty agree signing"')
    ids = search.everything().search(phrase).ids
    assert [article.headline for article in Article.objects.filter(pk__in=ids.tolist())] == [
        "Found"
    ]


@pytest.mark.django_db(transaction=True)
def test_what_came_by_update_is_indexed_before_the_next_reader_is_answered(client):
    make_article("Envoys in Lachin")
    Article.objects.update(headline="Envoys in Baku")
    assert client.get("/articles.json?q=lachin").json()["count"] == 0
    assert client.get("/articles.json?q=baku").json()["count"] == 1
    assert not search.is_stale()
