"""Records into the archive: all are checked first, then published in short batches.

A batch is one transaction, so readers see only whole batches and editors never wait long. A run
that is cut in between stays unfinished; importing the same files again finishes it, since what is
there already is found unchanged.
"""

import gc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import IntegrityError
from django.utils import timezone

from articles import integrity
from articles.models import Article, ImportRun, Source

from . import formats, rows
from .checking import Problem, check, files_digest, read
from .records import LISTS, Reader
from .rows import state_digest

__all__ = ["check", "load", "state_digest"]

TRIES = 5  # of a batch that another writer crosses
BATCH = 400  # records in one transaction: the lock is held for 200 ms, of a slow computer for 500
CREATED, UPDATED, UNCHANGED, DIFFERS = "created", "updated", "unchanged", "differs"
# When it was fetched is no part of what it says: it alone makes no new version.
_NOT_COMPARED = {"retrieved_at"}


def load(paths, report, *, status=Article.Status.PUBLISHED, dry_run=False, progress=lambda: None):
    """Load every record that `check` did not refuse. Adds the outcomes to `report`."""
    gc.freeze()  # what was checked is needed until the end, and is no garbage
    try:
        with integrity.in_bulk():
            loader = _Loader(paths, report, status, dry_run)
            for record, origin in loader.checked() or _origins(paths):
                progress()
                path, line, *_ = origin
                if (str(path), line) not in report.refused:
                    loader.add(record, origin)
            loader.finish()
    finally:
        gc.unfreeze()


def _origins(paths):
    """Where each record of the files stands, and what it says, not yet read as a record."""
    for path in paths:
        for line, data, original in formats.read(path):
            yield None, (path, line, data, original)


@dataclass
class _Plan:
    """What one batch does."""

    new: dict = field(default_factory=dict)  # record key -> record
    changed: list = field(default_factory=list)  # (article, record)
    differing: list = field(default_factory=list)
    outcomes: Counter = field(default_factory=Counter)
    problems: list = field(default_factory=list)


