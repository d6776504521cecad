"""How well countries and people are found in texts whose answers are labelled by hand.

    .venv/bin/python -m tests.bench.detection            the labelled files that are there
    .venv/bin/python -m tests.bench.detection FILE...    others, in the same form
    --errors     each country or person that was missed, or named wrongly, with its text around it
    --archive    with the countries and people of the archive as it is, not those of the fixtures

A file has one JSON object a line, in the archive's import form: `countries` are alpha-3 codes,
`people` names or slugs. Unions of states are not counted. Of people only those count who are in the
archive: nobody can be found in a text whom it does not know; how many were left out is told.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "data"
FILES = [Path(__file__).with_name("labelled.jsonl"), SHARED / "readouts_labelled.jsonl"]
UNLABELLED = [SHARED / "readouts.jsonl", SHARED / "wikinews.jsonl"]  # for the speed alone


def main():
    asked = _options()
    with TemporaryDirectory() as folder:
        known = _gazetteer(asked.archive, Path(folder))
    from .score import Board

    board = Board(known)
    for path in asked.files or FILES:
        if path.is_file():
            board.read(path, with_errors=asked.errors)
        else:
            print(f"NOT MEASURED: there is no file {path}", file=sys.stderr)
    _tell_speed(known, asked.files)


def _options():
    parser = argparse.ArgumentParser(
        "tests.bench.detection",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
    parser.add_argument("--errors", action="store_true", help="name every error, with its text")
    parser.add_argument("--archive", action="store_true", help="ask the archive as it is")
    return parser.parse_args()


def _gazetteer(of_the_archive, folder):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_archive.settings")
    if not of_the_archive:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from articles import gazetteer

    if not of_the_archive:
        call_command("migrate", verbosity=0)
        call_command("loaddata", "countries", "sources", "topics", "people", verbosity=0)
    known = gazetteer.made()
    print(f"{len(known.countries):,} countries and {len(known.people):,} people are known")
    connection.close()
    return known


def _tell_speed(known, files):
    from .score import detect_record

    for path in files or UNLABELLED:
        if not path.is_file():
            print(f"NOT MEASURED: there is no file {path}", file=sys.stderr)
            continue
        with open(path, encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines if line.strip()]
        for record in records:  # once for nothing: words are folded when they are first met
            detect_record(record, known)
        begun = time.process_time()
        for record in records:
            detect_record(record, known)
        taken = time.process_time() - begun
        letters = sum(len(record["headline"]) + len(record["body"]) for record in records)
        print(
            f"{path.name}: {len(records) / taken:,.0f} articles a second on one core"
            f" ({letters / len(records):,.0f} characters each)"
        )


if __name__ == "__main__":
    main()
