"""Seals: the SHA-256 of each version, and of each change in the journal; see versions.py."""

import hashlib
import json
from datetime import UTC
from itertools import islice

from django.db import DEFAULT_DB_ALIAS

from articles.models import Record
from articles.models.rows import insert

from .engines import BATCH, engine, rows
from .kept import kinds

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
    stands = rows(
        f"SELECT r.id, r.key, r.number, {dialect.state(kind)} FROM articles_record r"
        f" JOIN {kind.table} t ON t.id = r.object_id WHERE r.kind = '{kind.name}' AND {where}",
        params,
        using,
        are_large=True,
    )
    for record_id, key, number, state in stands:
        yield record_id, kind.name, key, number, json.loads(state)


# Sealing


def seal_versions(changes, using):
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
    replaced = rows(
        "SELECT r.id, r.kind, r.key, v.number, v.state FROM articles_version v"
        " JOIN articles_record r ON r.id = v.record_id WHERE v.change_id = %s ORDER BY v.id",
        [made.pk],
        using,
        are_large=True,
    )
    for *which, state in replaced:
        yield *which, json.loads(state)
    touched = list(
        rows(
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
        seals = rows(
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


def seal_change(made, using):
    last, previous = next(rows(_LAST, [], using), (0, None))
    made.position = last + 1
    made.sha256 = journal_entry(made, previous, sealed_by(made, using))
    made.save(using=using)


def sealed_by(made, using=DEFAULT_DB_ALIAS):
    """[[kind, key, number, sha256]] of the versions that a change sealed, in order."""
    sealed = rows(
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
