"""Where a match stands, marked in the spelling of the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search import marked, parse, passage


def marks(text, query):
    return [piece for piece, is_match in marked(text, parse(query)) if is_match]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("aliyev", "Əliyev’s guest; ALIYEV, Aliyev's.", ["Əliyev’s", "ALIYEV", "Aliyev's"]),
        ("visits", "A visit was visited by visitors.", ["visit", "visited"]),
        ("amir-abdollahian", "Hossein Amir‑Abdollahian came", ["Amir", "Abdollahian"]),
        ("علي", "آقای علی آمد", ["علی"]),
        ("محمد", "و مُحَمَّد آمد", ["مُحَمَّد"]),
        ("میخواهم", "من می‌خواهم", ["می‌خواهم"]),
        ("королев", "Сергей Королёв", ["Королёв"]),
        ("turkiye", "TÜRKİYE and Türkiye", ["TÜRKİYE", "Türkiye"]),
        ("o'brien", "Minister O’Brien", ["O’Brien"]),
        ("o'brien", "Minister O´Brien", ["O´Brien"]),
        ("2023", "سال ۲۰۲۳", ["۲۰۲۳"]),
        ("baku -tehran", "Baku and Tehran", ["Baku"]),
        ("baku OR tehran", "Baku and Tehran", ["Baku", "Tehran"]),
        ("paris", "Baku and Tehran", []),
    ],
)
def test_a_match_is_marked_as_it_was_written(query, text, found):
    assert marks(text, query) == found


def test_a_passage_shows_the_match_amid_a_long_text():
    text = "Envoys met. " * 500 + "Farid Əliyev spoke last. " + "They parted. " * 500
    pieces = passage(text, parse("aliyev"))
    shown = "".join(piece for piece, _ in pieces)
    assert ("Əliyev", True) in pieces
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= 250


def test_a_passage_cuts_no_word():
    text = "negotiators deliberated " * 100 + "Lachin " + "negotiators deliberated " * 100
    words = set("".join(piece for piece, _ in passage(text, parse("Lachin"))).split())
    assert words == {"…", "negotiators", "deliberated", "Lachin"}


def test_a_short_text_is_shown_whole():
    assert passage("Farid Aliyev spoke.", parse("aliyev")) == [
        ("Farid ", False),
        ("Aliyev", True),
        (" spoke.", False),
    ]


def test_without_a_match_there_is_no_passage():
    assert passage("Farid Aliyev spoke.", parse("Tehran")) == []
    assert passage("", parse("Tehran")) == []


def test_a_text_of_a_megabyte_has_a_passage():
    assert ("Lachin", True) in passage("Lachin " + "a" * 1_000_000, parse("lachin"))


texts = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("Əaə's’- \u0301\u200c")))


@given(texts, st.sampled_from(["a", "əə", "s -a", '"a s"', "é OR s"]))
def test_marking_changes_no_letter_of_the_text(text, query):
    pieces = marked(text, parse(query))
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
