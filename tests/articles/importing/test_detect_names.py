"""`manage.py detect_names` as a user sees it: lines of JSON, errors by file and line, status."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Country, Membership, Person, Post
from tests.articles.importing.run import record, write_lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _archive():
    iran = Country.objects.create(
        slug="iran", name="Iran", iso_alpha2="IR", iso_alpha3="IRN", adjectives=["Iranian"]
    )
    Country.objects.create(slug="north-yemen", name="North Yemen", status="former-state")
    Country.objects.create(slug="european-union", name="European Union", status="union")
    person = Person.objects.create(slug="abbas-araghchi", name="Abbas Araghchi")
    post = Post.objects.create(
        slug="foreign-minister-of-iran",
        label="Foreign minister of Iran",
        country=iran,
        role="foreign-minister",
    )
    Membership.objects.create(
        person=person, post=post, started="2024-08-21", ended="[2025-08-08..]"
    )


def run(*arguments):
    """(exit status, lines of JSON as they are read, lines of errors)"""
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("detect_names", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        status = error.returncode
        err.write(f"{error}\n")
    except SystemExit as error:
        status = error.code
    return status, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_each_record_is_one_line_of_what_it_names(tmp_path):
    file = tmp_path / "a.jsonl"
    write_lines(
        file,
        record(headline="Iran writes", body="The Iranian foreign minister spoke. So did the"
               " European Union and North Yemen.", published="2025-01-02"),
    )  # fmt: skip
    status, (line,), err = run(file)
    assert (status, err) == (0, "1 records: 5 mentions, 0 refused\n")
    assert line["import_ref"] == "n-1"
    assert line["countries"] == ["IRN", "north-yemen"]
    assert line["unions"] == ["european-union"]
    assert line["people"] == ["abbas-araghchi"]
    assert [m["target"] for m in line["mentions"]] == [
        "abbas-araghchi", "IRN", "european-union", "north-yemen",
    ]  # fmt: skip
    assert line["headline_mentions"] == [
        {
            "start": 0,
            "end": 4,
            "text": "Iran",
            "kind": "name",
            "of": "country",
            "target": "IRN",
            "why": "a name of Iran",
        }
    ]


def test_a_record_without_a_reference_or_a_date_is_read_too(tmp_path):
    file = tmp_path / "a.jsonl"
    write_lines(file, {"body": "Iran's foreign minister"}, {"headline": "Abbas Araghchi"})
    status, (first, second), _ = run(file)
    assert status == 0
    assert (first["import_ref"], first["countries"], first["people"]) == (None, ["IRN"], [])
    assert second["people"] == ["abbas-araghchi"]


def test_what_a_labelled_file_says_besides_is_not_read(tmp_path):
    file = tmp_path / "a.jsonl"
    write_lines(file, record(countries=["XXX"], people=["Nobody"], kind="wire"))
    assert run(file)[0] == 0


BAD = [
    (b"{bad", "record: not JSON"),
    (b"[]", "record: not a record"),
    (b'{"headline": 7}', "headline: is not a text"),
    (b'{"headline": "\\ud800"}', "headline: half a character"),
    (b"{}", "record: has neither a headline nor a body"),
    (b'{"body": "x", "published": "31/02/2023"}', "published: "),
    (b'{"body": "x", "import_ref": ["a"]}', "import_ref: is not a text"),
    (b'{"body": "\xff"}', "record: not UTF-8"),
]


@pytest.mark.parametrize(("line", "reason"), BAD)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path, line, reason):
    file = tmp_path / "a.jsonl"
    write_lines(file, record(), line, record(import_ref="n-2"))
    status, lines, err = run(file)
    assert status == 1
    assert [read["import_ref"] for read in lines] == ["n-1", "n-2"]
    assert f"a.jsonl:2: {reason}" in err
    assert err.endswith("3 records: 0 mentions, 1 refused\n")


def test_a_file_that_is_missing_or_of_another_form_is_wrong_usage(tmp_path):
    assert run(tmp_path / "none.jsonl")[::2] == (2, f"{tmp_path}/none.jsonl: no such file\n")
    other = tmp_path / "a.csv"
    other.write_text("a")
    status, lines, err = run(other)
    assert (status, lines) == (2, [])
    assert "name it .jsonl" in err


def test_an_empty_file_names_nothing(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"")
    assert run(tmp_path / "a.jsonl") == (0, [], "0 records: 0 mentions, 0 refused\n")


def test_nothing_is_written(tmp_path):
    file = tmp_path / "a.jsonl"
    write_lines(file, record())
    run(file)
    assert not Article.objects.exists()
