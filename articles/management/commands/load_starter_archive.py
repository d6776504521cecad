"""manage.py load_starter_archive"""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from articles.models import Article, Country

FIXTURES = ["countries", "topics", "sources", "people", "articles", "events"]


class Command(BaseCommand):
    help = "Load the fixtures into an empty archive; an archive that holds anything is left alone."

    def handle(self, **options):
        if Article.objects.exists() or Country.objects.exists():
            self.stdout.write("The archive is not empty: left as it is.")
            return
        call_command("loaddata", *FIXTURES, verbosity=0)
        self.stdout.write(f"Loaded the starter archive: {Article.objects.count()} articles.")
