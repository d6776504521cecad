"""Countries: the list, and one country with its relations and office-holders."""

from django.shortcuts import get_object_or_404
from django.utils.safestring import mark_safe

from articles import directory
from articles.exporting import json
from articles.models import Country, Membership, Post
from articles.models.holders import holders

from . import list_page
from .listing import article_listing, by_name, noun_listing
from .office_chart import Lane, office_chart

MOST_LESSER = 30  # terms of other offices than the highest; more are one link


def country_list(request, suffix=None):
    countries = by_name(Country.objects.all())
    current = [country for country in countries if country.is_current]
    return noun_listing(
        request,
        suffix,
        countries,
        template="countries/list.html",
        as_json=json.country,
        noun=("country", "countries, territories and former states"),
        context={
            "kinds": [
                ("States", [c for c in current if c.status == Country.Status.STATE]),
                ("Former states and territories", [c for c in countries if not c.is_current]),
                ("Territories", [c for c in current if c.status == Country.Status.TERRITORY]),
                ("Unions of states", [c for c in current if c.status == Country.Status.UNION]),
            ],
        },
    )


def country(request, slug, suffix=None):
    found, names = get_object_or_404(Country, slug=slug), directory.at(request.state)

    def show(listing):
        return list_page.beside(
            listing,
            "countries/detail.html",
            "Reports",
            opened=True,
            country=found,
            relations=names.reported_pairs(found, most=12),
            **_offices(found),
        )

    return article_listing(request, suffix, show, names=names, given={"country": [found]})


def _offices(country):
    """The highest offices as a picture and in the table; others in the table where they are few."""
    held = Membership.objects.filter(post__country=country)
    lanes, number = [], 1
    for post, terms in _by_post(held.exclude(post__role=Post.Role.OTHER).through_time()):
        lanes.append(Lane(post, holders(terms), first=number))
        number += len(terms)
    lesser = list(held.filter(post__role=Post.Role.OTHER).through_time()[: MOST_LESSER + 1])
    are_many = len(lesser) > MOST_LESSER
    others = [] if are_many else [Lane(post, holders(terms)) for post, terms in _by_post(lesser)]
    return {
        "chart": mark_safe(office_chart(lanes)),
        "lanes": [*lanes, *others],
        "offices": country.posts.count() if are_many else 0,
    }


def _by_post(terms):
    """[(post, its terms)], the highest office first."""
    by_post = {}
    for term in terms:
        by_post.setdefault(term.post, []).append(term)
    return sorted(by_post.items(), key=lambda one: (one[0].rank, one[0].label))
