"""One record, validated: every field that is wrong is named, with the reason and what to write."""

from dataclasses import dataclass, field
from datetime import UTC

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from articles import dates
from articles.languages import FORM as LANGUAGE_FORM
from articles.models import Country, Person, Source, Topic
from articles.models.article import text_reference
from articles.models.country import AmbiguousCode
from articles.names.fold import fold

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
REQUIRED = ("headline", "body", "source")
_SEVERAL_LINES = ("summary", "body", "published_note")
_MAX_LIST = 200


@dataclass
class Record:
    """A record that may be loaded: values of the article's own fields, links, source."""

    source: Source | str  # a name, where the source is not known yet
    import_ref: str
    values: dict
    links: dict = field(default_factory=dict)  # countries, people, topics -> lists of objects
    original: bytes | None = None

    @property
    def key(self):
        """What tells this record from all others: its source and its reference."""
        source = self.source if isinstance(self.source, str) else self.source.slug
        return fold(source), self.import_ref


class Reader:
    """Validates records; what names stand for is looked up once."""

    def __init__(self):
        self._known = {}

    def read(self, data, original=None):
        """(Record, []) or (None, [(field, reason), ...])."""
        problems = [
            (name, f"no such field; known are {', '.join([*TEXTS, *LISTS])}")
            for name in data
            if name not in TEXTS and name not in LISTS
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
            elif value.strip():
                texts[name] = value.replace("\r\n", "\n").strip()
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
        found = []
        for item in value:
            try:
                found.append(self._lookup(name, item))
            except LookupError as error:
                problems.append((name, str(error)))
        return list(dict.fromkeys(found))

    def _lookup(self, name, item):
        if (name, item) not in self._known:
            self._known[name, item] = _resolve(name, item)
        return self._known[name, item]

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
    if "\n" in value.strip() and name not in _SEVERAL_LINES:
        return "one line is asked"
    return None


def _has_half_letter(value):
    return any("\ud800" <= letter <= "\udfff" for letter in value)


def _resolve(name, item):
    """The country, person or topic of a slug, code or name. Raises LookupError with a sentence."""
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
        raise LookupError(
            f"no {what} “{item}” is in the archive; add it first, then import"
        ) from None


def _published(text):
    dates.span(text)
    return text


def _address(text):
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise ValueError(f"“{text[:100]}” is not an http or https address") from None
    return text


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
