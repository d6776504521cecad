"""What the law orders out is out of every version, every quotation, the index and the file."""

import json

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction

from articles import integrity, search
from articles.integrity.merging import merge_article
from articles.integrity.redaction import Order, occurrences, redact, traces
from articles.integrity.seals import document, sha256
from articles.models import Article, Change, Evidence, FormerSlug, Seal, Version
from tests.make import make_article, make_colleague, make_event, save

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Rəşad Kərimli"
WHY = "Ordered by the court of Baku, 3 May 2024."
BODY = f"In Baku {NAME} met the envoy.\n\n“I know him”, said {NAME} of the envoy."
BLOTTED = "█████ ███████"
ORDER = Order(NAME)


def by(user, article, **values):
    with integrity.change(user, f"An edit of {', '.join(values)}"):
        save(article, **values)


@pytest.fixture
def careless():
    """SQLite as most are built: what is replaced stays in the file until another takes its place.
    Debian's overwrites it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = OFF")


@pytest.fixture
def story(careless):
    """Three versions, of which the second does not bear the name in its headline."""
    story = make_article(
        f"{NAME} meets the envoy",
        body=BODY,
        original=f"{NAME} meets\r\n\r\n{BODY}".encode(),
        url="https://agency.example/1",
        import_ref="a1",
    )
    by("leyla", story, headline="A meeting with the envoy")
    by("leyla", story, summary=f"Who is {NAME}?")
    return story


def removed(article, order=ORDER, reason=WHY):
    told = redact(article, order, "rauf", reason)
    article.refresh_from_db()
    return told


def everything():
    """All that the tables hold, as text; on SQLite the bytes of the file, too."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                cells = [bytes(c).decode() if isinstance(c, memoryview) else c for c in row]
                yield table, " ".join(map(_plain, cells))
    if connection.vendor == "sqlite":
        yield "the file", connection.connection.serialize().decode(errors="replace")


def _plain(cell):
    text = cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)
    return f"{text} {text.encode().decode('unicode_escape', errors='replace')}"


def where_it_stands(*words):
    return {table for table, text in everything() for word in words if word in text}


def test_each_letter_is_blotted_and_the_rest_stays(story):
    removed(story)
    assert story.body == BODY.replace(NAME, BLOTTED)
    assert story.summary == f"Who is {BLOTTED}?"
    assert story.headline == "A meeting with the envoy"
    assert story.original is None


def test_no_version_holds_the_words(story):
    removed(story)
    states = story.record.versions.order_by("number").values_list("state", flat=True)
    assert [state["headline"] for state in states] == [
        f"{BLOTTED} meets the envoy",
        "A meeting with the envoy",
        "A meeting with the envoy",
    ]
    assert not any(NAME in json.dumps(state, ensure_ascii=False) for state in states)
    assert not any(state["original"] for state in states)


def test_neither_table_nor_file_nor_index_holds_the_words_even_in_what_was_freed(story):
    words = [NAME, "Kərimli", "karim"]  # the last as the index holds it
    assert all(where_it_stands(word) for word in words)
    event = make_event()
    start = story.body.index(NAME)
    event.evidence.create(article=story, start=start, end=start + 13, text=NAME)
    with integrity.change("leyla", "Longer, and short again"):  # what is replaced is freed
        save(story, body=BODY + "\n\nMore words." * 3000)
    with integrity.change("leyla", "Short again"):
        save(story, body=BODY)
    removed(story, Order(NAME, address=True))
    assert where_it_stands(*words) == set()
    assert not Article.objects.search(search.parse("Kərimli")).exists()
    assert Article.objects.search(search.parse("envoy")).get() == story


def test_only_those_words_are_removed_and_only_from_this_article(story):
    other = make_article("Another", body=f"{NAME} again.")
    removed(story)
    other.refresh_from_db()
    assert other.body == f"{NAME} again."
    assert "In Baku " in story.body and "met the envoy" in story.body


def test_it_is_one_change_of_its_kind_with_who_and_why(story):
    before = Change.objects.count()
    removed(story)
    made = Change.objects.last()
    assert Change.objects.count() == before + 1
    assert (made.kind, made.made_by, made.reason) == ("redaction", "rauf", WHY)
    assert list(story.redactions) == [made]
    assert set(story.record.versions.values_list("redacted_by", flat=True)) == {made.pk}


