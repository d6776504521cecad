"""The desk of topics."""

from django.contrib import admin

from articles.models import Topic

from .desk import Desk


@admin.register(Topic)
class TopicAdmin(Desk):
    list_display = ["name", "description"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
