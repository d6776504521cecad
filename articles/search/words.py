"""Which articles have the words of a Query: what the engines are asked."""

import numpy as np
from django.db import DEFAULT_DB_ALIAS

from . import vocabulary
from .engines import engine

SECONDS = 1.0  # that a search may take


def hits(query, keys=(), using=DEFAULT_DB_ALIAS):
    """The ids of the articles with the words of a Query, among those that have all these keys of
    the index; drafts too. Raises Interrupted after SECONDS."""
    dialect, connection = engine(using)
    with dialect.clock(connection, SECONDS) as check:
        alternatives, forms = _asked(connection, query)
        found = []
        asked = [
            dialect.expression(connection, alternative, forms, keys)
            for alternative in alternatives
            if alternative.wanted
        ]
        if asked:
            found += dialect.hits(connection, dialect.either(asked), check)
        hit = _ids(found)
        for alternative in alternatives:
            if not alternative.wanted:
                unwanted = dialect.any_of(connection, alternative.unwanted, forms)
                those = _ids(dialect.hits(connection, unwanted, check))
                hit = np.union1d(hit, np.setdiff1d(_all_ids(connection), those))
    return hit


def _asked(connection, query):
    """(alternatives, {word: its forms}) of a Query, without other spellings of which the index
    lacks a word. What was typed is asked for all the same: it is not found, quickly."""
    forms = vocabulary.forms(connection, query)
    there = [
        alternative
        for alternative in query.alternatives
        if not alternative.is_other
        or all(forms[word] for term in alternative.wanted for word in term.words)
    ]
    return there, {word: found or [word] for word, found in forms.items()}


def _ids(texts):
    return np.concatenate(
        [np.empty(0, np.int64), *(np.fromstring(text, np.int64, sep=",") for text in texts if text)]
    )


def _all_ids(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT article_id FROM articles_card WHERE made_of IS NOT NULL")
        return np.array([pk for (pk,) in cursor.fetchall()], np.int64)


def ranked(query, ids, keys=(), using=DEFAULT_DB_ALIAS):
    """The rank of each of these ids, greater is better; 0 of what only lacks some words. Raises
    Interrupted after SECONDS."""
    dialect, connection = engine(using)
    if not query.wanted or not len(ids):
        return np.zeros(len(ids))
    with dialect.clock(connection, SECONDS):
        alternatives, forms = _asked(connection, query)
        wanted = [a for a in alternatives if a.wanted]
        asked = dialect.either(dialect.expression(connection, a, forms, keys) for a in wanted)
        terms = [term for alternative in wanted for term in alternative.wanted]
        found, ranks = dialect.ranked(connection, asked, ids, terms, forms)
    found, ranks = _ids([found]), np.fromstring(ranks, sep=",")
    if not len(found):
        return np.zeros(len(ids))
    order = np.argsort(found)
    at = np.searchsorted(found, ids, sorter=order)
    at = order[np.minimum(at, len(order) - 1)]
    return np.where(found[at] == ids, ranks[at], 0)


def matching(query, using=DEFAULT_DB_ALIAS):
    """SQL conditions of a Query: (whether the ids are those wanted, sql, params), any of which is
    to be met."""
    dialect, connection = engine(using)
    alternatives, forms = _asked(connection, query)
    for alternative in alternatives:
        if alternative.wanted:
            asked = dialect.expression(connection, alternative, forms)
            yield True, *dialect.matching(asked)
        else:
            asked = dialect.any_of(connection, alternative.unwanted, forms)
            yield False, *dialect.matching(asked)
