"""Kills imports at random moments (kill -9), and looks what is there after each of them.

    .venv/bin/python tests/bench/kill_imports.py                       SQLite, in a new folder
    .venv/bin/python tests/bench/kill_imports.py --engine postgresql   a throw-away server
    DATABASE_URL=postgres://... .venv/bin/python tests/bench/kill_imports.py
                                        a server on which databases may be created and dropped
    --kills 50 --records 2000 --seed 7

After each kill readers may see whole batches only, every article with all of its links, its record
and its seal, in the index of words, and none twice. The same command is run until it finishes; then
the manifest must be, byte for byte, that of an archive into which nobody broke. A finished archive
is followed by a new one until all kills are done. Exit status 1 if anything was otherwise.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_archive.settings")

import django  # noqa: E402

django.setup()

from suite import postgresql_cluster  # noqa: E402

from articles.importing.load import BATCH  # noqa: E402

LINKS = {"countries": 2, "people": 1, "topics": 2}  # of each generated record
WRITE_MANIFEST = (
    "import sys, django; django.setup();"
    " from articles.integrity.manifest import write_manifest; write_manifest(sys.argv[1])"
)
PER_ARTICLE = {
    f"articles without all {name}": "SELECT count(*) FROM articles_article a WHERE (SELECT count(*)"
    f" FROM articles_article_{name} l WHERE l.article_id = a.id) <> {number}"
    for name, number in LINKS.items()
}
NONE_OF = PER_ARTICLE | {
    "articles there twice": "SELECT count(*) - count(DISTINCT import_ref) FROM articles_article",
    "articles without record and seal": "SELECT count(*) FROM articles_article a WHERE NOT EXISTS"
    " (SELECT 1 FROM articles_record r JOIN articles_seal s ON s.record_id = r.id"
    " AND s.number = r.number WHERE r.kind = 'article' AND r.object_id = a.id)",
    "changes without a seal": "SELECT count(*) FROM articles_change WHERE position IS NULL",
    "articles not indexed": "SELECT (SELECT count(*) FROM articles_article)"
    " - (SELECT count(*) FROM articles_search)",
    "articles that wait for the index": "SELECT count(*) FROM articles_unindexed",
}


class OnSQLite:
    """Archives are files: copies of the first one, which is closed and whole."""

    def __init__(self, folder):
        self.folder, self.number = folder, 0
        self.url = f"sqlite:///{folder / 'template.sqlite3'}"

    def renew(self):
        self.number += 1
        shutil.copy(self.folder / "template.sqlite3", self.folder / f"{self.number}.sqlite3")
        self.url = f"sqlite:///{self.folder / f'{self.number}.sqlite3'}"

    def connect(self):
        return sqlite3.connect(self.url.removeprefix("sqlite:///"))


class OnPostgreSQL:
    """Archives are databases, made after the first one."""

    def __init__(self, server):
        self.server, self.number = server, 0
        self._name = self._template = self._create("template0")
        self.url = self._url(self._template)

    def renew(self):
        if self.number > 1:
            self._do(f'DROP DATABASE "{self._name}" WITH (FORCE)')
        self._name = self._create(self._template)
        self.url = self._url(self._name)

    def close(self):
        for name in (self._name, self._template):
            self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def connect(self, url=None):
        import psycopg

        connection = psycopg.connect(url or self.url)
        # A killed import's last batch may still be on its way in: look at one moment.
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return connection

    def _create(self, template):
        self.number += 1
        name = f"archive_bench_{os.getpid()}_{self.number}"
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def _do(self, statement):
        with closing(self.connect(self.server)) as connection:
            connection.autocommit = True
            connection.execute(statement)

    def _url(self, name):
        return f"{self.server.rpartition('/')[0]}/{name}"


class Bench:
    def __init__(self, archive, folder, records):
        self.archive, self.folder, self.records = archive, folder, records
        self.file, self.faults = folder / "generated.jsonl", []
        self.env = os.environ | {
            "SECRET_KEY": "bench-only-" + "x" * 60,
            "DJANGO_SETTINGS_MODULE": "diplomacy_archive.settings",
        }

    def prepare(self):
        self.file.write_text("".join(json.dumps(r) + "\n" for r in generated(self.records)))
        self.manage("migrate", "--verbosity", "0")
        self.manage("loaddata", "countries", "topics", "people", "--verbosity", "0")
        self.manage("rebuild_search", "--if-stale")

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.env | {"DATABASE_URL": self.archive.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def manage(self, *arguments):
        process = self.start("manage.py", *arguments)
        out, _ = process.communicate()
        if process.returncode:
            sys.exit(f"manage.py {' '.join(arguments)} failed:\n{out.decode()}")

    def import_all(self, kill_after=None):
        """Whether the import ended by itself; whatever it says but success is a fault."""
        process = self.start("manage.py", "import_articles", str(self.file))
        try:
            out, _ = process.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return False
        if process.returncode:
            self.faults.append(f"the import failed with {process.returncode}: {out.decode()}")
        return True

    def look(self, after):
        """How many articles there are; what is wrong with them is noted."""
        with closing(self.archive.connect()) as connection:

            def ask(sql):
                return connection.execute(sql).fetchone()[0]

            there = ask("SELECT count(*) FROM articles_article")
            found = {what: ask(sql) for what, sql in NONE_OF.items()}
            connection.rollback()
        if there % BATCH and there != self.records:
            self.faults.append(f"{after}: {there} articles are no whole batches")
        self.faults += [f"{after}: {number} {what}" for what, number in found.items() if number]
        return there

    def manifest(self):
        path = self.folder / "manifest.jsonl"
        process = self.start("-c", WRITE_MANIFEST, str(path))
        out, _ = process.communicate()
        if process.returncode:
            sys.exit(f"no manifest:\n{out.decode()}")
        return path.read_bytes()

    def finish(self, wanted, after):
        there = self.look(after)
        if there != self.records:
            self.faults.append(f"{after}: {there} articles of {self.records}")
        if self.manifest() != wanted:
            self.faults.append(f"{after}: the manifest is not that of the undisturbed archive")


def generated(number):
    """Records of made-up words about countries and people that the fixtures have."""
    known = {}
    for name in ("countries", "people", "topics"):
        rows = json.loads((ROOT / "fixtures" / f"{name}.json").read_text())
        model = {"countries": "country", "people": "person", "topics": "topic"}[name]
        slugs = [row["fields"]["slug"] for row in rows if row["model"] == f"articles.{model}"]
        known[name] = sorted(slugs)[:12]
    words = ["lorvan", "tesk", "amiro", "belund", "quast", "horim", "sedal", "vorty", "nemis"]
    for n in range(number):
        text = " ".join(words[(n * k + k) % len(words)] for k in range(1, 150))
        yield {
            "import_ref": f"made-up-{n}",
            "headline": f"{words[n % 9]} {words[n % 7]} {n % 400}".capitalize(),
            "body": f"{text}.\n\nNumber {n}.",
            "source": "Made-up wire",
            "published": f"{1990 + n % 30}-{n % 12 + 1:02}-{n % 28 + 1:02}",
        } | {
            name: [known[name][(n + k) % len(known[name])] for k in range(links)]
            for name, links in LINKS.items()
        }


def run(archive, folder, kills, records):
    bench = Bench(archive, folder, records)
    bench.prepare()
    archive.renew()
    started = time.monotonic()
    bench.import_all()
    undisturbed = time.monotonic() - started
    wanted = bench.manifest()
    bench.finish(wanted, "undisturbed")
    print(f"undisturbed: {records} records in {undisturbed:.1f} s", flush=True)

    done, finished, while_publishing, before = 0, 0, 0, 0
    archive.renew()
    while True:
        is_over = bench.import_all(random.uniform(0, undisturbed) if done < kills else None)
        done += not is_over
        after = f"after kill {done}"
        there = bench.look(after)
        while_publishing += not is_over and before < there < records
        before = there
        if is_over:
            bench.finish(wanted, after)
            finished += 1
            if done >= kills:
                break
            archive.renew()
            before = 0
    took = time.monotonic() - started
    for fault in bench.faults:
        print(fault)
    print(
        f"{done} kills, {while_publishing} of them after some batches and before the last;"
        f" {finished} archives finished, {took:.0f} s: {len(bench.faults)} faults"
    )
    return bool(bench.faults)


def main():
    given = os.environ.get("DATABASE_URL", "")
    is_server = given.startswith(("postgres://", "postgresql://"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--engine",
        choices=["sqlite", "postgresql"],
        default="postgresql" if is_server else "sqlite",
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    options = parser.parse_args()
    random.seed(options.seed)
    print(f"{options.engine}, seed {options.seed}", flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="archive-kills-")))
        if options.engine == "sqlite":
            archive = OnSQLite(folder)
        else:
            server = given if is_server else stack.enter_context(postgresql_cluster())
            archive = OnPostgreSQL(server)
            stack.callback(archive.close)
        return run(archive, folder, options.kills, options.records)


if __name__ == "__main__":
    sys.exit(main())
