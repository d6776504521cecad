"""A story is pasted in a browser, looked through, accepted, and found."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.barriers import barriers
from tests.browser.test_the_desk import sign_in
from tests.make import make_colleague

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/admin/articles/article/paste/"
SEED = Path(__file__).resolve().parents[1] / "data" / "anadolu.txt"


@pytest.fixture
def seed(page):
    """The text of the first article, which the archive does not have yet."""
    held = Article.objects.get(source__slug="anadolu-agency")
    held.headline, held.body, held.import_ref = "Grain", "The harvest was good.", "elsewhere"
    held.slug, held.original = "grain", None
    held.save()
    return SEED.read_text()


def test_an_editor_pastes_a_story_publishes_and_finds_it(page, live_server, seed):
    make_colleague("Editors")
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, live_server, "leyla")
    page.goto(f"{live_server.url}/admin/articles/article/")
    page.get_by_role("link", name="New from agency text").click()

    page.get_by_label("The text").fill(seed)
    page.get_by_role("button", name="Fill in the form").click()

    expect(page.get_by_role("heading", name="Nothing is saved yet")).to_be_visible()
    expect(page.get_by_label("Headline")).to_have_value(seed.split("\n")[0])
    expect(page.get_by_text("10 paragraphs").last).to_be_visible()
    expect(page.locator(".field-source .select2-selection")).to_contain_text("Anadolu Agency")
    for name in ("Azerbaijan", "Iran", "Armenia"):
        expect(page.locator(".field-countries .select2-selection")).to_contain_text(name)
    expect(page.locator(".field-countries .select2-selection")).not_to_contain_text("Russia")
    expect(page.locator(".reading").get_by_label("Russia")).not_to_be_checked()
    expect(page.locator(".reading")).to_contain_text("Foreign minister of Iran")
    assert not Article.objects.filter(headline=seed.split("\n")[0]).exists()
    page.get_by_role("button", name="Save and publish").click()
    page.get_by_text("was published").wait_for()

    page.goto(f"{live_server.url}/relations/azerbaijan/iran/?q=prosecutor")
    page.get_by_role("link", name=seed.split("\n")[0]).click()
    expect(page.locator("h1")).to_contain_text("top diplomats discuss")
    answer = page.request.get(f"{page.url.rstrip('/')}.txt")
    assert answer.body() == SEED.read_bytes()


@pytest.mark.parametrize("java", [True, False])
def test_it_works_with_scripts_and_without(browser, live_server, seed, java):
    make_colleague("Contributors", "rauf")
    context = browser.new_context(java_script_enabled=java)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("rauf")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.goto(f"{live_server.url}{ADDRESS}")
    page.get_by_role("button", name="Fill in the form").click()
    expect(page.get_by_text("There is no text. Paste the story")).to_be_visible()

    page.get_by_label("The text").fill(seed)
    page.get_by_role("button", name="Fill in the form").click()
    page.locator(".reading").get_by_label("Russia").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was added successfully").wait_for()
    context.close()

    story = Article.objects.latest("pk")
    slugs = set(story.countries.values_list("slug", flat=True))
    assert slugs == {"azerbaijan", "iran", "armenia", "russia"}
    assert bytes(story.original) == SEED.read_bytes()


def test_signed_out_in_between_nothing_is_lost(page, live_server, seed):
    make_colleague("Editors")
    sign_in(page, live_server, "leyla")
    page.goto(f"{live_server.url}{ADDRESS}")
    page.get_by_label("The text").fill(seed)
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Fill in the form").click()
    expect(page.get_by_label("What you sent")).to_have_value(seed)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in in another window").click()
    other = opened.value
    other.get_by_label("Username").fill("leyla")
    other.get_by_label("Password").fill("a long password")
    other.get_by_role("button", name="Log in").click()
    other.get_by_role("button", name="Log out").wait_for()
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("nothing is lost")).to_be_visible()
    page.get_by_role("button", name="Fill in the form").click()

    expect(page.get_by_label("Headline")).to_have_value(seed.split("\n")[0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_of_it_is_a_barrier(page, live_server, width, scheme):
    make_colleague("Editors")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, live_server, "leyla")
    text = SEED.read_text()
    texts = [
        None,  # the page itself
        "",  # with an error
        text,  # the archive has it
        text.replace("over phone", "by telephone").replace("Anadolu Agency", "Nowhere Wire"),
    ]
    wrong = []
    for sent in texts:
        page.goto(f"{live_server.url}{ADDRESS}")
        if sent is not None:
            page.get_by_label("The text").fill(sent)
            page.get_by_role("button", name="Fill in the form").click()
            page.wait_for_load_state("networkidle")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(wide) > 0:
            wrong.append("wider than the window")
        wrong += [f"{(sent or '')[:20]}: {barrier}" for barrier in barriers(page)]
    assert not wrong, "\n".join(wrong)
