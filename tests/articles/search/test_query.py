"""What a reader types, understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search import MAX_QUERY, QueryError, parse
from articles.search.query import Alternative, Term


def word(*words):
    return Term(words)


def in_headline(*words):
    return Term(words, in_headline=True)


def only(text):
    """The one Alternative of a query."""
    (alternative,) = parse(text).alternatives
    return alternative


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("Baku", [word("baku")], []),
        ("Baku Tehran", [word("baku"), word("tehran")], []),
        ('"Lachin corridor"', [word("lachin", "corridor")], []),
        ('"Lachin corridor', [word("lachin", "corridor")], []),
        ('Baku"Lachin corridor"', [word("baku"), word("lachin", "corridor")], []),
        ("Baku -Tehran", [word("baku")], [word("tehran")]),
        ('Baku -"Lachin corridor"', [word("baku")], [word("lachin", "corridor")]),
        ("-Tehran", [], [word("tehran")]),
        ("headline:Baku", [in_headline("baku")], []),
        ("HEADLINE:Baku", [in_headline("baku")], []),
        ('headline:"Lachin corridor"', [in_headline("lachin", "corridor")], []),
        ("Baku -headline:Tehran", [word("baku")], [in_headline("tehran")]),
        ("Amir-Abdollahian", [word("amir", "abdollahian")], []),
        ("-Amir-Abdollahian", [], [word("amir", "abdollahian")]),
        ("Əliyev’s", [word("aliyev")], []),
        ("Baku - Tehran", [word("baku"), word("tehran")], []),
        ('"" Baku "-"', [word("baku")], []),
    ],
)
def test_words_phrases_and_what_must_not_occur(text, wanted, unwanted):
    assert only(text) == Alternative(tuple(wanted), tuple(unwanted))


@pytest.mark.parametrize("text", ["“Lachin corridor”", "„Lachin corridor“", "«Lachin corridor»"])
def test_the_quotation_marks_of_a_telephone_or_of_baku_make_a_phrase_too(text):
    assert only(text).wanted == (word("lachin", "corridor"),)


def test_or_parts_alternatives_each_with_its_own_exclusions():
    assert parse("Baku -Vienna OR Tehran").alternatives == (
        Alternative((word("baku"),), (word("vienna"),)),
        Alternative((word("tehran"),), ()),
    )


@pytest.mark.parametrize("text", ["OR Baku", "Baku OR", "OR OR Baku OR OR"])
def test_an_or_without_a_side_is_nothing(text):
    assert only(text) == Alternative((word("baku"),), ())


@pytest.mark.parametrize("text", ["Baku or Tehran", 'Baku "OR" Tehran', "Baku Or Tehran"])
def test_only_the_bare_capital_or_is_an_operator(text):
    assert len(only(text).wanted) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Baku AND Tehran", ["baku", "and", "tehran"]),
        ("Baku NOT Tehran", ["baku", "not", "tehran"]),
        ("Bak*", ["bak"]),
        ("^Baku", ["baku"]),
        ("{Baku} + (Tehran)", ["baku", "tehran"]),
        ("Baku:Tehran", ["baku", "tehran"]),
        ("Baku & !Tehran | <->", ["baku", "tehran"]),
        ("Baku\\ 'Tehran'", ["baku", "tehran"]),
        ("source:Baku", ["source", "baku"]),
    ],
)
def test_the_operators_of_the_engines_are_literal(text, words):
    found = [word for term in only(text).wanted for word in term.words]
    assert found == words
    assert only(text).unwanted == ()


@pytest.mark.parametrize("text", ["", " ", "OR", '""', "-", "headline:''", "…", "😀", "\x00"])
def test_a_query_without_a_word_is_refused_with_a_sentence(text):
    with pytest.raises(QueryError, match="no word"):
        parse(text)


def test_a_query_has_at_most_200_characters():
    assert MAX_QUERY == 200
    assert parse("b" * 200)
    with pytest.raises(QueryError, match="200 characters; this one has 201"):
        parse("b" * 201)


def test_what_is_wanted_is_marked_and_what_is_unwanted_is_not():
    query = parse('visits "Lachin corridor" -Vienna OR headline:Tehran')
    assert query.marks[0] == {"visit", "lachin", "corridor", "tehran"}


def test_of_exact_words_these_alone_are_marked():
    marks, form = parse("visits -Vienna", exact=True).marks
    assert (marks, form("visit")) == ({"visits"}, "visit")


def test_the_query_keeps_what_was_typed():
    assert parse("  Əliyev’s “visit” ").text == "  Əliyev’s “visit” "


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('"-: OR*')), max_size=210))
def test_any_text_is_either_a_query_or_a_query_error(text):
    try:
        query = parse(text)
    except QueryError as error:
        assert str(error)
        return
    terms = [term for a in query.alternatives for term in a.wanted + a.unwanted]
    assert terms
    # What the engines rely on: letters and digits only, nothing empty.
    assert all(word.isalnum() for term in terms for word in term.words)
    assert all(term.words for term in terms)
