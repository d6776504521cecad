"""The timeline as a picture: x in percent, y in pixels, so that it stretches but for its type."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date

from django import template

register = template.Library()

BAR_HEIGHT = 56
_SIDE, _EDGE = 90, 14  # pixels above or below the line: with events on that side, and without
_REACH = 74  # pixels from the line for a score of 10
_LETTER, _MARGIN = 6, 8  # pixels of a letter, and around a name in a box
_GAP = 4  # pixels between two numbers
_DESK, _PHONE = 5.6, 3.2  # pixels in one percent of a narrow desk screen, of a telephone


@dataclass
class Scale:
    """Days on an axis of whole years."""

    first: int
    last: int

    def year(self, year):
        return 100 * (year - self.first) / (self.last + 1 - self.first)

    def day(self, day):
        length = 366 if isleap(day.year) else 365
        return self.year(day.year + (day.timetuple().tm_yday - 1) / length)

    @property
    def step(self):
        """Years between two labels of the axis."""
        span = self.last + 1 - self.first
        return next(step for step in (1, 2, 5, 10, 20, 50, 100, 10_000) if span / step <= 12)


@register.inclusion_tag("includes/chart.html")
def chart(timeline, what):
    """The picture of a Timeline; `what` names the relation for those who hear it."""
    if not timeline.years:
        return {"timeline": timeline}
    scale = Scale(timeline.first - 1, timeline.last + 1)
    middle = _SIDE if any(event.is_cooperation for event in timeline.events) else _EDGE
    below = _SIDE if any(not event.is_cooperation for event in timeline.events) else _EDGE
    events, rows = _events(timeline, scale, middle), _rows(timeline, scale)
    return {
        "timeline": timeline,
        "what": what,
        "ticks": _ticks(scale),
        "bars": _bars(timeline, scale),
        "spans": _spans(timeline, scale),
        "bar_height": BAR_HEIGHT,
        "events": events,
        "numbers": _numbers(events),
        "event_height": middle + below,
        "middle": middle,
        "rows": rows,
        "has_spans": bool(timeline.spans) or any(mark["is_span"] for mark in events),
        "has_open_terms": any(term["is_open"] for row in rows for term in row["terms"]),
    }


def _ticks(scale):
    """The lines of the axis; a telephone has no room for every label, nor for one at the edge."""
    years = [year for year in range(scale.first, scale.last + 1) if year % scale.step == 0]
    return [
        {
            "year": year,
            "x": f"{scale.year(year):.2f}",
            "is_wide_only": scale.year(year) > 90 or (len(years) > 8 and place % 2 == 1),
        }
        for place, year in enumerate(years)
    ]


def _bars(timeline, scale):
    most = timeline.most or 1
    width = 76 / (scale.last + 1 - scale.first)
    return [
        {
            "x": f"{scale.year(year.year + 0.12):.2f}",
            "width": f"{width:.2f}",
            # A floor, so that one report is never drawn as silence.
            "height": max(3, round((BAR_HEIGHT - 16) * year.articles / most)),
            "year": year,
        }
        for year in timeline.years
        if year.articles
    ]


def _spans(timeline, scale):
    """Where articles of an uncertain year may stand: at most five lines, the table has them all."""
    lines = []
    for place, span in enumerate(timeline.spans[:5]):
        first, last = span.first or scale.first, span.last or scale.last
        x1, x2 = scale.year(first), scale.year(last + 1)
        lines.append({"x1": f"{x1:.2f}", "x2": f"{x2:.2f}", "y": 4 + 3 * place})
    return lines


def _events(timeline, scale, middle):
    marks = []
    for number, event in enumerate(timeline.events, 1):
        known = [day for day in (event.date_earliest, event.date_latest) if day]
        x1, x2 = scale.day(known[0]), scale.day(known[-1])
        x, up = (x1 + x2) / 2, event.is_cooperation
        y = middle - (1 if up else -1) * max(14, abs(event.score) / 10 * _REACH)
        marks.append(
            {
                "event": event,
                "number": number,
                "centre": x,
                "x": f"{x:.2f}",
                "x1": f"{x1:.2f}",
                "x2": f"{x2:.2f}",
                "is_span": x2 - x1 > 1,
                "y": round(y, 1),
                "side": "co" if up else "cf",
            }
        )
    return marks


def _numbers(marks):
    """The numbers of events, each at its mark, or several as one where they would touch."""
    drawn = []
    for side, outermost, beyond in (("co", min, -11), ("cf", max, 19)):
        groups = []
        on_this_side = [mark for mark in marks if mark["side"] == side]
        for mark in sorted(on_this_side, key=lambda mark: mark["centre"]):
            groups.append([mark])
            while len(groups) > 1 and _touch(*groups[-2:]):
                last = groups.pop()
                groups[-1] += last
        for group in groups:
            y = outermost(mark["y"] for mark in group) + beyond
            drawn.append({"text": _as_one(group), "x": f"{_centre(group):.2f}", "y": round(y, 1)})
    return drawn


def _touch(group, further):
    letters = len(_as_one(group)) + len(_as_one(further))
    needed = (letters * _LETTER / 2 + _GAP) / _PHONE
    return _centre(further) - _centre(group) < needed


def _centre(group):
    return sum(mark["centre"] for mark in group) / len(group)


def _as_one(group):
    """ "3", "3–5", "3–5, 9" """
    runs = []
    for number in sorted(mark["number"] for mark in group):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}–{last}" if last > first else f"{first}" for first, last in runs)


def _rows(timeline, scale):
    return [
        {"post": row.post, "terms": [_term(term, scale) for term in row.terms]}
        for row in timeline.offices
    ]


def _term(term, scale):
    """A term as a box; what is not known of its end is left open."""
    axis_begins, axis_ends = date(max(scale.first, 1), 1, 1), date(min(scale.last, 9999), 12, 31)
    first = term.started_earliest or term.started_latest or date.min
    start = scale.day(max(first, axis_begins))
    last = term.ended_latest or term.ended_earliest or term.started_latest
    end = scale.day(min(last, axis_ends)) if last else start
    width = max(end - start, 0.6)
    return {
        "term": term,
        "x": f"{start:.2f}",
        "width": f"{width:.2f}",
        "wide_label": _label(term, width * _DESK),
        "slim_label": _label(term, width * _PHONE),
        "is_open": term.ended_latest is None or term.started_earliest is None,
    }


def _label(term, pixels):
    """The holder's name where it fits, else nothing: never half a name, never a guessed surname."""
    name = term.person.name
    return name if len(name) * _LETTER + _MARGIN <= pixels else ""
