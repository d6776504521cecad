"""The corpus as plain rows in one SQLite file: Datasette serves it, all others are filled from it.

Tables with ordinary keys and indexes, an index of words (FTS5, stemmed), and `word`: in how many
articles each word stands.
"""

import json
import sqlite3
from contextlib import closing
from itertools import islice

from tqdm import tqdm

from .corpus import Corpus

_TABLES = """
CREATE TABLE country (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE person (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE topic (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE source (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    language TEXT NOT NULL, country_id INTEGER NOT NULL REFERENCES country (id));
CREATE TABLE article (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, headline TEXT NOT NULL,
    summary TEXT NOT NULL, body TEXT NOT NULL, byline TEXT NOT NULL, dateline TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source (id), language TEXT NOT NULL,
    published TEXT NOT NULL, published_earliest TEXT, published_latest TEXT, year INTEGER,
    import_ref TEXT NOT NULL UNIQUE, url TEXT NOT NULL,
    countries TEXT NOT NULL);
CREATE TABLE article_country (article_id INTEGER NOT NULL REFERENCES article (id),
    country_id INTEGER NOT NULL REFERENCES country (id), PRIMARY KEY (article_id, country_id));
CREATE TABLE article_person (article_id INTEGER NOT NULL REFERENCES article (id),
    person_id INTEGER NOT NULL REFERENCES person (id), PRIMARY KEY (article_id, person_id));
CREATE TABLE article_topic (article_id INTEGER NOT NULL REFERENCES article (id),
    topic_id INTEGER NOT NULL REFERENCES topic (id), PRIMARY KEY (article_id, topic_id));
CREATE TABLE word (word TEXT PRIMARY KEY, articles INTEGER NOT NULL);
"""
_INDEXES = """
CREATE INDEX article_published ON article (published_latest);
CREATE INDEX article_source ON article (source_id);
CREATE INDEX article_language ON article (language);
CREATE INDEX article_year ON article (year);
CREATE INDEX article_country_country ON article_country (country_id, article_id);
CREATE INDEX article_person_person ON article_person (person_id, article_id);
CREATE INDEX article_topic_topic ON article_topic (topic_id, article_id);
CREATE INDEX word_articles ON word (articles);
CREATE VIRTUAL TABLE article_fts USING fts5 (headline, summary, body,
    content=article, content_rowid=id, tokenize='porter unicode61');
INSERT INTO article_fts (article_fts) VALUES ('rebuild');
INSERT INTO article_fts (article_fts) VALUES ('optimize');
ANALYZE;
"""
LINKS = {"countries": "country", "people": "person", "topics": "topic"}


def write(path, size, **corpus):
    """Make the file of a Corpus; it appears when it is whole."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    corpus = Corpus(size, **corpus)
    with closing(sqlite3.connect(draft)) as file:
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        for table, nouns in (
            ("country", corpus.countries),
            ("person", corpus.people),
            ("topic", corpus.topics),
            ("source", corpus.sources),
        ):
            _insert(file, table, nouns)
        for batch in _batches(corpus):
            _insert(file, "article", [_row(corpus, article) for article in batch])
            for name, noun in LINKS.items():
                linked = ((a.id, other) for a in batch for other in getattr(a, name))
                _insert(file, f"article_{noun}", list(linked))
        _insert(file, "word", list(corpus.counts.items()))
        file.commit()
        file.executescript(_INDEXES)
        file.commit()
    draft.rename(path)


def _insert(file, table, rows):
    if rows:
        places = ", ".join("?" * len(rows[0]))
        file.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def _batches(corpus, size=1000):
    batch = []
    for article in tqdm(corpus.articles(), "corpus", corpus.size, unit=" articles", disable=None):
        batch.append(article)
        if len(batch) == size:
            yield batch
            batch = []
    yield batch


def _row(corpus, article):
    return (
        article.id,
        article.slug,
        article.headline,
        article.summary,
        article.body,
        article.byline,
        article.dateline,
        article.source.id,
        article.source.language,
        article.published,
        article.earliest and article.earliest.isoformat(),
        article.latest and article.latest.isoformat(),
        article.latest and article.latest.year,
        f"made-{article.id}",
        f"https://{article.source.slug}.example/{article.id}",
        json.dumps([corpus.countries[n - 1].slug for n in article.countries]),
    )


def read(path, sql, parameters=()):
    """Yields the rows that a SELECT finds in the file."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        yield from file.execute(sql, parameters)


def fill(connection, table, columns, rows):
    """Write rows into a table of Django's `connection` in the way its engine takes them fastest."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            rows = iter(rows)
            while batch := list(islice(rows, 1000)):  # Django would hold all of them
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", batch)
