"""Events in the relations between states."""

from django.shortcuts import get_object_or_404, render

from articles.exporting import json
from articles.models import Event

from .listing import noun_listing


def event_list(request, suffix=None):
    events = Event.objects.confirmed().with_parties().newest()
    return noun_listing(
        request,
        suffix,
        events.with_evidence() if suffix else events,
        template="events/list.html",
        as_json=json.event,
        noun=("event", "events"),
    )


def event(request, pk):
    events = Event.objects.confirmed().with_parties().with_evidence()
    found = get_object_or_404(events, pk=pk)
    return render(request, "events/detail.html", {"event": found})
