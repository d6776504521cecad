"""New from agency text: a story is pasted, the form comes back filled, and the editor judges."""

import json
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.test import Client

from articles.exporting import plain_text
from articles.importing.load import state_digest
from articles.models import Article, Country, Source
from tests.articles.importing.run import import_articles
from tests.forms import form_of
from tests.make import make_colleague, make_source
from tests.nasty import FORM, SHARP, answered

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/articles/article/paste/"
SEED = Path(__file__).resolve().parents[2] / "data" / "anadolu.txt"
# What an editor judges, and what an archive gives by itself.
JUDGED = {"published", "published_note", "topics"}
OF_ITSELF = {"id", "slug", "status", "import_digest", "published_earliest", "published_latest"}


@pytest.fixture
def seed():
    return SEED.read_text()


@pytest.fixture
def archive(starter_archive_for_all, db):
    """The starter archive without its first article, which is to be pasted."""
    first = Article.objects.get(source__slug="anadolu-agency")
    first.import_ref, first.original = "elsewhere", None
    first.headline, first.body = "Grain", "The harvest was good in that year, farmers said."
    first.save()
    return first


@pytest.fixture
def editor(client):
    client.force_login(make_colleague("Editors"))
    return client


def paste(client, text, **more):
    return client.post(ADDRESS, {"text": text, **more})


def accept(client, answer, **changed):
    return client.post(ADDRESS, {**form_of(answer, "article_form"), "_save": "Save", **changed})


def record(article):
    """All that a record says of an article."""
    values = {f.name: getattr(article, f.name) for f in article._meta.concrete_fields}
    values["original"] = values["original"] and bytes(values["original"])
    links = ("countries", "people", "topics")
    values |= {name: {t.slug for t in getattr(article, name).all()} for name in links}
    return {name: values[name] for name in values.keys() - JUDGED - OF_ITSELF}


def fixture():
    path = Path(__file__).resolve().parents[3] / "fixtures" / "articles.json"
    return json.loads(path.read_text())[0]["fields"]


def test_the_first_article_pasted_is_the_record_of_the_fixture(archive, editor, seed):
    wanted = fixture()

    answer = accept(editor, paste(editor, seed))

    assert answer.status_code == 302
    article = Article.objects.exclude(pk=archive.pk).get(source__slug="anadolu-agency")
    for name in ("headline", "summary", "body", "byline", "dateline", "credit", "url", "language",
                 "usage_terms", "retrieved_at", "import_ref"):  # fmt: skip
        assert getattr(article, name) == wanted[name], name
    for name in ("countries", "people"):
        slugs = {thing.slug for thing in getattr(article, name).all()}
        assert slugs == {slug for (slug,) in wanted[name]}
    assert article.source.slug == "anadolu-agency"
    assert (article.published, article.topics.count(), article.status) == ("", 0, "draft")
    assert bytes(article.original) == SEED.read_bytes() == plain_text.of_article(article)
    assert article.import_digest == state_digest(article)


def curly(text):
    return text.replace("'", "’").replace(' "', " “").replace('"', "”")


VARIANTS = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "NBSP": lambda text: text.replace(" ", "\u00a0"),
    "curly quotes": curly,
    "BOM": lambda text: f"\ufeff{text}",
    "all of them": lambda text: f"\ufeff{curly(text)}".replace(" ", "\u00a0").replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_what_differs_in_its_typography_alone_gives_the_same_record(archive, editor, seed, name):
    variant = VARIANTS[name](seed)
    accept(editor, paste(editor, seed))
    plain = Article.objects.latest("pk")
    wanted, before = record(plain), bytes(plain.original)
    Article.objects.filter(pk=plain.pk).update(import_ref="another")

    accept(editor, paste(editor, variant))

    article = Article.objects.latest("pk")
    assert article.pk != plain.pk
    assert {**record(article), "original": before} == wanted
    kept = bytes(article.original).decode()
    assert kept.replace("\r\n", "\n") == variant.replace("\r\n", "\n")


@pytest.mark.parametrize("name", [None, *VARIANTS])
def test_imported_later_the_same_text_is_unchanged(archive, editor, seed, tmp_path, name):
    text = VARIANTS[name](seed) if name else seed
    accept(editor, paste(editor, text))
    before = record(Article.objects.latest("pk"))
    file = tmp_path / "story.txt"
    file.write_bytes(text.encode())

    result = import_articles(file)

    assert result.summary == "1 records: 0 created, 0 updated, 1 unchanged, 0 differs, 0 refused"
    assert record(Article.objects.latest("pk")) == before


