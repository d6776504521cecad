"""The desk of sources."""

from django.contrib import admin

from articles.models import Source

from .desk import Desk


@admin.register(Source)
class SourceAdmin(Desk):
    list_display = ["name", "kind", "country", "terms"]
    list_filter = ["kind", "terms"]
    list_select_related = ["country"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["country"]
    prepopulated_fields = {"slug": ["name"]}

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        named = [thing.pk for thing in Source.objects.named_like(search_term)]
        return found | queryset.filter(pk__in=named), may_repeat
