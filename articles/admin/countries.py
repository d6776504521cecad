"""The desk of countries."""

from django.contrib import admin

from articles.models import Country


@admin.register(Country)
class CountryAdmin(admin.ModelAdmin):
    list_display = ["name", "status", "iso_alpha2", "iso_alpha3", "cow_code", "valid_until"]
    list_filter = ["status"]
    search_fields = ["name", "official_name", "slug", "iso_alpha2", "iso_alpha3"]
    autocomplete_fields = ["successors"]
