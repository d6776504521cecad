"""Every address of the site, for every role: what it answers to GET and to POST.

The addresses come from the resolver. One that nobody has written down here fails the test, so
that no page is opened to anybody by forgetting it.
"""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLResolver, get_resolver

from articles.models import Article, ImportRun
from tests.make import (
    get_group,
    make_article,
    make_colleague,
    make_country,
    make_event,
    make_membership,
    make_mention,
    make_person,
    make_post,
    make_suggestion,
    make_topic,
)

pytestmark = pytest.mark.django_db

ROLES = ["anonymous", "reader", "contributor", "editor", "chief", "administrator"]
GROUPS = {"contributor": "Contributors", "editor": "Editors", "chief": "Chiefs"}
NOUNS = [
    "article", "country", "event", "evidence", "importrun", "membership", "mention", "othername",
    "party", "person", "post", "source", "suggestion", "topic",
]  # fmt: skip
ABOUT_PEOPLE_AND_EVENTS = {
    "event", "evidence", "membership", "othername", "party", "person", "post", "topic",
}  # fmt: skip


def addresses(patterns=None, route="", namespace=""):
    """(name, route) of every address, "admin:articles_article_add" and the like."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern.url_patterns, here, namespace + inner)
        else:
            yield namespace + (pattern.name or str(pattern.pattern)), here


def filled(route, archive, noun):
    """The route with what it asks for; what is not there would prove nothing."""
    values = {
        "<path:object_id>": archive.get(noun, 0), "<int:pk>": archive["article"],
        "<int:number>": 1,
        "<slug:first>": "azerbaijan", "<slug:second>": "iran", "<suffix:suffix>": ".json",
        "<path:content_type_id>": 99999,
        "^(?P<app_label>articles|auth)/$": "articles/", "<id>": archive.get(noun, 0),
    }  # fmt: skip
    slugs = {"articles": "ministers-meet", "countries": "iran", "people": "leyla-hasanova",
             "offices": "foreign-minister-of-azerbaijan", "sources": "test-agency"}  # fmt: skip
    values["<slug:slug>"] = slugs.get(route.split("/")[0], "x")
    if route.startswith("events/"):
        values["<int:pk>"] = archive["event"]
    for placeholder, value in values.items():
        route = route.replace(placeholder, str(value))
    return "/" + route


# What each role is answered to GET and to POST.

READERS = dict.fromkeys(ROLES, ("200", "405"))
SIGN_IN = ("302", "302")


def of_the_desk(get, post, least, *, below=("403", "403")):
    """Answers for those from the role `least` on; `below` for the lesser roles of the desk."""
    first = ROLES.index(least)
    answers = {}
    for place, role in enumerate(ROLES):
        if role in ("anonymous", "reader"):
            answers[role] = SIGN_IN
        else:
            answers[role] = (get, post) if place >= first else below
    return answers


def of_a_noun(noun, action):
    """What the desk answers about one kind of thing; a POST bears no fields, so 200 is a form
    that says what is wrong, 302 something done, 409 what does not say which version it saw."""
    may_add = {"article": "contributor", "source": "editor", "country": "chief"}
    may_change = {"article": "editor", "source": "editor", "country": "editor"}  # it is published
    may_delete = {"source": "chief", "country": "chief"}
    may_change["mention"] = "editor"
    if noun in ABOUT_PEOPLE_AND_EVENTS:
        may_add[noun] = may_change[noun] = may_delete[noun] = "editor"
    is_to_read = noun in ("importrun", "suggestion")
    if action == "changelist" or (is_to_read and action == "history"):
        return of_the_desk("200", "200", "contributor")
    if action == "history":  # by POST an old version is restored
        return of_the_desk("200", "409", may_change[noun], below=("200", "403"))
    if action == "add":
        if is_to_read or noun == "mention":
            return of_the_desk("403", "403", "administrator")
        return of_the_desk("200", "200", may_add[noun])
    if action == "change":
        if is_to_read:
            return of_the_desk("200", "403", "contributor")
        return of_the_desk("200", "409", may_change[noun], below=("200", "403"))
    assert action == "delete", action
    # Once public; what was said; what a program did.
    if noun in ("article", "event", "mention") or is_to_read:
        return of_the_desk("403", "403", "administrator")
    return of_the_desk("200", "409", may_delete[noun])


ADMINISTRATORS = {
    "changelist": of_the_desk("200", "200", "administrator"),
    "add": of_the_desk("200", "200", "administrator"),
    "history": of_the_desk("200", "200", "administrator"),
    "delete": of_the_desk("200", "200", "administrator"),
    "change": of_the_desk("200", "200", "administrator"),
}
EXPECTED = {
    "healthz": READERS,
    "readyz": READERS,
    "favicon": dict.fromkeys(ROLES, ("302", "405")),
    "short-link": dict.fromkeys(ROLES, ("302", "405")),
    **dict.fromkeys(
        ("front", "articles", "articles-as", "article", "article-json", "article-text",
         "versions", "version", "version-json",
         "countries", "countries-as", "country", "country-as", "relations", "relations-as",
         "relation", "relation-as", "people", "people-as", "person", "person-as", "offices",
         "offices-as", "office", "office-as", "sources", "sources-as", "source", "source-as",
         "events", "events-as", "event", "about", "about-integrity", "robots"),
        READERS,
    ),
    "article-preview": of_the_desk("200", "200", "contributor"),
    "admin:index": of_the_desk("200", "200", "contributor"),
    "admin:app_list": of_the_desk("200", "200", "contributor"),
    "admin:login": {
        **dict.fromkeys(ROLES, ("302", "200")), "anonymous": ("200", "200"),
        "reader": ("200", "200"),
    },
    "admin:logout": {
        **dict.fromkeys(ROLES, ("405", "200")), "anonymous": SIGN_IN,
        "reader": SIGN_IN,
    },
    "admin:password_change": of_the_desk("200", "200", "contributor"),
    "admin:password_change_done": of_the_desk("200", "405", "contributor"),
    "admin:autocomplete": of_the_desk("403", "405", "contributor"),  # of nothing in particular
    "admin:jsi18n": of_the_desk("200", "405", "contributor"),
    "admin:view_on_site": of_the_desk("404", "404", "contributor"),
    "admin:articles_article_withdraw": of_the_desk("200", "200", "chief"),
    "admin:articles_article_merge": of_the_desk("200", "200", "chief"),
    "admin:articles_article_redact": of_the_desk("200", "200", "chief"),
    "admin:articles_person_merge": of_the_desk("200", "200", "editor"),
    "admin:articles_article_paste": of_the_desk("200", "200", "contributor"),
    "admin:articles_article_date": of_the_desk("200", "200", "contributor"),
    "admin:auth_user_password_change": of_the_desk("200", "200", "administrator"),
    **{f"admin:auth_{noun}_{action}": answers
       for noun in ("user", "group") for action, answers in ADMINISTRATORS.items()},
    **{f"admin:articles_{noun}_{action}": of_a_noun(noun, action)
       for noun in NOUNS for action in ("changelist", "history", "add", "change", "delete")},
}  # fmt: skip
# The desk's way from an old address to the new one, and from nowhere to nowhere.
LEAD_ELSEWHERE = {"admin:<path:object_id>/", "admin:(?P<url>.*)$"}


def test_every_address_is_written_down_here():
    assert {name for name, _ in addresses()} - LEAD_ELSEWHERE == set(EXPECTED)


@pytest.fixture
def archive():
    """{noun: the number of one of it}"""
    azerbaijan, iran = make_country("Azerbaijan"), make_country("Iran")
    leyla, post = make_person("Leyla Hasanova"), make_post(country=azerbaijan)
    term, name = make_membership(leyla, post, "2019"), leyla.other_names.create(name="Leyla H.")
    report = make_article("Ministers meet", [azerbaijan, iran], [leyla], [make_topic()])
    event = make_event("Ministers meet", [azerbaijan])
    words = event.evidence.create(article=report, start=0, end=4, text=report.body[:4])
    made = {
        "article": report, "country": iran, "person": leyla, "post": post, "membership": term,
        "othername": name, "event": event, "party": event.parties.get(), "evidence": words,
        "source": report.source, "topic": report.topics.get(),
        "mention": make_mention(report, iran, "They"),
        "suggestion": make_suggestion(report, leyla, "They"),
        "importrun": ImportRun.objects.create(files="a.jsonl"),
        "user": User.objects.create_user("somebody"), "group": get_group("Editors"),
    }  # fmt: skip
    return {noun: thing.pk for noun, thing in made.items()}


def as_one_of(role):
    client = Client()
    if role in GROUPS:
        client.force_login(make_colleague(GROUPS[role]))
    elif role != "anonymous":
        client.force_login(User.objects.create_user(role))
        User.objects.filter(username="administrator").update(is_staff=True, is_superuser=True)
    return client


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_answered_as_written(archive, role, method):
    client, answers = as_one_of(role), {}
    ordered = sorted(addresses(), key=lambda found: found[0] == "admin:logout")  # it comes last
    for name, route in ordered:
        if name in LEAD_ELSEWHERE:
            continue
        noun = name.split("_")[1] if "_" in name else ""
        address = filled(route, archive, noun)
        assert "<" not in address, address
        answers[name] = str(client.generic(method, address).status_code)

    place = ["GET", "POST"].index(method)
    wanted = {name: EXPECTED[name][role][place] for name in answers}
    wrong = {name: (wanted[name], got) for name, got in answers.items() if wanted[name] != got}
    assert wrong == {}, "wanted and got"
    assert Article.objects.filter(pk=archive["article"], status="published").exists()
