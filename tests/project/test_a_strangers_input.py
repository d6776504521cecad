"""Whatever a stranger sends is answered, and never with a fault of ours.

Generated requests: addresses, questions, headers with cookies, forms; the last also by one who is
signed in at the desk. 5,000 an engine with every change; before a release 20,000:

    REQUESTS=20000 make test
"""

import os
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles import integrity
from articles.admin import tokens
from tests.make import make_small_archive
from tests.nasty import FORM, MULTIPART, SHARP, answered, ask

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
PAGES = [
    "", "articles/", "articles.json", "countries/", "countries/iran/", "countries/iran.json",
    "relations/", "relations/azerbaijan/iran/", "relations/azerbaijan/iran.json", "people/",
    "people/jeyhun-bayramov/", "people.json", "offices/", "offices.json",
    "offices/foreign-minister-of-iran.json", "sources/anadolu-agency/",
    "events/", "events/1/", "a/1/", "about/", "robots.txt", "healthz", "readyz", "admin/",
    "admin/login/", "admin/articles/article/", "admin/articles/article/1/change/",
    "admin/autocomplete/", "static/archive.css", "static/../settings.py",
]  # fmt: skip
PARAMETERS = [
    "q", "country", "person", "office", "uncertain", "source", "topic", "language", "since",
    "until", "order", "cursor", "facets", "exact", "as-of", "next", "p", "o", "e", "_popup",
    "_to_field", "_changelist_filters", "id__exact", "status__exact", "source__id__exact",
    "headline__regex", "added_at__year",
    "term", "app_label", "model_name", "field_name", "countries", "people", "published", "started",
    "event", "person", "post", "article", "retrieved_at", "id", "successors", "date",
]  # fmt: skip


@pytest.fixture
def stranger(db):
    make_small_archive()
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def administrator(stranger):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("leyla"))
    return client


# What is generated

texts = st.sampled_from(SHARP) | st.text(max_size=30)
raw = texts.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=30)
pages = st.sampled_from(PAGES).map(str.encode)
# What is answered without much work.
light_pages = st.sampled_from([b"a/1/", b"about/", b"healthz", b"robots.txt",
    b"admin/", b"admin/login/", b"admin/articles/article/", b"sources.json", b"x/"])  # fmt: skip
paths = st.one_of(
    pages,
    raw,
    st.tuples(pages, raw).map(b"".join),
    st.tuples(pages, raw, pages).map(b"/".join),
)
values = raw.map(lambda value: quote_from_bytes(value).encode()) | raw
pairs = st.tuples(st.sampled_from(PARAMETERS).map(str.encode) | values, values).map(b"=".join)
queries = st.lists(pairs, max_size=5).map(b"&".join) | st.binary(max_size=60)
header_values = raw.map(
    lambda value: value.translate(None, b"\0\r\n").decode("latin-1")  # no server lets these through
)
cookies = st.lists(
    st.tuples(st.sampled_from(["sessionid", "csrftoken", "messages", "a"]), header_values),
    max_size=4,
).map(lambda pairs: "; ".join(map("=".join, pairs)))
HEADERS = [
    f"HTTP_{name}"
    for name in (
        "ACCEPT", "ACCEPT_ENCODING", "ACCEPT_LANGUAGE", "AUTHORIZATION", "IF_MATCH",
        "IF_MODIFIED_SINCE", "IF_NONE_MATCH", "IF_UNMODIFIED_SINCE", "ORIGIN", "RANGE",
        "REFERER", "USER_AGENT", "X_CSRFTOKEN", "X_FORWARDED_FOR", "X_FORWARDED_HOST",
        "X_FORWARDED_PROTO", "X_REQUESTED_WITH", "X_HTTP_METHOD_OVERRIDE",
    )
]  # fmt: skip
hosts = header_values | st.sampled_from(["localhost:99999", "[::1", "a b"])
headers = st.tuples(
    st.dictionaries(st.sampled_from(HEADERS), header_values, max_size=4),
    st.fixed_dictionaries({}, optional={"HTTP_COOKIE": cookies, "HTTP_HOST": hosts}),
).map(lambda two: two[0] | two[1])
content_types = st.sampled_from([
    FORM, MULTIPART, f"{FORM}; charset=utf-7", f"{FORM}; charset=utf-16", f"{FORM}; charset=rot13",
    f"{FORM}; charset=idna", "multipart/form-data", "multipart/form-data; boundary=", "text/plain",
    "application/json", "a/b; charset=\xff", "; charset=utf-8", f'{FORM}; charset="UTF-8"',
])  # fmt: skip
FIELDS = [
    "headline", "summary", "body", "source", "published", "language", "countries",
    "people", "topics", "status", "slug", "url", "retrieved_at_0", "retrieved_at_1", "action",
    "_selected_action", "select_across", "index", "username", "password", "next",
    "csrfmiddlewaretoken", "reason", "post", "_save", "_step_publish", "_continue",
    "parties-TOTAL_FORMS", "_seen", "_shown", "_list", "version", "note", "change_kind",
    "change_reason", "change_note", "other_names-TOTAL_FORMS", "other_names-0-id",
    "memberships-0-id", "memberships-TOTAL_FORMS", "memberships-INITIAL_FORMS",
]  # fmt: skip
forms = st.lists(st.tuples(st.sampled_from(FIELDS) | texts, texts), max_size=8).map(
    lambda pairs: urlencode(pairs, errors="surrogatepass").encode()
)
parts = st.lists(st.tuples(st.sampled_from(FIELDS).map(str.encode), raw), max_size=4).map(
    lambda pairs: (
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + value + b"\r\n"
            for name, value in pairs
        )
        + b"--x--\r\n"
    )
)
bodies = forms | parts | st.binary(max_size=200)


