"""manage.py backup DIR"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.integrity.backup import backup
from articles.integrity.refusals import Refused


class Command(BaseCommand):
    help = (
        "Write a backup of the archive into a new folder, with its manifest, while others write."
        " Accounts are in it, sessions are not used again: keep it where only you may read it."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="not there yet, or empty")

    def handle(self, *, folder, **options):
        try:
            about = backup(folder)
        except Refused as error:
            raise CommandError(str(error), returncode=error.status) from None
        self.stdout.write(
            f"Backed up {about['records']:,} records on {about['engine']} into {folder},"
            f" head {about['head']}"
        )
