"""One record, validated: every field that is wrong is named, with the reason and what to write."""

import re
from dataclasses import dataclass, field
from datetime import UTC
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from articles import dates
from articles.languages import FORM as LANGUAGE_FORM
from articles.models import Country, Person, Source, Topic
from articles.models.article import text_reference
from articles.models.country import AmbiguousCode
from articles.names.fold import fold
from articles.names.near import near

# The fields that hold text, with their greatest length in characters.
TEXTS = {
    "import_ref": 300,
    "headline": 500,
    "summary": 2000,
    "body": 1_000_000,
    "byline": 500,
    "dateline": 200,
    "source": 200,
    "credit": 200,
    "url": 2000,
    "published": dates.MAX_LENGTH,
    "published_note": 4000,
    "language": 35,
    "usage_terms": 500,
    "retrieved_at": 40,
}
LISTS = ("countries", "people", "topics")
_KNOWN = {*TEXTS, *LISTS}
REQUIRED = ("headline", "body", "source")
_SEVERAL_LINES = ("summary", "body", "published_note")
_MAX_LIST = 200


@dataclass
class Record:
    """A record that may be loaded: values of the article's own fields, links, source."""

    source: Source | str  # a name, where the source is not known yet
    import_ref: str
    values: dict
    links: dict = field(default_factory=dict)  # countries, people, topics -> lists of these
    original: bytes | None = None

    @cached_property
    def key(self):
        """What tells this record from all others: its source and its reference."""
        source = self.source if isinstance(self.source, str) else self.source.slug
        return _folded(source), self.import_ref


_folded = lru_cache(maxsize=1000)(fold)


class Known(NamedTuple):
    """A country, a person or a topic, as far as a record goes."""

    pk: int
    slug: str


class Reader:
    """Validates records; what names stand for is looked up once, until it is told to `forget`."""

    def __init__(self):
        self._known, self._slugs, self._names = {}, {}, None

    def forget(self):
        """Look up anew what names stand for: the archive changed."""
        self._known.clear()
        self._slugs.clear()
        self._names = None

    def read(self, data, original=None):
        """(Record, []) or (None, [(field, reason), ...])."""
        problems = [
            (name, f"no such field; known are {', '.join([*TEXTS, *LISTS])}")
            for name in data
            if name not in _KNOWN
        ]
        texts = self._texts(data, problems)
        links = {
            name: self._links(name, data[name], problems)
            for name in LISTS
            if data.get(name) not in (None, "", [])
        }
        problems.extend((name, "is missing") for name in REQUIRED if name not in texts)
        values = self._checked(texts, problems)
        # The same problem of a field is told once: what is malformed is not missing too.
        told = {}
        for name, reason in problems:
            told.setdefault(name, reason)
        if told:
            return None, list(told.items())
        source = self._source(values.pop("source"))
        reference = values.pop("import_ref", None)
        reference = reference or text_reference(values["headline"], values["body"])
        return Record(source, reference, values, links, original), []

    def _texts(self, data, problems):
        texts = {}
        for name, limit in TEXTS.items():
            value = data.get(name)
            if value is None or value == "":
                continue
            if not isinstance(value, str):
                problems.append((name, f"a string is asked, not {type(value).__name__}"))
            elif reason := _unfit(name, value, limit):
                problems.append((name, reason))
            elif stripped := value.replace("\r\n", "\n").strip():
                texts[name] = stripped
        return texts

    def _checked(self, texts, problems):
        """`texts` with the values of dates, addresses and languages, each checked."""
        values = dict(texts)
        for name, check in _CHECKS.items():
            if name in values:
                try:
                    values[name] = check(values[name])
                except ValueError as error:
                    problems.append((name, str(error)))
        return values

    def _links(self, name, value, problems):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            problems.append((name, 'a list of strings is asked: ["azerbaijan", "iran"]'))
            return []
        if len(value) > _MAX_LIST:
            problems.append((name, f"at most {_MAX_LIST} values; these are {len(value)}"))
            return []
        found = {}
        for item in value:
            try:
                thing = self._lookup(name, item)
                found[thing.pk] = thing
            except LookupError as error:
                problems.append((name, str(error)))
        return list(found.values())

    def _lookup(self, name, item):
        found = self._known.get((name, item))
        if found is None:
            if name not in self._slugs:
                self._slugs[name] = _plain_slugs(name)
            found = self._slugs[name].get(item) or _resolve(name, item, self._near)
            self._known[name, item] = found
        return found

    def _near(self, name):
        """The slugs of people whose name is nearly this one."""
        if self._names is None:
            self._names = Person.objects.all_names()
        return near(name, self._names)

    def _source(self, name):
        if ("source", name) not in self._known:
            try:
                self._known["source", name] = Source.objects.resolve(name)
            except Source.DoesNotExist:
                return name
        return self._known["source", name]


