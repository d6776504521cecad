"""What an editor saw: the versions that a form, a page or a list was made from.

A token names records by record, row and version number, "12.5.3,40.9.1": the thing's own first,
then those of the rows within its form. It is read *before* what it speaks of, so that a page may be
newer than its token, never older; a change in between is then a conflict too many, not one too few.
"""

import re
from typing import NamedTuple

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.forms.models import _get_foreign_key

from articles.models import Record

FIELD = "_seen"  # of a form
ROWS = "_shown"  # of a list: one for each row
LIST = "_list"  # of a list: the state of the whole archive

_ONE = re.compile(r"(\d{1,18})\.(\d{1,18})\.(\d{1,9})\Z", re.ASCII)


class Seen(NamedTuple):
    record: int
    row: int
    number: int


def of(desk, pk, lock=False):
    """What stands now of a thing and of the rows within its form; nothing if it is gone.

    With `lock`, nobody changes it before the transaction ends.
    """
    found = _seen([_records(desk.model).filter(object_id=pk)], lock)
    rows = []
    for inline in desk.inlines:
        parent = _get_foreign_key(desk.model, inline.model, fk_name=inline.fk_name)
        ids = inline.model.objects.filter(**{parent.name: pk}).values("pk")
        rows.append(_records(inline.model).filter(object_id__in=ids))
    return found + _seen(rows, lock)


def of_rows(model, ids, lock=False):
    """What stands now of these rows of a model."""
    return _seen([_records(model).filter(object_id__in=ids)], lock)


def _records(model):
    return Record.objects.filter(kind=model._meta.model_name)


def _seen(querysets, lock):
    found = []
    for records in querysets:
        # No key: seals of others that name these records need not wait, and so nobody deadlocks.
        records = records.select_for_update(no_key=True) if lock else records
        found += records.order_by("pk").values_list("pk", "object_id", "number")
    return [Seen(*one) for one in found]


def write(seen):
    return ",".join(".".join(map(str, one)) for one in seen)


def read(text):
    """The Seen of a token; nothing where it is missing or none of ours."""
    found = [_ONE.match(part) for part in (text or "")[:200_000].split(",")]
    return [Seen(*map(int, one.groups())) for one in found] if all(found) else []


def read_from(request):
    """The Seen that a form sent."""
    return read(request.POST.get(FIELD))


def versions(seen):
    """{id of the row: number of its version}"""
    return {one.row: one.number for one in seen}


def is_current(seen, now):
    """Fails closed: a token that is missing or malformed is not current."""
    return bool(seen) and sorted(seen) == sorted(now)


def with_seen(queryset):
    """With the token of each row, read by the very query that reads the rows."""
    kind = queryset.model._meta.model_name
    token = Concat("pk", Value("."), "object_id", Value("."), "number", output_field=CharField())
    records = Record.objects.filter(kind=kind, object_id=OuterRef("pk"))
    return queryset.annotate(seen=Subquery(records.values(token=token)[:1]))
