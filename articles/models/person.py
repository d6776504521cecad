"""People, and their names in every spelling."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.signals import pre_save
from django.dispatch import receiver

from articles import languages
from articles.names.fold import fold
from articles.names.near import near
from articles.names.written import why_not

from . import constraints
from .fields import BoundField, Dated, EDTFField, LanguageField, stay_as
from .links import address
from .merged import Mergeable
from .office import in_order_of_time, on_the_day
from .version import Kept


def _check_written(name):
    if why := why_not(name):
        raise ValidationError({"name": why})


class PersonQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        """A fixture that names a duplicate means whom it was merged into."""
        found = self.get(slug=slug)
        return found.end_of_merger or found

    def resolve(self, name):
        """The person of a slug, or of a name in any recorded spelling that one person alone bears.

        The slug of a duplicate stands for whom it was merged into.
        Raises Person.DoesNotExist or Person.MultipleObjectsReturned.
        """
        if found := self.filter(slug=name).first():
            if found.end_of_merger is None:
                raise self.model.DoesNotExist(name)
            return found.end_of_merger
        wanted = fold(name)
        bearing = self.unmerged().filter(Q(folded_name=wanted) | Q(other_names__folded_name=wanted))
        return bearing.distinct().get()

    def near(self, name, most=3):
        """The people one of whose names is nearly this one, or it, the likest first. Queries over
        all names: for an editor, never for a reader."""
        slugs = near(name, self.all_names(), most)
        return sorted(self.filter(slug__in=slugs), key=lambda person: slugs.index(person.slug))

    def all_names(self):
        """[(slug, name)] of all people in all spellings, but for the duplicates."""
        people = self.model.objects.unmerged().order_by()
        own = people.values_list("slug", "name")
        return [*own, *people.exclude(other_names=None).values_list("slug", "other_names__name")]

    def unmerged(self):
        """Without the duplicates, which only lead to another."""
        return self.filter(merged_into=None)

    def with_offices(self):
        """With their terms, in order."""
        return self.prefetch_related(in_order_of_time())


class Person(Mergeable, Kept, Dated):
    slug = models.CharField(max_length=120, unique=True, validators=[constraints.slug_form])
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=300, editable=False, default="", db_index=True)
    description = models.CharField(
        max_length=300, blank=True, default="", help_text="One plain line: “Iranian diplomat”."
    )
    born_earliest, born_latest = BoundField(), BoundField()
    born = EDTFField()
    died_earliest, died_latest = BoundField(), BoundField()
    died = EDTFField()
    wikidata = models.CharField(max_length=20, blank=True, default="")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    merge_reason = models.TextField(max_length=2000, blank=True, default="", editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [
            *constraints.texts(
                slug=120,
                name=200,
                folded_name=300,
                description=300,
                wikidata=20,
                merge_reason=2000,
            ),
            *constraints.filled("name"),
            constraints.slug(),
            *constraints.bounds("born"),
            *constraints.bounds("died"),
            constraints.in_order("born_earliest", "died_latest", "life"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("person", self.slug)

    def natural_key(self):
        return (self.slug,)

    def on_the_day(self, span):
        """OnTheDay: the offices held on the days of a Span."""
        return on_the_day(self.memberships.all(), span)

    def clean(self):
        super().clean()
        _check_written(self.name)

    @property
    def latest_term(self):
        """The membership that began last; one whose start is not recorded counts as the earliest;
        None where no office is recorded."""
        terms = self.memberships.all()
        return max(terms, key=lambda m: (m.started_latest or date.min, m.pk), default=None)


class OtherNameQuerySet(models.QuerySet):
    def get_by_natural_key(self, person, name, kind):
        return self.get(person__slug=person, name=name, kind=kind)


class OtherName(Kept, Dated):
    """A spelling, a former name or a short form of a person's name."""

    class Kind(models.TextChoices):
        NATIVE = "native", "in the person's own script"
        TRANSLITERATION = "transliteration", "transliteration"
        FORMER = "former", "former name"
        SHORT = "short", "short form"
        FULL = "full", "full form"

    person = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="other_names",
        limit_choices_to={"merged_into": None},
    )
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=300, editable=False, default="", db_index=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.TRANSLITERATION)
    script = models.CharField(
        max_length=4, blank=True, default="", help_text="ISO 15924: Latn, Arab"
    )
    language = LanguageField()
    valid_from_earliest, valid_from_latest = BoundField(), BoundField()
    valid_from = EDTFField()
    valid_until_earliest, valid_until_latest = BoundField(), BoundField()
    valid_until = EDTFField()

    objects = OtherNameQuerySet.as_manager()

    class Meta:
        ordering = ["person", "kind", "name"]
        constraints = [
            *constraints.texts(name=200, folded_name=300, script=4, language=35),
            *constraints.filled("name"),
            constraints.one_of("kind", ["native", "transliteration", "former", "short", "full"]),
            constraints.language(),
            constraints.script(),
            *constraints.bounds("valid_from"),
            *constraints.bounds("valid_until"),
            constraints.in_order("valid_from_earliest", "valid_until_latest", "validity"),
            models.UniqueConstraint(
                fields=["person", "name", "kind"], name="articles_othername_unique"
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.person.slug, self.name, self.kind)

    def clean(self):
        super().clean()
        _check_written(self.name)

    natural_key.dependencies = ["articles.person"]

    @property
    def direction(self):
        """`rtl` or `ltr`, by its script, else by its language."""
        tag = self.language or "und"
        return languages.direction(f"{tag}-{self.script}" if self.script else tag)


@receiver(pre_save, sender=Person)
def _stay_merged(instance, raw, **kwargs):
    """A fixture's entry of a duplicate says nothing of whom it was merged into."""
    held = Person.objects.filter(pk=instance.pk).first() if raw and instance.pk else None
    if held and Person.objects.filter(slug=instance.slug).exclude(merged_into=None).exists():
        stay_as(instance, held)


@receiver(pre_save, sender=Person)
@receiver(pre_save, sender=OtherName)
def _fold_name(instance, raw, **kwargs):
    """Under `loaddata` too, which saves raw but sends this signal. It tells a ValueError with the
    file; elsewhere `clean` has refused such a name, and what is held already may be saved."""
    if raw and instance.name and (why := why_not(instance.name)):
        raise ValueError(f"name: {why}")
    instance.folded_name = fold(instance.name)[:300]
