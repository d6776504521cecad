"""A file that changes between check and loading: what is wrong by then is told, not loaded."""

import pytest

from articles.importing import load as importing
from articles.models import Article
from tests.articles.importing.run import import_articles, record, write_lines

pytestmark = pytest.mark.django_db


def test_a_record_that_went_bad_after_the_check_is_refused_by_its_line(tmp_path, monkeypatch):
    one, two = record(import_ref="1", headline="One"), record(import_ref="2", headline="Two")
    file = write_lines(tmp_path / "wire.jsonl", one, two)
    check = importing.check

    def then_somebody_edits_the_file(paths, **options):
        report = check(paths, **options)
        write_lines(file, one, two | {"countries": ["narnia"]})
        return report

    monkeypatch.setattr(importing, "check", then_somebody_edits_the_file)
    result = import_articles(file)
    assert result.status == 1
    assert [problem[1:3] for problem in result.problems] == [(2, "countries")]
    assert "1 created" in result.summary and "1 refused" in result.summary
    assert Article.objects.get().headline == "One"
