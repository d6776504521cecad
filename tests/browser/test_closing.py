"""A chief in a browser: merges two reports that are one, and redacts what a court ordered out."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.barriers import barriers
from tests.browser.test_the_desk import sign_in
from tests.make import make_article, make_colleague

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[360, 1440])
def chief(request, page, live_server):
    make_colleague("Chiefs")
    page.set_viewport_size({"width": request.param, "height": 900})
    sign_in(page, live_server, "leyla")
    return page


def test_two_reports_that_are_one_are_merged(chief, live_server):
    again, first = make_article("Sent again"), make_article("Sent first")
    chief.goto(f"{live_server.url}{reverse('admin:articles_article_change', args=[again.pk])}")

    chief.get_by_role("link", name="Merge into …").click()
    chief.get_by_label("Merge into").fill(f"/articles/{first.slug}/")
    chief.get_by_label("The reason").fill("The agency sent it twice.")
    chief.get_by_role("button", name="Go on").click()
    expect(chief.get_by_role("heading", name="What will be done")).to_be_visible()
    wrong = barriers(chief)
    chief.get_by_role("button", name="Merge", exact=True).click()
    chief.get_by_text("was merged into").wait_for()

    answer = chief.goto(f"{live_server.url}{again.get_absolute_url()}")
    assert (answer.status, chief.url) == (200, f"{live_server.url}{first.get_absolute_url()}")
    expect(chief.get_by_text("The agency sent it twice.")).to_be_visible()
    assert wrong + barriers(chief) == []


def test_words_are_redacted(chief, live_server):
    story = make_article("Envoy named", body="Rauf Aliyev met the envoy. Rauf Aliyev left.")
    chief.goto(f"{live_server.url}{reverse('admin:articles_article_change', args=[story.pk])}")

    chief.get_by_role("link", name="Redact …").click()
    chief.get_by_label("Words to be removed").fill("Rauf Aliyev")
    chief.get_by_label("The reason").fill("Ordered by a court.")
    chief.get_by_role("button", name="Go on").click()
    expect(chief.get_by_text("Version 1, which stands now: 2 times")).to_be_visible()
    wrong = barriers(chief)
    chief.get_by_role("button", name="Remove for good").click()
    chief.get_by_text("The words were removed.").wait_for()

    story.refresh_from_db()
    assert story.body == "████ ██████ met the envoy. ████ ██████ left."
    chief.goto(f"{live_server.url}{story.get_absolute_url()}")
    expect(chief.get_by_text("Words were removed from this article on")).to_be_visible()
    assert wrong + barriers(chief) == []


def test_a_tombstone_is_no_barrier(page, live_server):
    story = make_article("Envoy named", status="withdrawn", withdrawal_reason="Retracted.")
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}{story.get_absolute_url()}")
        expect(page.get_by_role("heading", name="Cite it")).to_be_visible()
        assert barriers(page) == []
