"""Who held one office through time: its terms, the gaps between them, and where they overlap."""

from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(slots=True)
class Holding:
    """One term, and those terms of the same office that were certainly held beside it."""

    term: object
    overlaps: list = field(default_factory=list)

    @property
    def beside(self):
        """The people who held it at the same time, each once."""
        return list(dict.fromkeys(term.person for term in self.overlaps))


@dataclass(slots=True)
class Gap:
    """Days, the first and the last of them included, between one term and the next.

    Nobody is recorded for them, unless the end of the term before or the start of the term after is
    not recorded: then it is not known whether one of these two lasted into them.
    """

    first: date
    last: date
    is_exact: bool = True  # else the days around it are uncertain, too
    lacks_end: bool = False
    lacks_start: bool = False

    @property
    def is_certain(self):
        return not (self.lacks_end or self.lacks_start)


def holders(terms):
    """[Holding or Gap] of the terms of one office, in the order of their first known days."""
    rows, past = [], _Past()
    for term in sorted(terms, key=lambda term: (known_days(term) or [date.min])[0]):
        if gap := past.gap_before(term):
            rows.append(gap)
        rows.append(past.take(term))
    return rows


def known_days(term):
    """The days that are named as the start or the end of a term, in order."""
    days = term.started_earliest, term.started_latest, term.ended_earliest, term.ended_latest
    return sorted(day for day in days if day)


def follows(days, before):
    """Whether a term of these known days came after another one, so far as they tell."""
    return days[0] >= before[-1] and days[0] > before[0]


class _Past:
    """What matters of the terms that were taken so far for those that follow."""

    def __init__(self):
        self.latest = None  # the term with the latest known day
        self.last_known = None  # that day
        self.unended = []  # known days of terms without an end, whom nobody followed in full
        self.beside = []  # Holdings that may overlap with what follows

    def gap_before(self, term):
        """The Gap between what was taken and a term, or None."""
        days = known_days(term)
        if self.latest is None or not days or days[0] - self.last_known <= _DAY:
            return None
        return Gap(
            first=self.last_known + _DAY,
            last=days[0] - _DAY,
            is_exact=self.latest.ended_earliest == self.latest.ended_latest
            and term.started_earliest == term.started_latest,
            lacks_end=bool(self.unended),
            lacks_start=term.started_earliest is None,
        )

    def take(self, term):
        """The Holding of a term; it is told beside those that it overlaps with, and they beside
        it."""
        holding, days = Holding(term), known_days(term)
        if not days:
            return holding
        if not term.is_acting:
            self.unended = [before for before in self.unended if not follows(days, before)]
        if term.ended_latest is None:
            self.unended.append(days)
        if self.latest is None or days[-1] >= self.last_known:
            self.latest, self.last_known = term, days[-1]
        self.beside = [one for one in self.beside if one.term.ended_earliest >= days[0]]
        for other in self.beside:
            if _overlap(term, other.term):
                holding.overlaps.append(other.term)
                other.overlaps.append(term)
        if term.started_latest and term.ended_earliest:
            self.beside.append(holding)
        return holding


def _overlap(one, other):
    """Whether both held it on some day that was not that of the hand-over."""
    if not (one.started_latest and one.ended_earliest):
        return False
    if one.started_latest == other.ended_earliest or other.started_latest == one.ended_earliest:
        return False
    first = max(one.started_latest, other.started_latest)
    return first <= min(one.ended_earliest, other.ended_earliest)
