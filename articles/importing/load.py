"""Records into the archive: all are checked first, then published in short batches.

A batch is one transaction, so readers see only whole batches and editors never wait long. A run
that is cut in between stays unfinished; importing the same files again finishes it, since what is
there already is found unchanged.
"""

import hashlib
import json
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.db import IntegrityError
from django.utils import timezone

from articles import integrity
from articles.models import Article, ImportRun, Source
from articles.models.addresses import free_slugs

from . import formats
from .records import LISTS, Reader

TRIES = 5  # of a batch that another writer crosses
BATCH = 50  # records in one transaction: well under 200 ms
# What a record may say of an article, besides its links; a change of it here is an edit.
_STATE = (
    *("headline", "summary", "body", "byline", "dateline", "credit", "url"),
    *("published", "published_note", "language", "usage_terms"),
)
CREATED, UPDATED, UNCHANGED, DIFFERS = "created", "updated", "unchanged", "differs"
# When it was fetched is no part of what it says: it alone makes no new version.
_NOT_COMPARED = {"retrieved_at"}


@dataclass(frozen=True)
class Problem:
    """A record refused: where, which field, why."""

    path: str
    line: int
    field: str
    reason: str

    def __str__(self):
        told = f"{self.path}:{self.line}: {self.field}: {self.reason}"
        return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in told)


@dataclass
class Report:
    """What an import did, or would do."""

    problems: list = field(default_factory=list)
    refused: set = field(default_factory=set)  # (path, line)
    differing: list = field(default_factory=list)  # "path:line: address of the article"
    new_sources: list = field(default_factory=list)  # names
    outcomes: Counter = field(default_factory=Counter)
    finishes: ImportRun | None = None

    def add_problem(self, problem):
        self.problems.append(problem)
        self.refused.add((problem.path, problem.line))


def check(paths, progress=lambda: None):
    """Read every record of every file; nothing is written. The Report names what is wrong."""
    report, reader, seen = Report(), Reader(), {}
    new_sources = {}
    for path in paths:
        for line, data, _ in formats.read(path):
            progress()
            record, problems = _read(reader, data, None)
            for name, reason in problems:
                report.add_problem(Problem(str(path), line, name, reason))
            if record is None:
                continue
            digest = _digest(data)
            first_path, first_line, first_digest = seen.setdefault(record.key, (path, line, digest))
            if digest != first_digest:
                where = f"{first_path}:{first_line}"
                reason = f"“{record.import_ref}” stands at {where} too, with another content"
                report.add_problem(Problem(str(path), line, "import_ref", reason))
            if isinstance(record.source, str):
                new_sources.setdefault(record.key[0], record.source)
    report.new_sources = list(new_sources.values())
    return report


def load(paths, report, *, status=Article.Status.PUBLISHED, dry_run=False, progress=lambda: None):
    """Load every record that `check` did not refuse. Adds the outcomes to `report`."""
    loader = _Loader(paths, report, status, dry_run)
    for path in paths:
        for line, data, original in formats.read(path):
            progress()
            if (str(path), line) not in report.refused:
                loader.add(path, line, data, original)
    loader.finish()


def _read(reader, data, original):
    if isinstance(data, str):
        return None, [("record", data)]
    return reader.read(data, original)


