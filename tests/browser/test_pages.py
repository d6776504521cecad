"""The pages in a browser: they fit, they are quiet, they can be read and used by everybody."""

import json
from io import StringIO
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from articles.models import Article, Event, Evidence

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = {"phone": 360, "desk": 1440}


@pytest.fixture(autouse=True)
def _starter_archive(transactional_db):
    call_command("load_starter_archive", stdout=StringIO())


def addresses():
    """Each kind of page, by the name under which a fault is told."""
    report = Article.objects.exclude(original=None).get()
    return {
        "front": "/",
        "list": "/articles/?q=relations&country=iran",
        "empty list": "/articles/?q=zzzz&country=iran",
        "error list": "/articles/?country=narnia&since=soon&topic=zz&office=zz&order=zz",
        "article": f"/articles/{report.slug}/",
        "relation": "/relations/azerbaijan/iran/",
        "relation without reports": "/relations/brazil/nepal/",
        "relations": "/relations/",
        "relations, wrong": "/relations/?country=narnia",
        "country": "/countries/united-states/",
        "former state": "/countries/soviet-union/",
        "countries": "/countries/",
        "people": "/people/",
        "person": "/people/hossein-amir-abdollahian/",
        "offices": "/offices/",
        "office": "/offices/foreign-minister-of-iran/",
        "sources": "/sources/",
        "source": "/sources/anadolu-agency/",
        "events": "/events/",
        "event": f"/events/{Event.objects.confirmed().first().pk}/",
        "about": "/about/",
        "404": "/articles/never-written/",
    }


def listen(page, host):
    """A list that fills with what the browser complains of and whom else it asks."""
    complaints = []

    def heard(message):
        # Chromium reports the status of the page itself, which is what was asked for here.
        if message.type in ("error", "warning") and "status of 404" not in message.text:
            complaints.append(message.text)

    def asked(request):
        address = urlsplit(request.url)
        if address.scheme != "data" and address.netloc != host:
            complaints.append(f"asked {request.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", asked)
    return complaints


def barriers(page):
    """What axe finds, in short."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {json.dumps(v['nodes'][0]['html'])[:200]}" for v in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_kind_of_page_fits_is_quiet_and_has_no_barrier(browser, live_server, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=live_server.url
    )
    page = context.new_page()
    complaints = listen(page, urlsplit(live_server.url).netloc)
    wrong = {}
    for name, address in addresses().items():
        complaints.clear()
        answer = page.goto(address)
        faults = []
        if answer.status != (404 if name == "404" else 200):
            faults.append(f"answers {answer.status}")
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        excess = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if excess > 0:
            faults.append(f"{excess} px wider than the window")
        faults += barriers(page)
        faults += complaints
        if faults:
            wrong[name] = faults
    context.close()

    assert wrong == {}


def test_the_filters_are_found_and_sent_with_the_keyboard_alone(page, live_server):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/articles/")
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("[document.activeElement.tagName, document.activeElement.name]")
        if focused[0] == "SUMMARY":
            page.keyboard.press("Enter")
            if page.locator("details.sheet").get_attribute("open") is None:
                page.keyboard.press("Enter")
        if focused == ["INPUT", "country"]:
            break
    assert focused == ["INPUT", "country"]

    page.keyboard.type("Azerbaijan")
    page.keyboard.press("Tab")
    page.keyboard.type("IRN")
    page.keyboard.press("Enter")
    page.wait_for_url("**country=Azerbaijan&country=IRN**")

    assert "articles on Azerbaijan and Iran" in page.locator("h1").inner_text()
    assert page.get_by_role("link", name="Remove: Azerbaijan").is_visible()


def test_the_first_tab_leads_past_the_head_of_the_page(page, live_server):
    page.goto(f"{live_server.url}/articles/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_filters_chips_and_errors_work_without_javascript(browser, live_server, width):
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": width, "height": 900},
        base_url=live_server.url,
    )
    page = context.new_page()
    page.goto("/articles/")
    if not page.get_by_label("From").is_visible():
        page.locator("details.sheet > summary").click()

    page.get_by_label("Country", exact=True).fill("Iran")
    page.get_by_label("From").fill("2015")
    page.get_by_label("Topic").select_option("nuclear-and-arms-control")
    page.get_by_role("button", name="Apply").click()

    assert page.locator("ol.hits > li").count() == 1
    page.get_by_role("link", name="Remove: from 2015").click()
    assert "since=" not in page.url.replace("since=&", "")
    page.get_by_role("link", name="Clear all").click()
    assert urlsplit(page.url).query == ""

    page.goto("/articles/?country=narnia")
    assert page.locator("ol.hits").count() == 0
    # The form stands open, with what was typed and the reason beside it.
    field = page.get_by_label("Country", exact=True)
    assert field.is_visible()
    assert field.input_value() == "narnia"
    assert page.locator("form.fields .err").first.is_visible()
    context.close()


def test_two_countries_lead_to_their_relation_and_the_search_within_it_stays(page, live_server):
    page.goto(f"{live_server.url}/relations/")
    page.get_by_label("Country", exact=True).fill("Iran")
    page.get_by_label("And country").fill("AZ")
    page.get_by_role("button", name="Show the relation").click()
    page.wait_for_url("**/relations/azerbaijan/iran/")

    page.get_by_label("Search within these articles").fill("embassy")
    page.keyboard.press("Enter")
    page.wait_for_url("**/relations/azerbaijan/iran/?q=embassy**")

    assert page.locator("mark").first.is_visible()


def test_the_words_that_prove_an_event_are_found_in_the_report(page, live_server):
    page.goto(f"{live_server.url}/articles/{Article.objects.exclude(original=None).get().slug}/")

    page.get_by_role("link", name="the words").first.click()

    target = page.locator(":target")
    words = Evidence.objects.get(pk=target.get_attribute("id").removeprefix("w"))
    assert target.inner_text() == words.text
