"""A list of what has broken sites before, each with the answers that may be given to it."""

# ruff: noqa: E501 (rows of data)

from urllib.parse import quote

import pytest
from django.test import Client

from tests.make import make_small_archive
from tests.nasty import FORM, MULTIPART, SHARP, answered, ask

pytestmark = pytest.mark.django_db

LONG = b"9" * 3900
COOKIES = [
    "sessionid=", "sessionid=;", "sessionid==", 'sessionid="', 'sessionid="a\\000b"', "=;=;=",
    "sessionid=" + "x" * 5000, "sessionid=../../x", "sessionid=\x80\xff", 'a="\\777"', ";" * 2000,
    "csrftoken=\x80", "csrftoken=" + "a" * 64, "csrftoken=" + "a" * 9999, 'csrftoken="\\000"',
    "messages=e30:1:x", "messages=[[]]", 'messages="\\"[[\\"__json_message\\""', "$Version=1; a=b",
    "sessionid=a; sessionid=b", "expires=Thu; path=/", "a=" + "%00" * 99, "\xa0=\xa0", "a",
]  # fmt: skip
HOSTS = ["", ".", "a b", "[::1", "localhost:", "localhost:99999", "localhost:-1", "x" * 5000,
         "localhost@example.org", "example.org", "127.0.0.1:80:80", "ｌocalhost", "\xff"]  # fmt: skip
DATES = ["", "0", "Thu, 99 Foo 9999 99:99:99 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "-1" * 99,
         "Mon, 29 Feb 10000 00:00:00 GMT", "\xff"]  # fmt: skip
