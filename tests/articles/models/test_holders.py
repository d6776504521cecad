"""The holders of an office through time: gaps where nobody is recorded, overlaps, and no guess."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Membership, Post
from articles.models.holders import Gap, Holding, holders
from articles.templatetags.archive import gap_in_words
from tests.make import make_membership, make_person, make_post

FIRST = date(2020, 1, 1)


def term(started, ended="", is_acting=False):
    return Membership(started=started, ended=ended, is_acting=is_acting)


def gaps(*terms):
    """What is said between the terms."""
    rows = holders(term(*one) for one in terms)
    return [gap_in_words(row) for row in rows if isinstance(row, Gap)]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        # Who follows on the same day, or on the next, leaves no gap.
        (("2000-01-01", "2004-05-02"), ("2004-05-02", "2008"), []),
        (("2000-01-01", "2004-05-02"), ("2004-05-03", "2008"), []),
        (("2000-01-01", "2004-05-02"), ("2004-05-04", "2008"),
         ["No holder recorded on 3 May 2004"]),
        (("2000-01-01", "2004-05-02"), ("2004-06-02", "2008"),
         ["No holder recorded from 3 May 2004 to 1 June 2004"]),
        # Only what is certain of it is called a gap.
        (("2000", "2004-05"), ("2004-07", "2008"),
         ["No holder recorded from 1 June 2004 to 30 June 2004 at least"]),
        (("2000", "2004"), ("2004", "2008"), []),
        (("2000", "2004"), ("2005", "2008"), []),
        (("2000", "2004?"), ("2006~", "2008"),
         ["No holder recorded from 1 January 2005 to 31 December 2005 at least"]),
        # Where an end or a start is not recorded there may have been no gap.
        (("2000-01-01", ""), ("2004-06-02", "2008"),
         ["Uncertain who held it from 2 January 2000 to 1 June 2004:"
          " the end of the term before is not recorded"]),
        (("2000-01-01", "[2003-03-03..]"), ("2004-06-02", "2008"),
         ["Uncertain who held it from 4 March 2003 to 1 June 2004:"
          " the end of the term before is not recorded"]),
        (("2000", "2004-05-02"), ("[..2004-06-02]", "2008"),
         ["Uncertain who held it from 3 May 2004 to 1 June 2004:"
          " the start of the term after is not recorded"]),
        (("2000", "2004-05-02"), ("", "2008"),
         ["Uncertain who held it from 3 May 2004 to 31 December 2007:"
          " the start of the term after is not recorded"]),
        (("[..1972-09-29]", "[1972-09-29..]"), ("[..1975-01-01]", "[1975-01-01..]"),
         ["Uncertain who held it from 30 September 1972 to 31 December 1974: neither the end of the"
          " term before nor the start of the term after is recorded"]),
        # Of a term without any day nothing can be said.
        (("", ""), ("2004-06-02", "2008"), []),
    ],
)  # fmt: skip
def test_between_two_terms_a_gap_is_told_only_where_there_is_one(before, after, said):
    assert gaps(before, after) == said


def test_an_end_that_is_not_recorded_leaves_no_doubt_after_who_followed_in_full():
    said = gaps(("2000-01-01", ""), ("2004-01-01", "2005-01-01"), ("2006-01-01", "2007"))

    assert said[-1] == "No holder recorded from 2 January 2005 to 31 December 2005"


def test_who_acted_meanwhile_ends_nobodys_term():
    said = gaps(("2000-01-01", ""), ("2004-01-01", "2005-01-01", True), ("2006-01-01", "2007"))

    assert said[-1] == (
        "Uncertain who held it from 2 January 2005 to 31 December 2005:"
        " the end of the term before is not recorded"
    )


def test_a_short_term_within_a_long_one_makes_no_gap_after_it():
    assert (
        gaps(("2000-01-01", "2009-12-31"), ("2003-01-01", "2003-02-01", True), ("2010", "")) == []
    )


@pytest.mark.parametrize(
    ("one", "other", "is_flagged"),
    [
        (("2000-01-01", "2004-05-02"), ("2004-05-02", "2008"), False),  # the day of a hand-over
        (("2000-01-01", "2004-05-02"), ("2004-05-01", "2008"), True),
        (("2000-01-01", "2004-05-02"), ("2002-03-03", "2002-03-03"), True),
        (("2000-01-01", "2004-05-02"), ("2004", "2008"), False),  # nobody knows
        (("2000", "2004"), ("2003", "2008"), True),
        (("2000-01-01", ""), ("2003", "2008"), False),
        (("2000-01-01", "[2004-05-02..]"), ("2003", "2008"), True),
    ],
)
def test_terms_overlap_where_both_were_certainly_held(one, other, is_flagged):
    terms = [term(*one), term(*other)]
    rows = [row for row in holders(terms) if isinstance(row, Holding)]

    assert [row.overlaps for row in rows] == ([[terms[1]], [terms[0]]] if is_flagged else [[], []])


days = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))
exact_terms = st.lists(st.tuples(days, days).map(sorted), max_size=8)


@given(exact_terms)
def test_of_terms_with_known_days_the_gaps_are_all_other_days_between_them(terms):
    rows = holders(term(str(first), str(last)) for first, last in terms)
    told = {
        row.first + timedelta(days=n)
        for row in rows
        if isinstance(row, Gap)
        for n in range((row.last - row.first).days + 1)
    }
    held = {
        first + timedelta(days=n) for first, last in terms for n in range((last - first).days + 1)
    }
    between = (
        {day for n in range(61) if min(held) < (day := FIRST + timedelta(days=n)) < max(held)}
        if held
        else set()
    )

    assert told == between - held
    assert all(row.is_certain and row.is_exact for row in rows if isinstance(row, Gap))


@given(exact_terms)
def test_of_terms_with_known_days_those_overlap_that_share_more_than_a_hand_over(terms):
    made = [term(str(first), str(last)) for first, last in terms]
    found = {
        (id(row.term), id(other))
        for row in holders(made)
        if isinstance(row, Holding)
        for other in row.overlaps
    }
    expected = set()
    for one, (first, last) in zip(made, terms, strict=True):
        for other, (begin, end) in zip(made, terms, strict=True):
            if other is one or last == begin or end == first:
                continue
            if max(first, begin) <= min(last, end):
                expected.add((id(one), id(other)))

    assert found == expected


anything = st.sampled_from(
    ["", "2020", "2020-01", "2020-02", "2020-01-15", "[..2020-01-20]", "[2020-01-10..]", "2020?"]
)


@given(st.lists(st.tuples(anything, anything, st.booleans()), max_size=6))
def test_whatever_is_recorded_no_gap_lies_on_a_day_that_somebody_may_have_held(terms):
    """Unless it says so; and every term is told once, in the order of time."""
    made = [term(*one) for one in terms]
    made = [t for t in made if not (t.started_earliest and t.ended_latest
                                    and t.ended_latest < t.started_earliest)]  # fmt: skip
    rows = holders(made)

    told = [row.term for row in rows if isinstance(row, Holding)]
    assert sorted(map(id, told)) == sorted(map(id, made))
    for gap in (row for row in rows if isinstance(row, Gap)):
        assert gap.first <= gap.last
        closed = [t for t in made if t.started_earliest and t.ended_latest]
        assert not any(
            t.started_earliest <= gap.last and gap.first <= t.ended_latest for t in closed
        )


@pytest.mark.django_db
def test_terms_come_in_order_whichever_of_their_days_is_known():
    office = make_post()
    for name, started, ended in [
        ("Third", "[..1999-05-01]", "[1999-05-01..]"),
        ("Fourth", "2004", ""),
        ("Second", "", "1990"),
        ("First", "", ""),
    ]:
        make_membership(make_person(name), office, started, ended)

    in_database = [one.person.name for one in office.memberships.through_time()]
    (post,) = Post.objects.with_holders()
    in_holders = [row.term.person.name for row in holders(post.memberships.all())
                  if isinstance(row, Holding)]  # fmt: skip

    assert in_database == in_holders == ["First", "Second", "Third", "Fourth"]
