"""Real material beside the project loads without an error, and a second time for nothing."""

import json
from pathlib import Path

import pytest

from articles import search
from articles.models import Article, ImportRun
from tests.articles.importing.run import import_articles

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FILES = [("readouts", 1390), ("country_histories", 228), ("wikinews", 294)]


@pytest.fixture
def data():
    if not DATA.is_dir():
        pytest.skip(f"REAL MATERIAL NOT TESTED: there is no folder {DATA}")
    return DATA


@pytest.mark.parametrize(("name", "number"), FILES)
def test_real_material_loads_without_an_error_and_a_second_run_changes_nothing(data, name, number):
    file = data / f"{name}.jsonl"
    first = import_articles(file)
    assert (first.status, first.err) == (0, "")
    assert first.summary == (
        f"{number} records: {number} created, 0 updated, 0 unchanged, 0 differs, 0 refused"
    )
    assert Article.objects.published().count() == number
    before = list(Article.objects.order_by("pk").values())

    second = import_articles(file)
    assert second.status == 0
    assert second.summary == (
        f"{number} records: 0 created, 0 updated, {number} unchanged, 0 differs, 0 refused"
    )
    assert list(Article.objects.order_by("pk").values()) == before
    assert ImportRun.objects.count() == 1
    assert not search.is_stale()


@pytest.mark.parametrize(("name", "number"), FILES)
def test_real_material_arrives_word_for_word(data, name, number):
    import_articles(data / f"{name}.jsonl")
    held = {article.import_ref: article for article in Article.objects.all()}
    with open(data / f"{name}.jsonl", encoding="utf-8") as lines:
        for line in lines:
            given = json.loads(line)
            article = held[given["import_ref"]]
            assert article.headline == given["headline"].strip()
            assert article.body == given["body"].strip()
            assert article.published == given["published"]
            assert article.url == given["url"]


def test_all_of_it_together_is_searched_as_one(data):
    result = import_articles(*(data / f"{name}.jsonl" for name, _ in FILES))
    total = sum(number for _, number in FILES)
    assert result.summary.startswith(f"{total} records: {total} created")
    assert Article.objects.values("slug").distinct().count() == total
    assert Article.objects.search(search.parse("president")).count() > 100
