"""The countries that a text names, and the reason of each.

The longest words win ("Guinea-Bissau" before "Guinea"); words that only look like a country ("New
Mexico", "South China Sea") are known too, and win likewise. A capital counts where it stands for a
government, not where something happens in it.
"""

from dataclasses import dataclass
from datetime import date

from .gazetteer import END, Sense
from .hints import about, is_a_language, is_a_persons_name, is_somebodys_surname
from .listed import listed, table
from .seats import stands_for_a_government
from .us_states import is_in_a_us_state, is_the_us_state


@dataclass(frozen=True, slots=True)
class Place:
    """The words from number `first` to number `last` of a text, and what they name."""

    first: int
    last: int
    kind: str
    country: object
    why: str


@dataclass(frozen=True, slots=True)
class _Open:
    """Words that name one of several countries: which one, the others in the text tell."""

    first: int
    last: int
    senses: tuple
    rule: dict


def find(words, hits, gazetteer, span):
    """([Place], {number of a word: where the words that only look like a country end})"""
    places, blocked, is_open = [], {}, False
    for first, last, phrase in _phrases(words, hits, gazetteer.phrases):
        found = _read(words, first, last, phrase, gazetteer, span)
        if phrase.senses[0].country is None:
            blocked[first] = last
        elif found:
            places.append(found)
            is_open |= isinstance(found, _Open)
    if is_open:
        named = {place.country.slug for place in places if isinstance(place, Place)}
        settled = (_settle(p, named, words, span) if isinstance(p, _Open) else p for p in places)
        places = [place for place in settled if place]
    return places, blocked


def _phrases(words, hits, tree):
    """(first word, last word, Phrase) of the longest phrases, none within another."""
    keys, after = words.keys, -1
    for i in hits:
        if i <= after or keys[i] not in tree:
            continue
        node, last, phrase, k = tree[keys[i]], None, None, i
        while node is not None:
            if END in node and _is_written_so(words, i, k, node[END]):
                last, phrase = k, node[END]
            k += 1
            if k >= len(keys):
                break
            node = node.get(keys[k])
            if node is not None and not (words.is_joined(k) or _is_comma_dc(words, k)):
                break
        if phrase:
            after = last
            yield i, last, phrase


def _is_comma_dc(words, k):
    return words.keys[k] in ("d", "dc") and words.gap(k) == ", "


def _is_written_so(words, first, last, phrase):
    """Whether the words begin with a capital, those of an abbreviation being capitals."""
    if phrase.senses[0].country is None:
        return any(words.is_capital(i) for i in range(first, last + 1))
    if not words.is_capital(first):
        return words.raw[first] == "eSwatini"
    if phrase.is_capitals:
        written = words.text[words.starts[first] : words.end(last)]
        if any(letter.islower() for letter in written):
            return False
        return len(written) > 2 or not _in_capitals_throughout(words, first)
    return True


def _is_a_currency(words, last):
    """ "US$300" """
    return words.text[words.end(last) : words.end(last) + 1] in ("$", "£", "€", "¥")


def _in_capitals_throughout(words, i):
    """Whether the whole line is in capitals, where "US" may be a pronoun."""
    line = words.line(i)
    return line.isupper() and len(line.split()) > 2


def _read(words, first, last, phrase, gazetteer, span):
    """The Place that a phrase is here; an _Open one; None where it names no country."""
    if phrase.senses[0].country is None:
        return None
    rule = about(" ".join(words.keys[first : last + 1]))
    senses = phrase.senses
    if _is_a_currency(words, last):
        return None
    if rule and is_a_persons_name(words, first, last, rule, gazetteer):
        return None
    if rule and not _fits(words, first, last, rule):
        return None
    if senses[0].kind in ("name", "capital") and _is_elsewhere(words, last, senses[0]):
        return None
    if rule and rule.get("states") and is_the_us_state(words, first, last, rule, gazetteer):
        return None
    if rule and "choose" in rule:
        return _Open(first, last, senses, rule)
    sense = _on_that_day(senses, rule, span, gazetteer, words)
    if sense is None or (sense.kind == "adjective" and is_a_language(words, first)):
        return None
    is_capital = sense.kind == "capital"
    if is_capital and not _stands_for_its_country(words, first, last, sense, gazetteer):
        return None
    return Place(first, last, sense.kind, sense.country, _why(sense, words, first, last))


def _stands_for_its_country(words, first, last, sense, gazetteer):
    """Seats of government always do, and "Mexico City" and "Washington, D.C."; others here only."""
    if sense.is_seat or (last > first and words.keys[last] in _PLAINLY):
        return True
    if first == last and is_somebodys_surname(words, first, gazetteer):
        return False
    return stands_for_a_government(words, first, last, gazetteer)


def _fits(words, first, last, rule):
    after = words.key(last + 1) if words.gap(last + 1) in (" ", "-") else ""
    before = words.key(first - 1) if words.gap(first) in (" ", "-") else ""
    if "after" in rule and before not in rule["after"]:
        return False
    if after in rule.get("not_before", ()) or before in rule.get("not_after", ()):
        return False
    if "needs" in rule and not words.present.intersection(rule["needs"]):
        return False
    if rule.get("accented") and words.raw[first].isascii():
        return False
    if rule.get("one"):  # "a Finn", but neither "Finn said" nor "Huckleberry Finn"
        return before in _ARTICLES and not words.is_title_case(last + 1)
    return True


_ARTICLES = listed("before one of a people")