class _Loader:
    def __init__(self, paths, report, status, dry_run):
        self.paths, self.report, self.status, self.dry_run = paths, report, status, dry_run
        self.reader, self.waiting, self.run = Reader(), [], None
        # Of the journal: at the start, and where it stands if nobody else changes the archive.
        self.start = self.position = integrity.position()
        self.digest = files_digest(paths)
        if not dry_run:
            self.run = report.finishes = (
                ImportRun.objects.unfinished().filter(digest=self.digest).first()
            )
            with self._change() as change:
                for name in report.new_sources:
                    Source.objects.create_unknown(name)
            self._expect(self.start, change)

    def checked(self):
        """The records as they were checked; None where they must be read anew."""
        checked = self.report.checked
        is_same = checked and (checked.digest, checked.position) == (self.digest, self.start)
        return checked.records if is_same and self.start is not None else None

    def add(self, record, origin):
        if record is None or isinstance(record.source, str):  # not read, or of a source made since
            record, problems = self._read(*origin)
            self._tell(problems)
        if record:
            self.waiting.append((record, origin))
        if len(self.waiting) >= BATCH:
            self.publish()

    def _read(self, path, line, data, original):
        """What is wrong here is so since the check: the file changed, or the archive."""
        record, problems = read(self.reader, data, original)
        if record and isinstance(record.source, str) and not self.dry_run:
            record, problems = None, [("source", "is new since the file was checked: import again")]
        return record, [Problem(str(path), line, name, reason) for name, reason in problems]

    def _tell(self, problems):
        for problem in problems:
            self.report.add_problem(problem)

    def publish(self):
        batch, self.waiting = self.waiting, []
        if not batch:
            return
        for tries_left in reversed(range(TRIES)):
            try:
                if self.dry_run:
                    plan, run = self._compare(batch), None
                else:
                    plan, run = self._publish(batch)
                break
            except IntegrityError:
                # Another import or an editor was quicker; what it wrote is seen on the next try.
                if not tries_left:
                    raise
        self.run = run
        self.report.outcomes += plan.outcomes
        self.report.differing += plan.differing
        self._tell(plan.problems)

    def _publish(self, batch):
        with self._change() as change:
            position, problems = integrity.position(), []
            if position is None or position != self.position:
                batch, problems = self._read_anew(batch)
            plan, run = self._compare(batch), self.run
            plan.problems = problems
            if plan.new or plan.changed:
                run = run or self._new_run()
                new = list(plan.new.values())
                rows.create(new, self.status)
                for article, record in plan.changed:
                    _update(article, record)
        self._expect(position, change)
        return plan, run

    def _expect(self, position, change):
        """Where the journal stands at the next batch, if nobody else changes anything."""
        self.position = None if position is None else position + bool(change.id)

    def _read_anew(self, batch):
        """Others changed the archive: a name may stand for something else than when it was read."""
        self.reader.forget()
        read, told = [], []
        for _, origin in batch:
            record, problems = self._read(*origin)
            read += [(record, origin)] if record else []
            told += problems
        return read, told

    def _change(self):
        names = ", ".join(Path(path).name for path in self.paths)
        return integrity.change("import_articles", f"Import of {names}")

    def _compare(self, batch):
        """What a batch would do; what it compares is locked, so that no edit comes in between."""
        existing = _existing((record for record, _ in batch), lock=not self.dry_run)
        plan = _Plan()
        for record, (path, line, *_) in batch:
            article = existing.get(record.key)
            if article is None:
                outcome = UNCHANGED if record.key in plan.new else CREATED
                plan.new.setdefault(record.key, record)
            elif not _differences(article, record):
                outcome = UNCHANGED
            elif article.import_digest != state_digest(article):
                outcome = DIFFERS
                plan.differing.append(f"{path}:{line}: {article.get_absolute_url()}")
            elif _is_same_text(article, record):
                outcome = UNCHANGED
            else:
                outcome = UPDATED
                plan.changed.append((article, record))
            plan.outcomes[outcome] += 1
        return plan

    def _new_run(self):
        names = "\n".join(str(path) for path in self.paths)[:10_000]
        return ImportRun.objects.create(files=names, digest=self.digest)

    def finish(self):
        self.publish()
        if self.run is not None:
            for outcome in (CREATED, UPDATED, UNCHANGED, DIFFERS):
                setattr(self.run, outcome, self.report.outcomes[outcome])
            self.run.finished_at = timezone.now()
            self.run.save()


def _existing(records, lock):
    """Articles by record key, for those records that the archive has."""
    by_source = {}
    for record in records:
        if isinstance(record.source, Source):
            by_source.setdefault(record.source, {})[record.import_ref] = record.key
    # In no order: for the usual one SQLite would go through the whole archive.
    there = {
        source: Article.objects.filter(source=source, import_ref__in=keys).order_by()
        for source, keys in by_source.items()
    }
    if lock:
        ids = [pk for articles in there.values() for pk in articles.values_list("pk", flat=True)]
        integrity.hold("article", ids)
    found = {}
    for source, articles in there.items():
        for article in articles.prefetch_related(*LISTS):
            found[by_source[source][article.import_ref]] = article
    return found


def _differences(article, record):
    """The names of the fields that the record would change."""
    values = {
        name
        for name, value in record.values.items()
        if name not in _NOT_COMPARED and getattr(article, name) != value
    }
    links = {
        name
        for name, things in record.links.items()
        if {thing.pk for thing in things} != {thing.pk for thing in getattr(article, name).all()}
    }
    return values | links


def _is_same_text(article, record):
    """Whether the very text came in before. An editor pasted it, and the desk read more of it than
    a file tells: a dateline, a date, the typography. Nothing changed at its source."""
    held = article.original
    return bool(held and record.original) and _lines(held) == _lines(record.original)


def _lines(original):
    return bytes(original).decode("utf-8-sig", errors="replace").splitlines()


def _update(article, record):
    for name, value in record.values.items():
        setattr(article, name, value)
    article.original = record.original  # of a record that came as fields there is none
    for name, things in record.links.items():
        getattr(article, name).set([thing.pk for thing in things])
    links = {name: record.links.get(name) or getattr(article, name).all() for name in LISTS}
    article.import_digest = rows.digest_with(article, links)
    article.save()
