"""The timeline as a picture: x in percent, y in pixels, so that it stretches but for its type."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from html import escape as e

from articles.templatetags.archive import glyph
from articles.templatetags.archive import term as in_words

BAR_HEIGHT = 56
_SIDE, _EDGE = 90, 14  # pixels above or below the line: with events on that side, and without
_REACH = 74  # pixels from the line for a score of 10
_LETTER, _MARGIN = 6, 8  # pixels of a letter, and around a name in a box
_GAP = 4  # pixels between two numbers
DESK, PHONE = 5.6, 3.2  # pixels in one percent of a narrow desk screen, of a telephone


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


def chart(timeline, what):
    """The picture of a Timeline as HTML; `what`, HTML too, names the relation for those who hear
    it."""
    if not timeline.years:
        return (
            "<p>Nothing to draw yet: no dated article and no event is held on this relation.</p>\n"
        )
    scale = Scale(timeline.first - 1, timeline.last + 1)
    marked, rows = ticks(scale), drawn_terms(timeline, scale)
    marks, events = [], ""
    if timeline.events:
        middle = _SIDE if any(event.is_cooperation for event in timeline.events) else _EDGE
        below = _SIDE if any(not event.is_cooperation for event in timeline.events) else _EDGE
        marks = _events(timeline, scale, middle)
        events = _event_picture(timeline, what, marks, marked, middle, middle + below)
    has_spans = timeline.spans or any(mark["is_span"] for mark in marks)
    has_open_terms = any(box["is_open"] for row in rows for box in row["terms"])
    return (
        f'<figure class="chart">\n{events}{_article_picture(timeline, what, marked, scale)}'
        f"{''.join([_row(row) for row in rows])}</figure>\n"
        f'<ul class="row key small">{_key_to_events() if marks else ""}'
        f"{_KEY_TO_SPANS if has_spans else ''}{_KEY_TO_TERMS if has_open_terms else ''}</ul>\n"
        f"{_undated(timeline.undated)}"
    )


def _event_picture(timeline, what, marks, marked, middle, height):
    number = len(marks)
    return (
        '<p class="lab"><b>Events</b> <span class="co">↑ cooperation</span>'
        ' <span class="cf">↓ conflict</span> <span>height: score of ±10</span></p>\n'
        f'<div><svg height="{height}" role="img" aria-label="{number} event'
        f"{'' if number == 1 else 's'} between {what}, {timeline.first} to {timeline.last}; each is"
        f' listed in the table below.">\n{lines(marked, height)}\n'
        f'<line class="ax" x1="0" x2="100%" y1="{middle}" y2="{middle}"/>\n'
        f"{''.join([_mark(mark, middle) for mark in marks])}"
        f"{''.join([_NUMBER.format(**number) for number in _numbers(marks)])}</svg></div>\n"
    )


_NUMBER = '<text class="k" x="{x}%" y="{y}" text-anchor="middle">{text}</text>'


def lines(marked, height):
    return "".join(
        [
            f'<line class="gr" x1="{tick["x"]}%" x2="{tick["x"]}%" y1="0" y2="{height}"/>'
            for tick in marked
        ]
    )


def _mark(mark, middle):
    x, y = mark["x"], mark["y"]
    if mark["is_span"]:
        x1, x2 = mark["x1"], mark["x2"]
        ends = "".join(
            [
                f'<svg x="{end}%" y="{y}" overflow="visible"><path class="st" d="M0-5v10"/></svg>'
                for end in (x1, x2)
            ]
        )
        drawn = f'<line class="un" x1="{x1}%" x2="{x2}%" y1="{y}" y2="{y}"/>{ends}'
    else:
        drawn = (
            f'<line class="st" x1="{x}%" x2="{x}%" y1="{middle}" y2="{y}"/><svg x="{x}%" y="{y}"'
            f' overflow="visible"><use href="#q{mark["event"].quad_code}"/></svg>'
        )
    return f'<g class="{mark["side"]}">{drawn}</g>\n'


def _article_picture(timeline, what, marked, scale):
    most = f", at most {timeline.most}" if timeline.most else ""
    spans = "".join([_SPAN.format(**span) for span in _spans(timeline, scale)])
    bars, below = _bars(timeline, scale), years(marked, BAR_HEIGHT + 15)
    return (
        f'<p class="lab"><b>Articles</b> <span>by year{most}</span></p>\n'
        f'<div><svg height="{BAR_HEIGHT + 20}" role="img" aria-label="Articles a year on {what},'
        f" {timeline.first} to {timeline.last}, at most {timeline.most} in one year; the numbers"
        f' stand in the table below.">\n{lines(marked, BAR_HEIGHT)}{below}\n{spans}'
        f'<svg width="100%" height="{BAR_HEIGHT}">{bars}</svg>\n'
        f'<line class="ax" x1="0" x2="100%" y1="{BAR_HEIGHT}" y2="{BAR_HEIGHT}"/></svg></div>\n'
    )


def years(marked, y):
    """The years of the ticks, below a picture."""
    return "".join(
        [
            f'<text{_WIDE if tick["is_wide_only"] else ""} x="{tick["x"]}%"'
            f' y="{y}" dx="3">{tick["year"]}</text>'
            for tick in marked
        ]
    )


_WIDE = ' class="wide"'
_SPAN = '<line class="un co" x1="{x1}%" x2="{x2}%" y1="{y}" y2="{y}"/>\n'


def _row(row):
    """One office, its holders side by side."""
    post, boxes = row["post"], row["terms"]
    told = "; ".join([f"{box['term'].person}, {in_words(box['term'])}" for box in boxes])
    drawn = "".join([_box(box, place) for place, box in enumerate(boxes)])
    label = e(f"{post}: {told}")
    return (
        f'<p class="lab"><b>{e(str(post.country))}</b>'
        f" <span>{e(post.get_role_display())}</span></p>\n"
        f'<div><svg height="24" role="img" aria-label="{label}">{drawn}</svg></div>\n'
    )


def _box(box, place):
    x, width = box["x"], box["width"]
    kind = f"term{' alt' * (place % 2)}{' unended' * box['is_open']}"
    return (
        f'<rect class="{kind}" x="{x}%" y="2" width="{width}%" height="20"/>'
        f'<svg class="box" x="{x}%" width="{width}%" height="24">'
        f'<text class="wide" x="6" y="16">{e(box["wide_label"])}</text>'
        f'<text class="slim" x="6" y="16">{e(box["slim_label"])}</text></svg>'
    )


def _undated(number):
    if not number:
        return ""
    articles, are = ("article", "is") if number == 1 else ("articles", "are")
    return f'<p class="small">{number} {articles} without any date {are} not in the picture.</p>\n'


def _key_to_events():
    named = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
    return "".join([f"<li>{glyph(code)} {name}</li>" for code, name in enumerate(named, 1)])


_KEY_TO_SPANS = (
    '<li><svg class="g w2 co" viewBox="0 -8 32 16" aria-hidden="true">'
    '<line class="un" x1="2" x2="30" y1="0" y2="0"/></svg> some day in this span</li>'
)
_KEY_TO_TERMS = (
    '<li><svg class="g w2" viewBox="0 -8 32 16" aria-hidden="true">'
    '<rect class="term unended" x="1" y="-6" width="30" height="12"/></svg>'
    " start or end of the term not recorded</li>"
)


def ticks(scale):
    """The lines of the axis; a telephone has no room for every label, nor for one at the edge."""
    step = scale.step
    years = [year for year in range(scale.first, scale.last + 1) if year % step == 0]
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
    width = f"{76 / (scale.last + 1 - scale.first):.2f}"
    drawn = ""
    for year in timeline.years:
        if year.articles:
            # A floor, so that one report is never drawn as silence.
            height = max(3, round((BAR_HEIGHT - 16) * year.articles / most))
            drawn += (
                f'<svg x="{scale.year(year.year + 0.12):.2f}%" y="100%" width="{width}%"'
                f' overflow="visible"><rect class="bar" width="100%" height="{height}"'
                f' y="-{height}"/></svg>'
            )
    return drawn


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
        for group in grouped([mark for mark in marks if mark["side"] == side], PHONE):
            y = outermost(mark["y"] for mark in group) + beyond
            drawn.append({"text": as_one(group), "x": f"{centre(group):.2f}", "y": round(y, 1)})
    return drawn


def grouped(marks, pixels):
    """Marks with a `number` and a `centre`, those in one group whose numbers would touch where one
    percent has so many pixels."""
    groups = []
    for mark in sorted(marks, key=lambda mark: mark["centre"]):
        groups.append([mark])
        while len(groups) > 1 and _touch(*groups[-2:], pixels):
            last = groups.pop()
            groups[-1] += last
    return groups


def _touch(group, further, pixels):
    letters = len(as_one(group)) + len(as_one(further))
    needed = (letters * _LETTER / 2 + _GAP) / pixels
    return centre(further) - centre(group) < needed


def centre(group):
    return sum(mark["centre"] for mark in group) / len(group)


def as_one(group):
    """ "3", "3–5", "3–5, 9" """
    runs = []
    for number in sorted(mark["number"] for mark in group):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}–{last}" if last > first else f"{first}" for first, last in runs)


def drawn_terms(timeline, scale):
    """[{the post, its terms as boxes}] on a scale of years."""
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
        "wide_label": name_within(term, width * DESK),
        "slim_label": name_within(term, width * PHONE),
        "is_open": term.ended_latest is None or term.started_earliest is None,
    }


def name_within(term, pixels):
    """The holder's name where it fits, else nothing: never half a name, never a guessed surname."""
    name = term.person.name
    return name if len(name) * _LETTER + _MARGIN <= pixels else ""
