"""manage.py rebuild_search"""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles import search
from articles.models import Article


class Command(BaseCommand):
    help = "Make the index anew; readers keep the old one until the new one is whole."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-stale", action="store_true", help="only if the index and the archive disagree"
        )

    def handle(self, *, if_stale, **options):
        if if_stale and not search.is_stale():
            self.stdout.write("The index agrees with the archive.")
            return
        number = Article.objects.count()
        with tqdm(total=number, unit=" articles", disable=None) as bar:
            search.rebuild(progress=bar.update)
        self.stdout.write(f"Indexed {number} articles.")
