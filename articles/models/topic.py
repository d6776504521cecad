"""Topics: what a report is about, besides who."""

from django.db import models

from . import constraints
from .links import address
from .version import Kept


class TopicQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Topic(Kept):
    slug = models.CharField(max_length=80, unique=True, validators=[constraints.slug_form])
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=500, blank=True, default="")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            *constraints.texts(slug=80, name=100, description=500),
            *constraints.filled("name"),
            constraints.slug(),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{address('articles')}?topic={self.slug}"

    def natural_key(self):
        return (self.slug,)
