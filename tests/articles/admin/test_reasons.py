"""Every change of what readers see says why; a correction tells readers, too."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from articles.models import Article, Change, Version
from articles.models.version import Kept
from tests.forms import change_form, form_of
from tests.make import make_article, make_colleague, make_person

pytestmark = pytest.mark.django_db
DRAFTS = ["draft", "review"]
PUBLIC = ["published", "withdrawn"]


@pytest.fixture
def chief():
    client = Client()
    client.force_login(make_colleague("Chiefs", "leyla"))
    return client


def address(thing, page="change"):
    return reverse(f"admin:articles_{thing._meta.model_name}_{page}", args=[thing.pk])


def save(client, thing, **values):
    form = change_form(client, address(thing))
    return client.post(address(thing), form | values)


def story(status="published", **fields):
    reason = {"withdrawal_reason": "Retracted."} if status == "withdrawn" else {}
    return make_article(status=status, **reason, **fields)


def last():
    return Change.objects.latest("pk")


def errors(answer):
    return set(answer.context["adminform"].form.errors)


MINOR = {"change_kind": "minor", "change_reason": "A letter was missing."}
CORRECTION = {
    "change_kind": "correction",
    "change_reason": "The agency corrected it.",
    "change_note": "The ministers met in Baku, not in Ganja.",
}


@pytest.mark.parametrize("status", PUBLIC)
def test_a_minor_edit_is_kept_with_its_kind_and_reason(chief, status):
    assert save(chief, story(status), headline="Ministers met", **MINOR).status_code == 302
    made = last()
    assert (made.made_by, made.kind, made.reason, made.note) == (
        "leyla", "minor", "A letter was missing.", "",
    )  # fmt: skip


@pytest.mark.parametrize("status", PUBLIC)
def test_a_correction_is_kept_with_the_note_to_readers(chief, status):
    assert save(chief, story(status), headline="Ministers met", **CORRECTION).status_code == 302
    made = last()
    assert (made.kind, made.reason) == ("correction", "The agency corrected it.")
    assert made.note == "The ministers met in Baku, not in Ganja."


@pytest.mark.parametrize("status", PUBLIC)
@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"change_kind", "change_reason"}),
        (MINOR | {"change_reason": " \r\n "}, {"change_reason"}),
        (MINOR | {"change_reason": "x" * 2001}, {"change_reason"}),
        (MINOR | {"change_reason": "a\x00b"}, {"change_reason"}),
        (MINOR | {"change_kind": ""}, {"change_kind"}),
        (MINOR | {"change_kind": "withdrawal"}, {"change_kind"}),
        (CORRECTION | {"change_note": ""}, {"change_note"}),
        (CORRECTION | {"change_note": "x" * 2001}, {"change_note"}),
    ],
)
def test_a_change_that_does_not_say_why_is_not_saved(chief, status, said, wrong):
    held = story(status)
    answer = save(chief, held, headline="Ministers met", **said)
    assert (answer.status_code, errors(answer)) == (200, wrong)
    held.refresh_from_db()
    assert held.headline == "Ministers meet in Baku"
    assert not Version.objects.exists()


def test_a_note_to_readers_is_nothing_in_a_minor_edit(chief):
    save(chief, story(), headline="Ministers met", **MINOR, change_note="Not for readers.")
    assert last().note == ""


@pytest.mark.parametrize("status", PUBLIC)
def test_saving_without_a_change_asks_for_nothing_and_makes_no_version(chief, status):
    held = story(
        status,
        body="  They met.\r\n\nThey spoke. \n",
        summary="They met.\n",
        retrieved_at="2023-07-02T10:00:00.123456Z",
    )
    before = Change.objects.count()
    assert save(chief, held).status_code == 302
    assert (Change.objects.count(), held.version) == (before, 1)


def test_what_was_not_touched_stays_to_the_byte(chief):
    body = "  They met.\r\n\nThey spoke. \n"
    held = story(body=body, retrieved_at="2023-07-02T10:00:00.123456Z")
    save(chief, held, headline="Ministers met", **MINOR)
    held.refresh_from_db()
    assert (held.headline, held.body) == ("Ministers met", body)
    assert held.retrieved_at.microsecond == 123456


@pytest.mark.parametrize("status", DRAFTS)
def test_a_draft_asks_for_nothing(chief, status):
    draft = story(status)
    assert "change_reason" not in change_form(chief, address(draft))
    save(chief, draft, headline="Ministers met")
    assert (last().reason, last().kind) == ("At the desk", "routine")


@pytest.mark.parametrize(
    ("before", "step", "reason"),
    [
        ("draft", "submit", "Submitted for review"),
        ("review", "send_back", "Sent back"),
        ("review", "publish", "Published"),
        ("draft", "publish", "Published"),
    ],
)
def test_a_step_of_a_draft_is_its_own_reason(chief, before, step, reason):
    save(chief, story(before), **{f"_step_{step}": "x"})
    assert (last().reason, last().kind) == (reason, "routine")


@pytest.mark.parametrize(
    ("action", "reason"), [("submit", "Submitted for review"), ("publish", "Published")]
)
def test_an_action_on_the_list_is_its_own_reason(chief, action, reason):
    draft = story("draft")
    page = reverse("admin:articles_article_changelist")
    form = form_of(chief.get(page), "changelist-form")
    chief.post(page, form | {"action": action, "_selected_action": draft.pk, "select_across": "0"})
    assert (last().reason, last().made_by) == (reason, "leyla")


def test_a_withdrawal_is_one_with_the_reason_that_readers_are_told(chief):
    page = f"{reverse('admin:articles_article_withdraw')}?id={story().pk}"
    form = form_of(chief.get(page), "withdraw")
    chief.post(page, form | {"reason": "The agency took it back."})
    assert (last().kind, last().reason) == ("withdrawal", "The agency took it back.")


def test_publishing_anew_asks_why(chief):
    held = story("withdrawn")
    answer = save(chief, held, _step_republish="x")
    assert errors(answer) == {"change_reason"}
    save(chief, held, _step_republish="x", change_reason="It was right after all.")
    assert (last().kind, last().reason) == ("republication", "It was right after all.")
    assert Article.objects.get().status == "published"


def test_publishing_anew_what_was_corrected_keeps_the_note(chief):
    save(chief, story("withdrawn"), _step_republish="x", headline="Ministers met", **CORRECTION)
    assert (last().kind, last().note) == ("republication", CORRECTION["change_note"])


def test_other_things_may_say_why(chief):
    leyla = make_person()
    save(chief, leyla, description="Diplomat")
    assert (last().reason, last().kind) == ("At the desk", "routine")
    save(chief, leyla, description="Former diplomat", change_reason="She left in 2024.")
    assert last().reason == "She left in 2024."


def test_every_form_of_what_is_kept_may_say_why(chief):
    for model, desk in admin.site._registry.items():
        if issubclass(model, Kept) and model is not Article:
            assert desk.form_of(None, model()).declared_fields.keys() == {"change_reason"}, model


def test_one_who_only_reads_is_asked_for_no_reason():
    client = Client()
    client.force_login(make_colleague("Contributors", "rauf"))
    page = client.get(address(story())).text
    assert "Ministers meet in Baku" in page
    assert "change_reason" not in page and "This change" not in page


def test_a_merged_story_is_changed_by_those_alone_who_may_withdraw(chief):
    held = story()
    merged = story("merged", merged_into=held, body="Another.")
    editor = Client()
    editor.force_login(make_colleague("Editors", "rauf"))
    assert editor.post(address(merged), {}).status_code == 403
    assert save(chief, merged, headline="Ministers met", **MINOR).status_code == 302
