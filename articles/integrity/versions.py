"""How a change becomes a version. Read this first.

**The database notices.** Each row of a kept table (`kept.py`: articles, people, offices, events)
is a *record*, filed in `articles_record` by a trigger when it is born. Before a row, or a link that
belongs to it (an article's countries, people, topics), is changed or deleted, a trigger copies the
state that stands into `articles_version`, whole, as JSON, and counts the record's number on. So it
does not matter who changes what: the desk, `loaddata`, an import, `update()`, SQL, a migration.
The row itself is the newest version. A rewrite that changes nothing fires no trigger.

    number 1, state A  --change 7-->  number 2, state B  --change 9-->  number 3, the row
    articles_version                  articles_version                  articles_article

**Changes gather rows.** What is changed together is one row of `articles_change`, and of each
record touched only the first state is copied: one version. Python opens a change with
`change(by, reason)` around a request or a batch; where nobody did, each statement of SQL is a
change of its own.
The triggers are in `sqlite/triggers.py` and `postgresql/triggers.py`, two dialects with the same
rules (`rules.py`).

**Python says who and why, and seals.** When `change()` ends, in the same transaction, each version
that the change made gets a *seal* in `articles_seal`: the SHA-256 of its canonical JSON (see
`document`), which names the seal of the version before. Then the change itself is sealed: who,
why, when and the list of its seals, naming the change sealed before it. That chain of changes is
the *journal*.
What came by SQL has nobody to say who and why: `settle()` seals it as it is, by the next change or
verification, and `verify_archive` names it until somebody answers for it (`accept`).

**Guards refuse the rest.** Versions, seals, sealed changes and verifications cannot be altered or
deleted, nor can an article that was ever published, nor a row that others refer to; only
`guards_lifted()`, for the flush of tests and for `restore`, takes the guards away. What is done to
the file itself, or by one who drops the triggers, is found by comparing states with seals:
`verification.py`, and `manifest.py` for those who keep the head elsewhere.

**The index listens.** The triggers put every article that they see into `articles_unindexed`;
`change()` has it indexed before it ends, and `articles.search` what came by SQL before it answers.
So the index is true whichever route a change took.
"""

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from articles import search
from articles.models import Change, Record
from articles.models.rows import insert

from . import postgresql, sqlite
from .kept import kinds

BATCH = 500  # states held in memory at once
_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def engine(using=DEFAULT_DB_ALIAS):
    """(the dialect's module, the connection)"""
    connection = connections[using]
    return _ENGINES[connection.vendor], connection


# One change


@dataclass
class Opened:
    """A change at work: who, why, of which Change.Kind, what readers are told, and when."""

    by: str
    reason: str
    kind: str = Change.Kind.ROUTINE
    note: str = ""
    at: datetime | None = None
    accepts: Change | None = None
    id: int | None = None  # once it is over, and changed anything


@contextmanager
def change(by, reason, kind=Change.Kind.ROUTINE, note="", at=None, using=DEFAULT_DB_ALIAS):
    """What is done within is one change, by whom and why, sealed at the end; one transaction.

    Yields an Opened, whose fields may be set until then. Within another change it joins that one.
    """
    dialect, connection = engine(using)
    outer = getattr(connection, "_archive_change", None)
    if outer is not None:
        yield outer
        return
    opened = Opened(by, reason, kind, note, at)
    with dialect.in_turn(connection), transaction.atomic(using):
        dialect.open_change(connection)
        connection._archive_change = opened
        try:
            yield opened
        finally:
            connection._archive_change = None
        opened.id = dialect.close_change(connection)
        if opened.id is not None:
            settle(opened, using)
        search.catch_up(using)


@contextmanager
def in_bulk(using=DEFAULT_DB_ALIAS):
    """For many changes of many rows, one after another; not within a transaction."""
    dialect, connection = engine(using)
    with dialect.in_bulk(connection):
        yield


def settle(opened=None, using=DEFAULT_DB_ALIAS, but_for=(), **who):
    """Seal every change that is not sealed yet; that of `opened` with its who and why.

    `settle(by=..., reason=..., but_for=ids)` answers for all of them but those of these ids: for
    migrations, which are alone at work.
    """
    dialect, connection = engine(using)
    pending = Change.objects.using(using).filter(position=None).order_by("pk")
    if opened is None and not pending.exists():
        return
    with transaction.atomic(using):
        dialect.lock_journal(connection)
        answered = {opened.id: opened} if opened else {}
        changes = list(pending)
        _seal_versions(changes, using)
        for made in changes:
            told = answered.get(made.pk)
            if who and made.pk not in but_for:
                told = Opened(**who)
            if told:
                _attribute(made, told)
            _seal_change(made, using)


def is_settled(using=DEFAULT_DB_ALIAS):
    """Whether nothing waits for its seal. One query."""
    return not Change.objects.using(using).filter(position=None).exists()


def position(using=DEFAULT_DB_ALIAS):
    """Where the journal ends; None while something waits for its seal. One query.

    Each change moves it on by one: where it stands as before, nobody changed anything.
    """
    asked = (
        "SELECT (SELECT max(position) FROM articles_change),"
        " EXISTS (SELECT 1 FROM articles_change WHERE position IS NULL)"
    )
    ((last, is_waiting),) = _rows(asked, [], using)
    return None if is_waiting else last or 0


def _attribute(made, told):
    limit = Change._meta.get_field("reason").max_length
    made.made_by, made.reason = told.by[:150], told.reason[:limit]
    made.kind, made.note = told.kind, told.note[:limit]
    made.at, made.accepts = told.at or timezone.now(), told.accepts


# The canonical form


