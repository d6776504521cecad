"""Two states of an article side by side, in the words of readers."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from articles import dates, differences
from articles.integrity import past
from articles.languages import direction, language_name
from articles.models import Article

_TEXTS = {  # compared word by word
    "headline": "Headline",
    "summary": "Summary",
    "byline": "By",
    "dateline": "Dateline",
    "credit": "Credit",
    "published_note": "How the date is known",
    "usage_terms": "Terms of use",
    "withdrawal_reason": "Reason of the withdrawal",
}
_FOREIGN = {"headline", "summary", "byline", "dateline"}  # in the article's own language
_VALUES = {  # the one in place of the other
    "published": ("Date", dates.in_words),
    "language": ("Language", language_name),
    "url": ("Original", str),
    "retrieved_at": ("Retrieved", lambda instant: dates.in_words(instant[:19] + "Z")),
    "status": ("Status", lambda status: str(Article.Status(status).label)),
    "slug": ("Address", lambda slug: f"/articles/{slug}/"),
}
_ONE = {"source": ("Source", "source")}  # and the kind of record that is named
_MANY = {
    "countries": ("Countries", "country"),
    "people": ("People", "person"),
    "topics": ("Topics", "topic"),
}


@dataclass(frozen=True)
class Field:
    label: str
    pieces: list  # (same, old or new; text)
    is_foreign: bool = False


@dataclass(frozen=True)
class Unchanged:
    """Paragraphs that are left out, since nothing about them differs."""

    paragraphs: int
    kind: str = "unchanged"


@dataclass(frozen=True)
class Comparison:
    fields: list
    story: list  # of differences.Paragraph and Unchanged; empty where the text is the same
    language: str
    is_received_anew: bool

    @property
    def direction(self):
        return direction(self.language)

    def __bool__(self):
        return bool(self.fields or self.story or self.is_received_anew)


def compare(pairs, before):
    """[Comparison] of (old state, new state); things are named as they were called before then."""
    pairs = list(pairs)
    names = _names([state for pair in pairs for state in pair], before)
    return [_compare(old, new, names) for old, new in pairs]


def _names(states, before):
    keys = defaultdict(set)
    for state in states:
        for name, (_, kind) in _ONE.items():
            keys[kind].add(state.get(name) or "")
        for name, (_, kind) in _MANY.items():
            keys[kind].update(state.get(name) or [])
    return past.names(keys, before)


def _compare(old, new, names):
    was, now = old.get("body") or "", new.get("body") or ""
    return Comparison(
        [*_texts(old, new), *_values(old, new), *_named(old, new, names)],
        _folded(differences.compare(was, now)) if was != now else [],
        new.get("language") or "en",
        (old.get("original") or "") != (new.get("original") or ""),
    )


def _texts(old, new):
    for name, label in _TEXTS.items():
        was, now = old.get(name) or "", new.get(name) or ""
        if was != now:
            yield Field(label, differences.words(was, now), name in _FOREIGN)


def _values(old, new):
    for name, (label, say) in _VALUES.items():
        was, now = old.get(name) or "", new.get(name) or ""
        if was != now:
            said = say(was) if was else "", say(now) if now else ""
            yield Field(label, _pieces(*(said if said[0] != said[1] else (was, now))))


def _named(old, new, names):
    for name, (label, kind) in _ONE.items():
        if old.get(name) != new.get(name):
            was, now = (names[kind].get(state.get(name), "") for state in (old, new))
            yield Field(label, _pieces(was, now))
    for name, (label, kind) in _MANY.items():
        was, now = set(old.get(name) or []), set(new.get(name) or [])
        if was != now:
            gone, come = (
                ", ".join(sorted(names[kind].get(key, key) for key in keys))
                for keys in (was - now, now - was)
            )
            yield Field(label, _pieces(gone, come))


def _pieces(was, now):
    between = [("same", " ")] if was and now else []
    return [*([("old", was)] if was else []), *between, *([("new", now)] if now else [])]


def _folded(paragraphs):
    """Long stretches without a difference become one line; a paragraph on either side stays."""
    shown, runs = [], [(k, list(run)) for k, run in groupby(paragraphs, lambda p: p.kind == "same")]
    for place, (is_same, run) in enumerate(runs):
        head = run[:1] if place > 0 else []
        tail = run[-1:] if place < len(runs) - 1 else []
        hidden = len(run) - len(head) - len(tail)
        shown += [*head, Unchanged(hidden), *tail] if is_same and hidden > 1 else run
    return shown
