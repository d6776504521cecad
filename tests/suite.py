"""What `make test` runs, part by part, with one closing line for each.

    .venv/bin/python tests/suite.py                   everything
    .venv/bin/python tests/suite.py lint sqlite       only these parts

Exits with 0 if nothing failed. A part that could not run is told loudly; in CI (CI=true) it
counts as a failure.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# The site's own variables must not colour a test; each part sets what it needs.
SITE_VARIABLES = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "HTTPS")
# A few tests take half a minute: whoever is done first takes over what waits.
ON_TWO_CORES = ("-m", "not browser", "-n", "2", "--dist", "worksteal")
CLEAN_ENV = {name: value for name, value in os.environ.items() if name not in SITE_VARIABLES}


class Failed(Exception):
    """The part ran and something is wrong; the message ends its closing line."""


class CouldNotRun(Exception):
    """What the part needs is not here."""


# The parts


def lint():
    templates = sorted(str(path) for path in ROOT.glob("templates/**/*.html"))
    commands = [
        [BIN / "ruff", "check"],
        [BIN / "ruff", "format", "--check"],
        [BIN / "lint-imports", "--no-logo"],
    ]
    if templates:
        commands.append([BIN / "djade", "--check", "--target-version", "5.2", *templates])
    return run_all(commands)


def checks():
    manage = [sys.executable, "manage.py"]
    public_site = {
        "HTTPS": "1",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "archive.example",
    }
    return run_all(
        [
            [*manage, "makemigrations", "--check", "--dry-run"],
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        ],
        DATABASE_URL="sqlite:///:memory:",
        **public_site,
    )


def sqlite():
    return pytest(*ON_TWO_CORES)


def postgresql():
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        return pytest(*ON_TWO_CORES, DATABASE_URL=given)
    with postgresql_cluster() as url:
        return pytest(*ON_TWO_CORES, DATABASE_URL=url)


def browser():
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not chromium:
        raise CouldNotRun("no Chromium found; CHROMIUM=/path/to/it names one")
    # Three on two cores: one of them waits for its page.
    return pytest("-m", "browser", "-n", "3", "--dist", "worksteal", CHROMIUM=chromium)


PARTS = {part.__name__: part for part in (lint, checks, sqlite, postgresql, browser)}


# How they run


def run_all(commands, **env):
    """Run every command, also after a failure: one look shows all that is wrong."""
    failed = []
    for command in map(list, commands):
        if subprocess.run(command, cwd=ROOT, env={**CLEAN_ENV, **env}, check=False).returncode:
            failed.append(" ".join([Path(command[0]).name, *command[1:3]]))
    if failed:
        raise Failed("FAILED: " + ", ".join(failed))
    return "passed"


def pytest(*arguments, **env):
    """Run pytest and count from its report: "123 passed" or "120 passed, 3 failed"."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *arguments]
        ended = subprocess.run(command, cwd=ROOT, env={**CLEAN_ENV, **env}, check=False)
        if not report.exists():
            raise Failed(f"FAILED: pytest ended with {ended.returncode} and without a report")
        suite = ElementTree.parse(report).find("testsuite")
    ran, failures, errors, skipped = (
        int(suite.get(count)) for count in ("tests", "failures", "errors", "skipped")
    )
    passed = ran - failures - errors - skipped
    counts = f"{passed} passed" + (f", {failures + errors} failed" if failures + errors else "")
    counts += f", {skipped} skipped" if skipped else ""
    if failures + errors:
        raise Failed(counts)
    if ended.returncode:  # nothing was collected, or pytest itself broke
        raise Failed(f"{counts}, FAILED: pytest ended with {ended.returncode}")
    return counts


@contextmanager
def postgresql_cluster():
    """A throw-away server on a private socket, reachable by nobody else; yields its URL."""
    programs = postgresql_programs()
    # The server refuses to run as root.
    as_user = {}
    if os.geteuid() == 0:
        account = postgresql_account()
        as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    # /tmp, not TMPDIR: a socket's path must stay under about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="archive-pg-", dir="/tmp"))  # mode 0700
    # No autovacuum: amid a test it notes that tables are empty, by which PostgreSQL then plans.
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    options += " -c autovacuum=off"

    def call(program, *arguments):
        command = [programs / program, "-D", folder / "data", *arguments]
        return subprocess.run(
            command, cwd=folder, check=True, capture_output=True, text=True, **as_user
        )

    try:
        if as_user:
            os.chown(folder, as_user["user"], as_user["group"])
        call("initdb", "-U", "archive", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        try:
            call("pg_ctl", "start", "-w", "-l", folder / "log", "-o", options)
            yield f"postgres://archive@{quote(str(folder), safe='')}/postgres"
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                call("pg_ctl", "stop", "-w", "-m", "immediate")
    except subprocess.CalledProcessError as error:
        log = folder / "log"
        told = log.read_text() if log.exists() else error.stderr
        raise CouldNotRun(f"{Path(error.cmd[0]).name} failed:\n{told}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def postgresql_programs():
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )
    if pg_config := shutil.which("pg_config"):
        found = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        folders.insert(0, Path(found.stdout.strip()))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise CouldNotRun("no PostgreSQL server found (initdb, pg_ctl)")


def postgresql_account():
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CouldNotRun("PostgreSQL does not run as root, and there is no user postgres or nobody")


def main(names):
    if unknown := set(names) - set(PARTS):
        print(f"Unknown: {', '.join(unknown)}. Parts: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    # Ended from outside, the suite still stops its server: SystemExit runs what is in `finally`.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    in_ci = bool(os.environ.get("CI"))
    lines, status, not_run = [], 0, []
    for name in [name for name in PARTS if name in names or not names]:
        print(f"\n=== {name}", flush=True)
        try:
            result = PARTS[name]()
        except Failed as error:
            result, status = str(error), 1
        except CouldNotRun as error:
            result = f"COULD NOT RUN: {error}"
            not_run.append(name)
            status = 1 if in_ci else status
        lines.append(f"{name}: {result}")
    print("\n=== what came of it", *lines, sep="\n")
    if not_run:
        print(f"NOT TESTED: {', '.join(not_run)}")
    print("SOMETHING FAILED" if status else "Nothing failed.", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
