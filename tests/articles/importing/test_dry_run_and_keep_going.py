"""`--keep-going` loads what is good, `--dry-run` writes nothing, and both say what they did."""

import pytest
from django.apps import apps

from articles.models import Article, ImportRun, Source
from tests.articles.importing.run import import_articles, record, write_lines

pytestmark = pytest.mark.django_db

GOOD = [record(import_ref=f"n-{n}", body=f"They met on day {n}.") for n in range(120)]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "pieces.jsonl"


def everything():
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_keep_going_loads_the_good_ones_tells_the_bad_ones_and_exits_with_1(file):
    pieces = [*GOOD[:60], b"{", *GOOD[60:], record(import_ref="bad", colour="red")]
    result = import_articles(write_lines(file, *pieces), "--keep-going")
    assert result.status == 1
    assert [problem[1:3] for problem in result.problems] == [(61, "record"), (122, "colour")]
    assert result.summary == (
        "122 records: 120 created, 0 updated, 0 unchanged, 0 differs, 2 refused"
    )
    assert Article.objects.count() == 120
    assert ImportRun.objects.get().is_finished


def test_keep_going_creates_no_source_for_a_refused_record(file):
    bad = record(source="Mistyped Agncy", colour="red")
    import_articles(write_lines(file, GOOD[0], bad), "--keep-going")
    assert [source.name for source in Source.objects.all()] == ["Test Agency"]


def test_keep_going_loads_the_first_of_two_that_bear_one_reference(file):
    result = import_articles(write_lines(file, record(), record(body="Other.")), "--keep-going")
    assert (result.status, Article.objects.get().body) == (1, record()["body"])


def test_keep_going_with_nothing_wrong_exits_with_0(file):
    assert import_articles(write_lines(file, *GOOD), "--keep-going").status == 0


def test_a_dry_run_writes_nothing_and_tells_what_it_would_do(file):
    write_lines(file, *GOOD)
    before = everything()
    result = import_articles(file, "--dry-run")
    assert everything() == before
    assert result.status == 0
    assert result.summary.startswith("120 records: 120 created, 0 updated, 0 unchanged")
    assert "nothing was written" in result.summary
    assert "Source would be created" in result.out


def test_a_dry_run_foretells_what_the_run_then_does(file):
    import_articles(write_lines(file, *GOOD[:3]))
    edited = Article.objects.get(import_ref="n-1")
    edited.headline = "Edited by the desk"
    edited.save()
    changed = [piece | {"body": "Corrected."} for piece in GOOD[:2]]
    write_lines(file, *changed, *GOOD[2:5])
    before = everything()
    foretold = import_articles(file, "--dry-run")
    assert everything() == before
    done = import_articles(file)
    assert done.summary == "5 records: 2 created, 1 updated, 1 unchanged, 1 differs, 0 refused"
    assert foretold.summary.startswith(done.summary)


def test_a_dry_run_tells_what_is_wrong_and_exits_with_1(file):
    result = import_articles(write_lines(file, GOOD[0], b"{"), "--dry-run")
    assert (result.status, result.problems[0][1]) == (1, 2)


def test_a_dry_run_that_keeps_going_writes_nothing_either(file):
    before = everything()
    result = import_articles(write_lines(file, GOOD[0], b"{"), "--dry-run", "--keep-going")
    assert everything() == before
    assert result.status == 1
    assert result.summary.startswith("2 records: 1 created")


def test_a_dry_run_does_not_say_that_it_finished_what_was_cut(file):
    write_lines(file, *GOOD)
    import_articles(file)
    ImportRun.objects.update(finished_at=None)  # as a cut leaves it
    result = import_articles(file, "--dry-run")
    assert "Finished" not in result.out
    assert not ImportRun.objects.get().is_finished
