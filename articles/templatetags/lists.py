"""The form beside a list, with what was written in it and what is wrong with that."""

from django import template

from articles.filters import CURSOR
from articles.models import Topic

register = template.Library()

_HINTS = {
    "country": "A name or a code: Iran, IR, IRN",
    "person": "A name as it is recorded here",
    "office": "A name: Foreign minister of Iran",
    "source": "A name: Anadolu Agency",
    "language": "A code: en, az, fa",
    "since": "2023, 2023-07 or 2023-07-03",
}


@register.inclusion_tag("includes/filters.html")
def filter_form(filterset, kept):
    """Inputs for the filters of an ArticleFilter; `kept` are parameters that go along unseen."""
    return {
        "fields": [
            field
            for name in ("country", "person", "office", "source", "language", "since", "until")
            for field in _inputs(filterset, name)
        ],
        "topics": Topic.objects.all(),
        "chosen_topics": filterset.data.getlist("topic"),
        "topic_errors": filterset.form.errors.get("topic", []),
        "kept": [(name, value) for name, value in kept if name in ("q", "order")],
    }


def _inputs(filterset, name):
    values = [value for value in filterset.data.getlist(name) if value.strip()]
    rows = {"country": max(2 - len(filterset.given.get("country", [])), 0)}.get(name, 1)
    values += [""] * (rows - len(values))
    errors = list(filterset.form.errors.get(name, []))
    return [
        {
            "name": name,
            "id": f"{name}{place or ''}",
            "label": ("And country" if name == "country" and place else None)
            or filterset.form.fields[name].label,
            "value": value,
            "errors": errors if place == 0 else [],
            "is_wrong": bool(value) and _is_wrong(value, errors),
            "hint": _HINTS.get(name, "") if place == 0 else "",
            "is_half": name in ("since", "until")
            and not filterset.form.errors.keys() & {"since", "until"},
        }
        for place, value in enumerate(values)
    ]


def _is_wrong(value, errors):
    """Whether this value is meant: the error quotes it, or quotes none."""
    return any(f"“{value}”" in error or "“" not in error for error in errors)


@register.filter
def kept(querydict):
    """(name, value) of all parameters but the place in the list."""
    return [
        (name, value)
        for name, values in querydict.lists()
        for value in values
        if name != CURSOR and value.strip()
    ]