def test_a_text_of_which_more_was_read_than_a_file_tells_is_unchanged_too(
    archive, editor, tmp_path
):
    text = (
        "Talks go on in Baku\n\nBy Jane Doe\n\nBAKU, July 2, 2023 — The “talks” go on.\n\n"
        "They will end.\n\nSource: Anadolu Agency"
    )
    accept(editor, paste(editor, text))
    article = Article.objects.latest("pk")
    assert (article.byline, article.dateline) == ("Jane Doe", "BAKU, July 2, 2023")
    assert article.published == "2023-07-02"
    assert article.body == 'The "talks" go on.\n\nThey will end.'
    (tmp_path / "story.txt").write_text(text)

    assert " 1 unchanged" in import_articles(tmp_path / "story.txt").summary

    # Edited here since: it is told, and not overwritten.
    article.headline = "Talks in Baku go on"
    article.save()
    assert " 1 differs" in import_articles(tmp_path / "story.txt").summary


def rows():
    """Every row of every table of the archive, of the accounts and of the sessions."""
    return {
        model: list(model.objects.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label != "auth.User"  # signing in is told there
    }


def test_nothing_is_saved_before_the_editor_accepts(archive, editor, seed):
    editor.get(ADDRESS)
    before = rows()

    answer = paste(editor, seed, source="anadolu", url="https://example.org/1")
    assert answer.status_code == 200
    answer = paste(
        editor, seed, source="AA", url="https://example.org/1", retrieved_at="2026-03-14"
    )

    assert answer.status_code == 200
    assert rows() == before
    assert "messages" not in answer.cookies


def test_what_the_editor_was_given_with_the_text_is_in_the_form(archive, editor):
    make_source("Trend News Agency")
    text = "Talks go on in Baku\n\nThe talks go on in the city.\n\nSource: Anadolu Agency"

    answer = paste(
        editor, text, source="trend news agency", url="https://example.org/1",
        retrieved_at="2026-03-14 09:30",
    )  # fmt: skip
    accept(editor, answer)

    article = Article.objects.latest("pk")
    assert (article.source.name, article.credit) == ("Trend News Agency", "Anadolu Agency")
    assert article.url == "https://example.org/1"
    assert article.retrieved_at.isoformat() == "2026-03-14T09:30:00+00:00"


def test_an_unknown_source_is_named_and_never_made(archive, editor):
    number = Source.objects.count()

    answer = paste(editor, "Talks go on\n\nThey go on in the city.\n\nSource: Nowhere Wire")

    assert "“Nowhere Wire”, and no source here is called so" in answer.text
    assert "/admin/articles/source/add/?name=Nowhere%20Wire" in answer.text
    sent = form_of(answer, "article_form")
    assert (sent.get("source", ""), sent["credit"]) == ("", "Nowhere Wire")
    assert "This field is required" in accept(editor, answer).text
    assert Source.objects.count() == number


def test_who_may_not_add_sources_is_sent_to_an_editor(archive, client):
    client.force_login(make_colleague("Contributors"))

    answer = paste(client, "Talks go on\n\nThey go on in the city.\n\nSource: Nowhere Wire")

    assert "Ask an editor to add it" in answer.text
    assert "/admin/articles/source/add/" not in answer.text


def chosen(answer, name):
    return set(form_of(answer, "article_form")[name])


def test_a_country_named_in_passing_is_offered_and_not_chosen(archive, editor, seed):
    answer = paste(editor, seed)
    russia = Country.objects.get(slug="russia")

    assert str(russia.pk) not in chosen(answer, "countries")
    assert f'type="checkbox" name="countries" value="{russia.pk}"' in answer.text

    sent = form_of(answer, "article_form")
    ticked = [*sent["countries"], str(russia.pk)]  # as a browser sends the box that was ticked
    accept(editor, answer, countries=ticked)
    assert Article.objects.latest("pk").countries.filter(slug="russia").exists()


def test_offices_on_the_day_stand_beside_the_people(archive, editor, seed):
    dated = seed.replace("\n\n", "\n\nJuly 2, 2023\n\n", 1)

    undated_page, dated_page = paste(editor, seed).text, paste(editor, dated).text

    assert "Foreign minister of Iran, from 25 August 2021, end 19 May 2024" in undated_page
    assert '<span class="help">Foreign minister of Iran</span>' in dated_page


def test_of_the_very_text_that_the_archive_has_the_page_says_so(archive, editor, seed):
    held = accept(editor, paste(editor, seed)) and Article.objects.latest("pk")

    answer = paste(editor, curly(seed))

    assert "The archive has this very text" in answer.text
    assert f"/admin/articles/article/{held.pk}/change/" in answer.text
    refused = accept(editor, answer)
    assert "This source has an article of this reference or text." in refused.text
    assert "The archive has this very text" in refused.text
    assert Article.objects.filter(import_ref=held.import_ref).count() == 1


def test_another_version_of_a_text_is_shown_with_how_much_it_shares(archive, editor, seed):
    accept(editor, paste(editor, seed))
    version = seed.replace("over phone", "by telephone", 1).replace("on Sunday", "on Monday")

    answer = paste(editor, version)

    (near,) = answer.context["reading"].resembling
    assert (near.is_same, 85 < near.percent < 100) == (False, True)
    assert f"{near.percent} per cent of the words" in answer.text


def test_another_story_of_the_same_countries_resembles_nothing(archive, editor):
    text = "Azerbaijan, Iran to build a railway\n\nThe railway is to be long, officials said."

    assert paste(editor, text).context["reading"].resembling == []


BAD = {
    "nothing": ("", "There is no text"),
    "blanks": (" \n\n\t ", "There is no text"),
    "a headline alone": ("Talks go on", "There is a headline and no story"),
    "a megabyte": ("Talks\n\n" + "word " * 210_000, "at most 1,000,000 characters"),
    "NUL": ("Talks\n\nThey \0 go on.", "Line 3 holds a NUL"),
    "marks": ("Talks\n\nThey go o\u0301" + "\u0301" * 200, "Line 3 has a letter with"),
    "HTML": ("Talks\n\n<p>They go on.</p>", "This is HTML: line 3 has &lt;p&gt;"),
    "a script": ("Talks\n\n<script>alert(1)</script>", "line 3 has &lt;script&gt;"),
    "control": ("Talks\n\nThey \x1b go on.", "U+001B"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_text_that_is_no_story_is_refused_in_words_and_stays_in_its_field(editor, name):
    text, told = BAD[name]

    answer = paste(editor, text, source="Kept")

    assert answer.status_code == 200
    assert told in answer.text
    assert answer.context["form"]["text"].value() == text
    assert form_of(answer, "paste")["source"] == "Kept"
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("field", ["text", "source", "url", "retrieved_at"])
def test_whatever_a_stranger_writes_is_answered_and_not_saved(archive, editor, field):
    before = Article.objects.count()
    for value in SHARP[::3]:
        sent = {"text": "Talks\n\nThe talks go on.", field: value}
        sent = "&".join(f"{n}={quote(v.encode(errors='surrogatepass'))}" for n, v in sent.items())
        answered(editor.post(ADDRESS, sent, content_type=FORM))
    assert Article.objects.count() == before


def test_whatever_a_stranger_writes_into_the_filled_form_is_answered(archive, editor, seed):
    before = Article.objects.count()
    filled = form_of(paste(editor, seed), "article_form")
    for field, value in zip(sorted(filled), SHARP[20:], strict=False):
        sent = {**filled, "headline": "", field: value}
        sent = urlencode(sent, doseq=True, errors="replace")
        answered(editor.post(ADDRESS, sent, content_type=FORM))
        # Without a headline nothing is saved; what came as one may be.
        assert Article.objects.count() == before or field == "headline", (field, value)
        before = Article.objects.count()


def test_what_looks_like_a_tag_is_shown_and_never_is_one(archive, editor):
    text = 'Talks "><img src=x\n\nIf a<b and b>c, {{ 7*7 }} & <i the talks go on.'

    answer = paste(editor, text)

    assert answer.status_code == 200
    assert "<img src=x" not in answer.text
    assert form_of(answer, "article_form")["headline"] == 'Talks "><img src=x'
    assert "{{ 7*7 }}" in answer.text


def test_marks_of_direction_are_left_out_and_told(archive, editor):
    answer = paste(editor, "Talks\n\nThey go on \u202etxt.exe\u202c in the city.")

    assert "2 marks of writing direction were left out" in answer.text
    assert form_of(answer, "article_form")["body"] == "They go on txt.exe in the city."


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("source", "Nowhere Wire", "No source is called “Nowhere Wire”"),
     ("source", "a\0b", "Null characters"),
     ("url", "nonsense", "valid URL"), ("url", "javascript:alert(1)", "valid URL"),
     ("retrieved_at", "03/07/2023", "Write a day"),
     ("retrieved_at", "yesterday", "Write a day")],
)  # fmt: skip
def test_what_is_wrong_beside_the_text_is_told_and_the_text_kept(editor, seed, field, value, told):
    answer = paste(editor, seed, **{field: value})

    assert told in answer.text
    assert answer.context["form"]["text"].value() == seed


def test_an_error_in_the_filled_form_keeps_what_was_read(archive, editor, seed):
    answer = accept(editor, paste(editor, seed), published="03/07/2023", headline="")

    assert "Please correct the errors below" in answer.text
    assert "What the text says" in answer.text
    accept(editor, answer, published="2023-07-02", headline="Talks")
    article = Article.objects.latest("pk")
    assert (article.headline, article.published) == ("Talks", "2023-07-02")
    assert bytes(article.original).decode() == seed


def test_an_editor_may_publish_at_once_and_a_contributor_may_not(archive, client, seed):
    client.force_login(make_colleague("Contributors", "rauf"))
    answer = paste(client, seed)
    assert "_step_publish" not in answer.text
    assert accept(client, answer, _step_publish="1").status_code == 403

    client.force_login(make_colleague("Editors"))
    accept(client, paste(client, seed), _step_publish="1")
    article = Article.objects.latest("pk")
    assert article.status == "published"
    assert client.get(f"{article.get_absolute_url().rstrip('/')}.txt").content == SEED.read_bytes()


def test_readers_are_led_to_the_sign_in_and_who_may_not_add_is_refused(client, seed):
    assert client.get(ADDRESS).status_code == 302
    viewer = make_colleague("Contributors", "vera")
    viewer.groups.clear()
    client.force_login(viewer)
    assert client.get(ADDRESS).status_code == paste(client, seed).status_code == 403


# Nothing is lost


def sign_in(client):
    """As in a browser, which gets a new secret for its forms by that."""
    page = client.get("/admin/login/?next=/admin/")
    sent = form_of(page, "login-form") | {"username": "leyla", "password": "a long password"}
    assert client.post("/admin/login/", sent).status_code == 302


def test_who_was_signed_out_while_pasting_gets_the_text_back(archive, seed):
    client = Client(enforce_csrf_checks=True)
    make_colleague("Editors")
    answer = client.post(ADDRESS, {"text": seed, "url": "https://example.org/1"})
    assert answer.status_code == 403
    assert "Nothing was saved, and nothing is lost" in answer.text
    sign_in(client)

    again = client.post(ADDRESS, form_of(answer, "again"))  # of a page from before the sign-in

    assert again.status_code == 403
    assert "send it again" in again.text
    sent = form_of(again, "paste")
    assert (sent["text"].replace("\r\n", "\n"), sent["url"]) == (seed, "https://example.org/1")
    assert client.post(ADDRESS, sent).context["reading"].pasted.headline == fixture()["headline"]


def test_who_was_signed_out_over_the_filled_form_loses_nothing_and_saves_nothing(archive, seed):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_colleague("Editors"))
    filled = form_of(client.post(ADDRESS, form_of(client.get(ADDRESS), "paste") | {"text": seed}),
                     "article_form")  # fmt: skip
    filled |= {"summary": "Two men spoke.", "_step_publish": "Save and publish"}
    number = Article.objects.count()
    client.logout()

    answer = client.post(ADDRESS, filled)
    assert (answer.status_code, "You are signed out" in answer.text) == (403, True)
    sign_in(client)
    shown = client.post(ADDRESS, form_of(answer, "again"))

    assert shown.status_code == 403
    assert "send it again" in shown.text
    assert Article.objects.count() == number
    sent = form_of(shown, "article_form")
    assert sent["summary"] == "Two men spoke."
    assert client.post(ADDRESS, sent | {"_save": "Save"}).status_code == 302
    assert Article.objects.latest("pk").summary == "Two men spoke."


