"""The cards: of each article what lists are made from, in a narrow table; see `catalogue`.

A card says whether readers may see the article, its two days, its source, language, countries,
people and topics, and of which text the index holds the words (`made_of`). Of a deleted article a
blank card stays, so that whoever holds the catalogue learns of it. `tick` tells in which round of
`upkeep` a card was written.
"""

import hashlib
from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from articles import dates

from .terms import words

# What is indexed of one text, in characters and in bytes of its words: a tsvector holds at most
# 1 MB, places included.
MAX_INDEXED = 500_000
LINKS = {"countries": "country_id", "people": "person_id", "topics": "topic_id"}
# What detection alone thinks that an article names, and nobody said.
SUGGESTED = {"suggested_countries": "countries", "suggested_people": "people"}
_COLUMNS = (
    *("is_public", "is_bounded", "is_doubted", "earliest", "latest", "source", "language"),
    *(*LINKS, *SUGGESTED, "made_of", "tick"),
)


@dataclass(frozen=True)
class Card:
    article_id: int
    headline: str
    text: str
    is_public: bool
    is_bounded: bool  # whether a span of possible days is all that is known
    is_doubted: bool  # whether the date is uncertain by its own words
    earliest: int | None  # days, as date.toordinal()
    latest: int | None
    source: int
    language: str
    countries: tuple
    people: tuple
    topics: tuple
    suggested_countries: tuple = ()
    suggested_people: tuple = ()

    @cached_property
    def made_of(self):
        return made_of(self.headline, self.text)

    @property
    def keys(self):
        return keys(self.source, self.countries, self.people, self.topics)

    def row(self, tick):
        links = [array("q", getattr(self, name)).tobytes() for name in (*LINKS, *SUGGESTED)]
        days = (self.is_bounded, self.is_doubted, self.earliest, self.latest)
        known = (self.article_id, self.is_public, *days, self.source, self.language)
        return (*known, *links, self.made_of, tick)


def indexed(summary, body):
    """The part of an article's text, besides its headline, that is indexed."""
    return f"{summary}\n\n{body}"[:MAX_INDEXED]


def made_of(headline, text):
    """A hash of what is indexed of an article: 32 digits."""
    return hashlib.md5(f"{headline}\n{text}".encode(), usedforsecurity=False).hexdigest()


def keys(source, countries, people, topics):
    """What the index holds of an article besides its words: "_s3 _c12 _c40 _p7"."""
    found = [f"_s{source}"]
    for letter, ids in (("c", countries), ("p", people), ("t", topics)):
        found += [f"_{letter}{pk}" for pk in ids]
    return " ".join(found)


def folded(headline, text):
    """(headline, text) as the index holds them."""
    return held_words(headline), held_words(text)


def held_words(text):
    """The words of a text as the index holds them: so many bytes of them at most."""
    folded = words(text)
    if len(folded) * 4 <= MAX_INDEXED:
        return folded
    return folded.encode()[:MAX_INDEXED].decode(errors="ignore")


def install(connection, id_type):
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS articles_card (article_id {id_type} PRIMARY KEY,"
            " is_public boolean NOT NULL, is_bounded boolean, is_doubted boolean,"
            " earliest integer, latest integer,"
            " source bigint,"
            " language text, countries bytea, people bytea, topics bytea,"
            " suggested_countries bytea, suggested_people bytea,"
            " made_of text, tick bigint NOT NULL)"
        )
        cursor.execute("CREATE INDEX IF NOT EXISTS articles_card_tick ON articles_card (tick)")


def of_articles(connection, where):
    """The cards as they should be, read from the archive; `where` is SQL on the article's id."""
    links = {name: _linked(connection, name, column, where) for name, column in LINKS.items()}
    for name, linked in SUGGESTED.items():
        links[name] = _suggested(connection, LINKS[linked], links[linked], where)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, headline, summary, body, status, published, published_earliest,"
            " published_latest, source_id, language FROM articles_article"
            f" WHERE id {where} ORDER BY id"
        )
        for row in cursor.fetchall():
            pk, headline, summary, body, status, published, *days, source, language = row
            yield Card(
                pk,
                headline,
                indexed(summary, body),
                status == "published",
                published.startswith("["),
                dates.is_doubted(published),
                *(day and day.toordinal() for day in days),
                source,
                language,
                *(tuple(sorted(links[name].get(pk, ()))) for name in links),
            )


def _linked(connection, name, column, where):
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT article_id, {column} FROM articles_article_{name} WHERE article_id {where}"
        )
        for pk, other in cursor.fetchall():
            found[pk].append(other)
    return found


def _suggested(connection, column, linked, where):
    """What is suggested besides what is linked."""
    found = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT article_id, {column} FROM articles_suggestion"
            f" WHERE times > 0 AND {column} IS NOT NULL AND article_id {where}"
        )
        for pk, other in cursor.fetchall():
            if other not in linked.get(pk, ()):
                found[pk].add(other)
    return found


def held(connection, where):
    """{article id: (made_of, keys, row without its tick)} of the cards that are filed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT article_id, {', '.join(_COLUMNS[:-1])} FROM articles_card"
            f" WHERE made_of IS NOT NULL AND article_id {where}"
        )
        found = {}
        for pk, *row in cursor.fetchall():
            links = [tuple(ids(packed)) for packed in row[7:10]]
            row[7:12] = [bytes(packed) for packed in row[7:12]]
            row[:3] = map(bool, row[:3])
            found[pk] = (row[-1], keys(row[5], *links), (pk, *row))
        return found


def ids(packed):
    found = array("q")
    found.frombytes(bytes(packed))
    return found


def file(connection, cards, gone, tick):
    """File these cards, and blank ones of the articles that are gone."""
    rows = [card.row(tick) for card in cards]
    rows += [(pk, False, *[None] * (len(_COLUMNS) - 2), tick) for pk in gone]
    names = ", ".join(_COLUMNS)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO articles_card (article_id, {names})"
            f" VALUES ({', '.join(['%s'] * (len(_COLUMNS) + 1))}) ON CONFLICT (article_id)"
            f" DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS)}",
            rows,
        )


def empty(connection):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_card")
