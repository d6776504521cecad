"""Articles come in as JSON Lines: every field arrives, empty ones erase nothing."""

import json
from datetime import UTC, date, datetime

import pytest

from articles import search
from articles.models import Article, ImportRun, Source
from tests.articles.importing.run import import_articles, record, write_lines
from tests.make import (
    make_country,
    make_membership,
    make_person,
    make_post,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "pieces.jsonl"


@pytest.fixture
def known():
    make_country("Azerbaijan", iso_alpha2="AZ", iso_alpha3="AZE")
    make_country("Iran", iso_alpha2="IR", iso_alpha3="IRN")
    make_membership(make_person("Leyla Hasanova"), make_post(), "2019")
    make_topic("Visits")
    make_source("Test Agency", other_names=["TA"])


FULL = {
    "import_ref": "ta/2023/07/02-5",
    "headline": "Nazir Leyla Həsənova Tehranda",
    "summary": "Two lines:\nthe visit, the talks.",
    "body": "They met on Sunday.\n\nThey spoke of “trade”.",
    "byline": "Nigar Quliyeva",
    "dateline": "TEHRAN, July 2",
    "source": "Test Agency",
    "credit": "APA",
    "url": "https://agency.example/news?id=5&lang=az#top",
    "published": "2023-07-02T18:04:00+04:00",
    "published_note": "Printed above\nthe text.",
    "language": "az-Latn",
    "countries": ["azerbaijan", "IR"],
    "people": ["leyla-hasanova"],
    "topics": ["visits"],
    "usage_terms": "May be quoted.",
    "retrieved_at": "2023-07-03T06:00:00+02:00",
}


def test_every_field_of_a_record_arrives_in_the_archive(known, file):
    result = import_articles(write_lines(file, FULL))
    assert (result.status, result.err) == (0, "")
    article = Article.objects.get()
    plain = set(FULL) - {"source", "countries", "people", "topics", "retrieved_at"}
    assert {name: getattr(article, name) for name in plain} == {name: FULL[name] for name in plain}
    assert article.source.slug == "test-agency"
    assert {country.slug for country in article.countries.all()} == {"azerbaijan", "iran"}
    assert [person.slug for person in article.people.all()] == ["leyla-hasanova"]
    assert [topic.slug for topic in article.topics.all()] == ["visits"]
    assert article.retrieved_at == datetime(2023, 7, 3, 4, 0, tzinfo=UTC)
    assert article.published_earliest == article.published_latest == date(2023, 7, 2)
    assert (article.status, article.version) == ("published", 1)
    assert article.slug == "nazir-leyla-hesenova-tehranda"


def test_what_is_imported_is_found_by_its_words_at_once(known, file):
    import_articles(write_lines(file, FULL))
    assert Article.objects.search(search.parse('"spoke of trade" hasanova')).exists()
    assert not search.is_stale()


def test_headline_body_and_source_are_enough(known, file):
    least = {"headline": "Ministers meet", "body": "They met.", "source": "TA"}
    assert import_articles(write_lines(file, least)).status == 0
    article = Article.objects.get()
    assert (article.published, article.published_latest) == ("", None)
    assert (article.language, article.url, article.retrieved_at) == ("en", "", None)
    assert article.import_ref


@pytest.mark.parametrize(
    ("published", "earliest", "latest"),
    [
        ("2023-07-02", date(2023, 7, 2), date(2023, 7, 2)),
        ("2023-07", date(2023, 7, 1), date(2023, 7, 31)),
        ("2023?", date(2023, 1, 1), date(2023, 12, 31)),
        ("[2021-08-25..2023-09-19]", date(2021, 8, 25), date(2023, 9, 19)),
        ("2020-09-27/2020-11-10", date(2020, 9, 27), date(2020, 11, 10)),
        ("2023-07-02T00:30:00+04:00", date(2023, 7, 2), date(2023, 7, 2)),
        ("2023-07-02T23:30:00Z", date(2023, 7, 2), date(2023, 7, 2)),
        ("[..2023-09-19]", None, date(2023, 9, 19)),
        ("", None, None),
    ],
)
def test_a_date_arrives_as_it_was_written_with_the_days_that_it_allows(
    file, published, earliest, latest
):
    import_articles(write_lines(file, record(published=published)))
    article = Article.objects.get()
    assert article.published == published
    assert (article.published_earliest, article.published_latest) == (earliest, latest)


@pytest.mark.parametrize("source", ["test-agency", "Test Agency", "TEST  AGENCY", "ta"])
def test_a_source_is_known_by_slug_or_name_in_any_case(known, file, source):
    import_articles(write_lines(file, record(source=source)))
    assert Article.objects.get().source == Source.objects.get()


def test_an_unknown_source_is_created_with_kind_unknown_and_reported_once(file):
    pieces = [record(import_ref=f"n-{n}", source="Səs qəzeti") for n in range(3)]
    result = import_articles(write_lines(file, *pieces))
    source = Source.objects.get()
    assert (source.name, source.slug, source.kind) == ("Səs qəzeti", "ses-qezeti", "unknown")
    assert result.out.count("Səs qəzeti") == 1
    assert source.articles.count() == 3


@pytest.mark.parametrize("name", ["—", "***", "北京", "Ə" * 200, "article", "-"])
def test_a_source_of_whatever_name_can_be_created(file, name):
    result = import_articles(write_lines(file, record(source=name)))
    assert result.status == 0, result.err
    assert Article.objects.get().source.name == name
    assert import_articles(file).summary.startswith("1 records: 0 created, 0 updated, 1 unchanged")


def test_two_new_sources_whose_long_names_begin_alike_are_two(file):
    names = [f"{'Gazette ' * 20}of {town}" for town in ("Baku", "Shusha")]
    result = import_articles(write_lines(file, *(record(source=name) for name in names)))
    assert result.status == 0, result.err
    assert set(Source.objects.values_list("name", flat=True)) == set(names)


def test_two_spellings_of_a_new_source_in_one_file_are_one_source(file):
    pieces = [record(import_ref="n-1", source="Səs"), record(import_ref="n-2", source="SƏS")]
    import_articles(write_lines(file, *pieces))
    assert Source.objects.count() == 1


@pytest.mark.parametrize("nothing", ["", None, "absent"])
def test_what_is_empty_or_absent_never_erases(known, file, nothing):
    import_articles(write_lines(file, FULL))
    before = Article.objects.values().get()
    empty = dict.fromkeys(FULL, nothing) if nothing != "absent" else {}
    kept = {name: FULL[name] for name in ("import_ref", "headline", "body", "source")}
    lists = {} if nothing == "absent" else dict.fromkeys(["countries", "people", "topics"], [])
    result = import_articles(write_lines(file, empty | lists | kept))
    assert result.summary.startswith("1 records: 0 created, 0 updated, 1 unchanged, 0 differs")
    assert Article.objects.values().get() == before
    article = Article.objects.get()
    assert [article.countries.count(), article.people.count(), article.topics.count()] == [2, 1, 1]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(file):
    pieces = [json.dumps(record(import_ref=f"n-{n}", body="One.\r\n\r\nTwo.")) for n in range(2)]
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(pieces).encode() + b"\r\n\r\n")
    assert import_articles(file).status == 0
    assert set(Article.objects.values_list("body", flat=True)) == {"One.\n\nTwo."}


