"""Who a row means: the people of the archive by id, by address and by every spelling."""

from collections import defaultdict
from dataclasses import dataclass, field

from articles import dates
from articles.models import Membership, OtherName, Person, Record
from articles.models.slugs import free_slug, slug_base
from articles.names.fold import fold


@dataclass
class Known:
    """A person as far as rows go; `thing` is not saved yet where it is new."""

    thing: Person
    names: dict = field(default_factory=dict)  # name -> None where held, OtherName where new
    terms: dict = field(default_factory=dict)  # (post slug, started) -> Membership
    countries: set = field(default_factory=set)
    is_new: bool = False
    is_changed: bool = False
    is_differing: bool = False
    by: str | None = None  # who made the version that stands
    key: tuple | None = None  # of a new one: what its file calls it


class People:
    """Those of the archive, and those whom an import brings; nothing is written."""

    def __init__(self):
        self.made_by = _made_by()
        self.known, self.by_wikidata = {}, defaultdict(set)
        self.bearing = defaultdict(set)  # folded name -> slugs
        self.leading = {}  # slug of a duplicate -> slug of whom it was merged into
        self.by_key = {}  # (file, what it calls a person) -> slug
        self._read_archive()

    def _read_archive(self):
        people = Person.objects.order_by("pk")
        for thing in people.filter(merged_into=None):
            known = Known(thing, by=self.made_by["person", thing.pk])
            self._enter(known)
        slugs = {known.thing.pk: slug for slug, known in self.known.items()}
        for thing in people.exclude(merged_into=None):
            if end := thing.end_of_merger:
                self.leading[thing.slug] = end.slug
        for person, name in OtherName.objects.values_list("person_id", "name"):
            if person in slugs:
                self.spell(self.known[slugs[person]], name, None)
        for term in Membership.objects.select_related("post"):
            if term.person_id in slugs:
                known = self.known[slugs[term.person_id]]
                known.terms[term.post.slug, term.started] = term
                known.countries.add(term.post.country_id)

    def _enter(self, known):
        self.known[known.thing.slug] = known
        self.bearing[fold(known.thing.name)].add(known.thing.slug)
        if known.thing.wikidata:
            self.by_wikidata[known.thing.wikidata].add(known.thing.slug)

    def spell(self, known, name, thing):
        known.names[name] = thing
        self.bearing[fold(name)].add(known.thing.slug)

    def find(self, row):
        """The Known that a row means, None for a new one. Raises LookupError(field, reason)."""
        if row.key in self.by_key:
            return self.known[self.by_key[row.key]]
        found = self._find(row)
        if found and row.key:
            self.by_key[row.key] = found.thing.slug
        return found

    def _find(self, row):
        wikidata, slug = row.values.get("wikidata"), row.values.get("slug")
        slug = self.leading.get(slug, slug)
        of_id = self.by_wikidata.get(wikidata, set()) if wikidata else set()
        if len(of_id) > 1:
            raise LookupError("wikidata", f"several have this id: {_listed(of_id)}; merge them")
        if of_id:
            (found,) = of_id
            if slug and slug != found and slug in self.known:
                raise LookupError("wikidata", f"is of {found}, but the slug is of another")
            return self.known[found]
        if slug:
            return self._of_slug(slug, wikidata)
        return self._of_name(row, wikidata)

    def _of_slug(self, slug, wikidata):
        found = self.known.get(slug)
        if found and wikidata and found.thing.wikidata:
            reason = f"{slug} has the id {found.thing.wikidata}; one of the two is wrong"
            raise LookupError("wikidata", reason)
        return found

    def _of_name(self, row, wikidata):
        bearing = self.bearing.get(fold(row.name), set())
        may_be = [s for s in sorted(bearing) if _nothing_against(self.known[s], row)]
        if not may_be:
            return None
        holding = [s for s in may_be if _has_same_term(self.known[s], row)]
        if len(holding) == 1:
            return self.known[holding[0]]
        if len(may_be) == 1 and _is_told(self.known[may_be[0]], row):
            return self.known[may_be[0]]
        told = _listed(may_be)
        if len(may_be) > 1:
            raise LookupError("person", f"several may be meant: {told}; write the slug")
        raise LookupError(
            "person",
            f"may be {told}, but neither a year of birth nor an office of the same country tells;"
            " write that slug, or a new one for somebody else",
        )

    def new(self, row):
        slug = row.values.get("slug")
        if not slug:
            base = slug_base(row.name) or "person"
            slug = free_slug(base, self.known.keys() | self.leading.keys(), 120)
        known = Known(Person(slug=slug, name=row.name), is_new=True, key=row.key)
        self._enter(known)
        if row.key:
            self.by_key[row.key] = slug
        return known


def _made_by():
    """{(kind, id): who made the version that stands}, "" where nobody told."""
    records = Record.objects.filter(kind__in=["person", "membership"], object_id__isnull=False)
    made = records.values_list("kind", "object_id", "change__made_by")
    return defaultdict(str, {(kind, pk): by for kind, pk, by in made})


def _listed(slugs):
    return ", ".join(sorted(slugs)[:5])


def _nothing_against(known, row):
    if known.key and row.key and known.key != row.key and known.key[0] == row.key[0]:
        return False  # their file has two
    person = known.thing
    ids = person.wikidata, row.values.get("wikidata", "")
    years = _year(person.born), _year(row.values.get("born", ""))
    return not (all(ids) and ids[0] != ids[1]) and not (None not in years and years[0] != years[1])


def _has_same_term(known, row):
    return bool(row.post) and (row.post.slug, row.started) in known.terms


def _is_told(known, row):
    """Whether something speaks for it that they are the same, or the row says nothing new."""
    years = _year(known.thing.born), _year(row.values.get("born", ""))
    country = row.post and row.post.country and row.post.country.pk
    return None not in years or country in known.countries - {None} or _says_nothing(known, row)


def _says_nothing(known, row):
    facts = {name: value for name, value in row.values.items() if name != "slug"}
    return (
        row.post is None
        and all(getattr(known.thing, name) == value for name, value in facts.items())
        and all(name in known.names or name == known.thing.name for _, name in row.names)
    )


def _year(text):
    known = dates.span(text)
    is_one = known.earliest and known.latest and known.earliest.year == known.latest.year
    return known.earliest.year if is_one else None
