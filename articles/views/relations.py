"""Relations: the pairs that are reported on, and one pair through time."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict

from articles import directory
from articles.exporting import json
from articles.filters import ArticleFilter
from articles.pair import Pair

from . import relation_page
from .listing import article_listing, noun_listing

MOST_PAIRS = 300  # on the page; the other formats have all


def relation_list(request, suffix=None):
    """All pairs with reports; with `country` twice, the way to the page of those two."""
    asked = [] if suffix else request.GET.getlist("country")
    errors, names = [], directory.current()
    if asked:
        wanted, errors = _wanted(asked, names)
        if not errors:
            return redirect(Pair.of(*wanted))
    pairs = [] if errors else names.reported_pairs()
    return noun_listing(
        request,
        suffix,
        pairs,
        template="relations/list.html",
        as_json=lambda result, absolute: json.relation(*result, absolute),
        noun=("relation", "relations"),
        context={"errors": errors, "asked": asked, "shown": pairs[:MOST_PAIRS]},
    )


def _wanted(asked, names):
    """(the two different countries asked for, or fewer; what is wrong with the words)."""
    form = ArticleFilter(MultiValueDict({"country": asked[:2]}), names).form
    if not form.is_valid():
        return [], list(form.errors["country"])
    countries = set(form.cleaned_data["country"].values())
    return countries, [] if len(countries) == 2 else ["Write two different countries."]


def relation(request, first, second, suffix=None):
    if first == second:
        raise Http404("A relation is between two different countries.")
    names = directory.at(request.state)
    countries = [names.countries.by_slug.get(slug) for slug in (first, second)]
    if None in countries:
        raise Http404("No country has this address.")
    pair = Pair.of(*countries)
    if pair.slugs != (first, second):
        return _in_order(request, pair, suffix)
    return article_listing(
        request,
        suffix,
        lambda listing: relation_page.page(listing, pair),
        names=names,
        given={"country": list(pair)},
    )


def _in_order(request, pair, suffix):
    """The same page at its canonical address, with the same questions."""
    name, args = ("relation-as", [*pair.slugs, suffix]) if suffix else ("relation", pair.slugs)
    target = redirect(name, *args, permanent=True)
    if query := request.META.get("QUERY_STRING"):
        target["Location"] += f"?{query}"
    return target
