"""Whether the archive is what it sealed: every record, version, seal, change and trigger.

The states are read and hashed anew and compared with their seals, the seals with the journal, both
with a manifest that was kept elsewhere; the index of words and the words of events with the texts.
What is found is named: which record and version, and what is wrong with it. Nothing is mended.

The five kinds of damage that archivists tell apart (after Archivematica's fixity checks): changed,
missing, extra, re-hashed; and besides: unattributed, trigger, index, words.
"""

from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from articles import search
from articles.models import Change, Seal, Verification

from . import manifest
from .engines import engine
from .look import LOOKED_UP, MOST_TOLD, Finding, Look, version_name
from .versions import change, settle


@dataclass
class Report:
    """What a verification looked at, and what it found."""

    findings: list
    records: int = 0
    articles: int = 0
    versions: int = 0
    changes: int = 0
    head: str = ""
    journal: str = ""


def verify(kept=None, using=DEFAULT_DB_ALIAS, progress=lambda: None):
    """Look at everything, and record that it was looked at. `kept` is the path of a manifest.

    Returns a Report. Raises manifest.ManifestError where `kept` is none.
    """
    listed = manifest.read_manifest(kept) if kept else None
    dialect, connection = engine(using)
    search.catch_up(using)
    settle(using=using)
    report = Report([])
    with dialect.one_view(connection), dialect.whatever_bytes(connection):
        look = Look(using, report, progress)
        report.findings += look.at_everything()
        if listed:
            report.findings += _against(listed, using)
        report.head, report.records = manifest.head(using)
        report.journal = manifest.journal(using)[1]
    _record(report, using)
    return report


def accept(version, by, reason, using=DEFAULT_DB_ALIAS):
    """Answer for the change that made a version of unknown origin.

    `version` is its number in the finding (the id of its seal). Returns the change. Raises
    Seal.DoesNotExist, or ValueError where nothing is to accept.
    """
    made = Seal.objects.using(using).select_related("change").get(pk=version).change
    if made.is_attributed or made.acceptances.exists():
        raise ValueError(f"Version {version} needs no acceptance: it came by change {made.pk}.")
    dialect, connection = engine(using)
    with change(by, reason, kind=Change.Kind.ACCEPTANCE, using=using) as opened:
        dialect.change_at_work(connection)
        opened.accepts = made
    return made


def _record(report, using):
    Verification.objects.using(using).create(
        at=timezone.now(),
        head=report.head,
        journal=report.journal,
        records=report.records,
        versions=report.versions,
        changes=report.changes,
        findings=len(report.findings),
        told="\n".join(map(str, report.findings[:MOST_TOLD])),
    )


def _against(listed, using):
    """Compare with a manifest that was kept elsewhere: a copy never vouches for itself."""
    said, lines = listed
    for start in range(0, len(lines), LOOKED_UP):
        yield from _compare_lines(lines[start : start + LOOKED_UP], using)
    if "journal" in said:
        position, digest = said["journal"]
        made = Change.objects.using(using).filter(position=position).first()
        if position and (made is None or made.sha256 != digest):
            why = "the kept manifest holds another seal of it, and so of all before it"
            yield Finding("re-hashed", f"change at position {position}", why)


def _compare_lines(lines, using):
    keys = {key for _, _, key, _ in lines}
    rows = Seal.objects.using(using).filter(record__key__in=keys).order_by("pk")
    seals, newest = {}, {}
    for kind, key, number, digest in rows.values_list(
        "record__kind", "record__key", "number", "sha256"
    ):
        seals.setdefault((kind, key, number), digest)
        newest[kind, key] = number
    for digest, kind, key, number in lines:
        name = version_name(kind, key, number)
        found = seals.get((kind, key, number))
        if found is None:
            why = "the kept manifest lists it"
            yield Finding("missing", name, why)
        elif found != digest:
            yield Finding("re-hashed", name, "the kept manifest holds another seal of it")
