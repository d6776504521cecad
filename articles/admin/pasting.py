"""The desk's page "New from agency text": a story is pasted, and its form comes back filled.

Nothing is saved until the editor saves that form, which is the ordinary one of a new article. The
text goes along with it, is kept as it was pasted, and gives the story the reference that an import
of it would give. Nor is anything lost: whoever was signed out meanwhile, or whose page is too old
to be trusted, is shown what they sent.
"""

import copy

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.middleware.csrf import CsrfViewMiddleware
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from articles.importing import rows
from articles.importing.pasting import pasted
from articles.importing.records import LISTS
from articles.models import Source

from .fields import DeskForm
from .reading import Reading

TEXT = "_pasted"  # of the filled form: the text from which it was filled
STALE = (
    "Nothing was saved, and nothing is lost: you signed in anew, or the page was old, so nobody can"
    " be sure that it was you who sent it. Look at it, and send it again."
)
TOO_LARGE = (
    "What was sent is larger than a form may be, so nothing of it was read. Go back in the browser:"
    " the text is there. Paste one story alone, or import it as a file."
)


class PasteForm(forms.Form):
    text = forms.CharField(
        label="The text",
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 24, "dir": "auto", "spellcheck": "false"}),
        help_text="The whole story as the agency’s page shows it: the headline on the first line,"
        " then the paragraphs; a last line “Source: NAME” if there is one.",
        error_messages={"required": "There is no text. Paste the story: its headline first."},
    )
    source = forms.CharField(
        label="Source",
        required=False,
        max_length=200,
        widget=AdminTextInputWidget,
        help_text="Who published it, in any spelling, if the text does not name it.",
    )
    url = forms.URLField(
        label="Original address",
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=AdminTextInputWidget(attrs={"inputmode": "url"}),
        help_text="Where the source published it: https://…",
    )
    retrieved_at = forms.DateTimeField(
        label="Date of retrieval",
        required=False,
        input_formats=["%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=AdminTextInputWidget,
        help_text="When the text was taken from there, in UTC: 2026-03-14 09:30, or the day alone.",
        error_messages={"invalid": "Write a day, 2026-03-14, or with the time, 2026-03-14 09:30."},
    )

    use_required_attribute = False  # what is wrong is said in words, with the text kept

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].validators = []  # `pasted` says what is wrong, and where

    def clean_text(self):
        try:
            return pasted.read(self.cleaned_data["text"])
        except pasted.PasteError as error:
            raise ValidationError(list(error.faults)) from None

    def clean_source(self):
        name = self.cleaned_data["source"]
        try:
            return Source.objects.resolve(name) if name else None
        except Source.DoesNotExist:
            raise ValidationError(
                f"No source is called “{name}”. Leave it empty, or add the source first."
            ) from None


class FromText(DeskForm):
    """A new article, with the text from which it was made."""

    reading = None

    def clean(self):
        super().clean()
        self.instance.original = self.reading.pasted.original
        self.instance.import_ref = self.reading.pasted.import_ref


class _Noting(CsrfViewMiddleware):
    """Notes what it would refuse: the page answers that itself, and saves nothing."""

    def _reject(self, request, reason):
        request.is_stale = True


class Pastes:
    """The desk of articles, with that page."""

    def get_urls(self):
        page = csrf_exempt(never_cache(decorator_from_middleware(_Noting)(self._paste_page)))
        return [
            path("paste/", self._readable(page), name="articles_article_paste"),
            *super().get_urls(),
        ]

    def _readable(self, page):
        @csrf_exempt
        def view(request):
            try:
                request.POST  # noqa: B018 (read here, so that it is refused here)
            except RequestDataTooBig:
                return self._show_paste(request, PasteForm(), 413, error=TOO_LARGE)
            return page(request)

        return view

    def _paste_page(self, request):
        if not self.admin_site.has_permission(request):
            return self._signed_out(request)
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._show_paste(request, PasteForm())
        is_stale = getattr(request, "is_stale", False)
        if TEXT in request.POST:
            return self._filled_form_came_back(request, is_stale)
        form = PasteForm(request.POST)
        if is_stale or not form.is_valid():
            return self._show_paste(request, form, *([403, STALE] if is_stale else []))
        return self._show_filled(request, form.cleaned_data)

    def _show_paste(self, request, form, status=200, error=""):
        context = {
            **self.admin_site.each_context(request),
            "title": "New from agency text",
            "opts": self.opts,
            "form": form,
            "error": error,
            "may_add_sources": request.user.has_perm("articles.add_source"),
        }
        return TemplateResponse(request, "admin/pasting/paste.html", context, status=status)

    def _show_filled(self, request, sent):
        """The form of a new article as the text fills it; it is only shown."""
        asked = copy.copy(request)
        asked.method = "GET"
        asked.reading = Reading(sent["text"], sent["source"])
        given = {name: sent[name] for name in ("url", "retrieved_at") if sent[name]}
        asked.filled = asked.reading.initial | given
        return self._changeform_view(asked, None, request.path, _TITLE)

    def _filled_form_came_back(self, request, is_stale):
        try:
            request.reading = Reading(pasted.read(request.POST[TEXT]))
        except pasted.PasteError as error:  # it was read before: somebody wrote into it
            return self._show_paste(
                request, PasteForm({"text": request.POST[TEXT]}), 400, str(error)
            )
        if not is_stale:
            return self.changeform_view(request, None, request.path, _TITLE)
        request.checked_form = self._checked(request, None)
        request.checked_form.add_error(None, STALE)  # so it is not saved
        answer = self._changeform_view(request, None, request.path, _TITLE)
        answer.status_code = 403
        return answer

    def _signed_out(self, request):
        sent = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "text")
        ]
        text = request.POST.get("text") or request.POST.get(TEXT)
        if not text:
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        context = {
            **self.admin_site.each_context(request),
            "title": "You are signed out",
            "sent": sent,
            "name": "text" if "text" in request.POST else "",
            "text": text,
            "sign_in_url": f"{reverse('admin:login')}?next={reverse('admin:index')}",
        }
        return TemplateResponse(request, "admin/pasting/signed_out.html", context, status=403)

    # The form that is filled

    def form_of_new(self, request):
        reading = getattr(request, "reading", None)
        return type("FromText", (FromText,), {"reading": reading}) if reading else DeskForm

    def get_changeform_initial_data(self, request):
        filled = getattr(request, "filled", None)
        return super().get_changeform_initial_data(request) if filled is None else filled

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj is None and (reading := getattr(request, "reading", None)):
            context |= {
                "reading": reading,
                "text_name": TEXT,
                "may_add_sources": request.user.has_perm("articles.add_source"),
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        if isinstance(form, FromText):
            links = {name: form.cleaned_data[name] for name in LISTS}
            obj.import_digest = rows.digest_with(obj, links)
        super().save_model(request, obj, form, change)


_TITLE = {"title": "New from agency text"}
