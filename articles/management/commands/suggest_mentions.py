"""manage.py suggest_mentions"""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles import mentions
from articles.models import Reading


class Command(BaseCommand):
    help = (
        "Read the articles that detection has not read since they were changed, and suggest which"
        " countries and people they name. Editors confirm or reject that at the desk."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--again",
            action="store_true",
            help="read all anew, as after people or countries were added; what editors said stays",
        )

    def handle(self, *, again, **options):
        if again:
            Reading.objects.all().delete()
        with tqdm(desc="reading", unit=" articles", disable=None) as bar:
            articles, suggestions = mentions.suggest_unread(bar.update)
        self.stdout.write(f"{articles} articles read: {suggestions} suggestions")
