"""A backup is whole or not there; what is restored from it is what stood there."""

import json
from hashlib import sha256
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles import integrity, search
from articles.integrity import backup_postgresql
from articles.integrity.backup import backup, restore
from articles.integrity.beside import opened
from articles.integrity.manifest import write_manifest
from articles.integrity.refusals import Refused, WrongUsage
from articles.models import Article, Person, Record, Source
from tests.articles.integrity.another import empty_database, is_whole, rows, writer
from tests.make import make_article, make_colleague, make_person, make_small_archive, save

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]


@pytest.fixture
def archive():
    report = make_small_archive()
    make_colleague("Editors")
    with integrity.change("leyla", "The agency corrected it"):
        save(report, headline="Ministers met", original=b"Ministers\x00\xff", body="Gəncə\n\n“so”")
    make_article("A thought", status="draft").delete()
    integrity.settle()
    return report


@pytest.fixture
def folder(archive, tmp_path):
    backup(tmp_path / "backup")
    return tmp_path / "backup"


def manifest_of(using, tmp_path):
    write_manifest(tmp_path / "made", using=using)
    return (tmp_path / "made").read_bytes()


def is_empty(using):
    return not any(
        model.objects.using(using).exists() for model in (Record, Article, Person, User)
    ) and is_whole(using)


def alter(folder, **values):
    about = json.loads((folder / "about.json").read_text())
    (folder / "about.json").write_text(json.dumps(about | values))


# A backup


def test_a_backup_holds_the_manifest_of_what_stood_there(folder, tmp_path):
    assert (folder / "manifest.jsonl").read_bytes() == manifest_of("default", tmp_path)
    about = json.loads((folder / "about.json").read_text())
    assert about["engine"] == connection.vendor
    assert about["records"] == Record.objects.count()
    assert about["migrations"]["articles"][:4].isdigit()


def test_only_its_owner_may_read_it(folder):
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_an_empty_folder_is_taken(archive, tmp_path):
    (tmp_path / "empty").mkdir()
    backup(tmp_path / "empty")
    assert len(list((tmp_path / "empty").iterdir())) == 3


def test_a_folder_that_holds_anything_is_left_alone(archive, tmp_path):
    (tmp_path / "notes").write_text("kept")
    for place in (tmp_path, tmp_path / "notes", tmp_path / "nowhere" / "backup"):
        with pytest.raises(WrongUsage):
            backup(place)
    assert [path.name for path in tmp_path.iterdir()] == ["notes"]


