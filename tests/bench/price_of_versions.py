"""What versions cost an import: its speed with them and without, in one run, taking turns.

    .venv/bin/python tests/bench/price_of_versions.py [--records 5000] [--rounds 3]

Without means: no trigger but those of the index, nothing sealed. The index of words is kept true
both times. Also says how fast the archive so made is verified. On the engine of DATABASE_URL.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
FOLDER = Path(tempfile.mkdtemp(prefix="archive-price-"))
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'archive.sqlite3'}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_archive.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from articles import integrity  # noqa: E402
from articles.integrity import verification  # noqa: E402
from articles.models import Article, Country  # noqa: E402

WORDS = [
    "ministers",
    "talks",
    "trade",
    "border",
    "gas",
    "treaty",
    "visit",
    "summit",
    "embassy",
    "note",
    "envoy",
    "loan",
    "port",
]


def records(number, turn):
    slugs = list(Country.objects.order_by("slug").values_list("slug", flat=True)[:60])
    for n in range(number):
        text = " ".join(WORDS[(n * k + turn) % len(WORDS)] for k in range(1, 220))
        yield {
            "headline": f"Talks {turn}, day {n}",
            "body": f"{text}.\n\n{text}.",
            "source": "Bench wire",
            "import_ref": f"{turn}-{n}",
            "published": f"20{n % 25:02}-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "countries": [slugs[n % 60], slugs[(n * 7 + 1) % 60]],
            "topics": ["alliances"] if n % 2 else [],
        }


@contextmanager
def without_versions():
    @contextmanager
    def bare(*args, **kwargs):
        with transaction.atomic():
            yield

    with integrity.guards_lifted(), mock.patch.object(integrity, "change", bare):
        yield


def timed_import(number, turn):
    file = FOLDER / f"{turn}.jsonl"
    file.write_text("\n".join(map(json.dumps, records(number, turn))))
    start = time.perf_counter()
    call_command("import_articles", file, stdout=StringIO())
    return number / (time.perf_counter() - start)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--records", type=int, default=5000)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    call_command("migrate", verbosity=0)
    call_command("loaddata", "countries", "topics", verbosity=0)
    timed_import(200, 0)  # warm
    with_them, without, turn = [], [], 0
    for _ in range(asked.rounds):
        turn += 1
        with_them.append(timed_import(asked.records, turn))
        turn += 1
        with without_versions():
            without.append(timed_import(asked.records, turn))
            kept = Article.objects.filter(import_ref__startswith=f"{turn}-")
            for name in ("countries", "topics"):  # no record was made of them: take them out again
                getattr(Article, name).through.objects.filter(article__in=kept).delete()
            kept.delete()
    ratio = statistics.median(with_them) / statistics.median(without)
    print(f"{connection.vendor}: an import of {asked.records} articles of about 3,000 letters")
    print(f"  with versions    {statistics.median(with_them):8.0f} articles a second")
    print(f"  without          {statistics.median(without):8.0f}")
    print(f"  ratio            {ratio:8.2f} (asked: at least 0.6)")
    start = time.perf_counter()
    report = verification.verify()
    speed = report.articles / (time.perf_counter() - start)
    print(f"  verification     {speed:8.0f} articles a second (asked: at least 2,000)")
    for finding in report.findings[:5]:
        print(f"  FOUND {finding}")
    return 0 if ratio >= 0.6 and not report.findings else 1


if __name__ == "__main__":
    sys.exit(main())