def test_a_form_of_a_strangers_page_saves_nothing(archive, seed):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_colleague("Editors"))
    number = Article.objects.count()
    forged = {"_pasted": seed, "headline": "Forged", "body": "Forged.", "language": "en",
              "source": Source.objects.get(slug="anadolu-agency").pk,
              "_step_publish": "1", "_save": "1"}  # fmt: skip

    assert client.post(ADDRESS, forged).status_code == 403
    assert client.post(ADDRESS, {"text": seed}).status_code == 403
    assert Article.objects.count() == number


def test_more_than_a_form_may_hold_is_refused_in_words(editor):
    answer = paste(editor, "ə" * 4_500_000)

    assert answer.status_code == 413
    assert "larger than a form may be" in answer.text


def test_a_text_that_was_damaged_within_the_form_is_refused(archive, editor, seed):
    answer = accept(editor, paste(editor, seed), _pasted="Talks")

    assert answer.status_code == 400
    assert "There is a headline and no story" in answer.text


def test_the_page_is_found_from_the_list_and_from_the_first_page(client):
    client.force_login(make_colleague("Contributors"))
    for address in ("/admin/", "/admin/articles/article/"):
        assert f'href="{ADDRESS}"' in client.get(address).text
    viewer = make_colleague("Contributors", "vera")
    viewer.groups.clear()
    client.force_login(viewer)
    assert ADDRESS not in client.get("/admin/").text
