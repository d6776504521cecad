"""Dates as the archive keeps them: what each form allows, what is refused."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles import dates
from articles.dates import Span, plain_span, span


def days(earliest, latest):
    """A Span from two ISO days; "" is an open end."""
    return Span(*(date.fromisoformat(day) if day else None for day in (earliest, latest)))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2023-07-02", "2023-07-02", "2023-07-02"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2023-07", "2023-07-01", "2023-07-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("2023?", "2023-01-01", "2023-12-31"),
        ("2023~", "2023-01-01", "2023-12-31"),
        ("2023%", "2023-01-01", "2023-12-31"),
        ("2023-07-02?", "2023-07-02", "2023-07-02"),
        ("2023-07~", "2023-07-01", "2023-07-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2023-XX", "2023-01-01", "2023-12-31"),
        ("2023-02-XX", "2023-02-01", "2023-02-28"),
        ("2023-XX-XX", "2023-01-01", "2023-12-31"),
        ("2023-21", "2023-03-01", "2023-05-31"),
        ("2023-22", "2023-06-01", "2023-08-31"),
        ("2023-23", "2023-09-01", "2023-11-30"),
        ("[2021-08-25..2023-09-19]", "2021-08-25", "2023-09-19"),
        ("[2020,2022]", "2020-01-01", "2022-12-31"),
        ("{2020-05,2021}", "2020-05-01", "2021-12-31"),
        ("2020-09-27/2020-11-10", "2020-09-27", "2020-11-10"),
        ("2020/2021-03", "2020-01-01", "2021-03-31"),
        ("2020?/2021~", "2020-01-01", "2021-12-31"),
    ],
)
def test_each_form_allows_exactly_its_days(text, earliest, latest):
    assert span(text) == days(earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("[..2023-09-19]", "", "2023-09-19"),
        ("[2025-08-08..]", "2025-08-08", ""),
        ("../2023", "", "2023-12-31"),
        ("2023/..", "2023-01-01", ""),
    ],
)
def test_an_open_end_is_none_and_never_an_invented_day(text, earliest, latest):
    assert span(text) == days(earliest, latest)
    assert not span(text).is_unknown
    assert not span(text).is_one_day


def test_no_date_at_all_is_undated():
    assert span("") == dates.UNDATED
    assert span("").is_unknown
    assert not span("").is_one_day


def test_only_one_known_day_is_one_day():
    assert span("2023-07-02").is_one_day
    assert not span("2023-07").is_one_day


def test_winter_has_december_in_it():
    winter = span("2023-24")
    assert winter.earliest <= date(2023, 12, 1)
    assert winter.latest >= date(2023, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "0000", "0000-01-01", "-0001", "-0044-03-15", "Y170000", "Y-17", "10000", "XXXX",
        "2023-13", "2023-00", "2023-00-10", "2023-07-00", "2023-07-32", "2023-02-29", "2023-25",
        "31/02/2023", "02-07-2023", "2023-7-2", "20230702", "1 July 2023", "yesterday", "None",
        "2023-07-02/", "/2023-07-02", "2023/", "/", "..", "../..", "[..]", "[]", "{}", "[2023",
        "2023-07-02..", "..2023", "2020/unknown", "2020/open", "open", "unknown",
        "2021/2020", "[2023..2021]", "2023-02-30/2023-03-01", "[2023-13..2024]",
        "2020/2021/2022", "\x00", "2023\x00", "2023-07-02; DROP TABLE", "⁠2023", "2023" * 26,
    ],
)  # fmt: skip
def test_what_is_no_date_within_the_years_1_to_9999_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        span(text)


@pytest.mark.parametrize("text", ["２０２３", "٢٠٢٣-٠٧-٠٢", "۲۰۲۳", "2023-07-0２"])
def test_digits_of_other_scripts_are_no_edtf(text):
    with pytest.raises(ValueError):
        span(text)
    with pytest.raises(ValueError):
        plain_span(text)


@pytest.mark.parametrize(
    "text", ["2023\n", " 2023", "2023 ", "2023-07-02\n", "2023?\n", "2020 / 2021", "\t2023-07"]
)
def test_a_date_with_blanks_in_it_is_refused_so_that_one_date_has_one_spelling(text):
    with pytest.raises(ValueError):
        span(text)


def test_significant_digits_allow_the_whole_century_or_are_refused():
    try:
        known = span("1950S2")
    except ValueError:
        return
    assert known == days("1900-01-01", "1999-12-31")


@pytest.mark.parametrize("text", ["2023-1X", "1XXX-1X-02", "2023-13", "yesterday"])
def test_a_refusal_prints_nothing(text, capsys):
    span.cache_clear()
    with pytest.raises(ValueError):
        span(text)
    assert capsys.readouterr() == ("", "")


def test_a_refusal_names_the_text_and_says_how_to_write_it():
    with pytest.raises(ValueError, match=r"“1 July 2023”.*2023-07-02"):
        span("1 July 2023")


# Instants


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-07-02T18:04:00+04:00", "2023-07-02"),
        ("2023-07-03T00:30:00+04:00", "2023-07-03"),  # still the 2nd in UTC
        ("2023-07-01T23:30:00-08:00", "2023-07-01"),  # already the 2nd in UTC
        ("2023-07-02T23:59:59Z", "2023-07-02"),
        ("2023-07-02T18:04Z", "2023-07-02"),
        ("2023-07-02T18:04:00+0430", "2023-07-02"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01"),
        ("9999-12-31T23:59:59-12:00", "9999-12-31"),
    ],
)
def test_the_day_of_an_instant_is_the_day_at_its_own_offset(text, day):
    assert span(text) == days(day, day)


@pytest.mark.parametrize("fraction", [".5", ",5", ".123456789", ".999999999999"])
def test_fractions_of_a_second_are_cut_not_rounded(fraction):
    text = f"2023-07-02T23:59:59{fraction}+04:00"
    offset = timezone(timedelta(hours=4))
    assert dates.instant(text) == datetime(2023, 7, 2, 23, 59, 59, tzinfo=offset)
    assert span(text) == days("2023-07-02", "2023-07-02")


def test_an_instant_keeps_its_moment():
    known = dates.instant("2023-07-02T18:04:00+04:00")
    assert known.astimezone(UTC) == datetime(2023, 7, 2, 14, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2023-07-02T18:04:00",  # whose clock?
        "2023-07-02T24:00:00Z", "2023-07-02T18:60:00Z", "2023-07-02T18:04:61Z", "18:04",
        "2023-02-30T10:00:00Z", "2023-07-02T18:04:00+25:00", "0000-07-02T18:04:00Z",
        "2023-07-02T18:04:00.Z", "2023-07-02T18Z", "2023-07-02T18:04:00Z\n",
        "2023-07-02T18:04:00Z/2023-07-03T18:04:00Z", "٢٠٢٣-07-02T18:04:00Z",
    ],
)  # fmt: skip
def test_an_instant_that_is_none_or_lacks_its_offset_is_refused(text):
    with pytest.raises(ValueError):
        span(text)


# What a reader types into a filter


def test_a_reader_may_give_a_year_a_month_or_a_day():
    assert plain_span("2023") == days("2023-01-01", "2023-12-31")
    assert plain_span("2023-07") == days("2023-07-01", "2023-07-31")
    assert plain_span("2023-07-03") == days("2023-07-03", "2023-07-03")


@pytest.mark.parametrize(
    "text",
    ["", "2023?", "[2021..2023]", "2020/2021", "2023-21", "2023-13", "2023-02-30", "0000", "23",
     "2023-07-02T18:04:00Z", "2023\n", "last year"],
)  # fmt: skip
def test_other_forms_are_refused_in_a_filter(text):
    with pytest.raises(ValueError):
        plain_span(text)


# Anything at all

_PIECES = [
    "2023", "2021", "0000", "9999", "1", "07", "02", "31", "X", "XX", "XXXX", "-", "/", "..", "[",
    "]", "{", "}", ",", "?", "~", "%", "Y", "E3", "S2", "T", "18:04", "Z", "+04:00", " ", "21", "٢",
]  # fmt: skip
_PARTS = st.sampled_from(
    ["2023", "2023-07", "2023-07-02", "199X", "2023-XX", "2023?", "2023-22", "..", "0001",
     "9999-12-31", "XXXX-07", "19XX-02-XX", "2020-02-29", "2023-07~"]
)  # fmt: skip
texts = st.one_of(
    st.text(max_size=110),
    st.lists(st.sampled_from(_PIECES), max_size=9).map("".join),
    st.tuples(_PARTS, _PARTS).map("/".join),
    st.tuples(_PARTS, _PARTS).map(lambda ends: f"[{ends[0]}..{ends[1]}]"),
    st.lists(_PARTS, min_size=1, max_size=4).map(lambda parts: f"{{{','.join(parts)}}}"),
)


@given(texts)
@settings(max_examples=500)
@example("[" * 99)
@example("199X/XXXX-07")
@example("\ud800")
@example("2023-07-02T18:04:00+99:99")
def test_any_text_is_either_a_span_in_order_with_words_or_a_value_error(text):
    try:
        known = span(text)
    except ValueError:
        return
    if known.earliest and known.latest:
        assert known.earliest <= known.latest
    assert known.is_unknown == (text == "")
    assert dates.in_words(text)


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_of_the_calendar_is_itself(day):
    assert span(day.isoformat()) == Span(day, day) == plain_span(day.isoformat())


@given(st.dates(min_value=date(1, 1, 1)), st.dates(min_value=date(1, 1, 1)))
def test_a_span_of_two_days_holds_both_or_runs_backwards_and_is_refused(first, last):
    for text in (f"[{first}..{last}]", f"{first}/{last}"):
        if first <= last:
            assert span(text) == Span(first, last)
        else:
            with pytest.raises(ValueError, match="before"):
                span(text)


@given(
    st.datetimes(min_value=datetime(1, 1, 1)),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_every_instant_at_every_offset_has_its_local_day(moment, offset):
    moment = moment.replace(tzinfo=offset)
    assert span(moment.isoformat()) == Span(moment.date(), moment.date())
