"""Events: what states did to one another, coded by PLOVER and bound to the words that say so."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.signals import pre_save
from django.dispatch import receiver

from articles import dates, plover

from . import constraints
from .article import Article
from .fields import BoundField, Dated, EDTFField, StringListField
from .links import address
from .version import Kept


class EventQuerySet(models.QuerySet):
    def get_by_natural_key(self, ref):
        return self.get(ref=ref)

    def confirmed(self):
        return self.filter(status=Event.Status.CONFIRMED)

    def involving(self, *countries):
        """Events in which all of these countries took part."""
        queryset = self
        for country in countries:
            queryset = queryset.filter(
                pk__in=Party.objects.filter(country=country).values("event_id")
            )
        return queryset

    def told_in(self, article):
        """Events that words of the article prove, in the order of their recording."""
        return self.filter(pk__in=article.evidence.values("event_id")).order_by("pk")

    def on_this_day(self, day):
        """Events of this day of the month, of whatever year, the oldest first."""
        return self.filter(
            date_earliest=F("date_latest"),
            date_earliest__month=day.month,
            date_earliest__day=day.day,
        ).order_by("date_earliest", "pk")

    def newest(self):
        return self.order_by(F("date_latest").desc(nulls_last=True), "-pk")

    def beyond(self, day, pk):
        """What follows the event `pk`, of latest possible day `day`, in `newest`."""
        if day is None:
            return self.filter(date_latest=None, pk__lt=pk)
        return self.filter(
            Q(date_latest__lt=day) | Q(date_latest=day, pk__lt=pk) | Q(date_latest=None)
        )

    def with_parties(self):
        """With who took part, and with all that tells the office of each that day."""
        return self.prefetch_related("parties__country", "parties__people__memberships__post")

    def with_evidence(self):
        # The words stand in the evidence itself: no article needs its whole text for them.
        articles = Article.objects.select_related("source").defer("body", "original")
        return self.prefetch_related("evidence", Prefetch("evidence__article", articles))


def _modes_of_types():
    """No mode, or one that the type has."""
    condition = Q(mode="")
    for event_type, (_, _, modes) in plover.TYPES.items():
        if modes:
            condition |= Q(event_type=event_type, mode__in=list(modes))
    return condition


class Event(Kept, Dated):
    class Status(models.TextChoices):
        SUGGESTED = "suggested", "suggested"
        CONFIRMED = "confirmed", "confirmed by an editor"
        REJECTED = "rejected", "rejected"

    ref = models.CharField(max_length=120, unique=True, validators=[constraints.slug_form])
    title = models.CharField(max_length=300)
    date_earliest, date_latest = BoundField(), BoundField()
    date = EDTFField()
    end_date_earliest, end_date_latest = BoundField(), BoundField()
    end_date = EDTFField()
    event_type = models.CharField(max_length=12, choices=[(t, t) for t in plover.TYPES])
    mode = models.CharField(
        max_length=20, blank=True, default="", choices=[(m, m) for m in plover.MODES]
    )
    contexts = StringListField()
    cameo = models.CharField("CAMEO code", max_length=4, blank=True, default="")
    codebook = models.CharField(max_length=40, default=plover.CODEBOOK)
    place = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(max_length=12, choices=Status, default=Status.SUGGESTED)
    note = models.TextField(max_length=2000, blank=True, default="")
    articles = models.ManyToManyField("Article", through="Evidence", related_name="events")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            *constraints.texts(
                ref=120, title=300, mode=20, cameo=4, codebook=40, place=200, note=2000
            ),
            *constraints.filled("title", "codebook"),
            *constraints.lists(1000, "contexts"),
            constraints.slug("ref"),
            constraints.one_of("event_type", plover.TYPES),
            constraints.CheckConstraint(
                name="articles_event_mode_choice",
                condition=_modes_of_types(),
                violation_error_message="mode: one that the event type has.",
            ),
            constraints.form("cameo", constraints.DIGITS, [2, 3, 4], "two to four digits."),
            constraints.one_of("status", ["suggested", "confirmed", "rejected"]),
            *constraints.bounds("date"),
            *constraints.bounds("end_date"),
            constraints.in_order("date_earliest", "end_date_latest", "duration"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address("event", self.pk)

    def natural_key(self):
        return (self.ref,)

    def clean(self):
        if self.event_type in plover.TYPES and self.mode:
            modes = plover.TYPES[self.event_type][2]
            if self.mode not in modes:
                known = ", ".join(modes) or "none"
                raise ValidationError({"mode": f"{self.event_type} has the modes: {known}."})
        unknown = [context for context in self.contexts if context not in plover.CONTEXTS]
        if unknown:
            raise ValidationError({"contexts": f"Not a PLOVER context: {', '.join(unknown)}."})

    @property
    def is_deletable(self):
        """Only what no reader ever saw."""
        return not self.was_ever(Event.Status.CONFIRMED)

    why_not_deletable = "only what was never confirmed can be deleted; reject it instead"

    @property
    def score(self):
        return plover.score(self.event_type, self.mode)

    @property
    def goldstein(self):
        return plover.goldstein(self.cameo) if self.cameo else None

    @property
    def quad_code(self):
        return plover.quad_class(self.event_type)

    @property
    def quad_class(self):
        return plover.QUAD_CLASSES[self.quad_code]

    @property
    def is_cooperation(self):
        return self.quad_code <= 2

    @property
    def code_in_words(self):
        """ "CONSULT / phone" """
        return f"{self.event_type} / {self.mode}" if self.mode else self.event_type

    @property
    def date_in_words(self):
        words = dates.in_words(self.date)
        return f"{words} to {dates.in_words(self.end_date)}" if self.end_date else words

    @property
    def span(self):
        """The days on which it was: from the earliest of its beginning to the latest of its end."""
        latest = self.end_date_latest if self.end_date else self.date_latest
        doubted = dates.is_doubted(f"{self.date}{self.end_date}")
        return dates.Span(self.date_earliest, latest, doubted)

    @property
    def actors(self):
        return [party for party in self.parties.all() if party.role == Party.Role.ACTOR]

    @property
    def recipients(self):
        return [party for party in self.parties.all() if party.role == Party.Role.RECIPIENT]

    @property
    def public_evidence(self):
        """The words that stand in published articles."""
        public = Article.Status.PUBLISHED
        return [words for words in self.evidence.all() if words.article.status == public]


class PartyQuerySet(models.QuerySet):
    def get_by_natural_key(self, event, role, country, sector):
        return self.get(event__ref=event, role=role, country__slug=country, sector=sector)


class Party(Kept):
    """A country that does something in an event (actor), or to which it is done (recipient)."""

    class Role(models.TextChoices):
        ACTOR = "actor", "actor"
        RECIPIENT = "recipient", "recipient"

    event = models.ForeignKey(Event, models.PROTECT, related_name="parties")
    role = models.CharField(max_length=10, choices=Role)
    country = models.ForeignKey("Country", models.PROTECT, related_name="parties")
    sector = models.CharField(
        max_length=3, default="GOV", choices=[(c, f"{c}, {w}") for c, w in plover.SECTORS.items()]
    )
    people = models.ManyToManyField(
        "Person", blank=True, related_name="parties", limit_choices_to={"merged_into": None}
    )

    objects = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["event", "role", "pk"]
        verbose_name_plural = "parties"
        constraints = [
            constraints.one_of("role", ["actor", "recipient"]),
            constraints.one_of("sector", plover.SECTORS),
            models.UniqueConstraint(
                fields=["event", "role", "country", "sector"], name="articles_party_unique"
            ),
        ]

    def __str__(self):
        return f"{self.country} ({self.sector})"

    def people_on_the_day(self):
        """(person, OnTheDay) for everyone who took part for this country."""
        return [(person, person.on_the_day(self.event.span)) for person in self.people.all()]

    def natural_key(self):
        return (self.event.ref, self.role, self.country.slug, self.sector)

    natural_key.dependencies = ["articles.event", "articles.country", "articles.person"]


class EvidenceQuerySet(models.QuerySet):
    def get_by_natural_key(self, event, source, import_ref, start):
        return self.get(
            event__ref=event,
            article__source__slug=source,
            article__import_ref=import_ref,
            start=start,
        )


class Evidence(Kept):
    """The words of an article that say that an event happened: `body[start:end] == text`."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="evidence")
    article = models.ForeignKey("Article", models.PROTECT, related_name="evidence")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField(max_length=2000)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["event", "article", "start"]
        verbose_name_plural = "evidence"
        constraints = [
            *constraints.texts(text=2000),
            *constraints.numbers("start", "end"),
            *constraints.filled("text"),
            constraints.CheckConstraint(
                name="articles_evidence_offsets_order",
                condition=Q(end__gt=F("start")) & Q(start__gte=0),
                violation_error_message="The words end after they begin.",
            ),
            models.UniqueConstraint(
                fields=["event", "article", "start"], name="articles_evidence_unique"
            ),
        ]

    def __str__(self):
        return self.text

    def natural_key(self):
        return (self.event.ref, *self.article.natural_key(), self.start)

    natural_key.dependencies = ["articles.event", "articles.article"]

    def clean(self):
        if self.article_id and self.article.body[self.start : self.end] != self.text:
            raise ValidationError({"text": "These are not the words at this place of the article."})


@receiver(pre_save, sender=Evidence)
def _stay_redacted(instance, raw, **kwargs):
    """Words that were removed from an article do not come back with a fixture's quotation."""
    if raw and instance.article.redactions.exists():
        instance.text = instance.article.body[instance.start : instance.end]
