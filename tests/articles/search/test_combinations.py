"""Any combination of what a list can be asked, against a look at every article.

COMBINATIONS=5000 asks more of them; the archive and the questions are the same every time.
"""

import os
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest
from django.db import connection, transaction
from django.test import Client

from articles import search
from articles.models import (
    Article,
    Country,
    Membership,
    OtherName,
    Person,
    Post,
    Source,
    Suggestion,
    Topic,
)
from tests.articles.search import scan
from tests.make import made_at_once, make_country, make_person, make_post, make_source, make_topic

pytestmark = pytest.mark.django_db

COMBINATIONS = int(os.environ.get("COMBINATIONS", 500))
PARTS = 10
ARTICLES = 300
PAGE = 25

CODES = {"Azerbaijan": "AZE", "Iran": "IRN", "Georgia": "GEO", "Armenia": "ARM", "Turkiye": "TUR",
         "Russia": "RUS", "France": "FRA", "Germany": "DEU"}  # fmt: skip
COUNTRIES = [
    *CODES, "Iraq", "Israel", "Italy", "Japan", "China", "India", "Pakistan", "Kazakhstan",
    "Uzbekistan", "Turkmenistan", "Ukraine", "Belarus", "Poland", "Hungary", "Romania", "Bulgaria",
    "Greece", "Cyprus", "Egypt", "Jordan", "Kuwait", "Qatar", "Oman", "Yemen", "Spain", "Portugal",
    "Norway", "Sweden", "Finland", "Chile",
]  # fmt: skip
GIVEN = ["Leyla", "Farid", "Nino", "Ara", "Sergei", "Zahra", "Emre", "Claire", "Jonas", "Ines"]
FAMILY = ["Hasanova", "Guliyev", "Beridze", "Petrosyan", "Orlova", "Karimi", "Demir", "Laurent"]
CITIES = ["Baku", "Tabriz", "Batumi", "Gyumri", "Izmir", "Kazan", "Lyon", "Bremen"]
SOURCES = [f"{city} {kind}" for city in CITIES for kind in ("Wire", "Daily", "Herald")]
TOPICS = ["Energy", "Borders", "Trade", "Visits", "Treaties", "Transport", "Culture"]
LANGUAGES = ["en", "az", "fa", "ru", "ka"]
VOCABULARY = [
    "treaty", "border", "talks", "minister", "visits", "negotiations", "agreement", "corridor",
    "Farid Guliyev", "Quliyev", "Nino", "Beridze", "Ninochka", "Sergey", "Sergei Orlova",
    "Hasanova", "Nino Beridze", "Jonas", "Jonasjan",
    "treaties", "embassy", "trade", "borders", "visit", "pipeline", "statement", "signed",
    "ministers", "delegation", "summit", "visited", "ceasefire", "gas", "sanctions", "protocol",
    "agreements", "railway", "consul", "negotiated", "energy", "council", "river", "bridge",
    "pipelines", "embassies", "delegations", "statements", "sanction", "sign", "airport", "loans",
    "peace", "water", "summits", "bridges", "consuls", "negotiate", "loan", "protocols",
    "railways", "signing",
]  # fmt: skip


NAMES = ("guliyev", "quliyev", "sergei", "sergey", "nino beridze", "ninochka")

# The archive


