"""Every list of articles: filter, count, page, and then the representation that was asked for."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from articles import search
from articles.exporting import LIST_FORMATS, json
from articles.filters import CURSOR, MOST_BY_RELEVANCE, ORDERS, ArticleFilter
from articles.models import Article
from articles.names.fold import fold

from .paging import page


def article_listing(request, suffix, *, template, queryset=None, given=None, context=None):
    """A list of published articles as a page, or in the format of `suffix`.

    `given` are the choices that the page makes, by parameter (see ArticleFilter); `context` is a
    function that returns what else the page shows.
    """
    queryset = Article.objects.published() if queryset is None else queryset
    filterset = ArticleFilter(request.GET, queryset, given=given)
    if suffix:
        return _as_json(request, filterset)
    found = {
        "filter": filterset,
        "hidden": filterset.given.get("country", []),
        "formats": formats(request),
        **(context() if context else {}),
    }
    if filterset.is_valid():
        found |= _shown(request, filterset)
    else:
        found |= {"errors": _errors(filterset), "sentence": "Nothing is shown"}
    return render(request, template, found)


def _shown(request, filterset):
    count = filterset.qs.count()
    listed = _page(request, filterset, filterset.qs.for_lists())
    if filterset.query:
        for article in listed.shown:
            mark(article, filterset.query)
    return {
        "articles": listed.shown,
        "count": count,
        "sentence": filterset.sentence(count),
        "chosen": _chips(request, filterset),
        "page": listed,
        "order": filterset.chosen_order,
        "most_ranked": MOST_BY_RELEVANCE,
        "first_url": address(request, **{CURSOR: None}),
        "next_url": listed.next_cursor and address(request, **{CURSOR: listed.next_cursor}),
        "order_links": [
            (name, address(request, order=name, **{CURSOR: None}))
            for name in ORDERS
            if name != "relevance" or filterset.query
        ],
    }


def _page(request, filterset, queryset):
    cursor = request.GET.get(CURSOR, "")
    return page(queryset, filterset.chosen_order, filterset.query, cursor)


def mark(article, query):
    """Give an article what a list shows of the match: its headline and a passage, marked."""
    article.marked_headline = search.marked(article.headline, query)
    article.marked_passage = search.passage(article.body, query) or search.passage(
        article.summary, query
    )


def _errors(filterset):
    """(parameter, label, value as typed, messages) for each parameter that is wrong."""
    form = filterset.form
    return [
        (name, form.fields[name].label, ", ".join(filterset.data.getlist(name)), list(messages))
        for name, messages in form.errors.items()
    ]


def _chips(request, filterset):
    """(label, address without it) for each filter chosen."""
    return [(label, without(request, name, value)) for name, value, label in filterset.chosen()]


def address(request, **changes):
    """This address with other values of some parameters; None takes one out."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def without(request, name, value):
    """This address without one value of a parameter, at the first page."""
    query = request.GET.copy()
    query.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    query.pop(CURSOR, None)
    return f"{request.path}?{query.urlencode()}" if query.urlencode() else request.path


def _as_json(request, filterset):
    unknown = ArticleFilter.unknown(request.GET)
    if unknown or not filterset.is_valid():
        errors = {name: list(messages) for name, messages in filterset.form.errors.items()}
        known = ", ".join([*ArticleFilter.base_filters, CURSOR])
        errors |= {name: [f"No such parameter “{name}”. Known are: {known}."] for name in unknown}
        return json.refusal(errors)
    try:
        listed = _page(request, filterset, filterset.qs.for_records())
    except Http404 as error:
        return json.refusal({CURSOR: [str(error)]}, status=404)
    count = filterset.qs.count()
    absolute = request.build_absolute_uri
    following = listed.next_cursor and absolute(address(request, **{CURSOR: listed.next_cursor}))
    return json.response(
        json.listing(
            [json.article_in_list(article, absolute) for article in listed.shown],
            count=count,
            sentence=filterset.sentence(count),
            next_url=following,
        )
    )


def noun_listing(request, suffix, results, *, template, as_json, noun, context=None):
    """A list of other things than articles, whole: as a page, or in the format of `suffix`.

    `noun` is (one, many): ("country", "countries"). `as_json` takes a result and `absolute`.
    """
    results = list(results)
    one, many = noun
    sentence = {0: f"No {one} yet", 1: f"1 {one}"}.get(len(results), f"{len(results):,} {many}")
    if suffix:
        if request.GET:
            return json.refusal({name: [f"No such parameter “{name}”."] for name in request.GET})
        absolute = request.build_absolute_uri
        listed = [as_json(result, absolute) for result in results]
        return json.response(json.listing(listed, count=len(results), sentence=sentence))
    found = {"results": results, "sentence": sentence, "formats": formats(request)}
    return render(request, template, found | (context or {}))


def by_name(things):
    """Sorted as a reader looks them up, in the same order on either engine."""
    return sorted(things, key=lambda thing: fold(str(thing)))


def formats(request):
    """(suffix, address) of the other formats of the list that was asked for."""
    asked = request.resolver_match
    return [
        (suffix, reverse(f"{asked.url_name}-as", kwargs=asked.captured_kwargs | {"suffix": suffix}))
        for suffix in LIST_FORMATS
    ]
