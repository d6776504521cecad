"""Offices: the list by country, and one office with its holders through time."""

from dataclasses import dataclass, field

from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.utils.datastructures import MultiValueDict

from articles import directory
from articles.exporting import json
from articles.filters import ArticleFilter
from articles.models import Membership, Post
from articles.models.holders import holders

from . import list_page
from .listing import article_listing, counted, formats, names_as_json

MOST_LESSER = 5  # of a country, in the list of all; more are one link


@dataclass(slots=True)
class Offices:
    """Those of one country, or of none."""

    country: object
    high: list = field(default_factory=list)  # (Post, number of holders recorded)
    lesser: list = field(default_factory=list)

    def __len__(self):
        return len(self.high) + len(self.lesser)

    @property
    def is_long(self):
        return len(self.lesser) > MOST_LESSER


def office_list(request, suffix=None):
    """All offices by country; with `country`, those of that one."""
    names = directory.at(request.state)
    country, errors = _asked(request, names)
    if errors and suffix:
        return json.refusal({"country": errors})
    in_order = [] if errors else names.posts_in_order
    if country:
        in_order = [one for one in in_order if names.posts[one[1]].country_id == country.pk]
    of_it = f" of {country.in_a_sentence}" if country else ""
    sentence = counted(len(in_order), f"office{of_it}", f"offices{of_it}")
    if suffix:
        return names_as_json(
            request, in_order, _in_full, as_json=json.office, sentence=sentence, known=["country"]
        )
    shown = {
        "sentence": "Nothing is shown" if errors else sentence,
        "country": country,
        "asked": request.GET.get("country", ""),
        "errors": errors,
        "groups": _by_country([names.posts[pk] for _, pk in in_order], names),
        "formats": formats(request),
        "query": f"country={country.slug}" if country else "",
    }
    return render(request, "offices/list.html", shown)


def _asked(request, names):
    """(the Country that is asked for or None, what is wrong with the word)"""
    values = [value for value in request.GET.getlist("country") if value.strip()]
    if not values:
        return None, []
    form = ArticleFilter(MultiValueDict({"country": values}), names).form
    if not form.is_valid():
        return None, list(form.errors["country"])
    countries = set(form.cleaned_data["country"].values())
    if len(countries) > 1:
        return None, ["Write one country: an office belongs to one."]
    return countries.pop(), []


def _in_full(ids):
    found = Post.objects.with_holders().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _by_country(posts, names):
    """[Offices] by the name of the country, those of no country last."""
    numbers = Membership.objects.order_by().values_list("post").annotate(Count("pk"))
    numbers, groups = dict(numbers), {}
    for post in sorted(posts, key=lambda post: (post.rank, post.folded)):
        country = names.countries[post.country_id] if post.country_id else None
        group = groups.setdefault(post.country_id, Offices(country))
        (group.high if post.is_high else group.lesser).append((post, numbers.get(post.pk, 0)))
    return sorted(
        groups.values(), key=lambda one: (not one.country, one.country and one.country.folded)
    )


def office(request, slug, suffix=None):
    found = get_object_or_404(Post.objects.select_related("country"), slug=slug)
    heading = "Reports naming a holder in office that day"

    def show(listing):
        through_time = holders(found.memberships.through_time())
        return list_page.beside(
            listing, "offices/detail.html", heading, post=found, through_time=through_time
        )

    return article_listing(
        request, suffix, show, names=directory.at(request.state), given={"office": [found]}
    )
