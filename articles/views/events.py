"""Events in the relations between states."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from articles.exporting import json
from articles.filters import CURSOR
from articles.models import Event
from articles.pair import pairs_of

from .addresses import Asked
from .listing import formats
from .paging import events_page


def event_list(request, suffix=None):
    """The confirmed events, the newest first, by pages."""
    events = Event.objects.confirmed().with_parties()
    if suffix:
        return _as_json(request, events.with_evidence())
    listed = events_page(events, request.GET.get(CURSOR, ""))
    return render(
        request,
        "events/list.html",
        {
            "events": listed.shown,
            "page": listed,
            "sentence": _sentence(events.count()),
            "first_url": request.path,
            "next_url": listed.next_cursor and Asked(request).adding(CURSOR, listed.next_cursor),
            "formats": formats(request),
        },
    )


def _as_json(request, events):
    if unknown := [name for name in request.GET if name != CURSOR]:
        return json.refusal({name: [f"No such parameter “{name}”."] for name in unknown})
    try:
        listed = events_page(events, request.GET.get(CURSOR, ""))
    except Http404 as error:
        return json.refusal({CURSOR: [str(error)]}, status=404)
    absolute = request.build_absolute_uri
    following = listed.next_cursor and absolute(Asked(request).adding(CURSOR, listed.next_cursor))
    count = events.count()
    results = [json.event(event, absolute) for event in listed.shown]
    return json.response(
        json.listing(results, count=count, sentence=_sentence(count), next_url=following)
    )


def _sentence(count):
    return {0: "No event yet", 1: "1 event"}.get(count, f"{count:,} events")


def event(request, pk):
    events = Event.objects.confirmed().with_parties().with_evidence()
    found = get_object_or_404(events, pk=pk)
    parties = found.parties.all()
    shown = {
        "event": found,
        "pairs": pairs_of({party.country for party in parties}),
        "people": [
            (person, held, party.country)
            for party in parties
            for person, held in party.people_on_the_day()
        ],
    }
    return render(request, "events/detail.html", shown)
