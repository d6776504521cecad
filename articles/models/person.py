"""People, their names in every spelling, the offices they held (Popolo: post, membership).

What office somebody held on a day is decided by `on_the_day` alone: every page and format asks it.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
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


@dataclass(frozen=True, slots=True)
class OnTheDay:
    """What the terms of somebody tell of the offices held on the days of a Span, each office once.

    On the day on which one holder hands over to the next both held the office, each for a part of
    it: both are certain where both days are known.
    """

    certain: list  # terms that were held on every one of the days; acting ones after the others
    possible: list  # terms that the dates neither prove nor exclude
    is_undated: bool  # there are terms, and no day with which to compare them

    @property
    def terms(self):
        return [*self.certain, *self.possible]

    @property
    def post(self):
        """The post held for certain, of several the first; None where none is certain."""
        return self.certain[0].post if self.certain else None

    @property
    def held(self):
        """How sure it is that an office was held: "certain", "uncertain", "date unknown" or
        "none recorded"."""
        if self.certain:
            return "certain"
        if self.possible:
            return "uncertain"
        return "date unknown" if self.is_undated else "none recorded"


def on_the_day(terms, span):
    """OnTheDay of the terms of one person, which may be Memberships or whatever looks like them."""
    terms = sorted(terms, key=lambda term: (term.is_acting, term.started, term.post.slug))
    certain, possible = {}, {}  # by post: of several terms of one post the first will do
    for term in terms:
        if term.is_certain_during(span):
            certain.setdefault(term.post.slug, term)
        elif term.is_possible_during(span):
            possible.setdefault(term.post.slug, term)
    return OnTheDay(
        certain=list(certain.values()),
        possible=[term for slug, term in possible.items() if slug not in certain],
        is_undated=span.is_unknown and bool(terms),
    )


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


class PostQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def resolve(self, name):
        """The post of a slug, or of a label in any case and spelling. Raises Post.DoesNotExist."""
        if found := self.filter(slug=name).first():
            return found
        wanted = fold(name)
        for post in self.order_by("pk"):
            if wanted and fold(post.label) == wanted:
                return post
        raise self.model.DoesNotExist(name)

    def with_holders(self):
        """With their terms, in order."""
        return self.select_related("country").prefetch_related(in_order_of_time())


class Post(Kept):
    """An office of a country (or of none): whoever holds it, it stays the same post."""

    class Role(models.TextChoices):
        HEAD_OF_STATE = "head-of-state", "head of state"
        HEAD_OF_GOVERNMENT = "head-of-government", "head of government"
        FOREIGN_MINISTER = "foreign-minister", "foreign minister"
        OTHER = "other", "other office"

    slug = models.CharField(max_length=120, unique=True, validators=[constraints.slug_form])
    label = models.CharField(max_length=200)
    country = models.ForeignKey(
        "Country", models.PROTECT, null=True, blank=True, related_name="posts"
    )
    role = models.CharField(max_length=20, choices=Role, default=Role.OTHER)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        constraints = [
            *constraints.texts(slug=120, label=200),
            *constraints.filled("label"),
            constraints.slug(),
            constraints.one_of(
                "role", ["head-of-state", "head-of-government", "foreign-minister", "other"]
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return address("office", self.slug)

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["articles.country"]

    @property
    def is_high(self):
        """Whether it is one of the three offices that a country's picture shows."""
        return self.role != Post.Role.OTHER

    @property
    def rank(self):
        """By which the offices of a country are ordered, the head of state first."""
        return Post.Role.values.index(self.role)


class MembershipQuerySet(models.QuerySet):
    def get_by_natural_key(self, person, post, started):
        return self.get(person__slug=person, post__slug=post, started=started)

    def through_time(self):
        """In the order of the first day that is known of each; those without any come first."""
        first = Coalesce("started_earliest", "started_latest", "ended_earliest", "ended_latest")
        terms = self.select_related("person", "post__country")
        return terms.order_by(first.asc(nulls_first=True), "pk")


def in_order_of_time():
    """What to prefetch for the terms of people, or of offices, each with its person and office."""
    return models.Prefetch("memberships", Membership.objects.through_time())


class Membership(Kept, Dated):
    """Who held which post, from when to when.

    `ended` is empty where no end is recorded, and `[2025-08-08..]` where the holder was certainly
    still in office on that day and nothing later is known.
    """

    person = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="memberships",
        limit_choices_to={"merged_into": None},
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="memberships")
    started_earliest, started_latest = BoundField(), BoundField()
    started = EDTFField(proving="latest")
    ended_earliest, ended_latest = BoundField(), BoundField()
    ended = EDTFField(
        proving="earliest", help_text="EDTF; [2025-08-08..] where still in office on that day."
    )
    is_acting = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True, default="")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["post", "started_earliest", "pk"]
        constraints = [
            *constraints.texts(note=500),
            *constraints.bounds("started"),
            *constraints.bounds("ended"),
            constraints.in_order("started_earliest", "ended_latest", "term"),
            models.UniqueConstraint(
                fields=["person", "post", "started"], name="articles_membership_unique"
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.post}"

    def natural_key(self):
        return (self.person.slug, self.post.slug, self.started)

    natural_key.dependencies = ["articles.person", "articles.post"]

    # The filter of lists asks the same of the database (Article.objects.naming_holder_of) and of
    # the catalogue (search/offices.py).

    def is_certain_during(self, span):
        """Held on every day that the Span allows, whatever the uncertain days turn out to be.

        Every day that the start may be counts with every day that the end may be. A date that is
        itself doubted (`2020?`) proves nothing.
        """
        if span.is_doubted:
            return False
        known = span.earliest and span.latest and self.started_latest and self.ended_earliest
        return bool(
            known and self.started_latest <= span.earliest and span.latest <= self.ended_earliest
        )

    def is_possible_during(self, span):
        """Not excluded on some day that the Span allows; False for the wholly undated."""
        if span.is_unknown:
            return False
        too_late = span.latest and self.started_earliest and span.latest < self.started_earliest
        too_early = span.earliest and self.ended_latest and self.ended_latest < span.earliest
        return not (too_late or too_early)
