"""manage.py rebuild_search"""

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from articles import search
from articles.models import Article

BATCH = 500


class Command(BaseCommand):
    help = "Make the index of words anew; readers keep the old one until the new one is whole."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-stale", action="store_true", help="only if the index and the archive disagree"
        )

    def handle(self, *, if_stale, **options):
        if if_stale and not search.is_stale():
            self.stdout.write("The index agrees with the archive.")
            return
        with transaction.atomic(), tqdm(unit=" articles", disable=None) as bar:
            search.rebuild(self._batches(bar))
        self.stdout.write(f"Indexed {Article.objects.count()} articles.")

    def _batches(self, bar):
        fields = Article.objects.order_by("pk").only("pk", "headline", "summary", "body")
        last = 0
        while batch := list(fields.filter(pk__gt=last)[:BATCH]):
            yield batch
            last = batch[-1].pk
            bar.update(len(batch))
