"""A bad line is told by number, field and reason, and nothing is loaded."""

import json
import time

import pytest

from articles.models import Article, ImportRun, Source
from tests.articles.importing.run import import_articles, record, write_lines
from tests.make import make_country, make_person, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "pieces.jsonl"


@pytest.fixture
def known():
    make_country("Azerbaijan", iso_alpha2="AZ")
    make_country("Czechoslovakia", iso_alpha2="CS", valid_until="1992-12-31")
    make_country("Serbia and Montenegro", iso_alpha2="CS", valid_until="2006")
    make_person("Leyla Hasanova")
    make_person("Leyla Hasanova", slug="leyla-hasanova-2")


WRONG_LINES = [
    (b"{", "record", "not JSON"),
    (b"headline: Ministers meet", "record", "not JSON"),
    (b'{"headline": "A",}', "record", "not JSON"),
    (b"[1, 2]", "record", "JSON object"),
    (b'"Ministers meet"', "record", "JSON object"),
    (b"null", "record", "JSON object"),
    (b"{} {}", "record", "not JSON"),
    (b'{"headline": "A", "headline": "B"}', "record", "headline"),
    (b'{"headline": "Minist\xe9rs"}', "record", "not UTF-8 at byte 21"),
    (b'{"headline": "\xed\xa0\x80"}', "record", "not UTF-8"),
    (b'\xff\xfe{\x00"\x00', "record", "not UTF-8"),
    (b'{"headline": "A\x00B"}', "record", "not JSON"),
    (b"[" * 100_000, "record", "deep"),
    (b'{"a":' * 100_000, "record", "deep"),
    (b'{"headline": ' + b"9" * 100_000 + b"}", "record", ""),
]


@pytest.mark.parametrize(("line", "field", "reason"), WRONG_LINES, ids=lambda v: repr(v[:25]))
def test_a_line_that_is_no_record_is_told_and_nothing_is_loaded(file, line, field, reason):
    result = import_articles(write_lines(file, record(), line))
    assert result.status == 1
    assert [problem[:3] for problem in result.problems] == [("pieces.jsonl", 2, field)]
    assert reason in result.problems[0][3]
    assert not Article.objects.exists()
    assert not Source.objects.exists()
    assert not ImportRun.objects.exists()


WRONG_FIELDS = [
    ("headline", None, "missing"),
    ("headline", "", "missing"),
    ("headline", " \t ", "missing"),
    ("headline", 5, "string"),
    ("headline", ["A"], "string"),
    ("headline", False, "string"),
    ("headline", 1e999, "string"),
    ("headline", "x" * 501, "500"),
    ("headline", "Two\nlines", "one line"),
    ("headline", "Nul\0", "NUL"),
    ("headline", "Half \ud83d", "surrogate"),
    ("body", None, "missing"),
    ("body", "\0", "NUL"),
    ("body", "x" * 1_000_001, "1,000,000"),
    ("body", {"html": "<p>"}, "string"),
    ("source", None, "missing"),
    ("source", "x" * 201, "200"),
    ("source", "\udc00", "surrogate"),
    ("import_ref", "x" * 301, "300"),
    ("import_ref", 17, "string"),
    ("import_ref", "n\n1", "one line"),
    ("summary", "x" * 2001, "2,000"),
    ("byline", "x" * 501, "500"),
    ("dateline", "x" * 201, "200"),
    ("credit", "x" * 201, "200"),
    ("usage_terms", "x" * 501, "500"),
    ("published_note", "x" * 4001, "4,000"),
    ("published", "yesterday", "EDTF"),
    ("published", "02/07/2023", "EDTF"),
    ("published", "2023-13", "month"),
    ("published", "2023-02-30", "day"),
    ("published", "0000", "years"),
    ("published", "Y170000", ""),
    ("published", "2023-07-02/", "interval"),
    ("published", "[2023..2021]", ""),
    ("published", "2023-07-02T18:04:00", "offset"),
    ("published", 2023, "string"),
    ("url", "javascript:alert(1)", "http"),
    ("url", "agency.example/news", "http"),
    ("url", "ftp://agency.example/", "http"),
    ("url", "https://agency.example/" + "x" * 2000, ""),
    ("language", "English!", "BCP 47"),
    ("language", "e", "BCP 47"),
    ("language", "x" * 36, "35"),
    ("retrieved_at", "2023-07-02", "offset"),
    ("retrieved_at", "2023-07-02T25:00:00Z", ""),
    ("retrieved_at", "0001-01-01T00:00:00+14:00", ""),
    ("retrieved_at", "9999-12-31T23:59:59-12:00", ""),
    ("retrieved_at", 1688313840, "string"),
    ("countries", "azerbaijan", "list"),
    ("countries", {"azerbaijan": 1}, "list"),
    ("countries", [["azerbaijan"]], "list"),
    ("countries", 0, "list"),
    ("countries", False, "list"),
    ("countries", {}, "list"),
    ("countries", [None], "list"),
    ("countries", ["Utopia"], "Utopia"),
    ("countries", ["azerbaijan", "azerbaijn"], "azerbaijan"),
    ("countries", ["CS"], "serbia-and-montenegro"),
    ("countries", [""], ""),
    ("countries", ["\0"], ""),
    ("countries", ["\ud800"], ""),
    ("countries", ["AZ"] * 201, "200"),
    ("people", ["nobody-known"], "nobody-known"),
    ("people", ["Leyla Hasanova"], "several"),
    ("people", ["Leila Hasanova"], "near is leyla-hasanova, leyla-hasanova-2"),
    ("people", ["Лейла Гасанова"], "near is leyla-hasanova"),
    ("people", ["\ud800"], ""),
    ("people", [7], "list"),
    ("topics", ["weather"], "weather"),
    ("topics", ["\ud800"], ""),
    ("colour", "red", "no such field"),
    ("title", "Ministers meet", "headline"),
    ("pk", 1, "no such field"),
    ("status", "draft", "no such field"),
    ("Headline", "", "no such field"),
    ("", "", "no such field"),
]


