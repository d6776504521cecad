"""The desk of people, their names, and the offices they held."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import get_text_list

from articles.models import Membership, OtherName, Person, Post
from articles.models.holders import Holding, holders
from articles.names.fold import fold

from .closing import MergesPeople
from .desk import Desk, Rows


class OtherNameRows(Rows):
    model = OtherName


class MembershipRows(Rows):
    model = Membership
    autocomplete_fields = ["person", "post"]


class SaysWhoIsNear:
    """Whoever saves a name is told of the people whose name is nearly the same. Nothing is united
    by that: an editor looks, and merges."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            say_who_is_near(request, obj)

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if formset.model is OtherName:
            named = {id(thing): thing for thing in formset.new_objects}
            changed = [thing for thing, fields in formset.changed_objects if "name" in fields]
            for thing in [*named.values(), *changed]:
                say_who_is_near(request, thing)


def say_who_is_near(request, thing):
    """`thing` is a person, or another name of one."""
    bearer = thing.person_id if isinstance(thing, OtherName) else thing.pk
    near = [person for person in Person.objects.near(thing.name, most=4) if person.pk != bearer]
    if near:
        links = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            [(reverse("admin:articles_person_change", args=[p.pk]), p.name) for p in near[:3]],
        )
        told = format_html(
            "“{}” was saved. Did you mean {}? If they are one person, merge one into the other.",
            thing.name,
            links,
        )
        messages.warning(request, told)


class SaysWhoOverlaps:
    """Whoever saves a term of office is told of the others who held the office on some of its days.
    That may be so, and is kept."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if isinstance(obj, Membership):
            say_who_overlaps(request, obj)

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if formset.model is Membership:
            for term in [*formset.new_objects, *(term for term, _ in formset.changed_objects)]:
                say_who_overlaps(request, term)


def say_who_overlaps(request, term):
    through_time = holders(term.post.memberships.through_time())
    held = [row for row in through_time if isinstance(row, Holding) and row.term.pk == term.pk]
    if beside := [person.name for holding in held for person in holding.beside]:
        told = (
            f"“{term}” was saved, and overlaps with {get_text_list(beside, 'and')}. Two may have"
            " held it at once; if they did not, correct one of the terms."
        )
        messages.warning(request, told)


class FindsNearNames:
    """A person is found by a name in any capitals and accents, chosen by one that is near, too."""

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if found.exists() or not search_term.strip():
            return found, may_repeat
        found, may_repeat = super().get_search_results(request, queryset, fold(search_term))
        is_choice = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        if fold(search_term) and found.exists() or not is_choice:
            return found, may_repeat
        near = Person.objects.near(search_term, most=5)
        return queryset.filter(pk__in=[person.pk for person in near]), False


@admin.register(Person)
class PersonAdmin(SaysWhoIsNear, SaysWhoOverlaps, FindsNearNames, MergesPeople, Desk):
    list_display = ["name", "description", "born", "died"]
    search_fields = ["name", "slug", "folded_name", "other_names__name", "other_names__folded_name"]
    inlines = [OtherNameRows, MembershipRows]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Post)
class PostAdmin(SaysWhoOverlaps, Desk):
    list_display = ["label", "country", "role"]
    list_filter = ["role"]
    list_select_related = ["country"]
    search_fields = ["label", "slug", "country__name"]
    autocomplete_fields = ["country"]
    inlines = [MembershipRows]
    prepopulated_fields = {"slug": ["label"]}


@admin.register(OtherName)
class OtherNameAdmin(SaysWhoIsNear, Desk):
    list_display = ["name", "person", "kind", "script", "language", "valid_from", "valid_until"]
    list_filter = ["kind"]
    list_select_related = ["person"]
    search_fields = ["name", "folded_name", "person__name"]
    autocomplete_fields = ["person"]


@admin.register(Membership)
class MembershipAdmin(SaysWhoOverlaps, Desk):
    list_display = ["person", "post", "started", "ended", "is_acting"]
    list_select_related = ["person", "post"]
    search_fields = ["person__name", "post__label"]
    autocomplete_fields = ["person", "post"]
