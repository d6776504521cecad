"""What the pages need and Django lacks: dates in words, glyphs, marked texts."""

from datetime import UTC
from functools import cache

from django import template
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from articles import dates, languages
from articles.filters import CURSOR
from articles.plover import QUAD_CLASSES

register = template.Library()

register.filter("in_words", dates.in_words)
register.filter("day_in_words", dates.day_in_words)
register.filter("language_name", languages.language_name)
register.filter("direction", languages.direction)


SECTIONS = ("articles", "relations", "countries", "people", "events", "about")


@register.simple_tag(takes_context=True)
def section(context):
    """The section that the reader is in, one of SECTIONS, or ""."""
    request = context.get("request")
    return section_of(request) if request is not None else ""


def section_of(request):
    name = request.path.split("/", 2)[1]
    return name if name in SECTIONS and request.path.startswith(f"/{name}/") else ""


@register.filter
def current(here, name):
    """`aria-current="page"` where the section `here` is this one."""
    return mark_safe(' aria-current="page"') if here == name else ""


@register.tag
def once(parser, token):
    """{% once %}...{% endonce %}: what is the same on all pages, made for the first of them.

    {% once section %} keeps one text for each value; there must be few.
    """
    _, *by = token.split_contents()
    nodelist = parser.parse(["endonce"])
    parser.delete_first_token()
    return _Once(nodelist, parser.compile_filter(by[0]) if by else None)


class _Once(template.Node):
    def __init__(self, nodelist, by):
        self.nodelist, self.by, self.texts = nodelist, by, {}

    def render(self, context):
        key = self.by.resolve(context) if self.by else None
        if key not in self.texts:
            self.texts[key] = self.nodelist.render(context)
        return self.texts[key]


@register.simple_tag(takes_context=True)
def canonical(context):
    """The full address of this page, without the place in a list and without empty questions.

    A page that shows what another one does names that as `canonical_path`.
    """
    return canonical_address(context["request"], context.get("canonical_path"))


def site_of(request):
    """ "https://archive.example", asked for once: Django looks at the host each time."""
    if "site" not in vars(request):
        request.site = f"{request.scheme}://{request.get_host()}"
    return request.site


def canonical_address(request, path=None):
    if path or not request.META.get("QUERY_STRING"):
        path = path or request.path
        if path.startswith("//"):
            return request.build_absolute_uri(path)
        return site_of(request) + iri_to_uri(path)
    query = request.GET.copy()
    query.pop(CURSOR, None)
    for name, values in list(query.lists()):
        query.setlist(name, [value for value in values if value.strip()])
    asked = f"?{query.urlencode()}" if query.urlencode() else ""
    return request.build_absolute_uri(f"{request.path}{asked}")


@register.simple_tag(takes_context=True)
def absolute(context, path):
    return context["request"].build_absolute_uri(path)


@register.filter
def moment_in_words(moment):
    """ "3 July 2023, 18:04 (UTC)" """
    return dates.in_words(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


@register.filter
def utc_day(moment):
    """ "3 July 2023", by UTC."""
    return dates.day_in_words(moment.astimezone(UTC).date())


@register.filter
def thousands(number):
    """12,480"""
    return f"{number:,}"


@register.filter
def score(value):
    """+1.5, −6.5, 0: with a true minus sign."""
    text = f"{value:+g}" if value else "0"
    return text.replace("-", "−")


@register.simple_tag
@cache
def glyph(quad_code):
    """The mark of a quad class: circle or diamond, open or filled, named in words."""
    return format_html(
        '<svg class="g {}" viewBox="-8 -8 16 16" role="img" aria-label="{}">'
        '<use href="#q{}"/></svg>',
        "co" if quad_code <= 2 else "cf",
        QUAD_CLASSES[quad_code],
        quad_code,
    )


@register.filter
def term(membership):
    """ "25 August 2021 – 19 May 2024"; says what is not known."""
    started = dates.in_words(membership.started) if membership.started else "start not recorded"
    if not membership.ended:
        return f"from {started}; end not recorded" if membership.started else "days not recorded"
    if membership.ended.startswith("[") and membership.ended.endswith("..]"):
        last_known = dates.day_in_words(membership.ended_earliest)
        if membership.started_earliest is None and membership.started:
            if membership.started_latest == membership.ended_earliest:
                return f"in office on {last_known}; start and end not recorded"
            first_known = dates.day_in_words(membership.started_latest)
            return f"in office from {first_known} to {last_known} at least"
        return f"since {started}; in office on {last_known}, nothing later recorded"
    return f"{started} – {dates.in_words(membership.ended)}"


@register.filter
def how_sure(membership, span):
    """Whether the office was held on the days of a Span, in words."""
    if not membership.is_certain_during(span):
        return "uncertain whether in office that day"
    if not span.is_one_day:
        return "in office on every possible date"
    is_first = membership.started_earliest == span.earliest
    is_last = membership.ended_latest == span.latest
    if is_first or is_last:
        return f"in office that day, the {_PLACES[is_first, is_last]} of the term"
    return "in office that day"


_PLACES = {(True, False): "first", (False, True): "last", (True, True): "only one"}


@register.filter
def without_office(held):
    """Why no office is told of somebody OnTheDay."""
    if held.is_undated:
        return "date unknown, so the office is uncertain"
    return "no office recorded for that day"


@register.filter
def office_on_the_day(held):
    """The offices of somebody OnTheDay in a line: "Foreign minister of Iran", "uncertain: Foreign
    minister of Iran", "no office recorded for that day"."""
    told = [_office(term) for term in held.certain]
    told += [f"uncertain: {_office(term)}" for term in held.possible]
    return "; ".join(told) or without_office(held)


def _office(term):
    return f"{term.post}, acting" if term.is_acting else str(term.post)


@register.filter
def gap_in_words(gap):
    """ "No holder recorded from 3 May 2004 to 1 June 2004"; where it is not known whether there was
    a gap, that."""
    days = f"from {dates.day_in_words(gap.first)} to {dates.day_in_words(gap.last)}"
    if gap.first == gap.last:
        days = f"on {dates.day_in_words(gap.first)}"
    if gap.is_certain:
        return f"No holder recorded {days}{'' if gap.is_exact else ' at least'}"
    before, after = "the end of the term before", "the start of the term after"
    if gap.lacks_end and gap.lacks_start:
        return f"Uncertain who held it {days}: neither {before} nor {after} is recorded"
    return f"Uncertain who held it {days}: {before if gap.lacks_end else after} is not recorded"


@register.filter
def took_part(event):
    """Who took part in an event, a line each, with the office held that day; "" for nobody."""
    lines = format_html_join(
        "",
        '<li><a href="{}">{}</a>, {}</li>',
        (
            (person.get_absolute_url(), person, office_on_the_day(held))
            for party in event.parties.all()
            for person, held in party.people_on_the_day()
        ),
    )
    return (
        format_html('<ul class="small" aria-label="Who took part">{}</ul>', lines) if lines else ""
    )
