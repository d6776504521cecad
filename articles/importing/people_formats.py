"""Files of people and terms of office as rows: CSV of three known headers, and Popolo JSON.

A reader yields (line, data): the line on which the row begins, and a dict of texts by the names in
`COLUMNS`, or a sentence that says why there is none. `names` is a list of (kind or "", name), `key`
what the file itself calls the person.

    own form            the names in COLUMNS, `person` at least; names parted by |, each with its
                        kind before it if it is known: "native:عباس عراقچی|Abbas Araqchi"
    office holders      country, position, person, wikidata, start, end, born, died, name_variants
    chiefs of mission   person_id, name, role, sending_country, receiving_country, territory,
                        appointed, started, ended, ended_note, kind, birth, death, alt_names
    Popolo              persons, posts, memberships, organizations, areas
"""

import csv
import io
import json
from bisect import bisect_right
from pathlib import Path

from articles.models import OtherName

COLUMNS = (
    *("person", "slug", "description", "born", "died", "wikidata", "names"),
    *("post", "position", "country", "role", "started", "ended", "is_acting", "note"),
)
MAX_FILE = 64 * 1024**2
MAX_CELL = 20_000
OFFICE_HOLDERS = {"country", "position", "person", "wikidata", "start", "end", "name_variants"}
CHIEFS = {"person_id", "name", "role", "sending_country", "receiving_country", "territory"}
AMBASSADOR = "Ambassador Extraordinary and Plenipotentiary"


class FormatError(ValueError):
    """A file of no known form; its text says what to do."""


def read(path):
    """The rows of a file, in the form that its name and its header tell."""
    suffix = Path(path).suffix.lower()
    if suffix not in (".csv", ".json"):
        raise FormatError(f"{path}: name it .csv (people and terms) or .json (Popolo).")
    if Path(path).stat().st_size > MAX_FILE:
        raise FormatError(f"{path}: more than {MAX_FILE // 1024**2} MB; import it in parts.")
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FormatError(
            f"{path}:{line}: not UTF-8 at byte {error.start + 1}: save it as UTF-8."
        ) from None
    return _csv(path, text) if suffix == ".csv" else _popolo(path, text)


# CSV


def _csv(path, text):
    csv.field_size_limit(MAX_FILE)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = _header(path, reader)
    as_row = _row_reader(path, header)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield line, f"not CSV: {error}; the rest of the file is not read"
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, _cells(header, cells) or as_row(dict(zip(header, cells, strict=False)))


def _header(path, reader):
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise FormatError(f"{path}:1: not CSV: {error}.") from None
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise FormatError(f"{path}:1: a column stands twice: {', '.join(twice)}.")
    return header


def _row_reader(path, header):
    if set(header) >= OFFICE_HOLDERS:
        return _office_holder
    if set(header) >= CHIEFS:
        return _chief
    unknown = [name for name in header if name not in COLUMNS]
    if unknown or "person" not in header:
        wrong = f"unknown columns {', '.join(unknown)[:200]}" if unknown else "no column person"
        raise FormatError(f"{path}:1: {wrong}; known are {', '.join(COLUMNS)}.")
    return _own


def _cells(header, cells):
    """Why these cells are no row, or None."""
    if len(cells) > len(header):
        return f"{len(cells)} cells, but the header has {len(header)}"
    for name, cell in zip(header, cells, strict=False):
        if len(cell) > MAX_CELL:
            return f"{name}: a cell of {len(cell):,} characters; at most {MAX_CELL:,}"
    return None


def _own(row):
    return row | {"names": _names(row.get("names", ""))}


def _names(text):
    """[(kind, name)] of "native:…|…"; a part that holds nothing is no name."""
    found = []
    for part in text.split("|"):
        kind, colon, name = part.partition(":")
        if colon and kind.strip() in OtherName.Kind.values:
            found.append((kind.strip(), name.strip()))
        else:
            found.append(("", part.strip()))
    return [(kind, name) for kind, name in found if name]


def _office_holder(row):
    return {
        "person": row["person"],
        "wikidata": row["wikidata"],
        "born": row.get("born", ""),
        "died": row.get("died", ""),
        "names": _names(row["name_variants"]),
        "position": row["position"],
        "country": "" if row["country"] == "(intl)" else row["country"],
        "started": row["start"],
        "ended": row["end"],
    }


