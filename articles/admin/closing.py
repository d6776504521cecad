"""The desk's pages that close something: withdraw, merge, redact. Each asks why.

Withdrawing is for chiefs (`withdraw_article`), and so is merging articles; people are merged by
those who edit them (`change_person`). Removing words for good is a permission of its own
(`redact_article`), which chiefs have.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from articles.integrity import merging, redaction
from articles.models import Article, Change, Person

from . import conflict, tokens
from .closing_forms import MOST_WITHDRAWN, MergeForm, RedactForm, WithdrawForm
from .fields import is_id
from .reasons import one_change, tell


class Pages:
    """Pages of a ModelAdmin that ask, show what would be done, and do it when confirmed."""

    def _thing(self, object_id):
        found = is_id(object_id) and self.model.objects.filter(pk=object_id).first()
        if not found:
            raise Http404
        return found

    def _show(self, request, template, title, thing, status=200, **context):
        back = f"admin:articles_{self.opts.model_name}"
        return TemplateResponse(
            request,
            f"admin/closing/{template}.html",
            {
                **self.admin_site.each_context(request),
                "title": title,
                "opts": self.opts,
                "thing": thing,
                "list_url": reverse(f"{back}_changelist"),
                "cancel_url": reverse(f"{back}_change", args=[thing.pk])
                if thing
                else reverse(f"{back}_changelist"),
                **context,
            },
            status=status,
        )

    def _done(self, request, thing, told, logged, leads_to=None):
        self.log_change(request, thing, logged)
        self.message_user(request, told, messages.SUCCESS)
        target = leads_to or thing
        name = f"admin:articles_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[target.pk]))


class Merges(Pages):
    """The page that merges a thing into another of its kind."""

    def get_urls(self):
        name = f"articles_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(self.merge_page)
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and self.has_merge_permission(request) and self.is_mergeable(obj):
            name = f"admin:articles_{self.opts.model_name}_merge"
            context["merge_url"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def merge_page(self, request, object_id):
        """Asks into what and why, shows what that would do, and does it."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        thing = self._thing(object_id)
        sent = request.POST if request.method == "POST" else None
        form = MergeForm(thing, self.end_of_merger, sent)
        if not (request.method == "POST" and form.is_valid()):
            return self._show(request, "merge", f"Merge “{thing}” into another", thing, form=form)
        target, reason = form.cleaned_data["into"], form.cleaned_data["reason"]
        status = 200
        if "confirmed" in request.POST:
            try:
                return self._merge(request, thing, target, reason)
            except ValidationError as error:  # somebody was quicker
                form.add_error(None, error)
                status = 409
        token = tokens.write(tokens.of_rows(self.model, [thing.pk, target.pk]))
        effects = self.effects_of_merger(thing, target)
        return self._show(
            request, "merge", f"Merge “{thing}” into another", thing,
            status, form=form, target=target, effects=effects, token=token,
        )  # fmt: skip

    def _merge(self, request, thing, target, reason):
        seen = tokens.versions(tokens.read_from(request))
        left = self.merge(thing, target, request.user.get_username(), reason, seen)
        for words, why in left:
            told = f"Words of “{words.event}” stayed with the duplicate, as {why}: “{words}”"
            self.message_user(request, told, messages.WARNING)
        told = f"“{thing}” was merged into “{target}”."
        return self._done(request, thing, told, f"Merged into {target}. {reason}", target)


class MergesPeople(Merges):
    end_of_merger = staticmethod(merging.person_to_merge_into)

    def has_merge_permission(self, request):
        return request.user.has_perm("articles.change_person")

    def is_mergeable(self, person):
        return not person.merged_into_id

    def has_change_permission(self, request, obj=None):
        """A duplicate only leads elsewhere."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def effects_of_merger(self, person, target):
        moved = (
            (person.articles.count(), "articles", "will name the other"),
            (person.parties.count(), "parties to events", "will name the other"),
            (
                person.memberships.count(),
                "terms of office",
                "will be the other’s, if not there",
            ),
            (person.other_names.count() + 1, "names", "will be the other’s, if not there"),
        )
        return [f"{what.capitalize()}: {number:,} {will}" for number, what, will in moved if number]

    def merge(self, person, target, by, reason, seen):
        merging.merge_person(person, target, by, reason, seen)
        return []

    def get_search_results(self, request, queryset, search_term):
        """Lists find duplicates; whoever chooses a person to name is offered none."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            found = found.filter(pk__in=Person.objects.unmerged())
        return found, may_repeat


