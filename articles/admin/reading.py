"""What the desk makes of a pasted text: the values of its form, and what the editor is told."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from articles import dates, gazetteer, search
from articles.importing.pasting import near
from articles.importing.pasting.named import offers
from articles.models import Article, Country, Person, Source
from articles.models.office import on_the_day
from articles.names.detect import detect_article

MOST_TERMS = 4  # of a person, beside an undated text
_AS_READ = ["headline", "body", "byline", "dateline", "published", "published_note", "language"]


class Offered(NamedTuple):
    """A country or person that the text names; `offices` are those of a person, in words."""

    thing: object
    is_proposed: bool
    why: str
    offices: list


@dataclass
class Reading:
    """`pasted` with what the archive knows of it; `given` is the source that the editor named."""

    pasted: object
    given: Source | None = None

    @cached_property
    def initial(self):
        """The values with which the form of a new article begins."""
        values = {name: getattr(self.pasted, name) for name in _AS_READ}
        is_source = self.credited and self.credited == self.source
        values["credit"] = "" if is_source else self.pasted.credit
        values["source"] = self.source and self.source.pk
        for name, offered in (("countries", self.countries), ("people", self.people)):
            values[name] = [one.thing.pk for one in offered if one.is_proposed]
        return values

    @property
    def source(self):
        return self.given or self.credited

    @cached_property
    def credited(self):
        """The source whom the text names, if the archive knows it; none is made."""
        try:
            return Source.objects.resolve(self.pasted.credit) if self.pasted.credit else None
        except Source.DoesNotExist:
            return None

    @property
    def unknown_source(self):
        return "" if self.credited else self.pasted.credit

    # Whom and what it names

    @cached_property
    def _named_in_text(self):
        headline, body = self.pasted.headline, self.pasted.body
        found = detect_article(headline, body, gazetteer.current(), self._span)
        return offers(*found, body)

    @property
    def _span(self):
        return dates.span(self.pasted.published)

    @cached_property
    def countries(self):
        found = {country.slug: country for country in self._named(Country, 0)}
        return [
            Offered(found[one.slug], one.is_proposed, one.why, [])
            for one in self._named_in_text[0]
            if one.slug in found
        ]

    @cached_property
    def people(self):
        found = {person.slug: person for person in self._named(Person, 1)}
        return [
            Offered(found[one.slug], one.is_proposed, one.why, self._offices(found[one.slug]))
            for one in self._named_in_text[1]
            if one.slug in found
        ]

    def _named(self, model, place):
        slugs = [one.slug for one in self._named_in_text[place]]
        named = model.objects.filter(slug__in=slugs)
        return named.unmerged().with_offices() if model is Person else named

    def _offices(self, person):
        """The offices held on the day, in words; of an undated text the latest recorded ones."""
        terms = list(person.memberships.all())
        if self._span.is_unknown:
            terms.sort(key=lambda term: term.started_latest or date.min, reverse=True)
            told = [f"{term.post.label}, {_in_office(term)}" for term in terms[:MOST_TERMS]]
            more = len(terms) - MOST_TERMS
            return [*told, f"and {more} more"] if more > 0 else told
        held = on_the_day(terms, self._span)
        return [
            *(term.post.label for term in held.certain),
            *(f"{term.post.label} (uncertain)" for term in held.possible),
        ]

    @property
    def is_undated(self):
        return self._span.is_unknown

    @property
    def terms_overlap(self):
        """For an undated text, when all whom it names were in office, where each had one office:
        evidence for whoever judges the date."""
        terms = [list(o.thing.memberships.all()) for o in self.people if o.is_proposed]
        if not self.is_undated or len(terms) < 2 or any(len(those) != 1 for those in terms):
            return ""
        starts = [term.started_earliest for (term,) in terms]
        ends = [term.ended_latest for (term,) in terms if term.ended_latest]
        if None in starts or (ends and max(starts) > min(ends)):
            return ""
        until = f" to {dates.day_in_words(min(ends))}" if ends else ", and no end is recorded"
        return (
            f"Those of the people named overlap from {dates.day_in_words(max(starts))}{until}. If"
            " the text calls each by that office, it was written then: you judge."
        )

    # What resembles it

    @cached_property
    def resembling(self):
        """[Near]; None where the search took too long."""
        try:
            return near.resembling(self.pasted.headline, self.pasted.body)
        except search.Interrupted:
            return None

    @property
    def is_held(self):
        return any(one.is_same for one in self.resembling or ())

    # What was concluded

    @property
    def told(self):
        """[(label of the field, [sentences])], in the order of the form."""
        sentences = {}
        for field, sentence in self.pasted.notes:
            sentences.setdefault(field, []).append(sentence)
        return [(_label(field), those) for field, those in sentences.items()]


def _label(field):
    if field == "text":
        return "Typography"
    return str(Article._meta.get_field(field).verbose_name).capitalize()


def _in_office(term):
    started = f"from {dates.in_words(term.started)}" if term.started else "start not recorded"
    return f"{started}, end {'not recorded' if not term.ended else dates.in_words(term.ended)}"
