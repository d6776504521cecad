"""A database that does not answer is told by the name of its variable, not by a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "url, told",
    [
        ("postgres://nobody@127.0.0.1:1/none", "archive.E005"),
        ("sqlite:////nonexistent/folder/archive.sqlite3", "archive.E004"),
    ],
)
def test_make_run_stops_before_it_migrates_and_says_which_variable_is_wrong(url, told):
    env = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": "tests-only-" + "x" * 60}
    tags = ["--tag", "security", "--tag", "files", "--tag", "database"]
    assert f"check {' '.join(tags)} --database default" in (PROJECT / "Makefile").read_text()
    command = [sys.executable, "manage.py", "check", *tags, "--database", "default"]
    run = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True)
    assert run.returncode == 1
    assert told in run.stderr
    assert "DATABASE_URL" in run.stderr
    assert "Traceback" not in run.stderr
