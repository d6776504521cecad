"""The archive as of an instant: an article and its events, with all that belongs to them.

A version of a record stood from the instant of the change that made it until that of the change
that replaced it; the present one stands since its own change. So what stood before an instant is
read from `articles_version` and from the rows, and no change that comes later alters it: not one of
the article, nor of its links, a person's name or office, a source, an event.

What is returned are objects of the models that were never saved, with every relation filled that a
page or JSON looks at, so that both show them as they show rows. Articles and events bear their own
ids; the others, whose ids no reader sees, those of their records, which outlive the rows.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db import connection
from django.db.models import Q

from articles.models import Article, Event, Record, Version

from .kept import kinds
from .seals import standing


@dataclass(frozen=True)
class Stood:
    """One record as it stood: the number of the version and its state."""

    record: Record
    number: int
    state: dict


def as_of(article, before):
    """(the article, its confirmed events) as they stood just before an instant.

    (None, []) where the article was not there yet. About forty queries, whatever it holds.
    """
    then = _Then(before)
    found = then.stood(Q(kind="article", object_id=article.pk))
    if not found:
        return None, []
    return then.article(found[0]), then.events_told_in(found[0])


def of_version(article, number, state, before):
    """An article as a version of it says, with the names that things bore before an instant."""
    record = Record.objects.get(kind="article", object_id=article.pk)
    return _Then(before).article(Stood(record, number, state))


def names(keys, before):
    """{kind: {key: name}} of the records of these {kind: keys}, as they were called then."""
    then = _Then(before)
    then.look_up(keys)
    found = defaultdict(dict)
    for (kind, key), thing in then.things.items():
        found[kind][key] = str(thing)
    return found


class _Then:
    """What stood before an instant; `things` holds what was looked up, by kind and key."""

    def __init__(self, before):
        self.before = before
        self.things = {}
        self.with_offices = set()  # keys of the people among them who were given their terms

    # States

    def stood(self, condition, first=False):
        """[Stood] of records, in the order in which they came; `first`, their first versions."""
        records = {record.pk: record for record in Record.objects.filter(condition).order_by("pk")}
        by_kind, found = defaultdict(list), {}
        for record in records.values():
            by_kind[record.kind].append(record.pk)
        # Rows before versions: a row that is replaced in between is then found as a version.
        for kind, ids in by_kind.items():
            for record_id, _, _, number, state in self._rows(kinds()[kind], ids, first):
                found[record_id] = number, state
        for version in self._versions(list(records), first):
            if version.number > found.get(version.record_id, (0,))[0]:
                found[version.record_id] = version.number, version.state
        return [Stood(record, *found[pk]) for pk, record in records.items() if pk in found]

    def _rows(self, kind, ids, first):
        these = f"r.id IN ({', '.join(['%s'] * len(ids))})"
        if first:
            return standing(kind, f"{these} AND r.number = 1", ids)
        moment = connection.ops.adapt_datetimefield_value(self.before)
        since = "r.change_id IN (SELECT id FROM articles_change WHERE at < %s)"
        return standing(kind, f"{these} AND {since}", [*ids, moment])

    def _versions(self, ids, first):
        versions = Version.objects.filter(record__in=ids)
        if first:
            return versions.filter(number=1)
        return versions.filter(change__at__lt=self.before, replaced_by__at__gte=self.before)

    def belonging_to(self, owners, kind, field):
        """[Stood] of a kind whose `field` named one of these records (of one kind) then."""
        rows = apps.get_model("articles", kind).objects
        keys = {owner.key for owner in owners}
        ids = [owner.object_id for owner in owners if owner.object_id]
        now = Record.objects.filter(
            kind=kind, object_id__in=rows.filter(**{f"{field}__in": ids}).order_by().values("pk")
        )
        once = Version.objects.filter(record__kind=kind, **{f"state__{field}__in": list(keys)})
        known = {*now.values_list("pk", flat=True), *once.values_list("record", flat=True)}
        found = self.stood(Q(pk__in=known)) if known else []
        return [stood for stood in found if stood.state.get(field) in keys]

    # Objects

    def look_up(self, keys):
        """Have `things` hold the records of these {kind: keys}.

        What an article named must have been there; where the journal has it come later, as when
        rows were given an earlier date, its first version is taken.
        """
        for first in (False, True):
            missing = {
                kind: [key for key in wanted if key and (kind, key) not in self.things]
                for kind, wanted in keys.items()
            }
            wanted = Q()
            for kind, some in missing.items():
                wanted |= Q(kind=kind, key__in=some) if some else Q()
            for stood in self.stood(wanted, first) if wanted else []:
                self.things[stood.record.kind, stood.record.key] = _built(stood)

    def all(self, kind, keys):
        """The things of these keys, by name."""
        known = [self.things[kind, key] for key in keys or [] if (kind, key) in self.things]
        return sorted(known, key=lambda thing: (str(thing), thing.slug))

    def article(self, stood):
        state = stood.state
        linked = {
            "countries": ("country", state.get("countries")),
            "people": ("person", state.get("people")),
            "topics": ("topic", state.get("topics")),
        }
        self.look_up(
            {"source": [state["source"]], **{kind: keys or [] for kind, keys in linked.values()}}
        )
        self._give_offices(linked["people"][1] or [])
        found = _built(stood, source=self.things["source", state["source"]])
        _fill(found, **{name: self.all(*of) for name, of in linked.items()})
        found.version_number, found.version_seal = stood.number, None
        return found

    def _give_offices(self, keys):
        keys = [key for key in keys if ("person", key) in self.things]
        people = Record.objects.filter(kind="person", key__in=keys)
        terms = self.belonging_to(list(people), "membership", "person") if keys else []
        self.look_up({"post": {term.state["post"] for term in terms}})
        held = defaultdict(list)
        for term in terms:
            person = self.things["person", term.state["person"]]
            post = self.things["post", term.state["post"]]
            held[term.state["person"]].append(_built(term, person=person, post=post))
        for key in keys:
            _fill(self.things["person", key], memberships=held[key])
        self.with_offices.update(keys)

    def events_told_in(self, article):
        """The confirmed events that words of an article proved, with parties and evidence."""
        words = self.belonging_to([article.record], "evidence", "article")
        refs = {one.state["event"] for one in words}
        events = self.stood(Q(kind="event", key__in=refs)) if refs else []
        events = [one for one in events if one.state["status"] == Event.Status.CONFIRMED]
        if not events:
            return []
        records = [one.record for one in events]
        parties = self.belonging_to(records, "party", "event")
        evidence = self.belonging_to(records, "evidence", "event")
        self._look_up_parties(parties)
        self._look_up_articles({one.state["article"] for one in evidence})
        return [self._event(one, parties, evidence) for one in events]

    def _look_up_parties(self, parties):
        people = {key for party in parties for key in party.state.get("people") or []}
        countries = {party.state["country"] for party in parties}
        self.look_up({"country": countries, "person": people})
        self._give_offices(people - self.with_offices)

    def _look_up_articles(self, keys):
        """The articles of evidence; a story that is withdrawn today is closed for good."""
        self.look_up({"article": keys})
        ids = [thing.pk for (kind, _), thing in self.things.items() if kind == "article"]
        closed = Article.objects.filter(pk__in=ids, status=Article.Status.WITHDRAWN)
        closed = set(closed.values_list("pk", flat=True))
        for thing in self.things.values():
            if isinstance(thing, Article) and thing.pk in closed:
                thing.status = Article.Status.WITHDRAWN

    def _event(self, stood, parties, evidence):
        event, ref = _built(stood), stood.record.key
        taking_part = [
            _fill(
                _built(party, event=event, country=self.things["country", party.state["country"]]),
                people=self.all("person", party.state.get("people")),
            )
            for party in parties
            if party.state["event"] == ref
        ]
        words = [
            _built(one, event=event, article=self.things["article", one.state["article"]])
            for one in evidence
            if one.state["event"] == ref
        ]
        words.sort(key=lambda one: (-(one.article.pk or 0), one.start))  # as rows are
        return _fill(event, parties=taking_part, evidence=words)


_WITH_IDS = {"article", "event"}
_READ = {
    "date": date.fromisoformat,
    "instant": datetime.fromisoformat,
    "bytes": bytes.fromhex,
}
_EMPTY = {"text": str, "list": list, "boolean": bool}


def _built(stood, **related):
    """An object of the model with the fields of a state; `related` are those that name others."""
    kind = kinds()[stood.record.kind]
    model = apps.get_model("articles", kind.name)
    values = {c.name: _value(model, c, stood.state) for c in kind.columns if c.form != "record"}
    pk = stood.record.object_id if kind.name in _WITH_IDS else stood.record.pk
    return model(pk=pk, **values, **related)


def _value(model, column, state):
    """A field's value; a state may leave out what is empty."""
    value = state.get(column.name)
    if value in (None, ""):
        if column.form == "number" and not model._meta.get_field(column.name).null:
            return 0
        return _EMPTY.get(column.form, lambda: None)()
    return _READ.get(column.form, lambda same: same)(value)


def _fill(thing, **relations):
    """Give an object the rows of its relations, as if they had been prefetched."""
    thing._prefetched_objects_cache = {
        **getattr(thing, "_prefetched_objects_cache", {}),
        **relations,
    }
    return thing
