"""Two editors at one story, each in a browser; and many at once."""

from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.barriers import barriers
from tests.forms import WHY, change_form
from tests.make import make_article, make_colleague, save

pytestmark = pytest.mark.django_db(transaction=True)
EDITORS = ["leyla", "rauf"]


@pytest.fixture
def story():
    return make_article("Ministers meet in Baku", body="They met.\n\nThey spoke of trade.")


def address(story, page="change"):
    return reverse(f"admin:articles_article_{page}", args=[story.pk])


@pytest.fixture
def editors(browser, live_server):
    """The pages of two editors, signed in, each in a browser of its own."""
    pages = []
    for name in EDITORS:
        make_colleague("Editors", name)
        context = browser.new_context(base_url=live_server.url)
        page = context.new_page()
        page.goto("/admin/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill("a long password")
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("button", name="Log out").wait_for()
        pages.append(page)
    yield pages
    for page in pages:
        page.context.close()


def say_why(page, reason):
    page.get_by_label("Minor edit").check()
    page.get_by_label("Why").fill(reason)


def test_the_second_sees_both_texts_merges_and_both_changes_are_there(editors, story):
    leyla, rauf = editors
    for page in editors:
        page.goto(address(story))
    leyla.get_by_label("Headline").fill("Ministers met in Baku")
    leyla.get_by_label("Body").fill("They met.\n\nThey spoke of trade and oil.")
    say_why(leyla, "The agency named the oil.")
    leyla.get_by_role("button", name="Save", exact=True).click()
    leyla.get_by_text("was changed successfully").wait_for()

    rauf.get_by_label("Body").fill("They met for an hour.\n\nThey spoke of trade.")
    say_why(rauf, "The agency told how long.")
    with rauf.expect_response(lambda answer: answer.request.method == "POST") as answered:
        rauf.get_by_role("button", name="Save", exact=True).click()

    assert answered.value.status == 409
    expect(rauf.get_by_text("Nothing was saved, and nothing is lost")).to_be_visible()
    expect(rauf.get_by_text("The agency named the oil.")).to_be_visible()
    now = rauf.get_by_role("group", name="What stands now: Body")
    sent = rauf.get_by_role("group", name="What you sent: Body")
    expect(now).to_contain_text("They spoke of trade and oil.")
    expect(sent).to_contain_text("They met for an hour.")
    # The headline is the first editor's, the body the second's, the reason is still there.
    expect(rauf.get_by_role("textbox", name="Headline")).to_have_value("Ministers met in Baku")
    body = rauf.get_by_role("textbox", name="Body")
    expect(body).to_have_value("They met for an hour.\n\nThey spoke of trade.")
    expect(rauf.get_by_role("textbox", name="Why")).to_have_value("The agency told how long.")
    assert rauf.get_by_label("Minor edit").is_checked()

    body.fill("They met for an hour.\n\nThey spoke of trade and oil.")
    rauf.get_by_role("button", name="Save", exact=True).click()
    rauf.get_by_text("was changed successfully").wait_for()
    story.refresh_from_db()
    assert story.headline == "Ministers met in Baku"
    assert story.body == "They met for an hour.\n\nThey spoke of trade and oil."
    assert [v.change.made_by for v in story.record.versions.all()] == ["tests", "leyla"]

    rauf.goto(address(story, "history"))
    expect(rauf.get_by_role("heading", name="Version 3: stands now")).to_be_visible()
    rauf.get_by_text("Restore version 1 …").click()
    rauf.get_by_label("Why:").locator("visible=true").fill("It was right at first.")
    rauf.get_by_role("button", name="Restore this version: 1").click()
    rauf.get_by_text("Version 1 restored").first.wait_for()
    story.refresh_from_db()
    assert story.body == "They met.\n\nThey spoke of trade."


def test_one_who_adds_a_correction_without_a_note_is_told(editors, story):
    leyla, _ = editors
    leyla.goto(address(story))
    leyla.get_by_label("Headline").fill("Ministers met")
    leyla.get_by_label("Correction").check()
    leyla.get_by_label("Why").fill("The agency corrected it.")
    leyla.get_by_role("button", name="Save", exact=True).click()
    expect(leyla.get_by_text("Readers are told of a correction: write the note.")).to_be_visible()
    leyla.get_by_label("Note to readers").fill("They met already.")
    leyla.get_by_role("button", name="Save", exact=True).click()
    leyla.get_by_text("was changed successfully").wait_for()
    assert story.record.change.note == "They met already."


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_nothing_about_changes_is_a_barrier(editors, story, width, scheme):
    page, _ = editors
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    wrong = []

    def look(name):
        page.wait_for_load_state("networkidle")
        wrong.extend(f"{name}: {barrier}" for barrier in barriers(page))
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(wide) > 0:
            wrong.append(f"{name}: wider than the window")

    page.goto(address(story))
    page.get_by_label("Headline").fill("Ministers met in Ganja")
    look("form")
    save(story, headline="Ministers met", body="They met.\n\nThey spoke of oil.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("nothing is lost").wait_for()
    look("conflict")
    page.goto(address(story, "history"))
    page.get_by_text("Restore version 1 …").click()
    look("history")
    draft = make_article("A thought", status="draft")
    page.goto(address(draft, "delete"))
    look("delete")
    save(draft, headline="A second thought")
    page.get_by_role("button", name="Yes, I’m sure").click()
    page.get_by_text("Look again").wait_for()
    look("changed")
    assert not wrong, "\n".join(wrong)


def test_of_many_saves_at_once_one_is_taken_and_the_others_are_told(story):
    """Every form started from the same version; whichever comes first is the only one."""
    names = [f"editor{number}" for number in range(6)]
    sent, answers = {}, {}
    for name in names:
        client = Client()
        client.force_login(make_colleague("Editors", name))
        sent[name] = (client, change_form(client, address(story)) | WHY | {"byline": name})
    together = Barrier(len(names))

    def post(name):
        client, form = sent[name]
        together.wait()
        answers[name] = client.post(address(story), form).status_code
        connections.close_all()

    threads = [Thread(target=post, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    taken = [name for name, status in answers.items() if status == 302]
    assert sorted(answers.values()) == [302, 409, 409, 409, 409, 409]
    held = Article.objects.get(pk=story.pk)
    assert [held.byline] == taken
    assert held.version == 2
