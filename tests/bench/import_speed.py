"""How fast articles come in: `import_articles` and `loaddata` of the same rows, taking turns.

    .venv/bin/python tests/bench/import_speed.py [--records 5000] [--rounds 2]

The articles are made up: about 400 words (2.6 kB) of a vocabulary like that of prose, every other
one with letters beyond ASCII, two to four countries, two people, a topic. Each round imports them
under one set of references and loads them under another, and so do both work on an archive of the
same size. Then the phases of an import, and in how long a batch others can write nothing. On the
engine of DATABASE_URL; a file of SQLite of its own by default.
"""

import argparse
import atexit
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
FOLDER = Path(tempfile.mkdtemp(prefix="archive-speed-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'archive.sqlite3'}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_archive.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from articles import integrity, search  # noqa: E402
from articles.importing import load  # noqa: E402
from articles.importing.records import Reader  # noqa: E402
from articles.integrity import versions  # noqa: E402
from articles.models import Article, Country, Person, Source, Topic  # noqa: E402
from articles.search import cards  # noqa: E402
from articles.search import vocabulary as forms  # noqa: E402
from articles.search.engines import engine  # noqa: E402

ENDINGS = ["", "", "", "s", "ed", "ing", "er", "ly", "ment", "ation", "al", "ness"]
SYLLABLES = [f"{a}{b}" for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "an", "er", "in")]
FOREIGN = ["Əliyev’s", "Türkiye", "São", "“talks”", "Pezeşkian", "Ağdam", "Łódź", "café", "—"]


def vocabulary(chance, size=12_000):
    """Words, the commonest first and shortest, as in prose."""
    words = dict.fromkeys(["the", "of", "and", "to", "in", "a", "on", "that", "with", "for"])
    while len(words) < size:
        stem = "".join(chance.choices(SYLLABLES, k=1 + (len(words) > 60) + (len(words) > 2_000)))
        words[stem + (chance.choice(ENDINGS) if len(words) > 60 else "")] = None
    return list(words)


def records(number, turn):
    """The same `number` records for each turn, but for reference and headline."""
    chance = random.Random(7)
    words = vocabulary(chance)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    countries, people, topics = (
        list(model.objects.order_by("slug").values_list("slug", flat=True))
        for model in (Country, Person, Topic)
    )
    for n in range(number):
        text = chance.choices(words, weights, k=400)
        for at in range(0, 400, 16):
            text[at] = f"{text[at - 1]}. {text[at].capitalize()}" if at else "Talks"
        if n % 2:
            for at in range(20, 400, 40):
                text[at] = chance.choice(FOREIGN)
        paragraphs = [" ".join(text[at : at + 80]) for at in range(0, 400, 80)]
        yield {
            "import_ref": f"{turn}-{n}",
            "headline": f"{' '.join(text[1:8])} {turn}",
            "body": ".\n\n".join(paragraphs) + ".",
            "source": "Bench wire",
            "url": f"https://wire.example/{turn}/{n}",
            "published": f"20{n % 25:02}-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "countries": chance.sample(countries[:120], k=2 + n % 3),
            "people": chance.sample(people, k=2),
            "topics": [chance.choice(topics)],
        }


def import_file(number, turn):
    file = FOLDER / f"{turn}.jsonl"
    file.write_text("\n".join(map(json.dumps, records(number, turn))))
    return file


def fixture(number, turn):
    """The rows of these records as `dumpdata` with natural keys writes them."""
    lists, rows = ("countries", "people", "topics"), []
    for record in records(number, turn):
        fields = record | {name: [[slug] for slug in record[name]] for name in lists}
        fields |= {"source": ["bench-wire"], "slug": f"load-{record['import_ref']}"}
        rows.append({"model": "articles.article", "fields": fields | {"status": "published"}})
    file = FOLDER / f"{turn}.json"
    file.write_text(json.dumps(rows))
    return file


UNREAD = ["--no-suggestions"]  # to read texts for names is another matter: tests.bench.detection


def seconds(*command):
    start = time.perf_counter()
    call_command(*command, verbosity=0, stdout=StringIO())
    return time.perf_counter() - start


# The phases


class Clock:
    """Seconds of each phase by its name, without those of the phases within it.

    The processor's, which do not count that others are at work beside.
    """

    def __init__(self):
        self.spent, self.open = {}, []

    @contextmanager
    def phase(self, name):
        start = time.process_time()
        self.open.append(0.0)
        try:
            yield
        finally:
            whole = time.process_time() - start
            self.spent[name] = self.spent.get(name, 0) + whole - self.open.pop()
            if self.open:
                self.open[-1] += whole

    def timed(self, module, function, name):
        inner = getattr(module, function)

        def around(*args, **kwargs):
            with self.phase(name):
                return inner(*args, **kwargs)

        return mock.patch.object(module, function, around)


def phases(number, turn):
    """({phase: seconds}, [seconds of each batch]) of one import."""
    clock, batches = Clock(), []
    change = integrity.change

    @contextmanager
    def timed_change(*args, **kwargs):
        start = time.perf_counter()
        with change(*args, **kwargs) as opened:
            yield opened
        batches.append(time.perf_counter() - start)

    file = import_file(number, turn)
    with (
        clock.timed(load, "check", "check"),
        clock.timed(Reader, "read", "read"),
        clock.timed(load, "_existing", "compare"),
        clock.timed(load.rows, "create", "rows and links"),
        clock.timed(search, "catch_up", "index: queue, keys"),
        clock.timed(cards, "of_articles", "index: cards read"),
        clock.timed(cards, "file", "index: cards filed"),
        clock.timed(cards, "folded", "index: words folded"),
        clock.timed(forms, "learn", "index: vocabulary"),
        clock.timed(engine()[0], "write", "index: words written"),
        clock.timed(versions, "settle", "seals"),
        mock.patch.object(integrity, "change", timed_change),
        clock.phase("the rest, and to disk"),
    ):
        seconds("import_articles", file, *UNREAD)
    return clock.spent, batches


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--records", type=int, default=5000)
    options.add_argument("--rounds", type=int, default=2)
    asked = options.parse_args()
    number = asked.records
    call_command("migrate", verbosity=0)
    call_command("loaddata", "countries", "topics", "people", verbosity=0)
    with integrity.change("bench", "The source of the rows"):
        Source.objects.create(slug="bench-wire", name="Bench wire")
    seconds("import_articles", import_file(200, "warm"), *UNREAD)
    imported, loaded = [], []
    for turn in range(asked.rounds):
        ways = [
            (imported, "import_articles", import_file(number, f"i{turn}"), *UNREAD),
            (loaded, "loaddata", fixture(number, f"l{turn}")),
        ]
        for found, *command in ways if turn % 2 == 0 else reversed(ways):
            found.append(number / seconds(*command))
    assert Article.objects.count() == 200 + 2 * number * asked.rounds
    ratio = statistics.median(imported) / statistics.median(loaded)
    print(f"{connection.vendor}: {number} articles of 400 words, {asked.rounds} rounds")
    print(f"  import_articles  {statistics.median(imported):8.0f} articles a second")
    print(f"  loaddata         {statistics.median(loaded):8.0f}")
    print(f"  ratio            {ratio:8.2f} (asked: at least 3)")
    spent, batches = phases(number, "phases")
    whole = sum(spent.values())
    print(f"  one more, by the processor's time: {number / whole:.0f} articles a second")
    for name, share in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"    {name:24} {share / number * 1e6:6.0f} µs an article, {share / whole:4.0%}")
    index = sum(share for name, share in spent.items() if name.startswith("index"))
    print(f"  without the index {number / (whole - index):.0f} articles a second")
    print(
        f"  a batch holds the lock for {statistics.median(batches) * 1e3:.0f} ms,"
        f" {max(batches) * 1e3:.0f} ms at most"
    )
    return 0 if ratio >= 3 else 1


if __name__ == "__main__":
    sys.exit(main())
