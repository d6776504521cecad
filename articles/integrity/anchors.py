"""Mentions follow their words when the text around these is edited.

Before a change ends, those of its articles are looked at in which words are no longer where they
were (`body[start:end] == text`): a mention moves with its words, or it is flagged as lost. What
came past `change()` is named by `verify_archive`.
"""

from difflib import SequenceMatcher
from itertools import pairwise

from django.db import DEFAULT_DB_ALIAS

from articles.models import Article, Mention, Version

from .engines import engine

AWAY = 'substr(a.body, m.start + 1, m."end" - m.start) <> m.text'
MOST_COMPARED = 4_000  # words; of longer texts whole paragraphs are compared

# CROSS JOIN has SQLite begin with the few articles of a change.
_CHANGED = """
SELECT DISTINCT r.object_id, r.id, r.number
FROM articles_record r CROSS JOIN articles_mention m
WHERE r.kind = 'article' AND r.change_id = {} AND r.number > 1 AND m.article_id = r.object_id"""


def follow(using=DEFAULT_DB_ALIAS):
    """Move the mentions of those articles whose body the change at work altered, or flag them."""
    dialect, connection = engine(using)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED.format(dialect.CHANGE))
        changed = cursor.fetchall()
    for article, record, number in changed:
        before = Version.objects.using(using).get(record=record, number=number - 1).state["body"]
        after = Article.objects.using(using).values_list("body", flat=True).get(pk=article)
        if before != after:
            _follow(Mention.objects.using(using).filter(article=article), before, after)


def _follow(mentions, before, after):
    kept, lost, moves = standing(before, after), [], []
    for mention in mentions.order_by("pk"):
        start, end = mention.start, mention.end
        if mention.is_lost:
            lost += [mention] if after[start:end] == mention.text else []
        else:
            moves.append((mention.pk, start, end, moved(kept, start, end)))
    mentions.filter(pk__in=[pk for pk, *_, place in moves if place is None]).update(is_lost=True)
    for pk, start, end, place in _in_turn(moves):
        mentions.filter(pk=pk).update(start=place, end=place + end - start)
    for mention in lost:
        _find_again(mention)


def _in_turn(moves):
    """None takes a place that another is about to leave."""
    left = [move for move in moves if move[3] is not None and move[3] < move[1]]
    right = [move for move in moves if move[3] is not None and move[3] > move[1]]
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


def moved(standing, start, end):
    """Where words are by now, or None."""
    for old, new, length in standing:
        if old <= start and end <= old + length:
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
