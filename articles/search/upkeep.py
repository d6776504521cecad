"""How the index is kept true.

Whichever route a change takes, the triggers of `articles.integrity` put the article's id into
`articles_unindexed`, in the same transaction. A change that Python opened indexes what waits there
before it ends (`catch_up`); what came by SQL alone is indexed before the next search is answered
(`be_ready`). Each round is a `tick`; by it a process learns which cards are new (`catalogue`).
"""

import hashlib
import unicodedata
from contextlib import closing
from functools import cache
from importlib import metadata
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from articles.names import fold

from . import cards, terms, vocabulary
from .engines import engine
from .query import Interrupted

BATCH = 500  # articles indexed at once


@cache
def edition():
    """A hash of what makes words of texts; of another edition the index is made anew."""
    files = [module.__file__ for module in (fold, terms, cards)]
    files.append(Path(__file__).with_name("names.txt"))
    made_with = [Path(file).read_text(encoding="utf-8") for file in files]
    made_with += [metadata.version("PyStemmer"), unicodedata.unidata_version]
    return hashlib.sha256("".join(made_with).encode()).hexdigest()[:16]


def install(using=DEFAULT_DB_ALIAS):
    """Make what the index needs, where it is missing; an index of another edition is made anew."""
    dialect, connection = engine(using)
    if not _is_of_this_edition(dialect, connection):
        with connection.cursor() as cursor:
            for table in ("search", "unindexed", "word", "card", "index"):
                cursor.execute(f"DROP TABLE IF EXISTS articles_{table}")
    dialect.install(connection)
    cards.install(connection, dialect.ID_TYPE)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS articles_index"
            " (era text NOT NULL, tick bigint NOT NULL, edition text NOT NULL)"
        )
        cursor.execute("SELECT EXISTS (SELECT 1 FROM articles_index)")
        is_new = not cursor.fetchone()[0]
        if is_new:
            cursor.execute(
                "INSERT INTO articles_index (era, tick, edition) VALUES (%s, 0, %s)",
                [uuid4().hex, edition()],
            )
        cursor.execute("SELECT EXISTS (SELECT 1 FROM articles_article)")
        if is_new or not cursor.fetchone()[0]:
            rebuild(using)


def _is_of_this_edition(dialect, connection):
    tables = connection.introspection.table_names()
    if "articles_index" not in tables or "articles_card" not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT edition FROM articles_index")
        return cursor.fetchone() == (edition(),)


# What waits


# To be asked in any question. Not by a join: while SQLite has no statistics of a table, as after
# the index was made anew, it would read all articles first.
MOMENT = (
    "(SELECT era FROM articles_index), (SELECT tick FROM articles_index),"
    " EXISTS (SELECT 1 FROM articles_unindexed)"
)


def moment(connection):
    """(era, tick, whether anything waits to be indexed)"""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {MOMENT}")
        return cursor.fetchone()


def be_ready(within, using=DEFAULT_DB_ALIAS, told=None):
    """See to it that nothing waits to be indexed; returns (era, tick). Raises Interrupted after
    `within` seconds. `told` is the moment, where somebody has just asked for it.

    A reader's own connection never takes the writers' lock: another one does, and goes on when the
    reader is told to come again.
    """
    era, tick, is_waiting = told or moment(connections[using])
    if not is_waiting:
        return era, tick
    connection = connections[using]
    if connection.in_atomic_block or _is_of_one_connection(connection):
        catch_up(using)
        return moment(connection)[:2]
    is_done = Event()
    Thread(target=_catch_up_alone, args=[using, is_done], daemon=True).start()
    if not is_done.wait(within):
        raise Interrupted
    return moment(connection)[:2]


def _is_of_one_connection(connection):
    return getattr(connection, "is_in_memory_db", bool)()


def _catch_up_alone(using, is_done):
    with closing(connections[using]):
        catch_up(using)
    is_done.set()


def catch_up(using=DEFAULT_DB_ALIAS):
    """Index the articles that wait. Returns the words that they had and have no more."""
    dialect, connection = engine(using)
    gone = set()
    if not moment(connection)[2]:
        return gone
    with transaction.atomic(using):
        dialect.lock(connection)
        tick = _next_tick(connection)
        while waiting := dialect.take(connection, BATCH):
            gone |= _index(dialect, connection, waiting, tick, dialect.write)
    return gone


def _next_tick(connection):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_index SET tick = tick + 1")
        cursor.execute("SELECT tick FROM articles_index")
        return cursor.fetchone()[0]


