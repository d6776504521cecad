"""Offices as texts write them: before a name ("Prime Minister Netanyahu"), and alone beside a
country ("the Azerbaijani foreign minister", "the president of France")."""

from dataclasses import dataclass
from functools import lru_cache

from .fold import fold
from .handles import PARTICLES as PLACED
from .listed import listed, table

END = None  # of a name in a tree of words: no word is like it
__all__ = ["END", "PLACED", "Office", "Title", "offices_in", "title_before", "title_words"]

_PAST = {"former", "ex", "late", "then", "outgoing", "past", "onetime", "erstwhile", "ousted"}
_OTHER = {"deputy", "vice", "assistant", "under", "next", "future", "first", "previous", "last"}
_OTHER |= {"designate", "elect", "shadow", "associate", "permanent", "co"}
_BEFORE_OFFICE = listed("before an office")


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a country, by slug, and what it is called."""

    country: str
    text: str


@dataclass(frozen=True)
class _Kind:
    roles: frozenset
    labels: tuple
    excluded: tuple
    is_any: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A title before a name, from word number `first` on."""

    text: str
    word: str
    first: int
    kind: object  # None of a form of address
    is_past: bool = False

    @property
    def is_form_of_address(self):
        return self.kind is None

    def fits(self, term):
        """Whether the holder of a term is called so."""
        kind, label = self.kind, _label(term.post)
        if kind is None:
            return False
        if kind.is_any:
            return True
        if any(word in label for word in kind.excluded):
            return False
        return term.role in kind.roles or any(word in label for word in kind.labels)

    def holds(self, term):
        """Whether the title, of a country, means the very office of a term."""
        kind, label = self.kind, _label(term.post)
        if any(word in label for word in kind.excluded):
            return False
        if term.role in kind.roles:
            return self._is_its_name(term.role, label)
        return self.word in label

    def _is_its_name(self, role, label):
        """A king is no president, though both are heads of state."""
        if role == "foreign-minister":
            return True
        if role == "head-of-government":
            return self.word != "president" or "president" in label
        return not _NAMED.intersection(label.split()) or self.word in label


_ALSO_ADJECTIVES = {"united-states", "united-kingdom"}  # "the US secretary of state"
_SHORT = {"mr", "mrs", "ms", "dr", "sen", "gov", "gen", "pres", "st"}  # with a full stop
_NAMED = {"king", "queen", "emperor", "emir", "amir", "sultan", "pope", "shah", "president"}
_NAMED |= {"prince", "chairman", "leader", "monarch", "duke", "secretary"}


@dataclass(frozen=True, slots=True)
class Standing:
    """An office that stands alone in a text beside a country."""

    first: int
    last: int
    title: Title
    text: str
    country: str  # slug


def is_high(term):
    """Whether a term is of an office by which its holder is known: not that of an envoy."""
    return term.role != "other" or not _ENVOYS.intersection(_label(term.post).split())


_ENVOYS = {"ambassador", "envoy", "consul", "charge", "adviser", "advisor"}


@lru_cache(maxsize=4096)
def _label(post):
    return fold(post)


@lru_cache(maxsize=1)
def _kinds():
    read = table("titles")
    kinds = {}
    for title, said in read.items():
        named = said.get("as")
        said = read[named] if named else said
        kinds[title] = (
            named or title,
            _Kind(
                frozenset(said.get("roles", ())),
                tuple(said.get("labels", ())),
                tuple(said.get("not", ())),
                said.get("any", False),
            ),
        )
    return kinds


@lru_cache(maxsize=1)
def _backwards():
    tree = {}
    for title in _kinds():
        node = tree
        for word in reversed(title.split()):
            node = node.setdefault(word, {})
        node[END] = title
    return tree


@lru_cache(maxsize=1)
def _forwards():
    tree = {}
    for title in _kinds():
        node = tree
        for word in title.split():
            node = node.setdefault(word, {})
        node[END] = title
    return tree


