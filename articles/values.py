"""What the values of a list's parameters are read as: fields of the form in `filters`.

A value that is unknown or malformed raises ValidationError with a sentence for the reader.
"""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list

from . import dates, search
from .models import Country, Person, Post, Source, Topic
from .models.country import AmbiguousCode

MAX_VALUES = 50
MAX_ERRORS = 5  # told at once of one parameter; each may cost a look for near names
MAX_LENGTH = 200


def _is_plain(text):
    # Persian names are written with zero-width joiners, which Python calls unprintable.
    return text.replace("\u200c", "").replace("\u200d", "").isprintable()


class ManyField(forms.Field):
    """A repeatable parameter; `resolve` takes a value to its object, or raises ValidationError.

    Cleaned it is {value as written: its object}. What `names` (the Directory) has under `kept` by
    the very word of its address is not looked up.
    """

    names = None

    widget = forms.SelectMultiple  # which reads all values of a parameter, not the last alone

    def __init__(self, *, resolve, kept=None, **kwargs):
        self.resolve, self.kept = resolve, kept
        super().__init__(**kwargs)

    def _known(self, text):
        if self.kept is None or len(text) < 4:  # shorter words may be codes as well
            return None
        return getattr(self.names, self.kept).by_slug.get(text)

    def clean(self, value):
        values = list(dict.fromkeys(v.strip() for v in value or [] if v.strip()))
        if len(values) > MAX_VALUES:
            raise ValidationError(f"At most {MAX_VALUES} values; these are {len(values)}.")
        found, errors = {}, []
        for text in values:
            try:
                if len(text) > MAX_LENGTH or not _is_plain(text):
                    raise ValidationError(
                        f"A value is at most {MAX_LENGTH} printable characters long."
                    )
                found[text] = self._known(text) or self.resolve(text)
            except ValidationError as error:
                errors.append(error)
                if len(errors) == MAX_ERRORS:
                    break
        if errors:
            raise ValidationError(errors)
        return found


def country(code):
    try:
        return Country.objects.resolve(code)
    except AmbiguousCode as error:
        raise ValidationError(str(error)) from None
    except Country.DoesNotExist:
        near = Country.objects.suggestions(code)
        hint = f" Did you mean {get_text_list([c.name for c in near], 'or')}?" if near else ""
        message = f"No country has the name or code “{code}”.{hint}"
        raise ValidationError(message) from None


def person(name):
    """The Person of a slug, or of a name as a search understands it."""
    try:
        return Person.objects.resolve(name)
    except Person.DoesNotExist:
        found = Person.objects.filter(pk__in=search.names().bearing(name))[:2]
    except Person.MultipleObjectsReturned:
        found = [None, None]
    if len(found) == 1:
        return found[0]
    message = f"No person of the name “{name}” is recorded here."
    if found:
        message = f"Several people bear the name “{name}”. Write the word in the page’s address."
    raise ValidationError(message)


def _by_name(model, noun):
    def resolve(name):
        try:
            return model.objects.resolve(name)
        except model.DoesNotExist:
            message = f"No {noun} of the name “{name}” is recorded here."
            raise ValidationError(message) from None

    return resolve


source = _by_name(Source, "source")
office = _by_name(Post, "office")


def topic(slug):
    try:
        return Topic.objects.get(slug=slug)
    except Topic.DoesNotExist:
        raise ValidationError(f"No topic has the address “{slug}” here.") from None


def language(tag):
    if tag.lower() not in search.everything().tags():
        raise ValidationError(f"Nothing here is in a language “{tag}”. Write it as en, az, fa.")
    return tag.lower()


class QueryField(forms.CharField):
    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return search.parse(text)
        except search.QueryError as error:
            raise ValidationError(str(error)) from None


class DayField(forms.CharField):
    """`2023`, `2023-07` or `2023-07-03`, as (text, Span)."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return text, dates.plain_span(text)
        except ValueError as error:
            hint = "Write a year, a month or a day: 2023, 2023-07, 2023-07-03."
            raise ValidationError(f"{error} {hint}") from None


class ListForm(forms.Form):
    def __init__(self, data, names):
        super().__init__(data)
        self.names = names
        for field in self.fields.values():
            field.names = names

    def clean(self):
        values = super().clean()
        for name in ("q", "exact", "uncertain", "suggested", "since", "until", "order", "facets"):
            if len(set(self.data.getlist(name))) > 1 and name not in self.errors:
                self.add_error(name, "Write this once: it was given several times.")
        since, until = values.get("since"), values.get("until")
        if since and until and since[1].earliest > until[1].latest:
            self.add_error("until", f"{until[0]} is before {since[0]}, where the list begins.")
        if values.get("q") and values.get("exact"):
            values["q"] = replace(values["q"], is_exact=True)
        elif values.get("q"):
            values["q"] = self.names.spelled.spelled(values["q"])
        if values.get("order") == "relevance" and not values.get("q") and "q" not in self.errors:
            self.add_error("order", "Relevance needs words to search for.")
        return values
