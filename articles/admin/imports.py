"""The desk of imports."""

from django.contrib import admin

from articles.models import ImportRun

from .desk import Desk


@admin.register(ImportRun)
class ImportRunAdmin(Desk):
    """To read only: a run is what the command made it."""

    list_display = ["started_at", "finished_at", "created", "updated", "unchanged", "differs"]
    search_fields = ["files"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
