"""Dates as agencies print them, read only where they can mean one thing.

"July 2, 2023", "02 July 2023", "03.07.2023 14:05 (UTC+03:00)" and 2023-07-03 are certain, and so is
17/07/2023; 03/07/2023 is a day in July or in March, and is left open. Without a year nothing is
dated.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

_MONTHS = [
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
    ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"),
    ("october", "oct"), ("november", "nov"), ("december", "dec"),
]  # fmt: skip
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_MONTH = rf"(?P<month>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(_DAYS)}|{'|'.join(day[:3] for day in _DAYS)})\.?,? )?"
_AFTER = rf"(?:,? \(?(?P<weekday_after>{'|'.join(_DAYS)})\)?)?"
_ZONE = r"(?: ?\(?(?P<zone>(?:UTC|GMT) ?(?:[+−-] ?\d{1,2}(?::?\d{2})?)?|Z|[+−-]\d{2}:?\d{2})\)?)"
_TIME = rf"(?:(?:,| at| [-–|])? ?T?(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}})?{_ZONE}?)?"
_FORMS = [
    re.compile(rf"{_WEEKDAY}{form}{_AFTER}{_TIME}", re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_MONTH} {_DAY}(?:,? (?P<year>\d{{4}}))?",
        rf"{_DAY} {_MONTH}(?:,? (?P<year>\d{{4}}))?",
        r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})",
        # A dot is of those who write the day first.
        r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4}|\d{2})",
        r"(?P<first>\d{1,2})(?P<mark>[/-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})",
    )
]  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """A date that stands in a text: `edtf`, or why it is left open."""

    text: str
    edtf: str = ""
    why_open: str = ""


def read(text):
    """The Printed of a text that is a date and nothing else, or None."""
    text = text.strip().removesuffix(".")
    for form in _FORMS if len(text) < 80 else ():
        if match := form.fullmatch(text):
            return _understood(text, {k: v for k, v in match.groupdict().items() if v})
    return None


def _understood(text, said):
    year = said.get("year", "")
    if not year:
        return Printed(text, why_open=f"“{text}” prints no year, so it dates nothing by itself.")
    if len(year) == 2:
        return Printed(text, why_open=f"“{text}” prints two figures of a year: which century?")
    if "mark" in said:
        first, second = int(said["first"]), int(said["second"])
        if first <= 12 and second <= 12 and first != second:
            return Printed(text, why_open=_either(text, int(year), first, second))
        day, month = (second, first) if second > 12 else (first, second)
    else:
        day = int(said["day"])
        month = int(said["number"]) if "number" in said else _NUMBERS[said["month"].lower()]
    try:
        found = date(int(year), month, day)
    except ValueError:
        return Printed(text, why_open=f"“{text}” is no day of the calendar.")
    weekday = (said.get("weekday") or said.get("weekday_after") or "").lower()
    if weekday and not _DAYS[found.weekday()].startswith(weekday[:3]):
        return Printed(text, why_open=f"“{text}”: that day was a {_DAYS[found.weekday()].title()}.")
    return Printed(text, edtf=_with_time(found, said))


def _either(text, year, first, second):
    try:
        days = f"{date(year, second, first):%-d %B %Y} or {date(year, first, second):%-d %B %Y}"
    except ValueError:
        return f"“{text}” is no day of the calendar."
    return f"“{text}” may be {days}: it is left open. Ask the source, or leave it undated."


def _with_time(day, said):
    """An instant where time and offset are printed; else the day."""
    if "hour" not in said or "zone" not in said:
        return day.isoformat()
    sign = -1 if re.search("[-−]", said["zone"]) else 1
    figures = re.sub(r"\D", "", said["zone"])
    hours, minutes = (figures[:-2], figures[-2:]) if len(figures) > 2 else (figures or 0, 0)
    try:
        offset = timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
        moment = datetime(
            day.year, day.month, day.day, int(said["hour"]), int(said["minute"]), tzinfo=offset
        )
    except ValueError:
        return day.isoformat()
    return moment.isoformat(timespec="minutes")
