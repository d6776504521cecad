"""The people that a text names, by name or by the office that they held on its day.

A whole name names its bearer; a surname does so behind a title that fits one person alone, or once
that person was named; an office of a country names its one certain holder. What several people of
the archive may be is never guessed.
"""

import re
from dataclasses import dataclass

from . import holders
from .fitting import Circle, agrees_with, bears, begins_with, is_of_the_time, keys_of
from .listed import listed
from .offices import END, PLACED, Office, is_high, offices_in, title_before
from .sounds import sound
from .us_states import us_state_at
from .walking import HYPHENS, longest


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


class _Reader:
    def __init__(self, words, hits, gazetteer, span, found, blocked, headline_end):
        self.words, self.hits, self.gazetteer, self.span = words, hits, gazetteer, span
        self.headline_end = headline_end
        self.ends_at = {place.last: place for place in found}
        self.starts_at = {place.first: place for place in found}
        self.circle = Circle(span, {place.country.slug for place in found}, gazetteer)
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
            self._read_sounds()
            self._read_offices()
            self._read_waiting()
        return sorted(self.namings, key=lambda naming: naming.first)

    # Names

    def _walk(self):
        whole, handles = self.gazetteer.full_names, self.gazetteer.handles
        for i in self.hits:
            if i <= self.done or not self._may_begin(i):
                continue
            last, people = longest(self.words, whole, i, may_skip=True)
            if people:
                naming = self._whole_name(i, last, people)
                if naming:
                    self._add(naming)
                    self.done = last
                    continue
            last, found = longest(self.words, handles, i)
            if found and not self._is_no_person(i, last):
                self.done = max(self.done, self._handle(i, last, found))

    def _may_begin(self, i):
        raw = self.words.raw[i]
        return not raw[0].islower() or raw.lower() in PLACED

    def _whole_name(self, i, last, people):
        people = list(dict.fromkeys(people))
        if self._is_no_person(i, last):
            return None
        initials = {key for key in self.words.keys[i + 1 : last] if len(key) == 1}
        people = [person for person in people if agrees_with(person, initials)]
        i = self._before_nickname(i)
        if len(people) > 1:
            title, country = title_before(self.words, i), self._country(i, last)
            people = self.circle.fitting(people, title, country)
        elif people and not self._is_possible(people[0], last):
            return None
        if len(people) != 1:
            return None
        title = title_before(self.words, i)
        return self._naming(i, last, people[0], f"a name of {people[0].name}", title)

    def _is_possible(self, person, last):
        """Whether a name of somebody's is his on that day, and not a namesake's or a son's."""
        is_junior = self.words.key(last + 1) == "jr" and self.words.key(last) != "jr"
        if is_junior and not any("Jr" in name.text for name in person.names):
            return any(term.is_possible_during(self.span) for term in person.terms)
        return is_of_the_time(person, self.span)

    def _before_nickname(self, i):
        """The given name before a nickname: that of Benjamin “Benny” Gantz."""
        words = self.words
        is_quoted = words.gap(i) in (" “", ' "', " (", " ‘")
        return i - 1 if is_quoted and words.is_title_case(i - 1) else i

    def _naming(self, i, last, person, why, title=None):
        held = title and self.circle.term(person, title)
        if held:
            return Naming(i, last, "name", person, why, Office(held.country, ""), title.first)
        return Naming(i, last, "name", person, why)

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
        if not self._is_second_of_two(i, last) and (names := self._names_before(i)):
            self._with_names(i, last, names, found)
            return last
        if len(words.key(i - 1)) == 1 and words.is_joined(i) and words.is_capital(i - 1):
            self._with_initial(i, last, found)
            return last
        if any(handle.is_strong for handle in found):
            self.waiting.append((i, last, found, title))
            return last
        return i - 1

    def _titled(self, title, i, last, found):
        """Whom a title and a name behind it may mean: by a surname, else by another name of
        theirs, if no further word follows: "King Abdullah", but not "President Mohamed Bazoum"."""
        country, surname = self._country(title.first, last, i), self.words.keys[last]
        if title.word in _BY_GIVEN_NAME and not self._goes_on(last):
            people = {h.person for h in found if h.person.slug in self.named}
            if len(people) == 1:
                return list(people)
        found = [handle for handle in found if _has_numeral(handle.person, self.words, last)]
        strong = [handle.person for handle in found if handle.is_strong]
        if people := self.circle.fitting(strong, title, country):
            return people
        if country is None and (people := self.circle.in_office(strong, title, surname)):
            return people
        if self._goes_on(last):
            return []
        people = self.circle.fitting([handle.person for handle in found], title, country)
        return [person for person in people if self.circle.may_hold(person, title)]

    def _goes_on(self, last):
        """Whether a further word of a name follows: "President Mohamed Bazoum"."""
        words, after = self.words, last + 1
        if words.is_possessive(last) or words.gap(after) not in (" ", "-"):
            return False
        is_name = words.is_title_case(after) or words.key(after) in PLACED
        return is_name and not _NUMERAL.match(words.key(after))

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
            given, others = self.words.keys[first], self._keys_around(first, i)
            people = [person for person in strong if bears(person, given, others)]
            if title and not title.is_form_of_address:
                people = self.circle.fitting(people, title, self._country(title.first, last))
            people = [person for person in people if self._is_possible(person, last)]
            if len(people) > 1:
                people = self.circle.fitting(people, None, None)
            if len(people) == 1 and (title or len(strong) < 2 or _is_plain(people[0], given)):
                person = people[0]
                self._add(self._naming(first, last, person, f"a form of {person.name}", title))
                return
        if self.words.starts[i] >= self.headline_end:
            self.others.add(self.words.keys[last])

    def _with_initial(self, i, last, found):
        """ "J. Christopher Stevens", "V. Putin" """
        initial = self.words.keys[i - 1]
        people = dict.fromkeys(h.person for h in found if h.is_strong)
        people = [p for p in people if p.name[:1].casefold() == initial]
        if len(people) == 1 and self._is_possible(people[0], last):
            why = f"a form of {people[0].name}"
            self._add(self._naming(i - 1, last, people[0], why, title_before(self.words, i - 1)))

    def _keys_around(self, first, i):
        """The words of a name besides its given one and the surname: initials and second names."""
        before = self.words.key(first - 1) if self.words.is_joined(first) else ""
        initial = {before} if len(before) == 1 else set()
        return initial | set(self.words.keys[first + 1 : i])

    # Spellings that the archive does not record

    def _read_sounds(self):
        """Whole names of those in a high office, by their sound: "Volodymyr Zelenskiy"."""
        sounds, words = self.gazetteer.sounds, self.words
        taken, spelled = self._taken(), {}
        for i in [i for i, key in enumerate(words.keys) if sound(key) in sounds]:
            last, person = self._by_sound(i, sounds[sound(words.keys[i])], taken)
            if person:
                taken.update(range(i, last + 1))
                why = f"a spelling of {person.name}, who held a high office then"
                self._add(self._naming(i, last, person, why, title_before(words, i)))
                spelled[words.keys[last]] = (last, person)
        for i in [i for i, key in enumerate(words.keys) if key in spelled] if spelled else ():
            after, person = spelled[words.keys[i]]
            if (
                i > after
                and i not in taken
                and words.is_title_case(i)
                and not self._names_before(i)
            ):
                why = f"the surname of {person.name}, who is named in full"
                self.namings.append(Naming(i, i, "name", person, why))

    def _by_sound(self, i, known, taken):
        """(last word, Person) of the longest name that begins at a word; (i, None) without one."""
        words, found, heard, k = self.words, (i, None), [], i
        while k < min(i + _MOST_NAMES, len(words)) and words.is_title_case(k) and k not in taken:
            if k > i and not words.is_joined(k):
                break
            heard += [sound(words.keys[k])] if len(words.keys[k]) > 1 else []
            people = known.get(tuple(heard), ())
            if len(people) == 1 and self.circle.of_high_office(people, ""):
                found = k, next(iter(people))
            k += 1
        return found

    def _taken(self):
        return {i for n in self.namings for i in range(n.first, n.last + 1)}

    def _read_offices(self):
        taken = self._taken()
        standing = offices_in(self.words, self.hits, self.starts_at, self.ends_at)
        for office, holder in holders.of(standing, self.words, self.gazetteer, self.span):
            if taken.intersection(range(office.first, office.last + 2)):
                continue  # or it is the title of a name that follows
            country = self.gazetteer.countries[office.country].in_a_sentence
            why = f"whoever was {office.text} of {country} on that day"
            self.namings.append(Naming(office.first, office.last, "office", holder, why))
            taken.update(range(office.first, office.last + 1))

    def _read_waiting(self):
        """Surnames alone: of who was named before in the text, or below its headline."""
        first_named = {}
        for naming in self.namings:
            first_named.setdefault(naming.person.slug, naming.first)
            first_named[naming.person.slug] = min(first_named[naming.person.slug], naming.first)
        taken = self._taken()
        for first, last, found, title in self.waiting:
            if taken.intersection(range(first, last + 1)):
                continue
            in_headline = self.words.starts[first] < self.headline_end
            if self._is_of_another(last, found):
                continue
            people = {
                handle.person.slug: handle.person
                for handle in found
                if handle.person.slug in first_named
                and (in_headline or first_named[handle.person.slug] < first)
                and (handle.is_strong or title)
            }
            if not people and title is None and (led := self._leader(first, last, found)):
                self.namings.append(led)
                continue
            if not people:
                people = self._unnamed(first, last, found, title)
            if len(people) != 1:
                continue
            if title and title.word in _OF_WOMEN and self.words.keys[last] in self.others:
                continue
            person = next(iter(people.values()))
            is_named = person.slug in first_named
            why = "who is named in full" if is_named else "who held a high office then"
            why = f"the surname of {person.name}, {why}"
            self.namings.append(Naming(first, last, "name", person, why))

    def _is_second_of_two(self, i, last):
        """Whether a surname is the second of "Biden-Harris Administration"."""
        words = self.words
        is_after_another = words.gap(i) in HYPHENS and words.key(i - 1) in self.gazetteer.handles
        return is_after_another and self._leads(last)

    def _leads(self, last):
        return self.words.key(last + 1) in _LED and self.words.gap(last + 1) == " "

    def _leader(self, first, last, found):
        """The Naming of "the Biden administration" and of both in "Biden-Harris Administration":
        of who leads it on the day, or once led one; None if no such word follows."""
        is_first = self.words.gap(last + 1) in HYPHENS and self.words.is_title_case(last + 1)
        if not self._leads(last + is_first):
            return None
        people = self.circle.leading([h.person for h in found if h.is_strong])
        if len(people) != 1:
            return None
        ((person, term),) = people.items()
        if term.is_certain_during(self.span):
            why = f"the surname of {person.name}, who held a high office then"
            return Naming(first, last, "name", person, why, Office(term.country, ""), first)
        return Naming(first, last, "name", person, f"the surname of {person.name}, who led one")

    def _is_of_another(self, last, found):
        """Whether "Kim" is here the surname of somebody else, whose name goes on: Kim Yo Jong."""
        after = self.words.key(last + 1)
        return self._goes_on(last) and any(
            begins_with(handle.person, self.words.keys[last])
            and after not in keys_of(handle.person)
            for handle in found
        )

    def _unnamed(self, first, last, found, title):
        """{slug: Person} of those whom "Mr. Gorbachev" or "Ukraine's Zelenskyy" may mean though
        nothing else names them."""
        if self.words.keys[last] in self.others:
            return {}
        strong = [handle.person for handle in found if handle.is_strong]
        people = []
        if title and title.word in _PLAIN:
            people = self.circle.of_high_office(strong, self.words.keys[last])
        elif title is None and (place := self._owner(first)):
            people = self.circle.holding(strong, place.country.slug)
        elif title is None and self._is_unmistakable(first, last, found):
            people = self.circle.of_high_office(strong, self.words.keys[last])
        return {person.slug: person for person in people}

    def _is_unmistakable(self, first, last, found):
        """Whether a surname is borne by one person of the archive alone, and is no other word."""
        words, key = self.words, self.words.keys[first]
        if first < last or len(key) < _LETTERS or key in _WORDS or self._goes_on(last):
            return False
        if END in self.gazetteer.phrases.get(key, ()) or words.gap(first) in HYPHENS:
            return False
        if words.gap(last + 1) in HYPHENS or us_state_at(words, last + 1) is not None:
            return False
        return len({handle.person for handle in found}) == 1

    def _owner(self, first):
        """The Place right before a name, with the sign of the possessive; None if there is none."""
        place = self.ends_at.get(first - 1)
        return place if place and self.words.is_possessive(first - 1) else None

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


