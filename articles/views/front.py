"""The front page: what the archive is for, within one screen."""

from django.db.models import F
from django.shortcuts import render
from django.utils import timezone

from articles.models import Article, Country, Event, Person, Source
from articles.pair import reported_pairs


def front(request):
    articles = Article.objects.published()
    pairs = reported_pairs()
    return render(
        request,
        "front.html",
        {
            "articles": articles.newest().for_lists()[:6],
            "pairs": pairs[:10],
            "today": timezone.localdate(),
            "on_this_day": on_this_day(),
            "held": {
                "articles": articles.count(),
                "undated": articles.filter(published="").count(),
                "bounded": articles.filter(published__startswith="[").count(),
                "countries": Country.objects.count(),
                "relations": len(pairs),
                "people": Person.objects.unmerged().count(),
                "events": Event.objects.confirmed().count(),
                "sources": Source.objects.count(),
            },
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