def _chief(row):
    if not row.get("started") and not (row.get("appointed") and row.get("ended")):
        return "started: no day is known on which this office was taken up"
    started = row["started"] or f"[{row['appointed']}..{row['ended']}]"
    abroad = row["receiving_country"] or row["territory"]
    return {
        "key": row["person_id"],
        "person": row["name"],
        "born": row.get("birth", ""),
        "died": row.get("death", ""),
        "names": _names(row.get("alt_names", "")),
        "position": "Ambassador" if row["role"] == AMBASSADOR else row["role"],
        "country": row["sending_country"],
        "abroad": abroad,
        "started": started,
        "ended": row.get("ended", ""),
    }


# Popolo JSON


class _Placed(json.JSONDecoder):
    """Remembers where each object begins."""

    def __init__(self):
        super().__init__()
        self.places = {}  # id of the dict -> offset
        self.parse_object = self._object
        self.scan_once = json.scanner.py_make_scanner(self)

    def _object(self, place, *args):
        value, end = json.decoder.JSONObject(place, *args)
        self.places[id(value)] = place[1]
        return value, end


def _popolo(path, text):
    decoder = _Placed()
    try:
        data = decoder.decode(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"{path}:{error.lineno}: not JSON: {error.msg}.") from None
    except RecursionError:
        raise FormatError(f"{path}: nested too deeply to be Popolo.") from None
    if not isinstance(data, dict) or not isinstance(data.get("persons"), list):
        raise FormatError(f"{path}: not Popolo: an object with a list “persons” is asked.")
    ends = [n for n, letter in enumerate(text) if letter == "\n"]

    def line(thing):
        return bisect_right(ends, decoder.places.get(id(thing), 0)) + 1

    yield from _Popolo(data, line).rows()


class _Popolo:
    def __init__(self, data, line):
        self.data, self.line = data, line
        self.posts = self._by_id("posts")
        self.areas = self._by_id("areas")
        self.organizations = self._by_id("organizations")
        self.persons = self._by_id("persons")

    def _list(self, name):
        found = self.data.get(name)
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    def _by_id(self, name):
        return {_text(each.get("id")): each for each in self._list(name) if each.get("id")}

    def rows(self):
        held = {}
        for membership in self._list("memberships"):
            held.setdefault(_text(membership.get("person_id")), []).append(membership)
        for person in self._list("persons"):
            terms = held.pop(_text(person.get("id")), [])
            own = self._person(person)
            if not terms:
                yield self.line(person), own
            for membership in terms:
                yield self.line(membership), own | self._membership(membership)
        for key, terms in held.items():
            for membership in terms:
                yield self.line(membership), f"person_id: no person has the id “{key[:100]}”"

    def _person(self, person):
        ids = [each for each in _dicts(person.get("identifiers")) if each.get("scheme")]
        found = [each for each in ids if _text(each["scheme"]).lower() == "wikidata"]
        return {
            "key": _text(person.get("id")),
            "person": _text(person.get("name")),
            "slug": _text(person.get("slug")),
            "born": _text(person.get("birth_date")),
            "died": _text(person.get("death_date")),
            "wikidata": _text(found[0].get("identifier")) if found else "",
            "names": [
                ("", _text(each.get("name")).strip())
                for each in _dicts(person.get("other_names"))
                if _text(each.get("name")).strip()
            ],
        }

    def _membership(self, membership):
        post = self.posts.get(_text(membership.get("post_id")), {})
        if membership.get("post_id") and not post:
            return {"post": _text(membership["post_id"]), **self._dates(membership)}
        return {
            "position": _text(post.get("label") or post.get("role") or membership.get("role")),
            "country": self._country(membership, post),
            **self._dates(membership),
        }

    @staticmethod
    def _dates(membership):
        return {
            "started": _text(membership.get("start_date")),
            "ended": _text(membership.get("end_date")),
        }

    def _country(self, membership, post):
        """The name of the area of the post, of the membership or of their organization."""
        organization = _text(post.get("organization_id") or membership.get("organization_id"))
        for holder in (post, membership, self.organizations.get(organization, {})):
            area = holder.get("area") or self.areas.get(_text(holder.get("area_id")))
            if isinstance(area, dict) and (area.get("name") or area.get("id")):
                return _text(area.get("name") or area["id"])
            if holder.get("area_id"):
                return _text(holder["area_id"])
        return _text(self.organizations.get(organization, {}).get("name"))


def _dicts(value):
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value):
    """What is no text stays what it is, so that it can be refused by name."""
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)