TAGS = ["", "*", '"', '""', "W/", 'W/"', '"a', "a" * 5000, '"a",' * 999, "\xff", "*,*"]
BODIES = [
    (FORM, b"\xff"), (FORM, b"%ff=%ff"), (FORM, b"=" * 999), (FORM, b"&" * 999), (FORM, b"a=1;b=2"),
    (FORM, b"csrfmiddlewaretoken=%00"), (FORM, b"username=a%00&password=b"), (FORM, b"a" * 9000),
    (MULTIPART, b""), (MULTIPART, b"--x"), (MULTIPART, b"--x--"), (MULTIPART, b"--x\r\n\r\n\r\n--x--"),
    (MULTIPART, b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n\xff\r\n--x--'),
    (MULTIPART, b'--x\r\nContent-Disposition: form-data; name="a"; filename="\x00"\r\n\r\nb\r\n--x--'),
    (MULTIPART, b'--x\r\nContent-Disposition: form-data; name="a"; filename="../../a"\r\n\r\nb\r\n--x--'),
    (MULTIPART, b"--x\r\nContent-Transfer-Encoding: base64\r\n"
                b'Content-Disposition: form-data; name="a"\r\n\r\n!!!\r\n--x--'),
    ("multipart/form-data", b"--x--"), ("multipart/form-data; boundary=", b"----"),
    ("multipart/form-data; boundary=\xff", b"--\xff--"), ("multipart/form-data; boundary=" + "b" * 300, b""),
    ("application/json", b"{"), ("application/json", b"[" * 9000), ("text/xml", b"<!DOCTYPE a [<!ENTITY"),
    ("", b"a"), (";", b"a"), ("a/b; charset=", b"a"), ("a/b; charset=nonsense", b"a"),
    (f"{FORM}; charset=utf-7", b"+AGE-=b"), (f"{FORM}; charset=utf-16", b"a\x00"),
]  # fmt: skip
ADDRESSES = [
    "a/" + "9" * 19 + "/", "a/" + "9" * 300 + "/", "a/0/", "a/-1/", "a/1e3/", "a/٣/", "events/" + "9" * 25,
    "events/" + "9" * 25 + "/", "articles/" + "a" * 3000 + "/", "articles/-/", "articles/.json",
    "articles/..json", "articles.json.json", "articles.", "articles.xml", "countries/iran.json/",
    "relations/iran/iran/", "relations/iran/", "relations/iran/azerbaijan.json", "relations/a/b/c/",
    "//", "///", "/example.org/", "/\\example.org/", "./", "../", ".git/config", ".env", "wp-login.php",
    "static/", "static/../../etc/passwd", "static//etc/passwd", "static/%2e%2e/settings.py",
    "static/" + "a/" * 900, "admin/" + "a/" * 900, "admin/articles/article/" + "9" * 30 + "/change/",
    "admin/articles/article/_00/change/", "admin/articles/../article/", "admin/r/1/1/", "admin/login",
    "admin/jsi18n/", "admin/password_change/", "favicon.ico", "robots.txt/", "healthz/", "readyz?",
]  # fmt: skip
QUERIES = [
    b"q=a&q=b", b"order=newest&order=oldest", b"cursor=" + LONG, b"cursor=2023-07-02_" + LONG[:18],
    b"since=" + LONG, b"country=" + LONG, b"country=iran" * 300, b"&country=IR" * 300, b"person=a" * 400,
    b"q=" + b"%22" * 60, b"q=" + b"-a%20" * 40, b"q=" + b"%28" * 60, b"q=" + b"OR%20" * 40,
    b"q=%E2%80%AE", b"q=%EF%BF%BF", b"q=%F4%90%80%80", b"q=%ED%A0%80", b"q=%C0%80", b"q=+++", b"?", b"&&&",
    b"===", b"%", b"%2", b"%zz=%zz", b"a" * 4000, b"a" * 4001, b"a[]=1&a[b]=2", b"__proto__=1", b"q[]=a",
    b"since=2023&until=2022", b"since=9999-12-31&until=9999-12-31", b"since=0001", b"until=0000", b"uncertain=2",
    b"order=relevance", b"order=-id", b"order=RANDOM()", b"language=%25", b"topic=*", b"source=null",
    b"office=%27", b"country=%C4%B0ran", b"country=A", b"country=CS", b"format=json", b"callback=alert",
]  # fmt: skip


def stranger():
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def quoted(text):
    """As a browser writes a text in an address; a lone surrogate becomes bytes that are no UTF-8."""
    return quote(text.encode("utf-8", "surrogatepass")).encode()


@pytest.fixture
def _archive(db):
    make_small_archive()


def test_the_list_is_long_enough():
    kinds = (SHARP, COOKIES, HOSTS, DATES, TAGS, BODIES, ADDRESSES, QUERIES)
    assert sum(map(len, kinds)) >= 250
    assert all(len(set(map(str, kind))) == len(kind) for kind in kinds)


@pytest.mark.usefixtures("_archive")
class TestEachIsAnswered:
    def test_sharp_texts_as_a_parameter(self):
        for name in ("q", "country", "person", "office", "source", "topic", "language", "since",
                     "until", "order", "cursor", "uncertain"):  # fmt: skip
            for text in SHARP:
                query = name.encode() + b"=" + quoted(text)
                path = b"articles/" if len(text) % 2 else b"articles.json"
                assert answered(ask(stranger(), path, query)) in (200, 400, 404), (name, text)

    def test_sharp_texts_as_an_address(self):
        for text in SHARP:
            raw = text.encode("utf-8", "surrogatepass")
            for before, after in ((b"", b""), (b"articles/", b"/"), (b"countries/", b".json")):
                status = answered(ask(stranger(), before + raw + after))
                assert status in (200, 301, 302, 400, 404), text

    def test_addresses(self):
        for address in ADDRESSES:
            assert answered(ask(stranger(), address.encode())) < 500, address

    def test_queries(self):
        for query in QUERIES:
            for path in (
                b"articles/",
                b"articles.json",
                b"relations/azerbaijan/iran/",
                b"people.json",
            ):
                assert answered(ask(stranger(), path, query)) in (200, 400, 404), (path, query)

    def test_cookies(self):
        for cookie in COOKIES:
            for path in (b"articles/", b"admin/", b"admin/login/"):
                answer = ask(stranger(), path, HTTP_COOKIE=cookie)
                assert answered(answer) in (200, 302), cookie

    def test_hosts(self):
        for host in HOSTS:
            for path in (b"articles/", b"articles.json", b"articles", b"admin/"):
                assert answered(ask(stranger(), path, HTTP_HOST=host)) in (200, 301, 302, 400), host

    def test_tags_and_dates_of_what_is_kept(self):
        for header, values in (
            ("HTTP_IF_NONE_MATCH", TAGS), ("HTTP_IF_MATCH", TAGS),
            ("HTTP_IF_MODIFIED_SINCE", DATES), ("HTTP_IF_UNMODIFIED_SINCE", DATES),
        ):  # fmt: skip
            for value in values:
                answer = ask(stranger(), b"articles/", **{header: value})
                assert answered(answer) in (200, 304, 412), (header, value)

    def test_forms(self):
        for content_type, body in BODIES:
            for path in (b"articles/", b"admin/login/", b"admin/articles/article/add/"):
                answer = ask(stranger(), path, b"", "POST", body, CONTENT_TYPE=content_type)
                assert answered(answer) in (302, 400, 403, 405, 413, 415), (content_type, body)
