"""Terms of office in words: what is not known of them is said, never guessed."""

import pytest

from articles import search
from articles.models import Event, Membership
from articles.pair import Pair
from articles.templatetags.archive import term
from articles.timeline import timeline
from articles.views.chart import Scale, drawn_terms
from tests.make import make_article, make_country, make_membership, make_person, make_post


@pytest.mark.parametrize(
    ("started", "ended", "said"),
    [
        ("2020-01-01", "2024-05-01", "1 January 2020 – 1 May 2024"),
        ("2020-01-01", "", "from 1 January 2020; end not recorded"),
        ("", "", "days not recorded"),
        ("2020", "[2024-05-01..]", "since 2020; in office on 1 May 2024, nothing later recorded"),
        ("[..1955-05-15]", "[1955-05-15..]",
         "in office on 15 May 1955; start and end not recorded"),
        ("[..1970-08-12]", "[1971-09-03..]",
         "in office from 12 August 1970 to 3 September 1971 at least"),
    ],
)  # fmt: skip
def test_a_term_says_what_is_known_of_it(started, ended, said):
    assert term(Membership(started=started, ended=ended)) == said


@pytest.mark.django_db
def test_in_the_picture_a_term_without_a_start_is_not_drawn_from_the_beginning():
    austria, iran = make_country("Austria"), make_country("Iran")
    post = make_post("Foreign minister of Austria", austria)
    make_membership(make_person(), post, "[..1955-05-15]", "[1955-05-15..]")
    for year in ("1940", "1955", "1970"):
        make_article(f"Report of {year}", [austria, iran], published=year)
    pair = Pair.of(austria, iran)

    found = timeline(search.everything(), Event.objects.none(), pair)
    (row,) = drawn_terms(found, Scale(found.first - 1, found.last + 1))

    (box,) = row["terms"]
    assert box["is_open"]
    assert 40 < float(box["x"]) < 60
    assert float(box["width"]) < 2
