"""The desk of events: what was done, by whom to whom, and the words that say so."""

from django.contrib import admin

from articles.models import Event, Evidence, Party


class PartyInline(admin.TabularInline):
    model = Party
    extra = 0
    autocomplete_fields = ["country", "people"]


class EvidenceInline(admin.TabularInline):
    model = Evidence
    extra = 0
    autocomplete_fields = ["article"]


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["title", "date", "event_type", "mode", "status"]
    list_filter = ["status", "event_type"]
    search_fields = ["title", "ref"]
    inlines = [PartyInline, EvidenceInline]


@admin.register(Party)
class PartyAdmin(admin.ModelAdmin):
    list_display = ["event", "role", "country", "sector"]
    list_select_related = ["event", "country"]
    search_fields = ["event__title", "country__name"]
    autocomplete_fields = ["event", "country", "people"]


@admin.register(Evidence)
class EvidenceAdmin(admin.ModelAdmin):
    list_display = ["text", "event", "article"]
    list_select_related = ["event", "article"]
    search_fields = ["text", "event__title"]
    autocomplete_fields = ["event", "article"]
