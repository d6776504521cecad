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
        forms = vocabulary.forms(connection, query)
        found = []
        asked = [
            dialect.expression(connection, alternative, forms, keys)
            for alternative in query.alternatives
            if alternative.wanted
        ]
        if asked:
            found += dialect.hits(connection, dialect.either(asked), check)
        hit = _ids(found)
        for alternative in query.alternatives:
            if not alternative.wanted:
                unwanted = dialect.any_of(connection, alternative.unwanted, forms)
                those = _ids(dialect.hits(connection, unwanted, check))
                hit = np.union1d(hit, np.setdiff1d(_all_ids(connection), those))
    return hit


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
    wanted = [a for a in query.alternatives if a.wanted]
    if not wanted or not len(ids):
        return np.zeros(len(ids))
    with dialect.clock(connection, SECONDS):
        forms = vocabulary.forms(connection, query)
        asked = dialect.either(dialect.expression(connection, a, forms, keys) for a in wanted)
        found, ranks = dialect.ranked(connection, asked, ids, query.wanted, forms)
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
    forms = vocabulary.forms(connection, query)
    for alternative in query.alternatives:
        if alternative.wanted:
            asked = dialect.expression(connection, alternative, forms)
            yield True, *dialect.matching(asked)
        else:
            asked = dialect.any_of(connection, alternative.unwanted, forms)
            yield False, *dialect.matching(asked)
