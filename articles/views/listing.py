"""Every list of articles: filter, count, page, and then the representation that was asked for."""

from dataclasses import dataclass, field

from django.http import Http404
from django.shortcuts import render

from articles.exporting import LIST_FORMATS, json
from articles.facets import facets
from articles.filters import CURSOR, ArticleFilter
from articles.models import Article
from articles.names.fold import fold

from .addresses import Asked
from .choices import choices
from .hits import hits
from .meant import meant
from .named import named
from .paging import Page, page, page_of_names


@dataclass
class Listing:
    """What a page shows of a list: list_page.py makes HTML of it."""

    request: object
    filterset: ArticleFilter
    errors: list = field(default_factory=list)  # then there is nothing else
    count: int = 0
    sentence: str = "Nothing is shown"
    asked: Asked = None
    chosen: list = field(default_factory=list)  # (label, address without it)
    page: Page = None
    people: str = ""  # HTML: those whose name was searched
    hits: str = ""  # HTML
    number: int = 0  # of the hits
    meant: list = field(default_factory=list)  # (words that would find something, address)
    groups: str = ""  # HTML
    years: str = ""  # HTML
    number_suggested: int = 0  # articles more, if what is merely suggested counts


def article_listing(request, suffix, show, *, names, given=None, hide_source=False):
    """A list of published articles as the page that `show` makes of a Listing, or in the format
    of `suffix`.

    `given` are the choices that the page makes, by parameter (see ArticleFilter); `names` is the
    Directory.
    """
    filterset = ArticleFilter(request.GET, names, given=given)
    if suffix:
        return _as_json(request, filterset)
    if filterset.is_valid():
        return show(_listing(request, filterset, hide_source))
    return show(Listing(request, filterset, _errors(filterset)))


def _listing(request, filterset, hide_source):
    asked, found = Asked(request), filterset.found
    told = Listing(request, filterset, count=found.count(), asked=asked)
    told.sentence = filterset.sentence(told.count)
    told.number_suggested = filterset.number_suggested
    told.chosen = _chips(asked, filterset)
    told.page = _page(request, filterset)
    if told.page.is_first:
        told.people = named(filterset)
    if filterset.query and not told.count:
        told.meant = [(text, asked.setting("q", text)) for text in meant(filterset)]
    hidden = filterset.given.get("country", ())
    shown = told.page.shown
    guessed = filterset.merely_suggested(shown)
    told.hits, told.number = hits(
        shown, filterset.names, found, filterset.query, hidden, hide_source, guessed
    )
    if told.count or told.chosen:
        told.groups, told.years = choices(filterset, asked)
    return told


def _page(request, filterset):
    cursor = request.GET.get(CURSOR, "")
    return page(filterset.found, filterset.chosen_order, filterset.query, cursor)


def _errors(filterset):
    """(parameter, label, messages) for each parameter that is wrong."""
    return [
        (name, filterset.base_filters[name].label, list(messages))
        for name, messages in filterset.form.errors.items()
    ]


def _chips(asked, filterset):
    """(label, address without it) for each filter chosen."""
    return [
        (label, str(asked.without_values(name, [value])))
        for name, value, label in filterset.chosen()
    ]


def _as_json(request, filterset):
    unknown = ArticleFilter.unknown(request.GET)
    if unknown or not filterset.is_valid():
        errors = {name: list(messages) for name, messages in filterset.form.errors.items()}
        known = ", ".join([*ArticleFilter.base_filters, CURSOR])
        errors |= {name: [f"No such parameter “{name}”. Known are: {known}."] for name in unknown}
        return json.refusal(errors)
    try:
        listed = _page(request, filterset)
    except Http404 as error:
        return json.refusal({CURSOR: [str(error)]}, status=404)
    count, absolute = filterset.found.count(), request.build_absolute_uri
    following = listed.next_cursor and absolute(Asked(request).adding(CURSOR, listed.next_cursor))
    by_id = Article.objects.for_records().in_bulk(listed.shown)
    results = [
        json.article_in_list(by_id[pk], absolute, filterset.query)
        for pk in listed.shown
        if pk in by_id
    ]
    if filterset.value("suggested"):
        _add_suggested(results, filterset)
    return json.response(
        json.listing(
            results,
            count=count,
            sentence=filterset.sentence(count),
            next_url=following,
            facets=facets(filterset) if filterset.value("facets") else None,
            suggested=filterset.number_suggested,
        )
    )


def _add_suggested(results, filterset):
    """What detection alone thinks that each names: apart from what is known."""
    ids, found, names = [one["id"] for one in results], filterset.found, filterset.names
    countries = found.values_of("suggested_countries", ids)
    people = found.values_of("suggested_people", ids)
    named = names.people.of({pk for of_one in people.values() for pk in of_one})
    for one in results:
        one["suggested_countries"] = sorted(names.countries[pk].slug for pk in countries[one["id"]])
        one["suggested_people"] = sorted(named[pk].slug for pk in people[one["id"]])


def noun_listing(request, suffix, results, *, template, as_json, noun, context=None):
    """A list of other things than articles, whole: as a page, or in the format of `suffix`.

    `noun` is (one, many): ("country", "countries"). `as_json` takes a result and `absolute`.
    """
    results = list(results)
    sentence = counted(len(results), *noun)
    if suffix:
        if request.GET:
            return json.refusal({name: [f"No such parameter “{name}”."] for name in request.GET})
        absolute = request.build_absolute_uri
        listed = [as_json(result, absolute) for result in results]
        return json.response(json.listing(listed, count=len(results), sentence=sentence))
    found = {"results": results, "sentence": sentence, "formats": formats(request)}
    return render(request, template, found | (context or {}))


def counted(number, one, many):
    """ "No country yet", "1 country", "212 countries" """
    return {0: f"No {one} yet", 1: f"1 {one}"}.get(number, f"{number:,} {many}")


def names_as_json(request, in_order, in_full, *, as_json, sentence, known=()):
    """One page of things that stand by name as JSON (see paging.page_of_names).

    `in_full` takes ids to results; `known` are the parameters besides the cursor.
    """
    if unknown := [name for name in request.GET if name not in (*known, CURSOR)]:
        return json.refusal({name: [f"No such parameter “{name}”."] for name in unknown})
    try:
        listed = page_of_names(in_order, request.GET.get(CURSOR, ""))
    except Http404 as error:
        return json.refusal({CURSOR: [str(error)]}, status=404)
    absolute = request.build_absolute_uri
    following = listed.next_cursor and absolute(Asked(request).adding(CURSOR, listed.next_cursor))
    results = [as_json(result, absolute) for result in in_full(listed.shown)]
    return json.response(
        json.listing(results, count=len(in_order), sentence=sentence, next_url=following)
    )


def by_name(things):
    """Sorted as a reader looks them up, in the same order on either engine."""
    return sorted(things, key=lambda thing: fold(str(thing)))


def formats(request):
    """(suffix, address) of the other formats of the list that was asked for."""
    path = request.path.rstrip("/")
    return [(suffix, f"{path}.{suffix}") for suffix in LIST_FORMATS]
