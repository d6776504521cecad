"""`manage.py import_articles` in a shell of its own: exit statuses, what it prints, where."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.articles.importing.run import record, write_lines

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def manage(tmp_path_factory):
    """Runs manage.py on an archive of its own, a file."""
    database = tmp_path_factory.mktemp("archive") / "archive.sqlite3"
    env = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "tests-only-" + "x" * 60,
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(*arguments):
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True)

    migrated = run("migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    return run


def last_line(text):
    return text.strip().splitlines()[-1]


def test_a_good_file_exits_with_0_and_its_summary_is_the_last_line(manage, tmp_path):
    good = write_lines(tmp_path / "good.jsonl", record(source="Səs"))
    done = manage("import_articles", good)
    assert (done.returncode, done.stderr) == (0, "")  # no progress where nobody watches
    assert last_line(done.stdout) == (
        "1 records: 1 created, 0 updated, 0 unchanged, 0 differs, 0 refused"
    )


def test_a_refused_file_exits_with_1_and_the_summary_is_the_last_line(manage, tmp_path):
    bad = write_lines(tmp_path / "bad.jsonl", record(import_ref="bad", headline=""))
    done = manage("import_articles", bad)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0] == f"{bad}:1: headline: is missing"
    assert "1 records refused, nothing loaded" in last_line(done.stderr)


def test_keep_going_with_a_bad_record_exits_with_1_after_its_summary(manage, tmp_path):
    mixed = write_lines(tmp_path / "mixed.jsonl", record(import_ref="mixed"), b"{")
    done = manage("import_articles", mixed, "--keep-going")
    assert done.returncode == 1
    assert last_line(done.stdout).startswith("2 records: 1 created")
    assert last_line(done.stdout).endswith("1 refused")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--keep-going"],
        ["missing.jsonl"],
        ["."],
        ["README.md"],
        ["good.jsonl", "--colour"],
        ["good.jsonl", "--status", "withdrawn"],
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(manage, arguments):
    done = manage("import_articles", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert last_line(done.stderr)


def test_a_file_of_no_known_form_among_good_ones_loads_nothing(manage, tmp_path):
    good = write_lines(tmp_path / "good.jsonl", record(import_ref="beside"))
    table = tmp_path / "table.xlsx"
    table.write_bytes(b"PK")
    assert manage("import_articles", good, table).returncode == 2
    assert "1 created" in manage("import_articles", good, "--dry-run").stdout


def test_help_names_every_option(manage):
    done = manage("import_articles", "--help")
    assert done.returncode == 0
    for option in ("--dry-run", "--keep-going", "--status"):
        assert option in done.stdout


def test_a_record_that_cannot_be_printed_is_refused_without_a_crash(manage, tmp_path):
    bad = write_lines(tmp_path / "bad.jsonl", record() | {"\ud800": "x"})
    done = manage("import_articles", bad)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
