"""The desk of names in texts, in a browser: suggestions are looked at, confirmed, and stand."""

import pytest
from playwright.sync_api import expect

from articles import mentions
from articles.models import Article, Country, Mention
from tests.browser.barriers import barriers
from tests.make import make_article, make_colleague

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/articles/suggestion/"
BODY = (
    "Iran and Azerbaijan spoke. Hossein Amir-Abdollahian said that Iran agreed; the Iranian foreign"
    " minister will go to Baku, and the Yerevan administration was told of it.\n\n"
    "Pneumonoultramicroscopicsilicovolcanoconiosis-and-other-words-without-any-space-in-them Iran"
    " <script>alert(1)</script> \u202e{{ 7*7 }}\u202c 🇦🇿 İ " + "9" * 300
)


def sign_in(page, live_server, name):
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Log out").wait_for()


@pytest.fixture
def story():
    found = make_article("Ministers speak of names", body=BODY, published="2023-07-02")
    mentions.suggest([found.pk])
    return found


def test_an_editor_confirms_what_a_story_names_and_its_page_links_it(page, live_server, story):
    make_colleague("Editors")
    sign_in(page, live_server, "leyla")
    page.goto(f"{live_server.url}/admin/articles/article/{story.pk}/change/")
    page.get_by_role("link", name="Names in the text").click()
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("confirm")
    page.locator("button[name=index], input[name=index]").first.click()
    expect(page.get_by_text("confirmed.")).to_be_visible()

    page.goto(f"{live_server.url}{story.get_absolute_url()}")

    expect(page.locator(".body a[href='/countries/iran/']").first).to_be_visible()
    assert "Suggested, not confirmed" not in page.content()
    assert Article.objects.get(pk=story.pk).countries.filter(slug="iran").exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_of_it_is_a_barrier(page, live_server, story, width, scheme):
    make_colleague("Chiefs")
    mentions.reject(story.suggestions.filter(country=Country.objects.get(slug="armenia")), "leyla")
    mentions.confirm(story.suggestions.exclude(person=None), "leyla")
    other = make_article("Again", body=f"{BODY} Again.", published="2023")
    mentions.suggest([other.pk])
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, live_server, "leyla")
    wrong = []
    for address in (
        LIST,
        f"{LIST}?story={story.pk}",
        f"{LIST}?q=nothing-such",
        "/admin/articles/mention/",
        f"/admin/articles/mention/{Mention.objects.first().pk}/change/",
        f"/admin/articles/mention/{Mention.objects.first().pk}/history/",
        f"/admin/articles/article/{story.pk}/change/",
        story.get_absolute_url(),
        "/relations/azerbaijan/iran/?suggested=1",
        "/articles/?person=hossein-amir-abdollahian&suggested=1",
    ):
        page.goto(f"{live_server.url}{address}")
        for closed in page.locator("details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(wide) > 0:
            wrong.append(f"{address}: wider than the window")
        wrong += [f"{address}: {barrier}" for barrier in barriers(page)]
    assert not wrong, "\n".join(wrong)
