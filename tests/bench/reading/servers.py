"""What is served, and how: the archive as in production, and its peers beside it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from .client import LONGEST

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "var" / "bench"
BIN = FOLDER / "venv" / "bin"
REQUIREMENTS = ROOT / "tests" / "bench" / "requirements.txt"
SITE_VARIABLES = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "HTTPS", "PORT")
CLEAN_ENV = {name: value for name, value in os.environ.items() if name not in SITE_VARIABLES}
HERE = "tests.bench.reading"
PATIENCE = 120  # seconds for a site to come up

# Datasette's limits, lifted to what the reader waits; long texts are cut in lists, which spares it
# work.
DATASETTE_SETTINGS = {
    "sql_time_limit_ms": LONGEST * 1000,
    "facet_time_limit_ms": LONGEST * 1000,
    "suggest_facets": "off",
    "default_page_size": 25,
    "default_facet_size": 20,
    "truncate_cells_html": 240,
    "num_sql_threads": 3,
}
_RELEVANCE = """
    SELECT article.id, article.slug, article.headline, article.published, article.language,
        article.countries FROM article_fts
    JOIN article ON article.id = article_fts.rowid
    WHERE article_fts MATCH :q ORDER BY article_fts.rank LIMIT 25
"""
DATASETTE_METADATA = {
    "databases": {
        "rows": {
            "tables": {
                "article": {
                    "label_column": "headline",
                    "fts_table": "article_fts",
                    "fts_pk": "id",
                }
            },
            "queries": {"relevance": {"sql": _RELEVANCE}},
        }
    }
}


def run(*arguments, given="", **env):
    """Run a module or script with the site's Python and `given` on stdin; returns its stdout."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env={**CLEAN_ENV, **env},
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def install_peers():
    """A virtual environment of their own, made anew when the requirements change."""
    stamp = FOLDER / "venv" / "requirements.txt"
    if stamp.exists() and stamp.read_text() == REQUIREMENTS.read_text():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", FOLDER / "venv"], check=True)
    pip = [BIN / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", REQUIREMENTS], check=True)
    stamp.write_text(REQUIREMENTS.read_text())


@contextmanager
def serving(name, *command, port=None, **env):
    """A server at work; yields its Popen when it answers. Its log is in the bench's folder."""
    port = port or free_port()
    with open(FOLDER / f"{name}.log", "wb") as log:
        server = subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            env={**CLEAN_ENV, "PORT": str(port), **env},
            stdout=log,
            stderr=log,
        )
    server.port = port
    try:
        _wait_for(server, name)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def archive(url, name="archive"):
    """As `make run` serves it, but with one worker."""
    return serving(name, *_gunicorn(), DATABASE_URL=url)


def constant():
    return serving("constant", *_gunicorn(f"{HERE}.constant:application"))


def naive(url):
    return serving("naive", *_gunicorn(f"{HERE}.naive.wsgi:application"), DATABASE_URL=url)


def _gunicorn(*application):
    return [sys.executable, "-m", "gunicorn", "--workers", "1", *application]


def datasette(rows):
    """Of the file of rows, which nobody changes."""
    metadata = FOLDER / "datasette.json"
    metadata.write_text(json.dumps(DATASETTE_METADATA, indent=1))
    port = free_port()
    command = [BIN / "datasette", "serve", "--immutable", rows, "--metadata", metadata]
    command += ["--host", "127.0.0.1", "--port", port]
    for setting, value in DATASETTE_SETTINGS.items():
        command += ["--setting", setting, value]
    return serving("datasette", *command, port=port)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(server, name):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"{name} did not start; see {FOLDER / f'{name}.log'}")


def memory_of_worker(server):
    """{"resident", "own"} bytes of gunicorn's one worker; own is what no file backs."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    if not children.exists():
        return {}
    worker = children.read_text().split()[0]
    told = {}
    for line in Path(f"/proc/{worker}/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("VmRSS", "RssAnon"):
            told[name] = int(value.split()[0]) * 1024
    return {"resident": told["VmRSS"], "own": told["RssAnon"]}
