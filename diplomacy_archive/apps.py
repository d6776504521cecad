from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "diplomacy_archive"

    def ready(self):
        from . import checks  # noqa: F401  (importing registers them)
