"""What is asked before a story is withdrawn, a duplicate merged, or words removed: always why."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.urls import resolve
from django.urls.exceptions import Resolver404

from articles.integrity import redaction
from articles.models import Article

from .fields import LinesField, is_id

MOST_WITHDRAWN = 100  # at once: a page of the list
LONGEST = 2000  # of a reason


class _Reason(forms.Form):
    reason = LinesField(
        label="The reason, as readers are told it",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "cols": 80, "class": "vLargeTextField"}),
        error_messages={"required": "Readers are told why: write the reason."},
    )

    use_required_attribute = True


class WithdrawForm(_Reason):
    def __init__(self, articles, *args, **kwargs):
        self.articles = articles
        super().__init__(*args, **kwargs)

    def clean(self):
        if not self.articles:
            raise ValidationError("No article was chosen.")
        if len(self.articles) > MOST_WITHDRAWN:
            raise ValidationError(f"At most {MOST_WITHDRAWN} articles are withdrawn at once.")


class MergeForm(_Reason):
    into = forms.CharField(
        label="Merge into",
        max_length=500,
        help_text="Its number, or its address: 17, /a/17/, ministers-meet-in-baku.",
        widget=forms.TextInput({"class": "vTextField"}),
    )
    field_order = ["into", "reason"]

    def __init__(self, thing, end_of, *args, **kwargs):
        self.thing, self.end_of = thing, end_of
        super().__init__(*args, **kwargs)

    def clean_into(self):
        found = _named(type(self.thing), self.cleaned_data["into"])
        if found is None:
            raise ValidationError("Nothing here has this number or address.")
        return self.end_of(self.thing, found)


class RedactForm(_Reason):
    words = LinesField(
        label="Words to be removed",
        required=False,
        max_length=5000,
        help_text="Exactly as they stand in the text, capitals too; at least 3 characters.",
        widget=forms.Textarea({"rows": 3, "cols": 80, "class": "vLargeTextField"}),
    )
    whole = forms.BooleanField(
        label="The whole text: summary, body, and the evidence for the date", required=False
    )
    address = forms.BooleanField(
        label="Where the address bears the words, change it; the old one leads nowhere then",
        required=False,
    )
    field_order = ["words", "whole", "address", "reason"]

    def __init__(self, article, *args, **kwargs):
        self.article = article
        super().__init__(*args, **kwargs)

    def clean(self):
        values = super().clean()
        if not self.errors:
            order = redaction.Order(values["words"], values["whole"], values["address"])
            values["order"], values["reason"] = redaction.check(
                self.article, order, values["reason"]
            )
        return values


def _named(model, text):
    """What has this number, slug or address of the site."""
    text = text.strip().removeprefix("#")
    if "/" in text:
        try:
            found = resolve(urlsplit(text).path)
        except (Resolver404, ValueError):
            return None
        names = ("slug", "pk", "object_id")
        text = next((str(found.kwargs[name]) for name in names if name in found.kwargs), "")
    named = model.objects.filter(slug=text).first()
    if named is None and model is Article:
        named = Article.objects.filter(former_slugs__slug=text).first()
    return named or (model.objects.filter(pk=text).first() if is_id(text) else None)
