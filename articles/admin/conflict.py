"""Two editors, one story: the page that says so, and the form with what both did.

Three states are at hand: what the editor started from (by the token), what stands now, and what the
editor sent. The form is shown anew as it stands now, with what this editor changed in it. Where
only one of the two touched a field, nothing is left to decide; where both did, the form holds what
this editor sent, and the page shows the other text beside it.
"""

import copy
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Q
from django.forms.models import ModelChoiceField
from django.template.response import TemplateResponse

from articles.integrity import states
from articles.models import Change, Record

from . import tokens
from .fields import LinesField, is_id

MOST_CHANGES = 20

BOTH = "You both changed this. The form below holds your text: take over what you need."
ONLY_YOU = "Only you changed this. The form below holds your text."
ONLY_THEY = "You did not touch this. The form below holds what stands now."
AS_NEW = "You had changed it: what you wrote stands below as a new row."


@dataclass
class Field:
    label: str
    told: str
    now: str
    sent: str
    difference: states.Difference


@dataclass
class Merged:
    """What the form is to hold, and what is told of it."""

    initial: dict = field(default_factory=dict)  # by field: what this editor sent
    rows: dict = field(default_factory=dict)  # {(prefix, row): initial}
    new_rows: dict = field(default_factory=dict)  # {prefix: [initial]}
    fields: list = field(default_factory=list)
    told: list = field(default_factory=list)  # of rows that came or went


def page(desk, request, thing, now):
    """409, with the whole form: in it the new token, so that saving is the end of it."""
    seen = tokens.read_from(request)
    merged = _merge(desk, request, thing, _bases(seen))
    asked = copy.copy(request)
    asked.method = "GET"
    context = {
        "title": "Changed while you were writing",
        "token": tokens.write(now),
        "differing": merged.fields,
        "told": merged.told,
        "changes": changes_since(seen, now),
        "is_base_known": bool(seen),
    }
    answer = desk._changeform_view(asked, str(thing.pk), "", context)
    _fill(answer.context_data, merged)
    answer.template_name, answer.status_code = "admin/conflict.html", 409
    return answer


def changes_since(seen, now):
    """The changes that made what stands now out of what was seen, the newest first."""
    were, are = {one.record: one.number for one in seen}, {one.record: one.number for one in now}
    made = Q(pk=None)
    for record in were.keys() | are.keys() if seen else ():
        if were.get(record) != are.get(record):
            made |= Q(records=record)
            made |= Q(made__record=record, made__number__gt=were.get(record, 0))
    if not seen and now:
        made = Q(records=now[0].record)
    return Change.objects.filter(made).distinct().order_by("-pk")[:MOST_CHANGES]


def refusal(desk, request, seen, now, back):
    """409 for a deletion, an action or a restoration: which rows are not as they were shown."""
    context = {
        **desk.admin_site.each_context(request),
        "title": "Changed since you looked",
        "opts": desk.opts,
        "rows": stale_rows(desk.model, seen, now),
        "back": back,
    }
    return TemplateResponse(request, "admin/changed.html", context, status=409)


def stale_rows(model, seen, now):
    """[(name, its changes since)] of the rows of a model that are not as they were seen."""
    stale = sorted(set(seen) ^ set(now))
    records = Record.objects.in_bulk({one.record for one in stale})
    named = model.objects.in_bulk({one.row for one in stale})
    return [
        (
            str(named.get(record.object_id, record.key)),
            changes_since(
                [one for one in seen if one.record == record.pk],
                [one for one in now if one.record == record.pk],
            ),
        )
        for record in records.values()
        if record.kind == model._meta.model_name
    ]


# Merging


def _bases(seen):
    """{(kind, row): (record, the state that was seen of it)}"""
    records = Record.objects.in_bulk({one.record for one in seen})
    return {
        (records[one.record].kind, one.row): (
            records[one.record],
            states.state(records[one.record], one.number),
        )
        for one in seen
        if one.record in records
    }


def _merge(desk, request, thing, bases):
    merged = Merged()
    fields = flatten_fieldsets(desk.get_fieldsets(request, thing))
    form = desk.get_form(request, thing, change=True, fields=fields)(request.POST, instance=thing)
    kind = thing._meta.model_name
    about = [name for name in form.fields if name not in form.declared_fields]
    merged.initial = _taken(form, about, _initial(kind, bases, thing.pk), merged.fields)
    merged.initial |= {name: form[name].value() for name in form.declared_fields}
    for formset, inline in zip(*desk._create_formsets(request, thing, change=True), strict=True):
        if inline.has_change_permission(request, thing):
            _merge_rows(merged, formset, bases)
    return merged


