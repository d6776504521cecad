"""Dates that admit what they do not know.

A date is a string of EDTF (Extended Date/Time Format, ISO 8601-2 / Library of Congress), kept as it
was written, together with the earliest and the latest day that it allows. The edtf library knows
the grammar; this module adds what an archive must refuse (years outside 1-9999, ends that are
neither a date nor "..", spans that run backwards) and reads a date out in words.

An ISO 8601 instant (`2023-07-02T18:04:00+04:00`) is a date too: its day is the one at its offset.
"""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

MAX_LENGTH = 100
DOUBT = "[?~%]"  # what EDTF writes behind a date that is uncertain, approximate, or both

_PLAIN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})\Z",
    re.ASCII,
)
_FRACTION = re.compile(r"(:\d{2})[.,]\d+")
# The library takes some 25 ms for this commonest of its forms.
_SPAN_OF_PLAIN_ENDS = re.compile(
    r"\[(\d{4}(?:-\d{2}){0,2})?\.\.(\d{4}(?:-\d{2}){0,2})?\]\Z", re.ASCII
)
_SPAN = re.compile(r"\[\s*([^,\[\]]*?)\s*\.\.\s*([^,\[\]]*?)\s*\]\Z")
_QUALIFIED = re.compile(r"(\d{4}(?:-\d{2}){0,2})([?~%])\Z")
_UNSPECIFIED_DAY = re.compile(r"(\d{4})(?:-(\d{2}|XX))?-XX\Z")
_DECADE, _CENTURY = re.compile(r"(\d{3})X\Z"), re.compile(r"(\d{2})XX\Z")
_SEASON = re.compile(r"(\d{4})-(2[1-4])\Z")
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}

