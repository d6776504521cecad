"""Signs around the name of a country or city: whether it is a person's name or a language."""

from .listed import listed, table
from .offices import title_before


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


def is_somebodys_surname(words, i, gazetteer):
    """Whether the name of a city is a surname here: "Sudesh Amman was shot. Amman had run." """
    if _is_named_before(words, i, gazetteer):
        return True
    kept = words.__dict__.setdefault("surnames", {})
    key = words.keys[i]
    if key not in kept:
        places = [k for k, word in enumerate(words.keys) if word == key]
        is_a_city = any(_is_placed(words, k) for k in places)
        kept[key] = not is_a_city and any(_is_named_before(words, k, gazetteer) for k in places)
    return kept[key]


def _is_named_before(words, i, gazetteer):
    """Whether a word that can only be a given name stands right before another."""
    before = i - 1
    if words.gap(i) != " " or not words.is_title_case(before) or words.is_possessive(before):
        return False
    key, raw = words.keys[before], words.raw[before]
    if key in listed("given name"):
        return True
    if len(key) < 3 or raw.isupper() or words.gap(before) != " " or key in gazetteer.phrases:
        return False
    if any(key in kind for kind in _NOT_GIVEN) or title_before(words, i):
        return False
    return not _is_title_cased_line(words, i)


def _is_title_cased_line(words, i):
    """Whether most longer words of the line are capitalised, as in a headline: one has no stop."""
    line = words.line(i)
    if line.rstrip().endswith("."):
        return False
    longer = [word for word in line.split() if len(word) > 3]
    capital = sum(word[0].isupper() for word in longer)
    return len(longer) > 3 and capital * 4 > len(longer) * 3


_PLACING = listed("before a place")
_NOT_GIVEN = [
    listed(name)
    for name in (
        "not a given name",
        "begins a sentence",
        "no name before a surname",
        "before a city as a place",
        "thing that bears a name",
    )
]
_AFTER_A_COUNTRY = listed("behind a country, and no surname")