def _is_plain(person, given):
    """Whether a given name and the surname are enough to tell a person from others so called."""
    return any(map(is_high, person.terms)) or begins_with(person, given)


def _has_numeral(person, words, last):
    """Whether the numeral behind a name, if there is one, is a person's: George III is not VI."""
    told = words.key(last + 1)
    if words.gap(last + 1) != " " or not _NUMERAL.match(told):
        return True
    borne = {word for word in keys_of(person, 1) if _NUMERAL.match(word)}
    return not borne or told in borne


def _begins_sentence(words, i):
    return i == 0 or any(mark in words.gap(i) for mark in '.!?:;\n“"—')


_NUMERAL = re.compile(r"[ivx]+\Z")
_MOST_NAMES = 7  # words of one name
_BY_GIVEN_NAME = {"sheikh", "prince", "crown prince", "king", "queen", "sultan", "emir", "pope"}
_LETTERS = 5  # of a surname that may stand alone
_WORDS = listed("given name") | listed("surname that is a word")
_LED = listed("led by who gives it a name")
_PLAIN = {"mr", "mrs", "ms", "miss", "lady"}
_OF_WOMEN = {"mrs", "ms", "miss", "lady", "dr"}  # and doctors: Jill Biden is both
_NOT_GIVEN = listed("form of address") | listed("not a given name")
_BEGINNERS = listed("begins a sentence")
_THINGS = listed("thing that bears a name")
_SHIPS = listed("before the name of a ship")
