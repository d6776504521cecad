"""What every form and list of the desk has in common.

Choices are made by typing (no dropdown over a table), dates are echoed in words, texts keep their
line ends, and what a stranger writes into an address or a form is refused in words. Whoever changes
a thing says what it looked like to them (`tokens`): where it looks otherwise now, nothing is saved
and the page shows what both did (`conflict`).
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError
from django.utils.html import format_html
from django.utils.text import capfirst

from articles import integrity
from articles.models import Reading, Suggestion, why_kept
from articles.models.version import Kept

from . import conflict, history, tokens
from .fields import DeskForm, Fields, is_id
from .reasons import HEADING, WithReason, one_change, tell

GOES_ALONG = (Suggestion, Reading)


class Rows(Fields, admin.TabularInline):
    """Rows of another model within a form."""

    extra = 0
    max_num = 500

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, absolute_max=self.max_num, **kwargs)
        formset.deletion_widget = forms.CheckboxInput(attrs={"aria-label": "Delete"})
        return formset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Named for those who do not see the head of its column."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = str(field.label)
        return field


class SeenList(ChangeList):
    """Each row with its token."""

    def get_queryset(self, *args, **kwargs):
        return tokens.with_seen(super().get_queryset(*args, **kwargs))


class Desk(Fields, admin.ModelAdmin):
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each is a count over the whole table
    list_per_page = 50
    delete_confirmation_template = "admin/delete_one.html"
    delete_selected_confirmation_template = "admin/delete_several.html"

    class Media:
        js = ["desk.js"]

    @property
    def is_kept(self):
        return issubclass(self.model, Kept)

    def lookup_allowed(self, lookup, value, request):
        """Only what the filters beside the list ask; a regex or a year 0 breaks the database."""
        filters = self.get_list_filter(request)
        return lookup in {getattr(f, "parameter_name", None) or f"{f}__exact" for f in filters}

    # Why

    def form_of(self, request, obj):
        """The form that asks why, as far as that is asked."""
        return WithReason if self.is_kept and obj else DeskForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        checked = getattr(request, "checked_form", None)
        if checked and kwargs.get("fields"):  # asked for by the page, not for the names of fields
            return lambda *sent, **instance: checked
        return super().get_form(request, obj, change, form=self.form_of(request, obj), **kwargs)

    def get_fields(self, request, obj=None):
        asked = self.form_of(request, obj).declared_fields
        return [name for name in super().get_fields(request, obj) if name not in asked]

    def get_fieldsets(self, request, obj=None):
        form = self.form_of(request, obj)
        asked = list(form.field_order or form.declared_fields)
        shown = list(super().get_fieldsets(request, obj))
        if asked and self.has_change_permission(request, obj):
            shown.append((HEADING, {"fields": asked}))
        return shown

    def save_model(self, request, obj, form, change):
        if isinstance(form, WithReason):
            tell(request, **form.told())
        super().save_model(request, obj, form, change)

    # One form

    def _opened(self, request, object_id):
        """(the thing, what stands now of it, whether the request speaks of something else), or
        (None, [], False). On POST nobody else changes it until the request is over."""
        is_post = request.method == "POST"
        pk = unquote(object_id or "")
        now = tokens.of(self, pk, lock=is_post) if self.is_kept and is_id(pk) else []
        thing = self.get_object(request, pk) if now else None
        if thing is None:
            return None, [], False
        return thing, now, is_post and not tokens.is_current(tokens.read_from(request), now)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """When another editor took the address or the reference between the check of a form and
        its saving, the form is checked again: it then takes another address, or says what is wrong.
        """
        if "_saveasnew" in request.POST:
            object_id = None
        asked = (object_id, form_url, extra_context)
        request.checked_form = None
        request.checked_form = self._checked(request, object_id)
        try:
            return self._changed(request, *asked)
        except IntegrityError:
            request.checked_form = None
            return self._changed(request, *asked)

    def _changed(self, request, object_id, form_url, extra_context):
        with one_change(request):
            thing, now, is_stale = self._opened(request, object_id)
            if is_stale and self.has_change_permission(request, thing):
                request.checked_form = None
                return conflict.page(self, request, thing, now)
            told = {**(extra_context or {}), "token": tokens.write(now)}
            return super().changeform_view(request, object_id, form_url, told)

    def _checked(self, request, object_id):
        """The form that was sent, checked while others may still write: on SQLite there is one
        writer at a time, and to check a story takes longer than to save it. None where there is
        nothing to check. What others change meanwhile, the token tells, or the database."""
        if request.method != "POST":
            return None
        thing = self.get_object(request, unquote(object_id)) if object_id else None
        is_change = thing is not None
        if object_id and not (is_change and self.has_change_permission(request, thing)):
            return None
        fields = flatten_fieldsets(self.get_fieldsets(request, thing))
        form_class = self.get_form(request, thing, is_change, fields=fields)
        form = form_class(request.POST, request.FILES, instance=thing)
        form.is_valid()
        return form

    def delete_view(self, request, object_id, extra_context=None):
        with one_change(request, "Deleted at the desk"):
            thing, now, is_stale = self._opened(request, object_id)
            if is_stale and self.has_delete_permission(request, thing):
                seen = tokens.read_from(request)
                return conflict.refusal(self, request, seen, now, request.get_full_path())
            told = {**(extra_context or {}), "token": tokens.write(now)}
            return super().delete_view(request, object_id, told)

    def history_view(self, request, object_id, extra_context=None):
        with one_change(request):
            thing, now, is_stale = self._opened(request, object_id)
            if thing is None:
                return super().history_view(request, object_id, extra_context)
            return history.page(self, request, thing, now, is_stale)

    def was_restored(self, thing):
        """An old version of a thing stands again."""

    # The list

    def get_changelist(self, request, **kwargs):
        return SeenList if self.is_kept else super().get_changelist(request, **kwargs)

    def action_checkbox(self, obj):
        seen = getattr(obj, "seen", "")
        hidden = format_html('<input type="hidden" name="{}" value="{}">', tokens.ROWS, seen)
        return super().action_checkbox(obj) + hidden

    def changelist_view(self, request, extra_context=None):
        with one_change(request):  # by an action
            told = {**(extra_context or {}), "list_token": integrity.state()}
            return super().changelist_view(request, told)

    def response_action(self, request, queryset):
        """What was chosen is what the list showed, or nothing is done."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(map(is_id, chosen)):
            raise BadRequest("A selected row is named by a number.")
        if self.is_kept:
            is_all = request.POST.get("select_across") == "1"
            shown = tokens.read(",".join(request.POST.getlist(tokens.ROWS)))
            ids = set(queryset.values_list("pk", flat=True)) if is_all else set(map(int, chosen))
            now = tokens.of_rows(self.model, ids, lock=True)
            seen = [one for one in shown if one.row in ids]
            is_stale = (
                request.POST.get(tokens.LIST) != integrity.state()
                if is_all
                else not tokens.is_current(seen, now)
            )
            if is_stale:
                back = request.get_full_path()
                return conflict.refusal(self, request, now if is_all else seen, now, back)
        return super().response_action(request, queryset)

    # What a stranger writes

    def get_changeform_initial_data(self, request):
        """What the address prefills, but for what its field would refuse."""
        initial = super().get_changeform_initial_data(request)
        fields = self.get_form(request)().fields
        return {
            name: value
            for name, value in initial.items()
            if name in fields and _is_accepted(fields[name], value)
        }

    def get_deleted_objects(self, objs, request):
        """What articles name is not deleted: their links to it would vanish without a word. What a
        program alone thinks goes along, and nobody has to be told of it."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        for model in GOES_ALONG:
            counts.pop(model._meta.verbose_name_plural, None)
            lacking.discard(model._meta.verbose_name)
            deleted = _without(deleted, f"{capfirst(model._meta.verbose_name)}: ")
        return deleted, counts, lacking, [*protected, *filter(None, map(self.kept_by, objs))]

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and getattr(obj, "is_deletable", True)

    def kept_by(self, thing):
        """Why a thing cannot be deleted, or None."""
        if not getattr(thing, "is_deletable", True):
            return f"{thing}: {thing.get_status_display()}; {thing.why_not_deletable}"
        why = why_kept(thing)
        return f"{thing}: {why}" if why else None


def _without(told, beginning):
    """The nested list of what is deleted, but for what begins so."""
    return [
        _without(one, beginning) if isinstance(one, list) else one
        for one in told
        if isinstance(one, list) or not one.startswith(beginning)
    ]


def _is_accepted(field, value):
    try:
        field.clean(value)
    except ValidationError:
        return False
    return True
