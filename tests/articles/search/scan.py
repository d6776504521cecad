"""What a list of articles must answer, by looking at every article: the judge of the index.

Written from the promises alone; nothing here asks the archive's own code how to search. Words are
of plain ASCII, so that folding is but lower case.
"""

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from Stemmer import Stemmer

from articles.models import (
    Article,
    Country,
    Membership,
    Person,
    Post,
    Source,
    Suggestion,
    Topic,
)

_english = Stemmer("english")
_stem = lru_cache(maxsize=50_000)(_english.stemWord)

MOST_VALUES = {"country": 30}  # of a facet, and 20 of any other
ANY_OF = ("source", "topic", "language")


# Dates


@lru_cache(maxsize=5000)
def span(text):
    """(earliest, latest) of a day, a month, a year, a span in brackets, or of no date."""
    if not text:
        return None, None
    if text.startswith("["):
        start, end = text[1:-1].split("..")
        return span(start)[0], span(end)[1]
    year, month, day = ([int(part) for part in text.split("-")] + [None, None])[:3]
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


# Words


def words_of(text):
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).split()


def stems(words):
    return [_stem(word) for word in words]


@dataclass(frozen=True)
class Term:
    words: tuple
    minus: bool = False
    headline: bool = False

    def __str__(self):
        words = " ".join(self.words)
        quoted = f'"{words}"' if len(self.words) > 1 else words
        return f"{'-' * self.minus}{'headline:' * self.headline}{quoted}"


# People with several spellings: (their own name, another, its kind). What that makes of words:
SPELLINGS = [
    ("Farid Guliyev", "Farid Quliyev", "native"),
    ("Sergei Orlova", "Sergey Orlova", "transliteration"),
    ("Nino Beridze", "Ninochka", "short"),
    ("Jonas Hasanova", "Hasanova Jonasjan", "former"),
]
ALSO = {
    "guliyev": ["quliyev"], "quliyev": ["guliyev"], "sergei": ["sergey"], "sergey": ["sergei"],
}  # fmt: skip
WHOLE = [[tuple(words_of(name)) for name in spelling[:2]] for spelling in SPELLINGS]


def as_good(words):
    """The other spellings of a whole name."""
    return [other for names in WHOLE if words in names for other in names if other != words]


@dataclass(frozen=True)
class Words:
    """Alternatives, each a list of terms."""

    alternatives: tuple

    def __str__(self):
        return " OR ".join(" ".join(map(str, terms)) for terms in self.alternatives)

    def match(self, report, exact):
        return any(
            not any(_stands(term, report, exact) for term in terms if term.minus)
            and _all_stand([term for term in terms if not term.minus], report, exact)
            for terms in self.alternatives
        )


def _all_stand(terms, report, exact):
    """Each by itself, or a few that are a whole name by another spelling of it."""
    if not terms:
        return True
    if _stands(terms[0], report, exact) and _all_stand(terms[1:], report, exact):
        return True
    if not exact:
        for end in range(2, len(terms) + 1):
            words = sum((term.words for term in terms[:end]), ())
            is_headline = {term.headline for term in terms[:end]}
            for other in as_good(words) if len(is_headline) == 1 else ():
                term = Term(other, headline=is_headline.pop())
                if _stands(term, report, exact) and _all_stand(terms[end:], report, exact):
                    return True
    return False


def _stands(term, report, exact):
    if exact:
        return _stand(term, report.words, [{word} for word in term.words])
    phrases = [term.words]
    for start in range(len(term.words)):
        for end in range(start + 1, len(term.words) + 1):
            for other in as_good(term.words[start:end]):
                phrases.append(term.words[:start] + other + term.words[end:])
    return any(
        _stand(term, report.stems, [{_stem(w), *stems(ALSO.get(w, []))} for w in words])
        for words in phrases
    )


def _stand(term, texts, wanted):
    """Whether one after another some word of each set stands there."""
    for found in texts[:1] if term.headline else texts:
        for at in range(len(found) - len(wanted) + 1):
            if all(word in words for word, words in zip(found[at:], wanted, strict=False)):
                return True
    return False


# The archive, as plain things


@dataclass(frozen=True)
class TermOfOffice:
    """A term of office."""

    person: str
    office: str
    started: str
    ended: str

    def is_certain(self, earliest, latest):
        begun, over = span(self.started)[1], span(self.ended)[0]
        return None not in (earliest, latest, begun, over) and begun <= earliest and latest <= over

    def is_possible(self, earliest, latest):
        begun, over = span(self.started)[0], span(self.ended)[1]
        if earliest is None and latest is None:
            return False
        too_early = latest is not None and begun is not None and latest < begun
        too_late = earliest is not None and over is not None and over < earliest
        return not too_early and not too_late


