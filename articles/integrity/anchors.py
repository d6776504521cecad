"""Mentions follow their words when the text around these is edited.

Before a change ends, those of its articles are looked at of which it altered the body: a mention
moves with its words, or it is flagged as lost. What the change itself says of words, as an old
version of a mention brought back, must be so as well, or it is flagged. So `body[start:end]` is the
mention's text, or the mention is lost. What came past `change()` is named by `verify_archive`.
"""

from bisect import bisect_right
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from django.db import DEFAULT_DB_ALIAS

from articles.models import Article, Mention, Version

from .engines import engine

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
            lost += [mention] if after[start:end] == mention.text else []
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
        self.blocks = standing(before, after)
        self.olds = [old for old, *_ in self.blocks]

    def moved(self, start, end):
        """Where words are by now, or None."""
        at = bisect_right(self.olds, start) - 1
        if at >= 0:
            old, new, length = self.blocks[at]
            if end <= old + length:
                return new + start - old
        return None


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
    old, new = _words(before), _words(after)
    is_short = len(old) + len(new) <= MOST_COMPARED
    if not is_short:
        old, new = _paragraphs(before), _paragraphs(after)
    matcher = SequenceMatcher(None, old, new, autojunk=not is_short)
    starts = [_starts(pieces) for pieces in (old, new)]
    return [
        (starts[0][a], starts[1][b], starts[0][a + size] - starts[0][a])
        for a, b, size in matcher.get_matching_blocks()
        if size
    ]


def _words(text):
    """The words with what follows each, so that they make the text."""
    ends = [place for place, (one, two) in enumerate(pairwise(text), 1) if one == " " != two]
    return _cut(text, ends)


def _paragraphs(text):
    ends = [place for place, (one, two) in enumerate(pairwise(text), 1) if one == "\n" != two]
    return _cut(text, ends)


def _cut(text, ends):
    return [text[a:b] for a, b in pairwise([0, *ends, len(text)])]


def _starts(pieces):
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts
