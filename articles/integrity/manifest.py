"""The manifest: one line a record, and over all lines the head, for outsiders to keep.

A file of JSON Lines. The first line is `{"head": ..., "records": n}`; then, sorted bytewise by kind
and key, `[sha256, kind, key, number]` for the version of each record that stands. The head is the
SHA-256 of all that follows the first line: `tail -n +2 FILE | sha256sum`. Each seal names the one
before, so a line vouches for every earlier version too. Neither ids nor times are in it: two
archives that hold the same have the same manifest.

The journal (who, why and when) has a last seal of its own; `with_journal` adds it to the first
line, and it is that of this archive and its copies alone.
"""

import hashlib
import json

from django.db import DEFAULT_DB_ALIAS

from articles.models import Change

from .engines import engine
from .seals import canonical
from .versions import settle


class ManifestError(ValueError):
    """What is wrong with a file that should be a manifest."""


def lines(using=DEFAULT_DB_ALIAS):
    """The bytes of each line after the first."""
    dialect, connection = engine(using)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT s.sha256 FROM articles_seal s WHERE s.record_id = r.id"
            " AND s.number = r.number ORDER BY s.id LIMIT 1), r.kind, r.key, r.number"
            f" FROM articles_record r ORDER BY r.kind {dialect.BYTEWISE}, r.key {dialect.BYTEWISE}"
        )
        while rows := cursor.fetchmany(1000):
            for row in rows:
                yield canonical(list(row)) + b"\n"


def head(using=DEFAULT_DB_ALIAS):
    """(the head, how many records)"""
    digest, records = hashlib.sha256(), 0
    for line in lines(using):
        digest.update(line)
        records += 1
    return digest.hexdigest(), records


def journal(using=DEFAULT_DB_ALIAS):
    """(position, sha256) of the last change that was sealed; (0, "") where there is none."""
    last = Change.objects.using(using).exclude(position=None).order_by("-position").first()
    return (last.position, last.sha256) if last else (0, "")


def write_manifest(path, using=DEFAULT_DB_ALIAS, with_journal=False):
    """Write the manifest of the archive as it is; returns (the head, how many records)."""
    dialect, connection = engine(using)
    settle(using=using)
    with dialect.one_view(connection):
        first, records = head(using)
        said = {"head": first, "records": records}
        if with_journal:
            said["journal"] = list(journal(using))
        with open(path, "wb") as file:
            file.write(canonical(said) + b"\n")
            file.writelines(lines(using))
    return first, records


def read_manifest(path):
    """(what the first line says, [[sha256, kind, key, number], ...]). Raises ManifestError."""
    with open(path, "rb") as file:
        first, rest = file.readline(), file.readlines()
    try:
        said = json.loads(first)
        listed = [json.loads(line) for line in rest]
        good = isinstance(said["head"], str) and all(_is_line(line) for line in listed)
    except (ValueError, KeyError, TypeError) as error:
        raise ManifestError(f"{path} is no manifest: {error}") from None
    if not good:
        raise ManifestError(f"{path} is no manifest: a line is not [sha256, kind, key, number]")
    if hashlib.sha256(b"".join(rest)).hexdigest() != said["head"]:
        raise ManifestError(f"{path} was altered: its head is not that of its list")
    return said, listed


def _is_line(line):
    # Where a seal is gone, the line has null in its place.
    return isinstance(line, list) and [*map(type, line)][-3:] == [str, str, int] and len(line) == 4
