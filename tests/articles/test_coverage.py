"""Which years the archive knows the holders of the highest offices for, and what it lacks."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from articles.coverage import coverage
from tests.make import make_country, make_membership, make_person, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruritania():
    return make_country("Ruritania", iso_alpha2="RU", iso_alpha3="RUR")


@pytest.fixture
def ministry(ruritania):
    return make_post("Foreign minister of Ruritania", ruritania)


def hold(post, *terms):
    for number, (started, ended) in enumerate(terms):
        make_membership(make_person(f"Person {post.slug} {number}"), post, started, ended)


def test_years_are_told_in_runs_and_the_days_between_as_gaps(ruritania, ministry):
    hold(ministry, ("2000-01-05", "2002-03-01"), ("2002-03-02", "2004-05-01"), ("2010", "2011"))
    (found,) = coverage(ruritania)
    assert (found.role, found.offices, found.terms) == ("foreign-minister", [ministry.slug], 3)
    assert found.years == [(2000, 2004), (2010, 2011)]
    assert found.gaps == [(date(2004, 5, 2), date(2009, 12, 31))]
    assert found.unknown == []


def test_a_term_without_an_end_is_named_and_fills_no_year_after_its_start(ruritania, ministry):
    hold(ministry, ("2000-01-05", ""), ("2003-01-01", "[2004-01-01..]"))
    (found,) = coverage(ruritania)
    assert found.years == [(2000, 2000), (2003, 2004)]
    assert [started for _, _, started in found.unknown] == ["2000-01-05"]
    assert found.gaps == [(date(2000, 1, 6), date(2002, 12, 31))]


def test_months_that_may_touch_leave_no_gap(ruritania, ministry):
    hold(ministry, ("2000-01-05", "2001-06"), ("2001-06", "2003"), ("2004", "2005"))
    assert coverage(ruritania)[0].gaps == []


def test_several_offices_of_one_role_are_told_together_and_other_offices_not(ruritania):
    hold(make_post("King of Ruritania", ruritania, role="head-of-state"), ("1900", "1950-05-01"))
    hold(make_post("President of Ruritania", ruritania, role="head-of-state"), ("1950", "1960"))
    hold(make_post("Hangman of Ruritania", ruritania, role="other"), ("1960", "1970"))
    (found,) = coverage()
    assert found.offices == ["king-of-ruritania", "president-of-ruritania"]
    assert found.years == [(1900, 1960)]


@pytest.mark.parametrize("started, ended", [("", ""), ("", "2000"), ("[..1999]", "[1999..]")])
def test_dates_that_tell_little_are_no_fault(ruritania, ministry, started, ended):
    hold(ministry, (started, ended))
    assert coverage(ruritania)[0].terms == 1


def test_the_command_prints_a_table_or_json(ministry, capsys):
    hold(ministry, ("2000-01-05", "2002-03-01"), ("2005", ""))
    call_command("office_coverage")
    told = capsys.readouterr().out
    assert "nobody recorded from 2002-03-02 to 2004-12-31" in told
    assert told.splitlines()[-1] == "1 countries, 2 terms: 1 gaps, 1 terms without an end"
    call_command("office_coverage", "--json", "--country", "RUR")
    (found,) = json.loads(capsys.readouterr().out)
    assert found["gaps"] == [["2002-03-02", "2004-12-31"]]
    assert found["country"] == "ruritania"


def test_an_unknown_country_is_wrong_usage():
    with pytest.raises(CommandError, match="narnia") as refused:
        call_command("office_coverage", "--country", "narnia")
    assert refused.value.returncode == 2
