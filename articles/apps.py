"""The archive as Django knows it; what holds by itself is connected when it starts."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .integrity import migrations

        migrations.connect(sender=self)