REQUESTS = int(os.environ.get("REQUESTS", "5000"))


def generated(share):
    return settings(
        max_examples=round(share * REQUESTS),
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@given(path=paths, method=st.sampled_from(METHODS))
@generated(0.3)
def test_any_address(stranger, path, method):
    assert answered(ask(stranger, path, method=method))


@given(path=pages | light_pages, query=queries)
@generated(0.3)
@example(path=b"articles/", query=b"q=\xff")
@example(path=b"articles.json", query=b"cursor=" + b"9" * 19)
def test_any_question(stranger, path, query):
    assert answered(ask(stranger, path, query))


@given(path=light_pages, headers=headers)
@generated(0.2)
@example(path=b"admin/", headers={"HTTP_COOKIE": 'sessionid="a\\000b"'})
def test_any_headers_and_cookies(stranger, path, headers):
    assert answered(ask(stranger, path, **headers))


@given(path=light_pages, body=bodies, content_type=content_types, headers=headers)
@generated(0.125)
@example(
    path=b"admin/login/", body=b"username=+AGE-", content_type=f"{FORM}; charset=utf-7", headers={}
)
def test_any_form_of_a_stranger(stranger, path, body, content_type, headers):
    assert answered(ask(stranger, path, b"", "POST", body, CONTENT_TYPE=content_type, **headers))


DESKS = [
    "article", "country", "person", "post", "membership", "othername", "source", "topic", "event",
    "party", "evidence", "importrun",
]  # fmt: skip
desk_pages = st.tuples(
    st.sampled_from(DESKS),
    st.sampled_from(
        ["", "add/", "1/change/", "1/delete/", "1/history/", "withdraw/", "date-in-words/"]
    ),
).map(lambda parts: f"admin/articles/{'/'.join(parts)}".encode()) | st.just(b"admin/autocomplete/")


def row_of(path):
    """The first row of the desk that an address speaks of, if it has any."""
    name = path.decode().split("/")[2] if b"articles/" in path else None
    return apps.get_model("articles", name).objects.order_by("pk").first() if name else None


def what_is_seen(row):
    """The tokens of a row of a desk."""
    now = tokens.of(admin.site.get_model_admin(type(row)), row.pk)
    shown = [one for one in now if one.row == row.pk][:1]
    return {tokens.FIELD: tokens.write(now), tokens.ROWS: tokens.write(shown),
            tokens.LIST: integrity.state(), "_selected_action": row.pk}  # fmt: skip


@given(
    path=desk_pages,
    query=queries,
    method=st.sampled_from(["GET", "POST"]),
    body=forms,
    content_type=st.sampled_from([FORM, MULTIPART]),
    is_current=st.booleans(),
)
@generated(0.075)
def test_anything_from_one_who_is_signed_in(
    administrator, path, query, method, body, content_type, is_current
):
    if row := row_of(path):
        path = path.replace(b"/1/", f"/{row.pk}/".encode())
        if is_current:  # it says what it saw, and so is looked at further
            body += b"&" + urlencode(what_is_seen(row)).encode()
    assert answered(ask(administrator, path, query, method, body, CONTENT_TYPE=content_type))
