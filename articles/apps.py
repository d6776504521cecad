"""Index and triggers are installed after every migration: SQLite drops what it does not know."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from . import integrity, search


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        post_migrate.connect(_install, sender=self)


def _install(using, **kwargs):
    if "articles_article" in connections[using].introspection.table_names():
        search.install(using)
        integrity.install(using)
