"""The people that a text names, by name or by the office that they held on its day.

A whole name names its bearer; a surname does so behind a title that fits one person alone, or once
that person was named; an office of a country names its one certain holder. What several people of
the archive may be is never guessed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from .fold import folded_words
from .listed import listed, same_given_names, table
from .offices import END, PLACED, Office, is_high, offices_in, title_before, title_words


@dataclass(frozen=True, slots=True)
class Naming:
    """The words from number `first` to number `last` of a text, and whom they name."""

    first: int
    last: int
    kind: str  # name, office
    person: object
    why: str
    title: object = None  # the Office before the name
    title_first: int = -1


def find(words, hits, gazetteer, span, found, blocked, headline_end):
    """The Namings of a text, none over another. `found` are its Places, `blocked` {first word: last
    word} of what only looks like a country; before `headline_end` a surname may come first."""
    return _Reader(words, hits, gazetteer, span, found, blocked, headline_end).read()


def countries_of_offices(words, namings, found, gazetteer):
    """Places that titles name: "President Biden" tells of the United States where he held the
    office on that day."""
    from .places import Place

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
            why = f"{naming.person.name} held an office of {country.name} on that day"
            places.append(Place(naming.title_first, naming.last, "office", country, why))
    return places


def _is_beside(naming, country, starts_at, ends_at, words):
    """Whether the country is named right before the title or after the name."""
    after = naming.last + 1
    beside = [ends_at.get(naming.title_first - 1)]
    if words.key(after) == "of":
        beside += [starts_at.get(after + 1), starts_at.get(after + 2)]
    return any(place is not None and place.country is country for place in beside)


class _Reader:
    def __init__(self, words, hits, gazetteer, span, found, blocked, headline_end):
        self.words, self.hits, self.gazetteer, self.span = words, hits, gazetteer, span
        self.headline_end = headline_end
        self.ends_at = {place.last: place for place in found}
        self.starts_at = {place.first: place for place in found}
        self.countries = {place.country.slug for place in found}
        self.blocked = blocked
        self.named = {}  # slug -> Person named so far
        self.others = set()  # surnames that somebody else bears in this text
        self.waiting = []  # surnames without a title: (first, last, handles)
        self.namings = []
        self.done = -1  # the last word that was read
        self.name_end = -1  # the last word of the last whole name

    def read(self):
        if self.gazetteer.people:
            self._walk()
            self._read_offices()
            self._read_waiting()
        return sorted(self.namings, key=lambda naming: naming.first)

    # Names

    def _walk(self):
        whole, handles = self.gazetteer.full_names, self.gazetteer.handles
        for i in self.hits:
            if i <= self.done or not self._may_begin(i):
                continue
            last, people = self._longest(whole, i, may_skip=True)
            if people:
                naming = self._whole_name(i, last, people)
                if naming:
                    self._add(naming)
                    self.done = last
                    continue
            last, found = self._longest(handles, i)
            if found and not self._is_no_person(i, last):
                self.done = max(self.done, self._handle(i, last, found))

    def _may_begin(self, i):
        raw = self.words.raw[i]
        return not raw[0].islower() or raw.lower() in PLACED

    def _longest(self, tree, i, may_skip=False):
        """(last word, values) of the longest entry that begins at a word."""
        words = self.words
        node, last, values, k = tree.get(words.keys[i]), i, None, i
        is_capital = False
        while node is not None:
            is_capital |= words.is_capital(k)
            if END in node and is_capital:
                last, values = k, node[END]
            k += 1
            key = words.key(k)
            if may_skip and key not in node:
                k = self._skipped(k)
                key = words.key(k)
            node = node.get(key) if key and self._joins(k) else None
            if node is not None and not self._may_go_on(k):
                node = None
        return last, values

    def _may_go_on(self, k):
        """Whether a word is written as within a name: "Kim Jong-un", "Ursula von der Leyen"."""
        words = self.words
        return words.is_capital(k) or words.keys[k] in PLACED or words.gap(k) in _HYPHENS

    def _joins(self, k):
        gap = self.words.gap(k)
        return self.words.is_joined(k) or gap in ("” ", '" ', "’ ", "' ", ") ", ". ")

    def _skipped(self, k):
        """The word after an initial, or after a nickname in quotation marks."""
        words = self.words
        if len(words.key(k)) == 1 and words.is_joined(k) and words.is_capital(k):
            return k + 1
        if words.gap(k).strip() in ("“", '"', "‘", "'", "(", "„", "«"):
            for end in (k + 1, k + 2):
                if words.gap(end)[:1] in ("”", '"', "’", "'", ")", "»", "“"):
                    return end
        return k

    def _whole_name(self, i, last, people):
        people = list(dict.fromkeys(people))
        if self._is_no_person(i, last):
            return None
        i = self._before_nickname(i)
        if len(people) > 1:
            people = self._fitting(people, title_before(self.words, i), self._country(i, last))
        elif not self._is_of_the_time(people[0], last):
            return None
        if len(people) != 1:
            return None
        title = title_before(self.words, i)
        return self._naming(i, last, people[0], f"a name of {people[0].name}", title)

    def _is_of_the_time(self, person, last):
        """Whether a name of somebody's is his on that day, and not a namesake's or a son's."""
        is_junior = self.words.key(last + 1) == "jr" and self.words.key(last) != "jr"
        if is_junior and not any("Jr" in name.text for name in person.names):
            return any(term.is_possible_during(self.span) for term in person.terms)
        return _is_of_the_time(person, self.span)

    def _before_nickname(self, i):
        """The given name before a nickname: that of Benjamin “Benny” Gantz."""
        words = self.words
        is_quoted = words.gap(i) in (" “", ' "', " (", " ‘")
        return i - 1 if is_quoted and words.is_title_case(i - 1) else i

    def _naming(self, i, last, person, why, title=None):
        held = title and self._term(person, title)
        if held:
            return Naming(i, last, "name", person, why, Office(held.country, ""), title.first)
        return Naming(i, last, "name", person, why)

    def _term(self, person, title):
        """The term of a person by which a title names a country: held for certain on the day."""
        if title.is_past:
            return None
        for term in person.terms:
            if term.country and title.fits(term) and term.is_certain_during(self.span):
                return term
        return None

    def _add(self, naming):
        self.namings.append(naming)
        self.named[naming.person.slug] = naming.person
        self.name_end = naming.last

    # Surnames

    def _handle(self, i, last, found):
        """Read the words as a surname; returns the last word that is done with."""
        words = self.words
        title = title_before(words, i)
        if title and not title.is_form_of_address:
            if self._goes_on(last) and words.keys[last] in listed("given name"):
                return i - 1  # "Ambassador Joseph Yun"
            people = self._titled(title, i, last, found)
            if len(people) == 1:
                why = f"{title.text} and a name that fits {people[0].name} alone"
                self._add(self._naming(i, last, people[0], why, title))
                return last
            if not any(handle.is_strong for handle in found):
                return i - 1
        if names := self._names_before(i):
            self._with_names(i, last, names, found)
            return last
        if any(handle.is_strong for handle in found):
            self.waiting.append((i, last, found, title))
            return last
        return i - 1

    def _titled(self, title, i, last, found):
        """Whom a title and a name behind it may mean: by a surname, else by another name of
        theirs, if no further word follows: "King Abdullah", but not "President Mohamed Bazoum"."""
        country = self._country(title.first, last, i)
        strong = [handle.person for handle in found if handle.is_strong]
        if people := self._fitting(strong, title, country):
            return people
        is_open = country is None and title.word in _HEADS
        if is_open and (people := self._known_by_surname(last, found)):
            return people
        if self._goes_on(last):
            return []
        people = self._fitting([handle.person for handle in found], title, country)
        return [person for person in people if self._may_hold(person, title)]

    def _known_by_surname(self, last, found):
        """The one person of a surname, in a high office on the day though of another title:
        "President Gorbachev" before there was a president."""
        people = list(dict.fromkeys(h.person for h in found if h.is_strong))
        if len(people) != 1 or self.words.keys[last] in listed("common surname"):
            return []
        held = [t for t in people[0].terms if is_high(t) and t.country in self.countries]
        return people if any(term.is_certain_during(self.span) for term in held) else []

    def _goes_on(self, last):
        """Whether a further word of a name follows: "President Mohamed Bazoum"."""
        words, after = self.words, last + 1
        if words.is_possessive(last) or words.gap(after) not in (" ", "-"):
            return False
        is_name = words.is_title_case(after) or words.key(after) in PLACED
        return is_name and not _NUMERAL.match(words.key(after))

    def _may_hold(self, person, title):
        is_undated = self.span.earliest is None and self.span.latest is None
        return is_undated or any(
            title.fits(term) and term.is_possible_during(self.span) for term in person.terms
        )

    def _names_before(self, i):
        """The numbers of the words right before a surname that may be of the same name."""
        words, before, found = self.words, i - 1, []
        while before > max(self.name_end, i - _MOST_NAMES) and words.is_joined(before + 1):
            if not words.is_title_case(before):
                break
            key, raw = words.keys[before], words.raw[before]
            if words.is_possessive(before) or (raw.isupper() and len(raw) > 1):
                break
            if before in self.ends_at or key in _NOT_GIVEN or title_before(words, before + 1):
                break
            if len(key) > 1 and not (_begins_sentence(words, before) and key in _BEGINNERS):
                found.append(before)
            before -= 1
        return found

    def _with_names(self, i, last, names, found):
        """ "Tony Blinken" is Antony Blinken; "Jill Biden" is nobody that the archive knows."""
        title = title_before(self.words, names[-1])
        strong = [handle.person for handle in found if handle.is_strong]
        for first in reversed(names[-2:]):
            if self._is_no_person(first, last):
                return
            said = {self.words.keys[name] for name in names if name > first}
            given = self.words.keys[first]
            people = [p for p in strong if _bears(p, given, said)]
            if title and not title.is_form_of_address:
                people = self._fitting(people, title, self._country(title.first, last))
            people = [person for person in people if self._is_of_the_time(person, last)]
            if len(people) == 1 and (
                title or any(map(is_high, people[0].terms)) or len(strong) < 2
            ):
                person = people[0]
                self._add(self._naming(first, last, person, f"a form of {person.name}", title))
                return
        if self.words.starts[i] >= self.headline_end:
            self.others.add(self.words.keys[last])

    def _read_waiting(self):
        """Surnames alone: of who was named before in the text, or below its headline."""
        first_named = {}
        for naming in self.namings:
            first_named.setdefault(naming.person.slug, naming.first)
            first_named[naming.person.slug] = min(first_named[naming.person.slug], naming.first)
        taken = {i for n in self.namings for i in range(n.first, n.last + 1)}
        for first, last, found, title in self.waiting:
            if taken.intersection(range(first, last + 1)):
                continue
            in_headline = self.words.starts[first] < self.headline_end
            people = {
                handle.person.slug: handle.person
                for handle in found
                if handle.person.slug in first_named
                and (in_headline or first_named[handle.person.slug] < first)
                and (handle.is_strong or title)
            }
            if not people and title and title.word in _PLAIN:
                people = self._of_high_office(first, last, found)
            if len(people) != 1:
                continue
            if title and title.word in _OF_WOMEN and self.words.keys[last] in self.others:
                continue
            person = next(iter(people.values()))
            is_named = person.slug in first_named
            why = "who is named in full" if is_named else "who held a high office then"
            why = f"the surname of {person.name}, {why}"
            self.namings.append(Naming(first, last, "name", person, why))

    def _of_high_office(self, first, last, found):
        """{slug: Person} of those who may be meant by "Mr. Gorbachev" though nothing else names
        them: holders of a high office on the day, of a country in the text, of no common name."""
        if self.words.keys[last] in listed("common surname"):
            return {}
        if self.words.keys[last] in self.others:
            return {}
        people = {handle.person.slug: handle.person for handle in found if handle.is_strong}
        return {
            slug: person
            for slug, person in people.items()
            if any(
                (term.country in self.countries or self._is_union(term.country))
                and is_high(term)
                and term.is_certain_during(self.span)
                for term in person.terms
            )
        }

    def _is_union(self, slug):
        return slug in self.gazetteer.countries and self.gazetteer.countries[slug].is_union

    def _fitting(self, people, title, country):
        """Those of the people whom a title, a country and the day allow, the certain ones first."""
        people = list(dict.fromkeys(people))
        if country:
            people = [p for p in people if any(t.country in country for t in p.terms)]
        if title is None or title.is_form_of_address:
            return [p for p in people if _held(p, lambda t: t.is_possible_during(self.span))]
        terms = {
            p: [t for t in p.terms if title.fits(t) and (not country or t.country in country)]
            for p in people
        }
        people = [p for p in people if terms[p]]
        if self.span.earliest is None and self.span.latest is None:
            return people
        if title.is_past:
            return [p for p in people if any(t.is_over_before(self.span) for t in terms[p])]
        certain = [p for p in people if any(t.is_certain_during(self.span) for t in terms[p])]
        if certain:
            return certain
        possible = [p for p in people if any(t.is_possible_during(self.span) for t in terms[p])]
        if possible:
            return possible
        return [p for p in people if any(t.is_over_before(self.span) for t in terms[p])]

    def _country(self, first, last, name_first=None):
        """The slugs of the country that stands before a title or after a name: "Israeli Prime
        Minister Netanyahu", "Prime Minister Netanyahu of Israel"; None if none does."""
        words = self.words
        if _NUMERAL.match(words.key(last + 1)) and words.gap(last + 1) == " ":
            last += 1
        if words.key(last + 1) == "of" and words.gap(last + 1) == " ":
            at = last + 3 if words.key(last + 2) == "the" else last + 2
            if at in self.starts_at and self.starts_at[at].kind == "name":
                return {self.starts_at[at].country.slug}
        before = self.ends_at.get(first - 1)
        if before and words.follows(first) and before.kind != "capital":
            return {before.country.slug}
        return None

    def _is_no_person(self, first, last):
        """Buildings, ships and places that bear a name: "Kennedy Center", "USS Nimitz"."""
        words = self.words
        after = words.key(last + 1)
        if words.gap(last + 1) in (" ", "-") and not words.is_possessive(last):
            if after in _THINGS and words.is_title_case(last + 1):
                return True
            if after == "international" and words.key(last + 2) in _THINGS:
                return True
        if words.key(first - 1) in _SHIPS and words.gap(first) == " ":
            return True
        return any(
            first <= start and end >= first for start, end in self._blocked_near(first, last)
        )

    def _blocked_near(self, first, last):
        for start in range(max(0, first - 3), last + 1):
            if start in self.blocked and self.blocked[start] >= first:
                yield max(start, first), self.blocked[start]

    # Offices

    def _read_offices(self):
        taken = {i for n in self.namings for i in range(n.first, n.last + 1)}
        for office in offices_in(self.words, self.hits, self.starts_at, self.ends_at):
            if taken.intersection(range(office.first, office.last + 2)):
                continue  # or it is the title of a name that follows
            for slug in office.countries:
                holder = self._holder(office, slug)
                if holder and self._agrees(office, holder):
                    country = self.gazetteer.countries[slug]
                    why = f"whoever was {office.text} of {country.name} on that day"
                    self.namings.append(Naming(office.first, office.last, "office", holder, why))
                    taken.update(range(office.first, office.last + 1))
                    break

    def _holder(self, office, slug):
        """Who held an office of a country for certain on the day; None for nobody or several."""
        holders = {
            person.slug: person
            for term, person in self.gazetteer.terms_of.get(slug, ())
            if office.title.holds(term) and term.is_certain_during(self.span)
        }
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _agrees(self, office, holder):
        """Whether a name right before or behind the office, if one is there, is the holder's."""
        return self._agrees_before(office, holder) and self._agrees_behind(office, holder)

    def _agrees_before(self, office, holder):
        """ "Qaboos bin Said, the long-serving sultan of Oman" """
        words, before = self.words, office.first - 1
        while before > office.first - 4 and words.gap(before + 1) == " ":
            if words.is_capital(before) or words.keys[before] in _JOINING:
                return True
            before -= 1
        if words.gap(before + 1) != ", " or not words.is_title_case(before):
            return True
        end, count = before, 0
        while before - end < _MOST_NAMES and (words.is_title_case(end) or words.key(end) in PLACED):
            if words.keys[end] in _NOT_GIVEN:
                return True
            if words.keys[end] in _keys_of(holder):
                return True
            if end in self.ends_at or not words.is_joined(end):
                break
            end, count = end - 1, count + 1
        return count == 0

    def _agrees_behind(self, office, holder):
        words, after = self.words, office.last + 1
        if words.gap(after) not in (" ", ", ") or words.is_possessive(office.last):
            return True
        if words.key(after) in listed("form of address"):
            after += 1
        if not words.is_title_case(after) or after in self.starts_at:
            return True
        if words.gap(after) == ", " and (len(words) == after + 1 or not words.is_joined(after + 1)):
            return True
        if title_words(words, after):
            return True  # of somebody else, in a list
        end = after
        while end < after + _MOST_NAMES and words.is_title_case(end):
            if words.keys[end] in _keys_of(holder):
                return True
            end += 1
            if not words.is_joined(end):
                break
        return False