class Closes(Merges):
    """The pages that close articles."""

    end_of_merger = staticmethod(merging.article_to_merge_into)

    def has_merge_permission(self, request):
        return request.user.has_perm("articles.withdraw_article")

    def has_redact_permission(self, request):
        return request.user.has_perm("articles.redact_article")

    def is_mergeable(self, article):
        return article.status == Article.Status.PUBLISHED

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("withdraw/", view(self.withdraw_page), name="articles_article_withdraw"),
            path(
                "<path:object_id>/redact/", view(self.redact_page), name="articles_article_redact"
            ),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, obj=None, **kwargs):
        is_public = obj and obj.status == Article.Status.PUBLISHED
        if is_public and self.has_withdraw_permission(request):
            context["withdraw_url"] = f"{reverse('admin:articles_article_withdraw')}?id={obj.pk}"
        if obj and self.has_redact_permission(request):
            context["redact_url"] = reverse("admin:articles_article_redact", args=[obj.pk])
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def withdraw_page(self, request):
        """Asks for the reason, which readers are told under the old address."""
        if not self.has_withdraw_permission(request):
            raise PermissionDenied
        with one_change(request):
            return self._withdraw_page(request)

    def _withdraw_page(self, request):
        is_post = request.method == "POST"
        ids = [pk for pk in request.GET.getlist("id") if is_id(pk)][: MOST_WITHDRAWN + 1]
        now, seen = tokens.of_rows(Article, ids, lock=is_post), tokens.read_from(request)
        articles = list(Article.objects.filter(pk__in=ids).select_related("source"))
        is_stale = bool(is_post and articles and not tokens.is_current(seen, now))
        form = WithdrawForm(articles, request.POST if is_post else None)
        if is_post and not is_stale and form.is_valid():
            reason = form.cleaned_data["reason"]
            tell(request, kind=Change.Kind.WITHDRAWAL, reason=reason)
            self._take(request, articles, "withdraw", reason)
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        return self._show(
            request, "withdraw", "Withdraw articles", None, 409 if is_stale else 200,
            form=form,
            articles=articles,
            token=tokens.write(now),
            rows=conflict.stale_rows(Article, seen, now) if is_stale else [],
        )  # fmt: skip

    def effects_of_merger(self, article, target):
        return [
            f"Words of “{words.event}” stay with the duplicate, as {why}: “{words}”"
            if why
            else f"Words of “{words.event}” will be shown in the other: “{words}”"
            for words, _, why in merging.places_of_evidence(article, target)
        ]

    def merge(self, article, target, by, reason, seen):
        _, left = merging.merge_article(article, target, by, reason, seen)
        return left

    def redact_page(self, request, object_id):
        """Asks for the words and why, shows how often they stand in which version, and does it."""
        if not self.has_redact_permission(request):
            raise PermissionDenied
        article = self._thing(object_id)
        form = RedactForm(article, request.POST if request.method == "POST" else None)
        title = f"Redact “{article}”"
        if not (request.method == "POST" and form.is_valid()):
            return self._show(request, "redact", title, article, form=form)
        order, reason = form.cleaned_data["order"], form.cleaned_data["reason"]
        status = 200
        if "confirmed" in request.POST:
            try:
                return self._redact(request, article, order, reason)
            except ValidationError as error:  # somebody was quicker
                form.add_error(None, error)
                status = 409
        token = tokens.write(tokens.of_rows(Article, [article.pk]))
        return self._show(
            request, "redact", title, article, status,
            form=form,
            token=token,
            found=[(n, times) for n, times in redaction.occurrences(article, order) if times],
            traces=redaction.traces(article, order),
        )  # fmt: skip

    def _redact(self, request, article, order, reason):
        seen = tokens.versions(tokens.read_from(request))
        told = redaction.redact(article, order, request.user.get_username(), reason, seen)
        article.refresh_from_db()
        told = f"The words were removed. {told}"
        return self._done(request, article, told, f"Redacted. {reason}")
