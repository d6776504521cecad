"""Two imports at the same time: each ends well, nothing is there twice."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


def test_two_imports_of_one_file_make_each_article_and_its_source_once(tmp_path):
    database = tmp_path / "archive.sqlite3"
    env = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "tests-only-" + "x" * 60,
    }
    command = [sys.executable, "manage.py"]
    migrated = subprocess.run([*command, "migrate", "--verbosity", "0"], cwd=PROJECT, env=env)
    assert migrated.returncode == 0
    lines = [
        {"headline": f"Talks, day {n % 7}", "body": f"Round {n}.", "source": "Gen wire"}
        for n in range(400)
    ]
    file = tmp_path / "talks.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    both = [
        subprocess.Popen(
            [*command, "import_articles", str(file)],
            cwd=PROJECT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in both:
        out, err = process.communicate()
        assert process.returncode == 0, err
        assert out.strip().splitlines()[-1].startswith("400 records: ")
    with sqlite3.connect(database) as archive:
        assert archive.execute("SELECT count(*) FROM articles_article").fetchone() == (400,)
        assert archive.execute("SELECT name FROM articles_source").fetchall() == [("Gen wire",)]
