"""The desk of articles."""

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from articles import dates, mentions, search
from articles.models import Article, Change, Mention, Reading, Source
from articles.models.publishing import STEPS

from .closing import Closes
from .closing_forms import MOST_WITHDRAWN
from .desk import Desk
from .pasting import Pastes
from .reasons import OfPublicStory, tell

MOST_SOURCES = 50  # beside the list; more are found by the source's own page


# What an editor asks beside a field, where the model says nothing of it.
HELP = {
    "headline": "As the source printed it.",
    "summary": "Two or three lines for lists. Where it is empty, lists show how the story begins.",
    "byline": "Who wrote it, as printed, without “by”.",
    "dateline": "Where it was written, as printed.",
    "source": "Who published it. Type its name, in any spelling.",
    "url": "Where the source published it: https://…",
    "countries": "All that the story is about. It stands on the page of every pair of them.",
    "people": "All whom the story names. The offices that they held follow from its date.",
    "topics": "What the story is about, as few as will do.",
    "usage_terms": "What the source allows, in its own words.",
    "retrieved_at": "When the text was taken from its source, in UTC.",
}


class SourceFilter(admin.SimpleListFilter):
    """Sources that have articles; a bounded list, whatever the archive holds."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request, model_admin):
        held = Exists(Article.objects.filter(source=OuterRef("pk")))
        named = Source.objects.filter(held).order_by("name")[:MOST_SOURCES]
        return [(source.slug, source.name) for source in named]

    def queryset(self, request, queryset):
        return queryset.filter(source__slug=self.value()) if self.value() else queryset


@admin.register(Article)
class ArticleAdmin(Pastes, Closes, Desk):
    list_display = ["headline", "source", "published", "status", "page"]
    list_filter = ["status", SourceFilter]
    list_select_related = ["source"]
    search_fields = ["headline"]
    search_help_text = (
        "Words of the story, “a phrase”, -without, headline:word. The last word may be the "
        "beginning of one in the headline."
    )
    autocomplete_fields = ["source", "countries", "people", "topics"]
    readonly_fields = [
        "date_in_words", "status", "withdrawal_reason", "import_ref", "version",
    ]  # fmt: skip
    actions = ["submit", "publish", "withdraw"]
    fieldsets = [
        ("Story", {"fields": ["headline", "summary", "body", "byline", "dateline", "language"]}),
        (
            "Source and date",
            {
                "fields": [
                    "source", "credit", "url", "published", "date_in_words", "published_note",
                ],
                "description": "The date as the source printed it. Where none is printed, leave it "
                "empty, or write the span that the text itself proves and say how it does.",
            },
        ),
        ("Who and where", {"fields": ["countries", "people", "topics"]}),
        ("Rights", {"fields": ["usage_terms", "retrieved_at"]}),
        ("Status", {"fields": ["status", "withdrawal_reason", "slug"]}),
        ("Record", {"fields": ["import_ref", "version"], "classes": ["collapse"]}),
    ]  # fmt: skip

    # What is shown

    def form_of(self, request, obj):
        return OfPublicStory if obj and obj.is_public else self.form_of_new(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, help_texts=HELP, **kwargs)

    @admin.display(description="in words")
    def date_in_words(self, article):
        return article.date_in_words if article.pk else "said when the story is saved"

    @admin.display(description="page")
    def page(self, article):
        address = article.get_absolute_url() if article.is_public else _preview(article)
        return format_html(
            '<a href="{}">{}</a>', address, "page" if article.is_public else "preview"
        )

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj and obj.is_public else None

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        try:
            query = search.parse(search_term, half_typed=True)
            return queryset.search(search.names().spelled(query)), False
        except search.QueryError:
            return queryset.none(), False

    # Who may do what

    def may(self, request, step):
        return request.user.has_perm(f"articles.{STEPS[step].permission}_article")

    has_submit_permission = Desk.has_change_permission

    def has_publish_permission(self, request):
        return self.may(request, "publish")

    def has_withdraw_permission(self, request):
        return self.may(request, "withdraw")

    def has_change_permission(self, request, obj=None):
        """What readers see is changed by those who may publish; what they no longer see, by those
        who may withdraw."""
        if not super().has_change_permission(request, obj):
            return False
        withdrawn = {"withdrawn": "withdraw", "merged": "withdraw"}
        needed = {"published": "publish", **withdrawn}.get(obj and obj.status)
        return needed is None or self.may(request, needed)

    # What is deleted: drafts, with what was said of their words

    def get_deleted_objects(self, objs, request):
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        own = Mention._meta.verbose_name
        protected = [one for one in protected if not one.startswith(f"{capfirst(own)}: ")]
        return deleted, counts, lacking - {own}, protected

    def delete_model(self, request, obj):
        obj.mentions.all().delete()
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        Mention.objects.filter(article__in=queryset).delete()
        super().delete_queryset(request, queryset)

    # The steps, by the buttons under the form and by actions on the list

    def _steps(self, request, article):
        article = article or Article()
        return [
            step
            for step in article.steps
            if step.name != "withdraw" and self.may(request, step.name)  # a page asks why
        ]

    def render_change_form(self, request, context, obj=None, **kwargs):
        context |= {
            "steps": self._steps(request, obj),
            "preview_url": obj and not obj.is_public and _preview(obj),
            "names_url": obj and _names_in(obj),
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        wanted = [step for step in STEPS.values() if f"_step_{step.name}" in request.POST]
        for step in wanted:
            if step not in self._steps(request, obj):
                raise PermissionDenied
            obj.take(step.name)
        super().save_model(request, obj, form, change)
        for step in wanted:
            is_again = step.name == "republish"  # with a reason of its own
            told = {"kind": Change.Kind.REPUBLICATION} if is_again else {"reason": step.why}
            tell(request, **told)
            self.message_user(request, f"“{obj}” was {step.done}.", messages.SUCCESS)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.was_restored(form.instance)

    def was_restored(self, article):
        """Its text may be another: then it is read anew."""
        if not Reading.objects.filter(article=article).exists():
            mentions.suggest([article.pk])

    def _take(self, request, queryset, step, reason=""):
        """Take a step with each; whatever cannot take it is named, and left as it is."""
        taken = 0
        for article in queryset:
            try:
                article.take(step, reason)
            except ValidationError as error:
                self.message_user(request, error.messages[0], messages.ERROR)
                continue
            with transaction.atomic():
                article.save(update_fields=["status", "withdrawal_reason"])
                self.log_change(
                    request, article, f"{STEPS[step].done.capitalize()}. {reason}".strip()
                )
            taken += 1
        if taken:
            told = f"{taken} article{'s'[: taken != 1]} {STEPS[step].done}."
            self.message_user(request, told, messages.SUCCESS)

    @admin.action(description="Submit the selected drafts for review", permissions=["submit"])
    def submit(self, request, queryset):
        tell(request, reason=STEPS["submit"].why)
        self._take(request, queryset, "submit")

    @admin.action(description="Publish the selected articles", permissions=["publish"])
    def publish(self, request, queryset):
        tell(request, reason=STEPS["publish"].why)
        self._take(request, queryset, "publish")

    @admin.action(description="Withdraw the selected articles …", permissions=["withdraw"])
    def withdraw(self, request, queryset):
        chosen = queryset.values_list("pk", flat=True)[: MOST_WITHDRAWN + 1]
        ids = "&".join(f"id={pk}" for pk in chosen)
        return HttpResponseRedirect(f"{reverse('admin:articles_article_withdraw')}?{ids}")

    # Pages of the desk's own

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("date-in-words/", view(self.say_date), name="articles_article_date"),
            *super().get_urls(),
        ]

    def say_date(self, request):
        """A date as it is being written, in words: {words, earliest, latest} or {error}."""
        text = request.GET.get("date", "").strip()
        try:
            known = dates.span(text)
        except ValueError as error:
            return JsonResponse({"error": str(error)})
        days = {"earliest": known.earliest, "latest": known.latest}
        return JsonResponse({"words": dates.in_words(text), **days})


def _names_in(article):
    """The list of what is suggested of its text, where there is anything."""
    if article.suggestions.exists():
        return f"{reverse('admin:articles_suggestion_changelist')}?story={article.pk}"
    return ""


def _preview(article):
    return reverse("article-preview", args=[quote(article.pk)])
