"""The bench of reading asks what docs/performance.md says, of a corpus as it says."""

from collections import Counter

import pytest

from articles import dates
from articles.names.fold import fold
from articles.search.terms import stem
from tests.bench.reading import rows
from tests.bench.reading.client import Budget, Times
from tests.bench.reading.corpus import COUNTRIES, PEOPLE, SOURCES, Corpus, pairs
from tests.bench.reading.questions import KINDS, Chooser, of_archive, of_datasette, of_naive

SMALL = {"vocabulary": 40_000, "drawn": 200_000}  # quickly made


@pytest.fixture(scope="module")
def corpus():
    corpus = Corpus(600, **SMALL)
    corpus.made = list(corpus.articles())
    return corpus


@pytest.fixture(scope="module")
def chosen(tmp_path_factory):
    path = tmp_path_factory.mktemp("corpus") / "rows.sqlite3"
    rows.write(path, 600, **SMALL)
    return Chooser(path, 30).questions()


def test_it_is_the_same_each_time_and_a_larger_one_begins_with_it(corpus):
    assert list(Corpus(700, **SMALL).articles())[:600] == corpus.made


def test_headlines_and_addresses_are_unique_and_nouns_as_many_as_promised(corpus):
    assert len({article.slug for article in corpus.made}) == 600
    assert len({article.headline for article in corpus.made}) == 600
    for nouns, number in (("countries", COUNTRIES), ("people", PEOPLE), ("sources", SOURCES)):
        assert len({noun.slug for noun in getattr(corpus, nouns)}) == number


def test_folding_and_stemming_leave_every_word_as_it_is(corpus):
    words = [*corpus.words[:2000], *corpus.words[-2000:]]
    assert [stem(fold(word)) for word in words] == words


def test_articles_are_of_400_words_on_two_to_four_countries(corpus):
    lengths = [len(article.body.split()) for article in corpus.made]
    assert 380 < sum(lengths) / 600 < 440
    assert {len(set(article.countries)) for article in corpus.made} == {2, 3, 4}
    named = [len(article.people) for article in corpus.made]
    assert 1.7 < sum(named) / 600 < 2.3


def test_some_relations_are_reported_on_far_more_than_others(corpus):
    counts = Counter(pair for article in corpus.made for pair in pairs(article.countries))
    ordered = sorted(counts.values())
    assert ordered[-1] >= 8 and ordered[len(ordered) // 2] == 1


def test_days_are_those_that_the_dates_allow_and_a_few_are_no_day(corpus):
    for article in corpus.made:
        assert dates.span(article.published) == dates.Span(article.earliest, article.latest)
    forms = Counter(len(article.published) for article in corpus.made)
    assert set(forms) == {0, 4, 7, 10, 24}
    assert forms[10] > 0.9 * 600


def test_the_words_of_a_question_stand_in_as_many_articles_as_its_kind_says(corpus, chosen):
    shares = {"medium word": (0.002, 0.005), "common word": (0.05, 0.15)}
    for kind, (least, most) in shares.items():
        for question in chosen[kind]:
            assert least * 600 <= corpus.counts[question.words] <= most * 600
    assert all(10 <= corpus.counts[question.words] <= 100 for question in chosen["rare word"])
    assert all(not corpus.counts[question.words.split()[1]] for question in chosen["nothing"])


def test_every_kind_has_as_many_questions_as_were_asked_for(chosen):
    assert {kind: len(questions) for kind, questions in chosen.items()} == dict.fromkeys(KINDS, 30)


def test_a_site_without_a_page_of_a_kind_has_an_address_for_none_of_its_questions(chosen):
    for questions in chosen.values():
        for address in (of_archive, of_datasette, of_naive):
            assert len({address(question) is None for question in questions}) == 1


def test_slow_sites_get_one_answer_of_each_kind_and_more_only_as_long_as_there_is_time():
    budget = Budget(100, kinds=10)
    assert budget.allows(Times([60])) is False
    assert budget.allows(Times([4, 4])) is True
    assert budget.allows(Times([9, 9])) is True
    assert budget.allows(Times([9, 9, 9])) is False
    budget.left = 0
    assert budget.allows(Times()) is False
