"""manage.py import_people FILE..."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.importing import people
from articles.importing.people_formats import FormatError


class Command(BaseCommand):
    help = (
        "Import people, their spellings and terms of office from CSV (.csv) or Popolo (.json). All"
        " rows are checked before any is loaded; importing the same again changes nothing. The"
        " columns of a CSV file: person, slug, description, born, died, wikidata, names (parted by"
        " |), post (slug or label) or position and country, started, ended, is_acting, note; or"
        " those of the lists of office holders and of chiefs of mission."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and count, load nothing")
        parser.add_argument(
            "--keep-going", action="store_true", help="load the good rows despite bad ones"
        )

    def handle(self, *, files, dry_run, keep_going, **options):
        for path in files:
            if not path.is_file():
                raise CommandError(f"{path}: no such file", returncode=2)
        try:
            with tqdm(desc="importing", unit=" rows", disable=None) as bar:
                report = people.load(
                    files, dry_run=dry_run, keep_going=keep_going, progress=bar.update
                )
        except FormatError as error:
            raise CommandError(_printable(str(error)), returncode=2) from None
        for problem in report.problems:
            self.stderr.write(str(problem))
        if report.problems and not keep_going:
            refused = f"{len(report.refused)} rows refused, nothing loaded"
            raise CommandError(f"{refused}. Mend them, or load the others with --keep-going.")
        self._tell(report, dry_run)
        if report.refused:
            raise SystemExit(1)

    def _tell(self, report, dry_run):
        for told in report.overlaps:
            self.stdout.write(_printable(f"Two at once, look whether both are right: {told}"))
        for told in report.differing:
            self.stdout.write(_printable(f"Differs from the archive, left as it is: {told}"))
        note = " (dry run: nothing was written)" if dry_run else ""
        self.stdout.write(
            f"People: {_counted(report.people)}; names: {report.names} new;"
            f" offices: {report.posts} new; terms: {_counted(report.terms)};"
            f" {len(report.refused)} rows refused{note}"
        )


def _counted(outcomes):
    names = ("created", "updated", "unchanged", "differs")
    return ", ".join(f"{outcomes[name]} {name}" for name in names)


def _printable(text):
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
