"""The holders of a country's highest offices as a picture over time, made as that of chart.py is.

Each office has a lane, each term a bar that leads to its holder. What is known of a term is drawn
in full, days of which only bounds are known are dashed, and where a start or an end is not recorded
the bar goes on without one, to the next known term at most. The table beside it tells the same.
"""

from dataclasses import dataclass
from html import escape as e

from articles.models.holders import Holding, follows, known_days
from articles.models.links import address
from articles.templatetags.archive import term as in_words

from .chart import DESK, PHONE, Scale, as_one, centre, grouped, lines, name_within, ticks, years

_ROW, _BAR = 40, 20  # pixels of a row of bars with their numbers, and of a bar
_NARROWEST = 0.6  # percent


@dataclass(slots=True)
class Lane:
    """An office and its holders through time; `first` is the number of its first term, or None
    where it has no place in the picture."""

    post: object
    rows: list  # of Holding and Gap
    first: int | None = None

    @property
    def numbered(self):
        """(number or None, Holding or Gap) of each row."""
        number = self.first
        for row in self.rows:
            is_numbered = number and isinstance(row, Holding)
            yield (number if is_numbered else None), row
            number = number + 1 if is_numbered else number

    @property
    def terms(self):
        return [(number, row.term) for number, row in self.numbered if number]


def office_chart(lanes):
    """The picture of Lanes as HTML; "" where no day of any term is known."""
    days = [day for lane in lanes for _, term in lane.terms for day in known_days(term)]
    if not days:
        return ""
    scale = Scale(min(days).year - 1, max(days).year + 1)
    marked = ticks(scale)
    drawn = [_lane(lane, scale, marked) for lane in lanes]
    terms = [term for lane in lanes for _, term in lane.terms]
    return (
        f'<figure class="chart offices">\n{"".join(drawn)}'
        '<p class="lab" aria-hidden="true"></p><div><svg height="18" aria-hidden="true">'
        f"{years(marked, 13)}</svg></div></figure>\n"
        f'<ul class="row key small">{_key(terms)}</ul>\n{_undrawn(terms)}'
    )


def _lane(lane, scale, marked):
    dated = [(number, term) for number, term in lane.terms if known_days(term)]
    rows = _in_rows([_mark(number, term, dated, scale) for number, term in dated])
    height = _ROW * max(len(rows), 1)
    drawn = "".join([_row(row, lane.post, _ROW * place) for place, row in enumerate(rows)])
    number = len(lane.terms)
    return (
        f'<p class="lab"><b>{e(lane.post.label)}</b> <span>{_role(lane.post)}</span></p>\n'
        f'<div><svg height="{height}" role="group" aria-label="{e(lane.post.label)}: {number}'
        f' term{"" if number == 1 else "s"}, each of them in the table below.">\n'
        f"{lines(marked, height)}{drawn}</svg></div>\n"
    )


def _role(post):
    role = post.get_role_display()
    return "" if role.casefold() in post.label.casefold() else e(role)


@dataclass(slots=True)
class Mark:
    """A term on the scale, in percent."""

    number: int
    term: object
    start: float  # of its known days
    end: float
    solid: tuple | None  # (start, end) of the days on which the office was certainly held
    after: float  # where the bar begins that lacks a start, else its start
    before: float

    @property
    def centre(self):
        return (self.start + self.end) / 2


def _mark(number, term, terms, scale):
    days = known_days(term)
    start = scale.day(days[0])
    end = max(scale.day(days[-1]), start + _NARROWEST)
    others = [(known_days(one), one.is_acting) for _, one in terms if one is not term]
    after = max((one[-1] for one, _ in others if follows(days, one)), default=None)
    later = [one[0] for one, is_acting in others if follows(one, days) and not is_acting]
    before = min(later, default=None)
    return Mark(
        number,
        term,
        start,
        end,
        _solid(term, scale),
        after=start if term.started_earliest else scale.day(after) if after else 0,
        before=end if term.ended_latest else scale.day(before) if before else 100,
    )


def _solid(term, scale):
    began, ended = term.started_latest, term.ended_earliest
    if not began or not ended or began > ended:
        return None
    return scale.day(began), max(scale.day(ended), scale.day(began) + _NARROWEST)


def _in_rows(marks):
    """[[Mark]]: as few rows as hold all terms so that those of one row follow one another, but for
    days of which it is uncertain whose they are."""
    rows = []
    for mark in marks:
        begins = mark.term.started_latest or known_days(mark.term)[0]
        row = next((row for row in rows if _certain_end(row[-1].term) <= begins), None)
        if row is None:
            rows.append(row := [])
        row.append(mark)
    return rows


