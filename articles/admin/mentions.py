"""The desk of names in texts: what detection suggests is confirmed or rejected, by the hundred."""

from django.contrib import admin, messages
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db.models import F, Q
from django.db.models.functions import Greatest, Substr
from django.urls import reverse
from django.utils.html import format_html

from articles import mentions, search
from articles.models import Article, Country, Mention, Person, Suggestion
from articles.models.country import AmbiguousCode

from .desk import Desk
from .fields import is_id
from .reasons import tell

MOST_AT_ONCE = 1000  # rows of the list judged by one action: it holds the lock for some seconds
NONE_LEFT = (
    "Nothing was done: what you chose is suggested no more. Somebody judged it meanwhile, or the"
    " story was changed."
)
_CLOSED = ["withdrawn", "merged"]
_AROUND = 60  # characters shown on each side of the words


class NamedFilter(admin.SimpleListFilter):
    """Countries or people."""

    title = "what is named"
    parameter_name = "of"

    def lookups(self, request, model_admin):
        return [("country", "a country"), ("person", "a person")]

    def queryset(self, request, queryset):
        named = {"country": Q(country__isnull=False), "person": Q(person__isnull=False)}
        return queryset.filter(named[self.value()]) if self.value() in named else queryset


class StoryFilter(admin.SimpleListFilter):
    """One story, as its form links here: ?story=12."""

    title = "story"
    parameter_name = "story"

    def lookups(self, request, model_admin):
        asked = request.GET.get(self.parameter_name)
        if asked is None:
            return []  # then the filter is not shown
        story = Article.objects.filter(pk=asked).first() if is_id(asked) else None
        return [(asked, story.headline if story else "no such story")]

    def queryset(self, request, queryset):
        return queryset.filter(article=self.value()) if is_id(self.value()) else queryset.none()


class Namings(Desk):
    """What both lists have: they are judged, never written by hand."""

    search_help_text = "A country, a person, or words of the story."
    search_fields = ["text"]
    list_per_page = 100

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        """With what stands around the words: a text may have a million letters, and be on the list
        a hundred times."""
        begin = Greatest(F("start") - _AROUND, 0)
        around = Substr("article__body", begin + 1, F("end") + _AROUND - begin)
        related = super().get_queryset(request).select_related("article", "country", "person")
        return related.defer("article__body", "article__original").annotate(around=around)

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        if not term:
            return queryset, False
        if (named := _named(term)) is not None:
            return queryset.filter(named), False
        try:
            stories = Article.objects.search(search.parse(term))
        except search.QueryError:
            return queryset.none(), False
        return queryset.filter(article__in=stories.values("pk")), False

    @admin.display(description="names", ordering="country")
    def names(self, naming):
        return format_html('<a href="{}">{}</a>', naming.named.get_absolute_url(), naming.named)

    @admin.display(description="in these words")
    def words(self, naming):
        at = min(naming.start, _AROUND)
        before, rest = naming.around[:at], naming.around[at:]
        length = naming.end - naming.start
        if rest[:length] != naming.text:
            return format_html("<mark>{}</mark> (no longer there)", naming.text)
        return format_html("<bdi>…{}<mark>{}</mark>{}…</bdi>", before, naming.text, rest[length:])

    @admin.display(description="story", ordering="article")
    def story(self, naming):
        address = reverse("admin:articles_article_change", args=[naming.article_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, naming.article.headline)


def _named(term):
    """A condition, where the term names one country or one person."""
    for model, name in ((Country, "country"), (Person, "person")):
        try:
            return Q(**{name: model.objects.resolve(term)})
        except (ObjectDoesNotExist, MultipleObjectsReturned, AmbiguousCode):
            continue
    return None


@admin.register(Suggestion)
class SuggestionAdmin(Namings):
    """A row is all that one story says of one country or person, told by the first words."""

    list_display = ["words", "names", "kind", "times", "why", "story"]
    list_display_links = None
    list_filter = [NamedFilter, "kind", StoryFilter]
    ordering = ["-article", "start", "pk"]
    actions = ["confirm", "reject"]

    def get_queryset(self, request):
        """What is said of a story changes it: of a closed one, who may withdraw alone."""
        first = super().get_queryset(request).filter(times__gt=0)
        may_change_all = request.user.has_perm("articles.withdraw_article")
        return first if may_change_all else first.exclude(article__status__in=_CLOSED)

    def has_change_permission(self, request, obj=None):
        return False

    def has_judge_permission(self, request):
        return request.user.has_perms(["articles.change_suggestion", "articles.publish_article"])

    @admin.action(description="Confirm: the story names it", permissions=["judge"])
    def confirm(self, request, queryset):
        self._judge(request, queryset, mentions.confirm, "confirmed")

    @admin.action(description="Reject: the story does not name it", permissions=["judge"])
    def reject(self, request, queryset):
        self._judge(request, queryset, mentions.reject, "rejected")

    def _judge(self, request, queryset, judge, done):
        is_more = queryset[MOST_AT_ONCE : MOST_AT_ONCE + 1].exists()
        number = judge(queryset[:MOST_AT_ONCE], request.user.get_username())
        tell(request, reason=f"Names in texts {done} at the desk")
        if number:
            self.message_user(request, f"{number:,} {done}.", messages.SUCCESS)
        else:
            self.message_user(request, NONE_LEFT, messages.WARNING)
        if is_more:
            told = f"At most {MOST_AT_ONCE:,} at once: do the same again for the others."
            self.message_user(request, told, messages.WARNING)


@admin.register(Mention)
class MentionAdmin(Namings):
    """What was said; it may be said otherwise."""

    list_display = ["words", "names", "kind", "status", "said_by", "story", "is_lost"]
    list_filter = ["status", "is_lost", NamedFilter, "kind", StoryFilter]
    ordering = ["-pk"]
    fields = ["words", "names", "kind", "why", "story", "status", "said_by", "is_lost"]
    readonly_fields = [name for name in fields if name != "status"]

    def save_model(self, request, obj, form, change):
        obj.said_by = request.user.get_username()
        super().save_model(request, obj, form, change)
        if obj.status == Mention.Status.CONFIRMED:
            mentions.link([obj])
        elif "status" in form.changed_data:
            told = "The story is still linked to {}, if it was: its form takes that away."
            self.message_user(request, told.format(obj.named), messages.WARNING)
