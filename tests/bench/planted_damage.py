"""Plants damage in an archive, one kind at a time, and looks whether verification names it.

    .venv/bin/python tests/bench/planted_damage.py               SQLite, in a folder of its own
    DATABASE_URL=postgres://... .venv/bin/python tests/bench/planted_damage.py
                                        a server on which databases may be created and dropped
    --damages 110 --clean 100           how many of each

Bytes are changed, rows deleted and added, triggers dropped and altered, rows changed together with
their hashes; always past the triggers, as one would who owns the file. Each damage counts as named
if a finding names the very record, change, trigger or article. Then untouched archives are
verified, for false alarms. Exit status 1 if anything was missed or falsely alarmed.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from datetime import timedelta
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
FOLDER = Path(tempfile.mkdtemp(prefix="archive-damage-"))
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'archive.sqlite3'}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_archive.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from articles import integrity  # noqa: E402
from articles.integrity import look, manifest, verification  # noqa: E402
from articles.integrity.engines import engine  # noqa: E402
from articles.integrity.kept import kinds  # noqa: E402
from articles.integrity.seals import document, sha256, standing  # noqa: E402
from articles.models import Article, Person, Record  # noqa: E402

KEPT = FOLDER / "kept.jsonl"
TEXTS = {"text", "date", "instant"}


def prepare():
    """An archive with a history: fixtures, corrections, a deletion."""
    call_command("migrate", verbosity=0)
    call_command("load_starter_archive", stdout=StringIO())
    for number, article in enumerate(Article.objects.order_by("pk")[:40]):
        with integrity.change("leyla", f"Correction {number}", kind="correction", note="A word."):
            article.byline = f"Correspondent {number}"
            article.save()
            article.topics.clear()
    for person in Person.objects.order_by("pk")[:10]:
        with integrity.change("rauf", "A better description"):
            person.description += " (checked)"
            person.save()
    with integrity.change("rauf", "It was there twice"):
        Person.objects.filter(memberships__isnull=False).first().memberships.first().delete()
    manifest.write_manifest(KEPT, with_journal=True)


# A pristine archive for each damage


class OnSQLite:
    def __init__(self):
        self.file = Path(connection.settings_dict["NAME"])
        self.pristine = FOLDER / "pristine.sqlite3"

    def keep(self):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copy(self.file, self.pristine)

    def renew(self):
        connection.close()
        for left in self.file.parent.glob(f"{self.file.name}-*"):
            left.unlink()
        shutil.copy(self.pristine, self.file)


class OnPostgreSQL:
    def __init__(self):
        self.name = connection.settings_dict["NAME"]

    def _sql(self, *statements):
        connection.close()
        settings = {**connection.settings_dict, "NAME": "template1"}
        beside = connections["default"].__class__(settings, alias="beside")
        with beside.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        beside.close()

    def keep(self):
        self._sql(
            "DROP DATABASE IF EXISTS archive_pristine",
            f'CREATE DATABASE archive_pristine TEMPLATE "{self.name}"',
        )

    def renew(self):
        self._sql(
            f'DROP DATABASE "{self.name}"',
            f'CREATE DATABASE "{self.name}" TEMPLATE archive_pristine',
        )


# The damages: each plants something and returns what a finding has to name


def past_triggers(*statements):
    with integrity.guards_lifted(), connection.constraint_checks_disabled():
        if connection.vendor == "sqlite":
            run(("PRAGMA ignore_check_constraints = ON",))
        run(*statements)
        if connection.vendor == "sqlite":
            run(("PRAGMA ignore_check_constraints = OFF",))


def run(*statements):
    with connection.cursor() as cursor:
        for statement, *params in statements:
            cursor.execute(statement, params)


def ask(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def any_row(dice, table, where="1 = 1"):
    return dice.choice(ask(f"SELECT id FROM {table} WHERE {where} ORDER BY id"))[0]


def name_of(kind, pk):
    record = Record.objects.get(kind=kind.name, object_id=pk)
    return look.version_name(kind.name, record.key, record.number)


def byte_changed(dice, kind, column):
    """One letter of a text, one day of a date, a bit of a number."""
    quoted = f'"{column.column}"'
    filled = f"{quoted} IS NOT NULL"
    filled += f" AND {quoted} <> ''" if column.form == "text" else ""
    pk = any_row(dice, kind.table, filled)
    [(value,)] = ask(f"SELECT {quoted} FROM {kind.table} WHERE id = %s", pk)
    if column.form == "text":
        at = dice.randrange(len(value))
        value = value[:at] + ("x" if value[at] != "x" else "y") + value[at + 1 :]
    elif column.form == "number":
        value += 1
    elif column.form == "bytes":
        value = bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])
    elif column.form == "record":
        value = any_row(dice, kinds()[column.of].table, f"id <> {value}")
    elif column.form == "boolean":
        value = not value
    elif column.form == "date":
        value += timedelta(days=1)
    elif column.form == "instant":
        value += timedelta(microseconds=1)
    elif column.form == "list":
        value = '["planted"]'
    name = name_of(kind, pk)
    past_triggers((f"UPDATE {kind.table} SET {quoted} = %s WHERE id = %s", value, pk))
    return name


def row_deleted(dice, kind):
    pk = any_row(dice, kind.table)
    name = name_of(kind, pk)
    past_triggers((f"DELETE FROM {kind.table} WHERE id = %s", pk))
    return name


def row_added(dice, kind):
    pk = any_row(dice, kind.table)
    columns = [column.column for column in kind.columns]
    listed = ", ".join(f'"{column}"' for column in columns)
    [row] = ask(f"SELECT {listed} FROM {kind.table} WHERE id = %s", pk)
    unique = {"slug", "import_ref", "ref", "name", "started", "sector", "start"}
    for place, column in enumerate(columns):
        if column in unique and isinstance(row[place], str):
            values = {"sector": "MIL", "started": "1901"}
            row = (*row[:place], values.get(column, "planted"), *row[place + 1 :])
        elif column == "start":
            row = (*row[:place], 1, *row[place + 1 :])
    row = tuple("" if c.startswith("iso_") else v for c, v in zip(columns, row, strict=True))
    row = tuple(None if c == "cow_code" else v for c, v in zip(columns, row, strict=True))
    marks = ", ".join(["%s"] * len(columns))
    past_triggers((f"INSERT INTO {kind.table} (id, {listed}) VALUES (987654, {marks})", *row))
    return f"{kind.name} number 987654"


def link_changed(dice, kind, link, delete):
    pk = any_row(dice, link.table)
    [(owner,)] = ask(f"SELECT {link.owner} FROM {link.table} WHERE id = %s", pk)
    name = name_of(kind, owner)
    if delete:
        past_triggers((f"DELETE FROM {link.table} WHERE id = %s", pk))
    else:
        here = f"SELECT {link.other} FROM {link.table} WHERE {link.owner} = {owner}"
        other = any_row(dice, kinds()[link.of].table, f"id NOT IN ({here})")
        past_triggers(
            (
                f"INSERT INTO {link.table} (id, {link.owner}, {link.other})"
                " VALUES (987654, %s, %s)",
                owner,
                other,
            )
        )
    return name


def version_damaged(dice, how):
    pk = any_row(dice, "articles_version")
    [(kind, key, number)] = ask(
        "SELECT r.kind, r.key, v.number FROM articles_version v"
        " JOIN articles_record r ON r.id = v.record_id WHERE v.id = %s",
        pk,
    )
    name = look.version_name(kind, key, number)
    if how == "changed":
        field, cast = ("headline", "name")[kind != "article"], "::text"
        cast = cast if connection.vendor == "postgresql" else ""
        past_triggers(
            (
                f"UPDATE articles_version SET state = replace(state{cast}, %s, %s)"
                + ("::jsonb" if cast else "")
                + " WHERE id = %s",
                f'"{field}":' + (" " if cast else "") + '"',
                f'"{field}":' + (" " if cast else "") + '"x',
                pk,
            )
        )
    elif how == "deleted":
        past_triggers(("DELETE FROM articles_version WHERE id = %s", pk))
    elif how == "added":
        past_triggers(
            (
                "INSERT INTO articles_version (record_id, number, change_id, replaced_by_id, state)"
                " SELECT record_id, 77, change_id, replaced_by_id, state FROM articles_version"
                " WHERE id = %s",
                pk,
            )
        )
        name = look.version_name(kind, key, 77)
    elif how == "by another change":
        past_triggers(("UPDATE articles_version SET change_id = 2 WHERE id = %s", pk))
    return name


def seal_damaged(dice, how):
    pk = any_row(dice, "articles_seal")
    [(kind, key, number)] = ask(
        "SELECT r.kind, r.key, s.number FROM articles_seal s"
        " JOIN articles_record r ON r.id = s.record_id WHERE s.id = %s",
        pk,
    )
    if how == "changed":
        past_triggers(
            (
                "UPDATE articles_seal SET sha256 = %s WHERE id = %s",
                f"{dice.getrandbits(256):064x}",
                pk,
            )
        )
    elif how == "deleted":
        past_triggers(("DELETE FROM articles_seal WHERE id = %s", pk))
    else:
        past_triggers(
            (
                "INSERT INTO articles_seal (record_id, number, change_id, sha256)"
                " SELECT record_id, 66, change_id, sha256 FROM articles_seal WHERE id = %s",
                pk,
            )
        )
        number = 66
    return look.version_name(kind, key, number)


def change_damaged(dice, what):
    pk = any_row(dice, "articles_change", "position > 1")
    if what == "deleted":
        past_triggers(("DELETE FROM articles_change WHERE id = %s", pk))
    else:
        past_triggers((f"UPDATE articles_change SET {what} = %s WHERE id = %s", "another", pk))
    return f"change {pk}"


def record_damaged(dice, how):
    record = Record.objects.get(pk=any_row(dice, "articles_record", "object_id IS NOT NULL"))
    if how == "deleted":
        past_triggers(("DELETE FROM articles_record WHERE id = %s", record.pk))
        return f"{record.kind} number {record.object_id}"
    past_triggers(("UPDATE articles_record SET number = number + 3 WHERE id = %s", record.pk))
    return look.version_name(record.kind, record.key, record.number + 3)


def trigger_damaged(dice, how):
    dialect, _ = engine()
    there = sorted(dialect.present(connection), key=str)
    chosen = dice.choice(there)
    name = chosen if isinstance(chosen, str) else chosen[1]
    if connection.vendor == "sqlite":
        sql = dialect.present(connection)[name]
        run((f"DROP TRIGGER {name}",))
        if how == "altered":
            run((sql.replace("BEGIN", "BEGIN SELECT 1;", 1),))
    else:
        what = {"dropped": f"DROP TRIGGER {name} ON {chosen[0]}"}.get(
            how, f"ALTER TABLE {chosen[0]} DISABLE TRIGGER {name}"
        )
        run((what,))
    return name


def index_damaged(dice, how):
    key = "rowid" if connection.vendor == "sqlite" else "article_id"
    pk = any_row(dice, "articles_article")
    if how == "deleted":
        run((f"DELETE FROM articles_search WHERE {key} = %s", pk))
    elif how == "added":
        run(
            ("INSERT INTO articles_search (rowid, headline, body) VALUES (987654, 'x', 'y')",)
            if connection.vendor == "sqlite"
            else (
                "INSERT INTO articles_search (article_id, words, made_of, digest)"
                " VALUES (987654, 'x', '', '')",
            )
        )
        pk = 987654
    elif connection.vendor == "sqlite":
        run(("UPDATE articles_search SET body = body || ' planted' WHERE rowid = %s", pk))
    else:
        run(
            (
                "UPDATE articles_search SET words = words || 'planted'::tsvector"
                " WHERE article_id = %s",
                pk,
            )
        )
    return f"article {pk}"


def row_and_hash_changed(dice, kind):
    """As one would who knows how all of it works, and does not have the kept manifest."""
    column = next(c for c in kind.columns if c.form == "text" and c.name != "slug")
    pk = any_row(dice, kind.table, f"{column.column} <> ''")
    record = Record.objects.get(kind=kind.name, object_id=pk)
    before = dict(record.seals.order_by("-pk").values_list("number", "sha256"))
    past_triggers((f"UPDATE {kind.table} SET {column.column} = 'planted' WHERE id = %s", pk))
    [(*_, state)] = standing(kind, "r.id = %s", [record.pk])
    digest = sha256(
        document(kind.name, record.key, record.number, state, before.get(record.number - 1))
    )
    past_triggers(
        (
            "UPDATE articles_seal SET sha256 = %s WHERE record_id = %s AND number = %s",
            digest,
            record.pk,
            record.number,
        )
    )
    return look.version_name(kind.name, record.key, record.number)


def damages(dice):
    """(what is done, function) of many more than are asked for."""
    for kind in kinds().values():
        yield f"{kind.name}: row deleted", lambda kind=kind: row_deleted(dice, kind)
        yield f"{kind.name}: row added", lambda kind=kind: row_added(dice, kind)
        yield f"{kind.name}: row and hash", lambda kind=kind: row_and_hash_changed(dice, kind)
        for column in kind.columns:
            if ask(f'SELECT 1 FROM {kind.table} WHERE "{column.column}" IS NOT NULL LIMIT 1'):
                yield (
                    f"{kind.name}.{column.name}: byte changed",
                    lambda kind=kind, column=column: byte_changed(dice, kind, column),
                )
        for link in kind.links:
            for delete in (True, False):
                yield (
                    f"{kind.name}.{link.name}: link {'deleted' if delete else 'added'}",
                    lambda k=kind, link=link, d=delete: link_changed(dice, k, link, d),
                )
    for _ in range(4):
        for how in ("changed", "deleted", "added", "by another change"):
            yield f"version {how}", lambda how=how: version_damaged(dice, how)
        for how in ("changed", "deleted", "added"):
            yield f"seal {how}", lambda how=how: seal_damaged(dice, how)
        for what in ("made_by", "reason", "note", "kind", "deleted"):
            yield f"change: {what}", lambda what=what: change_damaged(dice, what)
        for how in ("deleted", "number changed"):
            yield f"record {how}", lambda how=how: record_damaged(dice, how)
        for how in ("dropped", "altered", "dropped"):
            yield f"trigger {how}", lambda how=how: trigger_damaged(dice, how)
        for how in ("deleted", "added", "changed"):
            yield f"index row {how}", lambda how=how: index_damaged(dice, how)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--damages", type=int, default=110)
    options.add_argument("--clean", type=int, default=100)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = options.parse_args()
    dice = random.Random(asked.seed)
    archive = OnSQLite() if connection.vendor == "sqlite" else OnPostgreSQL()
    print(f"{connection.vendor}, seed {asked.seed}")
    prepare()
    archive.keep()
    kinds_of_damage = list(damages(dice))
    dice.shuffle(kinds_of_damage)
    named, planted, missed = 0, 0, []
    for what, plant in kinds_of_damage:
        if planted == asked.damages:
            break
        archive.renew()
        try:
            expected = plant()
        except Exception as error:  # the constraints refuse it even so
            print(f"  not planted: {what}: {error}".splitlines()[0])
            continue
        planted += 1
        found = verification.verify(KEPT).findings
        if any(expected in finding.what for finding in found):
            named += 1
        else:
            missed.append(f"{what}: {expected}; found: {[str(f) for f in found[:3]]}")
    alarms = []
    archive.renew()
    for _ in range(asked.clean):
        alarms += verification.verify(KEPT).findings
    for miss in missed:
        print(f"  MISSED {miss}")
    print(f"{named} of {planted} damages named; {len(alarms)} false alarms in {asked.clean} runs")
    shutil.rmtree(FOLDER, ignore_errors=True)
    return 1 if missed or alarms else 0


if __name__ == "__main__":
    sys.exit(main())
