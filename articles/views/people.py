"""People: the list by name, and one person with names, offices and reports."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles import directory
from articles.exporting import json
from articles.filters import CURSOR
from articles.languages import script_name
from articles.models import OtherName, Person

from . import list_page
from .addresses import Asked
from .closed import leads_to
from .listing import article_listing, counted, formats, names_as_json
from .paging import NAMES, page_of_names


def person_list(request, suffix=None):
    """Everyone by name, a page at a time."""
    in_order = directory.at(request.state).people_in_order
    sentence = counted(len(in_order), "person", "people")
    if suffix:
        return names_as_json(request, in_order, _in_full, as_json=json.person, sentence=sentence)
    listed = page_of_names(in_order, request.GET.get(CURSOR, ""))
    letters = sorted({name[:1] for name, _ in in_order} - {""})
    shown = {
        "results": _in_full(listed.shown),
        "page": listed,
        "sentence": sentence,
        "letters": letters if len(in_order) > NAMES else [],
        "first_url": request.path,
        "next_url": listed.next_cursor and Asked(request).adding(CURSOR, listed.next_cursor),
        "formats": formats(request),
    }
    return render(request, "people/list.html", shown)


def _in_full(ids):
    found = Person.objects.with_offices().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def person(request, slug, suffix=None):
    found = get_object_or_404(Person, slug=slug)
    if found.merged_into_id:
        return _merged(request, found)

    def show(listing):
        terms = found.memberships.through_time()
        return list_page.beside(
            listing, "people/detail.html", "Reports", person=found, terms=terms, **_names(found)
        )

    return article_listing(
        request, suffix, show, names=directory.at(request.state), given={"person": [found]}
    )


def _names(person):
    """Their names: those in the person's own script, and all by script and kind."""
    kinds, by_script = OtherName.Kind.values, {}
    names = sorted(person.other_names.all(), key=lambda name: (kinds.index(name.kind), name.name))
    for name in names:
        by_script.setdefault(script_name(name.script) or "Script not recorded", []).append(name)
    return {
        "native": [name for name in names if name.kind == OtherName.Kind.NATIVE],
        "names": sorted(by_script.items()),
    }


def _merged(request, found):
    """To the same form of the page of the person that this record was merged into."""
    target, asked = found.end_of_merger, request.resolver_match
    if target is None:
        raise Http404
    address = reverse(asked.url_name, kwargs={**asked.captured_kwargs, "slug": target.slug})
    return leads_to(request, address, found, target, found.merge_reason)
