"""manage.py manifest FILE"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.integrity import manifest


class Command(BaseCommand):
    help = (
        "Write the manifest: the head of the archive, then a line with the SHA-256 of each record."
        " Keep it elsewhere; `verify_archive --head FILE` compares the archive with it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--journal",
            action="store_true",
            help="with the last seal of the journal: who, why and when of this very archive",
        )

    def handle(self, *, file, journal, **options):
        try:
            head, records = manifest.write_manifest(file, with_journal=journal)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from None
        self.stdout.write(f"{records} records, head {head}")