def test_the_first_seals_stay_and_each_redacted_version_has_a_second_one(story):
    first = list(Seal.objects.filter(record=story.record).order_by("pk"))
    removed(story)
    made, record = Change.objects.last(), story.record
    seals = list(record.seals.order_by("pk"))
    assert seals[:3] == first
    assert sorted(seal.number for seal in seals[3:]) == [1, 2, 3, 4]
    assert {seal.change for seal in seals[3:]} == {made}
    for version in record.versions.all():
        previous = next((s.sha256 for s in first if s.number == version.number - 1), None)
        wanted = document("article", record.key, version.number, version.state, previous)
        assert record.seals.get(number=version.number, change=made).sha256 == sha256(wanted)
        assert sha256(wanted) != next(s.sha256 for s in first if s.number == version.number)


def test_a_version_without_the_words_is_left_alone(story):
    by("leyla", story, body="They met.", summary="", original=None)
    by("leyla", story, body=f"{NAME} met.")
    removed(story)
    redacted = dict(story.record.versions.values_list("number", "redacted_by"))
    assert [number for number in redacted if redacted[number] is None] == [4]


def test_words_that_stand_in_old_versions_alone_are_removed_from_them(story):
    by("leyla", story, body="They met.", summary="", original=None)
    number = story.version
    removed(story)
    assert where_it_stands(NAME) == set()
    assert story.version == number
    assert story.redactions.get().reason == WHY


def test_words_of_an_event_that_overlap_the_words_are_blotted_where_they_do(story):
    start = story.body.index("Kərimli met")
    words = make_event().evidence.create(
        article=story, start=start, end=start + 11, text="Kərimli met"
    )
    with integrity.change("leyla", "Longer"):
        save(words, end=start + 15, text="Kərimli met the")
    removed(story)
    words.refresh_from_db()
    assert words.text == "███████ met the" == story.body[words.start : words.end]
    states = words.record.versions.order_by("number").values_list("state", flat=True)
    assert [state["text"] for state in states] == ["███████ met", "███████ met the"]
    assert where_it_stands("Kərimli met") == set()


def test_words_of_an_event_that_went_to_another_article_are_removed_from_their_past(story):
    other = make_article("Sent again", body=f"He met {NAME} of the envoy.")
    start = story.body.index("of the envoy")
    words = make_event().evidence.create(
        article=story, start=start - 8, end=start + 3, text=story.body[start - 8 : start + 3]
    )
    merge_article(story, other, "leyla", "Sent twice.")
    story.refresh_from_db()
    removed(story)
    words.refresh_from_db()
    assert words.article == other and words.text == other.body[words.start : words.end]
    assert words.record.versions.get().state["text"] == "███████ of "


def test_words_of_an_event_that_were_deleted_are_removed_from_their_past(story):
    words = make_event().evidence.create(article=story, start=8, end=21, text=NAME)
    record = words.record
    words.delete()
    removed(story)
    assert record.versions.get().state["text"] == BLOTTED


def test_the_whole_text_goes_and_headline_and_paragraphs_stay(story):
    words = make_event().evidence.create(article=story, start=0, end=7, text="In Baku")
    removed(story, Order(whole=True))
    words.refresh_from_db()
    assert story.headline == "A meeting with the envoy"
    assert set(story.body) == {"█", " ", "\n"} and len(story.body) == len(BODY)
    assert words.text == "██ ████"
    assert where_it_stands("In Baku", "I know him") == set()


def test_the_whole_text_and_words_of_the_headline_go_together(story):
    removed(story, Order(NAME, whole=True))
    assert where_it_stands(NAME, "I know him") == set()


class TestTheAddress:
    OLD = "resad-kerimli-meets-the-envoy"

    @pytest.fixture
    def story(self, story):
        by("leyla", story, slug=self.OLD)
        by("leyla", story, slug="the-envoy")
        by("leyla", story, slug="kerimli-and-the-envoy")
        return story

    def test_it_stays_unless_asked(self, story):
        removed(story, Order("Kərimli"))
        assert story.slug == "kerimli-and-the-envoy"
        assert story.former_slugs.filter(slug=self.OLD).exists()

    def test_it_is_changed_if_asked_and_old_ones_with_the_words_lead_nowhere(self, story, client):
        removed(story, Order("Kərimli", address=True))
        assert story.slug == f"article-{story.pk}"
        assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["the-envoy"]
        assert client.get("/articles/the-envoy/").status_code == 301
        assert client.get(f"/articles/{self.OLD}/").status_code == 404
        assert client.get("/articles/kerimli-and-the-envoy/").status_code == 404
        states = Version.objects.filter(record__kind__in=["article", "formerslug"])
        assert not any(
            "kerimli" in state["slug"] for state in states.values_list("state", flat=True)
        )

    def test_an_address_of_that_form_that_is_taken_is_not_taken_twice(self, story):
        make_article("Another", slug=f"article-{story.pk}")
        removed(story, Order("Kərimli", address=True))
        assert story.slug == f"article-{story.pk}-2"


