"""Where the archives of a bench lie: made once for each size and corpus, and kept between runs.

A place has databases by name: `place.made(name, build)` gives the URL of a database, which
`build(url)` fills if it is not there yet; what is half made is made anew.
"""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.suite import postgresql_account, postgresql_programs

from .servers import FOLDER

# As Debian's packages set PostgreSQL up, but for what a kept archive asks.
_OPTIONS = "-c listen_addresses='' -c fsync=off"


class OnSQLite:
    """Databases are files in the bench's folder."""

    engine = "sqlite"

    def made(self, name, build):
        path, draft = FOLDER / f"{name}.sqlite3", FOLDER / f"{name}-draft.sqlite3"
        if not path.exists():
            for left in FOLDER.glob(f"{draft.name}*"):
                left.unlink()
            build(f"sqlite:///{draft}")
            draft.rename(path)
        return f"sqlite:///{path}"

    def drop(self, name):
        for path in FOLDER.glob(f"{name}.sqlite3*"):
            path.unlink()

    def warm(self, *names):
        """Read the files once, so that no site pays for being asked first."""
        for name in names:
            with open(FOLDER / f"{name}.sqlite3", "rb") as file:
                while file.read(1 << 24):
                    pass


class OnPostgreSQL:
    """Databases of a server of their own, whose files are kept in the bench's folder."""

    engine = "postgresql"

    def __init__(self, server):
        self.server = server

    def made(self, name, build):
        if not self._find("SELECT 1 FROM pg_database WHERE datname = %s", name):
            draft = f"{name}-draft"
            self._do("DROP DATABASE IF EXISTS {}", draft)
            self._do("CREATE DATABASE {}", draft)
            build(self._url(draft))
            self._do("ALTER DATABASE {} RENAME TO {}", draft, name)
        return self._url(name)

    def drop(self, name):
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def warm(self, *names):
        """The server reads what it needs when it is asked first."""

    def _url(self, name):
        return f"{self.server}/{name}"

    def _find(self, question, *parameters):
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            return connection.execute(question, parameters).fetchone()

    def _do(self, command, *names):
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))


@contextmanager
def place_for(engine):
    if engine == "sqlite":
        yield OnSQLite()
    else:
        with kept_cluster(FOLDER / "postgresql") as server:
            yield OnPostgreSQL(server)


@contextmanager
def kept_cluster(folder):
    """A server on a private socket whose files stay in `folder`; yields its URL without a name."""
    programs, as_user = postgresql_programs(), {}
    folder.mkdir(parents=True, exist_ok=True)
    # /tmp: a socket's path must stay under about 100 characters.
    sockets = Path(tempfile.mkdtemp(prefix="archive-pg-", dir="/tmp"))
    if os.geteuid() == 0:  # the server refuses to run as root
        account = postgresql_account()
        as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        for path in (folder, sockets):
            os.chown(path, account.pw_uid, account.pw_gid)

    def call(program, *arguments):
        command = [programs / program, "-D", folder / "data", *arguments]
        done = subprocess.run(
            command, cwd=sockets, capture_output=True, text=True, check=False, **as_user
        )
        if done.returncode:
            log = folder / "log"
            raise SystemExit(f"{program} failed: {done.stderr}{log.exists() and log.read_text()}")

    try:
        if not (folder / "data" / "PG_VERSION").exists():
            call("initdb", "-U", "archive", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-k {sockets} {_OPTIONS}"
        call("pg_ctl", "start", "-w", "-t", "300", "-l", folder / "log", "-o", options)
        try:
            yield f"postgres://archive@{quote(str(sockets), safe='')}"
        finally:
            call("pg_ctl", "stop", "-w", "-t", "300", "-m", "fast")
    finally:
        shutil.rmtree(sockets, ignore_errors=True)
