"""The archive changes while an import is at work: names mean what they mean when it publishes."""

import pytest

from articles import integrity
from articles.importing import checking, formats, records
from articles.importing import load as importing
from articles.models import Article, Person, Source
from tests.articles.importing.run import import_articles, record, write_lines
from tests.make import make_country, make_person

pytestmark = pytest.mark.django_db

BATCH, TOTAL = importing.BATCH, 2 * importing.BATCH


@pytest.fixture
def file(tmp_path):
    """Two batches on one person."""
    make_country("Azerbaijan")
    make_person("Leyla Hasanova")
    integrity.settle()  # what waits for its seal came while nobody looked
    return write_lines(
        tmp_path / "pieces.jsonl",
        *[
            record(import_ref=f"n-{n}", body=f"Day {n}.", people=["leyla-hasanova"])
            for n in range(TOTAL)
        ],
    )


def merge():
    """The editor finds that Leyla Hasanova has two entries."""
    with integrity.change("nigar", "One person"):
        other = make_person("Leyla Həsənova", slug="leyla-hesenova")
        Person.objects.filter(slug="leyla-hasanova").update(merged_into=other)


def rename():
    """The editor gives Leyla Hasanova another address: nobody is called so any more."""
    with integrity.change("nigar", "Her full name"):
        Person.objects.update(slug="leyla-maryam-hasanova", name="Leyla Maryam Hasanova")
        Person.objects.update(folded_name="leyla maryam hasanova")


def rename_by_sql():
    Person.objects.update(slug="leyla-maryam-hasanova", folded_name="leyla maryam hasanova")


def after_the_check(monkeypatch, edit):
    check = importing.check

    def then_somebody_edits(paths, **options):
        report = check(paths, **options)
        edit()
        return report

    monkeypatch.setattr(importing, "check", then_somebody_edits)


def after_the_first_batch(monkeypatch, edit):
    publish, batches = importing._Loader.publish, []

    def then_somebody_edits(loader):
        publish(loader)
        batches.append(loader)
        if len(batches) == 1:
            edit()

    monkeypatch.setattr(importing._Loader, "publish", then_somebody_edits)


def test_a_person_merged_after_the_check_is_linked_by_the_entry_that_stands(file, monkeypatch):
    after_the_check(monkeypatch, merge)
    assert import_articles(file).status == 0
    assert Article.objects.mentioning(Person.objects.get(slug="leyla-hesenova")).count() == TOTAL


def test_a_person_merged_between_batches_is_linked_by_the_entry_that_stands(file, monkeypatch):
    after_the_first_batch(monkeypatch, merge)
    assert import_articles(file).status == 0
    old, new = Person.objects.order_by("pk")
    assert Article.objects.mentioning(old).count() == BATCH
    assert Article.objects.mentioning(new).count() == BATCH


@pytest.mark.parametrize("edit", [rename, rename_by_sql])
def test_a_name_that_nobody_bears_any_more_is_refused_by_its_line(file, monkeypatch, edit):
    after_the_first_batch(monkeypatch, edit)
    result = import_articles(file)
    assert result.status == 1
    assert f"{BATCH} created" in result.summary and f"{BATCH} refused" in result.summary
    assert [problem[1:3] for problem in result.problems] == [
        (line, "people") for line in range(BATCH + 1, TOTAL + 1)
    ]
    assert Article.objects.count() == BATCH


def test_a_source_made_by_the_import_itself_is_no_change(file):
    assert import_articles(file).summary.startswith(f"{TOTAL} records: {TOTAL} created")
    assert set(Article.objects.values_list("source__name", flat=True)) == {"Test Agency"}
    assert Source.objects.count() == 1


def read_times(monkeypatch):
    """Counts how often a record is validated, and how often a line is parsed."""
    times = {"validated": 0, "parsed": 0}
    read, parse = records.Reader.read, formats._json_object

    def counted_read(self, *args):
        times["validated"] += 1
        return read(self, *args)

    def counted_parse(line):
        times["parsed"] += 1
        return parse(line)

    monkeypatch.setattr(records.Reader, "read", counted_read)
    monkeypatch.setattr(formats, "_json_object", counted_parse)
    return times


def test_while_nothing_changes_each_record_is_read_once(file, monkeypatch):
    import_articles(file)  # makes the source
    times = read_times(monkeypatch)
    assert f"{TOTAL} unchanged" in import_articles(file).summary
    assert times == {"validated": TOTAL, "parsed": TOTAL}


def test_of_large_files_nothing_is_kept_and_each_record_is_read_twice(file, monkeypatch):
    monkeypatch.setattr(checking, "MOST_KEPT", 1000)
    times = read_times(monkeypatch)
    assert f"{TOTAL} created" in import_articles(file).summary
    assert times == {"validated": 2 * TOTAL, "parsed": 2 * TOTAL}
