"""`?as-of=2024-01-31`: an article as it stood at the end of that day, or at an instant."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles import dates
from articles.exporting import json, plain_text
from articles.integrity import history

PARAMETER = "as-of"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_PLUS_LOST = re.compile(r"(T\S+) (\d{2}:?\d{2})\Z", re.ASCII)  # "+" in an address is a space
_HOW = "Write a day, 2024-01-31, or an instant with its offset, 2024-01-31T12:00:00Z."


@dataclass(frozen=True)
class AsOf:
    written: str
    before: datetime  # what was done before it counts
    words: str
    is_over: bool = True


def asked(query):
    """The AsOf that is asked for, or None. Raises ValidationError in words for the reader."""
    written = {value.strip() for value in query.getlist(PARAMETER)} - {""}
    if not written:
        return None
    if len(written) > 1:
        raise ValidationError("Write this once: it was given several times.")
    text = _PLUS_LOST.sub(r"\1+\2", written.pop())
    try:
        return _day(text) if _DAY.match(text) else _instant(text)
    except (ValueError, OverflowError):
        raise ValidationError(f"“{text[:60]}” is no day of the calendar. {_HOW}") from None


def _day(text):
    day, now = dates.plain_span(text).latest, timezone.now().astimezone(UTC)
    if day > now.date():
        raise ValidationError(_not_over(text))
    if day == now.date():
        return AsOf(text, now, dates.day_in_words(day), is_over=False)
    midnight = datetime.combine(day + timedelta(days=1), time(), UTC)
    return AsOf(text, midnight, dates.day_in_words(day))


def _instant(text):
    dates.instant(text)
    moment = datetime.fromisoformat(text).astimezone(UTC)
    if moment > timezone.now():
        raise ValidationError(_not_over(text))
    return AsOf(text, moment + timedelta(microseconds=1), dates.in_words(text))


def _not_over(text):
    return f"{text} lies in the future: nobody knows yet what will stand then. {_HOW}"


def absence(article, then):
    """Why there is nothing to show of an article as of an instant, in words."""
    came = history.public_versions(article)[0].at.astimezone(UTC)
    if came < then.before:
        return f"On {then.words} this article was not public."
    day = dates.day_in_words(came.date())
    return f"This article was not yet in the archive on {then.words}; it came on {day}."


def refusal(request, article, address, message, status):
    """Nothing but the reason, in the form that was asked for. A page of a wrong value is a 200."""
    if address == "article-json":
        return json.refusal({PARAMETER: [message]}, status)
    if address == "article-text":
        return HttpResponse(f"{message}\n", content_type=plain_text.CONTENT_TYPE, status=status)
    shown = {"article": article, "message": message, "is_wrong": status == 400}
    return render(request, "articles/as_of.html", shown, status=200 if status == 400 else status)