def canonical(value):
    """The bytes that are hashed: JSON, keys sorted, no spaces, UTF-8."""
    return _canonical.encode(value).encode()


_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(value):
    return hashlib.sha256(canonical(value)).hexdigest()


def document(kind, key, number, state, previous):
    """What the seal of a version is made of.

    What is empty is left out of the state, so that a column added later breaks no seal. `state` is
    None where the record was deleted; `previous` is the SHA-256 of the version before, or None.
    """
    filled = state and {name: value for name, value in state.items() if not is_empty(value)}
    return {"kind": kind, "key": key, "number": number, "previous": previous, "state": filled}


def is_empty(value):
    return value is None or value is False or value in ("", [])


def standing(kind, where, params=(), using=DEFAULT_DB_ALIAS):
    """(record id, kind, key, number, state) of the versions of a kind that stand now.

    `where` is SQL on `r`, the record, and `t`, its row.
    """
    dialect, connection = engine(using)
    stands = _rows(
        f"SELECT r.id, r.key, r.number, {dialect.state(kind)} FROM articles_record r"
        f" JOIN {kind.table} t ON t.id = r.object_id WHERE r.kind = '{kind.name}' AND {where}",
        params,
        using,
        are_large=True,
    )
    for record_id, key, number, state in stands:
        yield record_id, kind.name, key, number, json.loads(state)


# Sealing


def _seal_versions(changes, using):
    """Seal what these changes made: the states that were replaced since, and those that stand."""
    waiting = [(made, _made_by(made, using)) for made in changes]
    while waiting:
        later = []
        for made, entries in waiting:
            early = [entry for batch in _batches(entries) for entry in _write(made, batch, using)]
            if early:
                later.append((made, early))
        if sum(len(early) for _, early in later) == sum(
            len(entries) for _, entries in waiting if isinstance(entries, list)
        ):
            break  # what they follow is gone; verification names it
        waiting = later


def _made_by(made, using):
    """(record id, kind, key, number, state) of each version that a change made."""
    replaced = _rows(
        "SELECT r.id, r.kind, r.key, v.number, v.state FROM articles_version v"
        " JOIN articles_record r ON r.id = v.record_id WHERE v.change_id = %s ORDER BY v.id",
        [made.pk],
        using,
        are_large=True,
    )
    for *which, state in replaced:
        yield *which, json.loads(state)
    touched = list(
        _rows(
            "SELECT DISTINCT kind, object_id IS NULL FROM articles_record WHERE change_id = %s",
            [made.pk],
            using,
        )
    )
    for kind, is_gone in touched:
        if is_gone:
            gone = Record.objects.using(using).filter(change=made, kind=kind, object_id=None)
            for record_id, key, number in gone.values_list("pk", "key", "number"):
                yield record_id, kind, key, number, None
        else:
            yield from standing(kinds()[kind], "r.change_id = %s", [made.pk], using)


def _rows(sql, params, using, are_large=False):
    """Past the ORM, which would take longer to write the question than the database to answer."""
    connection = connections[using]
    with connection.chunked_cursor() if are_large else connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def _batches(entries):
    entries = iter(entries)
    while batch := list(islice(entries, BATCH)):
        yield batch


def _write(made, entries, using):
    """Seal these versions; returns those that must wait, as the one before has no seal yet."""
    followed = [(record_id, number - 1) for record_id, _, _, number, _ in entries if number > 1]
    seals, written, early = first_seals(followed, using), [], []
    for entry in entries:
        record_id, kind, key, number, state = entry
        previous = seals.get((record_id, number - 1))
        if number > 1 and previous is None:
            early.append(entry)
            continue
        digest = sha256(document(kind, key, number, state, previous))
        written.append((record_id, number, made.pk, digest))
    insert("articles_seal", ["record_id", "number", "change_id", "sha256"], written, using)
    return early


def first_seals(wanted, using=DEFAULT_DB_ALIAS):
    """{(record id, number): sha256} of the versions `wanted`; a redaction's seals come later."""
    found, wanted = {}, set(wanted)
    if wanted:
        records, numbers = map(set, zip(*wanted, strict=True))
        seals = _rows(
            "SELECT record_id, number, sha256 FROM articles_seal"
            f" WHERE record_id IN ({_places(records)}) AND number IN ({_places(numbers)})"
            " ORDER BY id",
            [*records, *numbers],
            using,
        )
        for record_id, number, digest in seals:
            if (record_id, number) in wanted:
                found.setdefault((record_id, number), digest)
    return found


_LAST = (
    "SELECT position, sha256 FROM articles_change WHERE position IS NOT NULL"
    " ORDER BY position DESC LIMIT 1"
)


def _places(values):
    return ", ".join(["%s"] * len(values))


def _seal_change(made, using):
    last, previous = next(_rows(_LAST, [], using), (0, None))
    made.position = last + 1
    made.sha256 = journal_entry(made, previous, sealed_by(made, using))
    made.save(using=using)


def sealed_by(made, using=DEFAULT_DB_ALIAS):
    """[[kind, key, number, sha256]] of the versions that a change sealed, in order."""
    sealed = _rows(
        "SELECT r.kind, r.key, s.number, s.sha256 FROM articles_seal s"
        " JOIN articles_record r ON r.id = s.record_id WHERE s.change_id = %s",
        [made.pk],
        using,
    )
    return sorted(map(list, sealed))


def journal_entry(made, previous, seals):
    """The seal of a change: all that is said of it, and the seals that it gave."""
    return sha256(
        {
            "at": made.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "made_by": made.made_by,
            "kind": made.kind,
            "reason": made.reason,
            "note": made.note,
            "accepts": made.accepts_id,
            "position": made.position,
            "previous": previous,
            "seals": seals,
        }
    )
