"""What the archive holds that resembles a text is found at a bounded cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.importing.pasting import near
from articles.importing.pasting.near import resembling
from tests.make import make_article, make_source

pytestmark = pytest.mark.django_db

HEADLINE = "Ministers telephone about pipelines"
BODY = (
    "The foreign ministers of the two states spoke by telephone on Sunday about the pipelines"
    " that cross the border, and agreed to meet again in the autumn.\n\n"
    "They also spoke of the harvest, of the rivers, and of the railway that is to be built."
)


@pytest.fixture
def held():
    return make_article(HEADLINE, body=BODY)


def found(headline=HEADLINE, body=BODY):
    return [(one.article.pk, one.percent, one.is_same) for one in resembling(headline, body)]


def test_an_empty_archive_has_nothing_like_it():
    assert found() == []


@pytest.mark.parametrize("status", ["draft", "review", "published"])
def test_the_same_text_is_the_same_in_any_status_and_typography(status):
    held = make_article(HEADLINE.upper(), body=BODY.replace(" ", "  "), status=status)

    assert found() == [(held.pk, 100, True)]


def test_the_same_text_with_a_reference_of_its_own_is_the_same():
    held = make_article(HEADLINE, body=BODY, import_ref="aa-12345")

    assert found() == [(held.pk, 100, True)]


def test_the_same_text_of_another_source_is_the_same(held):
    other = make_article(HEADLINE, body=BODY, source=make_source("Another Agency"))

    assert {pk for pk, _, is_same in found() if is_same} == {held.pk, other.pk}


def test_a_version_is_near_and_says_how_near(held):
    ((pk, percent, is_same),) = found(body=BODY.replace("autumn", "spring"))

    assert (pk, is_same) == (held.pk, False)
    assert 75 < percent < 100


def test_a_longer_version_is_near_what_it_grew_from(held):
    longer = BODY + "\n\n" + " ".join(f"Word{n} follows." for n in range(200))

    ((pk, percent, is_same),) = found(body=longer)

    assert (pk, is_same) == (held.pk, False)
    assert percent < near.LEAST  # of its own words: it holds all of the other's


def test_another_story_with_the_same_headline_is_not_near(held):
    assert found(body="It was quite another thing that happened in another year, they said.") == []


def test_the_same_story_under_another_headline_is_found_by_one_word_of_it(held):
    ((pk, _, is_same),) = found(headline="A call on pipelines between two capitals")

    assert (pk, is_same) == (held.pk, False)


def test_nothing_breaks_at_a_text_of_few_or_odd_words(held):
    for headline, body in (
        ("x", "y"),
        ("部长", "会面"),
        ('"OR" -headline:', "* (a) OR"),
        ("é" * 99, "é"),
    ):
        assert found(headline, body) == []


def test_words_that_are_common_are_asked_for_together(held, monkeypatch):
    monkeypatch.setattr(near, "_FEW", 2)
    for number in range(4):
        make_article(f"Ministers telephone about pipelines {number}", body=f"Not this, {number}.")

    assert (held.pk, 100, True) in found()


def test_the_cost_does_not_grow_with_the_archive(held):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            resembling(HEADLINE, BODY)
        return len(asked)

    before = queries()
    for number in range(60):
        make_article(f"Ministers telephone about pipelines {number}", body=BODY)
    assert queries() <= before + 2
    assert len(resembling(HEADLINE, BODY)) == near.MOST_SHOWN
