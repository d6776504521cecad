"""manage.py loaddata FIXTURE...: Django's own, its change kept with who and why."""

from django.core.management.commands import loaddata

from articles import integrity


class Command(loaddata.Command):
    def handle(self, *fixture_labels, **options):
        reason = f"Fixtures: {', '.join(fixture_labels)}"
        with integrity.change("loaddata", reason, using=options["database"]):
            super().handle(*fixture_labels, **options)
