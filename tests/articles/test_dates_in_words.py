"""Dates as a reader says them."""

from datetime import date

import pytest

from articles.dates import day_in_words, in_words, span


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "undated"),
        ("2023-07-02", "2 July 2023"),
        ("2023-07", "July 2023"),
        ("2023", "2023"),
        ("0987", "987"),
        ("2023?", "2023 (uncertain)"),
        ("2023-07~", "about July 2023"),
        ("2023-07-02%", "about 2 July 2023 (uncertain)"),
        ("2023-21", "spring 2023"),
        ("2023-24", "winter 2023"),
        ("199X", "in the 1990s"),
        ("19XX", "in the years 1900 to 1999"),
        ("2023-07-XX", "some day in July 2023"),
        ("2023-XX-XX", "some day in 2023"),
        ("[2021-08-25..2023-09-19]", "between 25 August 2021 and 19 September 2023"),
        ("[2021..2023]", "between 2021 and 2023"),
        ("[..2023-09-19]", "no later than 19 September 2023"),
        ("[2025-08-08..]", "no earlier than 8 August 2025"),
        ("2020-09-27/2020-11-10", "from 27 September 2020 to 10 November 2020"),
        ("../2020", "until 2020"),
        ("2020-05/..", "from May 2020 on"),
        ("2020?/2021~", "from 2020 (uncertain) to about 2021"),
        ("2023-07-02T18:04:00+04:00", "2 July 2023, 18:04 (UTC+04:00)"),
        ("2023-07-02T18:04:59.9-03:30", "2 July 2023, 18:04 (UTC−03:30)"),
        ("2023-07-02T18:04Z", "2 July 2023, 18:04 (UTC)"),
    ],
)
def test_a_date_is_said_in_words(text, words):
    assert in_words(text) == words


def test_an_offset_without_its_colon_is_said_with_it():
    assert in_words("2023-07-02T18:04:00+0430") == "2 July 2023, 18:04 (UTC+04:30)"


@pytest.mark.parametrize("text", ["[2020,2022]", "202X-07", "{2020-05,2021}"])
def test_a_rare_form_is_said_by_its_two_days_and_shown_as_written(text):
    words = in_words(text)
    assert words.startswith("between ")
    assert text in words


@pytest.mark.parametrize("text", ["2023-?07-02", "2023-07~-02"])
def test_a_single_day_is_never_said_as_a_span_of_itself(text):
    words = in_words(text)
    assert "2 July 2023" in words
    assert "between" not in words


def test_an_interval_with_an_unspecified_year_never_breaks_a_page():
    """Either it is refused when it is written, or it can be said."""
    for text in ("199X/XXXX-07", "XXXX-07/2020", "[199X..XXXX-07]"):
        try:
            words = in_words(text)
        except ValueError:
            with pytest.raises(ValueError):
                span(text)
        else:
            assert words


def test_a_day_is_said_without_leading_noughts():
    assert day_in_words(date(2023, 7, 2)) == "2 July 2023"
