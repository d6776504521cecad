"""The form beside a list, with what was written in it and what is wrong with that."""

from articles.filters import CURSOR

_FIELDS = ("country", "person", "office", "source", "language", "since", "until")
_HINTS = {
    "country": "A name or a code: Iran, IR, IRN",
    "person": "A name as it is recorded here",
    "office": "A name: Foreign minister of Iran",
    "source": "A name: Anadolu Agency",
    "language": "A code: en, az, fa",
    "since": "2023, 2023-07 or 2023-07-03",
}


def filter_form(filterset, names):
    """What the form of an ArticleFilter is drawn from; `names` is the Directory."""
    return {
        "fields": [field for name in _FIELDS for field in _inputs(filterset, name)],
        "topics": names.topics.values(),
        "chosen_topics": filterset.data.getlist("topic"),
        "topic_errors": filterset.form.errors.get("topic", []),
        "kept": [
            pair for pair in kept(filterset.data) if pair[0] in ("q", "exact", "uncertain", "order")
        ],
    }


def kept(querydict):
    """(name, value) of all parameters but the place in the list."""
    return [
        (name, value)
        for name, values in querydict.lists()
        for value in values
        if name != CURSOR and value.strip()
    ]


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
            or filterset.base_filters[name].label,
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
