"""What readers get from the search box, whatever they type into it."""

import os

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.make import make_article

pytestmark = pytest.mark.django_db
QUERIES = int(os.environ.get("QUERIES", "300"))  # that are generated; 20,000 before a release

WHAT_READERS_MAY_NOT_SEE = ["draft", "review", "withdrawn"]


def ask(q, suffix=".json", **parameters):
    address = "/articles" + (suffix or "/")
    return Client().get(address, {"q": q, **parameters})


@pytest.mark.parametrize("status", WHAT_READERS_MAY_NOT_SEE)
@pytest.mark.parametrize("order", ["newest", "oldest", "relevance", "added"])
def test_what_is_not_published_is_never_found(status, order):
    make_article("Envoys in Baku", body="They met.")
    make_article("Envoys in Lachin", body="Secret talks.", status=status)
    for q in ("Lachin", "secret", "headline:Lachin", '"secret talks"', "-Baku"):
        answer = ask(q, order=order).json()
        assert (answer["count"], answer["results"]) == (0, [])
        assert "Envoys in Lachin" not in ask(q, suffix="", order=order).text
    assert ask("-Narnia", order=order).json()["count"] == 1


def test_a_draft_is_found_from_the_moment_it_is_published_until_it_is_withdrawn():
    article = make_article("Envoys in Lachin", status="draft")
    counts = []
    for status in ("published", "withdrawn"):
        article.status = status
        article.save()
        counts.append(ask("Lachin").json()["count"])
    assert counts == [1, 0]


def test_a_hit_is_shown_with_the_match_marked_as_it_was_written():
    make_article("Əliyev in Lachin", body="President Əliyev’s guests dined.")
    page = ask("aliyev", suffix="").text
    assert "<mark>Əliyev</mark> in Lachin" in page
    assert "<mark>Əliyev’s</mark> guests" in page


def test_markup_in_a_text_or_a_query_stays_text():
    make_article("Lachin <b>opens</b>", body="The <script>alert(1)</script> Lachin road.")
    page = ask("lachin", suffix="").text
    assert "<script>alert(1)" not in page
    assert "<b>opens" not in page
    assert "<script>alert(2)" not in ask("<script>alert(2)</script>", suffix="").text


def test_the_best_match_comes_first_on_request():
    make_article("Envoys confer", body="Lachin was named once.", published="2023")
    make_article("Lachin, Lachin", body="Lachin again.", published="2019")
    hits = [hit["headline"] for hit in ask("Lachin", order="relevance").json()["results"]]
    assert hits == ["Lachin, Lachin", "Envoys confer"]


HOSTILE = [
    '"', '""', "'", "\\", "\\'", "''", "';--", "' OR '1'='1", "%", "%s", "%(x)s", "_", "*", "a*",
    "^a", "a^2", "(", ")", "()", "(a", "NEAR(a b)", "NEAR/2", "a NEAR b", "AND", "NOT", "OR", "-",
    "--", "a --", "-a", "- -", "a OR", "OR a", "a AND OR NOT b", "headline:", "headline:-",
    "headline:headline:a", "-headline:", "body:a", "rowid:1", "{a b}:c", "{headline}", "- a",
    "a & b", "a | b", "!a", "a <-> b", "a:*", "a:A", "<->", "'a':1", "a\x00b", "\x00", "\x1a",
    "\u202eabc", "\ufeff", "\uffff", "\U0010ffff", "a\u0301", "\u0301", "😀", "👩‍👩‍👧", "ﷺ", "İ",
    "ß", "ſ", "½", "²", "Ⅷ", "٣", "१", "𝟙", "\ud800", "\udfff a", "\r\nSet-Cookie: a=b", "\t", "\v",
    "a" * 200, "a" * 201, "a" * 3000, '"' * 200, "-" * 200, "(" * 200, "a " * 100, "-a " * 66,
    "a OR " * 39 + "a", "a-" * 100, '"a ' * 66, "é" * 200, "ﷺ" * 200, "${jndi}", "{{7*7}}", "../..",
    "<script>", "&amp;", "http://a.b/c?d=e&f=g", "a@b.c", "#a", "a;b", "a,b", "NULL", "None", "nan",
]  # fmt: skip
bits = st.sampled_from([*HOSTILE[:60], "Lachin", " ", "road", " -", ' "', "headline:", " OR "])
hostile = st.one_of(
    st.text(max_size=210),
    st.lists(bits, max_size=8).map("".join),
    st.lists(bits, max_size=8).map(" ".join),
)


def assert_answered(q, order):
    """Results, or an error beside the search box; never a failure and never everything."""
    sent = q.encode("utf-8", "surrogatepass")  # what a browser would never send, but a script may
    page, data = ask(sent, suffix="", order=order), ask(sent, order=order)
    assert page.status_code in (200, 400)
    assert data.status_code in (200, 400)
    if data.status_code == 400 and page.status_code == 200:
        assert data.json()["errors"]


@pytest.mark.parametrize("order", ["newest", "relevance"])
@pytest.mark.parametrize("q", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_query_is_answered(q, order):
    make_article("Lachin road", body="The road a b c.")
    assert_answered(q, order)


@given(q=hostile, order=st.sampled_from(["newest", "oldest", "relevance", "added"]))
@settings(
    max_examples=QUERIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(q="a -b OR -c", order="relevance")
def test_any_query_at_all_is_answered(one_article, q, order):
    assert_answered(q, order)


@pytest.fixture
def one_article():
    return make_article("Lachin road", body="The road a b c.")


@pytest.mark.parametrize("q", ['"', "-", "…", "OR", "a" * 201])
def test_a_query_without_a_word_or_too_long_gives_an_error_and_no_results(q):
    make_article("Lachin road")
    assert ask(q).status_code == 400
    assert ask(q).json()["errors"]["q"]
    page = ask(q, suffix="")
    assert page.status_code == 200
    assert "Lachin road" not in page.text


words = st.text(st.characters(categories=["L", "Nd", "Nl", "No"]), min_size=1, max_size=60)


@given(word=words.filter(lambda word: word != "OR"))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(word="𞤀")
@example(word="№")
@example(word="ﷺ")
def test_any_word_in_any_script_is_found_by_itself(one_article, word):
    one_article.headline = f"He said {word} aloud"
    one_article.save()
    assert ask(word).json()["count"] == 1
    assert ask(f"headline:{word}").json()["count"] == 1
    assert ask(f'"said {word} aloud"').json()["count"] == 1
