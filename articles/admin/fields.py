"""The fields of the desk's forms: chosen by typing, texts with their line ends kept.

What a stranger writes into a form is refused in words, never by a fault.
"""

import re

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from articles.models.fields import EDTFField

_ID = re.compile(r"\d{1,18}\Z", re.ASCII)


def is_id(value):
    return bool(_ID.match(str(value)))


class LinesField(forms.CharField):
    """Text of several lines. Browsers send CRLF; the archive keeps LF, and that is no change."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")

    def has_changed(self, initial, data):
        return super().has_changed(self.to_python(initial), self.to_python(data))


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


class DeskForm(forms.ModelForm):
    """What an editor did not touch stays as it was, to the byte: a space at the end of a text, a
    fraction of a second that no field shows."""

    def clean(self):
        super().clean()
        if self.instance.pk:
            for field in self.instance._meta.concrete_fields:
                if field.name in self.cleaned_data and field.name not in self.changed_data:
                    self.cleaned_data[field.name] = getattr(self.instance, field.name)


class Fields:
    """The fields of forms and of rows within them."""

    form = DeskForm
    formfield_overrides = {
        models.TextField: {"form_class": LinesField},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            # What a form started from is told by its token, not by hidden copies of fields.
            field.show_hidden_initial = False
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
