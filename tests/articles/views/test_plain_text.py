"""`.txt`: the agency's plain text, byte for byte."""

import hashlib

import pytest

from articles.models import Article
from tests.make import make_article, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "original",
    [
        b"Ministers speak\n\nThey spoke.\n\nSource: Test Agency",
        b"\xef\xbb\xbfMinisters speak\r\n\r\nThey spoke.\r\n\r\nSource: Test Agency\r\n",
        "Ministers speak\n\nThey spoke.\n\nوزیران\u200c, Nazirlər\n".encode(),
        b"Ministers speak\n\nThey spoke.\n\nnot UTF-8: \xff\xfe\x00\x01",
        b"  Ministers  speak \t They spoke. and no end ",
    ],
    ids=["plain", "BOM and CRLF", "scripts", "any bytes", "spaces"],
)
def test_the_text_is_the_very_bytes_that_came_in(client, original):
    make_article("Ministers speak", body="They spoke.", original=original)

    answer = client.get("/articles/ministers-speak.txt")
    page = client.get("/articles/ministers-speak/").content.decode()

    assert answer.status_code == 200
    assert answer.content == original
    assert hashlib.sha256(original).hexdigest() in page


@pytest.mark.parametrize("field", ["headline", "body"])
def test_after_a_correction_it_is_the_corrected_text(client, field):
    report = make_article(
        "Ministers speak", body="They spoke.", original=b"Ministers speak\n\nThey spoke."
    )
    save(report, **{field: "Corrected."})

    text = client.get("/articles/ministers-speak.txt").text

    assert "Corrected." in text and text.endswith("Source: Test Agency")
    assert "as received" not in client.get("/articles/ministers-speak/").text


def test_an_article_that_came_otherwise_is_written_in_the_same_form(client):
    make_article("Nazirlər danışdı", body="First <b>.\n\nSecond & last.")

    answer = client.get("/articles/nazirler-danisdi.txt")

    text = "Nazirlər danışdı\n\nFirst <b>.\n\nSecond & last.\n\nSource: Test Agency"
    assert answer.content == text.encode()


def test_the_text_says_what_it_is_and_may_be_read_by_pages_of_other_sites(client):
    make_article("Ministers speak")

    answer = client.get("/articles/ministers-speak.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.usefixtures("starter_archive")
class TestTheStarterArchive:
    def test_the_report_that_came_as_text_is_served_as_it_came(self, client):
        report = Article.objects.exclude(original=None).get()

        text = client.get(f"/articles/{report.slug}.txt").content

        assert text == bytes(report.original)
        lines = text.decode().splitlines()
        assert lines[0] == report.headline
        assert lines[-1] == "Source: Anadolu Agency"
        assert f"\n\n{report.body}\n\n".encode() in text
