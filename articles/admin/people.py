"""The desk of people, their names, and the offices they held."""

from django.contrib import admin

from articles.models import Membership, OtherName, Person, Post

from .closing import MergesPeople
from .desk import Desk, Rows


class OtherNameRows(Rows):
    model = OtherName


class MembershipRows(Rows):
    model = Membership
    autocomplete_fields = ["person", "post"]


@admin.register(Person)
class PersonAdmin(MergesPeople, Desk):
    list_display = ["name", "description", "born", "died"]
    search_fields = ["name", "slug", "other_names__name"]
    inlines = [OtherNameRows, MembershipRows]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Post)
class PostAdmin(Desk):
    list_display = ["label", "country", "role"]
    list_filter = ["role"]
    list_select_related = ["country"]
    search_fields = ["label", "slug", "country__name"]
    autocomplete_fields = ["country"]
    inlines = [MembershipRows]
    prepopulated_fields = {"slug": ["label"]}


@admin.register(OtherName)
class OtherNameAdmin(Desk):
    list_display = ["name", "person", "kind", "script", "language"]
    list_filter = ["kind"]
    list_select_related = ["person"]
    search_fields = ["name", "person__name"]
    autocomplete_fields = ["person"]


@admin.register(Membership)
class MembershipAdmin(Desk):
    list_display = ["person", "post", "started", "ended", "is_acting"]
    list_select_related = ["person", "post"]
    search_fields = ["person__name", "post__label"]
    autocomplete_fields = ["person", "post"]
