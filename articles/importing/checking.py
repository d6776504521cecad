"""All records of all files read and judged before any is loaded; nothing is written."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from articles import integrity
from articles.models import ImportRun

from . import formats
from .records import Reader

MOST_KEPT = 64 * 1024**2  # bytes of files whose records are kept from check to load


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
class Checked:
    """The records that a check read: loaded as they are, if files and archive stay the same."""

    digest: str  # of the files
    position: int | None  # of the journal
    records: list = field(default_factory=list)  # (record, origin)


@dataclass
class Report:
    """What an import did, or would do."""

    problems: list = field(default_factory=list)
    refused: set = field(default_factory=set)  # (path, line)
    differing: list = field(default_factory=list)  # "path:line: address of the article"
    new_sources: list = field(default_factory=list)  # names
    outcomes: Counter = field(default_factory=Counter)
    finishes: ImportRun | None = None
    checked: Checked | None = None

    def add_problem(self, problem):
        self.problems.append(problem)
        self.refused.add((problem.path, problem.line))


def check(paths, progress=lambda: None):
    """Read every record of every file; nothing is written. The Report names what is wrong."""
    report, reader, seen = Report(), Reader(), {}
    new_sources = {}
    if sum(Path(path).stat().st_size for path in paths) <= MOST_KEPT:
        report.checked = Checked(files_digest(paths), integrity.position())
    for path in paths:
        for line, data, original in formats.read(path):
            progress()
            record, problems = read(reader, data, original)
            for name, reason in problems:
                report.add_problem(Problem(str(path), line, name, reason))
            if record is None:
                continue
            digest = _content(data)
            first_path, first_line, first_digest = seen.setdefault(record.key, (path, line, digest))
            if digest != first_digest:
                where = f"{first_path}:{first_line}"
                reason = f"“{record.import_ref}” stands at {where} too, with another content"
                report.add_problem(Problem(str(path), line, "import_ref", reason))
            if isinstance(record.source, str):
                new_sources.setdefault(record.key[0], record.source)
            if report.checked:
                report.checked.records.append((record, (path, line, data, original)))
    report.new_sources = list(new_sources.values())
    return report


def read(reader, data, original):
    if isinstance(data, str):
        return None, [("record", data)]
    return reader.read(data, original)


def _content(data):
    """A hash of all that a record says, if it is valid, whatever the order of its fields."""
    said = []
    for name in sorted(data):
        value = data[name]
        if isinstance(value, list):
            said += [name, f"{len(value)} values", *value]
        else:
            said += [name, *(["one", value] if value is not None else ["none"])]
    return hashlib.sha256("\0".join(said).encode()).digest()


def files_digest(paths):
    digest = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