def title_before(words, i):
    """The Title that ends right before a word; None if there is none."""
    gap, key = words.gap(i), words.key(i - 1)
    if gap not in (" ", ". ", "\u00a0", "-", "\n") or (gap == ". " and key not in _SHORT):
        return None
    if key not in _backwards():
        if key in listed("form of address"):
            return Title(words.raw[i - 1], key, i - 1, None)
        return None
    if words.is_possessive(i - 1):
        return None
    node, k, first, title = _backwards(), i - 1, None, None
    while k >= 0 and words.keys[k] in node:
        node = node[words.keys[k]]
        if END in node:
            first, title = k, node[END]
        if k == 0 or not words.is_joined(k):
            break
        k -= 1
    if title is None:
        return None
    word, kind = _kinds()[title]
    before = words.key(first - 1) if words.gap(first) in (" ", "-") else ""
    if _is_of_a_deputy(before, title):
        return None
    if title in ("secretary", "minister") and before in ("press", "defence", "defense", "general"):
        return None
    text = words.text[words.starts[first] : words.end(i - 1)]
    return Title(text, word, first, kind, before in _PAST)


def _is_of_a_deputy(before, title):
    if before == "under":
        return title.startswith("secretary")
    return before in ("deputy", "assistant", "vice")


def title_words(words, i):
    """The number of words of the title that begins at a word; 0 where none does."""
    last, title = _longest(words, _forwards(), i)
    return last - i + 1 if title else 0


def first_words_of_titles():
    return _forwards().keys()


def offices_in(words, hits, starts_at, ends_at):
    """Each Standing of a text: "Iran's foreign minister", "the president of France". `hits` are
    the numbers of the words that may begin one."""
    tree = _forwards()
    after = -1
    for i in hits:
        if i <= after or words.keys[i] not in tree:
            continue
        last, title = _longest(words, tree, i)
        if title is None or words.key(last + 1) == "elect":
            continue
        word, kind = _kinds()[title]
        if kind.is_any or word in ("minister", "secretary", "sheikh", "ambassador", "ayatollah"):
            continue
        found = _standing(words, i, last, Title(title, word, i, kind), starts_at, ends_at)
        if found:
            after = last
            yield found


def _longest(words, tree, i):
    node, k, last, title = tree, i, i, None
    while k < len(words) and words.keys[k] in node and (k == i or words.is_joined(k)):
        node = node[words.keys[k]]
        if END in node:
            last, title = k, node[END]
        k += 1
    return last, title


def _is_of_the_past(words, first):
    """ "Mubarak was the president of Egypt" """
    before = first - 1
    if words.key(before) in ("the", "a", "an"):
        before -= 1
    return words.key(before) in listed("before an office that was held or is sought")


def _is_of_another_time(words, first):
    """ "the former United States secretary of state", "the next Czech president" """
    return words.key(first - 1) in _PAST | _OTHER and words.gap(first) in (" ", "-")


def _standing(words, first, last, title, starts_at, ends_at):
    begin = first
    if _is_of_the_past(words, first):
        return None
    if words.key(last + 1) == "of" and words.gap(last + 1) == " ":
        at = last + 3 if words.key(last + 2) == "the" else last + 2
        place = starts_at.get(at)
        if place and place.kind == "name" and not words.is_possessive(last):
            if _is_of_another_time(words, first):
                return None
            return Standing(first, place.last, title, title.text, place.country.slug)
    while words.key(begin - 1) in _BEFORE_OFFICE and words.gap(begin) == " ":
        begin -= 1
    if words.key(begin - 1) in _PAST | _OTHER or "then" in words.keys[begin:first]:
        return None
    place = ends_at.get(begin - 1)
    if place is None or not words.follows(begin):
        return None
    if _is_of_the_past(words, place.first) or _is_of_another_time(words, place.first):
        return None
    is_adjective = place.kind == "adjective" or place.country.slug in _ALSO_ADJECTIVES
    if not is_adjective and not words.is_possessive(place.last):
        return None
    return Standing(place.first, last, title, title.text, place.country.slug)
