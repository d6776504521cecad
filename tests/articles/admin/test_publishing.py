"""Who drafts, who publishes, who withdraws: each step by those who may, by no trick by others."""

from html.parser import HTMLParser

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.forms import WHY, change_form, form_of
from tests.make import (
    get_group,
    make_article,
    make_colleague,
    make_country,
    make_event,
    make_person,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db

STATUSES = ["draft", "review", "published", "withdrawn"]
ROLES = ["Contributors", "Editors", "Chiefs", "administrator"]


def at_the_desk(role):
    if role in ROLES[:3]:
        user = make_colleague(role, name=role)
    else:
        user = User.objects.create_user(role, is_staff=True, is_superuser=role == "administrator")
    client = Client()
    client.force_login(user)
    return client


def address(page, *args):
    return reverse(f"admin:articles_article_{page}", args=args)


def sent(client, story, **fields):
    """What the form of a story sends, with a reason."""
    return change_form(client, address("change", story.pk)) | WHY | fields


def status(story):
    return Article.objects.get(pk=story.pk).status


class FirstButton(HTMLParser):
    """The name of the button that Enter presses: the first of the form."""

    def __init__(self, page):
        super().__init__()
        self.in_form, self.name = False, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.in_form = self.in_form or attrs.get("id") == "article_form"
        if self.in_form and not self.name and attrs.get("type") == "submit":
            self.name = attrs["name"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("at", STATUSES)
def test_enter_in_a_field_saves_and_takes_no_step(role, at):
    page = at_the_desk(role).get(address("change", a_story(at).pk)).content.decode()

    assert FirstButton(page).name in ("_save", None)  # None: only to be read


def a_story(status, **fields):
    reason = {"withdrawal_reason": "Retracted."} if status == "withdrawn" else {}
    return make_article("Ministers meet in Baku", status=status, **reason, **fields)


MAY = {
    # step: {role: from which statuses the button works}
    "submit": dict.fromkeys(ROLES, ["draft"]),
    "send_back": {"Contributors": [], **dict.fromkeys(ROLES[1:], ["review"])},
    "publish": {"Contributors": [], **dict.fromkeys(ROLES[1:], ["draft", "review"])},
    "withdraw": dict.fromkeys(ROLES, []),  # by a page that asks for the reason, never by a button
    "republish": {**dict.fromkeys(ROLES[:2], []), **dict.fromkeys(ROLES[2:], ["withdrawn"])},
}
LEADS = {"submit": "review", "send_back": "draft", "publish": "published", "republish": "published"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", MAY)
def test_a_step_is_taken_by_those_who_may_and_from_where_it_follows(role, step):
    client = at_the_desk(role)
    for before in STATUSES:
        story = a_story(before, body=f"They met, {before}.")

        page = client.get(address("change", story.pk)).text
        answer = client.post(
            address("change", story.pk), sent(client, story, **{f"_step_{step}": "x"})
        )

        may = before in MAY[step][role]
        assert (f'name="_step_{step}"' in page) is may, before
        assert answer.status_code == (302 if may else 403), before
        assert status(story) == (LEADS[step] if may else before)


@pytest.mark.parametrize("role", ROLES)
def test_what_readers_see_is_changed_only_by_those_who_may_publish(role):
    client = at_the_desk(role)
    may = {
        "draft": ROLES, "review": ROLES, "published": ROLES[1:], "withdrawn": ROLES[2:],
    }  # fmt: skip
    for before in STATUSES:
        story = a_story(before, body=f"They met, {before}.")

        answer = client.post(address("change", story.pk), sent(client, story, body="They parted."))

        assert answer.status_code == (302 if role in may[before] else 403), before
        story.refresh_from_db()
        assert (story.body == "They parted.") is (role in may[before])


@pytest.mark.parametrize("role", ROLES)
def test_a_status_in_a_forged_form_is_nothing(role):
    client, story = at_the_desk(role), a_story("draft")

    forged = sent(client, story, status="published")
    assert client.post(address("change", story.pk), forged).status_code == 302
    another = forged | {"slug": "", "headline": "Another"}
    assert client.post(address("add"), another).status_code == 302

    assert set(Article.objects.values_list("status", flat=True)) == {"draft"}


@pytest.mark.parametrize("role", ROLES)
def test_only_drafts_are_deleted_and_by_no_contributor(role):
    client = at_the_desk(role)
    for before in STATUSES:
        story = a_story(before, body=f"They met, {before}.")
        page = client.get(address("delete", story.pk))
        answer = client.post(address("delete", story.pk), form_of(page, "delete") | {"post": "yes"})
        assert answer.status_code in (302, 403)
        gone = before == "draft" and role != "Contributors"
        assert Article.objects.filter(pk=story.pk).exists() is not gone, before


def act(client, action, *stories, **more):
    sent = form_of(client.get(address("changelist")), "changelist-form")
    sent |= {"action": action, "_selected_action": [story.pk for story in stories], **more}
    del sent["select_across"]
    return client.post(address("changelist"), sent, follow=True)


@pytest.mark.parametrize("role", ROLES)
def test_selected_articles_are_deleted_only_if_all_are_drafts(role):
    client, draft, public = at_the_desk(role), a_story("draft"), a_story("published", body="Seen.")

    act(client, "delete_selected", draft, public, post="yes")
    assert Article.objects.count() == 2
    act(client, "delete_selected", draft, post="yes")
    assert Article.objects.count() == (2 if role == "Contributors" else 1)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ["submit", "publish", "withdraw"])
def test_an_action_on_the_list_moves_what_it_can_and_names_the_rest(role, action):
    client = at_the_desk(role)
    stories = {before: a_story(before, body=f"They met, {before}.") for before in STATUSES}

    answer = act(client, action, *stories.values())

    after = {before: status(story) for before, story in stories.items()}
    may_publish = role != "Contributors"
    if action == "submit":
        assert after == {**{s: s for s in STATUSES}, "draft": "review"}
        assert "is published: it cannot be submitted" in answer.text
    elif action == "publish" and may_publish:
        assert after == {**dict.fromkeys(STATUSES, "published"), "withdrawn": "withdrawn"}
        assert "is withdrawn: it cannot be published" in answer.text
    else:  # not theirs; or a page asks for the reason first
        assert after == {s: s for s in STATUSES}
    if action == "withdraw":
        assert ("as readers are told it" in answer.text) is (role in ROLES[2:])


class TestWithdrawing:
    def page(self, *stories):
        return f"{address('withdraw')}?{'&'.join(f'id={story.pk}' for story in stories)}"

    def form(self, client, *stories):
        return form_of(client.get(self.page(*stories)), "withdraw")

    @pytest.mark.parametrize("role", ROLES[2:])
    def test_it_asks_for_the_reason_and_readers_are_told_it(self, role, client):
        chief, one, two = at_the_desk(role), a_story("published"), a_story("published", body="Two.")

        form = self.form(chief, one, two)
        for nothing in ("", " \n", "x" * 2001):
            answer = chief.post(self.page(one, two), form | {"reason": nothing})
            assert 'class="errorlist"' in answer.text
        assert status(one) == "published"
        chief.post(self.page(one, two), form | {"reason": "The agency took it back <b>."})

        assert (status(one), status(two)) == ("withdrawn", "withdrawn")
        answer = client.get(one.get_absolute_url())
        assert answer.status_code == 410
        assert "The agency took it back &lt;b&gt;." in answer.text
        assert "They met" not in answer.text
        assert client.get("/articles.json").json()["count"] == 0
        log = LogEntry.objects.latest("pk")
        assert (log.user.username, "took it back" in log.change_message) == (role, True)

    @pytest.mark.parametrize("role", ROLES[:2])
    def test_it_is_not_for_others(self, role):
        story, client = a_story("published"), at_the_desk(role)
        assert client.get(self.page(story)).status_code == 403
        assert client.post(self.page(story), {"reason": "No."}).status_code == 403
        assert "withdraw/" not in client.get(address("change", story.pk)).text
        assert status(story) == "published"

    def test_a_draft_is_not_withdrawn(self):
        story = a_story("draft")
        chief = at_the_desk("Chiefs")
        form = self.form(chief, story) | {"reason": "No."}
        answer = chief.post(self.page(story), form, follow=True)
        assert "is draft: it cannot be withdrawn" in answer.text
        assert status(story) == "draft"

    @pytest.mark.parametrize("query", ["", "?id=", "?id=x", f"?id={'9' * 40}", "?id=4711"])
    def test_nothing_chosen_is_said(self, query):
        chief = at_the_desk("Chiefs")
        assert "No article was chosen" in chief.get(address("withdraw") + query).text
        assert chief.post(address("withdraw") + query, {"reason": "No."}).status_code == 200

    def test_what_was_withdrawn_by_error_is_published_again(self, client):
        story = a_story("withdrawn")
        chief = at_the_desk("Chiefs")
        chief.post(address("change", story.pk), sent(chief, story, _step_republish="x"))
        story.refresh_from_db()
        assert (story.status, story.withdrawal_reason) == ("published", "")
        assert client.get(story.get_absolute_url()).status_code == 200


class TestPreview:
    @pytest.mark.parametrize("role", ROLES)
    @pytest.mark.parametrize("before", ["draft", "review"])
    def test_the_desk_sees_the_page_before_readers_do(self, role, before, client):
        story = a_story(before, countries=[make_country("Iran")])

        answer = at_the_desk(role).get(f"/admin/articles/article/{story.pk}/preview/")

        assert answer.status_code == 200
        assert "Preview:" in answer.text and story.body in answer.text and "Iran" in answer.text
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert client.get(story.get_absolute_url()).status_code == 404

    def test_readers_and_strangers_are_asked_to_sign_in(self, client, django_user_model):
        story = a_story("draft")
        address = f"/admin/articles/article/{story.pk}/preview/"
        assert client.get(address).headers["Location"].startswith("/admin/login/")
        client.force_login(django_user_model.objects.create_user("reader"))
        assert client.get(address).headers["Location"].startswith("/admin/login/")

    def test_staff_of_no_group_may_not(self):
        story = a_story("draft")
        assert (
            at_the_desk("nobody").get(f"/admin/articles/article/{story.pk}/preview/").status_code
            == 403
        )

    def test_what_is_not_there_is_not_found(self):
        client = at_the_desk("Editors")
        for number in (4711, "9" * 40):
            assert client.get(f"/admin/articles/article/{number}/preview/").status_code == 404


def test_each_step_is_a_version():
    client, story = at_the_desk("Editors"), a_story("draft")
    client.post(address("change", story.pk), sent(client, story, _step_publish="x"))
    assert Article.objects.get().version == 2


class TestWhatArticlesName:
    """Their links to it would vanish without a word."""

    def form(self, client, delete):
        """What the page that asks would send, even where it offers no button."""
        seen = change_form(client, delete.replace("/delete/", "/change/"))["_seen"]
        return {"post": "yes", "_seen": seen}

    @pytest.mark.parametrize(
        ("relation", "make"),
        [("countries", make_country), ("people", make_person), ("topics", make_topic)],
    )
    def test_it_is_not_deleted(self, relation, make):
        thing = make()
        a_story("published", **{relation: [thing]})
        kind = thing._meta.model_name
        client = at_the_desk("administrator")
        delete = reverse(f"admin:articles_{kind}_delete", args=[thing.pk])

        answer = client.post(delete, self.form(client, delete))

        assert "named by 1 article" in answer.text
        assert type(thing).objects.filter(pk=thing.pk).exists()
        getattr(Article.objects.get(), relation).clear()
        client.post(delete, self.form(client, delete))
        assert not type(thing).objects.filter(pk=thing.pk).exists()


def test_the_groups_hold_each_other():
    held = {
        name: set(get_group(name).permissions.values_list("codename", flat=True))
        for name in ROLES[:3]
    }
    assert held["Contributors"] < held["Editors"] < held["Chiefs"]
    assert not any("user" in codename or "group" in codename for codename in held["Chiefs"])


def test_a_date_is_said_in_words_while_it_is_written(client):
    say = address("date")
    desk = at_the_desk("Contributors")
    assert desk.get(say, {"date": "[2021-08-25..2023-09-19]"}).json() == {
        "words": "between 25 August 2021 and 19 September 2023",
        "earliest": "2021-08-25",
        "latest": "2023-09-19",
    }
    assert desk.get(say, {"date": "soon"}).json()["error"]
    assert desk.get(say).status_code == 200
    assert client.get(say, {"date": "2023"}).status_code == 302
    event = make_event("Ministers meet", [make_country()])
    forms = (address("add"), reverse("admin:articles_event_change", args=[event.pk]))
    editor = at_the_desk("Editors")
    assert all(f'data-edtf="{say}"' in editor.get(page).text for page in forms)


@pytest.mark.parametrize(
    "query",
    ["source=abc", f"source={'9' * 30}", "countries=x", f"countries=1,{'9' * 30}",
     "retrieved_at=z", "headline=" + "x" * 900, "status=published", "language=%3F", "nonsense=1"],
)  # fmt: skip
def test_what_an_address_prefills_is_taken_only_if_the_field_would_take_it(query):
    make_source()
    name, value = query.split("=")
    answer = at_the_desk("Editors").get(f"{address('add')}?{query}")
    assert answer.status_code == 200
    form = form_of(answer, "article_form")
    del form["csrfmiddlewaretoken"]  # may begin with any letter
    assert not [held for held in form.values() if held and held.startswith(value)]


@pytest.mark.parametrize("chosen", ["x", "", "9" * 30, "-1", "1 OR 1=1"])
def test_an_action_on_what_is_no_row_is_refused(chosen):
    client = at_the_desk("Editors")
    answer = client.post(address("changelist"), {"action": "publish", "_selected_action": chosen})
    assert answer.status_code == 400
