"""States of the USA: towns in them that are called like a country or a capital, and Georgia."""

from .fold import fold
from .hints import about
from .listed import table


def is_in_a_us_state(words, last, sense):
    """Whether a state of the USA follows behind a comma: "Moscow, Idaho", "Lebanon, Pa."."""
    if words.gap(last + 1) != ", " or sense.country.slug == "united-states":
        return False
    end, key = us_state_at(words, last + 1), words.key(last + 1)
    if end is None or key == "washington":
        return False
    return key != "georgia" or _hints(words, about("georgia")) < 0


def is_the_us_state(words, first, last, rule, gazetteer):
    if words.keys[first] != "georgia":
        return words.key(first - 2) == "state" and words.key(first - 1) == "of"
    if words.key(first - 1) == "of" and words.key(first - 2) == "state":
        return True
    before, gap = words.key(first - 1), words.gap(first)
    if gap == ", " and before in table("countries")["georgian_cities"]:
        return False
    if _neighbour_is_us_state(words, first, last):
        return True
    if gap == ", " and words.is_title_case(first - 1) and before not in gazetteer.phrases:
        return not words.present.intersection(rule["for"]) or _hints(words, rule) < 0
    return _hints(words, rule) < 0


def _hints(words, rule):
    """How many words of the text speak for the country, less those that speak against it."""
    present = words.present
    against = _WHOLE_STATES.union(rule["against"])
    return len(present.intersection(rule["for"])) - len(present & against)


def _neighbour_is_us_state(words, first, last):
    before = first - 1
    if words.key(before) in ("and", "or"):
        before -= 1
    if words.key(before) in _STATE_ENDS and words.gap(first) in (", ", " "):
        return words.key(before) not in ("georgia", "washington") and words.is_capital(before)
    after = last + 1
    if words.key(after) in ("and", "or", "to"):
        after += 1
    if words.gap(last + 1) not in (", ", " ") or words.key(after) in ("georgia", "washington"):
        return False
    return after > last and us_state_at(words, after) is not None and after < len(words)


def us_state_at(words, i):
    """The last word of the name of a state of the USA that begins at a word; None if none does."""
    if not words.is_title_case(i):
        return None
    for length in (2, 1):
        name = " ".join(words.keys[i : i + length])
        if name not in _STATES or i + length > len(words):
            continue
        end = words.starts[i + length - 1] + len(words.raw[i + length - 1])
        if _STATES[name] or words.text[end : end + 1] == ".":
            return i + length - 1
    return None


def _states():
    return {fold(name): len(name) > 5 or name in ("Iowa", "Ohio", "Utah", "Idaho", "Maine", "Texas")
            for name in table("countries")["us_states"]}  # fmt: skip


_STATES = _states()
# States that speak against the country of Georgia.
_WHOLE_STATES = {name for name, is_whole in _STATES.items() if is_whole} - {"georgia", "washington"}
_STATE_ENDS = {name.split()[-1] for name, is_whole in _STATES.items() if is_whole}
