"""Import runs: what came in, from which files, and whether it was finished."""

from django.db import models
from django.utils import timezone

from . import constraints


class ImportRunQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(finished_at__isnull=True)


class ImportRun(models.Model):
    """One import. It is published in short batches; cut in between, it stays unfinished until the
    same files are imported again."""

    files = models.TextField(max_length=10_000, help_text="One name a line.")
    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 over the files.")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    differs = models.PositiveIntegerField(default=0)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            *constraints.texts(files=10_000, digest=64),
            *constraints.numbers("created", "updated", "unchanged", "differs"),
        ]

    def __str__(self):
        state = "finished" if self.is_finished else "unfinished"
        return f"Import of {self.started_at:%Y-%m-%d %H:%M} ({state})"

    @property
    def is_finished(self):
        return self.finished_at is not None