@dataclass
class Report:
    """A published article."""

    id: int
    words: tuple  # of the headline, of the text
    earliest: date | None
    latest: date | None
    language: str
    source: str
    country: set = field(default_factory=set)
    person: set = field(default_factory=set)
    topic: set = field(default_factory=set)
    office: set = field(default_factory=set)  # certainly held by someone named
    office_perhaps: set = field(default_factory=set)
    wider: "Report | None" = None  # the same with what is suggested of it

    @cached_property
    def stems(self):
        return tuple(map(stems, self.words))

    def values(self, name):
        value = getattr(self, name)
        return value if isinstance(value, set) else {value}

    @property
    def is_undated(self):
        return self.earliest is None and self.latest is None


@dataclass
class Archive:
    reports: list
    labels: dict  # parameter: {slug: name}


def archive_as_it_is():
    """All that is published, read from the tables row by row."""
    slugs = {
        model: dict(model.objects.values_list("pk", "slug"))
        for model in (Country, Person, Post, Source, Topic)
    }
    terms = [
        TermOfOffice(slugs[Person][person], slugs[Post][post], started, ended)
        for person, post, started, ended in Membership.objects.values_list(
            "person", "post", "started", "ended"
        )
    ]
    reports = {}
    for row in Article.objects.filter(status="published").values():
        earliest, latest = span(row["published"])
        reports[row["id"]] = Report(
            row["id"],
            (words_of(row["headline"]), words_of(f"{row['summary']} {row['body']}")),
            earliest,
            latest,
            row["language"].lower(),
            slugs[Source][row["source_id"]],
        )
    for name, relation, model in (
        ("country", "countries", Country),
        ("person", "people", Person),
        ("topic", "topics", Topic),
    ):
        through = getattr(Article, relation).through.objects
        for article, thing in through.values_list("article", name):
            if article in reports:
                getattr(reports[article], name).add(slugs[model][thing])
    for report in list(reports.values()):
        report.wider = replace(report, country=set(report.country), person=set(report.person))
        reports[-report.id] = report.wider
    for name, model in (("country", Country), ("person", Person)):
        for article, thing in Suggestion.objects.values_list("article", name):
            if thing and article in reports:
                getattr(reports[-article], name).add(slugs[model][thing])
    for report in reports.values():
        report.office, report.office_perhaps = set(), set()
        for term in terms:
            if term.person in report.person:
                if term.is_certain(report.earliest, report.latest):
                    report.office.add(term.office)
                if term.is_possible(report.earliest, report.latest):
                    report.office_perhaps.add(term.office)
    labels = {
        name: dict(model.objects.values_list("slug", label))
        for name, model, label in (
            ("country", Country, "name"),
            ("person", Person, "name"),
            ("office", Post, "label"),
            ("source", Source, "name"),
            ("topic", Topic, "name"),
        )
    }
    return Archive([report for pk, report in reports.items() if pk > 0], labels)


# What is asked


