"""People and the offices they held."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles import directory
from articles.exporting import json
from articles.models import Membership, Person, Post

from . import list_page
from .closed import leads_to
from .listing import article_listing, by_name, noun_listing


def person_list(request, suffix=None):
    return noun_listing(
        request,
        suffix,
        by_name(Person.objects.unmerged().with_offices()),
        template="people/list.html",
        as_json=json.person,
        noun=("person", "people"),
    )


def person(request, slug, suffix=None):
    found = get_object_or_404(Person, slug=slug)
    if found.merged_into_id:
        return _merged(request, found)
    terms = found.memberships.through_time()
    return article_listing(
        request,
        suffix,
        lambda listing: list_page.beside(
            listing, "people/detail.html", "Reports", person=found, terms=terms
        ),
        names=directory.at(request.state),
        given={"person": [found]},
    )


def _merged(request, found):
    """To the same form of the page of the person that this record was merged into."""
    target, asked = found.end_of_merger, request.resolver_match
    if target is None:
        raise Http404
    address = reverse(asked.url_name, kwargs={**asked.captured_kwargs, "slug": target.slug})
    return leads_to(request, address, found, target, found.merge_reason)


def office_list(request, suffix=None):
    # One join: of a thousand people at once SQLite would refuse to be asked by id.
    with_person = Prefetch("memberships", Membership.objects.select_related("person"))
    return noun_listing(
        request,
        suffix,
        by_name(Post.objects.select_related("country").prefetch_related(with_person)),
        template="offices/list.html",
        as_json=json.office,
        noun=("office", "offices"),
    )


def office(request, slug, suffix=None):
    found = get_object_or_404(Post.objects.select_related("country"), slug=slug)
    heading, terms = "Reports naming a holder in office that day", found.memberships.through_time()
    return article_listing(
        request,
        suffix,
        lambda listing: list_page.beside(
            listing, "offices/detail.html", heading, post=found, terms=terms
        ),
        names=directory.at(request.state),
        given={"office": [found]},
    )
