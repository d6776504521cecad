"""Articles: what was reported, by whom, and when as far as that is known."""

import hashlib
from datetime import date
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower
from django.db.models.signals import pre_save
from django.dispatch import receiver

from articles import dates, search
from articles.names.fold import fold

from . import constraints
from .addresses import FormerSlug, free_slugs, slug_for, slugs_in_use
from .fields import BoundField, Dated, EDTFField, LanguageField, stay_as
from .links import address
from .merged import Mergeable
from .office import Membership
from .publishing import Publishing
from .version import Kept, KeptQuerySet


class ArticleQuerySet(KeptQuerySet):
    def get_by_natural_key(self, source, import_ref):
        return self.get(source__slug=source, import_ref=import_ref)

    def published(self):
        return self.filter(status=Article.Status.PUBLISHED)

    def involving(self, *countries):
        """Articles on all of these countries."""
        return self._with_all("countries", countries)

    def mentioning(self, *people):
        """Articles that name all of these people."""
        return self._with_all("people", people)

    def from_sources(self, *sources):
        """Articles from any of these sources."""
        return self.filter(source__in=sources)

    def about(self, *topics):
        """Articles on any of these topics."""
        through = Article.topics.through.objects.filter(topic__in=topics)
        return self.filter(pk__in=through.values("article_id"))

    def in_languages(self, *tags):
        """Articles in any of these languages, by their tags in lower case."""
        return self.alias(tag=Lower("language")).filter(tag__in=tags)

    def _with_all(self, relation, wanted):
        through = getattr(Article, relation).through.objects
        column = Article._meta.get_field(relation).m2m_reverse_field_name()
        queryset = self
        for thing in wanted:
            queryset = queryset.filter(
                pk__in=through.filter(**{column: thing}).values("article_id")
            )
        return queryset

    def naming_holder_of(self, post, uncertain=False):
        """Articles naming whoever held the post for certain on every possible day.

        With `uncertain` also those of which that cannot be excluded; never the wholly undated.
        """
        earliest = models.OuterRef("published_earliest")
        latest = models.OuterRef("published_latest")
        held = Membership.objects.filter(post=post, person__articles=models.OuterRef("pk"))
        if not uncertain:
            certain = held.filter(started_latest__lte=earliest, ended_earliest__gte=latest)
            return self.filter(models.Exists(certain)).exclude(published__regex=dates.DOUBT)
        earliest, latest = Coalesce(earliest, date.min), Coalesce(latest, date.max)
        begun = Q(started_earliest=None) | Q(started_earliest__lte=latest)
        not_over = Q(ended_latest=None) | Q(ended_latest__gte=earliest)
        dated = Q(published_earliest__isnull=False) | Q(published_latest__isnull=False)
        return self.filter(dated & models.Exists(held.filter(begun & not_over)))

    def between(self, since=None, until=None):
        """Articles whose span overlaps the days `since` to `until`; the undated match neither."""
        queryset = self
        if since:
            open_end = Q(published_latest__isnull=True, published_earliest__isnull=False)
            queryset = queryset.filter(Q(published_latest__gte=since) | open_end)
        if until:
            open_start = Q(published_earliest__isnull=True, published_latest__isnull=False)
            queryset = queryset.filter(Q(published_earliest__lte=until) | open_start)
        return queryset

    def search(self, query):
        """Articles with the words of a `search.Query`."""
        return search.matching(self, query)

    def newest(self):
        """By the latest possible day, then id, newest first; the undated last."""
        return self.order_by(F("published_latest").desc(nulls_last=True), "-pk")

    def oldest(self):
        """The reverse of `newest`, but for the undated, which come last here too."""
        return self.order_by(F("published_latest").asc(nulls_last=True), "pk")

    def beyond(self, day, pk, *, newest):
        """What follows the article `pk`, of latest possible day `day`, in `newest` or `oldest`."""
        side = "lt" if newest else "gt"
        further = {f"pk__{side}": pk}
        if day is None:
            return self.filter(published_latest=None, **further)
        return self.filter(
            Q(**{f"published_latest__{side}": day})
            | Q(published_latest=day, **further)
            | Q(published_latest=None)
        )

    def for_lists(self):
        """With all that a page shows of an article in a list, in a fixed number of queries."""
        return self.select_related("source").prefetch_related("countries")

    def for_records(self):
        """With all that the archive knows of an article, in a fixed number of queries."""
        with_links = self.for_lists().prefetch_related("topics", "people__memberships__post")
        return with_links.with_versions()


