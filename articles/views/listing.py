"""Every list of articles: filter, count, page, and then the representation that was asked for."""

from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from articles import directory
from articles.exporting import LIST_FORMATS, json
from articles.facets import facets
from articles.filters import CURSOR, MOST_BY_RELEVANCE, ORDERS, ArticleFilter
from articles.models import Article
from articles.names.fold import fold

from .addresses import Asked
from .choices import choices
from .filter_form import filter_form
from .hits import hits
from .paging import page


def article_listing(request, suffix, *, template, given=None, context=None, hide_source=False):
    """A list of published articles as a page, or in the format of `suffix`.

    `given` are the choices that the page makes, by parameter (see ArticleFilter); `context` is a
    function that returns what else the page shows.
    """
    filterset, names = ArticleFilter(request.GET, given=given), directory.current()
    if suffix:
        return _as_json(request, filterset, names)
    if filterset.is_valid():
        found = _shown(request, filterset, names)
    else:
        found = {"errors": _errors(filterset), "sentence": "Nothing is shown"}
    listed = {
        "form": filter_form(filterset, names),
        "hidden": filterset.given.get("country", []),
        "hide_source": hide_source,
    }
    return render(
        request,
        template,
        found
        | {"list": mark_safe(render_to_string("list.jinja", found | listed, using="lists"))}
        | (context(filterset) if context else {}),
    )


def _shown(request, filterset, names):
    asked, order = Asked(request), filterset.chosen_order
    count = filterset.found.count()
    listed = _page(request, filterset)
    found = {
        "hits": hits(listed.shown, names, filterset.query),
        "count": count,
        "counted": f"{count:,}",
        "sentence": filterset.sentence(count),
        "chosen": _chips(asked, filterset),
        "page": listed,
        "order": order,
        "query": filterset.query,
        "first_url": str(asked),
        "next_url": listed.next_cursor and asked.adding(CURSOR, listed.next_cursor),
        "order_links": [
            (name, asked.setting("order", name))
            for name in ORDERS
            if name != "relevance" or filterset.query
        ],
        "notes": _notes(order, count, listed),
        "formats": [(suffix, url + _question(request)) for suffix, url in formats(request)],
    }
    if filterset.query:
        found |= _exactness(filterset.query, asked)
    if count or found["chosen"]:
        found |= choices(filterset, names, asked)
    return found


def _page(request, filterset):
    cursor = request.GET.get(CURSOR, "")
    return page(filterset.found, filterset.chosen_order, filterset.query, cursor)


def _question(request):
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _exactness(query, asked):
    """The link between a search for every form of the words and one for the words alone."""
    if query.is_exact:
        return {
            "exact_url": str(asked.without("exact")),
            "exact_words": "Every form of the words",
        }
    return {"exact_url": asked.setting("exact", "1"), "exact_words": "Exactly these words"}


def _notes(order, count, listed):
    if order == "relevance":
        if listed.ranked < count:
            yield (
                f"The best are looked for among the {listed.ranked:,} of these that were added"
                " last."
            )
        if count > MOST_BY_RELEVANCE:
            yield (
                f"Only the best {MOST_BY_RELEVANCE:,} of {count:,} are ranked. Narrow the search,"
                " or order by date, to see the others."
            )
    if count > 1 and order in ("newest", "oldest"):
        yield (
            "An article of which only a span of days is known stands at the latest of them; one"
            " without any date comes last."
        )


def _errors(filterset):
    """(parameter, label, value as typed, messages) for each parameter that is wrong."""
    return [
        (
            name,
            filterset.base_filters[name].label,
            ", ".join(filterset.data.getlist(name)),
            list(messages),
        )
        for name, messages in filterset.form.errors.items()
    ]


def _chips(asked, filterset):
    """(label, address without it) for each filter chosen."""
    return [
        (label, str(asked.without_values(name, [value])))
        for name, value, label in filterset.chosen()
    ]


def _as_json(request, filterset, names):
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
    return json.response(
        json.listing(
            [json.article_in_list(by_id[pk], absolute) for pk in listed.shown if pk in by_id],
            count=count,
            sentence=filterset.sentence(count),
            next_url=following,
            facets=facets(filterset, names) if filterset.value("facets") else None,
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