def _merge_rows(merged, formset, bases):
    meta, prefix = formset.model._meta, formset.prefix
    kind, noun = meta.model_name, meta.verbose_name[:1].upper() + meta.verbose_name[1:]
    new = merged.new_rows.setdefault(prefix, [])
    for form in formset.forms:
        ours = {meta.pk.name, formset.fk.name, "DELETE"}
        about = [name for name in form.fields if name not in ours]
        sent = form[meta.pk.name].data if meta.pk.name in form.fields else ""
        row = int(sent) if is_id(sent or "") else None
        is_removed = "DELETE" in form.fields and bool(form["DELETE"].data)
        base = _initial(kind, bases, row)
        if row and form.instance.pk:
            told = []
            initial = _taken(form, about, base, told)
            merged.rows[prefix, row] = initial | ({"DELETE": True} if is_removed else {})
            for one in told:
                one.label = f"{noun} “{form.instance}”, {one.label.lower()}"
            merged.fields += told
        elif row:
            name = bases[kind, row][0].key if (kind, row) in bases else row
            if not is_removed and _touched(form, about, base):
                new.append(_raw(form, about))
                merged.told.append(f"{noun} “{name}” was removed. {AS_NEW}")
            else:
                merged.told.append(f"{noun} “{name}” was removed.")
        elif form.has_changed() and not is_removed:
            new.append(_raw(form, about))
    for thing in formset.get_queryset():
        if bases and (kind, thing.pk) not in bases:
            merged.told.append(f"{noun} “{thing}” was added.")


def _initial(kind, bases, row):
    """What a form of this row held at first; None where that is not known."""
    _, base = bases.get((kind, row), (None, None))
    if base is None:
        return None
    then = states.past(kind, base)
    return then.values | then.links


def _taken(form, about, base, told):
    """{field: what this editor wrote in it}; what differs from what stands now is told."""
    taken = {}
    for name in about:
        field, now = form.fields[name], form.get_initial_for_field(form.fields[name], name)
        if _is_omitted(form, name) or not field.has_changed(now, form[name].data):
            continue
        known = base is not None and name in base
        is_mine = not known or field.has_changed(_whole(base[name]), form[name].data)
        is_theirs = not known or _plain(_whole(base[name])) != _plain(now)
        if is_mine:
            taken[name] = _raw(form, [name])[name]
        if is_mine or is_theirs:
            told.append(_told(form, name, now, is_mine, is_theirs))
    return taken


def _told(form, name, now, is_mine, is_theirs):
    field = form.fields[name]
    label = str(form[name].label)
    texts = _text(field, field.prepare_value(now)), _text(field, form[name].value())
    told = BOTH if is_mine and is_theirs else ONLY_YOU if is_mine else ONLY_THEY
    difference = states.Difference(name, label, *texts, isinstance(field, LinesField))
    return Field(label, told, *texts, difference)


def _touched(form, about, base):
    return base is None or any(
        form.fields[name].has_changed(_whole(base.get(name)), form[name].data)
        for name in about
        if not _is_omitted(form, name)
    )


def _is_omitted(form, name):
    widget = form.fields[name].widget
    return widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))


def _raw(form, about):
    return {name: form.fields[name].bound_data(form[name].data, None) for name in about}


def _whole(value):
    """Forms show whole seconds."""
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


def _plain(value):
    if isinstance(value, list):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    return "" if value is None else value


def _text(field, value):
    """A field's value, as it is or as it was sent, in words."""
    if isinstance(field, ModelChoiceField):
        several = value if isinstance(value, list | tuple) else [value]
        found = field.queryset.filter(pk__in=[one for one in several if is_id(one)])
        return "\n\n".join(map(str, found))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):  # as the parts of its field show it
        parts = zip(field.widget.widgets, field.widget.decompress(value), strict=True)
        value = [part.format_value(one) for part, one in parts]
    if isinstance(value, list | tuple):
        return " ".join(str(one or "") for one in value)
    for choice, label in getattr(field, "choices", ()):
        if str(choice) == str(value):
            return str(label)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _fill(context, merged):
    """Put what this editor sent into the form and its rows, before the page is written."""
    context["adminform"].form.initial.update(merged.initial)
    for shown in context["inline_admin_formsets"]:
        formset, new = shown.formset, merged.new_rows.get(shown.formset.prefix, [])
        formset.initial_extra, formset.extra = new, len(new)
        formset.__dict__.pop("forms", None)  # made before, without the new ones
        for form in formset.initial_forms:
            form.initial.update(merged.rows.get((formset.prefix, form.instance.pk), {}))
