"""manage.py copy_archive --to DATABASE_URL"""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.integrity.beside import settings_of
from articles.integrity.copying import copy_into
from articles.integrity.refusals import Refused


class Command(BaseCommand):
    help = (
        "Copy the archive into an empty database, of the same engine or the other one: with all"
        " versions and accounts, ids as they are, without sessions. The manifests must be the same;"
        " where they are not, the other archive stays empty."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--to",
            required=True,
            metavar="DATABASE_URL",
            help="sqlite:///NAME (in the project's folder) or postgres://user:password@host/name",
        )

    def handle(self, *, to, **options):
        try:
            with tqdm(unit=" rows", disable=None) as bar:
                copied = copy_into(settings_of(to), progress=bar.update)
        except Refused as error:
            raise CommandError(str(error), returncode=error.status) from None
        self.stdout.write(
            f"Copied {copied['records']:,} records: the manifest is the same, head {copied['head']}"
        )
