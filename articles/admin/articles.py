"""The desk of articles and topics."""

from django import forms
from django.contrib import admin
from django.db import models

from articles import search
from articles.models import Article, ImportRun, Topic


class LinesField(forms.CharField):
    """Text of several lines. Browsers send CRLF; the archive keeps LF, and that is no change."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")

    def has_changed(self, initial, data):
        return super().has_changed(initial, self.to_python(data))


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    formfield_overrides = {
        models.TextField: {"form_class": LinesField},
        models.URLField: {"assume_scheme": "https"},
    }
    list_display = ["headline", "source", "published", "status"]
    list_filter = ["status", ("source", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["headline"]
    autocomplete_fields = ["source", "countries", "people", "topics"]
    readonly_fields = ["import_ref", "added_at", "version"]
    show_full_result_count = False
    fieldsets = [
        ("Story", {"fields": ["headline", "summary", "body", "byline", "dateline", "language"]}),
        ("Source and date", {"fields": ["source", "credit", "url", "published", "published_note"]}),
        ("Who and where", {"fields": ["countries", "people", "topics"]}),
        ("Rights", {"fields": ["usage_terms", "retrieved_at"]}),
        ("Status", {"fields": ["status", "withdrawal_reason", "slug"]}),
        ("Record", {"fields": ["import_ref", "added_at", "version"], "classes": ["collapse"]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        begun = queryset.filter(headline__icontains=search_term.strip())  # a word half typed
        try:
            return queryset.search(search.parse(search_term)) | begun, False
        except search.QueryError:
            return begun, False

    def save_model(self, request, obj, form, change):
        if change and form.changed_data:
            obj.version += 1
        super().save_model(request, obj, form, change)


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "description"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    """To read only: a run is what the command made it."""

    list_display = ["started_at", "finished_at", "created", "updated", "unchanged", "differs"]
    search_fields = ["files"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
