"""The same rows in ordinary tables, with the indexes that Django makes or its documents advise."""

from django.conf import settings
from django.db import models

ON_POSTGRESQL = "django.contrib.postgres" in settings.INSTALLED_APPS
if ON_POSTGRESQL:
    from django.contrib.postgres.indexes import GinIndex
    from django.contrib.postgres.search import (
        SearchQuery,
        SearchRank,
        SearchVector,
        SearchVectorField,
    )


class Noun(models.Model):
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Country(Noun):
    pass


class Person(Noun):
    pass


class Topic(Noun):
    pass


class Source(Noun):
    language = models.CharField(max_length=35)
    country = models.ForeignKey(Country, models.PROTECT)


class ArticleQuerySet(models.QuerySet):
    def search(self, text):
        if ON_POSTGRESQL:
            return self.filter(words=_query(text))
        words = " ".join(f'"{word}"' for word in text.replace('"', " ").split())
        return self.filter(index__everything__match=words)

    def by_relevance(self, text):
        """Of what `search` found, the best match first."""
        if ON_POSTGRESQL:
            return self.annotate(rank=SearchRank("words", _query(text))).order_by("-rank")
        return self.order_by("index__rank")


def _query(text):
    return SearchQuery(text, config="english", search_type="websearch")


class Article(models.Model):
    slug = models.SlugField(max_length=140, unique=True)
    headline = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    body = models.TextField()
    byline = models.CharField(max_length=500, blank=True)
    dateline = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT)
    language = models.CharField(max_length=35, db_index=True)
    published = models.CharField(max_length=100, blank=True)
    published_latest = models.DateField(null=True)
    countries = models.ManyToManyField(Country)
    people = models.ManyToManyField(Person)
    topics = models.ManyToManyField(Topic)
    if ON_POSTGRESQL:
        words = models.GeneratedField(
            expression=SearchVector("headline", "summary", "body", config="english"),
            output_field=SearchVectorField(),
            db_persist=True,
        )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_latest", "-id"]
        indexes = [models.Index(fields=["-published_latest", "-id"])]

    def __str__(self):
        return self.headline


class Index(models.Model):
    """The FTS5 table of SQLite, joined as a model; its hidden columns serve to match and to rank.

    `everything` is the column of the table's own name.
    """

    article = models.OneToOneField(
        Article, models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="index"
    )
    everything = models.TextField(db_column="naive_article_fts")
    rank = models.FloatField()

    class Meta:
        managed = False
        db_table = "naive_article_fts"

    def __str__(self):
        return str(self.article_id)


@models.TextField.register_lookup
class Match(models.Lookup):
    lookup_name = "match"

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        words, more = self.process_rhs(compiler, connection)
        return f"{column} MATCH {words}", [*params, *more]


# Made once the rows are there.
LATE_INDEXES = [GinIndex(fields=["words"], name="naive_article_words")] if ON_POSTGRESQL else []
