"""The pages in a browser: they fit, they are quiet, they can be read and used by everybody."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import expect

from articles import integrity
from articles.models import Article, Event, Evidence
from articles.urls import urlpatterns
from tests.browser.barriers import barriers
from tests.make import save

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = {"phone": 360, "tablet": 768, "desk": 1440}


def addresses():
    """Each kind of page, by the name under which a fault is told."""
    report = Article.objects.exclude(original=None).get()
    for changed in (report, Article.objects.filter(language="fa").newest().first()):
        if changed.version == 1:  # else it was changed by an earlier call
            correct(changed)
    return {
        "front": "/",
        "list": "/articles/?q=relations&country=iran",
        "empty list": "/articles/?q=zzzz&country=iran",
        "error list": "/articles/?country=narnia&since=soon&topic=zz&office=zz&order=zz",
        "article": f"/articles/{report.slug}/",
        "article as of today": f"/articles/{report.slug}/?as-of={timezone.now().date()}",
        "article as of no day": f"/articles/{report.slug}/?as-of=soon",
        "versions": f"/articles/{report.slug}/versions/",
        "version": f"/articles/{report.slug}/versions/{report.version}/",
        "Persian version": f"/articles/{slug_in('fa')}/versions/2/",
        "relation": "/relations/azerbaijan/iran/",
        "relation without reports": "/relations/brazil/nepal/",
        "relations": "/relations/",
        "relations, wrong": "/relations/?country=narnia",
        "country": "/countries/united-states/",
        "former state": "/countries/soviet-union/",
        "countries": "/countries/",
        "people": "/people/",
        "people from M on": "/people/?cursor=m_0",
        "person": "/people/hossein-amir-abdollahian/",
        "offices": "/offices/",
        "offices of a country": "/offices/?country=united-states",
        "offices, wrong": "/offices/?country=narnia",
        "office": "/offices/foreign-minister-of-iran/",
        "sources": "/sources/",
        "source": "/sources/anadolu-agency/",
        "events": "/events/",
        "event": f"/events/{Event.objects.confirmed().first().pk}/",
        "about": "/about/",
        "integrity": "/about/integrity/",
        "404": "/articles/never-written/",
        "Persian": f"/articles/{slug_in('fa')}/",
        "Azerbaijani": f"/articles/{slug_in('az')}/",
        "Persian list": "/articles/?language=fa",
        "relation of many": "/relations/soviet-union/united-states/",
    }


def correct(article):
    with integrity.change("leyla", "For a test", kind="correction", note="A word was wrong."):
        paragraphs = [*article.body.split("\n\n"), "A last word."]
        paragraphs[0] = " ".join(paragraphs[0].split(" ")[2:])
        save(article, body="\n\n".join(paragraphs), published="2023")


def slug_in(language):
    return Article.objects.filter(language=language).newest().first().slug


def test_the_pages_looked_at_are_all_that_there_are(db):
    looked_at = {resolve(urlsplit(address).path).url_name for address in addresses().values()}
    not_pages = {"article-json", "article-text", "version-json", "short-link", "favicon", "robots"}
    known = {pattern.name for pattern in urlpatterns if not pattern.name.endswith("-as")}
    assert known == looked_at | not_pages


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


SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
        .observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => setTimeout(() => done(sum)));
})"""


