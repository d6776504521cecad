"""Detection on texts that nobody would write, and what holds of every text."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import dates
from articles.names.detect import detect
from articles.names.gazetteer import Gazetteer, Person
from tests.articles.names.known import countries, found, gazetteer
from tests.nasty import SHARP

PIECES = [
    *("Iran", "IRAN", "Iran’s", "the U.S.", "US", "us", "Georgia", "Jordan", "Chad", "Turkey"),
    *("Moscow", "Moscow-backed", "Congo", "Korea", "Azerbaijani", "French", "foreign minister"),
    *("president of", "President", "Biden", "Joe Biden", "Jill", "Mr.", "Joseph R. Biden, Jr."),
    *("“Bibi”", "Netanyahu", "Əliyev", "Лавров", "عراقچی", "bin", "al-", "the", "and", "of"),
    *("said", ",", ".", "\n", "\n\n", " ", "\u202e", "\u200f", "\u0301" * 300, "\x00", "-"),
    *("’", "'s", "\u00a0", "ﷺ", "𝔘", "½", "\ud800"),
]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["", " "]))
def test_every_mention_stands_where_it_says_and_none_over_another(pieces, between):
    _check(between.join(pieces))


@given(st.text(max_size=300))
def test_any_text_at_all_is_read(text):
    _check(text)


def _check(text):
    mentions = found(text, "2023-07-02")
    assert mentions == sorted(mentions, key=lambda m: (m.start, -m.end, m.of))
    for of in ("country", "person"):
        ends = [(m.start, m.end) for m in mentions if m.of == of]
        assert all(before[1] <= after[0] for before, after in zip(ends, ends[1:], strict=False))
    for m in mentions:
        assert m.text and m.why and m.kind in ("name", "adjective", "demonym", "capital", "office")
        known = gazetteer().countries if m.of == "country" else gazetteer().people
        assert m.target in known


@pytest.mark.parametrize("text", SHARP)
def test_what_has_broken_sites_breaks_nothing(text):
    _check(text)
    _check(f"Iran {text} Iraq")


@pytest.mark.parametrize(
    "name", ["", " ", "A", "é", "-", "\u0301", "\u202e", "de", "Mr.", "II", "  I "]
)
def test_a_name_of_nothing_or_of_one_letter_finds_nobody(name):
    known = Gazetteer(countries(), [Person("x", name, ())])
    assert [m for m in detect("President A, Mr. de I. II é", known) if m.of == "person"] == []


def test_an_empty_gazetteer_finds_nothing():
    assert detect("Iran and Joe Biden", Gazetteer()) == []


def test_hundreds_of_combining_marks_are_no_part_of_a_name():
    assert [m.target for m in found("I" + "\u0301" * 500 + "ran and Iraq")] == ["iraq"]


HARD = [
    *("Biden ", "President Biden ", "US ", "Georgia, ", "Chad Jordan ", "Moscow and ", "Joe ", "'"),
    *(
        "the president of France, ",
        "a\u0301",
        "a\u200d",
        "A. ",
        "Mr. Lavrov Russia ",
        "Moscow, Beijing and ",
        "relations with Tunis, ",
        "Ramesh Amman ",
        "Biden-Harris administration ",
        "\n",
        "“Bibi” ",
    ),
]


@pytest.mark.parametrize("piece", HARD)
def test_a_long_text_takes_no_more_than_its_share(piece):
    """Four times the text takes about four times the time."""
    span = dates.span("2023-07-02")
    taken = []
    for length in (60_000, 240_000):
        text = (piece * (length // len(piece) + 1))[:length]
        begun = time.process_time()
        detect(text, gazetteer(), span)
        taken.append(time.process_time() - begun)
    assert taken[1] < 10 * taken[0] + 0.5


def test_a_megabyte_is_read_to_its_end():
    text = "President Biden met Mr. Lavrov of Russia. " * 25_000
    assert found(text, "2023-07-02")[-1].target == "russia"


def test_the_same_text_gives_the_same_answer():
    text = " ".join(random.Random(1).choices(PIECES, k=500))
    assert found(text, "2023") == found(text, "2023")
