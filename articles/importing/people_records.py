"""One row of people and terms, validated: every field that is wrong is named, with the reason."""

import re
from dataclasses import dataclass, field
from functools import cache

from articles import dates
from articles.models import Country, Post
from articles.models.country import AmbiguousCode
from articles.models.slugs import slug_base
from articles.names.fold import fold

from .people_formats import COLUMNS
from .spellings import unfit

LIMITS = {"description": 300, "position": 200, "post": 200, "note": 500, "country": 200}
_DATES = ("born", "died", "started", "ended")
_SLUG = re.compile(r"(?=.{1,120}\Z)[a-z0-9]+(-[a-z0-9]+)*")
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0", "")
# "of the Netherlands", not "of Netherlands".
_WITH_ARTICLE = re.compile(r"^United |Republic| Islands$|^(Bahamas|Comoros|Gambia|Maldives|Netherl|"
                           r"Philippines|Seychelles|Soviet Union)")  # fmt: skip
# What a title alone tells, whoever's it is: the first word of the address, and the role.
_TITLES = {
    "president": ("president", "head-of-state"),
    "acting president": ("president", "head-of-state"),
    "monarch": ("monarch", "head-of-state"),
    "king": ("king", "head-of-state"),
    "emir": ("emir", "head-of-state"),
    "prime minister": ("prime-minister", "head-of-government"),
    "premier of the state council": ("premier", "head-of-government"),
    "chancellor": ("chancellor", "head-of-government"),
    "secretary of state for foreign and commonwealth affairs": (
        "foreign-secretary",
        "foreign-minister",
    ),
    **dict.fromkeys(
        [
            "foreign minister",
            "minister of foreign affairs",
            "minister for foreign affairs",
            "minister of external affairs",
            "minister of external relations",
            "minister of europe and foreign affairs",
            "federal minister of foreign affairs",
            "minister of international relations and cooperation",
        ],
        ("foreign-minister", "foreign-minister"),
    ),
}


@dataclass
class NewPost:
    """A post that the archive does not have yet."""

    slug: str
    label: str
    country: Country | None
    role: str = Post.Role.OTHER


@dataclass
class Row:
    """What one row says of a person, and of one term of theirs, if it names a post."""

    path: str
    line: int
    name: str
    values: dict  # slug, description, born, died, wikidata, where said
    names: list = field(default_factory=list)  # (kind or "", name)
    post: Post | NewPost | None = None
    started: str = ""
    ended: str = ""
    is_acting: bool = False
    note: str = ""
    key: tuple | None = None  # (path, what the file itself calls the person)


