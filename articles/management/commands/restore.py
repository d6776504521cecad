"""manage.py restore DIR"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.integrity.backup import restore
from articles.integrity.refusals import Refused


class Command(BaseCommand):
    help = (
        "Bring a backup into an empty archive on the same engine. The manifest of what was restored"
        " must be that of the backup; where it is not, the archive stays empty."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="as manage.py backup wrote it")

    def handle(self, *, folder, **options):
        try:
            with tqdm(unit=" rows", disable=None) as bar:
                about = restore(folder, progress=bar.update)
        except Refused as error:
            raise CommandError(str(error), returncode=error.status) from None
        self.stdout.write(
            f"Restored {about['records']:,} records, backed up at {about['made_at']}:"
            f" the manifest is the same, head {about['head']}"
        )