def _digest(data):
    text = json.dumps(data, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class _Plan:
    """What one batch does."""

    new: dict = field(default_factory=dict)  # record key -> record
    changed: list = field(default_factory=list)  # (article, record)
    differing: list = field(default_factory=list)
    outcomes: Counter = field(default_factory=Counter)


class _Loader:
    def __init__(self, paths, report, status, dry_run):
        self.paths, self.report, self.status, self.dry_run = paths, report, status, dry_run
        self.reader, self.waiting, self.run = Reader(), [], None
        self.digest = _files_digest(paths)
        if not dry_run:
            self.run = report.finishes = (
                ImportRun.objects.unfinished().filter(digest=self.digest).first()
            )
            with self._change():
                for name in report.new_sources:
                    Source.objects.create_unknown(name)

    def add(self, path, line, data, original):
        record, problems = _read(self.reader, data, original)
        if record is None:  # the file or the archive changed since it was checked
            for name, reason in problems:
                self.report.add_problem(Problem(str(path), line, name, reason))
            return
        self.waiting.append((f"{path}:{line}", record))
        if len(self.waiting) >= BATCH:
            self.publish()

    def publish(self):
        batch, self.waiting = self.waiting, []
        if not batch:
            return
        for tries_left in reversed(range(TRIES)):
            try:
                with nullcontext() if self.dry_run else self._change():
                    plan, run = self._compare(batch), self.run
                    if (plan.new or plan.changed) and not self.dry_run:
                        run = run or self._new_run()
                        _create(list(plan.new.values()), self.status)
                        for article, record in plan.changed:
                            _update(article, record)
                break
            except IntegrityError:
                # Another import or an editor was quicker; what it wrote is seen on the next try.
                if not tries_left:
                    raise
        self.run = run
        self.report.outcomes += plan.outcomes
        self.report.differing += plan.differing

    def _change(self):
        names = ", ".join(Path(path).name for path in self.paths)
        return integrity.change("import_articles", f"Import of {names}")

    def _compare(self, batch):
        """What a batch would do; what it compares is locked, so that no edit comes in between."""
        existing = _existing((record for _, record in batch), lock=not self.dry_run)
        plan = _Plan()
        for place, record in batch:
            article = existing.get(record.key)
            if article is None:
                outcome = UNCHANGED if record.key in plan.new else CREATED
                plan.new.setdefault(record.key, record)
            elif not _differences(article, record):
                outcome = UNCHANGED
            elif article.import_digest != state_digest(article):
                outcome = DIFFERS
                plan.differing.append(f"{place}: {article.get_absolute_url()}")
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


def _files_digest(paths):
    digest = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _existing(records, lock):
    """Articles by record key, for those records that the archive has."""
    archive = Article.objects.select_for_update() if lock else Article.objects.all()
    by_source = {}
    for record in records:
        if isinstance(record.source, Source):
            by_source.setdefault(record.source, {})[record.import_ref] = record.key
    found = {}
    for source, keys in by_source.items():
        articles = archive.filter(source=source, import_ref__in=keys)
        for article in articles.prefetch_related(*LISTS):
            found[keys[article.import_ref]] = article
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


def _create(records, status):
    slugs = free_slugs([record.values["headline"] for record in records])
    articles = []
    for record, slug in zip(records, slugs, strict=True):
        article = Article(
            source=record.source,
            import_ref=record.import_ref,
            slug=slug,
            status=status,
            original=record.original,
            **record.values,
        )
        article.import_digest = _digest_of(article, record.links)
        articles.append(article)
    with_slug = [article for article in articles if article.slug]
    Article.objects.bulk_create(with_slug)
    for article in articles:
        if not article.slug:
            article.save()  # the slug is made from the id
    for name in LISTS:
        through = Article._meta.get_field(name).remote_field.through
        column = Article._meta.get_field(name).m2m_reverse_field_name()
        through.objects.bulk_create(
            through(article=article, **{column: thing})
            for article, record in zip(articles, records, strict=True)
            for thing in record.links.get(name, [])
        )
    return articles


def _update(article, record):
    for name, value in record.values.items():
        setattr(article, name, value)
    article.original = record.original  # of a record that came as fields there is none
    for name, things in record.links.items():
        getattr(article, name).set(things)
    links = {name: record.links.get(name, list(getattr(article, name).all())) for name in LISTS}
    article.import_digest = _digest_of(article, links)
    article.save()


def state_digest(article):
    """A hash over all that a record may say of an article, as it is now."""
    return _digest_of(article, {name: list(getattr(article, name).all()) for name in LISTS})


def _digest_of(article, links):
    state = {name: getattr(article, name) for name in _STATE}
    state |= {name: sorted(thing.slug for thing in links.get(name, [])) for name in LISTS}
    return _digest(state)