def _certain_end(term):
    return term.ended_earliest or term.started_latest or known_days(term)[-1]


def _row(marks, post, y):
    bars = "".join([_bar(mark, post, place, y) for place, mark in enumerate(marks)])
    numbers = _numbers(marks, DESK, "wide", y) + _numbers(marks, PHONE, "slim", y)
    return f"{bars}{numbers}\n"


def _bar(mark, post, place, y):
    term = mark.term
    acting = ", acting" if term.is_acting else ""
    label = e(f"{mark.number}: {term.person}, {post.label}{acting}, {in_words(term)}")
    # Half as high where somebody acts.
    height, top = (_BAR // 2, y + _BAR // 4 + 2) if term.is_acting else (_BAR, y + 2)
    shapes = _open(mark.after, mark.start, top, height) + _open(mark.end, mark.before, top, height)
    if mark.solid != (mark.start, mark.end):
        shapes += _rect("term maybe", mark.start, mark.end, top, height)
    if mark.solid:
        shapes += _rect(f"term{' alt' * (place % 2)}", *mark.solid, top, height)
    # For the keyboard and for those who hear the page, the table has the same links.
    return (
        f'<a href="{address("person", term.person.slug)}" tabindex="-1" aria-label="{label}">'
        f"<title>{label}</title>{shapes}{_names(mark, y)}</a>\n"
    )


def _rect(kind, start, end, top, height):
    return (
        f'<rect class="{kind}" x="{start:.2f}%" y="{top}" width="{end - start:.2f}%"'
        f' height="{height}"/>'
    )


def _open(start, end, top, height):
    """The upper and the lower edge of a bar, without an end."""
    if end <= start:
        return ""
    return "".join(
        [
            f'<line class="unended" x1="{start:.2f}%" x2="{end:.2f}%" y1="{y}" y2="{y}"/>'
            for y in (top, top + height)
        ]
    )


def _names(mark, y):
    """The holder's name within the bar where it fits; on a wide screen, and on a narrow one."""
    told, start, end = "", mark.start, max(mark.end, mark.before)
    for pixels, kind in ((DESK, "wide"), (PHONE, "slim")):
        if name := name_within(mark.term, (end - start) * pixels):
            told += (
                f'<svg class="box" x="{start:.2f}%" y="{y}" width="{end - start:.2f}%"'
                f' height="24"><text class="{kind}" x="6" y="16">{e(name)}</text></svg>'
            )
    return told


def _numbers(marks, pixels, kind, y):
    """The numbers of the terms below their bars, several as one where they would touch."""
    numbered = [{"number": mark.number, "centre": mark.centre} for mark in marks]
    return "".join(
        [
            f'<text class="{kind}" x="{centre(group):.2f}%" y="{y + 35}" text-anchor="middle">'
            f"{as_one(group)}</text>"
            for group in grouped(numbered, pixels)
        ]
    )


def _key(terms):
    drawn = [term for term in terms if known_days(term)]
    told = ""
    if any(_has_bounds(term) for term in drawn):
        told += _KEY.format('<rect class="term maybe" x="1" y="-6" width="30" height="12"/>',
                            "started or ended on some day of these")  # fmt: skip
    if any(term.started_earliest is None or term.ended_latest is None for term in drawn):
        told += _KEY.format('<rect class="term" x="1" y="-6" width="16" height="12"/>'
                            '<path class="unended" d="M17-6h14M17 6h14"/>',
                            "start or end not recorded")  # fmt: skip
    if any(term.is_acting for term in drawn):
        told += _KEY.format('<rect class="term" x="1" y="-3" width="30" height="6"/>', "acting")
    return f"{told}<li>gaps: no holder recorded; the numbers are those of the table</li>"


_KEY = '<li><svg class="g w2" viewBox="0 -8 32 16" aria-hidden="true">{}</svg> {}</li>'


def _has_bounds(term):
    return (
        term.started_earliest
        and term.started_earliest != term.started_latest
        or term.ended_latest
        and term.ended_earliest != term.ended_latest
    )


def _undrawn(terms):
    number = sum(not known_days(term) for term in terms)
    if not number:
        return ""
    told = "1 term of which no day is known is"
    if number > 1:
        told = f"{number} terms of which no day is known are"
    return f'<p class="small">{told} not in the picture.</p>\n'