def _unfit(name, value, limit):
    """Why this text cannot be stored, or None."""
    if len(value) > limit:
        return f"at most {limit:,} characters; this has {len(value):,}"
    if "\0" in value:
        return "holds a NUL character"
    if _has_half_letter(value):
        return "holds half a surrogate pair, which is no character"
    if name not in _SEVERAL_LINES and "\n" in value.strip():
        return "one line is asked"
    return None


def _has_half_letter(value):
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False


def _plain_slugs(name):
    """{slug: Known} of all that are meant by their slug, whatever else bears that name."""
    things = {"countries": Country, "people": Person, "topics": Topic}[name].objects.order_by()
    if name == "people":
        things = things.unmerged()
    slugs = {slug: Known(pk, slug) for pk, slug in things.values_list("pk", "slug")}
    if name == "countries":  # two or three letters may be another's code
        return {slug: known for slug, known in slugs.items() if len(slug) > 3}
    return slugs


def _resolve(name, item, near_people):
    """The country, person or topic of a slug, code or name. Raises LookupError with a sentence,
    which names those of `near_people(item)`."""
    if not item.strip() or "\0" in item or len(item) > 200 or _has_half_letter(item):
        raise LookupError("an empty, overlong or unprintable value")
    try:
        if name == "countries":
            return Country.objects.resolve(item)
        if name == "people":
            return Person.objects.resolve(item)
        return Topic.objects.get(slug=item)
    except AmbiguousCode as error:
        raise LookupError(str(error)) from None
    except Person.MultipleObjectsReturned:
        raise LookupError(f"several people bear the name “{item}”; write the slug") from None
    except Country.DoesNotExist:
        near = ", ".join(c.slug for c in Country.objects.suggestions(item))
        raise LookupError(
            f"no country has the slug or code “{item}”" + (f"; near is {near}" if near else "")
        ) from None
    except (Person.DoesNotExist, Topic.DoesNotExist):
        what = "person" if name == "people" else "topic"
        alike = ", ".join(near_people(item)) if name == "people" else ""
        raise LookupError(
            f"no {what} “{item}” is in the archive; add it first, then import"
            + (f"; near is {alike}" if alike else "")
        ) from None


def _published(text):
    dates.span(text)
    return text


# After a plain host whatever is printable may stand.
_ON_A_PLAIN_HOST = re.compile(r"(https?://[a-z0-9.-]+)(?:/[!-~]*)?\Z")
_valid_address = URLValidator(schemes=["http", "https"])


def _address(text):
    try:
        if match := _ON_A_PLAIN_HOST.match(text):
            _host(match[1])
        else:
            _valid_address(text)
    except ValidationError:
        raise ValueError(f"“{text[:100]}” is not an http or https address") from None
    return text


@lru_cache(maxsize=1000)
def _host(text):
    _valid_address(text)


def _language(text):
    if not LANGUAGE_FORM.match(text):
        raise ValueError(f"“{text}” is not a BCP 47 tag: write en, az, zh-Hant")
    return text.lower() if "-" not in text else text


def _retrieved(text):
    moment = dates.instant(text)
    try:
        moment.astimezone(UTC)  # in which it is stored
    except OverflowError:
        raise ValueError(f"“{text}” is outside the years 1 to 9999 in UTC") from None
    return moment


_CHECKS = {
    "published": _published,
    "url": _address,
    "language": _language,
    "retrieved_at": _retrieved,
}
