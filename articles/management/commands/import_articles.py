"""manage.py import_articles FILE..."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles import mentions
from articles.importing import load as importing
from articles.importing.formats import FormatError
from articles.models import unread

MOST_READ = 5000  # texts that are read at once: it takes as long again as loading them


class Command(BaseCommand):
    help = (
        "Import articles from JSON Lines (.jsonl) or the agency's plain text (.txt). All records"
        " are checked before any is loaded; importing the same again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and count, load nothing")
        parser.add_argument(
            "--keep-going", action="store_true", help="load the good records despite bad ones"
        )
        parser.add_argument(
            "--status", choices=["draft", "review", "published"], default="published"
        )

        parser.add_argument(
            "--no-suggestions",
            action="store_true",
            help="do not read the texts for countries and people, as they are not where more than"
            f" {MOST_READ:,} are unread: suggest_mentions does it later",
        )

    def handle(self, *, files, dry_run, keep_going, status, no_suggestions, **options):
        for path in files:
            if not path.is_file():
                raise CommandError(f"{path}: no such file", returncode=2)
        try:
            with _progress("checking") as bar:
                report = importing.check(files, progress=bar.update)
        except FormatError as error:
            raise CommandError(str(error), returncode=2) from None
        told = self._tell_problems(report.problems)
        if report.problems and not keep_going:
            refused = f"{len(report.refused)} records refused, nothing loaded"
            raise CommandError(f"{refused}. Mend them, or load the others with --keep-going.")
        with _progress("loading") as bar:
            importing.load(files, report, status=status, dry_run=dry_run, progress=bar.update)
        self._tell_problems(report.problems[told:])  # of what changed since it was checked
        if not dry_run:
            self._read(no_suggestions)
        self._tell(report, dry_run)
        if report.refused:
            raise SystemExit(1)

    def _read(self, no_suggestions):
        """Whatever is unread: what an import that was cut left, too."""
        waiting = unread()[: MOST_READ + 1].count()
        if waiting and (no_suggestions or waiting > MOST_READ):
            number = f"More than {MOST_READ:,}" if waiting > MOST_READ else f"{waiting:,}"
            told = "texts are still to be read for the names in them: manage.py suggest_mentions"
            self.stdout.write(f"{number} {told}")
        elif waiting:
            with _progress("reading") as bar:
                articles, made = mentions.suggest_unread(bar.update)
            self.stdout.write(
                f"{articles} texts read: {made} names of countries and people suggested"
            )

    def _tell_problems(self, problems):
        for problem in problems:
            self.stderr.write(str(problem))
        return len(problems)

    def _tell(self, report, dry_run):
        if report.finishes:
            self.stdout.write(f"Finished what was cut: {report.finishes}")
        for name in report.new_sources:
            made = "would be created" if dry_run else "created"
            self.stdout.write(f"Source {made}, kind unknown: {name}")
        for place in report.differing:
            self.stdout.write(f"Edited here since its last import, left as it is: {place}")
        outcomes = ", ".join(
            f"{report.outcomes[outcome]} {outcome}"
            for outcome in ("created", "updated", "unchanged", "differs")
        )
        note = " (dry run: nothing was written)" if dry_run else ""
        total = report.outcomes.total() + len(report.refused)
        self.stdout.write(f"{total} records: {outcomes}, {len(report.refused)} refused{note}")


def _progress(what):
    """Counts records on a terminal, is silent when piped."""
    return tqdm(desc=what, unit=" records", disable=None)
