"""Mentions follow their words when the text around these is edited.

Before a change ends, those of its articles are looked at of which it altered the body: a mention
moves with its words, or it is flagged as lost. What the change itself says of words, as an old
version of a mention brought back, must be so as well, or it is flagged. So `body[start:end]` is the
mention's text, or the mention is lost. What came past `change()` is named by `verify_archive`.
"""

import re
from bisect import bisect_right
from difflib import SequenceMatcher
from itertools import groupby

from django.db import DEFAULT_DB_ALIAS

from articles.models import Article, Mention, Version

from .engines import engine

BLOT = "█"  # a letter that was removed by order: such words name nobody any more
MOST_COMPARED = 4_000  # words; of longer texts whole paragraphs are compared

# CROSS JOIN has SQLite begin with the few articles, or mentions, of a change.
_CHANGED = """
SELECT DISTINCT r.object_id, r.id, r.number
FROM articles_record r CROSS JOIN articles_mention m
WHERE r.kind = 'article' AND r.change_id = {} AND r.number > 1 AND m.article_id = r.object_id"""
_SAID = """
SELECT m.article_id, m.id, m.start, m."end", m.text
FROM articles_record r CROSS JOIN articles_mention m
WHERE r.kind = 'mention' AND r.change_id = {} AND m.id = r.object_id AND NOT m.is_lost
ORDER BY m.article_id, m.id"""
_ALL = """
SELECT m.article_id, m.id, m.start, m."end", m.text
FROM articles_mention m JOIN articles_article a ON a.id = m.article_id
WHERE NOT m.is_lost ORDER BY m.article_id, m.id"""
MOST_AT_ONCE = 500  # values of one statement


def follow(using=DEFAULT_DB_ALIAS):
    """Move the mentions of those articles whose body the change at work altered, or flag them."""
    dialect, connection = engine(using)
    with connection.cursor() as cursor:
        cursor.execute(_SAID.format(dialect.CHANGE))
        said = cursor.fetchall()
        cursor.execute(_CHANGED.format(dialect.CHANGE))
        changed = cursor.fetchall()
    just_said = {pk for _, pk, *_ in said}
    for article, record, number in changed:
        before = Version.objects.using(using).get(record=record, number=number - 1).state["body"]
        after = _body(article, using)
        if before != after:
            _follow(Mention.objects.using(using).filter(article=article), before, after, just_said)
    if said:
        # Of what was moved just now, the words are where they were moved to.
        followed = {article for article, *_ in changed}
        others = [mention for mention in said if mention[0] not in followed]
        _lose(Mention.objects.using(using), [pk for _, pk, _ in _away(others, using)])


def away(using=DEFAULT_DB_ALIAS):
    """(article id, mention id, start) of each mention whose words are not where it says."""
    _, connection = engine(using)
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ALL)
        yield from _away(cursor, using)


def _away(rows, using):
    """The same among rows of mentions, those of one article together; each body is read once."""
    for article, mentions in groupby(rows, lambda row: row[0]):
        body = _body(article, using)
        for _, pk, start, end, text in mentions:
            if body[start:end] != text:
                yield article, pk, start


def _body(article, using):
    return Article.objects.using(using).values_list("body", flat=True).get(pk=article)


def _follow(mentions, before, after, just_said):
    """`just_said`: ids of what the change itself says, of the text before or after its edit."""
    kept, stand, lost, gone, moves = Standing(before, after), set(), [], [], []
    for mention in mentions.order_by("pk"):
        start, end = mention.start, mention.end
        if mention.is_lost:
            is_back = after[start:end] == mention.text and BLOT not in mention.text
            lost += [mention] if is_back else []
        elif mention.pk in just_said and after[start:end] == mention.text:
            stand.add(_place(mention, start))
        else:
            place = kept.moved(start, end) if before[start:end] == mention.text else None
            moves.append((mention, start, end, place))
    for mention, *_, place in moves:
        if place is None or _place(mention, place) in stand:
            gone.append(mention.pk)
    _lose(mentions, gone)
    gone = set(gone)
    for mention, start, end, place in _in_turn([m for m in moves if m[0].pk not in gone]):
        mentions.filter(pk=mention.pk).update(start=place, end=place + end - start)
    for mention in lost:
        _find_again(mention)


def _place(mention, start):
    """What no two mentions that stand have in common."""
    return start, start + len(mention.text), mention.country_id, mention.person_id


