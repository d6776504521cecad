"""The desk of countries."""

from django.contrib import admin

from articles.models import Country


@admin.register(Country)
class CountryAdmin(admin.ModelAdmin):
    list_display = ["name", "status", "iso_alpha2", "iso_alpha3", "cow_code", "valid_until"]
    list_filter = ["status"]
    search_fields = ["name", "official_name", "slug", "iso_alpha2", "iso_alpha3"]
    autocomplete_fields = ["successors"]

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        named = [thing.pk for thing in Country.objects.named_like(search_term)]
        return found | queryset.filter(pk__in=named), may_repeat
