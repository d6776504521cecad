"""What the door turns away, and what every answer bears: pages, files, errors and the desk."""

import gzip
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve

from articles.models import Article
from articles.views import conditional
from tests.make import make_article, make_country

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
}  # fmt: skip
ADDRESSES = {
    "/": 200,
    "/articles/": 200,
    "/articles/?country=narnia": 200,
    "/articles.json": 200,
    "/articles.json?country=narnia": 400,
    "/articles/ministers-meet-in-baku/": 200,
    "/articles/ministers-meet-in-baku.txt": 200,
    "/a/never/": 404,
    "/countries": 301,
    "/healthz": 200,
    "/readyz": 200,
    "/robots.txt": 200,
    "/admin/": 302,
    "/admin/login/": 200,
    "/nowhere/": 404,
    "/articles/?q=%00": 400,
    "/articles/?q=%ff": 400,
}


@pytest.fixture
def _one_article():
    make_article("Ministers meet in Baku", [make_country()])


@pytest.mark.usefixtures("_one_article")
@pytest.mark.parametrize(("address", "status"), ADDRESSES.items(), ids=ADDRESSES)
def test_every_answer_bears_the_headers(client, address, status):
    answer = client.get(address)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    is_data = address.startswith(("/articles.json", "/articles/ministers-meet-in-baku.txt"))
    wanted = "cross-origin" if is_data else "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == wanted


def test_a_post_to_a_page_for_readers_is_not_allowed_whatever_it_bears(client):
    strict = Client(enforce_csrf_checks=True)
    for address in ("/", "/articles/", "/articles.json", "/healthz"):
        answer = strict.post(address, b"\xff", content_type="multipart/form-data")
        assert answer.status_code == 405, address
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY


def test_a_fault_of_ours_bears_the_headers_too(client, monkeypatch):
    def broken(request):
        raise RuntimeError

    monkeypatch.setattr("diplomacy_archive.health.MigrationExecutor", broken)
    client.raise_request_exception = False

    answer = client.get("/readyz")

    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert answer.headers["Cache-Control"] == "no-store"


