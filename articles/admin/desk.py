"""What every form and list of the desk has in common.

Choices are made by typing (no dropdown over a table), dates are echoed in words, texts keep their
line ends, and what a stranger writes into an address or a form is refused in words.
"""

import re
from contextlib import nullcontext

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, models
from django.urls import reverse

from articles import integrity
from articles.models import why_kept
from articles.models.fields import EDTFField

_ID = re.compile(r"\d{1,18}\Z", re.ASCII)


def is_id(value):
    return bool(_ID.match(str(value)))


def one_change(request, reason="At the desk"):
    """What a request changes is one change, by who is signed in."""
    if request.method != "POST":
        return nullcontext()
    return integrity.change(request.user.get_username(), reason)


class LinesField(forms.CharField):
    """Text of several lines. Browsers send CRLF; the archive keeps LF, and that is no change."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")

    def has_changed(self, initial, data):
        return super().has_changed(initial, self.to_python(data))


class _OnlyIds:
    """Shown again after an error, a choice that was none is left out."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [one for one in value if is_id(one)], attr)


class ChooseOne(_OnlyIds, AutocompleteSelect):
    pass


class ChooseMany(_OnlyIds, AutocompleteSelectMultiple):
    pass


class OneField(forms.ModelChoiceField):
    def to_python(self, value):
        if value not in self.empty_values and not (is_id(value) or hasattr(value, "pk")):
            raise ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
            )
        return super().to_python(value)


class ManyField(forms.ModelMultipleChoiceField):
    def _check_values(self, value):
        for one in value:
            if not is_id(one):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": one}
                )
        return super()._check_values(value)


class _Fields:
    """The fields of forms and inlines."""

    formfield_overrides = {
        models.TextField: {"form_class": LinesField},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, EDTFField) and field:
            # static/desk.js says there in words what is being written
            field.widget.attrs["data-edtf"] = reverse("admin:articles_article_date")
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["form_class"] = OneField
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChooseOne(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["form_class"] = ManyField
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChooseMany(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class Rows(_Fields, admin.TabularInline):
    """Rows of another model within a form."""

    extra = 0


class Desk(_Fields, admin.ModelAdmin):
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each is a count over the whole table
    list_per_page = 50

    class Media:
        js = ["desk.js"]

    def lookup_allowed(self, lookup, value, request):
        """Only what the filters beside the list ask; a regex or a year 0 breaks the database."""
        filters = self.get_list_filter(request)
        return lookup in {getattr(f, "parameter_name", None) or f"{f}__exact" for f in filters}

    def changeform_view(self, request, *args, **kwargs):
        """When another editor took the address or the reference between the check of a form and
        its saving, the form is checked again: it then takes another address, or says what is wrong.
        """
        with one_change(request):
            try:
                return super().changeform_view(request, *args, **kwargs)
            except IntegrityError:
                return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        with one_change(request):
            return super().delete_view(request, *args, **kwargs)

    def changelist_view(self, request, *args, **kwargs):
        with one_change(request):  # by an action
            return super().changelist_view(request, *args, **kwargs)

    def get_changeform_initial_data(self, request):
        """What the address prefills, but for what its field would refuse."""
        initial = super().get_changeform_initial_data(request)
        fields = self.get_form(request)().fields
        return {
            name: value
            for name, value in initial.items()
            if name in fields and _is_accepted(fields[name], value)
        }

    def response_action(self, request, queryset):
        if not all(map(is_id, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest("A selected row is named by a number.")
        return super().response_action(request, queryset)

    def get_deleted_objects(self, objs, request):
        """What articles name is not deleted: their links to it would vanish without a word."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [*protected, *filter(None, map(self.kept_by, objs))]

    def kept_by(self, thing):
        """Why a thing cannot be deleted, or None."""
        why = why_kept(thing)
        return f"{thing}: {why}" if why else None


def _is_accepted(field, value):
    try:
        field.clean(value)
    except ValidationError:
        return False
    return True
