"""What came by a fixture or as plain text is changed at its source like any other article."""

import pytest
from django.core.management import call_command

from articles.importing.load import state_digest
from articles.models import Article
from tests.articles.importing.run import import_articles, record, write_lines

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("starter_archive")
class TestTheStarterArchive:
    def test_the_fixtures_know_what_they_loaded(self):
        for article in Article.objects.all():
            assert article.import_digest == state_digest(article), (
                f"fixtures/articles.json: import_digest of {article.slug} is out of date"
            )

    def test_an_address_that_a_fixture_changes_leads_to_the_new_one(self, client):
        first = Article.objects.get(source__slug="anadolu-agency")
        right = first.slug
        Article.objects.filter(pk=first.pk).update(slug="an-address-of-before")

        call_command("loaddata", "articles", verbosity=0)
        call_command("loaddata", "articles", verbosity=0)

        answer = client.get("/articles/an-address-of-before/")
        assert (answer.status_code, answer["Location"]) == (301, f"/articles/{right}/")

    def test_an_article_of_a_fixture_changed_at_its_source_is_updated(self, tmp_path):
        first = Article.objects.get(source__slug="anadolu-agency")
        changed = record(
            source="Anadolu Agency",
            import_ref=first.import_ref,
            headline=first.headline,
            body=first.body + "\n\nThe agency added a line.",
        )
        result = import_articles(write_lines(tmp_path / "aa.jsonl", changed))
        first.refresh_from_db()
        assert "1 updated" in result.summary
        assert first.body.endswith("The agency added a line.")


def test_the_text_of_an_article_is_the_new_one_once_its_source_has_changed_it(client, tmp_path):
    text = tmp_path / "story.txt"
    text.write_bytes(b"Plain head\r\n\r\nPara one.\r\n\r\nSource: Txt wire")
    import_articles(text)
    article = Article.objects.get()
    assert client.get("/articles/plain-head.txt").content == text.read_bytes()
    changed = record(
        source="Txt wire",
        import_ref=article.import_ref,
        headline="Plain head",
        body="Para one, corrected.",
    )
    assert "1 updated" in import_articles(write_lines(tmp_path / "w.jsonl", changed)).summary
    assert b"corrected" in client.get("/articles/plain-head.txt").content