class TestReadersGetNoCookies:
    @pytest.fixture(autouse=True)
    def _article(self, _one_article):
        pass

    @pytest.mark.parametrize("address", [a for a in ADDRESSES if not a.startswith("/admin")])
    def test_nothing_is_set_and_nothing_depends_on_one(self, client, address):
        client.force_login(User.objects.create_user("leyla", is_staff=True))

        answer = client.get(address)

        assert not answer.cookies
        assert "cookie" not in answer.headers.get("Vary", "").lower()

    def test_the_sessions_of_editors_are_not_looked_up_for_a_page_of_readers(self, client):
        client.force_login(User.objects.create_user("leyla"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/articles/")
        assert not [query for query in queries if "session" in query["sql"]]


class TestTheDeskAlone:
    """Session, account, form's token and messages are the desk's: readers' pages ask for none."""

    def seen(self, monkeypatch, view):
        found = []
        match = resolve("/about/")
        monkeypatch.setattr(match, "func", lambda request: found.append(request) or view(request))
        monkeypatch.setattr(get_resolver("articles.urls"), "resolve", lambda path: match)
        return found

    def test_a_page_for_readers_has_neither_session_nor_account(self, client, monkeypatch):
        seen = self.seen(monkeypatch, lambda request: HttpResponse())
        client.force_login(User.objects.create_user("leyla"))
        client.get("/about/")
        assert not {"session", "user", "_messages"}.intersection(vars(seen[0]))

    def test_the_desk_has_both_and_asks_for_the_forms_token(self, admin_user):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(admin_user)
        answer = strict.get("/admin/")
        assert (answer.status_code, answer.context["user"]) == (200, admin_user)
        assert strict.post("/admin/logout/").status_code == 403

    def test_a_number_beyond_the_database_is_a_fault_of_what_was_sent(self, client, monkeypatch):
        def too_large(request):
            raise OverflowError

        self.seen(monkeypatch, too_large)
        assert client.get("/about/").status_code == 400

    def test_no_address_beside_the_desks_is_the_desks(self, client):
        for address, status in (("/admin", 301), ("/administration/", 404), ("/Admin/", 404)):
            answer = client.get(address)
            assert (answer.status_code, answer.cookies) == (status, {}), address


class TestWhatIsKept:
    def test_the_desk_is_kept_by_nobody(self, admin_client):
        for address in ("/admin/", "/admin/articles/article/", "/admin/jsi18n/", "/admin/x/"):
            answer = admin_client.get(address)
            assert answer.headers["Cache-Control"] == "private, no-store", address

    def test_a_page_of_readers_is_asked_after_each_time(self, client, _one_article):
        for address in ("/", "/articles/", "/articles.json", "/articles/ministers-meet-in-baku/"):
            control = client.get(address).headers["Cache-Control"]
            assert set(control.split(", ")) == {"public", "no-cache"}, address


@pytest.mark.usefixtures("_one_article")
class TestPagesAreSentSmall:
    @pytest.mark.parametrize("address", ["/", "/articles/", "/about/"])
    def test_whoever_takes_gzip_gets_the_same_page_in_it(self, client, address):
        plain, small = client.get(address), client.get(address, headers={"accept-encoding": "gzip"})

        assert gzip.decompress(small.content) == plain.content
        assert small.headers["Content-Encoding"] == "gzip"
        assert int(small.headers["Content-Length"]) == len(small.content) < len(plain.content)
        assert small.headers["ETag"] != plain.headers["ETag"]
        assert (
            "Accept-Encoding" in plain.headers["Vary"]
            and "Accept-Encoding" in small.headers["Vary"]
        )
        again = client.get(address, headers={"accept-encoding": "gzip"})
        assert (again.content, again.headers["ETag"]) == (small.content, small.headers["ETag"])

    @pytest.mark.parametrize(
        ("accepted", "encoding"),
        [("", None), ("identity", None), ("br", None), ("gzip;q=0", None),
         ("gzip; q=0.0, br", None), ("br, gzip", "gzip"),
         ("gzip;q=0.5", "gzip"), ("x-gzipped", None), ("\xff", None)],
    )  # fmt: skip
    def test_others_get_it_plain(self, client, accepted, encoding):
        answer = client.get("/about/", headers={"accept-encoding": accepted})
        assert answer.headers.get("Content-Encoding") == encoding

    def test_the_desk_is_never_compressed_for_it_bears_secrets(self, admin_client):
        answer = admin_client.get("/admin/", headers={"accept-encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers


class TestETags:
    @pytest.fixture(autouse=True)
    def _archive(self, transactional_db):
        make_article("Ministers meet in Baku", [make_country()])

    def tag(self, client, address="/articles/"):
        return client.get(address).headers["ETag"]

    def test_the_same_page_of_the_same_archive_is_not_sent_twice(self, client):
        for address in ("/", "/articles/", "/articles.json", "/articles/ministers-meet-in-baku/"):
            tag = self.tag(client, address)
            assert tag.startswith('"') and tag.endswith('"')  # strong
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address, headers={"If-None-Match": tag})
            assert (answer.status_code, answer.content, len(queries)) == (304, b"", 1)

    def test_get_and_head_have_the_same_tag(self, client):
        assert client.head("/articles/").headers["ETag"] == self.tag(client)

    def test_each_address_each_question_and_each_host_has_its_own(self, client):
        tags = {self.tag(client, address) for address in ("/", "/articles/", "/articles/?q=a")}
        tags.add(client.get("/articles/", headers={"host": "127.0.0.1"}).headers["ETag"])
        assert len(tags) == 4

    def test_a_change_of_the_archive_makes_all_pages_new(self, client):
        before = {address: self.tag(client, address) for address in ("/", "/about/")}

        Article.objects.update(headline="Ministers part")

        for address, tag in before.items():
            answer = client.get(address, headers={"If-None-Match": tag})
            assert answer.status_code == 200, address
            assert answer.headers["ETag"] != tag

    def test_another_day_has_another_page(self, client, monkeypatch):
        before = self.tag(client)
        monkeypatch.setattr(conditional.timezone, "localdate", lambda: date(2099, 1, 1))
        assert self.tag(client) != before

    def test_another_edition_of_the_site_has_another_page(self, client, monkeypatch):
        before = self.tag(client)
        monkeypatch.setattr(conditional, "_edition", lambda: "next")
        assert self.tag(client) != before

    def test_a_page_that_is_not_there_has_none_and_a_star_does_not_find_it(self, client):
        for header in ("*", '"a"', 'W/"a", "b"', "a", ""):
            answer = client.get("/articles/never/", headers={"If-None-Match": header})
            assert answer.status_code == 404
            assert "ETag" not in answer.headers

    def test_while_the_site_is_written_there_are_none(self, client, settings):
        settings.DEBUG = True
        assert "ETag" not in client.get("/articles/").headers


# What the guard turns away


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/articles/?q=" + "a" * 3999, 400),
        ("/articles/?x=" + "a" * 3999, 400),
        ("/articles/?x=" + "a" * 3990, 200),
        ("/" + "a" * 4000, 400),
        ("/" + "a" * 3000, 404),
        ("/articles/?x=a%00b", 400),
        ("/a%00b/", 400),
        ("/articles/?x=%c3%28", 400),
        ("/%c3%28/", 400),
        ("/articles/?%ff=1", 400),
        ("/articles/?x=%ed%a0%80", 400),
        ("/articles/?q=%C9%99", 200),
        ("/%C9%99/", 404),
    ],
)
def test_what_is_no_text_or_too_long_is_refused(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    if status == 400:
        assert "could not be read" in answer.text


def test_programs_are_told_in_json(client):
    for address, status in (("/articles.json?q=%00", 400), ("/relations/iran/iran.json", 404)):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["results"]) == (status, [])
        assert answer.json()["errors"]


@pytest.mark.parametrize(
    ("charset", "status"),
    [("utf-7", 415), ("utf-16", 415), ("latin-1", 415),
     ("utf-8", 200), ("UTF-8", 200), ('"utf-8"', 200)],
)  # fmt: skip
def test_a_form_in_another_encoding_is_refused(client, charset, status):
    sent = {"content_type": f"application/x-www-form-urlencoded; charset={charset}"}
    assert client.post("/admin/login/", b"username=a&password=b", **sent).status_code == status


@pytest.mark.parametrize("cookie", ["", "a", "x" * 31, "x" * 33, '"a\\000b"', "É" * 32, "../" * 9])
def test_a_sessions_cookie_of_another_form_is_none(client, cookie):
    answer = client.get("/admin/login/", headers={"cookie": f"sessionid={cookie}"})
    assert answer.status_code == 200


def test_an_editors_session_is_of_the_form_that_is_let_in(admin_client):
    assert admin_client.get("/admin/").status_code == 200


@pytest.mark.usefixtures("starter_archive")
def test_the_starter_archive_is_on_every_page_the_same_bytes_twice(client):
    """What a strong tag promises."""
    for address in ("/", "/articles/", "/relations/azerbaijan/iran/", "/events/", "/articles.json"):
        assert client.get(address).content == client.get(address).content, address
