"""The history of a record: each version with what it changed, and the way back to it."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import integrity
from articles.integrity import states
from articles.integrity.kept import kinds
from articles.models import Article, Change, Country, Membership
from articles.models.version import Kept
from tests.forms import form_of
from tests.make import (
    make_article,
    make_colleague,
    make_country,
    make_event,
    make_membership,
    make_mention,
    make_person,
    make_post,
    make_source,
    make_topic,
    save,
)

pytestmark = pytest.mark.django_db
WHY = {"reason": "It was right at first."}


def at_the_desk(group):
    client = Client()
    client.force_login(make_colleague(group, group))
    return client


@pytest.fixture
def chief():
    return at_the_desk("Chiefs")


def history(thing):
    return reverse(f"admin:articles_{thing._meta.model_name}_history", args=[thing.pk])


def changed(thing, reason="A better word", kind="minor", note="", **values):
    with integrity.change("rauf", reason, kind=kind, note=note):
        save(thing, **values)
    return thing


def entries(client, thing, **query):
    return client.get(history(thing), query).context["entries"]


def restore(client, thing, number, **fields):
    """Press the button beside a version, as the page offers it."""
    page = client.get(history(thing))
    form = form_of(page, f"restore-{number}")
    assert form["version"] == str(number)
    return client.post(history(thing), form | fields)


# What is shown


def test_versions_are_shown_with_who_why_and_what_the_newest_first(chief):
    story = make_article("Ministers meet", body="They met.\n\nThey spoke of trade.")
    changed(story, headline="Ministers met")
    note = "They spoke of oil."
    changed(story, "The agency said so", "correction", note, body="They met.\n\nThey spoke of oil.")

    page = chief.get(history(story))

    assert [entry.number for entry in page.context["entries"]] == [3, 2, 1]
    told = [[one.label for one in entry.differing or ()] for entry in page.context["entries"]]
    assert told == [["Body"], ["Headline"], []]
    for text in (
        "Version 3: stands now", "rauf", "The agency said so", "correction",
        "Note to readers: They spoke of oil.", "<del>trade</del><ins>oil</ins>",
        "1 paragraph unchanged", "minor edit", "A better word", "The first version.",
    ):  # fmt: skip
        assert text in page.text, text


def test_links_are_shown_by_their_names(chief):
    iran, georgia = make_country("Iran"), make_country("Georgia")
    story = make_article("Ministers meet", [iran])
    story.countries.set([georgia])
    source = make_source("Another Agency")
    changed(story, source=source)
    newest, *_ = entries(chief, story)
    [difference] = newest.differing
    assert difference.label == "Source"
    assert "<del>Test </del><ins>Another </ins>Agency" in chief.get(history(story)).text
    names = {
        text
        for entry in entries(chief, story)
        for one in entry.differing or ()
        for paragraph in one.paragraphs
        for _, text in paragraph.pieces
        if one.label == "Countries"
    }
    assert names == {"Iran", "Georgia"}


def test_a_change_of_unknown_origin_is_shown_as_such(chief):
    story = make_article("Ministers meet")
    Article.objects.update(headline="Ministers met")
    assert "Nobody known" in chief.get(history(story)).text


def test_a_page_at_a_time(chief):
    story = make_article("Ministers meet")
    for number in range(45):
        changed(story, byline=f"By {number}")
    assert [e.number for e in entries(chief, story)] == list(range(46, 26, -1))
    last = entries(chief, story, p=3)
    assert [e.number for e in last] == [6, 5, 4, 3, 2, 1]
    assert last[0].differing[0].label == "Byline"  # the one before is on this page
    assert entries(chief, story, p=1)[-1].differing  # the one before is on the next
    for wrong in ("0", "x", "99", "9" * 40, "-1"):
        assert chief.get(history(story), {"p": wrong}).status_code == 200


def test_a_page_of_history_costs_the_same_however_many_versions_there_are(
    chief, django_assert_max_num_queries
):
    story = make_article("Ministers meet", [make_country("Iran")])
    for number in range(30):
        changed(story, byline=f"By {number}", body=f"They met {number} times.")
    with django_assert_max_num_queries(20):
        chief.get(history(story))


def test_what_reads_alike_is_said_to(chief):
    story = make_article("Ministers meet")
    changed(story, import_digest="x")
    story.record.refresh_from_db()
    newest, _ = entries(chief, story)
    assert [one.label for one in newest.differing] == ["Import digest"]
    changed(story, original=b"abcd")
    changed(story, original=b"efgh")
    assert "Nothing that can be read changed" in chief.get(history(story)).text


def test_every_kept_thing_has_its_history_and_one_not_kept_that_of_django(admin_client):
    azerbaijan = make_country("Azerbaijan")
    person = make_person("Leyla Hasanova")
    person.other_names.create(name="Leyla Həsənova")
    make_membership(person, make_post(country=azerbaijan), "2019-01-01")
    report = make_article("Ministers meet", [azerbaijan], [person], [make_topic("Visits")])
    event = make_event("Ministers meet", [azerbaijan])
    event.evidence.create(article=report, start=0, end=4, text=report.body[:4])
    make_mention(report, azerbaijan, "They")
    for model in admin.site._registry:
        if issubclass(model, Kept):
            thing = model.objects.first()
            name = next(n for n in ("note", "text", "sector", "name", "slug") if hasattr(thing, n))
            model.objects.filter(pk=thing.pk).update(**{name: "MIL" if name == "sector" else "x"})
            page = admin_client.get(history(thing))
            assert [entry.number for entry in page.context["entries"]] == [2, 1], model
            assert len(page.context["entries"][0].differing) == 1, model


def test_those_of_the_desk_see_it_and_nobody_else(client):
    story = make_article("Ministers meet")
    assert at_the_desk("Contributors").get(history(story)).status_code == 200
    assert client.get(history(story)).status_code == 302
    nobody = Client()
    nobody.force_login(User.objects.create_user("nobody", is_staff=True))
    assert nobody.get(history(story)).status_code == 403


# The way back


def test_an_old_version_becomes_the_newest_and_nothing_is_lost(chief):
    iran, georgia, visits = make_country("Iran"), make_country("Georgia"), make_topic("Visits")
    leyla = make_person("Leyla Hasanova")
    story = make_article(
        "Ministers meet", [iran], [leyla], [visits], body="They met.", published="2023-07-02",
        retrieved_at="2023-07-02T10:00:00.123456Z", original=b"They met, as received.",
    )  # fmt: skip
    record = story.record
    first = states.state(record, 1)
    with integrity.change("rauf", "By mistake"):
        save(story, headline="Nobody met", body="Nobody.", published="", retrieved_at=None)
        save(story, original=None)
        story.countries.set([georgia])
        story.people.clear()
        story.topics.clear()

    assert restore(chief, story, 1, note="The first text was right.", **WHY).status_code == 302

    record.refresh_from_db()
    assert record.number == 3
    assert states.state(record, 3) == first
    assert states.state(record, 2)["headline"] == "Nobody met"
    made = record.change
    assert (made.kind, made.made_by, made.reason, made.note) == (
        "restoration", "Chiefs", WHY["reason"], "The first text was right.",
    )  # fmt: skip
    story.refresh_from_db()
    assert str(story.published_earliest) == "2023-07-02"
    assert not Article.objects.filter(headline="Nobody met").exists()


def test_restoring_never_publishes_and_never_withdraws(chief):
    story = make_article("Ministers meet", status="draft")
    changed(story, headline="Ministers met", status="published", import_digest="d")
    restore(chief, story, 1, **WHY)
    story.refresh_from_db()
    assert (story.status, story.headline) == ("published", "Ministers meet")
    assert story.import_digest == "d"  # the next import knows that the text was changed here
    changed(story, headline="Another", status="withdrawn", withdrawal_reason="Wrong.")
    restore(chief, story, 1, **WHY)
    story.refresh_from_db()
    assert (story.status, story.withdrawal_reason) == ("withdrawn", "Wrong.")


@pytest.mark.parametrize("reason", ["", " \n", "x" * 2001, "a\x00b"])
def test_what_readers_see_is_restored_with_a_reason(chief, reason):
    story = changed(make_article("Ministers meet"), headline="Ministers met")
    answer = restore(chief, story, 1, reason=reason, note="Kept in the form.")
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text and "Kept in the form." in answer.text
    assert story.version == 2


def test_a_draft_and_other_things_are_restored_without_one(chief):
    for thing in (make_article("Draft", status="draft"), make_person("Leyla Hasanova")):
        name = "headline" if isinstance(thing, Article) else "name"
        was = getattr(thing, name)
        changed(thing, **{name: "Another"})
        assert restore(chief, thing, 1).status_code == 302
        thing.refresh_from_db()
        assert getattr(thing, name) == was
    assert Change.objects.latest("pk").reason == "Version 1 restored"


def test_a_note_to_readers_is_for_what_readers_see(chief):
    draft = changed(make_article("Draft", status="draft"), headline="Another")
    restore(chief, draft, 1, note="Not for readers.")
    assert Change.objects.latest("pk").note == ""


def test_what_a_version_names_and_is_gone_is_named_and_nothing_restored(chief):
    iran, narnia = make_country("Iran"), make_country("Narnia")
    story = make_article("Ministers meet", [iran, narnia])
    with integrity.change("rauf", "There is no such country"):
        save(story, headline="Ministers met")
        story.countries.set([iran])
    Country.objects.get(slug="narnia").delete()
    answer = restore(chief, story, 1, **WHY)
    assert "Nothing was restored. No longer there: country “narnia”." in answer.text
    story.refresh_from_db()
    assert (story.headline, story.version) == ("Ministers met", 2)


def test_what_something_else_bears_now_is_not_restored(chief):
    topic = changed(make_topic("Visits"), slug="journeys")
    make_topic("Other visits", slug="visits")
    answer = restore(chief, topic, 1)
    assert "Nothing was restored." in answer.text
    topic.refresh_from_db()
    assert topic.slug == "journeys"


def test_a_term_returns_to_its_person_and_post(chief):
    leyla, rauf = make_person("Leyla Hasanova"), make_person("Rauf Aliyev")
    term = make_membership(leyla, make_post(), "2019", "2021")
    changed(term, person=rauf, started="2020", ended="")
    restore(chief, term, 1)
    term = Membership.objects.get()
    assert (term.person, term.started, str(term.ended_latest)) == (leyla, "2019", "2021-12-31")


def test_a_story_restored_is_found_by_its_words_and_its_old_address_leads_on(chief, client):
    story = make_article("Ministers meet", body="They spoke of pipelines.")
    changed(story, slug="ministers-met", body="They spoke of grain.")
    restore(chief, story, 1, **WHY)
    assert client.get("/articles.json?q=pipelines").json()["count"] == 1
    assert client.get("/articles/ministers-meet/").status_code == 200
    answer = client.get("/articles/ministers-met/")
    assert (answer.status_code, answer["Location"]) == (301, "/articles/ministers-meet/")


@pytest.mark.parametrize("token", ["old", "", None])
def test_a_history_that_is_old_restores_nothing(chief, token):
    story = changed(make_article("Ministers meet"), headline="Ministers met")
    form = form_of(chief.get(history(story)), "restore-1") | WHY
    changed(story, byline="Leyla")
    if token is None:
        del form["_seen"]
    elif token != "old":
        form["_seen"] = token
    answer = chief.post(history(story), form)
    assert answer.status_code == 409
    assert story.record.number == 3


@pytest.mark.parametrize("number", ["", "x", "0", "2", "99", "9" * 40, "-1", "²"])
def test_a_version_that_is_not_there_is_said_to_be_so(chief, number):
    story = changed(make_article("Ministers meet"), headline="Ministers met")
    form = form_of(chief.get(history(story)), "restore-1") | WHY
    answer = chief.post(history(story), form | {"version": number})
    assert "There is no such version" in answer.text
    assert story.record.number == 2


def test_who_may_not_change_a_thing_may_not_restore_it():
    story = changed(make_article("Ministers meet"), headline="Ministers met")
    contributor = at_the_desk("Contributors")
    assert "Restore" not in contributor.get(history(story)).text
    seen = form_of(at_the_desk("Editors").get(history(story)), "restore-1")
    assert contributor.post(history(story), seen | WHY).status_code == 403
    assert story.record.number == 2


# States


def test_each_kind_of_state_leads_back_to_its_fields():
    story = make_article(
        "Ministers meet", original=b"\x00\xff", retrieved_at="2023-07-02T10:00:00.5Z",
        published="2023?",
    )  # fmt: skip
    then = states.past("article", states.state(story.record, 1))
    story.refresh_from_db()
    for name, value in then.values.items():
        held = getattr(story, story._meta.get_field(name).attname)
        assert value == (bytes(held) if name == "original" else held), name
    assert set(then.values) | {"published_earliest", "published_latest"} == {
        column.name for column in kinds()["article"].columns
    }


def test_a_column_that_came_later_keeps_what_stands():
    topic = make_topic("Visits", description="Journeys of ministers")
    older = states.state(topic.record, 1)
    del older["description"]
    states.restore(topic, older | {"name": "Trips", "no_longer_a_column": "x"})
    assert (topic.name, topic.description) == ("Trips", "Journeys of ministers")


def test_a_long_text_shows_where_it_differs():
    paragraphs = [f"They met {n} times." for n in range(50)]
    old, new = "\n\n".join(paragraphs), "\n\n".join([*paragraphs[:25], "New.", *paragraphs[25:]])
    [one] = states.differing("article", {"body": old}, {"body": new})
    told = [(paragraph.kind, paragraph.pieces[0][1]) for paragraph in one.shown]
    assert told == [
        ("skipped", "25 paragraphs unchanged"), ("new", "New."),
        ("skipped", "25 paragraphs unchanged"),
    ]  # fmt: skip


def test_values_are_told_as_people_read_them():
    term = make_membership(make_person(), make_post(), "2020")
    state = states.state(term.record, 1)
    [one] = states.differing("membership", state, state | {"is_acting": True})
    assert [p.pieces for p in one.paragraphs] == [[("old", "no")], [("new", "yes")]]
    source = states.state(make_source().record, 1)
    [kind] = states.differing("source", source, source | {"kind": "ministry"})
    assert kind.paragraphs[-1].pieces == [("new", "ministry or government office")]