def test_the_desks_log_loses_the_words(story):
    user = make_colleague("Chiefs", name="nina")
    story_log = LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=story.pk,
        object_repr=f"{NAME} meets the envoy",
        action_flag=CHANGE,
        change_message=f"Withdrawn. {NAME} asked for it.",
    )
    words = make_event().evidence.create(article=story, start=8, end=25, text=f"{NAME} met")
    event_log = LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(words.event),
        object_id=words.event.pk,
        object_repr="An event",
        action_flag=CHANGE,
        change_message=json.dumps([{"added": {"name": "evidence", "object": f"{NAME} met"}}]),
    )
    removed(story)
    story_log.refresh_from_db(), event_log.refresh_from_db()
    assert story_log.object_repr == "A meeting with the envoy"
    assert story_log.change_message == f"Withdrawn. {BLOTTED} asked for it."
    assert f"{BLOTTED} met" in event_log.change_message
    assert where_it_stands(NAME) == set()


def test_an_address_of_the_original_that_is_none_without_the_words_is_emptied(story):
    removed(story, Order("https://agency"))
    assert story.url == ""
    removed(story, Order("the envoy"))  # a second one, later
    assert "the envoy" not in story.body and len(story.redactions) == 2


@pytest.mark.parametrize(
    ("order", "reason", "told"),
    [
        (Order(), WHY, "Write the words"),
        (Order("ab"), WHY, "at least 3"),
        (Order("█████"), WHY, "no word"),
        (Order("..."), WHY, "no word"),
        (Order("Nobody"), WHY, "no version"),
        (ORDER, "", "why"),
        (ORDER, "x" * 2001, "why"),
        (ORDER, "a\0b", "why"),
        (ORDER, f"{NAME} asked.", "must not repeat"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words_and_changes_nothing(story, order, reason, told):
    before = Change.objects.count()
    with pytest.raises(ValidationError, match=told):
        removed(story, order, reason)
    assert Change.objects.count() == before
    assert Article.objects.get().body == BODY


def test_how_often_the_words_stand_is_told_before(story):
    assert occurrences(story, ORDER) == [(1, 3), (2, 2), (3, 3)]
    assert occurrences(story, Order(whole=True)) == [(1, 1), (2, 1), (3, 2)]
    assert occurrences(story, Order("Nobody")) == [(1, 0), (2, 0), (3, 0)]


def test_earlier_reasons_that_quote_the_words_are_counted_and_stay_sealed(story):
    with integrity.change("leyla", f"{NAME} wrote to us"):
        save(story, byline="Leyla")
    assert traces(story, ORDER) == 1
    removed(story)
    assert where_it_stands(NAME) <= {"articles_change", "the file"}


def test_what_came_by_sql_is_sealed_before_words_are_taken_out_of_it(story):
    Article.objects.update(byline=NAME)
    removed(story)
    assert story.byline == BLOTTED
    assert story.record.seals.filter(number=4).count() == 2


def test_a_redaction_taken_back_by_a_fault_leaves_everything(story, monkeypatch):
    monkeypatch.setattr(search, "compact", lambda gone: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        removed(story)
    assert Article.objects.get().body == BODY
    assert not Version.objects.exclude(redacted_by=None).exists()


def test_an_import_does_not_bring_the_words_back(story, tmp_path, client):
    removed(story)
    file = tmp_path / "a.jsonl"
    record = {"source": "test-agency", "import_ref": "a1", "headline": NAME, "body": BODY}
    file.write_text(json.dumps(record))
    call_command("import_articles", file)
    story.refresh_from_db()
    assert NAME not in story.body and Article.objects.count() == 1


def test_within_a_transaction_of_others_it_says_what_is_left_to_do(story):
    with transaction.atomic():
        told = removed(story)
    assert "VACUUM" in told
    assert Evidence.objects.count() == 0
