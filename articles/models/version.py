"""What stood there before: the tables that `articles.integrity` keeps, to be read by pages.

A row of a kept table (an article, a person, a term of office) is a **record**. Its present state is
the row itself; every state that was replaced is a **version**. What was changed together, with who
and why, is a **change**; a **seal** is the hash of one version. Triggers write records, changes and
versions, whichever route a change takes; see `articles.integrity.versions`.
"""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from . import constraints


class Change(models.Model):
    """Rows changed together: by one request, one batch of an import, or one statement of SQL."""

    class Kind(models.TextChoices):
        UNKNOWN = "", "not known"
        ROUTINE = "routine", "routine"
        MINOR = "minor", "minor edit"
        CORRECTION = "correction", "correction"
        WITHDRAWAL = "withdrawal", "withdrawal"
        REPUBLICATION = "republication", "publication anew"
        RESTORATION = "restoration", "return to an earlier version"
        MERGER = "merger", "merger"
        REDACTION = "redaction", "redaction"
        ACCEPTANCE = "acceptance", "acceptance of a change of unknown origin"

    at = models.DateTimeField()
    made_by = models.CharField(max_length=150, blank=True, default="")
    reason = models.TextField(max_length=2000, blank=True, default="")
    kind = models.CharField(max_length=20, choices=Kind, blank=True, default=Kind.UNKNOWN)
    note = models.TextField("note to readers", max_length=2000, blank=True, default="")
    accepts = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="acceptances"
    )
    position = models.PositiveBigIntegerField(
        null=True, unique=True, help_text="Its place in the journal, given when it is sealed."
    )
    sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            *constraints.texts(made_by=150, reason=2000, note=2000, sha256=64),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(position=None), name="articles_change_unsealed"
            ),
        ]

    def __str__(self):
        return f"Change {self.pk} by {self.made_by or 'nobody known'}"

    @property
    def is_attributed(self):
        return bool(self.made_by and self.reason)


class Record(models.Model):
    """A thing kept: where it is, under which name for good, and which version of it stands now."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField(null=True, help_text="Its row; none since it was deleted.")
    key = models.TextField(help_text="Its natural key when it came; never changed.")
    number = models.PositiveIntegerField(default=1, help_text="Of the version that stands now.")
    change = models.ForeignKey(Change, models.PROTECT, related_name="records")

    class Meta:
        ordering = ["kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="articles_record_row"),
            models.UniqueConstraint(fields=["kind", "key"], name="articles_record_key"),
        ]

    def __str__(self):
        return f"{self.kind}/{self.key}"


class Kept(models.Model):
    """A model whose rows are records."""

    class Meta:
        abstract = True

    @property
    def record(self):
        """The record of this row; one query."""
        return Record.objects.get(kind=self._meta.model_name, object_id=self.pk)

    def was_ever(self, *statuses):
        """Whether it has one of these statuses, or a version that was replaced had."""
        versions = Version.objects.filter(
            record__kind=self._meta.model_name,
            record__object_id=self.pk,
            state__status__in=statuses,
        )
        return self.status in statuses or versions.exists()

    @property
    def version(self):
        """The number of the version that stands now, from `with_versions()` or by a query."""
        return self.__dict__.get("version_number") or self.record.number


class KeptQuerySet(models.QuerySet):
    def with_versions(self):
        """With the number of the version that stands now, and its seal, None until it has one."""
        of_row = {"kind": self.model._meta.model_name, "object_id": OuterRef("pk")}
        sealed = Seal.objects.filter(
            **{f"record__{name}": value for name, value in of_row.items()},
            number=F("record__number"),
        )
        return self.annotate(
            version_number=Subquery(Record.objects.filter(**of_row).values("number")[:1]),
            version_seal=Subquery(sealed.order_by("-pk").values("sha256")[:1]),
        )


class Version(models.Model):
    """A state that was replaced, as the triggers copied it."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    change = models.ForeignKey(Change, models.PROTECT, related_name="made")
    replaced_by = models.ForeignKey(Change, models.PROTECT, related_name="replaced")
    state = models.JSONField()
    redacted_by = models.ForeignKey(
        Change, models.PROTECT, null=True, blank=True, related_name="redacted"
    )

    class Meta:
        ordering = ["record", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="articles_version_number"),
        ]

    def __str__(self):
        return f"{self.record} version {self.number}"


class Seal(models.Model):
    """The SHA-256 of one version. A redacted version has a second one, of what was left of it."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="seals")
    number = models.PositiveIntegerField()
    change = models.ForeignKey(Change, models.PROTECT, related_name="seals")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "number", "change"], name="articles_seal_of_version"
            ),
        ]

    def __str__(self):
        return f"{self.record} version {self.number}: {self.sha256}"


class Verification(models.Model):
    """One look at the whole archive: when, what was counted, what was found."""

    at = models.DateTimeField(default=timezone.now)
    head = models.CharField(max_length=64)
    journal = models.CharField(max_length=64)
    records = models.PositiveBigIntegerField()
    versions = models.PositiveBigIntegerField()
    changes = models.PositiveBigIntegerField()
    findings = models.PositiveBigIntegerField()
    told = models.TextField(blank=True, default="", help_text="The first findings, one a line.")

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Verification of {self.at:%Y-%m-%d %H:%M}: {self.findings} findings"
