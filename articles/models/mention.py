"""Where a text names a country or a person: `body[start:end] == text`.

A **Suggestion** is what detection (`articles.names.detect`) thinks: it may be made anew at any time
and proves nothing. A **Mention** is what an editor said of it, confirmed or rejected, and is kept
like any other record. Neither says what an article is about: that is told by its own countries and
people, to which a confirmation adds.
"""

from django.db import models
from django.db.models import F, Q

from . import constraints
from .article import Article
from .version import Kept


class Naming(models.Model):
    """Words of an article's body that name one country or one person."""

    class Kind(models.TextChoices):
        NAME = "name", "name"
        ADJECTIVE = "adjective", "adjective"
        DEMONYM = "demonym", "people of a country"
        CAPITAL = "capital", "capital standing for a government"
        OFFICE = "office", "office standing for its holder"

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind)
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self):
        return f"“{self.text}”: {self.named}"

    @property
    def named(self):
        """The country or the person."""
        return self.country or self.person

    @property
    def stands(self):
        """Whether the words are where they are said to be."""
        return self.article.body[self.start : self.end] == self.text


def _rules():
    return [
        *constraints.texts(text=300, why=200),
        *constraints.numbers("start", "end"),
        *constraints.filled("text"),
        constraints.one_of("kind", Naming.Kind.values),
        constraints.CheckConstraint(
            name="%(app_label)s_%(class)s_offsets_order",
            condition=Q(end__gt=F("start")),
            violation_error_message="The words end after they begin.",
        ),
        constraints.CheckConstraint(
            name="%(app_label)s_%(class)s_one_named",
            condition=Q(country__isnull=False, person__isnull=True)
            | Q(country__isnull=True, person__isnull=False),
            violation_error_message="Words name one country, or one person.",
        ),
    ]


class Suggestion(Naming):
    """What detection thinks that words name. `times` stands with the first words of an article that
    name the same: how many do; with the others it is 0."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="suggestions")
    country = models.ForeignKey(
        "Country", models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    person = models.ForeignKey(
        "Person", models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    times = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["article", "start", "pk"]
        constraints = [*_rules(), *constraints.numbers("times")]

    def __str__(self):
        return f"“{self.text}”"  # without a look at what is named: they go by the thousand


class MentionQuerySet(models.QuerySet):
    def get_by_natural_key(self, source, import_ref, start, end, target):
        return self.get(
            article__source__slug=source,
            article__import_ref=import_ref,
            start=start,
            end=end,
            target=target,
        )

    def confirmed(self):
        return self.filter(status=Mention.Status.CONFIRMED)


class Mention(Naming, Kept):
    """What an editor said: that words name a country or a person, or that they do not.

    `is_lost`: the body was changed, and the words stand in it no more; where they merely moved,
    the mention moved with them (`articles.integrity.anchors`).
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "confirmed"
        REJECTED = "rejected", "rejected"

    article = models.ForeignKey("Article", models.PROTECT, related_name="mentions")
    country = models.ForeignKey(
        "Country", models.PROTECT, null=True, blank=True, related_name="mentions"
    )
    person = models.ForeignKey(
        "Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
        limit_choices_to={"merged_into": None},
    )
    target = models.CharField(max_length=120, help_text="The slug of what is named.")
    status = models.CharField(max_length=10, choices=Status)
    said_by = models.CharField(max_length=150, help_text="Who said so.")
    is_lost = models.BooleanField(default=False)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "start", "pk"]
        constraints = [
            *_rules(),
            *constraints.texts(target=120, said_by=150),
            *constraints.filled("said_by"),
            constraints.slug("target"),
            constraints.one_of("status", ["confirmed", "rejected"]),
            *[
                models.UniqueConstraint(
                    fields=["article", "start", "end", named],
                    condition=Q(is_lost=False),
                    name=f"articles_mention_once_{named}",
                    violation_error_message="Of these words that was said already.",
                )
                for named in ("country", "person")
            ],
        ]

    def natural_key(self):
        return (*self.article.natural_key(), self.start, self.end, self.target)

    natural_key.dependencies = ["articles.article", "articles.country", "articles.person"]


class Reading(models.Model):
    """That detection read an article as it stands: the database takes it away when the text or the
    date is changed."""

    article = models.OneToOneField(
        "Article", models.CASCADE, primary_key=True, related_name="reading"
    )
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.article} was read"


def unread():
    """Articles that detection did not read since they came or were changed."""
    return Article.objects.filter(reading=None)
