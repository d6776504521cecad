"""The desk of countries."""

from django.contrib import admin

from articles.models import Country, Post

from .desk import Desk, Rows


class PostRows(Rows):
    """The offices of a country; who held them is told at each."""

    model = Post
    fields = ["label", "role", "slug"]
    show_change_link = True
    prepopulated_fields = {"slug": ["label"]}


@admin.register(Country)
class CountryAdmin(Desk):
    list_display = ["name", "status", "iso_alpha2", "iso_alpha3", "cow_code", "valid_until"]
    list_filter = ["status"]
    search_fields = ["name", "official_name", "slug", "iso_alpha2", "iso_alpha3"]
    autocomplete_fields = ["successors"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [PostRows]

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        named = [thing.pk for thing in Country.objects.named_like(search_term)]
        return found | queryset.filter(pk__in=named), may_repeat
