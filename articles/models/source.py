"""Sources: agencies, newspapers, ministries, archives. Who reported, and on what terms."""

from django.db import models
from django.urls import reverse

from articles.names.fold import fold

from . import constraints
from .fields import StringListField
from .slugs import slug_of


class SourceQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def resolve(self, name):
        """The source of a slug or a name in any case and spelling. Raises Source.DoesNotExist."""
        found = self.filter(slug=name).first() or self.filter(name=name).order_by("pk").first()
        if found:
            return found
        wanted = fold(name)
        for source in self.order_by("pk"):
            if wanted and wanted in source.folded_names():
                return source
        raise self.model.DoesNotExist(name)

    def create_unknown(self, name):
        """A source of which only the name is known."""
        taken = set(self.values_list("slug", flat=True))
        return self.create(slug=slug_of(name, taken, "source", longest=120), name=name)


class Source(models.Model):
    class Kind(models.TextChoices):
        AGENCY = "agency", "news agency"
        NEWSPAPER = "newspaper", "newspaper"
        MINISTRY = "ministry", "ministry or government office"
        ARCHIVE = "archive", "archive"
        UNKNOWN = "unknown", "not known"

    class Terms(models.TextChoices):
        OPEN = "open", "free to reuse"
        LICENSED = "licensed", "used under a licence"
        QUOTE_ONLY = "quote-only", "may be quoted only"
        UNKNOWN = "unknown", "terms not known"

    slug = models.CharField(max_length=120, unique=True, validators=[constraints.slug_form])
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.UNKNOWN)
    country = models.ForeignKey(
        "Country", models.PROTECT, null=True, blank=True, related_name="sources"
    )
    language = models.CharField(max_length=35, blank=True, default="", help_text="BCP 47")
    home_url = models.URLField(max_length=500, blank=True, default="")
    terms = models.CharField("usage terms", max_length=20, choices=Terms, default=Terms.UNKNOWN)
    description = models.TextField(max_length=2000, blank=True, default="")
    other_names = StringListField()

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            *constraints.texts(slug=120, name=200, language=35, home_url=500, description=2000),
            *constraints.filled("name"),
            *constraints.lists(2000, "other_names"),
            constraints.slug(),
            constraints.web_address("home_url"),
            constraints.one_of("kind", ["agency", "newspaper", "ministry", "archive", "unknown"]),
            constraints.one_of("terms", ["open", "licensed", "quote-only", "unknown"]),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("source", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    def folded_names(self):
        return {fold(name) for name in [self.name, *self.other_names]}
