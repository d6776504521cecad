"""Model fields of the archive: dates with bounds, lists of strings."""

import json

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from articles import dates, languages


def edtf_validator(value):
    try:
        dates.span(value)
    except ValueError as error:
        raise ValidationError(str(error), code="edtf") from None


def list_of_strings(value):
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValidationError('A list of strings: ["Azerbaijani", "Azeri"].', code="list")


class _EDTFDescriptor(DeferredAttribute):
    """Sets the two days whenever the date is set, so that every instance has them right."""

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value
        try:
            columns = self.field.columns_of(value or "")
        except (ValueError, TypeError):
            columns = self.field.columns_of("")  # validation and saving refuse it by name
        for name, day in columns.items():
            setattr(instance, name, day)


class EDTFField(models.CharField):
    """A date as it was written (EDTF or an ISO 8601 instant; see `articles.dates`), `""` for none.

    The model declares `<name>_earliest` and `<name>_latest` (`BoundField`) *before* this field;
    they follow it on every assignment, `loaddata` and `bulk_create()` included. `update()` sets
    columns one by one and must be given all three (`written`).

    `proving` names the day, earliest or latest, from which something follows: of a date that is
    itself doubted (`2020?`) it is not known.
    """

    descriptor_class = _EDTFDescriptor
    default_validators = [edtf_validator]
    description = "EDTF date"

    def __init__(self, *args, proving="", **kwargs):
        self.proving = proving
        kwargs.setdefault("max_length", dates.MAX_LENGTH)
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def columns_of(self, value):
        """{name: day or None} of the two columns beside one that holds this date."""
        known = dates.span(value)
        days = {"earliest": known.earliest, "latest": known.latest}
        if known.is_doubted and self.proving:
            days[self.proving] = None
        return {f"{self.name}_{end}": day for end, day in days.items()}

    def written(self, value):
        """All three columns: `QuerySet.update(**Article.published.field.written("2023"))`."""
        return {self.name: value, **self.columns_of(value)}

    def to_python(self, value):
        value = super().to_python(value)
        if value:
            edtf_validator(value)
        return value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        if isinstance(value, str) and value:
            edtf_validator(value)
        return value


class BoundField(models.DateField):
    """The earliest or latest day that an EDTF field beside it allows; null where unknown."""

    def __init__(self, *args, **kwargs):
        kwargs.update(null=True, blank=True, editable=False)
        super().__init__(*args, **kwargs)


class _AsWritten(json.JSONEncoder):
    """Letters as they are: `\\u0259` for ə would make a list six times as long, on SQLite only."""

    def __init__(self, **options):
        super().__init__(**{**options, "ensure_ascii": False})


class LanguageField(models.CharField):
    """A language by its BCP 47 tag."""

    default_validators = [
        RegexValidator(
            languages.FORM,
            "A BCP 47 tag: letters and digits in groups of up to eight, as en or zh-Hant.",
        )
    ]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 35)
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        kwargs.setdefault("help_text", "BCP 47: en, az, fa")
        super().__init__(*args, **kwargs)


class StringListField(models.JSONField):
    """A list of strings."""

    default_validators = [list_of_strings]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("encoder", _AsWritten)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


def stay_as(instance, held):
    """Give every column of an instance that is about to be saved the value of the row it has."""
    for field in instance._meta.concrete_fields:
        setattr(instance, field.attname, getattr(held, field.attname))


class Dated(models.Model):
    """A model with EDTF fields: a date that is saved or validated takes its two days along.

    `derived` names other columns that no form shows and whose constraints hold all the same.
    """

    derived = ()

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is not None:
            dated = [f.name for f in self._meta.fields if isinstance(f, EDTFField)]
            days = [f"{n}_{end}" for n in dated for end in ("earliest", "latest")]
            update_fields = {
                *update_fields,
                *(day for day in days if day.rsplit("_", 1)[0] in update_fields),
            }
        super().save(*args, update_fields=update_fields, **kwargs)

    def validate_constraints(self, exclude=None):
        derived = {f.name for f in self._meta.fields if isinstance(f, BoundField)}
        derived.update(self.derived)
        super().validate_constraints(exclude=set(exclude or ()) - derived)