def _index(dialect, connection, waiting, tick, write, known=None):
    """Index one batch of the queue: [(article id, headline, summary, body)]; `known` words of the
    vocabulary need not be looked up."""
    was = {pk: (headline, cards.indexed(summary, body)) for pk, headline, summary, body in waiting
           if body is not None}  # fmt: skip
    ids = [row[0] for row in waiting]
    where = f"IN ({', '.join(map(str, ids))})"
    now = {card.article_id: card for card in cards.of_articles(connection, where)}
    old = cards.held(connection, where)
    unchanged = {
        pk
        for pk, (made_of, keys, _) in old.items()
        if pk in now and (now[pk].made_of, now[pk].keys) == (made_of, keys)
    }
    folded = {
        pk: cards.folded(card.headline, card.text)
        for pk, card in now.items()
        if pk not in unchanged
    }
    taken, put, after = [], [], set()
    for pk, (made_of, keys, _) in old.items():
        if pk in unchanged:
            continue
        card = now.get(pk)
        if card and card.made_of == made_of:
            words = folded[pk]
        else:
            text = was.get(pk, ("", ""))
            if dialect.IS_TOLD_OLD_WORDS and cards.made_of(*text) != made_of:
                _doubt(connection)  # it was changed past the triggers
                continue
            words = cards.folded(*text)
        taken.append((pk, *words, keys))
    doubted = old.keys() - unchanged - {row[0] for row in taken}
    for pk, words in folded.items():
        after.update(*map(str.split, words))
        if pk not in doubted:
            put.append((pk, *words, now[pk].keys))
    before = dialect.words_of(connection, taken)
    dialect.erase(connection, taken)
    write(connection, put)
    vocabulary.learn(connection, after, dialect.NEW_WORDS, known)
    cards.file(connection, now.values(), set(ids) - now.keys(), tick)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM articles_unindexed WHERE article_id {where}")
    return before - after


def _doubt(connection):
    """The index may hold words that nobody can take out of it: it is to be made anew."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_index SET edition = ''")


def compact(gone=(), using=DEFAULT_DB_ALIAS):
    """Let the index forget what was erased from it; the words `gone`, where no article has them."""
    dialect, connection = engine(using)
    dialect.compact(connection)
    vocabulary.forget(connection, [w for w in gone if not dialect.is_held(connection, w)])


# All of it


def rebuild(using=DEFAULT_DB_ALIAS, progress=lambda number: None):
    """Make the index anew, in one transaction: readers keep the old one until it is whole."""
    dialect, connection = engine(using)
    with transaction.atomic(using):
        dialect.lock(connection)
        cards.empty(connection)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_unindexed")
            cursor.execute("DELETE FROM articles_word")
            cursor.execute(
                "UPDATE articles_index SET era = %s, edition = %s", [uuid4().hex, edition()]
            )
        tick = _next_tick(connection)
        last, known = None, set()
        with dialect.emptied(connection) as write:
            while ids := _ids_after(connection, last):
                waiting = [(pk, None, None, None) for pk in ids]
                _index(dialect, connection, waiting, tick, write, known)
                progress(len(ids))
                last = ids[-1]


def _ids_after(connection, last):
    where = "" if last is None else f"WHERE id > {last}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM articles_article {where} ORDER BY id LIMIT {BATCH}")
        return [pk for (pk,) in cursor.fetchall()]


def is_stale(using=DEFAULT_DB_ALIAS):
    """Whether some article is not indexed or waits for it, or something is that is no article."""
    dialect, connection = engine(using)
    if not _is_of_this_edition(dialect, connection):
        return True
    filed = "SELECT article_id FROM articles_card WHERE made_of IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(f"""
            SELECT EXISTS (SELECT 1 FROM articles_unindexed)
                OR EXISTS (SELECT id FROM articles_article EXCEPT {filed})
                OR EXISTS ({filed} EXCEPT SELECT id FROM articles_article)
                OR EXISTS ({dialect.INDEXED} EXCEPT {filed})
                OR EXISTS ({filed} EXCEPT {dialect.INDEXED})
        """)
        return bool(cursor.fetchone()[0])


def disagreements(using=DEFAULT_DB_ALIAS):
    """(what, what is wrong with it) wherever the index and the archive disagree."""
    dialect, connection = engine(using)
    wrong = set()
    last = None
    while batch := _ids_after(connection, last):
        where = f"BETWEEN {batch[0]} AND {batch[-1]}"
        filed = cards.held(connection, where)
        for card in cards.of_articles(connection, where):
            if card.article_id not in filed:
                wrong.add((card.article_id, "it is not in the index"))
            elif filed[card.article_id][2] != card.row(None)[:-1]:
                wrong.add((card.article_id, _difference(card, filed[card.article_id][2])))
        last = batch[-1]
    filed = "SELECT article_id FROM articles_card WHERE made_of IS NOT NULL"
    for sql, why in (
        (f"{filed} EXCEPT SELECT id FROM articles_article", "it is filed, and in no other place"),
        (f"{dialect.INDEXED} EXCEPT {filed}", "it is in the index, and in no other place"),
        (f"{filed} EXCEPT {dialect.INDEXED}", "it is not in the index of words"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            wrong.update((pk, why) for (pk,) in cursor.fetchall())
    yield from ((f"article {pk}", why) for pk, why in sorted(wrong))
    if not wrong:
        yield from dialect.faults(connection)


def _difference(card, filed):
    if card.made_of != filed[-1]:
        return "the index holds the words of another text"
    return "its card in the index says something else"
