"""The gazetteer: what detection knows of this archive, kept in memory.

    gazetteer.current()    the names.gazetteer.Gazetteer of the archive as it is now

Every new article changes the state of the archive, and none changes who is known: it is made anew
only where countries, people, their names, offices or terms changed, which one query tells.
"""

from threading import Lock

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Count, Max, Sum

from articles import integrity

from .models import Change, Country, Membership, OtherName, Person, Record
from .names import gazetteer as known

_KINDS = ("country", "person", "othername", "post", "membership")
_kept = {}  # by database: (state, mark, Gazetteer)
_making = Lock()


def current(using=DEFAULT_DB_ALIAS):
    """The Gazetteer of the archive as it is now: one or two queries where nothing changed.

    Within a transaction, of which the state is not told before its end, it is compared by what
    stands in it."""
    state = None if connections[using].in_atomic_block else integrity.state(using)
    kept = _kept.get(using)
    if kept and state and kept[0] == state:
        return kept[2]
    mark = _mark(using)
    if kept and kept[1] == mark:
        _kept[using] = (state, mark, kept[2])
        return kept[2]
    if state is None:
        return made(using)
    with _making:
        _kept[using] = (state, mark, made(using))
        return _kept[using][2]


def _mark(using):
    """What is another whenever a record of these kinds was made, changed or deleted."""
    found = Record.objects.using(using).filter(kind__in=_KINDS)
    mark = found.aggregate(
        change=Max("change"), rows=Count("object_id"), records=Count("pk"), versions=Sum("number")
    )
    at = Change.objects.using(using).filter(pk=mark["change"]).values_list("at", flat=True).first()
    return (*mark.values(), at)


def made(using=DEFAULT_DB_ALIAS):
    """A Gazetteer of the archive, made anew. Five queries."""
    return known.Gazetteer(_countries(using), _people(using))


def _countries(using):
    for country in Country.objects.using(using).prefetch_related("successors"):
        yield known.Country(
            slug=country.slug,
            name=country.name,
            alpha3=country.iso_alpha3,
            names=tuple(filter(None, [country.official_name, *country.other_names])),
            adjectives=tuple(country.adjectives),
            demonyms=tuple(country.demonyms),
            valid_from=country.valid_from_latest,
            valid_until=country.valid_until_earliest,
            successors=tuple(successor.slug for successor in country.successors.all()),
            is_union=country.status == Country.Status.UNION,
        )


def _people(using):
    names, terms = {}, {}
    rows = OtherName.objects.using(using).order_by("pk")
    for person, name, script in rows.values_list("person", "name", "script"):
        names.setdefault(person, []).append(known.Name(name, script))
    rows = Membership.objects.using(using).order_by("pk").values_list(
        "person", "post__role", "post__label", "post__country__slug", *_BOUNDS, "is_acting"
    )  # fmt: skip
    for person, role, post, country, *bounds, is_acting in rows:
        term = known.Term(role, post, country or "", *bounds, is_acting)
        terms.setdefault(person, []).append(term)
    people = Person.objects.using(using).unmerged().order_by("pk")
    for pk, slug, name in people.values_list("pk", "slug", "name"):
        yield known.Person(slug, name, tuple(names.get(pk, ())), tuple(terms.get(pk, ())))


_BOUNDS = ("started_earliest", "started_latest", "ended_earliest", "ended_latest")
