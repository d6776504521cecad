"""Signs around a city: whether it stands for the government that sits there."""

from .listed import listed
from .offices import END, title_words


def stands_for_a_government(words, first, last, gazetteer):
    """Whether a city, from word number `first` to `last`, is named for its government here."""
    standing = words.__dict__.setdefault("seats", set())  # the last words of those that do
    if stands := _is_one_of_several(words, first, standing) or _stands(
        words, first, last, gazetteer
    ):
        standing.add(last)
    return stands


def _is_one_of_several(words, first, standing):
    """ "relations with London, Paris and Bonn": like the one before it"""
    gap, before = words.gap(first), words.key(first - 1)
    if gap == ", ":
        return first - 1 in standing and not words.is_possessive(first - 1)
    if before not in ("and", "or") or gap != " " or words.gap(first - 1) not in (" ", ", "):
        return False
    return first - 2 in standing and not words.is_possessive(first - 2)


def _stands(words, first, last, gazetteer, depth=0):
    after = words.key(last + 1)
    if words.is_possessive(last):
        offices = title_words(words, last + 1) or title_words(words, last + 2)
        is_had = after in _SIGNS["possessive"] or offices > 0
        return words.gap(last + 1) == " " and is_had
    if _is_hyphened(words, first, last, gazetteer):
        return True
    if words.gap(last + 1) == " " and after in _SIGNS["next"]:
        return True
    told = _told_before(words, first, last)
    return _told_after(words, first, last, gazetteer, depth) if told is None else told


def _told_before(words, first, last):
    """What the words before a city tell; None where they tell nothing."""
    before = words.key(first - 1)
    if words.gap(first) != " ":
        return None
    if before in _GIVEN and words.key(first - 2) in _GIVEN[before]:
        return words.gap(first - 1) == " "
    if before in _AT or _is_second_of_places(words, first):
        return False
    if before in _SIGNS["before"]:
        return before != "with" or words.gap(last + 1) != ", " or not words.is_title_case(last + 1)
    return None


def _told_after(words, first, last, gazetteer, depth):
    """Whether a verb follows that only a government does, or another city of which one does."""
    if words.gap(last + 1) == " ":
        verb = last + 1
        while words.key(verb) in _SIGNS["adverbs"] and verb < last + 3:
            verb += 1
        if words.key(verb) in _SIGNS["verbs"] and words.gap(verb) == " ":
            return not _is_described(words, verb)
    other = _next_city(words, last)
    end = other and depth < _MOST_CITIES and _end_of_phrase(words, other, gazetteer)
    if end:
        return _stands(words, other, end, gazetteer, depth + 1)
    if words.key(first - 1) in ("and", "or") and words.gap(first) == " " and first > 2:
        return words.key(first - 3) == "between" or words.key(first - 4) == "between"
    return False


def _next_city(words, last):
    """Where the next city of a list may begin: "Moscow and Beijing", "Moscow, Beijing"."""
    if words.gap(last + 1) == " " and words.key(last + 1) in ("and", "or"):
        return last + 2 if words.gap(last + 2) == " " else None
    return last + 1 if words.gap(last + 1) == ", " else None


def _is_described(words, verb):
    """Whether the city is the place itself: "Cairo is a great city", "Kyiv was shelled"."""
    if words.keys[verb] not in _BEING:
        return False
    near = {words.key(i) for i in range(verb + 1, verb + 5) if words.gap(i) == " "}
    is_done_to = words.keys[verb] in _DONE_TO and near & _SIGNS["done to a place"]
    return bool(is_done_to or near & _SIGNS["a place"])


_MOST_CITIES = 3  # behind a city, of one list
_DONE_TO = {"is", "was", "are", "were"}
_BEING = {*_DONE_TO, "has", "had", "have", "remains", "remained"}
_AT = listed("before a city as a place")


def _is_second_of_places(words, first):
    """ "in Ljubljana and Skopje" """
    return words.key(first - 1) in ("and", "or") and words.key(first - 3) in _AT


def _is_hyphened(words, first, last, gazetteer):
    """ "Moscow-backed", "pro-Moscow", "the Moscow-Beijing axis" """
    after, before = words.key(last + 1), words.key(first - 1)
    if words.gap(last + 1) in _HYPHENS and after:
        return after in _SIGNS["after_hyphen"] or _is_a_place(words, last + 1, gazetteer)
    if words.gap(first) in _HYPHENS and before:
        return before in ("pro", "anti") or _is_a_place(words, first - 1, gazetteer)
    return False


def _is_a_place(words, i, gazetteer):
    return words.is_title_case(i) and words.key(i) in gazetteer.phrases


def _end_of_phrase(words, i, gazetteer):
    node, last, k = gazetteer.phrases.get(words.key(i)), None, i
    if not words.is_title_case(i):
        return None
    while node is not None:
        if END in node:
            last = k
        k += 1
        node = node.get(words.key(k)) if k < len(words) and words.is_joined(k) else None
    return last


_HYPHENS = ("-", "‐", "‑", "–")
_SIGNS = {
    name: listed(f"government: {name}")
    for name in (
        *("next", "possessive", "verbs", "before", "after_hyphen", "adverbs"),
        *("a place", "done to a place"),
    )
}
# {what stands before a city: the words before that, by which it is a government's}
_GIVEN = {word: listed(f"government: before {word}") for word in ("to", "of", "from", "for", "on")}
_GIVEN["with"] = listed("government: before with")
