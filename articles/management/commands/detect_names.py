"""manage.py detect_names FILE..."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles import gazetteer
from articles.importing import formats
from articles.importing.checking import Problem
from articles.importing.detection import detected


class Command(BaseCommand):
    help = (
        "Name the countries and the people of this archive that articles in JSON Lines name: one"
        " JSON object a line on the standard output, with import_ref, countries (ISO alpha-3, or a"
        " slug), unions, people (slugs), mentions in the body and headline_mentions, each with its"
        " place, kind, target and reason. Nothing is written to the archive. Exit status 1 where a"
        " record could not be read."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)

    def handle(self, *, files, **options):
        for path in files:
            if not path.is_file():
                raise CommandError(f"{path}: no such file", returncode=2)
            try:
                formats.read(path)
            except formats.FormatError as error:
                raise CommandError(str(error), returncode=2) from None
        known = gazetteer.current()
        read = refused = mentions = 0
        with tqdm(desc="reading", unit=" records", disable=None) as bar:
            for path, line, data in _records(files):
                bar.update()
                found, problems = self._detected(data, known)
                for name, reason in problems:
                    self.stderr.write(str(Problem(str(path), line, name, reason)))
                read, refused = read + 1, refused + bool(problems)
                if found:
                    mentions += len(found["mentions"]) + len(found["headline_mentions"])
                    self.stdout.write(json.dumps(found, ensure_ascii=False))
        self.stderr.write(f"{read} records: {mentions} mentions, {refused} refused")
        if refused:
            raise SystemExit(1)

    def _detected(self, data, known):
        if isinstance(data, str):
            return None, [("record", data)]
        return detected(data, known)


def _records(files):
    for path in files:
        for line, data, _ in formats.read(path):
            yield path, line, data
