"""Editors at work at the same time: saves at the desk, races for a story, an import meanwhile.

    .venv/bin/python tests/bench/editors.py              on SQLite, in a folder of its own
    --editors 8 --saves 1250     each editor saves a story of his own so often
    --races 1000                 two editors open one story, and both save it at the same instant
    --imported 50000             records imported while the editors save and readers read

The site runs in gunicorn as in production (2 processes with 4 threads), with DEBUG off. Counts
errors and versions, and tells how long saves took. Exit status 1 where a figure is missed:
0 errors, p95 <= 500 ms, max <= 3 s, versions = saves; 0 races lost; during the import 0 errors
and saves <= 2 s.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
FOLDER = Path(tempfile.mkdtemp(prefix="archive-editors-"))
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'archive.sqlite3'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_archive.settings")

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from articles.models import Article, Record, Version  # noqa: E402
from tests.forms import form_of  # noqa: E402

HIDDEN = re.compile(r'name="(_seen|csrfmiddlewaretoken)" value="([^"]+)"')
PASSWORD = "a long password for a bench"


class Editor:
    """A browser of one who is signed in."""

    def __init__(self, port, name):
        self.port, self.cookies, self.own = port, {}, {}
        form = form_of(self.ask("GET", "/admin/login/"))
        sent = form | {"username": name, "password": PASSWORD, "next": "/admin/"}
        assert self.ask("POST", "/admin/login/?next=/admin/", sent).status == 302, "no login"

    def ask(self, method, address, form=None):
        """An answer with status and text; its cookies are kept."""
        body = urlencode(form, doseq=True) if form is not None else None
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://127.0.0.1:{self.port}{address}",
            }
        site = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        site.request(method, address, body, headers | {"Connection": "close"})
        answer = site.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return SimpleNamespace(status=answer.status, text=answer.read().decode())

    def open(self, story):
        """The form of a story as it is now. The page of one's own story is read whole but once:
        this computer's time is the site's."""
        page = self.ask("GET", form_address(story))
        if story not in self.own:
            return form_of(page, "article_form")
        self.own[story] = self.own[story] or form_of(page, "article_form")
        return self.own[story] | dict(HIDDEN.findall(page.text))

    def save(self, story, form, **changed):
        """(the answer, seconds)"""
        why = {"change_kind": "minor", "change_reason": "A better word"}
        start = time.perf_counter()
        answer = self.ask("POST", form_address(story), form | why | changed)
        return answer, time.perf_counter() - start


def form_address(story):
    return f"/admin/articles/article/{story}/change/"


def at_work(editor, story, saves, until=lambda: False):
    """(seconds of each save, what went wrong)"""
    times, wrong = [], []
    editor.own[story] = None
    for number in range(saves):
        if until():
            break
        answer, seconds = editor.save(story, editor.open(story), byline=f"Correspondent {number}")
        times.append(seconds)
        if answer.status != 302:
            editor.own[story] = None
            wrong.append(f"save {number} of story {story}: {answer.status}")
    del editor.own[story]
    return times, wrong


def told(times):
    ordered = sorted(times)
    return (
        f"p50 {ordered[len(ordered) // 2] * 1000:.0f} ms,"
        f" p95 {ordered[int(len(ordered) * 0.95)] * 1000:.0f} ms, max {ordered[-1]:.2f} s"
    )


def saves(editors, stories, number):
    before = numbers(stories)
    with ThreadPoolExecutor(len(editors)) as pool:
        done = list(pool.map(at_work, editors, stories, [number] * len(editors)))
    times = sorted(seconds for found, _ in done for seconds in found)
    wrong = [fault for _, faults in done for fault in faults]
    versions = numbers(stories) - before
    print(f"saves: {len(times)} by {len(editors)} editors, {len(wrong)} errors, {told(times)},")
    print(f"  {versions} versions")
    p95 = times[int(len(times) * 0.95)]
    return not wrong and p95 <= 0.5 and times[-1] <= 3 and versions == len(times)


def numbers(stories):
    """How many versions of these stories there are, those that stand included."""
    records = Record.objects.filter(kind="article", object_id__in=stories)
    kept = Version.objects.filter(record__in=records).count() + len(stories)
    assert kept == sum(records.values_list("number", flat=True)), "versions are missing"
    return kept


def races(first, second, stories, number):
    """Both open one story, both save; whoever was late saves what the 409 page holds."""
    lost, both, odd = 0, 0, []
    with ThreadPoolExecutor(2) as pool:
        for turn in range(number):
            story = random.choice(stories)
            forms = list(pool.map(lambda editor, s=story: editor.open(s), (first, second)))
            changes = [{"byline": f"Byline {turn}"}, {"dateline": f"DATELINE {turn}"}]
            answers = list(
                pool.map(
                    lambda editor, form, changed, s=story: editor.save(s, form, **changed)[0],
                    (first, second),
                    forms,
                    changes,
                )
            )
            both += [answer.status for answer in answers] == [302, 302]
            for editor, answer in zip((first, second), answers, strict=True):
                if answer.status == 409:
                    answer, _ = editor.save(story, form_of(answer, "article_form"))
                if answer.status != 302:
                    odd.append(f"race {turn}: {answer.status}")
            stands = Article.objects.get(pk=story)
            wanted = changes[0] | changes[1]
            lost += any(getattr(stands, name) != value for name, value in wanted.items())
    print(f"races: {number}, {lost} lost, {both} taken both at once, {len(odd)} errors")
    return not (lost or both or odd)


def while_importing(editors, stories, number, port):
    """Editors save and readers read while a long import runs."""
    file = FOLDER / "import.jsonl"
    with open(file, "w") as lines:
        for n in range(number):
            text = f"Delegates met for round {n} and spoke of trade, gas and the border. " * 12
            fields = {"headline": f"Round {n} of talks", "body": text, "source": "Bench wire"}
            lines.write(json.dumps(fields | {"countries": ["iran", "iraq"]}) + "\n")
    importing = subprocess.Popen(
        [sys.executable, "manage.py", "import_articles", str(file)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )

    def is_over():
        return importing.poll() is not None

    def read(address):
        faults, asked = [], 0
        while not is_over():
            page = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            page.request("GET", address)
            answer = page.getresponse()
            answer.read()
            asked += 1
            if answer.status != 200:
                faults.append(f"{address}: {answer.status}")
        return asked, faults

    with ThreadPoolExecutor(6) as pool:
        reading = [pool.submit(read, a) for a in ("/", "/articles/", "/relations/iran/iraq/")]
        working = [
            pool.submit(at_work, editor, story, 10**6, is_over)
            for editor, story in zip(editors[:3], stories, strict=False)
        ]
        done = [work.result() for work in working]
        read_pages = [work.result() for work in reading]
    times = [seconds for found, _ in done for seconds in found]
    wrong = [fault for _, faults in [*done, *read_pages] for fault in faults]
    asked = sum(asked for asked, _ in read_pages)
    print(f"an import of {number}: {len(times)} saves, {asked} pages read meanwhile,")
    print(f"  {len(wrong)} errors, {told(times)}; import ended with {importing.returncode}")
    for fault in wrong[:5]:
        print(f"  {fault}")
    return not wrong and max(times) <= 2 and importing.returncode == 0


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--editors", type=int, default=8)
    options.add_argument("--saves", type=int, default=1250)
    options.add_argument("--races", type=int, default=1000)
    options.add_argument("--imported", type=int, default=50_000)
    asked = options.parse_args()
    call_command("migrate", verbosity=0)
    call_command("load_starter_archive", stdout=open(os.devnull, "w"))  # noqa: SIM115
    for number in range(asked.editors):
        user = User.objects.create_user(f"editor{number}", password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name="Editors"))
    call_command("collectstatic", interactive=False, verbosity=0)
    stories = list(Article.objects.published().values_list("pk", flat=True)[: asked.editors])
    connection.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [Path(sys.executable).parent / "gunicorn"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        editors = [Editor(port, f"editor{number}") for number in range(asked.editors)]
        fine = [
            not asked.saves or saves(editors, stories, asked.saves),
            not asked.races or races(*editors[:2], stories, asked.races),
            not asked.imported or while_importing(editors, stories, asked.imported, port),
        ]
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(FOLDER, ignore_errors=True)
    return 0 if all(fine) else 1


def wait_for(port):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("The site did not start.")


if __name__ == "__main__":
    sys.exit(main())
