"""What readers may know of an article's versions: numbers, days, notes, seals; never who and why.

The versions of a draft are nobody's but the desk's; a version is public when its state was.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError

from articles.models import Article, Change, Record, Seal, Version

from .kept import kinds
from .seals import canonical, document, first_seals, standing
from .versions import settle

PUBLIC = (Article.Status.PUBLISHED, Article.Status.WITHDRAWN, Article.Status.MERGED)
# Told beside the headline, where there is a note to readers.
TOLD = (Change.Kind.CORRECTION, Change.Kind.RESTORATION, Change.Kind.REDACTION)
_IN_WORDS = {
    Change.Kind.UNKNOWN: "Change",
    Change.Kind.ROUTINE: "Minor edit",
    Change.Kind.MINOR: "Minor edit",
    Change.Kind.CORRECTION: "Correction",
    Change.Kind.WITHDRAWAL: "Withdrawal",
    Change.Kind.REPUBLICATION: "Publication anew",
    Change.Kind.RESTORATION: "Return to an earlier version",
    Change.Kind.MERGER: "Merger",
    Change.Kind.REDACTION: "Removal of words",
    Change.Kind.ACCEPTANCE: "Change",
}


@dataclass(frozen=True)
class PublicVersion:
    number: int
    at: datetime
    kind: str  # a Change.Kind
    note: str  # to readers, "" for none
    redacted_at: datetime | None
    sha256: str | None  # None where no seal could be given
    is_first: bool  # that readers saw

    @property
    def is_minor(self):
        return self.kind in (Change.Kind.UNKNOWN, Change.Kind.ROUTINE, Change.Kind.MINOR)

    @property
    def kind_in_words(self):
        return "Published" if self.is_first else _IN_WORDS[self.kind]

    @property
    def is_told(self):
        """Whether a page of the article itself tells readers of it."""
        return bool(self.note) and not self.is_first and self.kind in TOLD


def public_versions(article):
    """[PublicVersion] up to the version that the article is of, oldest first. Three queries."""
    record = Record.objects.select_related("change").get(kind="article", object_id=article.pk)
    versions = Version.objects.filter(record=record, number__lte=article.version)
    public = versions.filter(state__status__in=PUBLIC)
    told = list(
        public.order_by("number").values_list(
            "number", "change__at", "change__kind", "change__note", "redacted_by__at"
        )
    )
    if record.number == article.version and article.status in PUBLIC:
        told.append((record.number, record.change.at, record.change.kind, record.change.note, None))
    seals = _seals(record, {number for number, *_ in told})
    return [PublicVersion(*one, seals.get(one[0]), one is told[0]) for one in told]


def seal_of(article):
    """The SHA-256 of the version that an article is of; sealed now where it was not yet."""
    found = getattr(article, "version_seal", None)
    if found is None:
        found = _seals(article.record, {article.version}).get(article.version)
    return found


def states_of(article, numbers):
    """(the record, {number: state}) of versions by their numbers; what is not there is left out."""
    record = Record.objects.get(kind="article", object_id=article.pk)
    # The row before versions: when it is replaced in between, it is then found as a version.
    rows = standing(kinds()["article"], "r.id = %s", [record.pk])
    found = {number: state for _, _, _, number, state in rows if number in numbers}
    versions = Version.objects.filter(record=record, number__in=numbers)
    return record, found | dict(versions.values_list("number", "state"))


def sealed_bytes(article, number):
    """The very bytes whose SHA-256 is the seal of a version that is there."""
    record, states = states_of(article, [number])
    before = (record.pk, number - 1)
    previous = first_seals([before]).get(before) if number > 1 else None
    return canonical(document(record.kind, record.key, number, states[number], previous))


def _seals(record, numbers):
    """{number: sha256}, of a redacted version the later one; what waits is sealed first."""
    of_record = Seal.objects.filter(record=record).order_by("pk")
    seals = dict(of_record.values_list("number", "sha256"))
    if numbers - seals.keys():
        with suppress(OperationalError):  # one who writes for long will seal it, too
            settle()
        seals = dict(of_record.values_list("number", "sha256"))
    return seals
