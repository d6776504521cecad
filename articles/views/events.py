"""Events in the relations between states."""

from django.shortcuts import get_object_or_404, render

from articles.exporting import json
from articles.models import Event

from .listing import formats_of, noun_listing


def event_list(request, suffix=None):
    return noun_listing(
        request,
        suffix,
        Event.objects.confirmed().with_parties().newest(),
        template="events/list.html",
        as_json=json.event,
        noun=("event", "events"),
        context={"formats": formats_of("events")},
    )


def event(request, pk):
    found = get_object_or_404(Event.objects.confirmed().with_parties(), pk=pk)
    return render(request, "events/detail.html", {"event": found})
