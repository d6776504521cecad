"""Verification names what was altered past the triggers, and has nothing to say of the rest."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles import integrity, search
from articles.integrity import manifest
from articles.integrity.engines import engine
from articles.integrity.seals import document, sha256, standing
from articles.models import Article, Change, Person, Record, Seal, Verification, Version
from tests.make import (
    by_sql,
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_topic,
    save,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """A story with a history, and a little of everything around it."""
    with integrity.change("tests", "Made for a test"):
        iran, leyla = make_country("Iran"), make_person("Leyla Hasanova")
        make_membership(leyla, make_post(), "2020")
        story = make_article("Ministers meet", [iran], [leyla], [make_topic("Visits")])
        event = make_event(actors=[iran])
        event.evidence.create(article=story, start=0, end=8, text="They met")
    for headline in ("Ministers met", "Ministers have met"):
        with integrity.change("leyla", "A better word", kind="correction", note="A word"):
            save(story, headline=headline)
    return story


def verify(*options):
    """(exit status, the lines of findings, the summary)"""
    out, status = StringIO(), 0
    try:
        call_command("verify_archive", *options, stdout=out)
    except SystemExit as ended:
        status = ended.code
    *findings, summary = out.getvalue().splitlines()
    return status, findings, summary


def past_triggers(statement, *params):
    with integrity.guards_lifted():
        by_sql(statement, *params)


def found_after(statement, *params):
    past_triggers(statement, *params)
    status, findings, summary = verify()
    assert status == 1
    assert f"{len(findings)} findings" in summary
    return findings


def named(thing, number=None):
    record = thing.record
    return f"{record.kind} {record.key} version {number or record.number}: "


def test_a_whole_archive_has_no_findings_and_it_is_recorded_that_one_looked(story):
    status, findings, summary = verify()
    assert (status, findings) == (0, [])
    looked = Verification.objects.get()
    assert (looked.findings, looked.records) == (0, Record.objects.count())
    assert looked.head in summary


def test_a_changed_text_is_named(story):
    [finding] = found_after("UPDATE articles_article SET byline = 'Planted'")
    assert finding.startswith("changed: " + named(story))


@pytest.mark.parametrize("table", ["countries", "people", "topics"])
def test_a_link_taken_away_is_named(story, table):
    changed, unfiled = found_after(f"DELETE FROM articles_article_{table}")
    assert changed.startswith("changed: " + named(story))
    assert unfiled == f"index: article {story.pk}: its card in the index says something else"


def test_a_changed_person_office_and_source_are_named(story):
    person, term = story.people.get(), story.people.get().memberships.get()
    past_triggers("UPDATE articles_person SET description = 'x'")
    past_triggers("UPDATE articles_membership SET is_acting = NOT is_acting")
    past_triggers("UPDATE articles_source SET name = 'Another'")
    _, findings, _ = verify()
    expected = ["changed: " + named(thing) for thing in (person, term, story.source)]
    assert all(any(f.startswith(start) for f in findings) for start in expected)
    assert len(findings) == 3


def test_a_deleted_row_is_named(story):
    record = story.people.get().memberships.get().record
    [finding] = found_after("DELETE FROM articles_membership")
    assert finding.startswith(f"missing: membership {record.key} version 1: ")


def test_an_added_row_is_named(story):
    [finding] = found_after(
        "INSERT INTO articles_topic (slug, name, description) VALUES ('planted', 'Planted', '')"
    )
    assert finding.startswith("extra: topic number ")


def test_a_replaced_version_that_was_changed_or_deleted_is_named(story):
    version = Version.objects.get(record=story.record, number=1)
    changed = version.state | {"headline": "Planted"}
    [finding] = found_after(
        "UPDATE articles_version SET state = %s WHERE id = %s", json.dumps(changed), version.pk
    )
    assert finding.startswith("changed: " + named(story, 1))
    [finding] = found_after("DELETE FROM articles_version WHERE id = %s", version.pk)
    assert finding.startswith("missing: " + named(story, 1))


def test_a_version_that_never_was_is_named(story):
    version = Version.objects.get(record=story.record, number=1)
    findings = found_after(
        "INSERT INTO articles_version (record_id, number, change_id, replaced_by_id, state)"
        " SELECT record_id, 9, change_id, replaced_by_id, state FROM articles_version"
        " WHERE id = %s",
        version.pk,
    )
    assert any(finding.startswith("extra: " + named(story, 9)) for finding in findings)


def test_a_seal_that_was_written_over_is_told_from_a_text_that_was(story):
    findings = found_after(
        "UPDATE articles_seal SET sha256 = %s WHERE record_id = %s AND number = 3",
        "0" * 64,
        story.record.pk,
    )
    assert any(finding.startswith("re-hashed: " + named(story, 3)) for finding in findings)


def test_a_seal_taken_away_is_named(story):
    findings = found_after(
        "DELETE FROM articles_seal WHERE record_id = %s AND number = 2", story.record.pk
    )
    assert any(finding.startswith("missing: " + named(story, 2)) for finding in findings)


@pytest.mark.parametrize("column", ["made_by", "reason", "note", "kind"])
def test_who_and_why_cannot_be_altered_unnoticed(story, column):
    made = story.record.change
    [finding] = found_after(f"UPDATE articles_change SET {column} = 'x' WHERE id = %s", made.pk)
    assert finding.startswith(f"re-hashed: change {made.pk}: ")


def test_a_row_changed_with_its_hash_is_named_against_a_kept_manifest(story, tmp_path):
    manifest.write_manifest(tmp_path / "kept.jsonl")
    record = story.record
    past_triggers("UPDATE articles_article SET body = 'Planted'")
    [(*_, state)] = standing(integrity.kept.kinds()["article"], "r.id = %s", [record.pk])
    before = record.seals.get(number=2).sha256
    digest = sha256(document("article", record.key, 3, state, before))
    past_triggers(
        "UPDATE articles_seal SET sha256 = %s WHERE record_id = %s AND number = 3",
        digest,
        record.pk,
    )
    status, findings, _ = verify("--head", str(tmp_path / "kept.jsonl"))
    assert status == 1
    assert any(finding.startswith("re-hashed: " + named(story)) for finding in findings)


def test_a_record_that_a_kept_manifest_lists_is_missed(story, tmp_path):
    manifest.write_manifest(tmp_path / "kept.jsonl")
    topic = story.topics.get().record
    with integrity.guards_lifted():
        by_sql("DELETE FROM articles_article_topics")
        by_sql("DELETE FROM articles_topic")
        by_sql("DELETE FROM articles_seal WHERE record_id = %s", topic.pk)
        by_sql("DELETE FROM articles_record WHERE id = %s", topic.pk)
    _, findings, _ = verify("--head", str(tmp_path / "kept.jsonl"))
    assert any(finding.startswith("missing: topic visits version 1: ") for finding in findings)


def test_lawful_changes_after_a_manifest_was_kept_are_no_findings(story, tmp_path):
    manifest.write_manifest(tmp_path / "kept.jsonl", with_journal=True)
    with integrity.change("leyla", "Another word"):
        save(story, headline="Ministers will have met")
        make_country("Georgia")
    assert verify("--head", str(tmp_path / "kept.jsonl"))[:2] == (0, [])


def test_a_trigger_that_is_gone_or_altered_is_named(story):
    dialect, _ = engine()
    name = "articles_article_replaced"
    by_sql(f"DROP TRIGGER {name}{' ON articles_article' * (connection.vendor == 'postgresql')}")
    _, [finding], _ = verify()
    assert finding == f"trigger: {name}: missing"
    integrity.install()
    assert verify()[0] == 0


@pytest.mark.django_db(transaction=True)  # PostgreSQL alters no table that waits for its commit
def test_a_disabled_trigger_is_named(story):
    if connection.vendor == "postgresql":
        by_sql("ALTER TABLE articles_article DISABLE TRIGGER articles_article_replaced")
    else:
        by_sql("DROP TRIGGER articles_article_replaced")
        by_sql(
            "CREATE TRIGGER articles_article_replaced BEFORE UPDATE ON articles_article"
            " BEGIN SELECT 1; END"
        )
    _, [finding], _ = verify()
    assert finding in (
        "trigger: articles_article_replaced: disabled",
        "trigger: articles_article_replaced: altered",
    )
    integrity.install()


def test_an_index_that_disagrees_is_named(story):
    by_sql(f"DELETE FROM articles_card WHERE article_id = {story.pk}")
    _, findings, _ = verify()
    assert f"index: article {story.pk}: it is not in the index" in findings
    search.rebuild()
    assert verify()[0] == 0


def test_words_of_the_index_that_were_altered_are_named(story):
    planted = {
        "sqlite": "INSERT INTO articles_search (rowid, headline, body, keys)"
        f" VALUES ({story.pk}, '', 'planted', '')",
        "postgresql": "UPDATE articles_search SET words = words || 'planted'::tsvector",
    }
    by_sql(planted[connection.vendor])
    _, [finding], _ = verify()
    assert finding in (
        "index: the index of words: it holds others than the archive; rebuild_search mends it",
        f"index: article {story.pk}: its words in the index were altered",
    )


def test_an_index_of_an_older_text_is_named(story):
    past_triggers("UPDATE articles_article SET summary = 'Newer'")
    _, findings, _ = verify()
    expected = f"index: article {story.pk}: the index holds the words of another text"
    assert expected in findings


def test_words_of_an_event_that_are_gone_are_named(story):
    with integrity.change("leyla", "The agency corrected it"):
        save(story, body="The ministers met.")
    _, [finding], _ = verify()
    event = story.events.get()
    assert finding.startswith(f"words: event {event.ref}: its words do not stand at 0 of ")


def test_text_that_is_no_utf_8_is_a_finding_and_no_fault(story):
    if connection.vendor == "sqlite":  # PostgreSQL holds none
        past_triggers("UPDATE articles_article SET byline = CAST(x'4cff' AS TEXT)")
        by_sql("PRAGMA ignore_check_constraints = ON")
        past_triggers("UPDATE articles_country SET adjectives = 'no JSON' WHERE slug = 'iran'")
        by_sql("PRAGMA ignore_check_constraints = OFF")
    else:
        past_triggers("UPDATE articles_article SET byline = 'L'")
        past_triggers("UPDATE articles_country SET adjectives = '[\"x\"]' WHERE slug = 'iran'")
    _, findings, _ = verify()
    assert {finding.split(":")[0] for finding in findings} == {"changed"}
    told = "\n".join(findings)
    assert named(story) in told and named(story.countries.get()) in told


# Of unknown origin


def test_what_came_by_sql_is_named_until_somebody_answers_for_it(story):
    by_sql("UPDATE articles_article SET byline = 'Leyla'")
    status, [finding], _ = verify()
    version = Seal.objects.latest("pk").pk
    assert status == 1
    assert finding.startswith(f"unattributed: version {version}, article ")
    assert verify()[0] == 1

    status, findings, _ = verify("--accept", str(version), "--reason", "By hand", "--by", "rauf")

    assert status == 0
    assert findings == [f"Accepted by rauf: all that change {story.record.change.pk} made."]
    assert verify()[:2] == (0, [])
    made = Change.objects.latest("pk")
    assert (made.made_by, made.reason, made.kind) == ("rauf", "By hand", "acceptance")


def test_one_acceptance_answers_for_all_that_one_statement_changed(story):
    make_article("Another")
    by_sql("UPDATE articles_article SET byline = 'Leyla'")
    _, findings, _ = verify()
    assert len(findings) == 2
    version = findings[0].split()[2].rstrip(",")
    assert verify("--accept", version, "--reason", "By hand")[0] == 0


def test_rows_born_by_sql_are_named_too(story):
    by_sql("INSERT INTO articles_topic (slug, name, description) VALUES ('war', 'War', '')")
    _, [finding], _ = verify()
    assert finding.startswith("unattributed: version ")
    assert "topic war version 1" in finding


def test_an_acceptance_says_why(story):
    with pytest.raises(CommandError) as refused:
        verify("--accept", "1")
    assert refused.value.returncode == 2
    with pytest.raises(CommandError, match="no version 987654"):
        verify("--accept", "987654", "--reason", "x")
    assert verify("--accept", str(Seal.objects.first().pk), "--reason", "x")[1][0].endswith(
        f"needs no acceptance: it came by change {Seal.objects.first().change_id}."
    )


# The manifest


def test_a_manifest_tells_neither_ids_nor_times(story, tmp_path):
    head, records = manifest.write_manifest(tmp_path / "a.jsonl")
    first, *lines = (tmp_path / "a.jsonl").read_text().splitlines()
    assert json.loads(first) == {"head": head, "records": records}
    assert records == len(lines) == Record.objects.count()
    assert sorted(map(json.loads, lines), key=lambda line: line[1:3]) == [*map(json.loads, lines)]
    with integrity.change("leyla", "Another word"):
        save(story, byline="Leyla")
    assert manifest.write_manifest(tmp_path / "b.jsonl")[0] != head


def test_two_archives_that_hold_the_same_have_one_manifest(tmp_path):
    heads = set()
    for name in ("a", "b"):
        with integrity.guards_lifted():
            for model in (Version, Seal, Record, Change):
                model.objects.all().delete()
            Person.objects.all().delete()
        with integrity.change(name, f"Made by {name}"):
            make_person("Leyla Hasanova")
            make_person("Rauf Aliyev")
        heads.add(manifest.write_manifest(tmp_path / name)[0])
    assert len(heads) == 1


@pytest.mark.parametrize(
    "content", ["", "no manifest", "{}", '{"head": "x"}\n[1, 2]\n', '{"head": "x", "records": 0}\n']
)
def test_a_file_that_is_no_manifest_is_refused(tmp_path, content):
    (tmp_path / "kept.jsonl").write_text(content)
    with pytest.raises(CommandError, match=r"kept.jsonl (is no manifest|was altered)"):
        verify("--head", str(tmp_path / "kept.jsonl"))


def test_a_manifest_that_was_altered_is_refused(story, tmp_path):
    manifest.write_manifest(tmp_path / "kept.jsonl")
    text = (tmp_path / "kept.jsonl").read_text().replace("leyla", "rauf")
    (tmp_path / "kept.jsonl").write_text(text)
    with pytest.raises(CommandError, match="was altered"):
        verify("--head", str(tmp_path / "kept.jsonl"))


def test_the_command_writes_one(story, tmp_path):
    out = StringIO()
    call_command("manifest", str(tmp_path / "m.jsonl"), "--journal", stdout=out)
    said = json.loads((tmp_path / "m.jsonl").read_text().splitlines()[0])
    assert said["head"] in out.getvalue()
    assert said["journal"][1] == Change.objects.order_by("-position").first().sha256
    with pytest.raises(CommandError):
        call_command("manifest", str(tmp_path / "none" / "m.jsonl"))


@pytest.mark.django_db(transaction=True)  # PostgreSQL moves it at a commit
def test_a_state_of_the_archive_moves_when_it_was_looked_at(story):
    before = integrity.state()
    verify()
    assert integrity.state() != before
    assert Article.objects.count() == 1