@pytest.fixture(scope="module", autouse=True)
def _archive(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with made_at_once():
            fill(Random(1918))
        if connection.vendor == "postgresql":
            connection.check_constraints()  # now, not once in every test
        for remembered in (everything, questions, expected):
            remembered.cache_clear()
        yield
        transaction.set_rollback(True)


def fill(random):
    countries = [
        make_country(name, iso_alpha3=CODES.get(name, ""), iso_alpha2=code_of(name))
        for name in COUNTRIES
    ]
    people = [make_person(f"{GIVEN[n % 10]} {FAMILY[n % 8]}") for n in range(26)]
    for name, other, kind in scan.SPELLINGS:
        OtherName.objects.create(person=Person.objects.get(name=name), name=other, kind=kind)
    posts = [
        make_post(f"{role.replace('-', ' ').capitalize()} of {country}", country, role=role)
        for country in countries[:20]
        for role in ("foreign-minister", "head-of-state")
    ]
    for person in people:
        for post in random.sample(posts, random.choice([1, 1, 2, 3])):
            Membership.objects.create(
                person=person, post=post, started=a_start(random), ended=an_end(random)
            )
    sources = [make_source(name) for name in SOURCES]
    topics = [make_topic(name) for name in TOPICS]
    articles = Article.objects.bulk_create(an_article(random, n, sources) for n in range(ARTICLES))
    for relation, things, most in (
        ("countries", countries, 4),
        ("people", people, 3),
        ("topics", topics, 2),
    ):
        through = getattr(Article, relation).through
        column = Article._meta.get_field(relation).m2m_reverse_field_name()
        through.objects.bulk_create(
            through(article=article, **{column: thing})
            for article in articles
            for thing in {skewed(random, things) for _ in range(random.randint(0, most))}
        )

    suggest(random, articles, "country", countries)
    suggest(random, articles, "person", people)


def suggest(random, articles, name, things):
    """Some of what is suggested is known already."""
    Suggestion.objects.bulk_create(
        Suggestion(
            article=article,
            start=0,
            end=10,
            text="Reportedly",
            kind="name",
            times=1,
            **{name: thing},
        )
        for article in articles
        for thing in {skewed(random, things) for _ in range(random.choice([0, 0, 1, 3]))}
    )


def an_article(random, n, sources):
    def text(least, most):
        return " ".join(skewed(random, VOCABULARY) for _ in range(random.randint(least, most)))

    status = random.choices(["published", "draft", "review", "withdrawn"], [86, 5, 3, 6])[0]
    return Article(
        slug=f"report-{n}",
        import_ref=f"{n}",
        headline=text(3, 6).capitalize(),
        summary=f"{text(2, 8).capitalize()}." if random.random() < 0.5 else "",
        # Begun with a word of no question's, so that no phrase runs from the summary into it.
        body=f"Reportedly: {text(8, 20)}.\n\nMoreover, {text(5, 20)}.",
        source=skewed(random, sources),
        language=random.choices(LANGUAGES, [60, 15, 12, 8, 5])[0],
        published=a_date(random),
        status=status,
        withdrawal_reason="Retracted." if status == "withdrawn" else "",
    )


def skewed(random, things):
    """The first of them often, the last seldom."""
    return things[int(len(things) * random.random() ** 2.2)]


def a_day(random):
    return date(2015, 1, 1) + timedelta(days=int(3650 * random.random() ** 0.7))


def a_date(random):
    day = a_day(random)
    later = day + timedelta(days=random.choice([1, 20, 200, 900]))
    forms = {
        f"{day}": 45, f"{day:%Y-%m}": 10, f"{day:%Y}": 10, f"[{day}..{later}]": 15,
        f"[{day}..]": 5, f"[..{day}]": 4, "": 11,
    }  # fmt: skip
    return random.choices(list(forms), forms.values())[0]


def a_start(random):
    day = a_day(random)
    before = day - timedelta(days=random.choice([300, 2000]))
    forms = {
        f"{before}": 40,
        f"{before:%Y}": 20,
        f"[{before}..{day}]": 15,
        f"[..{day}]": 15,
        "": 10,
    }
    return random.choices(list(forms), forms.values())[0]


def an_end(random):
    day = date(2025, 1, 1) + timedelta(days=random.randint(-200, 900))
    later = day + timedelta(days=400)
    forms = {f"{day}": 40, f"{day:%Y}": 10, f"[{day}..{later}]": 15, f"[{day}..]": 20, "": 15}
    return random.choices(list(forms), forms.values())[0]


def code_of(name):
    return CODES.get(name, "")[:2] if name in ("Azerbaijan", "Iran", "Georgia") else ""


@cache
def everything():
    return scan.archive_as_it_is()


@cache
def expected(question):
    """The ids that answer it, in order."""
    return question.answers(everything())


# The questions


@cache
def questions():
    random = Random(1648)
    return [a_question(random, everything().reports) for _ in range(COMBINATIONS)]


def a_question(random, reports):
    """Most of what it asks is true of one report, so that there is something to be found."""
    anchor = random.choice(reports)
    suggested = random.random() < 0.3

    def some(name, weights):
        number = random.choices(range(len(weights)), weights)[0]
        near = sorted((anchor.wider if suggested else anchor).values(name))
        far = sorted(random.choice(reports).values(name))
        chosen = [value for value in near if random.random() < 0.9] or near
        return tuple(dict.fromkeys((chosen + far * (random.random() < 0.15))[:number]))

    words = some_words(random, anchor) if random.random() < 0.65 else None
    orders = ["", "newest", "oldest", "added"] + ["relevance"] * 2 * bool(words)
    since, until = a_range(random, anchor)
    return scan.Question(
        words=words,
        exact=bool(words) and random.random() < 0.25,
        country=some("country", [45, 30, 18, 7]),
        person=some("person", [72, 20, 8]),
        office=some("office_perhaps", [80, 17, 3]),
        uncertain=random.random() < 0.15,
        suggested=suggested,
        source=some("source", [78, 18, 4]),
        topic=some("topic", [80, 15, 5]),
        language=some("language", [80, 15, 5]),
        since=since,
        until=until,
        order=random.choice(orders),
    )


def some_words(random, anchor):
    """No longer than a list takes."""
    while len(str(words := some_alternatives(random, anchor))) > search.MAX_QUERY:
        pass
    return words


def some_alternatives(random, anchor):
    alternatives = []
    for _ in range(random.choice([1, 1, 1, 1, 2, 3])):
        terms = [a_term(random, anchor) for _ in range(random.choice([1, 1, 2, 3]))]
        if random.random() < 0.3:
            words = tuple(scan.words_of(random.choice(VOCABULARY)))
            minus = scan.Term(words, True, random.random() < 0.3)
            terms = [minus] if random.random() < 0.15 else [*terms, minus]
        random.shuffle(terms)
        alternatives.append(tuple(terms))
    return scan.Words(tuple(alternatives))


def a_term(random, anchor):
    in_headline = random.random() < 0.2
    text = anchor.words[0] if in_headline else random.choice(anchor.words)
    length = random.choice([1, 1, 1, 2, 3])
    at = random.randrange(max(1, len(text) - length))
    words = tuple(text[at : at + length])
    if random.random() < 0.1:
        words = words[::-1]
    return scan.Term(words, False, in_headline)


def a_range(random, anchor):
    """`since` and `until` around a day of the report."""
    if random.random() < 0.6:
        return "", ""
    day = anchor.earliest or anchor.latest or date(2020, 1, 1)
    if random.random() < 0.3:
        return (f"{day:%Y}",) * 2
    form = random.choice(["%Y", "%Y-%m", "%Y-%m-%d"])
    before = (day - timedelta(days=random.choice([0, 1, 100, 900]))).strftime(form)
    after = (day + timedelta(days=random.choice([0, 1, 100, 900]))).strftime(form)
    return random.choice([(before, ""), ("", after), (before, after)])


# The answers


def ask(address):
    answer = Client().get(address)
    assert answer.status_code == 200, (address, answer.json()["errors"])
    return answer.json()


def with_codes(address):
    """The same question with codes for countries."""
    for name, code in CODES.items():
        address = address.replace(f"country={name.lower()}&", f"country={code.lower()}&")
    return address


def walk(page):
    """The ids on this page and on all that follow."""
    ids = [result["id"] for result in page["results"]]
    while page["next"]:
        page = ask(page["next"])
        ids += [result["id"] for result in page["results"]]
    return ids


def merely_suggested(question):
    """How many more there are by what is suggested, which a list without it tells."""
    if question.suggested or not (question.country or question.person or question.office):
        return 0
    return len(expected(replace(question, suggested=True))) - len(expected(question))


def faults(number, question):
    address, ids = question.address(), expected(question)
    page = ask(with_codes(address) if number % 2 else address)
    if page["count"] != len(ids):
        yield f"{address}: {page['count']} told, {len(ids)} counted"
    if page.get("suggested", 0) != (more := merely_suggested(question)):
        yield f"{address}: {page.get('suggested')} more told, {more} counted"
    if (page["next"] is not None) != (len(ids) > PAGE):
        yield f"{address}: {len(ids)} articles, and what follows is {page['next']}"
    if question.order == "relevance":
        if sorted(walk(page)) != sorted(ids):
            yield f"{address}: other articles"
    elif number % 4 == 0:
        if walk(page) != ids:
            yield f"{address}: other articles, or in another order"
    elif [result["id"] for result in page["results"]] != ids[:PAGE]:
        yield f"{address}: another first page"


def of_part(part, *, exact):
    return [
        (number, question)
        for number, question in enumerate(questions())
        if number % PARTS == part and question.exact is exact
    ]


@pytest.mark.parametrize("part", range(PARTS))
def test_any_combination_is_answered_as_by_a_look_at_every_article(part):
    wrong = [fault for asked in of_part(part, exact=False) for fault in faults(*asked)]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", range(PARTS))
def test_so_is_any_that_asks_for_exact_words(part):
    wrong = [fault for asked in of_part(part, exact=True) for fault in faults(*asked)]

    assert not wrong, "\n".join(wrong)


def test_the_questions_are_worth_asking():
    found = [len(expected(question)) for question in questions()]

    assert sum(number > 0 for number in found) > 0.6 * COMBINATIONS
    assert sum(number > PAGE for number in found) > 0.1 * COMBINATIONS
    assert len(set(found)) > 30
    exact = [question for question in questions() if question.exact]
    differing = [q for q in exact if expected(q) != expected(replace(q, exact=False))]
    assert len(differing) > 0.15 * len(exact)
    differing = [q for q in questions() if merely_suggested(q)]
    assert len(differing) > 0.1 * COMBINATIONS
    named = [q for q in questions() if q.words and any(s in str(q.words) for s in NAMES)]
    assert len(named) > 0.1 * COMBINATIONS


def test_no_page_holds_what_is_not_published():
    assert Article.objects.exclude(status="published").count() > 20

    shown = walk(ask("/articles.json"))

    assert sorted(shown) == sorted(report.id for report in everything().reports)


# Facets

FEW = 5  # one question of so many is asked for its facets too


@pytest.mark.parametrize("part", range(PARTS))
def test_the_facets_of_any_combination_count_what_a_look_at_every_article_does(part):
    wrong = []
    for question in questions()[part :: PARTS * FEW]:
        question = replace(question, exact=False)
        told = ask(question.address(facets="1"))["facets"]
        wrong += [
            f"{question.address()}: {fault}"
            for fault in scan.wrong_facets(question, everything(), told)
        ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "question",
    [
        scan.Question(),
        scan.Question(country=("azerbaijan",)),
        scan.Question(since="2020", until="2020"),
        scan.Question(since="2020-05"),
        scan.Question(source=("baku-wire", "baku-daily"), language=("en",)),
        scan.Question(words=scan.Words(((scan.Term(("treaty",)),),))),
    ],
    ids=scan.Question.address,
)
def test_the_facets_of_a_great_list_count_what_a_look_at_every_article_does(question):
    told = ask(question.address(facets="1"))["facets"]

    assert scan.wrong_facets(question, everything(), told) == []


def test_the_lists_of_facets_are_bounded():
    counts = Counter(value for report in everything().reports for value in report.country)
    assert len(counts) > 30

    told = ask("/articles.json?facets=1")["facets"]

    assert {name: len(told[name]) for name in ("country", "person", "office", "source")} == {
        "country": 30, "person": 20, "office": 20, "source": 20,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["country", "person", "office", "source", "topic", "language"])
def test_choosing_what_a_facet_offers_leaves_as_many_as_it_told(name):
    for question in questions()[:200:40]:
        question = replace(question, exact=False, uncertain=False)
        for entry in ask(question.address(facets="1"))["facets"][name][:3]:
            chosen = getattr(question, name) if name not in scan.ANY_OF else ()
            values = tuple(dict.fromkeys([*chosen, entry["value"]]))
            address = replace(question, **{name: values}).address()

            assert ask(address)["count"] == entry["count"], address


def test_choosing_a_year_leaves_as_many_as_it_told():
    for question in questions()[:200:40]:
        question = replace(question, exact=False)
        for entry in ask(question.address(facets="1"))["facets"]["year"][::4]:
            address = replace(question, since=entry["value"], until=entry["value"]).address()

            assert ask(address)["count"] == entry["count"], address


def test_a_list_that_is_not_asked_for_facets_bears_none():
    assert "facets" not in ask("/articles.json")


def test_names_of_the_archive_are_all_different():
    for model, name in (
        (Country, "name"),
        (Person, "name"),
        (Post, "label"),
        (Source, "name"),
        (Topic, "name"),
    ):
        names = list(model.objects.values_list(name, flat=True))
        assert len({tuple(scan.words_of(text)) for text in names}) == len(names)
