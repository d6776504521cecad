"""Articles come in as the agency's plain text: headline, paragraphs, a last line `Source: NAME`."""

from pathlib import Path

import pytest
from django.core.management import call_command

from articles.exporting import plain_text
from articles.models import Article
from tests.articles.importing.run import import_articles

pytestmark = pytest.mark.django_db

SEED = Path(__file__).resolve().parents[2] / "data" / "anadolu.txt"


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def file(tmp_path):
    return tmp_path / "piece.txt"


def test_the_first_article_comes_in_whole_and_keeps_its_bytes(tmp_path):
    result = import_articles(SEED)
    assert (result.status, result.err) == (0, "")
    article, seed = Article.objects.get(), SEED.read_bytes()
    assert article.headline.encode() == seed.split(b"\n", 1)[0]
    assert article.body.encode() in seed
    assert len(article.body.split("\n\n")) == 10
    assert article.source.name == "Anadolu Agency"
    assert (article.published, article.import_ref != "") == ("", True)
    assert bytes(article.original) == plain_text.of_article(article) == seed


def test_the_first_article_over_the_starter_archive_is_unchanged():
    names = ["countries", "topics", "sources", "people", "articles"]
    call_command("loaddata", *names, verbosity=0)
    before = list(Article.objects.order_by("pk").values())
    result = import_articles(SEED)
    assert result.status == 0
    assert result.summary == "1 records: 0 created, 0 updated, 1 unchanged, 0 differs, 0 refused"
    assert [bytes_in(row) for row in Article.objects.order_by("pk").values()] == [
        bytes_in(row) for row in before
    ]


def bytes_in(row):
    return row | {"original": row["original"] and bytes(row["original"])}


@pytest.mark.parametrize(
    "content",
    [
        "Ministers meet\n\nThey met.\n\nThey spoke.\n\nSource: Test Agency",
        "Ministers meet\n\nThey met.\n\nThey spoke.\n\nSource: Test Agency\n",
        "Ministers meet\nThey met.\n\nThey spoke.\nSource: Test Agency\n\n\n",
        "\n\nMinisters meet  \n \n\n\nThey met. \n\t\n\nThey spoke.\n\nsource:Test Agency  ",
        "Ministers meet\r\n\r\nThey met.\r\n\r\nThey spoke.\r\n\r\nSource: Test Agency\r\n",
        "Ministers meet\r\rThey met.\r\rThey spoke.\r\rSOURCE: Test Agency",
        b"\xef\xbb\xbfMinisters meet\n\nThey met.\n\nThey spoke.\n\nSource: Test Agency",
    ],
)
def test_line_ends_and_blank_lines_of_any_kind_are_read_and_the_bytes_are_kept(file, content):
    write(file, content)
    assert import_articles(file).status == 0
    article = Article.objects.get()
    assert (article.headline, article.body) == ("Ministers meet", "They met.\n\nThey spoke.")
    assert article.source.name == "Test Agency"
    assert plain_text.of_article(article) == file.read_bytes()


def test_a_line_that_names_a_source_within_the_text_is_text(file):
    write(file, "Ministers meet\n\nSource: the ministry.\n\nThey met.\n\nSource: Test Agency")
    import_articles(file)
    article = Article.objects.get()
    assert article.body == "Source: the ministry.\n\nThey met."
    assert article.source.name == "Test Agency"


def test_letters_of_every_script_arrive(file):
    write(file, "Nazir Həsənova\n\nوزیر خارجه گفت.\n\n部长会面。 👩‍🚒\n\nSource: Səs")
    import_articles(file)
    assert Article.objects.get().body == "وزیر خارجه گفت.\n\n部长会面。 👩‍🚒"


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [
        ("", "record", "source"),
        ("\n \n", "record", "source"),
        ("Ministers meet\n\nThey met.", "record", "Source: NAME"),
        ("Ministers meet\n\nThey met.\n\nSource:", "source", "missing"),
        ("Ministers meet\n\nThey met.\n\nSource:   \n", "source", "missing"),
        ("Ministers meet\n\nSource: Test Agency", "body", "missing"),
        ("Source: Test Agency", "headline", "missing"),
        ("x" * 501 + "\n\nThey met.\n\nSource: Test Agency", "headline", "500"),
        ("Ministers\n\nThey met.\n\nSource: " + "x" * 201, "source", "200"),
        ("Ministers\n\n" + "x " * 500_001 + "\n\nSource: Test Agency", "body", "1,000,000"),
        (b"Ministers\n\nThey \x00met.\n\nSource: Test Agency", "body", "NUL"),
        (b"Minist\xe9rs\n\nThey met.\n\nSource: Test Agency", "record", "not UTF-8 at byte 7"),
        ("Ministers\n\nThey.\n\nSource: A".encode("utf-16"), "record", "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "record", "not UTF-8"),
        (b"x" * (16 * 1024**2 + 1), "record", "longer than 16 MB"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_a_text_of_another_form_is_refused_with_the_reason(file, content, field, reason):
    result = import_articles(write(file, content))
    assert result.status == 1
    told = {name: why for _, _, name, why in result.problems}
    assert reason in told[field]
    assert not Article.objects.exists()


def test_several_texts_come_in_together(tmp_path):
    files = [
        write(tmp_path / f"{n}.txt", f"Talks, day {n}\n\nThey met.\n\nSource: Test Agency")
        for n in range(3)
    ]
    assert import_articles(*files).summary.startswith("3 records: 3 created")
    assert import_articles(*files).summary.startswith("3 records: 0 created, 0 updated, 3 unchan")
