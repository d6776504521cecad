"""A copy into another database is the same archive, whichever engines the two have."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, connections

from articles import integrity, search
from articles.integrity import copying
from articles.integrity.beside import opened, settings_of, snapshot
from articles.integrity.copying import copy_into
from articles.integrity.manifest import write_manifest
from articles.integrity.refusals import Refused, WrongUsage
from articles.integrity.seals import document, first_seals, sha256, standing
from articles.models import Article, Change, Record, Source
from tests.articles.integrity.another import empty_database, is_whole, rows, writer
from tests.make import make_article, make_colleague, make_small_archive, save

pytestmark = pytest.mark.django_db(transaction=True)
ENGINES = sorted({"sqlite", connection.vendor})


@pytest.fixture
def archive():
    """A little of everything, and of what engines keep each in its own way."""
    report = make_small_archive()
    make_colleague("Editors")
    fields = {
        "headline": "Görüş — ملاقات",
        "body": "Gəncə\n\n\t“so”, he said: \\N \\. {'a': \"b\"} 🕊",
        "original": b"\x00\xff\\.\n'",
        "retrieved_at": datetime(2023, 7, 2, 3, 4, 5, 678901, tzinfo=UTC),
        "published": "2023-07-02T23:30:00+04:00",
    }
    with integrity.change("leyla", "The agency\nsaid “so”", Change.Kind.CORRECTION, "Told “so”"):
        save(report, **fields)
    with integrity.change("leyla", "Twice the same"):
        make_article("Doubled", status="merged", merged_into=report)
    country = report.countries.first()
    country.other_names = ["Azərbaycan", "Азербайджан"]
    country.save()
    make_article("A thought", status="draft").delete()
    Source.objects.update(kind="newspaper")  # seals wait
    return report


@pytest.fixture(params=ENGINES)
def target(request, new_archive):
    return new_archive(request.param)


def manifest_of(using, tmp_path):
    write_manifest(tmp_path / "made", using=using)
    return (tmp_path / "made").read_bytes()


def unsealed(using):
    """The records whose row is not what its seal says, as the database itself reads it."""
    for kind in integrity.kept.kinds().values():
        for record, name, key, number, state in standing(kind, "TRUE", using=using):
            seals = first_seals([(record, number), (record, number - 1)], using)
            made = document(name, key, number, state, seals.get((record, number - 1)))
            if seals[record, number] != sha256(made):
                yield name, key


def is_empty(settings):
    with opened(settings) as using:
        held = (Record, Article, User, Change)
        return not any(model.objects.using(using).exists() for model in held) and is_whole(using)


def test_all_rows_and_the_manifest_are_the_same(archive, target, tmp_path):
    told = copy_into(target)
    with opened(target) as using:
        assert rows(using) == rows("default")
        assert manifest_of(using, tmp_path) == manifest_of("default", tmp_path)
        assert told["head"].encode() in manifest_of(using, tmp_path).splitlines()[0]
        assert list(unsealed(using)) == []
        assert is_whole(using)
        assert not search.is_stale(using=using)
        assert integrity.state(using) != integrity.state()


def test_there_and_back_again_is_the_same(archive, new_archive, tmp_path):
    there, back = new_archive("sqlite"), new_archive()
    copy_into(there)
    with opened(there) as using:
        copy_into(back, using=using)
    with opened(back) as using:
        assert rows(using) == rows("default")
        assert manifest_of(using, tmp_path) == manifest_of("default", tmp_path)


def test_a_new_row_gets_an_id_that_nobody_had(archive, target):
    last = max(Article.objects.values_list("pk", flat=True))
    copy_into(target)
    with opened(target) as using, integrity.change("rauf", "After the copy", using=using):
        story = Article.objects.using(using).get(pk=archive.pk)
        story.pk, story.slug, story.import_ref = None, "another", "another"
        Article.objects.using(using).bulk_create([story])
        assert story.pk == last + 2  # between them was the draft that was deleted


def test_a_database_without_tables_is_migrated(archive, tmp_path):
    with empty_database("sqlite", tmp_path) as settings:
        copy_into(settings)
        with opened(settings) as using:
            assert rows(using) == rows("default")


# Of one state


def test_a_snapshot_reads_one_state_whatever_others_write(archive, another, new_archive):
    settings = new_archive()
    copy_into(settings)
    with opened(settings) as busy, writer(settings) as wrote_more, snapshot(busy) as using:
        before = rows(using)
        assert wrote_more() and wrote_more()
        assert rows(using) == before
        assert integrity.is_settled(using)


def test_a_copy_made_while_others_write_is_of_one_state(archive, new_archive, target):
    settings = new_archive()
    copy_into(settings)
    with opened(settings) as busy, writer(settings) as wrote_more:
        assert wrote_more()
        copy_into(target, using=busy)
        assert wrote_more()
    with opened(target) as using:
        first, second = Article.objects.using(using).order_by("pk")[:2]
        assert first.byline == second.byline != ""
        assert list(unsealed(using)) == []


# Refused


def test_an_archive_that_holds_anything_is_left_as_it_is(archive, target):
    copy_into(target)
    with opened(target) as using:
        before = rows(using), integrity.state(using)
        with pytest.raises(Refused, match="not empty: it holds .* records"):
            copy_into(target)
        assert (rows(using), integrity.state(using)) == before


def test_accounts_are_not_replaced(archive, target):
    with opened(target) as using:
        User.objects.db_manager(using).create_user("rauf")
        with pytest.raises(Refused, match="1 accounts"):
            copy_into(target)
        assert User.objects.using(using).get().username == "rauf"


def test_a_database_of_something_else_is_left_alone(archive, tmp_path):
    with empty_database("sqlite", tmp_path) as settings, opened(settings) as using:
        with connections[using].cursor() as cursor:
            cursor.execute("CREATE TABLE recipes (name text)")
        with pytest.raises(Refused, match="no archive"):
            copy_into(settings)
        assert connections[using].introspection.table_names() == ["recipes"]


def test_an_empty_archive_is_not_copied(tmp_path):
    with empty_database("sqlite", tmp_path) as settings, pytest.raises(Refused, match="nothing"):
        copy_into(settings)
    assert list(tmp_path.glob("*.sqlite3")) == []


@pytest.mark.parametrize("table", ["articles_article", "articles_article_people", "auth_user"])
def test_a_copy_that_fails_on_its_way_leaves_the_target_empty(archive, target, table, monkeypatch):
    copy = copying._copy

    def cut(model, *args):
        copy(model, *args)
        if model._meta.db_table == table:
            raise OSError("No space left on device")

    monkeypatch.setattr(copying, "_copy", cut)
    with pytest.raises(Refused, match="No space left"):
        copy_into(target)
    assert is_empty(target)


def test_rows_that_come_in_otherwise_leave_the_target_empty(archive, target, monkeypatch):
    value = copying._value
    monkeypatch.setattr(
        copying,
        "_value",
        lambda field, *args: "" if field.name == "dateline" else value(field, *args),
    )
    Article.objects.update(dateline="BAKU")
    with pytest.raises(Refused, match="Some rows"):
        copy_into(target)
    assert is_empty(target)


def test_a_database_that_does_not_answer_is_told_in_words(archive, tmp_path):
    for url in (f"sqlite:///{tmp_path}/nowhere/a.sqlite3", "postgres://a:secret@127.0.0.1:9/a"):
        with pytest.raises(Refused) as refused:
            copy_into(settings_of(url))
        assert str(refused.value)
        assert "secret" not in str(refused.value)


# The command


def test_the_command_tells_the_head_and_its_status(archive, tmp_path):
    url, out = f"sqlite:///{tmp_path}/copy.sqlite3", StringIO()
    call_command("copy_archive", to=url, stdout=out)
    head = manifest_of("default", tmp_path).splitlines()[0].decode()[9:73]
    assert out.getvalue().strip().endswith(f"head {head}")
    with pytest.raises(CommandError) as refused:
        call_command("copy_archive", to=url)
    assert refused.value.returncode == 1


@pytest.mark.parametrize(
    "url",
    [
        "", "archive.sqlite3", "sqlite://a.sqlite3", "sqlite:///", "sqlite:///:memory:",
        "sqlite://:memory:", "mysql://a/b", "postgres://", "postgres://a:secret@b:port/c",
        "oracle://a:secret@b/c", "http://[", "\0",
    ],
)  # fmt: skip
def test_a_url_that_names_no_database_is_wrong_usage(url):
    with pytest.raises(WrongUsage) as refused:
        settings_of(url)
    assert "secret" not in str(refused.value)
    assert refused.value.status == 2


def test_a_file_is_looked_for_in_the_projects_folder():
    assert settings_of("sqlite:///a.sqlite3")["NAME"] == django_settings.BASE_DIR / "a.sqlite3"
