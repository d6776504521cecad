"""Terms of office at the desk: overlapping ones are taken and told of, impossible ones refused."""

import pytest
from django.urls import reverse

from articles.models import Membership
from tests.make import make_membership, make_person, make_post

pytestmark = pytest.mark.django_db
ADD = "admin:articles_membership_add"


@pytest.fixture
def held():
    return make_membership(make_person("Leyla Hasanova"), make_post(), "2018-01-01", "2020-07-16")


def add(client, held, started, ended):
    other = make_person("Rauf Karimov")
    sent = {"person": other.pk, "post": held.post_id, "started": started, "ended": ended}
    return client.post(reverse(ADD), sent, follow=True)


def warnings(page):
    return [str(message) for message in page.context["messages"] if message.level_tag == "warning"]


def test_a_term_that_overlaps_anothers_is_kept_and_told_of(admin_client, held):
    (told,) = warnings(add(admin_client, held, "2020-01-01", "2022"))
    assert told.startswith("“Rauf Karimov, Foreign minister of Azerbaijan” was saved, and overlaps")
    assert "with Leyla Hasanova." in told
    assert Membership.objects.count() == 2


@pytest.mark.parametrize("started", ["2020-07-16", "2020-07-17", "2020", "2021"])
def test_a_hand_over_or_what_may_be_one_is_no_overlap(admin_client, held, started):
    assert warnings(add(admin_client, held, started, "2022")) == []
    assert Membership.objects.count() == 2


def test_a_term_that_ends_before_it_begins_is_refused_in_words(admin_client, held):
    page = add(admin_client, held, "2022", "2021")
    assert "term: it ends before it begins." in page.text
    assert Membership.objects.count() == 1


def test_rows_of_a_persons_form_are_looked_at_likewise(admin_client, held):
    other = make_person("Rauf Karimov")
    form = {"name": other.name, "slug": other.slug, "other_names-TOTAL_FORMS": "0"}
    form |= {"other_names-INITIAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    form |= {"memberships-TOTAL_FORMS": "1", "memberships-0-post": held.post_id}
    form |= {"memberships-0-started": "2019", "memberships-0-ended": "2021"}
    address = reverse("admin:articles_person_change", args=[other.pk])
    form["_seen"] = admin_client.get(address).context["token"]
    (told,) = warnings(admin_client.post(address, form, follow=True))
    assert "overlaps with Leyla Hasanova" in told
