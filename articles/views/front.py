"""The front page: what the archive is for, within one screen."""

from django.db.models import F
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from articles import directory, search
from articles.models import Event

from .hits import hits


def front(request):
    known = directory.current()
    latest = [pk for _, pk in search.everything().page("newest", 6)]
    listed = {"hits": hits(latest, known), "hidden": ()}
    return render(
        request,
        "front.html",
        {
            "latest": latest and mark_safe(render_to_string("hits.jinja", listed, using="lists")),
            "pairs": known.reported_pairs(most=10),
            "today": timezone.localdate(),
            "on_this_day": on_this_day(),
            "held": known.held,
        },
    )


def on_this_day(at=None, most=5):
    """Confirmed events of this day of the month in other years, the oldest first."""
    today = at or timezone.localdate()
    return (
        Event.objects.confirmed()
        .filter(
            date_earliest=F("date_latest"),
            date_earliest__month=today.month,
            date_earliest__day=today.day,
        )
        .order_by("date_earliest", "pk")[:most]
    )
