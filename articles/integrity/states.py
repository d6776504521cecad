"""A version's state: back into the fields and links of its row, and beside another state.

A state is JSON and names other records by their keys ("azerbaijan"), rows by their numbers; which
columns it has, `kept.py` tells.

state(record, 3)                 -> the state of version 3, or None
past("article", state)           -> its fields and links as Python has them
restore(story, state)            -> writes them into the row; the caller opens the change
differing("article", old, new)   -> [Difference], one for each field that reads otherwise
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.apps import apps
from django.core.exceptions import ValidationError

from articles import differences
from articles.models import Record
from articles.models.fields import BoundField

from .kept import Link, kinds
from .seals import standing

# What a restoration leaves as it stands: a story is published, withdrawn and merged by steps of
# their own, and the digest tells the next import that the text was changed here.
STAYS = {
    "article": {"status", "withdrawal_reason", "merged_into", "import_digest"},
    "person": {"merged_into", "merge_reason"},
}
# What follows from other fields by itself.
DERIVED = {"folded_name"}


def state(record, number):
    """The state of a version of a record; None where there is none, or it was deleted with it."""
    return states(record, [number]).get(number)


def states(record, numbers):
    """{number: state} of these versions of a record, as far as they are there."""
    kept = record.versions.filter(number__in=numbers)
    found = {version.number: version.state for version in kept}
    if record.number in numbers:
        for *_, number, now in standing(kinds()[record.kind], "r.id = %s", [record.pk]):
            found[number] = now
    return found


# Back into a row


@dataclass
class Past:
    values: dict = field(default_factory=dict)  # by field; of a foreign key the number of the row
    links: dict = field(default_factory=dict)  # by field: numbers of rows
    gone: list = field(default_factory=list)  # "country “narnia”": named, and no longer there


def past(kind_name, then):
    kind, found = kinds()[kind_name], Past()
    rows = _rows([*kind.columns, *kind.links], [then])
    for column in kind.columns:
        if column.name not in then or _is_derived(kind, column.name):
            continue
        value = then[column.name]
        if column.form == "record" and value is not None:
            found.values[column.name] = rows[column.of].get(value)
            if value not in rows[column.of]:
                found.gone.append(f"{_noun(column.of)} “{value}”")
        else:
            found.values[column.name] = _PYTHON.get(column.form, _as_it_is)(value)
    for link in kind.links:
        keys = then.get(link.name, [])
        found.links[link.name] = [rows[link.of][key] for key in keys if key in rows[link.of]]
        found.gone += [f"{_noun(link.of)} “{key}”" for key in keys if key not in rows[link.of]]
    return found


def restore(thing, then):
    """Write a state into the row that it was of, and its links; saved, and checked like any other.

    Raises ValidationError, and leaves all as it is, where the state names what is no longer there
    or cannot stand any more.
    """
    kind_name = thing._meta.model_name
    found, stays = past(kind_name, then), STAYS.get(kind_name, ())
    if found.gone:
        raise ValidationError(f"No longer there: {', '.join(found.gone)}.")
    for name, value in found.values.items():
        if name not in stays:
            setattr(thing, thing._meta.get_field(name).attname, value)
    thing.full_clean()
    thing.save()
    for name, ids in found.links.items():
        getattr(thing, name).set(ids)


def _as_it_is(value):
    return value


_PYTHON = {
    "date": lambda value: value and date.fromisoformat(value),
    "instant": lambda value: value and datetime.fromisoformat(value),
    "bytes": lambda value: value and bytes.fromhex(value),
}


def _rows(parts, several):
    """{kind: {key: number of the row}} of all that these parts of states name and is there."""
    named = defaultdict(set)
    for part in parts:
        if isinstance(part, Link):
            named[part.of].update(key for then in several for key in then.get(part.name, []))
        elif part.form == "record":
            named[part.of].update(then.get(part.name) for then in several)
    return {
        of: dict(
            Record.objects.filter(
                kind=of, key__in=keys - {None}, object_id__isnull=False
            ).values_list("key", "object_id")
        )
        for of, keys in named.items()
    }


# Beside another


@dataclass
class Difference:
    name: str
    label: str
    old: str
    new: str
    is_prose: bool  # paragraphs, not a list of names

    @cached_property
    def paragraphs(self):
        """Of `articles.differences`; compared when it is shown, so that no lock waits for it."""
        return differences.compare(self.old, self.new)

    @property
    def shown(self):
        """The paragraphs that differ; of a run that does not, how many there are."""
        if not self.is_prose:
            return self.paragraphs
        shown, run = [], 0
        for paragraph in [*self.paragraphs, None]:
            if paragraph and paragraph.kind == "same":
                run += 1
                continue
            if run:
                told = f"{run:,} {'paragraphs' if run > 1 else 'paragraph'} unchanged"
                shown.append(differences.Paragraph("skipped", [("same", told)]))
            run = 0
            if paragraph:
                shown.append(paragraph)
        return shown


def differing(kind_name, old, new):
    """What reads otherwise in two states of one record, field by field, in the model's order."""
    kind = kinds()[kind_name]
    changed = [
        part
        for part in (*kind.columns, *kind.links)
        if old.get(part.name) != new.get(part.name) and not _is_derived(kind, part.name)
    ]
    names, found = _names(changed, [old, new]), []
    for part in changed:
        texts = [_text(kind, part, then.get(part.name), names) for then in (old, new)]
        if texts[0] != texts[1]:
            label = _field(kind, part.name).verbose_name
            label, is_prose = label[:1].upper() + label[1:], getattr(part, "form", "") == "text"
            found.append(Difference(part.name, label, *texts, is_prose))
    return found


def _text(kind, part, value, names):
    """A value of a state, as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(part, Link):
        return "\n\n".join(sorted(names.get((part.of, key), key) for key in value))
    if part.form == "record":
        return names.get((part.of, value), value)
    if part.form == "list":
        return "\n\n".join(value)
    if part.form == "bytes":
        return f"{len(value) // 2:,} bytes"
    if part.form == "boolean":
        return "yes" if value else "no"
    return str(dict(_field(kind, part.name).flatchoices).get(value, value))


def _names(parts, several):
    """{(kind, key): name} of what these parts of states name and is still there."""
    return {
        (of, key): str(thing)
        for of, rows in _rows(parts, several).items()
        for key, thing in _things(of, rows)
    }


def _things(of, rows):
    things = apps.get_model("articles", of).objects.in_bulk(rows.values())
    return [(key, things[pk]) for key, pk in rows.items() if pk in things]


def _field(kind, name):
    return apps.get_model("articles", kind.name)._meta.get_field(name)


def _is_derived(kind, name):
    return name in DERIVED or isinstance(_field(kind, name), BoundField)


def _noun(of):
    return apps.get_model("articles", of)._meta.verbose_name
