"""Offices, and who held which from when to when (Popolo: post, membership).

What office somebody held on a day is decided by `on_the_day` alone: every page and format asks it.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models.functions import Coalesce

from articles.names.fold import fold

from . import constraints
from .fields import BoundField, Dated, EDTFField
from .links import address
from .version import Kept


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
        "Person",
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
