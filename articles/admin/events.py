"""The desk of events: what was done, by whom to whom, and the words that say so."""

from django.contrib import admin

from articles.models import Event, Evidence, Party

from .desk import Desk, Rows


class PartyRows(Rows):
    model = Party
    autocomplete_fields = ["country", "people"]


class EvidenceRows(Rows):
    model = Evidence
    autocomplete_fields = ["article"]


@admin.register(Event)
class EventAdmin(Desk):
    list_display = ["title", "date", "event_type", "mode", "status"]
    list_filter = ["status", "event_type"]
    search_fields = ["title", "ref"]
    inlines = [PartyRows, EvidenceRows]


@admin.register(Party)
class PartyAdmin(Desk):
    list_display = ["event", "role", "country", "sector"]
    list_select_related = ["event", "country"]
    search_fields = ["event__title", "country__name"]
    autocomplete_fields = ["event", "country", "people"]


@admin.register(Evidence)
class EvidenceAdmin(Desk):
    list_display = ["text", "event", "article"]
    list_select_related = ["event", "article"]
    search_fields = ["text", "event__title"]
    autocomplete_fields = ["event", "article"]