def _covers(country, span):
    """Whether a country was there on every day of a Span."""
    if span.earliest is None or span.latest is None:
        return False
    begun = country.valid_from is None or country.valid_from <= span.earliest
    return begun and (country.valid_until is None or span.latest <= country.valid_until)


def _on_that_day(senses, rule, span, gazetteer, words):
    """What the words meant on the day of the text; None where that is not to be told."""
    if rule and "before" in rule:
        day, slug = rule["before"]
        if span.latest and span.latest < date.fromisoformat(day) and slug in gazetteer.countries:
            return Sense("name", gazetteer.countries[slug], senses[0].words)
    if len(senses) > 1:
        former = [s for s in senses if s.country.valid_until and _covers(s.country, span)]
        today = [s for s in senses if not s.country.valid_until]
        named = [s for s in senses if rule and s.country.slug == rule.get("otherwise")]
        chosen = former or today or named
        if len(chosen) != 1:
            return None
        return chosen[0]
    sense = senses[0]
    later = table("countries")["then_part_of"].get(sense.country.slug)
    whole = gazetteer.countries.get(later)
    if whole and whole.valid_until and _covers(whole, span) and not _stands_apart(span, words):
        return Sense(sense.kind, whole, sense.words)
    return sense


def _stands_apart(span, words):
    """Whether Russia is named beside the Soviet Union, as in its last years."""
    return span.earliest >= date(1990, 6, 12) and "soviet" in words.present


def _settle(place, named, words, span):
    """A Place of an _Open one, by the countries named beside it; None if unsettled."""
    by_slug = {sense.country.slug: sense for sense in place.senses}
    is_in_a_list = words.gap(place.first) == words.gap(place.last + 1) == ", "
    slug = _CHOICES[place.rule["choose"]](named & by_slug.keys(), words, span, is_in_a_list)
    if slug not in by_slug:
        return None
    sense = by_slug[slug]
    why = _why(sense, words, place.first, place.last)
    return Place(place.first, place.last, sense.kind, sense.country, why)


def _which_korea(named, words, span, is_in_a_list):
    if len(named) == 1:
        return next(iter(named))
    seats = {"seoul": "south-korea", "pyongyang": "north-korea"}
    told = {slug for city, slug in seats.items() if city in words.present}
    if len(told) == 1:
        return next(iter(told))
    if named or told or (span.latest and span.latest < date(1948, 8, 15)):
        return None
    return "south-korea"


def _which_congo(named, words, span, is_in_a_list):
    if len(named) == 1:
        return next(iter(named))
    if named:
        return None
    if is_in_a_list and words.present & {"un", "assembly", "nations"}:
        return "republic-of-the-congo"  # its name in the lists of the United Nations
    if "brazzaville" in words.present and "kinshasa" not in words.present:
        return "republic-of-the-congo"
    dated = span.earliest and span.latest
    if dated and date(1971, 10, 27) <= span.earliest and span.latest <= date(1997, 5, 16):
        return "republic-of-the-congo"  # the other was called Zaire
    return "democratic-republic-of-the-congo"


def _which_dominica(named, words, span, is_in_a_list):
    return next(iter(named)) if len(named) == 1 else None if named else "dominican-republic"


_CHOICES = {"korea": _which_korea, "congo": _which_congo, "dominican": _which_dominica}


def _is_elsewhere(words, last, sense):
    return is_in_a_us_state(words, last, sense) or _is_a_road(words, last)


def _is_a_road(words, last):
    after = last + 1
    return (
        words.gap(after) == " "
        and words.is_title_case(after)
        and words.keys[after] in listed("a road")
        and not words.is_possessive(last)
    )


def of_titles(words, namings, found, gazetteer):
    """Places that titles name: "President Biden" tells of the United States where he held the
    office on that day."""
    taken = {i for place in found for i in range(place.first, place.last + 1)}
    starts_at = {place.first: place for place in found}
    ends_at = {place.last: place for place in found}
    places = []
    for naming in namings:
        country = gazetteer.countries.get(naming.title.country) if naming.title else None
        if country is None or country.slug not in table("countries")["told_by_title"]:
            continue
        if _is_beside(naming, country, starts_at, ends_at, words):
            continue
        if not taken.intersection(range(naming.title_first, naming.last + 1)):
            why = f"{naming.person.name} held an office of {country.in_a_sentence} on that day"
            places.append(Place(naming.title_first, naming.last, "office", country, why))
    return places


def _is_beside(naming, country, starts_at, ends_at, words):
    """Whether the country is named right before the title or after the name."""
    after = naming.last + 1
    beside = [ends_at.get(naming.title_first - 1)]
    if words.key(after) == "of":
        beside += [starts_at.get(after + 1), starts_at.get(after + 2)]
    return any(place is not None and place.country is country for place in beside)


def _why(sense, words, first, last):
    name = sense.country.in_a_sentence
    start, end = words.span(first, last)
    told = " ".join(words.text[start:end].split())
    if sense.kind == "capital":
        return _why_of_a_seat(sense, words, last, told, name)
    if sense.words in table("countries")["parts"].get(sense.country.slug, ()):
        return f"{told} is filed under {name}"
    return {
        "name": f"a name of {name}",
        "adjective": f"the adjective of {name}",
        "demonym": f"the people of {name}",
    }[sense.kind]


def _why_of_a_seat(sense, words, last, told, name):
    if sense.country.is_union:
        return f"{told} stands for {name} here"
    if words.keys[last] in _PLAINLY and not sense.is_seat:
        return f"{told} is the capital of {name}"
    return f"{told} stands for a government here: that of {name}"


_PLAINLY = ("city", "c", "dc")  # the last word of "Mexico City", "Washington, D.C."