def test_a_name_that_is_a_part_of_anothers_is_near_to_none(known, file):
    result = import_articles(write_lines(file, record(people=["Hasanova"])))
    assert result.problems[0][3].endswith("add it first, then import")


@pytest.mark.parametrize(("field", "value", "reason"), WRONG_FIELDS, ids=lambda v: ascii(v)[:30])
def test_a_wrong_field_is_told_by_line_and_name_and_nothing_is_loaded(
    known, file, field, value, reason
):
    good, wrong = record(), record(import_ref="n-2") | {field: value}
    result = import_articles(write_lines(file, good, b"", wrong))
    assert result.status == 1
    assert [problem[:3] for problem in result.problems] == [("pieces.jsonl", 3, field)]
    assert reason in result.problems[0][3]
    assert not Article.objects.exists()
    assert not Source.objects.exists()
    assert "1 records refused, nothing loaded" in result.summary


def test_all_that_is_wrong_is_told_at_once(file):
    pieces = [
        record(headline="", published="soon"),
        record(import_ref="n-2"),
        b"{",
        record(import_ref="n-4", colour="red"),
    ]
    result = import_articles(write_lines(file, *pieces))
    assert [problem[1:3] for problem in result.problems] == [
        (1, "headline"),
        (1, "published"),
        (3, "record"),
        (4, "colour"),
    ]
    assert "3 records refused, nothing loaded" in result.summary


@pytest.mark.parametrize(
    "wrong", [{"\ud800\n\x1b[31m": "x"}, {"countries": ["\x1b[31mUtopia"]}], ids=ascii
)
def test_what_cannot_be_printed_does_not_reach_the_terminal(file, wrong):
    result = import_articles(write_lines(file, record() | wrong))
    assert result.status == 1
    hidden = {ascii(letter) for letter in result.err if not letter.isprintable()}
    assert hidden == {ascii("\n")}
    assert len(result.err.splitlines()) == 2


def test_two_records_of_one_reference_and_different_content_are_refused(file):
    result = import_articles(write_lines(file, record(), record(body="Other words.")))
    assert result.status == 1
    assert [problem[:3] for problem in result.problems] == [("pieces.jsonl", 2, "import_ref")]
    assert "pieces.jsonl:1" in result.problems[0][3]
    assert not Article.objects.exists()


def test_two_files_with_one_reference_and_different_content_are_refused(tmp_path):
    make_source("Test Agency", other_names=["TA"])
    first = write_lines(tmp_path / "first.jsonl", record())
    second = write_lines(tmp_path / "second.jsonl", record(source="TA", body="Other words."))
    result = import_articles(first, second)
    assert [problem[:3] for problem in result.problems] == [("second.jsonl", 1, "import_ref")]
    assert "first.jsonl:1" in result.problems[0][3]
    assert not Article.objects.exists()


def test_the_same_record_twice_is_one_article(file):
    result = import_articles(write_lines(file, record(), record()))
    assert result.status == 0
    assert result.summary.startswith("2 records: 1 created, 0 updated, 1 unchanged")
    assert Article.objects.count() == 1


def test_a_line_longer_than_16_megabytes_is_refused_within_a_second(file):
    endless = b'{"headline": "' + b"x" * (17 * 1024**2) + b'"}'
    write_lines(file, record(), endless)
    started = time.monotonic()
    result = import_articles(file)
    assert time.monotonic() - started < 5  # a second on a quiet machine
    assert [problem[:3] for problem in result.problems] == [("pieces.jsonl", 2, "record")]
    assert "16 MB" in result.problems[0][3]
    assert not Article.objects.exists()


def test_a_long_line_within_the_limit_is_a_record(file):
    body = "word " * 199_999 + "end"
    assert import_articles(write_lines(file, json.loads(json.dumps(record(body=body))))).status == 0
    assert Article.objects.get().body == body
