"""Other archives beside the one of the tests: empty ones, full ones, and one who writes to them."""

import shutil
import threading
from contextlib import contextmanager
from itertools import count

from django.db import connection, connections

from articles import integrity
from articles.integrity.beside import opened
from articles.integrity.copying import copied
from articles.models import Article

_numbers = count(1)


@contextmanager
def empty_database(vendor, folder, template="template0"):
    """Yields settings of a connection to a new database; on the server of the tests, or a file."""
    name = f"another_{next(_numbers)}"
    if vendor == "sqlite":
        options = {"transaction_mode": "IMMEDIATE", "timeout": 30}
        options["init_command"] = "PRAGMA journal_mode=WAL"
        path = str(folder / f"{name}.sqlite3")
        yield {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}
        return
    name = f"{connection.settings_dict['NAME']}_{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield {**connection.settings_dict, "NAME": name}
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def copy_of(settings, vendor, folder):
    """Yields settings of a copy of a database that nobody is connected to."""
    with empty_database(vendor, folder, template=settings["NAME"]) as copy:
        if vendor == "sqlite":
            shutil.copy(settings["NAME"], copy["NAME"])
        yield copy


def rows(using):
    """{table: its rows} of all that a copy takes along."""
    return {
        model._meta.db_table: [
            [bytes(value) if isinstance(value, memoryview) else value for value in row]
            for row in model._base_manager.using(using).order_by("pk").values_list()
        ]
        for model in copied()
    }


def is_whole(using):
    """All triggers there, nothing unsealed: ready for editors."""
    dialect, there = integrity.engines.engine(using)
    return not list(dialect.faults(there)) and integrity.is_settled(using)


@contextmanager
def writer(settings):
    """Somebody who all the while writes the same number into two stories, by change and by SQL.

    Yields a function that waits until some more was written.
    """
    stop, written, failed = threading.Event(), threading.Semaphore(0), []

    def write():
        with opened(settings) as using:
            first, second = Article.objects.using(using).order_by("pk")[:2]
            try:
                for number in count(1):
                    if stop.wait(0.01):
                        return
                    with integrity.change("leyla", f"Number {number}", using=using):
                        for story in (first, second):
                            Article.objects.using(using).filter(pk=story.pk).update(
                                byline=f"{number}"
                            )
                    with connections[using].cursor() as cursor:  # has nobody to seal it
                        cursor.execute("UPDATE articles_article SET dateline = byline")
                    written.release()
            except Exception as error:
                failed.append(error)
                written.release()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield lambda: written.acquire(timeout=30) and not failed
    finally:
        stop.set()
        thread.join()
    assert not failed, failed
