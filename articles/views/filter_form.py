"""The form beside a list as HTML, with what was written in it and what is wrong with that."""

from html import escape as e

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
_HIDDEN = ("q", "exact", "uncertain", "suggested", "order")


def filter_form(filterset):
    fields = "".join([_inputs(filterset, name) for name in _FIELDS])
    return (
        f'<form class="fields">\n{_kept(filterset.data, _HIDDEN)}\n{fields}\n'
        f'{_topics(filterset)}\n<p class="all"><button>Apply</button></p>\n</form>\n'
    )


def search_within(asked):
    """The words' form above a list: what else was asked stays."""
    others = {name for name, _ in kept(asked)} - {"q"}
    return (
        '<form class="find stay" role="search"><label class="vh" for="q">Search within these'
        ' articles</label><input id="q" name="q" type="search" maxlength="200"'
        f' value="{e(asked.get("q", ""))}" placeholder="Within these articles">'
        f"{_kept(asked, others)}<button>Search</button></form>"
    )


def kept(querydict):
    """(name, value) of all parameters but the place in the list."""
    return [
        (name, value)
        for name, values in querydict.lists()
        for value in values
        if name != CURSOR and value.strip()
    ]


def _kept(querydict, names):
    return "".join(
        [
            f'<input type="hidden" name="{e(name)}" value="{e(value)}">'
            for name, value in kept(querydict)
            if name in names
        ]
    )


def _inputs(filterset, name):
    values = [value for value in filterset.data.getlist(name) if value.strip()]
    rows = {"country": max(2 - len(filterset.given.get("country", [])), 0)}.get(name, 1)
    values += [""] * (rows - len(values))
    errors = list(filterset.form.errors.get(name, []))
    return "".join(
        [_input(filterset, name, place, value, errors) for place, value in enumerate(values)]
    )


def _input(filterset, name, place, value, errors):
    told = [] if place else errors
    hint = "" if place else _HINTS.get(name, "")
    of_field = f"{name}{place or ''}"
    label = "And country" if name == "country" and place else filterset.base_filters[name].label
    described = [f"{of_field}-error{number}" for number in range(len(told))]
    described += [f"{of_field}-hint"] * bool(hint)
    is_half = name in ("since", "until") and not filterset.form.errors.keys() & {"since", "until"}
    wrong = ' aria-invalid="true"' if value and _is_wrong(value, errors) else ""
    more = f' aria-describedby="{" ".join(described)}"' if described else ""
    below = f'<p class="small" id="{of_field}-hint">{hint}</p>' if hint else ""
    return (
        f'<div{"" if is_half else _WIDE}><label for="{of_field}">{label}</label>\n'
        f'{_errors(of_field, told)}<input id="{of_field}" name="{name}" value="{e(value)}"'
        f' maxlength="200"{wrong}{more}>\n{below}</div>\n'
    )


_WIDE = ' class="all"'


def _errors(of_field, errors):
    return "".join(
        [
            f'<p class="err" id="{of_field}-error{number}">{e(error)}</p>\n'
            for number, error in enumerate(errors)
        ]
    )


def _is_wrong(value, errors):
    """Whether this value is meant: the error quotes it, or quotes none."""
    return any(f"“{value}”" in error or "“" not in error for error in errors)


def _topics(filterset):
    chosen, errors = filterset.data.getlist("topic"), filterset.form.errors.get("topic", [])
    options = "".join(
        [
            f'<option value="{topic.slug}"{" selected" if topic.slug in chosen else ""}>'
            f"{topic.html}</option>"
            for topic in filterset.names.topics.values()
        ]
    )
    wrong = ' aria-invalid="true" aria-describedby="topic-error0"' if errors else ""
    many = " multiple" if len(chosen) > 1 else ""
    return (
        f'<div class="all"><label for="topic">Topic</label>\n{_errors("topic", errors)}'
        f'<select id="topic" name="topic"{wrong}{many}><option value="">Any topic</option>'
        f"{options}</select></div>"
    )
