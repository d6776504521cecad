"""The stems of a text are those of its words one by one, however they are found."""

from hypothesis import example, given
from hypothesis import strategies as st
from snowballstemmer import stemmer

from articles.names.fold import fold
from articles.search.terms import MAX_LETTERS, stem, stems

WORDS = ["negotiations", "Ministers’", "Paris", "emirates", "Əliyev’s", "generally", "муҳокама"]


def stemmed(word):
    word = word[:MAX_LETTERS]
    return word if word in ("paris", "emirates") else stemmer("english").stemWord(word)


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
@example("running" * 20 + " negotiations")
@example("paris" * 16 + "x")
def test_a_text_has_the_stems_of_its_words_in_order(text):
    words = fold(text).split()
    assert stems(text) == " ".join(map(stemmed, words)) == " ".join(map(stem, words))
