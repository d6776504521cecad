"""A run that is cut while it publishes: whole batches stand, and the same command finishes it."""

import pytest
from django.db import OperationalError
from django.db.models.signals import post_save

from articles import search
from articles.importing.load import BATCH
from articles.models import Article, ImportRun
from tests.articles.importing.run import import_articles, record, write_lines

pytestmark = pytest.mark.django_db

# Nothing is left of this headline for an address, so that it is saved singly, with a signal.
LAST_STRAW = "…"


class Cut:
    """The database fails, or the user presses Ctrl-C, when an article of this headline is saved."""

    def __init__(self, error):
        self.error = error

    def __enter__(self):
        post_save.connect(self.receive, sender=Article)

    def __exit__(self, *_):
        post_save.disconnect(self.receive, sender=Article)

    def receive(self, instance, **_):
        if instance.headline == LAST_STRAW:
            raise self.error


@pytest.fixture
def file(tmp_path):
    """Three batches and a bit; the second one holds the last straw."""
    pieces = [record(import_ref=f"n-{n}", body=f"Day {n}.") for n in range(BATCH * 3 + 7)]
    pieces[BATCH + BATCH // 2]["headline"] = LAST_STRAW
    return write_lines(tmp_path / "pieces.jsonl", *pieces)


TOTAL = BATCH * 3 + 7


@pytest.fixture(params=[OperationalError("the disk is full"), KeyboardInterrupt()], ids=repr)
def cut_run(request, file):
    with Cut(request.param), pytest.raises(type(request.param)):
        import_articles(file)
    return file


def test_readers_see_only_whole_batches(cut_run):
    refs = set(Article.objects.published().values_list("import_ref", flat=True))
    assert refs == {f"n-{n}" for n in range(BATCH)}
    assert Article.objects.count() == BATCH


def test_the_index_of_words_holds_what_the_archive_holds(cut_run):
    assert not search.is_stale()
    assert Article.objects.search(search.parse("ministers")).count() == BATCH


def test_the_run_stays_unfinished(cut_run):
    run = ImportRun.objects.get()
    assert not run.is_finished
    assert ImportRun.objects.unfinished().get() == run
    assert "unfinished" in str(run)


def test_the_same_command_finishes_it(cut_run):
    result = import_articles(cut_run)
    assert result.status == 0
    assert result.summary.startswith(
        f"{TOTAL} records: {TOTAL - BATCH} created, 0 updated, {BATCH} unchanged"
    )
    assert "Finished what was cut" in result.out
    assert ImportRun.objects.get().is_finished
    assert Article.objects.count() == TOTAL
    assert not search.is_stale()
    assert import_articles(cut_run).summary.startswith(f"{TOTAL} records: 0 created")


def test_a_run_that_finished_says_so_and_not_that_it_is_unfinished(cut_run):
    result = import_articles(cut_run)
    told = next(line for line in result.out.splitlines() if line.startswith("Finished"))
    assert "unfinished" not in told


def test_a_dry_run_in_between_finishes_nothing(cut_run):
    import_articles(cut_run, "--dry-run")
    assert not ImportRun.objects.get().is_finished
    assert Article.objects.count() == BATCH


def test_another_file_in_between_does_not_count_as_finishing_it(cut_run, tmp_path):
    other = write_lines(tmp_path / "other.jsonl", record(import_ref="other", body="Other."))
    import_articles(other)
    assert ImportRun.objects.unfinished().count() == 1


def test_cut_twice_it_is_still_one_run(cut_run):
    with Cut(KeyboardInterrupt()), pytest.raises(KeyboardInterrupt):
        import_articles(cut_run)
    assert ImportRun.objects.count() == 1
    assert Article.objects.count() == BATCH


def test_a_run_cut_while_updating_leaves_whole_batches_too(file):
    assert import_articles(file).status == 0
    changed = file.read_text().replace('"body": "Day', '"body": "Corrected: day')
    file.write_text(changed)
    with Cut(OperationalError("the disk is full")), pytest.raises(OperationalError):
        import_articles(file)
    first, second = (Article.objects.with_versions().filter(version_number=n) for n in (1, 2))
    assert second.filter(body__startswith="Corrected").count() == BATCH
    assert first.filter(body__startswith="Day").count() == TOTAL - BATCH
    assert import_articles(file).summary.startswith(
        f"{TOTAL} records: 0 created, {TOTAL - BATCH} updated, {BATCH} unchanged"
    )
    assert second.count() == TOTAL