class Article(Publishing, Mergeable, Kept, Dated):
    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        REVIEW = "review", "in review"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"
        MERGED = "merged", "merged into another"

    slug = models.CharField(
        max_length=140,
        unique=True,
        blank=True,
        validators=[constraints.slug_form],
        help_text="Made from the headline when empty. An old address leads to the new one.",
    )
    headline = models.CharField(max_length=500)
    summary = models.TextField(max_length=2000, blank=True, default="")
    body = models.TextField(
        max_length=1_000_000, help_text="Word for word, paragraphs parted by a blank line."
    )
    byline = models.CharField(max_length=500, blank=True, default="")
    dateline = models.CharField(max_length=200, blank=True, default="")
    source = models.ForeignKey("Source", models.PROTECT, related_name="articles")
    credit = models.CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="The agency that the text names, where it differs from the source.",
    )
    url = models.URLField("original address", max_length=2000, blank=True, default="")
    published_earliest, published_latest = BoundField(), BoundField()
    published = EDTFField(help_text=f"EDTF, empty where undated. {dates.HOW_TO_WRITE}")
    published_note = models.TextField(
        "evidence for the date",
        max_length=4000,
        blank=True,
        default="",
        help_text="What in the text proves the date, where no date is printed.",
    )
    language = LanguageField(default="en", blank=False)
    usage_terms = models.CharField(max_length=500, blank=True, default="")
    retrieved_at = models.DateTimeField(null=True, blank=True)
    import_ref = models.CharField(
        max_length=300,
        blank=True,
        default="",
        help_text="Unique within its source. A hash of the text when empty.",
    )
    import_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    original = models.BinaryField(
        null=True,
        blank=True,
        editable=False,
        help_text="The bytes of the plain text as they were received.",
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    withdrawal_reason = models.TextField(
        max_length=2000,
        blank=True,
        default="",
        help_text="What readers are told of a story that was withdrawn or merged.",
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    countries = models.ManyToManyField("Country", blank=True, related_name="articles")
    people = models.ManyToManyField(
        "Person", blank=True, related_name="articles", limit_choices_to={"merged_into": None}
    )
    topics = models.ManyToManyField("Topic", blank=True, related_name="articles")

    objects = ArticleQuerySet.as_manager()
    derived = ["import_ref"]

    class Meta:
        ordering = ["-pk"]
        permissions = [
            ("publish_article", "Can publish articles"),
            ("withdraw_article", "Can withdraw articles"),
            ("redact_article", "Can remove words from articles and all their versions"),
        ]
        indexes = [
            models.Index(fields=["status", "published_latest", "id"]),
            models.Index(fields=["source", "status"]),
        ]
        constraints = [
            *constraints.texts(
                slug=140,
                headline=500,
                summary=2000,
                body=1_000_000,
                byline=500,
                dateline=200,
                credit=200,
                url=2000,
                published_note=4000,
                language=35,
                usage_terms=500,
                import_ref=300,
                withdrawal_reason=2000,
                import_digest=64,
            ),
            *constraints.filled("headline", "body", "language", "import_ref"),
            constraints.slug(),
            constraints.web_address("url"),
            constraints.language(),
            constraints.one_of("status", ["draft", "review", "published", "withdrawn", "merged"]),
            constraints.CheckConstraint(
                name="articles_article_merged_into",
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                violation_error_message="A merged article names the one that it went into.",
            ),
            *constraints.bounds("published"),
            models.UniqueConstraint(
                fields=["source", "import_ref"],
                name="articles_article_import_ref_unique",
                violation_error_message="This source has an article of this reference or text.",
            ),
        ]

    def __str__(self):
        return self.headline

    def validate_constraints(self, exclude=None):
        # An empty slug is made when the article is saved.
        super().validate_constraints({*(exclude or ()), *([] if self.slug else ["slug"])})

    def save(self, *args, **kwargs):
        self.import_ref = self.import_ref or text_reference(self.headline, self.body)
        # One transaction for the slug and the row: on SQLite, whose transactions begin with the
        # lock, nobody takes the slug in between.
        with transaction.atomic():
            if self.pk:
                self.slug = self.slug or slug_for(self)
                if "slug" in (kwargs.get("update_fields") or ["slug"]):
                    self._keep_former_slug()
                return super().save(*args, **kwargs)
            self.slug = self.slug or free_slugs([self.headline])[0]
            if self.slug:
                return super().save(*args, **kwargs)
            # A headline with nothing for a slug: the id serves.
            self.slug = f"new-{uuid4().hex}"
            super().save(*args, **kwargs)
            self.slug = slug_for(self)
            super().save(update_fields=["slug"])

    def get_absolute_url(self):
        return address("article", self.slug)

    def natural_key(self):
        return (self.source.slug, self.import_ref)

    natural_key.dependencies = ["articles.source"]

    def clean(self):
        self.import_ref = self.import_ref or text_reference(self.headline, self.body)
        former = FormerSlug.objects.filter(slug=self.slug).exclude(article=self.pk)
        if self.slug and former.exists():
            raise ValidationError({"slug": "Another article had this address; it leads there."})

    def _keep_former_slug(self):
        former = Article.objects.filter(pk=self.pk).only("slug", "status").first()
        if former and former.slug != self.slug and former.is_public:
            FormerSlug.objects.filter(slug=self.slug, article=self).delete()
            FormerSlug.objects.get_or_create(slug=former.slug, defaults={"article": self})

    @property
    def is_as_received(self):
        """Whether the bytes that came in still say what stands here: headline, then body, word for
        word. After a correction they are kept, and are no longer the text of the article."""
        if self.original is None:
            return False
        received = bytes(self.original).decode("utf-8-sig", errors="replace").split()
        standing = f"{self.headline} {self.body}".split()
        return received[: len(standing)] == standing

    @property
    def span(self):
        doubted = dates.is_doubted(self.published)
        return dates.Span(self.published_earliest, self.published_latest, doubted)

    @property
    def is_printed_date(self):
        """Whether the date stood in the source; a span in brackets was concluded, not read."""
        return bool(self.published) and not self.published.startswith("[")

    @property
    def date_in_words(self):
        """ "2 July 2023", or "undated; between A and B, by what the text itself proves" """
        words = dates.in_words(self.published)
        if self.is_printed_date or not self.published:
            return words
        proof = ", by what the text itself proves" if self.published_note else ""
        return f"undated; {words}{proof}"

    def people_on_the_day(self):
        """(person, OnTheDay) for everyone named."""
        return [(person, person.on_the_day(self.span)) for person in self.people.all()]


def text_reference(headline, body):
    """The reference of an article that came without one: a hash of its folded text."""
    return hashlib.sha256(fold(f"{headline} {body}").encode()).hexdigest()[:40]


@receiver(pre_save, sender=Article)
def _give_way(instance, raw, **kwargs):
    """A fixture gives way to what editors did since.

    What was withdrawn, merged or redacted stays so. An article whose address an editor's story took
    meanwhile takes another one; where a fixture gives an article a new address, the old one leads
    to it.
    """
    if not raw:
        return
    held = Article.objects.filter(pk=instance.pk).first()
    if held and (held.is_closed or held.redactions.exists()):
        stay_as(instance, held)
        return
    if instance.slug in slugs_in_use(Q(slug=instance.slug), besides=instance.pk):
        own = Article.objects.filter(pk=instance.pk).values_list("slug", flat=True).first()
        instance.slug = own or free_slugs([instance.headline])[0]
    if instance.pk:
        instance._keep_former_slug()
