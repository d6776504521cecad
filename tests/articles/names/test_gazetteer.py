"""What the gazetteer makes of names: which words are looked for, and which never."""

import pytest

from articles.names.gazetteer import Country, Gazetteer, Person
from articles.names.handles import full_names, handles
from tests.articles.names.known import countries


def strong(name, *of):
    return {" ".join(words) for words, is_strong in handles(name, set(of)) if is_strong}


SURNAMES = [
    ("Joe Biden", "united-states", {"biden"}),
    ("Joseph R. Biden Jr.", "united-states", {"biden", "r biden"}),
    ("Ursula von der Leyen", "germany", {"leyen", "von der leyen", "der leyen"}),
    ("Andrés Manuel López Obrador", "mexico", {"obrador", "lopez obrador"}),
    ("Abdel Fattah el-Sisi", "egypt", {"sisi", "el sisi"}),
    ("Mohammed bin Salman", "saudi-arabia", {"salman", "bin salman"}),
    ("Xi Jinping", "china", {"xi"}),
    ("Han Duck-soo", "south-korea", {"han"}),
    ("Fumio Kishida", "japan", {"kishida", "fumio"}),
    ("Abdullah II of Jordan", "jordan", {"abdullah"}),
    ("Pope Francis", "vatican-city", {"francis"}),
    ("Sukarno", "indonesia", {"sukarno"}),
    ("Mr. X", "", set()),
    ("A", "", set()),
    ("", "", set()),
    ("de la", "", set()),
]


@pytest.mark.parametrize(("name", "country", "surnames"), SURNAMES)
def test_the_surname_is_taken_from_where_it_stands_in_that_country(name, country, surnames):
    assert strong(name, country) == surnames


WHOLE = [
    ("Joe Biden", {"joe biden"}),
    ("Joseph R. Biden Jr.", {"joseph r biden jr", "joseph biden"}),
    ("Elizabeth II", {"elizabeth ii"}),
    ("John Paul I", {"john paul i"}),
    ("Kim Jong-un", {"kim jong un"}),
    ("Sukarno", set()),
    ("A B", set()),
    ("", set()),
    ("\u0301", set()),
]


@pytest.mark.parametrize(("name", "whole"), WHOLE)
def test_a_whole_name_has_two_words_at_least(name, whole):
    assert {" ".join(words) for words in full_names(name)} == whole


def test_initials_and_suffixes_may_be_left_out_but_no_numeral():
    known = Gazetteer((), [Person("john-paul-i", "John Paul I", ())])
    assert known.full_names["john"]["paul"].get(None) is None


def test_every_country_of_the_archive_is_found_by_each_of_its_names():
    known = Gazetteer(countries())
    for country in countries():
        for name in (country.name, *country.names):
            assert _senses(known, name), name


def _senses(known, name):
    from articles.names.fold import folded_words

    node = known.phrases
    for word in folded_words(name):
        node = node[word]
    return node[None].senses


def test_a_country_without_any_known_word_is_no_error():
    known = Gazetteer([Country("x", "…"), Country("y", "")])
    assert set(known.countries) == {"x", "y"}