class Reader:
    """Validates rows; countries and posts are looked up once."""

    def __init__(self):
        self.posts = {post.slug: post for post in Post.objects.select_related("country")}
        self.countries = cache(_country)

    def read(self, path, line, data):
        """(Row, []) or (None, [(field, reason), ...])."""
        problems = []
        texts = {name: self._text(name, data.get(name), problems) for name in [*COLUMNS, "abroad"]}
        self._dates(texts, problems)
        names = self._names(data.get("names") or [], problems)
        post = self._post(texts, problems)
        self._needs(texts, problems)
        if problems:
            return None, list(dict(reversed(problems)).items())[::-1]
        kept = ("slug", "description", "born", "died", "wikidata")
        values = {name: texts[name] for name in kept if texts[name]}
        key = (path, data["key"]) if data.get("key") else None
        is_acting = texts["is_acting"].lower() in _YES or fold(texts["position"]).startswith(
            "acting "
        )
        return Row(
            path, line, texts["person"], values, names, post,
            texts["started"], texts["ended"], is_acting, texts["note"], key,
        ), []  # fmt: skip

    @staticmethod
    def _text(name, value, problems):
        if value is None or name == "names":
            return ""
        if not isinstance(value, str):
            problems.append((name, "a text is asked"))
            return ""
        value = value.strip()
        if "\0" in value:
            problems.append((name, "holds a NUL character"))
        elif "\n" in value or "\r" in value:
            problems.append((name, "one line is asked"))
        elif len(value) > LIMITS.get(name, 1000):
            problems.append((name, f"at most {LIMITS.get(name, 1000)} characters"))
        else:
            return value
        return ""

    @staticmethod
    def _dates(texts, problems):
        known = {}
        for name in _DATES:
            try:
                known[name] = dates.span(texts[name])
            except ValueError as error:
                problems.append((name, str(error)))
                return
        for first, last, what in (("born", "died", "life"), ("started", "ended", "term")):
            start, end = known[first].earliest, known[last].latest
            if start and end and end < start:
                problems.append((last, f"the {what} ends before it begins: {texts[first]}"))

    @staticmethod
    def _names(names, problems):
        found = []
        for kind, name in names:
            if reason := unfit(name):
                problems.append(("names", reason))
            else:
                found.append((kind, name))
        return found

    def _needs(self, texts, problems):
        if not texts["person"]:
            problems.append(("person", "is missing"))
        elif reason := unfit(texts["person"]):
            problems.append(("person", reason))
        if texts["slug"] and not _SLUG.fullmatch(texts["slug"]):
            problems.append(("slug", "small letters a-z, digits and single hyphens, 120 at most"))
        if texts["wikidata"] and not re.fullmatch(r"Q[1-9]\d{0,17}", texts["wikidata"]):
            problems.append(("wikidata", f"“{texts['wikidata'][:40]}” is not an id as Q57371"))
        if texts["is_acting"].lower() not in (*_YES, *_NO):
            problems.append(("is_acting", "yes or no"))
        if not texts["post"] and not texts["position"]:
            for name in ("started", "ended", "is_acting", "note"):
                if texts[name]:
                    problems.append((name, "stands without a post"))

    # Posts

    def _post(self, texts, problems):
        named, title = texts["post"], texts["position"]
        country = self._country_of("country", texts["country"], problems)
        abroad = self._country_of("country", texts["abroad"], problems)
        if named:
            try:
                return self.posts.get(named) or Post.objects.resolve(named)
            except Post.DoesNotExist:
                if not title:
                    reason = f"no office “{named[:100]}” is here; write position and country"
                    problems.append(("post", reason))
                    return None
        if not title or problems:
            return None
        if not fold(title):
            problems.append(("position", "no letter stands in it"))
            return None
        return self._titled(title, country, abroad)

    def _country_of(self, name, text, problems):
        if not text:
            return None
        found = self.countries(text)
        if isinstance(found, str):
            problems.append((name, found))
            return None
        return found

    def _titled(self, title, country, abroad):
        """The post of a title: the one of the archive, or a new one, which the archive then has."""
        of = _with_article(country) if country else ""
        start, role = _TITLES.get(fold(title), ("", Post.Role.OTHER))
        if role != Post.Role.OTHER and country:
            slug = f"{start}-of-{slug_base(of)}"
            alike = [p for p in self.posts.values() if (p.role, p.country) == (role, country)]
            if slug not in self.posts and len(alike) == 1:
                return alike[0]
            label = f"{start.replace('-', ' ').title()} of {of}"
        elif abroad:
            label = f"{title} of {of} to {_with_article(abroad)}"
        elif match := re.match(r"ambassador to (.+)", title, re.IGNORECASE):
            label = f"Ambassador of {of} to {match[1]}"
        else:
            label = f"{title[0].upper()}{title[1:]}{f' of {of}' if of else ''}"
        label = label[:200]
        slug = slug_base(label)
        return self.posts.setdefault(slug, NewPost(slug, label, country, role))


def _with_article(country):
    return f"the {country.name}" if _WITH_ARTICLE.search(country.name) else country.name


def _country(text):
    """The country of a slug, code or name, or a sentence."""
    try:
        return Country.objects.resolve(text)
    except AmbiguousCode as error:
        return str(error)
    except Country.DoesNotExist:
        near = ", ".join(c.slug for c in Country.objects.suggestions(text))
        return f"no country has the slug or code “{text[:100]}”" + (near and f"; near is {near}")
