"""What is kept: the tables whose rows are records, their columns, and the links that are theirs.

Read from the models, so that a new column is kept as soon as it is there; only the natural keys
are written down here.
"""

from dataclasses import dataclass, replace
from functools import cache

from django.apps import apps
from django.db import models

# A record's key: its natural key, of which foreign keys are the keys of the records they name.
# In an order in which each kind comes after those that it names.
KEYS = {
    "country": ["slug"],
    "topic": ["slug"],
    "source": ["slug"],
    "person": ["slug"],
    "othername": ["person", "kind", "name"],
    "post": ["slug"],
    "membership": ["person", "post", "started"],
    "article": ["source", "import_ref"],
    "formerslug": ["slug"],
    "event": ["ref"],
    "party": ["event", "role", "country", "sector"],
    "evidence": ["event", "article", "start"],
    "mention": ["article", "start", "end", "target"],
}


@dataclass(frozen=True)
class Column:
    name: str  # in a state
    column: str  # in the table
    form: str  # text, number, boolean, date, instant, list, bytes or record
    of: str = ""  # for a record: its kind


@dataclass(frozen=True)
class Link:
    """A many-to-many table: its rows belong to the state of the record that declares them."""

    name: str
    table: str
    owner: str  # the column that names the record
    other: str  # the column that names what it is linked to
    of: str  # the kind of that


@dataclass(frozen=True)
class Kind:
    name: str
    table: str
    columns: tuple
    links: tuple

    @property
    def key(self):
        """The columns that make the key."""
        by_name = {column.name: column for column in self.columns}
        return [by_name[name] for name in KEYS[self.name]]


@cache
def kinds():
    """Every kind of record, by name, each after those that it names."""
    return {name: kind_of(apps.get_model("articles", name)) for name in KEYS}


def kinds_in(connection):
    """The kinds as a database has them in the midst of its migrations: tables and columns there."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        found = {}
        for name, kind in kinds().items():
            if kind.table in tables:
                cursor.execute(f"SELECT * FROM {kind.table} LIMIT 0")
                there = {column[0] for column in cursor.description}
                columns = tuple(column for column in kind.columns if column.column in there)
                links = tuple(link for link in kind.links if link.table in tables)
                found[name] = replace(kind, columns=columns, links=links)
    return found


def kind_of(model):
    columns = [_column(field) for field in model._meta.concrete_fields if not field.primary_key]
    links = [
        Link(
            field.name,
            field.m2m_db_table(),
            field.m2m_column_name(),
            field.m2m_reverse_name(),
            field.related_model._meta.model_name,
        )
        for field in model._meta.many_to_many
        if field.remote_field.through._meta.auto_created
    ]
    return Kind(model._meta.model_name, model._meta.db_table, tuple(columns), tuple(links))


_FORMS = {
    models.DateTimeField: "instant",
    models.DateField: "date",
    models.JSONField: "list",
    models.BinaryField: "bytes",
    models.BooleanField: "boolean",
    models.IntegerField: "number",
    models.CharField: "text",
    models.TextField: "text",
}


def _column(field):
    if field.is_relation:
        return Column(field.name, field.column, "record", field.related_model._meta.model_name)
    form = next(form for kind, form in _FORMS.items() if isinstance(field, kind))
    return Column(field.name, field.column, form)
