"""Duplicates go into one another: links move, nothing is lost, no reader is led in a circle."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from articles import integrity
from articles.integrity.merging import merge_article, merge_person
from articles.models import Article, Change, Membership, Person, Record, Version
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_source,
)

pytestmark = pytest.mark.django_db

WHY = "The agency sent it twice."


def merged(article, target):
    return merge_article(article, target, "leyla", WHY)


@pytest.fixture
def two():
    return make_article("Sent again"), make_article("Sent first", source=make_source("Other"))


class TestArticles:
    def test_the_duplicate_keeps_its_text_and_names_the_other(self, two):
        again, first = two
        end, left = merged(again, first)
        again.refresh_from_db()
        assert (end, left) == (first, [])
        assert (again.status, again.merged_into) == ("merged", first)
        assert again.withdrawal_reason == WHY and "They met" in again.body

    def test_it_is_one_change_of_its_kind_with_who_and_why(self, two):
        event = make_event()
        event.evidence.create(article=two[0], start=0, end=8, text=two[0].body[:8])
        integrity.settle()
        before = Change.objects.count()
        merged(*two)
        made = Change.objects.last()
        assert Change.objects.count() == before + 1
        assert (made.kind, made.made_by, made.reason) == ("merger", "leyla", WHY)
        assert Version.objects.filter(replaced_by=made).count() == 2  # the article, its evidence

    def test_a_chain_leads_to_its_end(self, two):
        again, first = two
        third = make_article("The whole report")
        merged(again, first)
        merged(first, third)
        assert Article.objects.get(pk=again.pk).end_of_merger == third
        late = make_article("Sent late")
        end, _ = merged(late, Article.objects.get(pk=again.pk))
        assert end == third
        assert {thing.headline for thing in third.all_merged} == {
            "Sent first",
            "Sent again",
            "Sent late",
        }

    def test_into_itself_is_refused(self, two):
        with pytest.raises(ValidationError, match="into itself"):
            merged(two[0], two[0])

    def test_a_circle_is_refused(self, two):
        again, first = two
        third = make_article("Third")
        merged(again, first)
        merged(first, third)
        with pytest.raises(ValidationError, match="lead to one another"):
            merged(third, again)
        assert Article.objects.get(pk=third.pk).status == "published"

    def test_a_circle_made_by_sql_has_no_end_and_hangs_nobody(self, two):
        again, first = two
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_article SET status = 'merged', merged_into_id = id")
        assert Article.objects.get(pk=again.pk).end_of_merger is None
        with pytest.raises(ValidationError):
            merged(make_article("Third"), first)

    @pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
    def test_only_what_is_published_is_merged_and_merged_into(self, two, status):
        again, first = two
        Article.objects.filter(pk=first.pk).update(status=status)
        with pytest.raises(ValidationError, match="led to nothing"):
            merged(again, first)
        with pytest.raises(ValidationError, match="only a published story"):
            merged(Article.objects.get(pk=first.pk), again)

    @pytest.mark.parametrize("reason", ["", " \n", "x" * 2001, "a\0b"])
    def test_a_reason_is_asked_for(self, two, reason):
        with pytest.raises(ValidationError, match="why"):
            merge_article(*two, "leyla", reason)
        assert not Article.objects.filter(status="merged").exists()

    def test_the_words_of_an_event_move_where_they_stand_once(self, two):
        again, first = two
        Article.objects.filter(pk=first.pk).update(body="In Baku. They met and spoke of trade.")
        event = make_event()
        words = event.evidence.create(article=again, start=0, end=8, text="They met")
        _, left = merged(again, Article.objects.get(pk=first.pk))
        words.refresh_from_db()
        assert left == []
        assert (words.article, words.start, words.end, words.text) == (first, 9, 17, "They met")

    @pytest.mark.parametrize(
        ("body", "why"),
        [("They parted.", "do not stand"), ("They met. They met again.", "twice")],
    )
    def test_words_that_do_not_stand_there_once_are_left_and_told(self, two, body, why):
        again, first = two
        Article.objects.filter(pk=first.pk).update(body=body)
        words = make_event().evidence.create(article=again, start=0, end=8, text="They met")
        _, left = merged(again, Article.objects.get(pk=first.pk))
        words.refresh_from_db()
        assert words.article == again
        [(kept, told)] = left
        assert kept == words and why in told

    def test_words_bound_there_already_are_left(self, two):
        again, first = two
        event = make_event()
        for article in two:
            event.evidence.create(article=article, start=0, end=8, text="They met")
        _, [(words, why)] = merged(again, first)
        assert words.article == again and "already" in why


class TestPeople:
    @pytest.fixture
    def leyla(self):
        return make_person("Leyla Hasanova")

    @pytest.fixture
    def again(self):
        return make_person("Leyla Gasanova")

    def merge(self, again, leyla):
        return merge_person(again, leyla, "rauf", "One woman in two spellings.")

    def test_articles_parties_terms_and_names_move(self, leyla, again):
        report = make_article(people=[again])
        both = make_article("Both", people=[again, leyla])
        party = make_event(actors=[make_country()]).parties.get()
        party.people.set([again])
        term = make_membership(again, make_post(), "2019")
        name = again.other_names.create(name="Л. Гасанова", kind="native")
        self.merge(again, leyla)
        assert list(party.people.all()) == [leyla]
        assert list(report.people.all()) == list(both.people.all()) == [leyla]
        term.refresh_from_db(), name.refresh_from_db(), again.refresh_from_db()
        assert term.person == name.person == again.merged_into == leyla
        assert again.merge_reason == "One woman in two spellings."

    def test_the_own_name_becomes_another_name(self, leyla, again):
        self.merge(again, leyla)
        assert leyla.other_names.get().name == "Leyla Gasanova"
        assert Person.objects.resolve("leyla GASANOVA") == leyla

    def test_a_name_that_is_known_is_not_doubled(self, leyla, again):
        leyla.other_names.create(name="Leyla Gasanova", kind="transliteration")
        for person in (leyla, again):
            person.other_names.create(name="Leyla H.", kind="short")
        self.merge(again, leyla)
        names = sorted(leyla.other_names.values_list("name", flat=True))
        assert names == ["Leyla Gasanova", "Leyla H."]

    def test_the_same_term_is_not_doubled_and_its_version_is_kept(self, leyla, again):
        post = make_post()
        make_membership(leyla, post, "2019", "2021")
        record = make_membership(again, post, "2019", "2021").record
        self.merge(again, leyla)
        assert Membership.objects.get().person == leyla
        record.refresh_from_db()
        assert record.object_id is None and record.versions.get().state["started"] == "2019"

    def test_a_term_that_both_tell_differently_is_refused(self, leyla, again):
        post = make_post()
        make_membership(leyla, post, "2019", "2021")
        make_membership(again, post, "2019", "2022")
        with pytest.raises(ValidationError, match="not alike"):
            self.merge(again, leyla)
        assert Person.objects.unmerged().count() == 2

    def test_the_old_address_stands_for_the_end_of_the_chain(self, leyla, again):
        third = make_person("Leyla H.")
        self.merge(again, leyla)
        leyla.refresh_from_db()
        self.merge(leyla, third)
        assert Person.objects.resolve("leyla-gasanova") == third
        assert list(Person.objects.unmerged()) == [third]

    def test_into_oneself_twice_or_in_a_circle_is_refused(self, leyla, again):
        with pytest.raises(ValidationError, match="itself"):
            self.merge(leyla, leyla)
        self.merge(again, leyla)
        with pytest.raises(ValidationError, match="one another"):
            self.merge(leyla, again)
        with pytest.raises(ValidationError, match="already"):
            self.merge(again, make_person("Third"))

    def test_it_is_one_change_and_each_article_has_the_version_before(self, leyla, again):
        reports = [make_article(people=[again]) for _ in range(3)]
        integrity.settle()
        before = Change.objects.count()
        self.merge(again, leyla)
        made = Change.objects.last()
        assert (Change.objects.count(), made.kind) == (before + 1, "merger")
        for report in reports:
            assert report.record.versions.get().state["people"] == ["leyla-gasanova"]
        assert Record.objects.filter(change=made, kind="article").count() == 3
