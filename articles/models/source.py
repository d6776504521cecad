"""Sources: agencies, newspapers, ministries, archives. Who reported, and on what terms."""

from django.db import IntegrityError, models, transaction

from articles.names.fold import fold

from . import constraints
from .fields import LanguageField, StringListField
from .links import address
from .named import NamedQuerySet
from .slugs import free_slug, slug_base
from .version import Kept


class SourceQuerySet(NamedQuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def resolve(self, name):
        """The source of a slug or a name in any case and spelling. Raises Source.DoesNotExist."""
        found = self.filter(slug=name).first() or self.filter(name=name).order_by("pk").first()
        found = found or next(iter(self.named(name)), None)
        if found is None:
            raise self.model.DoesNotExist(name)
        return found

    def create_unknown(self, name):
        """A source of which only the name is known; who made it first does not matter."""
        while True:
            try:
                return self.resolve(name)
            except self.model.DoesNotExist:
                taken = set(self.values_list("slug", flat=True))
            slug = free_slug(slug_base(name) or "source", taken, longest=120)
            try:
                with transaction.atomic():
                    return self.create(slug=slug, name=name)
            except IntegrityError:
                continue  # the slug was taken meanwhile, perhaps by this very source


class Source(Kept):
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
    language = LanguageField()
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
            constraints.language(),
            constraints.one_of("kind", ["agency", "newspaper", "ministry", "archive", "unknown"]),
            constraints.one_of("terms", ["open", "licensed", "quote-only", "unknown"]),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("source", self.slug)

    def natural_key(self):
        return (self.slug,)

    def folded_names(self):
        return {fold(name) for name in [self.name, *self.other_names]}
