"""Two editors, one record: whoever comes second is shown what both did, and nothing is lost."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin import tokens
from articles.models import Article, Membership, OtherName, Person
from articles.models.version import Kept
from tests.forms import WHY, change_form, form_of
from tests.make import (
    made_at_once,
    make_article,
    make_colleague,
    make_country,
    make_event,
    make_membership,
    make_mention,
    make_person,
    make_post,
    make_topic,
    save,
)

pytestmark = pytest.mark.django_db
KEPT = [model for model in admin.site._registry if issubclass(model, Kept)]


def at_the_desk(name, group="Chiefs"):
    client = Client()
    client.force_login(make_colleague(group, name))
    return client


@pytest.fixture
def leyla():
    return at_the_desk("leyla")


@pytest.fixture
def rauf():
    return at_the_desk("rauf")


@pytest.fixture
def archive():
    """One of everything that an editor may open."""
    azerbaijan = make_country("Azerbaijan")
    person = make_person("Leyla Hasanova")
    person.other_names.create(name="Leyla Həsənova", kind="native")
    make_membership(person, make_post(country=azerbaijan), "2019-01-01")
    report = make_article("Ministers meet", [azerbaijan], [person], [make_topic("Visits")])
    event = make_event("Ministers meet", [azerbaijan])
    event.evidence.create(article=report, start=0, end=4, text=report.body[:4])
    make_mention(report, azerbaijan, "They")


def address(thing, page="change"):
    return reverse(f"admin:articles_{thing._meta.model_name}_{page}", args=[thing.pk])


def listed(model):
    return reverse(f"admin:articles_{model._meta.model_name}_changelist")


def shown_again(answer):
    """The form within the page of a conflict, as a browser would send it."""
    assert answer.status_code == 409
    return form_of(answer, f"{answer.context['opts'].model_name}_form")


def labels(answer):
    return {one.label: one.told.split(".")[0] for one in answer.context["differing"]}


# One story


def test_the_second_editor_is_shown_both_texts_and_nothing_is_saved(leyla, rauf):
    story = make_article("Ministers meet", body="They met.\n\nThey spoke of trade.")
    first, second = (change_form(client, address(story)) for client in (leyla, rauf))
    reason = {"change_kind": "minor", "change_reason": "The agency says oil."}
    leyla.post(address(story), first | reason | {"body": "They met.\n\nThey spoke of oil."})

    answer = rauf.post(
        address(story), second | WHY | {"body": "They met.\n\nThey spoke of trade and of gas."}
    )

    form = shown_again(answer)
    assert labels(answer) == {"Body": "You both changed this"}
    for text in ("They spoke of oil.", "They spoke of trade and of gas.", "The agency says oil.",
                 "leyla", "minor edit", "<del>oil", "<ins>trade and of gas"):  # fmt: skip
        assert text in answer.text, text
    assert form["body"] == "They met.\r\n\r\nThey spoke of trade and of gas."
    assert form["change_reason"] == WHY["change_reason"]
    story.refresh_from_db()
    assert (story.body, story.version) == ("They met.\n\nThey spoke of oil.", 2)


def test_after_looking_the_second_editor_saves_and_both_changes_are_there(leyla, rauf):
    georgia, iran = make_country("Georgia"), make_country("Iran")
    story = make_article("Ministers meet", [iran], body="They met.")
    first, second = (change_form(client, address(story)) for client in (leyla, rauf))
    leyla.post(
        address(story),
        first | WHY | {"headline": "Ministers met", "countries": [iran.pk, georgia.pk]},
    )

    answer = rauf.post(address(story), second | WHY | {"body": "They met twice."})

    form = shown_again(answer)
    assert labels(answer) == {
        "Headline": "You did not touch this",
        "Countries": "You did not touch this",
        "Body": "Only you changed this",
    }
    assert rauf.post(address(story), form).status_code == 302
    story.refresh_from_db()
    assert (story.headline, story.body) == ("Ministers met", "They met twice.")
    assert set(story.countries.all()) == {georgia, iran}
    assert story.record.change.made_by == "rauf"


def test_what_both_changed_alike_is_no_difference(leyla, rauf):
    story = make_article("Ministers meet")
    first, second = (change_form(client, address(story)) for client in (leyla, rauf))
    leyla.post(address(story), first | WHY | {"headline": "Ministers met"})
    answer = rauf.post(address(story), second | WHY | {"headline": "Ministers met"})
    assert shown_again(answer)
    assert "No field differs" in answer.text


@pytest.mark.parametrize("token", [None, "", "x", "1.1", "1.1.1,", "9.9.9", "1.1.1" * 9, "²"])
def test_a_form_that_does_not_say_what_it_started_from_is_a_conflict(leyla, token):
    story = make_article("Ministers meet")
    form = change_form(leyla, address(story)) | WHY | {"headline": "Ministers met"}
    del form["_seen"]
    answer = leyla.post(address(story), form | ({"_seen": token} if token is not None else {}))
    again = shown_again(answer)
    assert again["headline"] == "Ministers met"
    story.refresh_from_db()
    assert story.version == 1
    assert leyla.post(address(story), again).status_code == 302


def test_a_save_that_changes_nothing_is_a_conflict_too_while_the_form_is_old(leyla, rauf):
    story = make_article("Ministers meet")
    old = change_form(rauf, address(story))
    save(story, headline="Ministers met")
    answer = rauf.post(address(story), old)
    assert labels(answer) == {"Headline": "You did not touch this"}
    assert shown_again(answer)["headline"] == "Ministers met"


def test_a_form_can_be_stale_again_and_again(leyla, rauf):
    story = make_article("Ministers meet")
    form = change_form(rauf, address(story)) | WHY | {"byline": "Rauf"}
    for headline in ("Ministers met", "Ministers are meeting"):
        save(story, headline=headline)
        form = shown_again(rauf.post(address(story), form))
        assert (form["headline"], form["byline"]) == (headline, "Rauf")
    assert rauf.post(address(story), form).status_code == 302
    story.refresh_from_db()
    assert (story.headline, story.byline) == ("Ministers are meeting", "Rauf")


def test_a_mistake_in_a_form_keeps_its_token(leyla, rauf):
    story = make_article("Ministers meet")
    form = change_form(rauf, address(story)) | WHY
    answer = rauf.post(address(story), form | {"headline": ""})
    assert answer.status_code == 200
    save(story, byline="Leyla")
    again = form_of(answer, "article_form") | {"headline": "Ministers met"}
    assert rauf.post(address(story), again).status_code == 409


def test_a_date_with_its_hour_is_told_as_the_form_shows_it(leyla, rauf):
    story = make_article("Ministers meet", retrieved_at="2023-07-02T10:00:00.5Z")
    old = change_form(rauf, address(story)) | WHY | {"retrieved_at_1": "11:30:00"}
    save(story, retrieved_at="2024-01-01T00:00:00Z")
    answer = rauf.post(address(story), old)
    [one] = answer.context["differing"]
    assert (one.now, one.sent) == ("01/01/2024 00:00:00", "02/07/2023 11:30:00")
    assert shown_again(answer)["retrieved_at_1"] == "11:30:00"


def test_lists_are_merged_as_they_were_written(leyla, rauf):
    country = make_country("Türkiye", other_names=["Turkey"])
    old = change_form(rauf, address(country))
    save(country, official_name="Republic of Türkiye")
    form = shown_again(rauf.post(address(country), old | {"other_names": '["Turkey", "Turquie"]'}))
    assert form["other_names"] == '["Turkey", "Turquie"]'
    assert rauf.post(address(country), form).status_code == 302
    country.refresh_from_db()
    assert country.other_names == ["Turkey", "Turquie"]
    assert country.official_name == "Republic of Türkiye"


def test_a_change_while_the_form_is_made_is_a_conflict_too_many_not_one_too_few(leyla, monkeypatch):
    story = make_article("Ministers meet")
    of = tokens.of

    def of_and_then_changed(*asked, **more):
        found = of(*asked, **more)
        Article.objects.update(byline="Rauf")
        return found

    monkeypatch.setattr(tokens, "of", of_and_then_changed)
    form = change_form(leyla, address(story))
    monkeypatch.undo()
    assert form["byline"] == "Rauf"
    assert leyla.post(address(story), form | WHY).status_code == 409


def test_what_was_seen_is_compared_under_a_lock(leyla, monkeypatch):
    """Within the transaction that saves; PostgreSQL locks the rows, SQLite the archive."""
    story, asked = make_article("Ministers meet"), []
    of = tokens.of

    def told(desk, thing, lock=False):
        asked.append((lock, connection.in_atomic_block, len(connection.savepoint_ids)))
        return of(desk, thing, lock)

    form = change_form(leyla, address(story)) | WHY
    monkeypatch.setattr(tokens, "of", told)
    outside = len(connection.savepoint_ids)
    with CaptureQueriesContext(connection) as queries:
        leyla.post(address(story), form)
    assert [lock for lock, *_ in asked] == [True]
    assert asked[0][2] > outside
    if connection.features.has_select_for_update:
        assert any("FOR NO KEY UPDATE" in query["sql"] for query in queries)


def test_who_may_not_change_it_is_told_so_and_no_more():
    contributor, story = at_the_desk("nigar", "Contributors"), make_article("Ministers meet")
    assert contributor.post(address(story), {"headline": "x"}).status_code == 403


# Every kind of record


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model._meta.model_name)
def test_every_form_is_refused_when_it_is_old_and_taken_when_it_is_not(leyla, archive, model):
    thing = model.objects.first()
    why = WHY if model is Article else {}
    form = change_form(leyla, address(thing))
    assert leyla.post(address(thing), form | why).status_code == 302
    without = {name: value for name, value in form.items() if name != "_seen"}
    assert leyla.post(address(thing), without | why).status_code == 409
    name = next(n for n in ("slug", "name", "title", "note", "text", "sector") if hasattr(thing, n))
    model.objects.filter(pk=thing.pk).update(**{name: "MIL" if name == "sector" else "other"})
    assert leyla.post(address(thing), form | why).status_code == 409


def test_one_who_adds_needs_no_token(leyla):
    form = form_of(leyla.get("/admin/articles/topic/add/"), "topic_form")
    assert "_seen" not in form
    sent = form | {"name": "Visits", "slug": "visits"}
    assert leyla.post("/admin/articles/topic/add/", sent).status_code == 302


# Rows within a form


@pytest.fixture
def person(archive):
    return Person.objects.get()


def test_a_row_changed_meanwhile_is_a_conflict(leyla, rauf, person):
    old = change_form(rauf, address(person)) | {"other_names-0-language": "az"}
    name = person.other_names.get()
    save(name, name="Leyla H.")
    answer = rauf.post(address(person), old)
    form = shown_again(answer)
    assert labels(answer) == {
        "Other name “Leyla H.”, name": "You did not touch this",
        "Other name “Leyla H.”, language": "Only you changed this",
    }
    assert rauf.post(address(person), form).status_code == 302
    name.refresh_from_db()
    assert (name.name, name.language) == ("Leyla H.", "az")


def test_a_row_that_both_changed_is_shown_with_both_texts(leyla, rauf, person):
    old = change_form(rauf, address(person)) | {"memberships-0-note": "By decree"}
    save(person.memberships.get(), note="By law")
    answer = rauf.post(address(person), old)
    [one] = answer.context["differing"]
    assert (one.now, one.sent) == ("By law", "By decree")
    assert shown_again(answer)["memberships-0-note"] == "By decree"


def test_a_row_added_meanwhile_stands_in_the_form(leyla, rauf, person):
    old = change_form(rauf, address(person)) | {"description": "Diplomat"}
    person.other_names.create(name="L. Hasanova", kind="short")
    answer = rauf.post(address(person), old)
    assert "Other name “L. Hasanova” was added." in answer.text
    assert rauf.post(address(person), shown_again(answer)).status_code == 302
    assert person.other_names.count() == 2
    person.refresh_from_db()
    assert person.description == "Diplomat"


def test_a_row_removed_meanwhile_comes_back_only_if_it_was_changed(leyla, rauf, person):
    old = change_form(rauf, address(person))
    person.other_names.all().delete()

    untouched = rauf.post(address(person), old)
    assert "Leyla Həsənova” was removed." in untouched.text
    assert shown_again(untouched)["other_names-TOTAL_FORMS"] == "0"

    changed = rauf.post(address(person), old | {"other_names-0-language": "az"})
    form = shown_again(changed)
    assert "what you wrote stands below as a new row" in changed.text
    assert (form["other_names-0-name"], form["other_names-0-id"]) == ("Leyla Həsənova", "")
    assert rauf.post(address(person), form).status_code == 302
    assert OtherName.objects.get().language == "az"


def test_new_rows_of_the_second_editor_are_kept_in_the_form(leyla, rauf, person):
    old = change_form(rauf, address(person))
    row = {name.replace("-0-", "-1-"): value for name, value in old.items() if "names-0-" in name}
    row |= {"other_names-1-name": "L. Hasanova", "other_names-1-id": ""}
    save(person, description="Diplomat")
    form = shown_again(rauf.post(address(person), old | row | {"other_names-TOTAL_FORMS": "2"}))
    assert form["other_names-1-name"] == "L. Hasanova"
    assert rauf.post(address(person), form).status_code == 302
    assert person.other_names.count() == 2
    person.refresh_from_db()
    assert person.description == "Diplomat"


def test_a_row_that_was_to_be_removed_still_is(leyla, rauf, person):
    old = change_form(rauf, address(person)) | {"memberships-0-DELETE": "on"}
    save(person, description="Diplomat")
    form = shown_again(rauf.post(address(person), old))
    assert form["memberships-0-DELETE"] == "on"
    assert rauf.post(address(person), form).status_code == 302
    assert not Membership.objects.exists()


def test_rows_without_sense_are_refused_without_a_fault(leyla, person):
    old = change_form(leyla, address(person))
    for name, value in (
        ("other_names-TOTAL_FORMS", "x"),
        ("other_names-TOTAL_FORMS", "99999999"),
        ("other_names-0-id", "9" * 30),
        ("other_names-0-id", "x"),
        ("memberships-0-post", "9" * 30),
        ("memberships-0-started", "soon"),
    ):
        answer = leyla.post(address(person), old | {"_seen": "", name: value})
        assert answer.status_code == 409, (name, value)
        assert answer.text


# Deletions


@pytest.mark.parametrize("token", ["old", None])
def test_what_was_changed_since_the_question_is_not_deleted(leyla, token):
    topic = make_topic("Visits")
    form = form_of(leyla.get(address(topic, "delete")), "delete")
    save(topic, name="Journeys")
    if token is None:
        del form["_seen"]
    answer = leyla.post(address(topic, "delete"), form)
    assert answer.status_code == 409
    topic.refresh_from_db()


def test_what_was_not_changed_is_deleted_with_its_reason(leyla):
    topic = make_topic("Visits")
    kept = topic.record
    client = Client()
    client.force_login(make_colleague("Editors", "nigar"))
    form = form_of(client.get(address(topic, "delete")), "delete")
    assert client.post(address(topic, "delete"), form).status_code == 302
    kept.refresh_from_db()
    assert (kept.object_id, kept.change.reason) == (None, "Deleted at the desk")


# Lists


def act(client, form, action, *things, **more):
    sent = {"action": action, "_selected_action": [thing.pk for thing in things]}
    return client.post(listed(type(things[0])), form | sent | {"select_across": "0"} | more)


def test_an_action_on_what_changed_since_the_list_was_shown_names_it(leyla):
    one, two = (make_article(f"Draft {n}", status="draft") for n in ("one", "two"))
    form = form_of(leyla.get(listed(Article)), "changelist-form")
    save(two, body="They did not meet at all.")
    answer = act(leyla, form, "publish", one, two)
    assert answer.status_code == 409
    assert "Draft two" in answer.text and "Draft one" not in answer.text
    assert not Article.objects.published().exists()
    assert act(leyla, form, "publish", one).status_code == 302
    assert Article.objects.published().get() == one


def test_an_action_names_what_was_deleted_since(leyla):
    draft, other = (make_article(f"Draft {n}", status="draft") for n in ("one", "two"))
    form = form_of(leyla.get(listed(Article)), "changelist-form")
    key = draft.record.key
    sent = {"_selected_action": [draft.pk, other.pk], "action": "publish", "select_across": "0"}
    draft.delete()
    answer = leyla.post(listed(Article), form | sent)
    assert answer.status_code == 409
    assert key in answer.text


@pytest.mark.parametrize("shown", [None, "", "x", "1.1.1"])
def test_an_action_that_does_not_say_what_was_shown_is_refused(leyla, shown):
    draft = make_article("Draft", status="draft")
    form = form_of(leyla.get(listed(Article)), "changelist-form")
    del form["_shown"]
    more = {} if shown is None else {"_shown": shown}
    assert act(leyla, form, "publish", draft, **more).status_code == 409


@pytest.mark.django_db(transaction=True)  # on PostgreSQL the archive moves when a change is over
def test_all_of_a_list_are_taken_only_while_the_archive_stands_still(leyla):
    with made_at_once():
        drafts = [make_article(f"Draft {n}", status="draft") for n in range(60)]
    form = form_of(leyla.get(listed(Article)), "changelist-form")
    save(drafts[0], byline="Rauf")
    assert act(leyla, form, "publish", drafts[-1], select_across="1").status_code == 409
    form = form_of(leyla.get(listed(Article)), "changelist-form")
    assert act(leyla, form, "publish", drafts[-1], select_across="1").status_code == 302
    assert Article.objects.published().count() == 60


def test_selected_rows_are_deleted_as_they_were_shown(leyla):
    one, two = make_article("One", status="draft"), make_article("Two", status="draft")
    form = form_of(leyla.get(listed(Article)), "changelist-form")
    question = form_of(act(leyla, form, "delete_selected", one, two), "delete")
    save(two, body="Worth keeping after all.")
    assert leyla.post(listed(Article), question).status_code == 409
    assert Article.objects.count() == 2
    form = form_of(leyla.get(listed(Article)), "changelist-form")
    question = form_of(act(leyla, form, "delete_selected", one, two), "delete")
    assert leyla.post(listed(Article), question).status_code == 302
    assert not Article.objects.exists()


def test_what_changed_since_the_page_that_withdraws_is_shown_and_the_reason_kept(leyla):
    story = make_article("Ministers meet")
    page = f"{reverse('admin:articles_article_withdraw')}?id={story.pk}"
    form = form_of(leyla.get(page), "withdraw") | {"reason": "It is wrong."}
    save(story, headline="Ministers do not meet")
    answer = leyla.post(page, form)
    assert answer.status_code == 409
    assert "Ministers do not meet" in answer.text
    story.refresh_from_db()
    assert story.status == "published"
    again = form_of(answer, "withdraw")
    assert again["reason"] == "It is wrong."
    assert leyla.post(page, again).status_code == 302
    story.refresh_from_db()
    assert story.status == "withdrawn"
