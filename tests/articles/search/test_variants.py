"""A query in the other spellings of the names in it, as alternatives; and how many there may be."""

import pytest

from articles.search import parse
from articles.search.variants import MOST_ALTERNATIVES, runs_of, spelled

ALSO = {
    "xi jinping": ["习近平"],
    "习近平": ["xi jinping"],
    "araghchi": ["araqchi"],
    "abbas araghchi": ["abbas araqchi", "عباس عراقچي"],
    "abbas": ["عباس"],
    "amirabdollahian": ["amir abdollahian"],
}


def told(text, also=ALSO, **options):
    """The alternatives, each as a reader would write it."""
    query = spelled(parse(text, **options), also)
    return [
        " ".join([*map(written, a.wanted), *(f"-{written(term)}" for term in a.unwanted)])
        for a in query.alternatives
    ]


def written(term):
    words = " ".join(term.words)
    return "headline:" * term.in_headline + (f'"{words}"' if " " in words else words)


@pytest.mark.parametrize(
    ("text", "alternatives"),
    [
        ("treaty", ["treaty"]),
        # A word in other spellings is asked for as it is: the vocabulary has its forms.
        ("araghchi", ["araghchi"]),
        ("xi jinping", ["xi jinping", "习近平"]),
        ("xi jinping trade", ["xi jinping trade", "习近平 trade"]),
        ("trade xi jinping", ["trade xi jinping", "trade 习近平"]),
        ("jinping xi", ["jinping xi"]),
        ("xi trade jinping", ["xi trade jinping"]),
        ('"xi jinping"', ['"xi jinping"', "习近平"]),
        ('"president xi jinping"', ['"president xi jinping"', '"president 习近平"']),
        ("headline:xi headline:jinping", ["headline:xi headline:jinping", "headline:习近平"]),
        ("headline:xi jinping", ["headline:xi jinping"]),
        ("习近平", ["习近平", '"xi jinping"']),
        ("-习近平 trade", ['trade -习近平 -"xi jinping"']),
        ('-"xi jinping"', ['-"xi jinping" -习近平']),
        ("-xi -jinping", ["-xi -jinping"]),
        ("trade OR xi jinping", ["trade", "xi jinping", "习近平"]),
        # What the forms of its words find already is not asked for again.
        ("abbas araghchi", ["abbas araghchi", '"عباس عراقچي"']),
        ("amirabdollahian", ["amirabdollahian", '"amir abdollahian"']),
    ],
)
def test_a_name_is_asked_for_in_each_of_its_spellings(text, alternatives):
    assert told(text) == alternatives


def test_a_word_still_being_typed_is_no_name_yet():
    assert told("amirabdollahian", half_typed=True) == ["amirabdollahian"]


def test_what_was_typed_comes_first_and_alone_is_not_another_spelling():
    alternatives = spelled(parse("xi jinping OR trade"), ALSO).alternatives
    assert [a.is_other for a in alternatives] == [False, True, False]


def test_there_are_only_so_many_alternatives():
    also = {letter: [f"{letter}{n} x" for n in range(30)] for letter in "abcdefgh"}
    for text in (" ".join(also), " OR ".join(also), " ".join(f"-{letter}" for letter in also)):
        alternatives = spelled(parse(text), also).alternatives
        assert len(alternatives) <= MOST_ALTERNATIVES + len(also)
        assert sum(not a.is_other for a in alternatives) == len(parse(text).alternatives)


def test_the_runs_that_may_be_names_are_those_of_words_beside_one_another():
    assert runs_of(parse('a b "c d" -e')) == ["a", "b", "c", "d", "e", "a b", "b c", "c d",
                                              "a b c", "b c d", "a b c d"]  # fmt: skip
    assert runs_of(parse("a headline:b -c"), is_wanted=True) == ["a", "b"]
    assert len(runs_of(parse("a " * 100))) <= 10
    assert len(runs_of(parse(" ".join(map(str, range(60)))))) < 600
