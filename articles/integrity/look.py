"""One look at the whole archive: what is there, compared with what was sealed.

`Look(...).at_everything()` yields a Finding for each thing that is not as it should be.
"""

from collections import defaultdict
from dataclasses import dataclass

from articles import search
from articles.models import Article, Change, Mention, Seal

from . import anchors
from .engines import engine
from .kept import kinds
from .seals import document, journal_entry, sealed_by, sha256, standing

MOST_TOLD = 200  # findings of one gap that are told; the rest are like them
LOOKED_UP = 500  # records asked for at once


@dataclass(frozen=True)
class Finding:
    damage: str  # changed, missing, extra, re-hashed, unattributed, trigger, index or words
    what: str
    why: str

    def __str__(self):
        return f"{self.damage}: {self.what}: {self.why}"


class Look:
    """One look at the archive, in one view of the database."""

    def __init__(self, using, report, progress):
        self.using, self.report, self.progress = using, report, progress
        self.dialect, self.connection = engine(using)
        self.wrong = defaultdict(dict)  # change id -> {(kind, key, number): hash as it is now}

    def at_everything(self):
        for why in self.dialect.file_faults(self.connection):
            yield Finding("changed", "the database's file", why)
        yield from self.at_triggers()
        for kind in kinds().values():
            yield from self.at_rows(kind)
            yield from self.at_what_stands(kind)
        yield from self.at_what_is_gone()
        yield from self.at_versions()
        yield from self.at_seals()
        yield from self.at_journal()
        for what, why in search.disagreements(self.using):
            yield Finding("index", what, why)
        yield from self.at_words_of_events()
        yield from self.at_words_of_mentions()

    def rows(self, sql, params=()):
        with self.connection.chunked_cursor() as cursor:
            cursor.execute(sql, params)
            while rows := cursor.fetchmany(LOOKED_UP):
                yield from rows

    def at_triggers(self):
        for name, why in self.dialect.faults(self.connection):
            yield Finding("trigger", name, why)

    def at_rows(self, kind):
        """Each row has its record, each record its row."""
        for (pk,) in self.rows(
            f"SELECT t.id FROM {kind.table} t LEFT JOIN articles_record r"
            f" ON r.kind = '{kind.name}' AND r.object_id = t.id WHERE r.id IS NULL"
        ):
            yield Finding("extra", f"{kind.name} number {pk}", "it came past the triggers")
        for key, number in self.rows(
            f"SELECT r.key, r.number FROM articles_record r LEFT JOIN {kind.table} t"
            f" ON t.id = r.object_id WHERE r.kind = '{kind.name}' AND r.object_id IS NOT NULL"
            " AND t.id IS NULL"
        ):
            name = version_name(kind.name, key, number)
            yield Finding("missing", name, "its row was deleted past the triggers")

    def at_what_stands(self, kind):
        for batch in _batches(standing(kind, "1 = 1", using=self.using)):
            self.report.articles += len(batch) * (kind.name == "article")
            yield from self.compare(batch)

    def at_what_is_gone(self):
        gone = (
            (pk, kind, key, number, None)
            for pk, kind, key, number in self.rows(
                "SELECT id, kind, key, number FROM articles_record WHERE object_id IS NULL"
            )
        )
        for batch in _batches(gone):
            yield from self.compare(batch)

    def at_versions(self):
        """Every number below the one that stands has its version, and no other."""
        found = (
            (pk, kind, key, number, self.dialect.from_json(state))
            for pk, kind, key, number, state in self.rows(
                "SELECT r.id, r.kind, r.key, v.number, v.state FROM articles_version v"
                " JOIN articles_record r ON r.id = v.record_id"
            )
        )
        for batch in _batches(found):
            self.report.versions += len(batch)
            yield from self.compare(batch)
        for pk, kind, key, number in self.rows(
            "SELECT r.id, r.kind, r.key, r.number FROM articles_record r"
            " WHERE r.number - 1 <> (SELECT count(*) FROM articles_version v"
            " WHERE v.record_id = r.id AND v.number < r.number)"
        ):
            there = {n for (n,) in self.rows(_NUMBERS, [pk])}
            for lacking in sorted(set(range(1, number)) - there):
                yield Finding("missing", version_name(kind, key, lacking), "the version is gone")
        for kind, key, number, _ in self.rows(
            "SELECT r.kind, r.key, v.number, v.id FROM articles_version v"
            " JOIN articles_record r ON r.id = v.record_id WHERE v.number >= r.number"
        ):
            yield Finding(
                "extra", version_name(kind, key, number), "there never was such a replaced state"
            )
        for kind, key, number in self.rows(_WRONG_CHANGES):
            yield Finding(
                "changed",
                version_name(kind, key, number),
                "it names another change than the one that sealed it",
            )

    def compare(self, entries):
        """Hash each state anew, and compare it with its seal."""
        seals = self.seals_of(entries)
        for pk, kind, key, number, state in entries:
            self.progress()
            first, latest, change_id = seals.get((pk, number), (None, None, None))
            previous = seals.get((pk, number - 1), (None,))[0]
            found = sha256(document(kind, key, number, state, previous))
            name = version_name(kind, key, number)
            if first is None:
                yield Finding("missing", name, "its seal is gone")
            elif found != latest:
                self.wrong[change_id][kind, key, number] = found
                yield Finding("changed", name, "it is not what was sealed")

    def seals_of(self, entries):
        """{(record id, number): (first seal, latest seal, the change of the latest)}"""
        found = {}
        rows = Seal.objects.using(self.using).filter(record__in={entry[0] for entry in entries})
        for pk, number, digest, change_id in rows.order_by("pk").values_list(
            "record", "number", "sha256", "change"
        ):
            first = found.get((pk, number), (digest,))[0]
            found[pk, number] = (first, digest, change_id)
        return found

    def at_seals(self):
        for pk, kind, key, number in self.rows(
            "SELECT s.id, r.kind, r.key, s.number FROM articles_seal s"
            " LEFT JOIN articles_record r ON r.id = s.record_id"
            " WHERE r.id IS NULL OR s.number > r.number OR s.number < 1"
        ):
            name = version_name(kind, key, number) if kind else f"seal {pk}"
            yield Finding("extra", name, "sealed, though there is no such version")
        for table in ("record", "version", "seal"):
            for (pk,) in self.rows(
                f"SELECT DISTINCT x.change_id FROM articles_{table} x LEFT JOIN articles_change c"
                " ON c.id = x.change_id WHERE c.id IS NULL"
            ):
                yield Finding("missing", f"change {pk}", f"a {table} names it")

    def at_journal(self):
        """Each change names the one before it, and the seals that it gave."""
        previous, position = None, 0
        answered = set(
            Change.objects.using(self.using)
            .exclude(accepts=None)
            .exclude(made_by="")
            .values_list("accepts", flat=True)
        )
        changes = Change.objects.using(self.using).exclude(position=None).order_by("position")
        for made in changes.iterator(LOOKED_UP):
            self.report.changes += 1
            position += 1
            for lacking in range(position, min(made.position, position + MOST_TOLD)):
                yield Finding("missing", f"change at position {lacking}", "the journal lacks it")
            position = made.position
            seals = sealed_by(made, self.using)
            if journal_entry(made, previous, seals) != made.sha256:
                yield from self.what_broke(made, previous, seals)
            previous = made.sha256
            if not made.is_attributed and made.pk not in answered:
                yield from self.unattributed(made)

    def what_broke(self, made, previous, seals):
        """A seal that was written over betrays itself: with the hash of the state it fits."""
        now = self.wrong.get(made.pk, {})
        mended = [[k, key, n, now.get((k, key, n), digest)] for k, key, n, digest in seals]
        if now and journal_entry(made, previous, mended) == made.sha256:
            for kind, key, number in now:
                yield Finding(
                    "re-hashed",
                    version_name(kind, key, number),
                    f"its seal was written over; the journal (change {made.pk}) holds another",
                )
        else:
            yield Finding(
                "re-hashed",
                f"change {made.pk}",
                "who, why, when or the seals that it gave are not what it sealed",
            )

    def unattributed(self, made):
        rows = Seal.objects.using(self.using).filter(change=made).select_related("record")
        for seal in rows.iterator(LOOKED_UP):
            name = version_name(seal.record.kind, seal.record.key, seal.number)
            yield Finding(
                "unattributed",
                f"version {seal.pk}, {name}",
                f"it came at {made.at:%Y-%m-%d %H:%M} UTC without who and why; if it is right,"
                f" verify_archive --accept {seal.pk} --reason ...",
            )

    def at_words_of_events(self):
        for ref, headline, start in self.rows(
            "SELECT e.ref, a.headline, w.start FROM articles_evidence w"
            " JOIN articles_event e ON e.id = w.event_id"
            " JOIN articles_article a ON a.id = w.article_id"
            ' WHERE substr(a.body, w.start + 1, w."end" - w.start) <> w.text'
        ):
            yield Finding(
                "words", f"event {ref}", f"its words do not stand at {start} of “{headline}”"
            )

    def at_words_of_mentions(self):
        for article, mention, start in anchors.away(self.using):
            headline = self._of(Article, article, "headline")
            why = f"its words do not stand at {start} of “{headline}”"
            yield Finding("words", f"mention of {self._of(Mention, mention, 'target')}", why)

    def _of(self, model, pk, name):
        return model.objects.using(self.using).values_list(name, flat=True).get(pk=pk)


_NUMBERS = "SELECT number FROM articles_version WHERE record_id = %s"
_FIRST = (
    "(SELECT s.change_id FROM articles_seal s WHERE s.record_id = {record} AND s.number = {number}"
    " ORDER BY s.id LIMIT 1)"
)
# The changes that made and replaced a version are told by the seals as well.
_WRONG_CHANGES = f"""
    SELECT r.kind, r.key, v.number FROM articles_version v
    JOIN articles_record r ON r.id = v.record_id
    WHERE v.change_id <> {_FIRST.format(record="v.record_id", number="v.number")}
        OR v.replaced_by_id <> {_FIRST.format(record="v.record_id", number="v.number + 1")}
    UNION ALL
    SELECT r.kind, r.key, r.number FROM articles_record r
    WHERE r.change_id <> {_FIRST.format(record="r.id", number="r.number")}
"""


def version_name(kind, key, number):
    return f"{kind} {key} version {number}"


def _batches(entries):
    batch = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == LOOKED_UP:
            yield batch
            batch = []
    if batch:
        yield batch
