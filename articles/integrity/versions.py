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
that the change made gets a *seal* in `articles_seal`: the SHA-256 of its canonical JSON
(`seals.py`), which names the seal of the version before. Then the change itself is sealed: who,
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

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils import timezone

from articles import search
from articles.models import Change

from . import anchors
from .engines import engine, rows
from .seals import seal_change, seal_versions


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
            anchors.follow(using)
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
        seal_versions(changes, using)
        for made in changes:
            told = answered.get(made.pk)
            if who and made.pk not in but_for:
                told = Opened(**who)
            if told:
                _attribute(made, told)
            seal_change(made, using)


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
    ((last, is_waiting),) = rows(asked, [], using)
    return None if is_waiting else last or 0


def _attribute(made, told):
    limit = Change._meta.get_field("reason").max_length
    made.made_by, made.reason = told.by[:150], told.reason[:limit]
    made.kind, made.note = told.kind, told.note[:limit]
    made.at, made.accepts = told.at or timezone.now(), told.accepts
