"""The share of SQL and of templates in a page of the archive, measured within one process.

    DATABASE_URL=... .venv/bin/python -m tests.bench.reading.inside < {kind: [address]} > figures

The site is asked as gunicorn asks it, by WSGI. SQL is what cursors spend, fetching included;
templates are what an engine's outermost render spends, without the SQL within.
"""

import json
import logging
import os
import sys
import time
from contextlib import contextmanager, suppress
from functools import wraps
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_archive.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402
from django.db.backends.utils import CursorWrapper  # noqa: E402
from django.template.backends import django as django_engine  # noqa: E402
from django.test import RequestFactory  # noqa: E402


class Clock:
    """Seconds spent in SQL and in templates; where one runs within the other, SQL has them."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.spent = {"sql": 0.0, "templates": 0.0}
        self.queries = 0
        self.at_work = []

    @contextmanager
    def counting(self, what):
        if what in self.at_work:
            yield
            return
        self.at_work.append(what)
        start, before = time.perf_counter(), self.spent["sql"]
        try:
            yield
        finally:
            self.at_work.pop()
            within = self.spent["sql"] - before if what == "templates" else 0
            self.spent[what] += time.perf_counter() - start - within


clock = Clock()


class TimedCursor(CursorWrapper):
    def _execute_with_wrappers(self, *args, **kwargs):
        clock.queries += 1
        with clock.counting("sql"):
            return super()._execute_with_wrappers(*args, **kwargs)

    def __iter__(self):
        while True:
            with clock.counting("sql"):
                row = self.cursor.fetchone()
            if row is None:
                return
            yield row

    def fetchone(self):
        with clock.counting("sql"):
            return self.cursor.fetchone()

    def fetchmany(self, *args):
        with clock.counting("sql"):
            return self.cursor.fetchmany(*args)

    def fetchall(self):
        with clock.counting("sql"):
            return self.cursor.fetchall()


def listen():
    BaseDatabaseWrapper.make_cursor = lambda connection, cursor: TimedCursor(cursor, connection)
    engines = [django_engine]
    with suppress(ImportError):
        from django.template.backends import jinja2

        engines.append(jinja2)
    for engine in engines:
        engine.Template.render = _timed(engine.Template.render)


def _timed(render):
    @wraps(render)
    def timed(*args, **kwargs):
        with clock.counting("templates"):
            return render(*args, **kwargs)

    return timed


def ask(site, address, etag=""):
    """(seconds, the ETag of the answer)"""
    extra = {"HTTP_IF_NONE_MATCH": etag} if etag else {}
    environ = RequestFactory(SERVER_NAME="127.0.0.1").get(address, **extra).environ
    told = {}
    clock.reset()
    start = time.perf_counter()
    answer = site(environ, lambda status, headers: told.update(headers))
    b"".join(answer)
    seconds = time.perf_counter() - start
    answer.close()
    return seconds, told.get("ETag", "")


def figures(site, kind, addresses):
    """Medians in milliseconds, and shares of the whole."""
    found = []
    for address in addresses:
        etag = ask(site, address)[1] if kind == "304" else ""
        seconds, _ = ask(site, address, etag)
        found.append((seconds, clock.spent["sql"], clock.spent["templates"], clock.queries))
    whole, sql, templates, queries = zip(*found, strict=True)
    return {
        "ms": median(whole) * 1000,
        "sql_ms": median(sql) * 1000,
        "templates_ms": median(templates) * 1000,
        "queries": median(queries),
        "sql": sum(sql) / sum(whole),
        "templates": sum(templates) / sum(whole),
    }


if __name__ == "__main__":
    listen()
    logging.disable(logging.WARNING)
    application = get_wsgi_application()
    asked = json.load(sys.stdin)
    for addresses in asked.values():
        ask(application, addresses[0])
    print(json.dumps({kind: figures(application, kind, found) for kind, found in asked.items()}))