HOW_TO_WRITE = (
    "Write a day, a month or a year (2023-07-02, 2023-07, 2023), 2023? where uncertain, "
    "[2021-08-25..2023-09-19] for one unknown day of a span, "
    "or 2020-09-27/2020-11-10 for a true interval."
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a date allows; None is an open end."""

    earliest: date | None
    latest: date | None
    # By whoever wrote it, as in 2023? and 2023~: then the days prove nothing.
    is_doubted: bool = field(default=False, compare=False)

    @property
    def is_one_day(self):
        return self.earliest is not None and self.earliest == self.latest

    @property
    def is_unknown(self):
        return self.earliest is None and self.latest is None


UNDATED = Span(None, None)


def is_doubted(text):
    """Whether a date is uncertain or approximate by its own words: its days prove nothing."""
    return bool(re.search(DOUBT, text))


@lru_cache(maxsize=50_000)
def span(text):
    """The Span of an EDTF string or an ISO 8601 instant; `""` is UNDATED.

    Raises ValueError with a sentence for the person who wrote it.
    """
    if not text:
        return UNDATED
    if len(text) > MAX_LENGTH:
        raise ValueError(f"A date has at most {MAX_LENGTH} characters.")
    if match := _PLAIN.match(text):
        return _plain_span(text, *match.groups())
    if match := _SPAN_OF_PLAIN_ENDS.match(text):
        return _checked(text, span(match[1] or "").earliest, span(match[2] or "").latest)
    if "T" in text or ":" in text:
        moment = instant(text)
        return Span(moment.date(), moment.date())
    return _edtf_span(text)


def _plain_span(text, year, month, day):
    if year == "0000":
        raise ValueError(f"“{text}” is outside the years 1 to 9999.")
    if month and "21" <= month <= "24" and not day:
        return _edtf_span(text)
    if month and not 1 <= int(month) <= 12:
        raise ValueError(f"“{text}” is not a date: there is no month {int(month)}.")
    first_month, last_month = (int(month), int(month)) if month else (1, 12)
    last_day = calendar.monthrange(int(year), last_month)[1]
    if day and not 1 <= int(day) <= last_day:
        raise ValueError(f"“{text}” is not a date: that month has no day {int(day)}.")
    return Span(
        date(int(year), first_month, int(day or 1)),
        date(int(year), last_month, int(day or last_day)),
    )


def instant(text):
    """An aware datetime from an ISO 8601 instant with its offset; fractions of a second are cut."""
    if not _INSTANT.match(text):
        raise ValueError(
            f"“{text}” is not an instant: write 2023-07-02T18:04:00+04:00, with its offset."
        )
    try:
        return datetime.fromisoformat(_FRACTION.sub(r"\1", text))
    except ValueError as error:
        raise ValueError(f"“{text}” is not an instant: {error}.") from None


def _checked(text, earliest, latest):
    if earliest is None and latest is None:
        raise ValueError(_refusal(text))
    if earliest and latest and earliest > latest:
        raise ValueError(f"“{text}” ends before it begins.")
    return Span(earliest, latest, is_doubted(text))


def _refusal(text):
    return f"“{text}” is not a date in EDTF. {HOW_TO_WRITE}"


def _edtf_span(text):
    refusal = _refusal(text)
    if text.startswith("/") or text.endswith("/"):
        raise ValueError(f"“{text}”: an interval has a date or .. at each end.")
    # The library skips blanks, reads 1950S2 as 1950 alone, and prints what it does not grasp.
    if not text.isascii() or re.search(r"[\sS]|\d{4}-(?:\dX|X\d)", text):
        raise ValueError(refusal)
    for end in text.split("/") if "/" in text else []:
        if end != "..":
            try:
                span(end)
            except ValueError:
                raise ValueError(refusal) from None
    try:
        parsed = parse_edtf(text)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        raise ValueError(refusal) from None
    return _checked(text, _day(lower, text), _day(upper, text))


def _day(bound, text):
    """A date from edtf's struct_time; None from its infinities, which stand for an open end."""
    if isinstance(bound, float):
        return None
    if not 1 <= bound.tm_year <= 9999:
        raise ValueError(f"“{text}” is outside the years 1 to 9999.")
    return date(bound.tm_year, bound.tm_mon, bound.tm_mday)


def plain_span(text):
    """The Span of a reader's `2023`, `2023-07` or `2023-07-03`, the forms that a filter takes."""
    match = _PLAIN.match(text)
    if not match or (match[2] and int(match[2]) > 12):
        if match:
            raise ValueError(f"There is no month {int(match[2])}.")
        raise ValueError(f"“{text}” is not a date.")
    return _plain_span(text, *match.groups())


def day_in_words(day):
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


@lru_cache(maxsize=50_000)
def in_words(text):
    """A date as a reader says it: `[2021-08-25..2023-09-19]` is
    "between 25 August 2021 and 19 September 2023"; `""` is "undated"."""
    if not text:
        return "undated"
    known = span(text)
    if match := _INSTANT.match(text):
        sign, hours, minutes = match[5][0], match[5][1:3], match[5][-2:]
        offset = "UTC" if sign == "Z" else f"UTC{sign.replace('-', '−')}{hours}:{minutes}"
        return f"{day_in_words(known.earliest)}, {match[2]}:{match[3]} ({offset})"
    if _PLAIN.match(text):
        return _plain_in_words(text, known)
    if match := _QUALIFIED.match(text):
        words = _plain_in_words(match[1], known)
        return {
            "?": f"{words} (uncertain)",
            "~": f"about {words}",
            "%": f"about {words} (uncertain)",
        }[match[2]]
    if "/" in text:
        return _interval_in_words(text)
    if match := _SPAN.match(text):
        if not match[1]:
            return f"no later than {in_words(match[2])}"
        if not match[2]:
            return f"no earlier than {in_words(match[1])}"
        return f"between {in_words(match[1])} and {in_words(match[2])}"
    if match := _UNSPECIFIED_DAY.match(text):
        month = match[2] if match[2] and match[2] != "XX" else None
        name = f"{calendar.month_name[int(month)]} {match[1]}" if month else match[1]
        return f"some day in {name}"
    if match := _DECADE.match(text):
        decade = f"{match[1]}0"
        # "The 1800s" would be read as the century.
        return f"in the years {decade} to {match[1]}9" if decade[2] == "0" else f"in the {decade}s"
    if match := _CENTURY.match(text):
        return f"in the years {match[1]}00 to {match[1]}99"
    if known.is_one_day:
        return f"{day_in_words(known.earliest)} ({text})"
    earliest = day_in_words(known.earliest) if known.earliest else "an unknown day"
    latest = day_in_words(known.latest) if known.latest else "an unknown day"
    return f"between {earliest} and {latest} ({text})"


def _plain_in_words(text, known):
    if match := _SEASON.match(text):
        return f"{_SEASONS[match[2]]} {match[1]}"
    if len(text) == 4:
        return str(known.earliest.year)
    if len(text) == 7:
        return f"{calendar.month_name[known.earliest.month]} {known.earliest.year}"
    return day_in_words(known.earliest)


def _interval_in_words(text):
    start, end = text.split("/")
    if start == "..":
        return f"until {in_words(end)}"
    if end == "..":
        return f"from {in_words(start)} on"
    return f"from {in_words(start)} to {in_words(end)}"