@dataclass(frozen=True)
class Question:
    words: Words | None = None
    exact: bool = False
    country: tuple = ()
    person: tuple = ()
    office: tuple = ()
    uncertain: bool = False
    suggested: bool = False
    source: tuple = ()
    topic: tuple = ()
    language: tuple = ()
    since: str = ""
    until: str = ""
    order: str = ""

    def parameters(self):
        """As (name, value), for the address."""
        pairs = [("q", str(self.words))] if self.words else []
        for name in ("country", "person", "office", *ANY_OF):
            pairs += [(name, value) for value in getattr(self, name)]
        pairs += [
            (name, "1") for name in ("exact", "uncertain", "suggested") if getattr(self, name)
        ]
        for name in ("since", "until", "order"):
            if value := getattr(self, name):
                pairs.append((name, value))
        return pairs

    def seen(self, report):
        return report.wider if self.suggested else report

    def admits(self, report, lifted=""):
        """Whether a report is an answer; with one choice `lifted`, as if it were not made."""
        if self.words and not self.words.match(report, self.exact):
            return False
        report = self.seen(report)
        held = report.office_perhaps | report.office if self.uncertain else report.office
        if not (
            set(self.country) <= report.country
            and set(self.person) <= report.person
            and set(self.office) <= held
        ):
            return False
        for name in ANY_OF:
            chosen = set(getattr(self, name))
            if chosen and name != lifted and not chosen & report.values(name):
                return False
        return lifted == "year" or self._overlaps(report)

    def _overlaps(self, report):
        if not self.since and not self.until:
            return True
        if report.is_undated:
            return False
        too_early = self.since and report.latest and report.latest < span(self.since)[0]
        too_late = self.until and report.earliest and report.earliest > span(self.until)[1]
        return not too_early and not too_late

    def answers(self, archive):
        """The ids in order; of an order by relevance, in any."""
        found = [report for report in archive.reports if self.admits(report)]
        if self.order == "added":
            return [r.id for r in sorted(found, key=lambda r: -r.id)]
        dated = sorted((r for r in found if r.latest), key=lambda r: (r.latest, r.id))
        others = sorted((r for r in found if not r.latest), key=lambda r: r.id)
        if self.order != "oldest":
            dated, others = dated[::-1], others[::-1]
        return [r.id for r in dated + others]

    def address(self, **more):
        return f"/articles.json?{urlencode([*self.parameters(), *more.items()])}"

    # Facets

    def counts(self, archive, name):
        """{value: number of articles} of a facet."""
        lifted = name if name in ANY_OF else ""
        counts = {}
        for report in archive.reports:
            if self.admits(report, lifted):
                for value in self.seen(report).values(name):
                    counts[value] = counts.get(value, 0) + 1
        return counts

    def years(self, archive):
        """({year: number of articles}, number of the undated)."""
        counted = [report for report in archive.reports if self.admits(report, "year")]
        known = [day.year for r in counted for day in (r.earliest, r.latest) if day]
        if not known:
            return {}, len(counted)
        first, last = min(known), max(known)
        counts = dict.fromkeys(range(first, last + 1), 0)
        for report in counted:
            if not report.is_undated:
                start = report.earliest.year if report.earliest else first
                end = report.latest.year if report.latest else last
                for year in range(start, end + 1):
                    counts[year] += 1
        return counts, sum(report.is_undated for report in counted)


def wrong_facets(question, archive, facets):
    """What is wrong with the facets of an answer, in sentences."""
    wrong = []
    for name in ("country", "person", "office", *ANY_OF):
        counts = question.counts(archive, name)
        wrong += _wrong_values(question, archive, name, counts, facets[name])
    counts, undated = question.years(archive)
    shown = {int(entry["value"]): entry["count"] for entry in facets["year"]}
    if len(shown) != len(facets["year"]):
        wrong.append("year: one is listed twice")
    wrong += [
        f"year {year}: {shown.get(year, 0)} told, {counts.get(year, 0)} counted"
        for year in sorted({*shown, *counts})
        if shown.get(year, 0) != counts.get(year, 0)
    ]
    if facets["undated"] != undated:
        wrong.append(f"undated: {facets['undated']} told, {undated} counted")
    chosen = {entry["value"] for entry in facets["year"] if entry["chosen"]}
    if not question.since and not question.until and chosen:
        wrong.append(f"year: {chosen} are told to be chosen, and none is")
    is_one_year = question.since == question.until and len(question.since) == 4
    if is_one_year and chosen != {question.since} & set(map(str, shown)):
        wrong.append(f"year: {chosen} are told to be chosen, not {question.since}")
    return wrong


def _wrong_values(question, archive, name, counts, shown):
    chosen, labels = set(getattr(question, name)), archive.labels.get(name)
    told = [entry["value"] for entry in shown]
    if len(set(told)) != len(told):
        yield f"{name}: a value is listed twice"
    for entry in shown:
        value, count = entry["value"], counts.get(entry["value"], 0)
        if entry["count"] != count:
            yield f"{name} {value}: {entry['count']} told, {count} counted"
        if entry["chosen"] is not (value in chosen):
            yield f"{name} {value}: whether it is chosen is told wrongly"
        if not count and value not in chosen:
            yield f"{name} {value}: no article has it, and it was not chosen"
        if not entry["label"] or (labels and entry["label"] != labels.get(value)):
            yield f"{name} {value}: it bears the label {entry['label']!r}"
    if told != [
        entry["value"] for entry in sorted(shown, key=lambda e: (-e["count"], words_of(e["label"])))
    ]:
        yield f"{name}: they are not in order"
    most = MOST_VALUES.get(name, 20)
    if len(set(told) - chosen) > most:
        yield f"{name}: more than {most} are listed"
    left_out = max((count for value, count in counts.items() if value not in told), default=0)
    if left_out and len(told) < most:
        yield f"{name}: some are left out, though there is room"
    if left_out > min((e["count"] for e in shown if e["value"] not in chosen), default=left_out):
        yield f"{name}: one that is left out has {left_out} articles, more than one listed"
