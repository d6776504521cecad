"""The desk in a browser: a day of an editor, and of a contributor."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Person
from tests.browser.barriers import barriers
from tests.make import make_article, make_colleague

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def complaints(page):
    """Fills with what the browser blocks or breaks at."""
    heard = []
    page.on(
        "console",
        lambda message: message.type in ("error", "warning") and heard.append(message.text),
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def sign_in(page, live_server, name):
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Log out").wait_for()


def choose(page, field, typed, wanted):
    """Type into a field that is filled by choosing, and take what is offered."""
    box = page.locator(f".field-{field} .select2-selection")
    box.click()
    page.locator(".select2-search__field:focus").type(typed)
    page.locator(".select2-results__option", has_text=wanted).first.click()


def test_an_editor_writes_previews_publishes_finds_and_corrects_a_story(
    page, live_server, complaints
):
    make_colleague("Editors")
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, live_server, "leyla")
    page.get_by_role("link", name="Add Article").or_(
        page.locator("tr.model-article .addlink")
    ).first.click()

    page.get_by_label("Headline").fill("Ministers speak of the border")
    page.get_by_label("Body").fill("They spoke by telephone.\n\nThey spoke of the border.")
    expect(page.get_by_text("9 words, 2 paragraphs")).to_be_visible()
    choose(page, "source", "anadolu", "Anadolu Agency")
    page.get_by_label("Published").fill("[2021-08-25..2023-09")
    page.get_by_text("Not understood.").wait_for()
    page.get_by_label("Published").fill("[2021-08-25..2023-09-19]")
    page.get_by_text("Reads: between 25 August 2021 and 19 September 2023.").wait_for()
    for typed, wanted in (("azerb", "Azerbaijan"), ("iran", "Iran")):
        choose(page, "countries", typed, wanted)
    for typed, wanted in (("bayram", "Jeyhun Bayramov"), ("amir", "Hossein Amir-Abdollahian")):
        choose(page, "people", typed, wanted)
    page.get_by_role("button", name="Save and continue editing").click()

    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_text("Preview: draft, not public.")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("Ministers speak of the border")
    expect(page.get_by_text("Jeyhun Bayramov").first).to_be_visible()
    story = Article.objects.get(headline="Ministers speak of the border")
    public = f"{live_server.url}{story.get_absolute_url()}"
    assert page.request.get(public).status == 404
    page.get_by_role("link", name="Back to the form").click()

    page.get_by_role("button", name="Save and publish").click()
    page.get_by_text("was published").wait_for()
    page.goto(f"{live_server.url}/relations/azerbaijan/iran/?q=border")
    page.get_by_role("link", name="Ministers speak of the border").click()
    expect(page.get_by_text("between 25 August 2021 and 19 September 2023").first).to_be_visible()

    page.goto(f"{live_server.url}{reverse('admin:articles_article_change', args=[story.pk])}")
    page.get_by_label("Headline").fill("Ministers speak of the frontier")
    page.get_by_label("Correction").check()
    page.get_by_label("Why").fill("The agency corrected the word.")
    page.get_by_label("Note to readers").fill("A frontier, not a border.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()
    page.goto(public)
    expect(page.locator("h1")).to_contain_text("Ministers speak of the frontier")

    story.refresh_from_db()
    assert story.people.count() == story.countries.count() == 2
    assert complaints == []


def test_a_contributor_submits_and_cannot_publish(page, live_server, complaints):
    make_colleague("Contributors", "rauf")
    draft = make_article("Ministers meet in Baku", status="draft")
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, live_server, "rauf")
    form = f"{live_server.url}{reverse('admin:articles_article_change', args=[draft.pk])}"

    page.goto(form)
    expect(page.get_by_role("button", name="publish")).to_have_count(0)
    page.get_by_role("button", name="Save and submit for review").click()
    page.get_by_text("was submitted for review").wait_for()
    expect(page.locator("select[name=action] option[value=publish]")).to_have_count(0)

    # The button forged into the form.
    page.goto(form)
    page.evaluate("document.querySelector('[name=_continue]').name = '_step_publish'")
    page.locator("[name=_step_publish]").click()
    expect(page.locator("h1")).to_contain_text("not open to you")
    draft.refresh_from_db()
    assert draft.status == "review"
    assert not [text for text in complaints if "403" not in text]


def test_a_chief_withdraws_with_a_reason(page, live_server, complaints):
    make_colleague("Chiefs")
    story = make_article("Ministers meet in Baku")
    sign_in(page, live_server, "leyla")
    page.goto(f"{live_server.url}{reverse('admin:articles_article_change', args=[story.pk])}")

    page.get_by_role("link", name="Withdraw …").click()
    page.get_by_label("The reason").fill("The agency took it back.")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("1 article withdrawn.").wait_for()

    assert complaints == []
    answer = page.goto(f"{live_server.url}{story.get_absolute_url()}")
    assert answer.status == 410
    expect(page.get_by_text("The agency took it back.")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_at_the_desk_is_a_barrier(page, live_server, width):
    make_colleague("Chiefs")
    draft = make_article("Ministers meet in Baku", status="draft")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, "leyla")
    wrong = []
    for address in (
        "/admin/",
        "/admin/articles/article/",
        f"/admin/articles/article/{draft.pk}/change/",
        f"/admin/articles/article/withdraw/?id={draft.pk}",
        f"/admin/articles/article/{draft.pk}/preview/",
        "/admin/articles/person/add/",
        f"/admin/articles/person/{Person.objects.exclude(other_names=None).first().pk}/change/",
        "/admin/articles/event/add/",
    ):
        page.goto(f"{live_server.url}{address}")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(wide) > 0:
            wrong.append(f"{address}: wider than the window")
        wrong += [f"{address}: {barrier}" for barrier in barriers(page)]
    assert not wrong, "\n".join(wrong)