# What axe finds hangs on the width and on the colours, not on both together.
@pytest.mark.parametrize(
    ("width", "scheme"), [("phone", "dark"), ("tablet", "light"), ("desk", "light")]
)
def test_every_kind_of_page_fits_is_quiet_and_has_no_barrier(browser, live_server, width, scheme):
    context = browser.new_context(
        viewport={"width": WIDTHS[width], "height": 900},
        color_scheme=scheme,
        base_url=live_server.url,
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
        if (shifts := page.evaluate(SHIFTS)) > 0.001:
            faults.append(f"what was laid out shifts by {shifts}")
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        excess = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if excess > 0:
            faults.append(f"{excess} px wider than the window")
        if width != "tablet":  # it takes its time
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
            if page.locator("details.side").get_attribute("open") is None:
                page.keyboard.press("Enter")
        if focused == ["INPUT", "country"]:
            break
    assert focused == ["INPUT", "country"]

    page.keyboard.type("Azerbaijan")
    page.keyboard.press("Tab")
    page.keyboard.type("IRN")
    page.keyboard.press("Enter")
    page.wait_for_url("**country=Azerbaijan&country=IRN**")

    expect(page.locator("h1")).to_contain_text("articles on Azerbaijan and Iran")
    expect(page.get_by_role("link", name="Remove: Azerbaijan")).to_be_visible()


def test_the_keys_can_be_turned_off_and_stay_off(page, live_server):
    page.goto(f"{live_server.url}/articles/")
    focused = "document.activeElement.closest('h3') !== null"
    page.keyboard.press("j")
    assert page.evaluate(focused)

    keys = page.get_by_role("button", name="Keys / j k")
    keys.click()
    expect(keys).to_have_text("Keys / j k: off")
    page.goto(f"{live_server.url}/articles/")
    page.keyboard.press("j")
    assert not page.evaluate(focused)

    keys.click()
    page.keyboard.press("j")
    assert page.evaluate(focused)


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
        page.locator("details.side > summary").click()

    page.get_by_label("Country", exact=True).fill("Iran")
    page.get_by_label("From").fill("2019")
    page.get_by_label("Topic").select_option("energy")
    page.get_by_role("button", name="Apply").click()

    expect(page.locator("ol.hits > li")).to_have_count(1)
    page.get_by_role("link", name="Remove: from 2019").click()
    expect(page).to_have_url(re.compile(r"^(?!.*since=\d).*topic=energy"))
    page.get_by_role("link", name="Clear all").click()
    expect(page).to_have_url(f"{live_server.url}/articles/")

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

    expect(page.locator("mark").first).to_be_visible()


def test_the_words_that_prove_an_event_are_found_in_the_report(page, live_server):
    page.goto(f"{live_server.url}/articles/{Article.objects.exclude(original=None).get().slug}/")

    page.get_by_role("link", name="the words").first.click()

    target = page.locator(":target")
    words = Evidence.objects.get(pk=target.get_attribute("id").removeprefix("w"))
    expect(target).to_have_text(words.text)


def test_pages_are_light(browser, live_server):
    """What a browser is sent with a page and all that belongs to it, the first time."""
    lists = ["/", "/articles/", "/articles/?q=agreement", "/countries/", "/relations/", "/people/",
             "/offices/", "/events/", "/relations/soviet-union/united-states/",
             "/countries/united-states/", "/sources/archive-chronicle/"]  # fmt: skip
    longest = max(Article.objects.all(), key=lambda article: len(article.body))
    most = {**dict.fromkeys(lists, 60_000), longest.get_absolute_url(): 40_000}
    heavy = {}
    for address, limit in most.items():
        context = browser.new_context(base_url=live_server.url)
        page = context.new_page()
        sizes = []
        page.on("requestfinished", lambda request, sizes=sizes: sizes.append(request.sizes()))
        page.goto(address, wait_until="networkidle")
        size = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
        assert len(sizes) >= 3
        if size > limit:
            heavy[address] = size
        context.close()
    assert heavy == {}


class TestTheKeyboard:
    def test_a_slash_leads_to_the_search_and_escape_out_of_it(self, page, live_server):
        for address in ("/", "/articles/", "/relations/azerbaijan/iran/"):
            page.set_viewport_size({"width": 1440, "height": 900})
            page.goto(live_server.url + address)
            page.keyboard.press("/")
            assert page.evaluate("document.activeElement.type") == "search", address
            page.keyboard.type("a/j")
            assert page.evaluate("document.activeElement.value").endswith("a/j")
            page.keyboard.press("Escape")
            assert page.evaluate("document.activeElement.tagName") == "BODY"

    def test_j_and_k_walk_through_a_list(self, page, live_server):
        page.goto(f"{live_server.url}/articles/")
        titles = page.locator(".hits h3 a").all_inner_texts()
        at = "document.activeElement.innerText"
        for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
            page.keyboard.press(key)
            assert page.evaluate(at) == titles[place]
        page.keyboard.press("Enter")
        page.wait_for_url("**/articles/*/")


class TestRightToLeft:
    def test_a_persian_note_reads_from_the_right_amid_a_page_that_does_not(self, page, live_server):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"{live_server.url}/articles/{slug_in('fa')}/")

        for part in ("h1", ".body", ".story .lede"):
            block = page.locator(part).first
            assert block.get_attribute("lang") == "fa"
            assert block.evaluate("element => getComputedStyle(element).direction") == "rtl"
        source = page.locator(".body p").last
        assert source.evaluate("element => getComputedStyle(element).direction") == "ltr"
        # The first letter of a paragraph stands at its right edge.
        edges = page.locator(".body p").first.evaluate("""element => {
            const range = document.createRange();
            range.setStart(element.firstChild, 0);
            range.setEnd(element.firstChild, 1);
            return [range.getBoundingClientRect().right, element.getBoundingClientRect().right];
        }""")
        assert abs(edges[0] - edges[1]) < 4

    def test_in_a_list_each_story_has_its_own_direction(self, page, live_server):
        page.goto(f"{live_server.url}/articles/?country=iran&until=1992")
        directions = page.locator(".hits li > div").evaluate_all(
            "blocks => blocks.map(block => [block.lang, getComputedStyle(block).direction])"
        )
        assert ["fa", "rtl"] in directions and ["az", "ltr"] in directions


@pytest.mark.parametrize("name", ["article", "relation", "list", "front", "country", "office"])
def test_on_paper_there_is_the_text_alone_and_it_fits(page, live_server, name):
    page.set_viewport_size({"width": 720, "height": 1000})
    page.goto(live_server.url + addresses()[name])
    page.emulate_media(media="print")

    for part in (".top nav", ".find", ".sheet", ".pager", ".foot ul"):
        assert not any(found.is_visible() for found in page.locator(part).all()), part
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    if name == "article":
        assert page.locator(".cite").is_visible()
        assert page.pdf(format="A4").count(b"/Type /Page\n") <= 2
