"""Whichever route a change takes, the next answer is right.

CHANGES=1000 makes more of them; they are the same every time.
"""

import json
import os
from collections import Counter
from datetime import date, timedelta
from io import StringIO
from itertools import count
from random import Random

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, migrations, transaction
from django.db.models.signals import post_migrate, pre_migrate
from django.test import Client
from django.urls import reverse

from articles import search
from articles.integrity.merging import merge_article, merge_person
from articles.models import Article, Country, Membership, Person, Post, Source, Topic
from tests.articles.importing.run import import_articles, write_lines
from tests.articles.search import scan
from tests.forms import WHY, change_form
from tests.make import (
    by_sql,
    made_at_once,
    make_article,
    make_country,
    make_membership,
    make_person,
    make_post,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db(transaction=True)

CHANGES = int(os.environ.get("CHANGES", 150))
VOCABULARY = [
    "treaty", "treaties", "border", "borders", "visit", "visits", "visited", "minister", "talks",
    "pipeline", "corridor", "agreement", "agreements", "embassy", "summit", "gas", "railway",
    "sanction", "sanctions", "protocol", "council", "river", "bridge", "airport", "peace",
]  # fmt: skip
LINKS = {"countries": Country, "people": Person, "topics": Topic}


class World:
    """An archive that is changed by chance, the same every time."""

    def __init__(self, seed, folder):
        self.random, self.folder, self.numbers = Random(seed), folder, count(1)
        with made_at_once():
            names = ("Azerbaijan", "Iran", "Georgia", "Armenia", "Kuwait", "France")
            countries = [make_country(name) for name in names]
            posts = [make_post(f"Foreign minister of {country}", country) for country in countries]
            for name in ("Test Agency", "Baku Wire", "Tabriz Daily", "Lyon Herald"):
                make_source(name)
            for name in ("Energy", "Borders", "Visits"):
                make_topic(name)
            for name in ("Leyla Hasanova", "Farid Guliyev", "Nino Beridze", "Ara Petrosyan"):
                self.a_new_person(name, posts)
            for _ in range(20):
                self.a_new_article()
        editor = User.objects.create_superuser("leyla", password="a long password")
        self.desk = Client()
        self.desk.force_login(editor)

    # What changes are made of

    def text(self, least=2, most=6):
        words = [self.random.choice(VOCABULARY) for _ in range(self.random.randint(least, most))]
        return " ".join(words)

    def headline(self):
        return f"{self.text(2, 4).capitalize()} {next(self.numbers)}"

    def body(self):
        return f"Reportedly: {self.text(4, 12)}.\n\nMoreover, {self.text()}."

    def date(self):
        day = date(2018, 1, 1) + timedelta(days=self.random.randrange(2000))
        later = day + timedelta(days=300)
        forms = [f"{day}", f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"[{day}..{later}]", f"[{day}..]"]
        return self.random.choice([*forms, f"[..{day}]", ""])

    def some(self, things, most=3):
        things = list(things)
        return self.random.sample(things, min(len(things), self.random.randint(0, most)))

    def linked(self):
        return {
            "countries": self.some(Country.objects.order_by("pk")),
            "people": self.some(Person.objects.unmerged().order_by("pk"), 2),
            "topics": self.some(Topic.objects.order_by("pk"), 1),
        }

    def source(self):
        return self.random.choice(Source.objects.order_by("pk"))

    def columns(self):
        """Some columns of an article, changed."""
        anew = {
            "headline": self.headline(),
            "body": self.body(),
            "summary": self.random.choice(["", f"{self.text().capitalize()}."]),
            "published": self.date(),
            "language": self.random.choice(["en", "en", "az", "fa"]),
        }
        return {name: anew[name] for name in self.random.sample(list(anew), 2)}

    def an_article(self, *statuses):
        found = Article.objects.order_by("pk")
        return self.random.choice(found.filter(status__in=statuses) if statuses else found)

    def a_new_article(self, status=None):
        """Its reference is no other's; those of an import, "wire-3", are unique in its source."""
        number = next(self.numbers)
        return make_article(
            self.headline(), **self.linked(), slug=f"story-{number}", import_ref=f"r-{number}",
            body=self.body(), published=self.date(), source=self.source(),
            status=status or self.random.choice(["published"] * 4 + ["draft"]),
        )  # fmt: skip

    def a_new_person(self, name, posts):
        person = make_person(name)
        year = self.random.randint(2015, 2020)
        post = self.random.choice(posts)
        make_membership(person, post, f"{year}-03-01", f"[{year + 4}-01-01..]")
        return person

    # The routes

    def save_in_a_shell(self):
        match self.random.randrange(5):
            case 0:
                self.a_new_article()
            case 1:
                article = self.an_article("published")
                relation, things = self.random.choice(list(self.linked().items()))
                getattr(article, relation).set(things)
            case 2:
                term = self.random.choice(Membership.objects.order_by("pk"))
                term.ended = f"20{self.random.randint(20, 25)}-06-01"
                term.save()
            case _:
                article = self.an_article("published")
                for name, value in self.columns().items():
                    setattr(article, name, value)
                if not article.import_ref.startswith("wire"):
                    article.source = self.source()
                article.save()

    def edit_at_the_desk(self):
        article = self.an_article("draft", "published")
        address = reverse("admin:articles_article_change", args=[article.pk])
        sent = change_form(self.desk, address) | WHY | self.columns()
        sent |= {name: [t.pk for t in things] for name, things in self.linked().items()}
        if article.status == "draft":
            sent["_step_publish"] = "x"
        answer = self.desk.post(address, sent)
        assert answer.status_code == 302, "the desk refused it"

    def import_a_file(self):
        records = []
        # Many of them new: what was edited here since, an import leaves as it is.
        for number in self.random.sample(range(10 + CHANGES // 4), self.random.randint(1, 2)):
            linked = {name: [t.slug for t in things] for name, things in self.linked().items()}
            known = {
                "import_ref": f"wire-{number}",
                "source": "Baku Wire",
                "published": self.date(),
            }
            told = {"headline": self.headline(), "body": self.body(), "language": "en"}
            records.append({**known, **told, **linked})
        result = import_articles(write_lines(self.folder / "wire.jsonl", *records))
        assert result.status == 0, result.err

    def load_a_fixture(self):
        rows = []
        for article in self.some(Article.objects.filter(status="published").order_by("pk"), 2):
            fields = {"slug": article.slug, "import_ref": article.import_ref, "status": "published"}
            rows.append(fields | {"source": [article.source.slug]})
        number = next(self.numbers)
        new = {"slug": f"story-{number}", "import_ref": f"r-{number}", "status": "published"}
        rows.append(new | {"source": [self.source().slug]})
        for fields in rows:
            fields |= {"headline": self.headline(), "body": self.body(), "published": self.date()}
            fields |= {n: [[t.slug] for t in things] for n, things in self.linked().items()}
        file = self.folder / "rows.json"
        file.write_text(json.dumps([{"model": "articles.article", "fields": r} for r in rows]))
        call_command("loaddata", str(file), verbosity=0)

    def update_a_queryset(self):
        chosen = [self.an_article().pk for _ in range(self.random.randint(1, 3))]
        queryset = Article.objects.filter(pk__in=chosen)
        match self.random.randrange(5):
            case 0:
                queryset.update(**Article.published.field.written(self.date()))
            case 1:
                queryset.exclude(import_ref__startswith="wire").update(source=self.source())
            case 2:
                status = self.random.choice(["published", "review", "published"])
                queryset.exclude(status="merged").update(status=status)
            case 3:
                queryset.update(language=self.random.choice(["en", "az", "fa"]))
            case _:
                queryset.update(headline=self.headline(), body=self.body())

    def write_sql(self):
        article = self.an_article("published")
        match self.random.randrange(6):
            case 0:
                text = "UPDATE articles_article SET headline = %s, summary = %s WHERE id = %s"
                by_sql(text, self.headline(), self.text(), article.pk)
            case 1:
                column, table, thing = self.a_link()
                by_sql(
                    f"INSERT INTO {table} (article_id, {column}) SELECT %s, %s WHERE NOT EXISTS"
                    f" (SELECT 1 FROM {table} WHERE article_id = %s AND {column} = %s)",
                    *(article.pk, thing.pk) * 2,
                )
            case 2:
                column, table, thing = self.a_link()
                by_sql(f"DELETE FROM {table} WHERE {column} = %s AND article_id %% 3 = 0", thing.pk)
            case 3:
                self.copy_by_sql(article)
            case 4:
                draft = self.a_new_article("draft")
                ask(f"/articles.json?q={draft.headline.split()[0]}")  # which indexes it, maybe
                with transaction.atomic():
                    for relation in LINKS:
                        table = getattr(Article, relation).through._meta.db_table
                        by_sql(f"DELETE FROM {table} WHERE article_id = %s", draft.pk)
                    by_sql("DELETE FROM articles_article WHERE id = %s", draft.pk)
            case _:
                by_sql(
                    "UPDATE articles_article SET body = body || %s WHERE id %% 5 = %s",
                    f" {self.text()}.",
                    self.random.randrange(5),
                )

    def a_link(self):
        relation = self.random.choice(list(LINKS))
        field = Article._meta.get_field(relation)
        things = LINKS[relation].objects.order_by("pk")
        if relation == "people":
            things = things.unmerged()
        column = f"{field.m2m_reverse_field_name()}_id"
        return column, field.m2m_db_table(), self.random.choice(things)

    def copy_by_sql(self, article):
        columns = [f.column for f in Article._meta.concrete_fields if f.column != "id"]
        number = next(self.numbers)
        anew = {"slug": f"story-{number}", "import_ref": f"r-{number}", "headline": self.headline()}
        chosen = ", ".join("%s" if column in anew else column for column in columns)
        by_sql(
            f"INSERT INTO articles_article ({', '.join(columns)})"
            f" SELECT {chosen} FROM articles_article WHERE id = %s",
            *(anew[column] for column in columns if column in anew),
            article.pk,
        )

    def change_in_bulk(self):
        article = self.an_article("published")
        relation = self.random.choice(list(LINKS))
        manager, things = getattr(article, relation), self.linked()[relation]
        match self.random.randrange(7):
            case 0:
                numbers = [next(self.numbers) for _ in range(3)]
                Article.objects.bulk_create(
                    Article(
                        slug=f"story-{number}", import_ref=f"r-{number}", headline=self.headline(),
                        body=self.body(), published=self.date(), source=self.source(),
                        status="published",
                    )
                    for number in numbers
                )  # fmt: skip
            case 1:
                article.headline, article.summary = self.headline(), self.text()
                Article.objects.bulk_update([article], ["headline", "summary"])
            case 2:
                manager.add(*things)
            case 3:
                manager.remove(*manager.all()[:1])
            case 4:
                manager.clear()
            case 5:
                column, _, thing = self.a_link()
                through = next(
                    m for m in (getattr(Article, r).through for r in LINKS)
                    if any(f.column == column for f in m._meta.fields)
                )  # fmt: skip
                through.objects.bulk_create(
                    [through(article_id=a.pk, **{column: thing.pk}) for a in [article]],
                    ignore_conflicts=True,
                )
            case _:
                manager.set(things)

    def take_a_step(self):
        match self.random.randrange(7):
            case 0 | 1:
                self.step(self.an_article("published"), "withdraw", "Told twice.")
            case 2:
                if Article.objects.filter(status="withdrawn").exists():
                    self.step(self.an_article("withdrawn"), "republish")
            case 3:
                self.step(self.a_new_article("draft"), "publish")
            case 4 | 5:
                one, other = self.an_article("published"), self.an_article("published")
                if one != other:
                    merge_article(one, other, "leyla", "The agency sent it twice.")
            case _:
                posts = list(Post.objects.order_by("pk"))
                twin = self.a_new_person(f"Twin {next(self.numbers)}", posts)
                self.an_article("published").people.add(twin)
                person = self.random.choice(Person.objects.unmerged().order_by("pk"))
                if person != twin:
                    merge_person(twin, person, "leyla", "The same person.")

    def step(self, article, name, reason=""):
        article.take(name, reason)
        article.save()

    ROUTES = [
        save_in_a_shell, edit_at_the_desk, import_a_file, load_a_fixture, update_a_queryset,
        write_sql, change_in_bulk, take_a_step,
    ]  # fmt: skip

    # What is asked

    def a_question(self, before, after, **more):
        """Of something that was true of an article that changed, or is now."""
        random = self.random
        changed = [report for report in before.reports if report not in after.reports]
        changed += [report for report in after.reports if report not in before.reports]
        report = random.choice(changed or after.reports)

        def some(name, chance):
            values = sorted(report.values(name))
            return (random.choice(values),) if values and random.random() < chance else ()

        text = random.choice(report.words)
        at = random.randrange(len(text))
        term = scan.Term(tuple(text[at : at + random.choice([1, 1, 2])]))
        minus = scan.Term((random.choice(VOCABULARY),), minus=True)
        terms = (term, minus) if random.random() < 0.2 else (term,)
        day = report.earliest or report.latest or date(2020, 1, 1)
        return scan.Question(
            words=scan.Words((terms,)) if random.random() < 0.6 else None,
            country=some("country", 0.3),
            person=some("person", 0.3),
            office=some("office", 0.2),
            source=some("source", 0.2),
            topic=some("topic", 0.2),
            # "az" may be the language of nothing that is left.
            language=("en",) if random.random() < 0.2 else (),
            since=f"{day.year}" if random.random() < 0.2 else "",
            until=f"{day}" if random.random() < 0.2 else "",
            order=random.choice(["", "oldest", "added"]),
            **more,
        )


def ask(address):
    answer = Client().get(address)
    assert answer.status_code == 200, (address, answer.json()["errors"])
    return answer.json()


def ids(page):
    found = [result["id"] for result in page["results"]]
    while page["next"]:
        page = ask(page["next"])
        found += [result["id"] for result in page["results"]]
    return found


def check(question, archive, told_by):
    expected = question.answers(archive)
    page = ask(question.address())
    assert (page["count"], ids(page)) == (len(expected), expected), (told_by, question.address())


def change(world, number, then):
    """So many changes, each route in its turn; after each, `then(archive before, now, route)`.

    Returns how many changes of each route readers can see.
    """
    seen, routes, before = Counter(), [], scan.archive_as_it_is()
    for _ in range(number):
        routes = routes or world.random.sample(World.ROUTES, len(World.ROUTES))
        route = routes.pop()
        try:
            route(world)
        except ValidationError:
            continue  # a merger that does not go
        after = scan.archive_as_it_is()
        seen[route.__name__] += before.reports != after.reports
        then(before, after, route.__name__)
        before = after
    return seen


def changed_and_asked(world, number, **more):
    def then(before, after, route):
        check(world.a_question(before, after, **more), after, route)

    return change(world, number, then)


def settle(world):
    """A last change by the common way, and a question: whichever of them writes the index, did."""
    article = world.a_new_article("published")
    article.headline = world.headline()
    article.save()
    words = scan.Words(((scan.Term(("reportedly",)),),))
    check(scan.Question(words), scan.archive_as_it_is(), "a last save")


def is_true_to_the_archive():
    return list(search.disagreements()) == [] and not search.is_stale()


@pytest.fixture
def world(tmp_path):
    return World(1815, tmp_path)


def test_after_a_change_by_any_route_the_next_answer_is_right(world):
    seen = changed_and_asked(world, CHANGES)

    assert min(seen[route.__name__] for route in World.ROUTES) >= CHANGES // 30, seen
    settle(world)
    assert is_true_to_the_archive()


def test_so_is_the_next_answer_in_exact_words(world):
    seen = changed_and_asked(world, CHANGES // 5, exact=True)

    assert sum(seen.values()) >= CHANGES // 20


def test_so_are_the_facets_of_the_next_answer(world):
    def then(before, after, route):
        for question in (world.a_question(before, after), scan.Question()):
            told = ask(question.address(facets="1"))["facets"]
            wrong = scan.wrong_facets(question, after, told)
            assert not wrong, (route, question.address(), wrong)

    change(world, CHANGES // 5, then)


def test_several_changes_before_a_question_are_all_seen(world):
    before = scan.archive_as_it_is()
    for _ in range(max(3, CHANGES // 30)):
        for route in world.random.sample(World.ROUTES, 5):
            try_it(route, world)
        after = scan.archive_as_it_is()
        for _ in range(5):
            check(world.a_question(before, after), after, "five routes")
        before = after
    settle(world)
    assert is_true_to_the_archive()


def try_it(route, world):
    """As one transaction, and a merger that does not go leaves nothing."""
    with transaction.atomic():
        try:
            route(world)
        except ValidationError:
            transaction.set_rollback(True)


def test_what_is_taken_back_changes_no_answer(world):
    as_it_was = scan.archive_as_it_is()
    for route in World.ROUTES:
        with transaction.atomic():
            try_it(route, world)
            meanwhile = scan.archive_as_it_is()
            question = world.a_question(as_it_was, meanwhile)
            # Whoever changed it sees it already, before it is true for others.
            check(question, meanwhile, route.__name__)
            transaction.set_rollback(True)
        assert scan.archive_as_it_is() == as_it_was
        check(question, as_it_was, f"{route.__name__}, taken back")
        check(world.a_question(as_it_was, meanwhile), as_it_was, f"{route.__name__}, taken back")


def remake_the_table():
    """As a migration does that gives a column another width: SQLite makes the table anew."""
    field = Article._meta.get_field("byline")
    wider = field.clone()
    wider.set_attributes_from_name("byline")
    wider.model, wider.max_length = Article, field.max_length + 1
    migration = migrations.Migration("next", "articles")
    migration.operations = [migrations.AlterField("Article", "byline", wider)]
    articles = apps.get_app_config("articles")
    given = {"app_config": articles, "verbosity": 0, "interactive": False, "apps": apps}
    given |= {"sender": articles, "using": "default", "plan": [(migration, False)]}
    pre_migrate.send(**given)
    with connection.schema_editor() as editor:
        editor.alter_field(Article, field, wider)
        editor.alter_field(Article, wider, field)
    post_migrate.send(**given)


def test_after_a_migration_that_remakes_the_table_every_answer_is_still_right(world):
    changed_and_asked(world, 8)
    as_it_was = scan.archive_as_it_is()

    remake_the_table()

    assert scan.archive_as_it_is() == as_it_was
    for _ in range(10):
        check(world.a_question(as_it_was, as_it_was), as_it_was, "a table made anew")
    changed_and_asked(world, max(16, CHANGES // 5))
    settle(world)
    assert is_true_to_the_archive()


def test_an_index_made_anew_gives_the_same_answers(world):
    changed_and_asked(world, max(16, CHANGES // 10))
    everything = scan.archive_as_it_is()
    questions = [world.a_question(everything, everything) for _ in range(20)]
    addresses = [question.address() for question in [*questions, scan.Question()]]
    before = [ask(address) for address in addresses]

    call_command("rebuild_search", stdout=StringIO())

    assert [ask(address) for address in addresses] == before
    assert is_true_to_the_archive()
    for question in questions:
        check(question, everything, "an index made anew")
