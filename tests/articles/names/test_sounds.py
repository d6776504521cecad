"""Which spellings have one key, and which names must not."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.names.sounds import sound, sounds_of

ALIKE = [
    ("zelenskyy", "zelensky", "zelenskiy", "zelenskij"),
    ("mohammed", "muhammad", "mohamed", "mohammad"),
    ("lavrov", "lavrow", "lawrow"),
    ("sergey", "sergei", "sergej"),
    ("dmitry", "dmitri", "dmitriy"),
    ("araqchi", "arakchi"),
    ("yanukovych", "yanukovich", "janukowitsch"),
    ("tudjman", "tudman"),
    ("abdollahian", "abdullahian"),
    ("berdimuhamedow", "berdymukhamedov"),
]
APART = "bush biden putin rutte merkel macron modi castro lavrov aliyev aliyeva kim khan"


@pytest.mark.parametrize("spellings", ALIKE)
def test_spellings_of_one_name_have_one_key(spellings):
    assert len({sound(word) for word in spellings}) == 1


def test_different_names_have_different_keys():
    for one, other in combinations(APART.split(), 2):
        assert sound(one) != sound(other)


def test_initials_are_not_heard():
    assert sounds_of("Boris N. Yeltsin")[0] == sounds_of("Boris Yeltsin")[0]


@given(st.text(max_size=50))
def test_any_word_has_a_key(word):
    assert isinstance(sound(word), str)
    assert sounds_of(word)[1] >= 0
