"""New articles as rows: each with its address, its digest and its links; a batch at once."""

import hashlib
import json

from django.db import connection

from articles import dates
from articles.models import Article
from articles.models.addresses import free_slugs
from articles.models.rows import insert

from .records import LISTS

# What a record may say of an article, besides its links; a change of it here is an edit.
_STATE = (
    *("headline", "summary", "body", "byline", "dateline", "credit", "url"),
    *("published", "published_note", "language", "usage_terms"),
)
_FIELDS = {field.name: field for field in Article._meta.concrete_fields if not field.primary_key}
_UNSAID = {name: field.get_default() for name, field in _FIELDS.items()}
# A text is given to every database as it is.
_PREPARED = [
    field
    for field in _FIELDS.values()
    if field.get_internal_type() not in ("CharField", "TextField", "ForeignKey")
]
_encoder = json.JSONEncoder(sort_keys=True)


def create(records, status):
    """Make an article of each record; returns their ids, in order."""
    slugs = free_slugs([record.values["headline"] for record in records])
    named = [
        {**_values(record, status), "slug": slug}
        for record, slug in zip(records, slugs, strict=True)
        if slug
    ]
    insert("articles_article", [field.column for field in _FIELDS.values()], map(_row, named))
    made = Article.objects.order_by().filter(slug__in=[values["slug"] for values in named])
    by_slug = dict(made.values_list("slug", "pk"))
    ids = [
        by_slug[slug] if slug else _saved(record, status)  # whose slug is made from the id
        for record, slug in zip(records, slugs, strict=True)
    ]
    for name in LISTS:
        field = Article._meta.get_field(name)
        insert(
            field.m2m_db_table(),
            [field.m2m_column_name(), field.m2m_reverse_name()],
            (
                (pk, thing.pk)
                for pk, record in zip(ids, records, strict=True)
                for thing in record.links.get(name, ())
            ),
        )
    return ids


def _values(record, status):
    """The value of every field by its name."""
    values = {**_UNSAID, **record.values}
    days = dates.span(values["published"])
    slugs = {name: [thing.slug for thing in record.links.get(name, ())] for name in LISTS}
    values["import_digest"] = digest(values, slugs)
    return values | {
        "published_earliest": days.earliest,
        "published_latest": days.latest,
        "source": record.source,
        "import_ref": record.import_ref,
        "original": record.original,
        "status": status,
    }


def _saved(record, status):
    article = Article(status=status)
    for name, value in _values(record, status).items():
        setattr(article, name, value)
    article.save()
    return article.pk


def _row(values):
    values["source"] = values["source"].pk
    for field in _PREPARED:
        if values[field.name] is not None:
            values[field.name] = field.get_db_prep_save(values[field.name], connection)
    return [values[name] for name in _FIELDS]


def digest(values, slugs):
    """A hash over all that a record may say: values of fields, lists of slugs, both by name."""
    state = {name: values[name] for name in _STATE}
    state |= {name: sorted(slugs[name]) for name in LISTS}
    return hashlib.sha256(_encoder.encode(state).encode()).hexdigest()


def state_digest(article):
    """A hash over all that a record may say of an article, as it is now."""
    return digest_with(article, {name: getattr(article, name).all() for name in LISTS})


def digest_with(article, links):
    """The same with other links: countries, people and topics, by these names."""
    values = {name: getattr(article, name) for name in _STATE}
    return digest(values, {name: [thing.slug for thing in links[name]] for name in LISTS})