def _lose(mentions, ids):
    for at in range(0, len(ids), MOST_AT_ONCE):
        mentions.filter(pk__in=ids[at : at + MOST_AT_ONCE]).update(is_lost=True)


def _in_turn(moves):
    """None takes a place that another is about to leave."""
    left = [move for move in moves if move[3] < move[1]]
    right = [move for move in moves if move[3] > move[1]]
    return [*sorted(left, key=_start), *sorted(right, key=_start, reverse=True)]


def _start(move):
    return move[1]


def _find_again(mention):
    """What was lost stands where it once stood, unless another was put there meanwhile."""
    alike = Mention.objects.using(mention._state.db).filter(
        article=mention.article_id,
        start=mention.start,
        end=mention.end,
        country=mention.country_id,
        person=mention.person_id,
        is_lost=False,
    )
    if not alike.exists():
        mention.is_lost = False
        mention.save(update_fields=["is_lost"])


class Standing:
    """What an edit left as it was, for many words."""

    def __init__(self, before, after):
        self.before, self.after = before, after
        self.blocks = standing(before, after)
        self.olds = [old for old, *_ in self.blocks]

    def moved(self, start, end):
        """Where words are by now, or None; in Nigeria, there is no Niger any more."""
        at = bisect_right(self.olds, start) - 1
        old, new, length = self.blocks[at] if at >= 0 else (0, 0, 0)
        if at < 0 or end > old + length:
            return None
        place = new + start - old
        for was, now in ((start, place), (end, place + end - start)):
            if _may_part(self.before, was) and not _may_part(self.after, now):
                return None
        return place


def _may_part(text, at):
    """Whether no word goes on across this place."""
    return not (text[max(at - 1, 0) : at].isalnum() and text[at : at + 1].isalnum())


def standing(before, after):
    """[(place before, place after, length)] of what an edit left as it was, in order."""
    first = _common(before, after)
    last = _common(before[first:][::-1], after[first:][::-1])
    middle = before[first : len(before) - last], after[first : len(after) - last]
    found = [(0, 0, first)]
    found += [(first + old, first + new, length) for old, new, length in _blocks(*middle)]
    found.append((len(before) - last, len(after) - last, last))
    return [block for block in found if block[2]]


def _common(one, other):
    """How many characters two texts have in common at their beginning."""
    size, step = 0, min(len(one), len(other))
    while step:
        if one[size : size + step] == other[size : size + step]:
            size += step
            step = min(len(one), len(other)) - size
        else:
            step //= 2
    return size


def _blocks(before, after):
    """What is alike in the middle: whole paragraphs of a long one, and words between them."""
    if before.count(" ") + after.count(" ") <= MOST_COMPARED:
        return _alike(_WORDS, before, after, autojunk=False)
    found, ends = [], [0, 0]
    alike = _alike(_LINES, before, after, autojunk=True)
    for old, new, length in [*alike, (len(before), len(after), 0)]:
        between = before[ends[0] : old], after[ends[1] : new]
        if all(between) and sum(text.count(" ") for text in between) <= MOST_COMPARED:
            found += [(ends[0] + a, ends[1] + b, size) for a, b, size in _blocks(*between)]
        found.append((old, new, length))
        ends = [old + length, new + length]
    return found


def _alike(pieces, before, after, autojunk):
    """The same pieces in the same order; what follows their words may differ, and is left out."""
    old, new = ([found[0] for found in pieces.finditer(text)] for text in (before, after))
    keys = [[found[1] for found in pieces.finditer(text)] for text in (before, after)]
    matcher, starts = SequenceMatcher(None, *keys, autojunk=autojunk), (_starts(old), _starts(new))
    found = []
    for a, b, size in matcher.get_matching_blocks():
        old_at, new_at, length = starts[0][a], starts[1][b], 0
        for one, two in zip(old[a : a + size], new[b : b + size], strict=True):
            if one == two:
                length += len(one)
                continue
            found.append((old_at, new_at, length + _common(one, two)))
            old_at, new_at, length = old_at + length + len(one), new_at + length + len(two), 0
        found.append((old_at, new_at, length))
    return found


# A piece: words, and what follows them. Pieces make the text.
_WORDS = re.compile(r"(\w+)\W*|^()\W+")
_LINES = re.compile(r"([^\n]+)\n*|^()\n+")


def _starts(pieces):
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts
