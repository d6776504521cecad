"""Signs around a word: whether it is a person's name, or a city that stands for a government."""

from .listed import listed, table
from .offices import END, title_words


def about(phrase):
    """What is known of a phrase that may also mean something else; None for most."""
    return table("countries")["ambiguous"].get(phrase)


# A person's name


def is_a_persons_name(words, first, last, rule, gazetteer):
    """Whether a country's name is a person's here: "Michael Jordan", "Chad Wolf", "Mr. Ireland"."""
    if rule.get("surname"):
        if _is_surname(words, first):
            return True
        if _is_borne(words, words.keys[first]):
            return not (_is_placed(words, first) or _is_behind_a_city(words, first, gazetteer))
    if not rule.get("given"):
        return False
    if _is_given_name(words, first, last, gazetteer):
        return True
    return _is_a_given_name_elsewhere(words, first, gazetteer) and not _is_placed(words, first)


def is_a_language(words, i):
    """Whether an adjective is a language here: "does not speak Spanish", "said in Polish"."""
    if words.keys[i] not in listed("language"):
        return False
    before, after = words.key(i - 1), words.key(i + 1)
    if after == "language" or before in listed("before a language"):
        return True
    is_last = words.gap(i + 1) != " " or after in listed("behind a language")
    return before in ("in", "into") and words.gap(i) == " " and is_last


def _is_surname(words, i):
    before = i - 1
    if len(words.key(before)) == 1 and words.is_joined(i):
        before -= 1
    if before < 0 or not words.is_joined(before + 1) or not words.is_title_case(before):
        return False
    key = words.key(before)
    if (about(key) or {}).get("given") and words.gap(i) == " ":
        return True  # "Chad Ireland": a comma would part two countries
    return key in listed("given name") or (key in listed("form of address") and key != "general")


def _is_borne(words, key):
    """Whether somebody in the text bears this surname."""
    kept = words.__dict__.setdefault("borne", {})
    if key not in kept:
        kept[key] = any(_is_surname(words, i) for i, word in enumerate(words.keys) if word == key)
    return kept[key]


def _is_placed(words, i):
    """Whether a word stands behind one that tells of a place: "in Chad"."""
    return words.key(i - 1) in _PLACING and words.gap(i) == " "


def _is_a_given_name_elsewhere(words, i, gazetteer):
    """Whether somebody in the text is called so: "Chad Wolf left. Chad was tired." """
    kept = words.__dict__.setdefault("given", {})
    key = words.keys[i]
    if key not in kept:
        places = [k for k, word in enumerate(words.keys) if word == key]
        kept[key] = any(_is_given_name(words, k, k, gazetteer) for k in places)
    return kept[key]


def _is_behind_a_city(words, i, gazetteer):
    """Whether a place that is known stands before a comma: "Amman, Jordan"."""
    return words.gap(i) == ", " and words.key(i - 1) in gazetteer.phrases


def _is_given_name(words, first, last, gazetteer):
    after = last + 1
    if words.gap(after) != " " or not words.is_title_case(after) or words.is_possessive(last):
        return False
    key, raw = words.key(after), words.raw[after]
    if raw.isupper() or len(key) < 3 or key in _AFTER_A_COUNTRY:
        return False
    if key in gazetteer.phrases and not (about(key) or {}).get("surname"):
        return False
    if _is_placed(words, first):
        return False
    return not _is_title_cased_line(words, first)


def _is_title_cased_line(words, i):
    """Whether most longer words of the line are capitalised, as in a headline."""
    longer = [word for word in words.line(i).split() if len(word) > 3]
    capital = sum(word[0].isupper() for word in longer)
    return len(longer) > 3 and capital * 4 > len(longer) * 3


_PLACING = listed("before a place")
_AFTER_A_COUNTRY = listed("behind a country, and no surname")


# A city that stands for a government


def stands_for_a_government(words, first, last, gazetteer, depth=0):
    before, after = words.key(first - 1), words.key(last + 1)
    gap_before, gap_after = words.gap(first), words.gap(last + 1)
    if words.is_possessive(last):
        offices = title_words(words, last + 1) or title_words(words, last + 2)
        return gap_after == " " and (after in _SIGNS["possessive"] or offices > 0)
    if _is_hyphened(words, first, last, gazetteer):
        return True
    if gap_after == " " and after in _SIGNS["next"]:
        return True
    if gap_before == " " and (before in _AT or _is_second_of_places(words, first)):
        return False
    if gap_before == " " and before in _SIGNS["before"]:
        return before != "with" or gap_after != ", " or not words.is_title_case(last + 1)
    if gap_after == " ":
        place = last + 1
        while words.key(place) in _SIGNS["adverbs"] and place < last + 3:
            place += 1
        if words.key(place) in _SIGNS["verbs"] and words.gap(place) == " ":
            return True
        end = _end_of_phrase(words, last + 2, gazetteer) if after in ("and", "or") else None
        if end is not None and depth < 2 and words.gap(last + 2) == " ":
            return stands_for_a_government(words, last + 2, end, gazetteer, depth + 1)
    if before in ("and", "or") and gap_before == " " and first > 2:
        return words.key(first - 3) == "between" or words.key(first - 4) == "between"
    return False


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
    for name in ("next", "possessive", "verbs", "before", "after_hyphen", "adverbs")
}