@lru_cache(maxsize=4096)
def _keys_of(person):
    names = (person.name, *(name.text for name in person.names))
    return {word for name in names for word in folded_words(name) if len(word) > 1}


def _held(person, test):
    return any(test(term) for term in person.terms)


def _bears(person, given, others):
    """Whether a given name is a person's, in one of its forms, and the other names beside it do
    not tell of somebody else: John Paul Stevens is not John Christopher Stevens."""
    same = same_given_names().get(given, {given})
    for name in (person.name, *(n.text for n in person.names)):
        words = folded_words(name)
        if not words or not (words[0] in same or given in same_given_names().get(words[0], ())):
            continue
        own = {word for word in words[1:-1] if len(word) > 1 and word not in PLACED}
        begun = {word[:3] for word in words}
        extra = {word for word in others if len(word) > 1 and word[:3] not in begun}
        if not extra or not own - others:
            return True
    return False


def _is_of_the_time(person, span):
    """Whether somebody of no high office lived near enough to the day to be meant by a name."""
    starts = [t.started_earliest or t.started_latest for t in person.terms]
    starts = [start for start in starts if start]
    if not starts or span.earliest is None or any(t.role != "other" for t in person.terms):
        return True
    return any(abs(start.year - span.earliest.year) <= 45 for start in starts)


def _begins_sentence(words, i):
    return i == 0 or any(mark in words.gap(i) for mark in '.!?:;\n“"—')


_NUMERAL = re.compile(r"[ivx]+\Z")
_HYPHENS = ("-", "‐", "‑", "–")
_JOINING = {"and", "or", "but", "as", "while", "when", "with", "to", "for", "that", "if", "said"}
_MOST_NAMES = 7  # words of one name
_HEADS = {"president", "prime minister", "chairman", "general secretary", "leader", "chancellor"}
_PLAIN = {"mr", "mrs", "ms", "miss", "lady"}
_OF_WOMEN = {"mrs", "ms", "miss", "lady", "dr"}  # and doctors: Jill Biden is both
_NOT_GIVEN = listed("form of address") | listed("not a given name")
_BEGINNERS = listed("begins a sentence")
_THINGS = listed("thing that bears a name")
_SHIPS = listed("before the name of a ship")
