"""The index of words and keys, and the catalogue of cards: how articles are found and counted.

What is indexed and what is asked go through the same folding (`terms`), so that both engines hold
the same plain words and give the same answer; they only store and match them (SQLite: FTS5,
PostgreSQL: tsvector with GIN). Whatever is no word (countries, people, sources, topics, languages,
days) is looked up in the catalogue, in memory.

    search.parse("Karabakh -Yerevan")     -> Query, or QueryError with a sentence for the reader
    search.everything()                   -> Selection of all published articles, as they are now
    search.matching(queryset, query)      -> the articles of a queryset that match, in SQL
    search.catch_up()                     -> index what changed (see `upkeep`)
    search.rebuild(), is_stale(), disagreements()
    search.passage(text, query)           -> where the match stands, marked
    search.names().spelled(query)         -> the Query that finds names in every spelling
    search.names().named(query)           -> the people whom it names
    search.suggestions(query)             -> what may be meant where nothing is found
    search.matched(texts, query)          -> by which other spelling they match it

    query.py        what a reader typed          words.py      what the engines are asked
    terms.py        the words of a text          sqlite.py, postgresql.py
    vocabulary.py   the forms of a word          engines.py    which of them runs
    cards.py        what is filed of an article  upkeep.py     how all that is kept true
    catalogue.py    the cards in memory          selection.py  a set of them, narrowed and counted
    postings.py     their values as arrays       offices.py    who held an office on their day
    by_day.py       their order, page by page    passage.py    the match in its place
    spelled.py      people by their names        variants.py   a query in other spellings
    matched.py      which of them was found      near.py        what may have been meant
    namesakes.py    whose longer name has the same words
"""

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q
from django.db.models.expressions import RawSQL

from . import catalogue, selection, upkeep, words
from .matched import matched
from .near import suggestions
from .passage import marked, passage
from .query import MAX_LENGTH as MAX_QUERY
from .query import Interrupted, Query, QueryError, parse
from .selection import Selection
from .spelled import current as names
from .terms import stem
from .upkeep import (
    MOMENT,
    catch_up,
    compact,
    disagreements,
    install,
    is_stale,
    rebuild,
)

__all__ = [
    "MAX_QUERY",
    "MOMENT",
    "Interrupted",
    "Query",
    "QueryError",
    "Selection",
    "catch_up",
    "compact",
    "disagreements",
    "everything",
    "install",
    "is_stale",
    "marked",
    "matched",
    "matching",
    "names",
    "parse",
    "passage",
    "rebuild",
    "stem",
    "suggestions",
]


def everything(using=DEFAULT_DB_ALIAS, told=None):
    """The Selection of all published articles, as they are now. Raises Interrupted.

    `told` is what `MOMENT` said in a question that was asked just before."""
    era, tick = upkeep.be_ready(words.SECONDS, using, told)
    return selection.of(catalogue.at(era, tick, using), using)


def matching(queryset, query):
    """The articles of `queryset` that match a Query. Raises Interrupted."""
    upkeep.be_ready(words.SECONDS, queryset.db)
    condition = Q()
    for is_wanted, sql, params in words.matching(query, queryset.db):
        among = Q(pk__in=RawSQL(sql, params))
        condition |= among if is_wanted else ~among
    return queryset.filter(condition)