def test_a_last_line_without_an_end_and_blank_lines_between_are_read(file):
    pieces = [json.dumps(record(import_ref=f"n-{n}")).encode() for n in range(2)]
    file.write_bytes(b"\n  \n" + b"\n\n".join(pieces))
    assert import_articles(file).summary.startswith("2 records: 2 created")


def test_an_empty_file_holds_nothing_and_that_is_fine(file):
    result = import_articles(write_lines(file))
    assert (result.status, result.summary.split(",")[0]) == (0, "0 records: 0 created")
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("status", ["draft", "review", "published"])
def test_imports_publish_unless_told_otherwise(file, status):
    import_articles(write_lines(file, record()), "--status", status)
    assert Article.objects.get().status == status


def test_the_same_piece_from_two_sources_is_two_articles_with_two_addresses(file):
    pieces = [record(source=source) for source in ("APA", "Trend")]
    import_articles(write_lines(file, *pieces))
    slugs = Article.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["ministers-meet-in-baku", "ministers-meet-in-baku-2"]


def test_headlines_alike_or_empty_find_addresses_beside_those_that_are_there(file):
    headlines = ["Talks 2", "…", "?!"]
    import_articles(
        write_lines(file, *(record(import_ref=h, headline=h) for h in headlines)),
    )
    result = import_articles(
        write_lines(file, *(record(import_ref=f"n-{n}", headline="Talks") for n in range(3)))
    )
    assert result.summary.startswith("3 records: 3 created")
    slugs = set(Article.objects.filter(headline="Talks").values_list("slug", flat=True))
    assert slugs == {"talks", "talks-3", "talks-4"}
    for article in Article.objects.filter(headline__in=["…", "?!"]):
        assert article.slug == f"article-{article.pk}"
