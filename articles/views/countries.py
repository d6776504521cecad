"""Countries: the list, and one country with its relations and office-holders."""

from django.shortcuts import get_object_or_404

from articles import directory
from articles.exporting import json
from articles.models import Country, Membership

from . import list_page
from .listing import article_listing, by_name, noun_listing


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
            terms=Membership.objects.filter(post__country=found).through_time(),
        )

    return article_listing(request, suffix, show, names=names, given={"country": [found]})