def test_a_backup_that_fails_leaves_nothing(archive, tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr("articles.integrity.backup._sha256", full)
    with pytest.raises(Refused, match="No space left"):
        backup(tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_what_came_by_sql_is_sealed_before(archive, tmp_path):
    Source.objects.update(name="Another Agency")
    backup(tmp_path / "backup")
    assert integrity.is_settled()
    assert (tmp_path / "backup/manifest.jsonl").read_bytes() == manifest_of("default", tmp_path)


# Restored


def test_what_is_restored_is_what_stood_there(folder, another, tmp_path):
    restore(folder, using=another)
    assert rows(another) == rows("default")
    assert manifest_of(another, tmp_path) == (folder / "manifest.jsonl").read_bytes()
    assert is_whole(another)
    assert not search.is_stale(using=another)
    assert integrity.state(another) != integrity.state()


def test_an_empty_database_is_migrated(folder, tmp_path):
    with empty_database(connection.vendor, tmp_path) as settings, opened(settings) as using:
        restore(folder, using=using)
        assert rows(using) == rows("default")
        assert is_whole(using)


def test_a_restored_archive_goes_on(folder, another):
    restore(folder, using=another)
    last = max(Article.objects.values_list("pk", flat=True))
    with integrity.change("rauf", "After the restore", using=another):
        story = Article.objects.using(another).get(pk=last)
        Article.objects.using(another).filter(pk=last).update(byline="Rauf")
        story.pk, story.slug, story.import_ref = None, "another", "another"
        Article.objects.using(another).bulk_create([story])
    record = Record.objects.using(another).get(kind="article", object_id=last)
    assert record.versions.get(number=record.number - 1).state["byline"] == ""
    # The draft that was deleted had an id beyond; nobody else gets it.
    assert story.pk == last + 2


def test_the_archive_itself_is_restored_when_it_was_emptied(folder, tmp_path):
    with integrity.guards_lifted():
        call_command("flush", interactive=False, verbosity=0)
    before = integrity.state()
    restore(folder)
    assert manifest_of("default", tmp_path) == (folder / "manifest.jsonl").read_bytes()
    assert Article.objects.search(search.parse("headline:met")).count() == 1
    assert integrity.state() != before


def test_accounts_come_along_and_sessions_do_not(archive, tmp_path, another):
    Session.objects.create(session_key="x", session_data="", expire_date=timezone.now())
    backup(tmp_path / "backup")
    restore(tmp_path / "backup", using=another)
    leyla = User.objects.using(another).get()
    assert leyla.check_password("a long password")
    assert leyla.groups.get().name == "Editors"
    assert leyla.has_perm("articles.publish_article")
    assert not Session.objects.using(another).exists()


# Refused


def test_an_archive_that_holds_anything_is_left_as_it_is(folder, another):
    restore(folder, using=another)
    before = rows(another), integrity.state(another)
    with pytest.raises(Refused, match="not empty: it holds .* records"):
        restore(folder, using=another)
    assert (rows(another), integrity.state(another)) == before


def test_accounts_are_not_replaced(folder, another):
    User.objects.db_manager(another).create_user("rauf")
    with pytest.raises(Refused, match="1 accounts"):
        restore(folder, using=another)
    assert User.objects.using(another).get().username == "rauf"


@pytest.mark.parametrize("name", ["manifest.jsonl", "archive.*"])
def test_a_damaged_file_is_named_and_nothing_restored(folder, another, name):
    (path,) = folder.glob(name)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(Refused, match=f"{path.name} is damaged"):
        restore(folder, using=another)
    assert is_empty(another)
    path.unlink()
    with pytest.raises(Refused, match=path.name):
        restore(folder, using=another)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"engine": "oracle"}', '{"engine": []}', "\xff"])
def test_a_nonsense_about_json_is_refused_in_words(folder, another, text):
    (folder / "about.json").write_text(text, encoding="latin-1")
    with pytest.raises(Refused, match=r"about\.json is damaged"):
        restore(folder, using=another)


def test_a_folder_without_about_json_is_no_backup(tmp_path, another):
    with pytest.raises(WrongUsage, match="no backup"):
        restore(tmp_path, using=another)


def test_a_backup_of_the_other_engine_is_refused_with_the_way_to_go(folder, another):
    (path,) = folder.glob("archive.*")
    other = {"sqlite": "archive.sqlite3", "postgresql": "archive.dump"}[OTHER]
    path.rename(folder / other)
    files = json.loads((folder / "about.json").read_text())["files"]
    alter(folder, engine=OTHER, files={**files, other: files[path.name]})
    with pytest.raises(Refused, match="copy_archive"):
        restore(folder, using=another)
    assert is_empty(another)


def test_a_backup_of_another_version_is_refused(folder, another):
    alter(folder, migrations={"articles": "0001_initial"})
    with pytest.raises(Refused, match="another version"):
        restore(folder, using=another)
    assert is_empty(another)


def test_a_restore_of_other_rows_than_the_backup_tells_leaves_the_archive_empty(folder, another):
    alter(folder, contents="0" * 64)
    with pytest.raises(Refused, match="Some rows"):
        restore(folder, using=another)
    assert is_empty(another)


def test_a_restore_with_another_manifest_leaves_the_archive_empty_and_says_what_differs(
    folder, another
):
    manifest = (folder / "manifest.jsonl").read_bytes().replace(b"jeyhun", b"ceyhun")
    (folder / "manifest.jsonl").write_bytes(manifest)
    files = json.loads((folder / "about.json").read_text())["files"]
    alter(folder, files=files | {"manifest.jsonl": sha256(manifest).hexdigest()})
    with pytest.raises(Refused, match="1 missing, as .*ceyhun.*; 1 not expected, as .*jeyhun"):
        restore(folder, using=another)
    assert is_empty(another)


def test_a_restore_cut_in_the_middle_leaves_the_archive_empty(folder, another):
    left = sum(map(len, rows("default").values())) // 2

    def cut(number):
        nonlocal left
        left -= number
        if left < 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(folder, using=another, progress=cut)
    assert is_empty(another)
    restore(folder, using=another)


# While a writer writes


def test_backups_made_while_others_write_are_each_of_one_state(folder, new_archive, tmp_path):
    settings = new_archive()
    with opened(settings) as busy:
        restore(folder, using=busy)
        with writer(settings) as wrote_more:
            for number in range(3):
                assert wrote_more()
                backup(tmp_path / f"backup-{number}", using=busy)
                assert wrote_more()
    heads = set()
    for number in range(3):
        with opened(new_archive()) as using:
            heads.add(restore(tmp_path / f"backup-{number}", using=using)["head"])
            bylines = Article.objects.using(using).order_by("pk").values_list("byline", flat=True)
            assert bylines[0] == bylines[1] != ""
            assert is_whole(using)
    assert len(heads) == 3


# The commands


def test_the_commands_tell_the_head_and_their_status(archive, tmp_path):
    out = StringIO()
    call_command("backup", tmp_path / "backup", stdout=out)
    head = json.loads((tmp_path / "backup/about.json").read_text())["head"]
    assert out.getvalue().strip().endswith(f"head {head}")
    for command, status in (("backup", 2), ("restore", 1)):
        with pytest.raises(CommandError) as refused:
            call_command(command, tmp_path / "backup")
        assert refused.value.returncode == status
    with integrity.guards_lifted():
        call_command("flush", interactive=False, verbosity=0)
    out = StringIO()
    call_command("restore", tmp_path / "backup", stdout=out)
    assert out.getvalue().strip().endswith(f"head {head}")


def test_a_person_added_after_a_restore_is_a_record(folder):
    with integrity.guards_lifted():
        call_command("flush", interactive=False, verbosity=0)
    restore(folder)
    assert make_person("Rauf Mammadov").record.number == 1


# pg_dump


def programs(tmp_path, *told):
    for number, text in enumerate(told):
        path = tmp_path / f"pg_dump-{number}"
        path.write_text(f"#!/bin/sh\necho '{text}'\n")
        path.chmod(0o700)
        yield path


def test_the_newest_pg_dump_is_taken(tmp_path, monkeypatch):
    found = list(programs(tmp_path, "pg_dump (PostgreSQL) 9.6", "pg_dump (PostgreSQL) 15.8", "no"))
    monkeypatch.setattr(backup_postgresql, "_places", lambda name: found)
    assert backup_postgresql._program("pg_dump", 15) == found[1]


@pytest.mark.parametrize(
    ("told", "why"), [([], "apt install"), (["pg_dump (PostgreSQL) 14.1"], "14 is older .* 15")]
)
def test_a_missing_or_too_old_pg_dump_is_refused_in_words(tmp_path, monkeypatch, told, why):
    monkeypatch.setattr(backup_postgresql, "_places", lambda name: list(programs(tmp_path, *told)))
    with pytest.raises(Refused, match=why):
        backup_postgresql._program("pg_dump", 15)
