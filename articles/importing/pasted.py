"""A story that somebody pasted, as the fields of a record: nothing of it is looked up anywhere.

The form is the agency's own, as `formats` reads it from files, but as editors meet it on screens:
with a byline, a dateline, a line with the date, and a typography that is the browser's. What was
concluded is told field by field, and so is what was left open. The typography is made plain here
alone; a file that is imported stays word for word.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from . import formats, paragraphs, printed_dates, typography
from .records import TEXTS, text_reference
from .written_in import language_of

LONGEST = TEXTS["body"]  # characters of a text; that of a body is its limit in any case


class PasteError(ValueError):
    """A text that is no story; `faults` are sentences for the person who pasted it."""

    def __init__(self, *faults):
        super().__init__(" ".join(faults))
        self.faults = faults


class Note(NamedTuple):
    field: str
    text: str


@dataclass
class Pasted:
    """The fields of a record, `""` for what the text does not say, and why each is so."""

    original: bytes
    import_ref: str = ""  # as the import of the same bytes would give it
    headline: str = ""
    body: str = ""
    byline: str = ""
    dateline: str = ""
    credit: str = ""  # whom the text names as its source
    published: str = ""
    published_note: str = ""
    language: str = ""
    notes: list = field(default_factory=list)

    @property
    def original_text(self):
        return self.original.decode()

    def tell(self, about, *sentences):
        self.notes += [Note(about, sentence) for sentence in sentences]


def original_of(sent):
    """The bytes of a text as a form sent it. Browsers send each line end as CRLF, whatever was
    pasted, and the text area holds LF: that is what is kept."""
    if len(re.findall(r"[\r\n]", sent)) == 2 * sent.count("\r\n"):
        sent = sent.replace("\r\n", "\n")
    return sent.encode()


def read(sent):
    """The Pasted of a text as a form sent it. Raises PasteError."""
    if len(sent) > LONGEST:
        raise PasteError(
            f"A story has at most {LONGEST:,} characters; this text has {len(sent):,}. Paste one"
            " story alone, or import a long one as a file."
        )
    if faults := typography.faults(sent):
        raise PasteError(*faults)
    text, told = typography.plain(sent)
    blocks = paragraphs.blocks(text)
    if not blocks:
        raise PasteError("There is no text. Paste the story: its headline first.")
    found = Pasted(original_of(sent))
    found.tell("text", *told)
    breaks = paragraphs.Breaks(blocks)
    _take_headline(found, blocks, breaks)
    _take_credit(found, blocks)
    _take_byline_and_date(found, blocks)
    if not blocks:
        raise PasteError(
            "There is a headline and no story: paste the headline on the first line, and the"
            " paragraphs below it."
        )
    made, doubts = breaks.paragraphs(blocks)
    found.body = "\n\n".join(made)
    _take_dateline(found)
    _tell_paragraphs(found, breaks, doubts)
    _judge(found)
    return found


# Each takes its lines out of the blocks.


def _take_headline(found, blocks, breaks):
    lines = breaks.headline(blocks[0])
    found.headline = " ".join(_drop(blocks, 0, lines))
    found.tell("headline", f"The first {'line' if lines == 1 else f'{lines} lines'} of the text.")


def _drop(blocks, number, lines):
    """The first lines of a block, taken out."""
    taken = blocks[number][:lines]
    blocks[number] = blocks[number][lines:]
    if not blocks[number]:
        del blocks[number]
    return taken


def _drop_last(blocks):
    last = blocks[-1].pop()
    if not blocks[-1]:
        del blocks[-1]
    return last


_SOURCE = re.compile(
    r"[(\[]?(?:Sources?|Credit|Mənbə|Kaynak|Quelle|Fuente|Источник|Джерело|منبع|المصدر) ?[:：] ?"
    r"(.+?)[)\]]?",
    re.IGNORECASE,
)


def _take_credit(found, blocks):
    match = blocks and _SOURCE.fullmatch(blocks[-1][-1])
    if match and len(match[1]) <= TEXTS["credit"]:
        _drop_last(blocks)
        found.credit = match[1].strip()
        found.tell("source", f"The last line names it: “{match[0]}”.")


_NAME = r"[^\W\d_a-z][^\W\d_]*(?:[-'.][^\W\d_]*)*"
_NAMES = re.compile(rf"{_NAME}(?: (?:{_NAME}|and|van|von|de|al|bin)){{1,5}}")
_BY = re.compile(
    rf"(?:By|BY|by) ({_NAME}(?:,? (?:{_NAME}|&|and|van|von|de|al|bin|of|in|for|the|with)){{1,11}})"
)
_LABEL = re.compile(
    r"(?P<label>first published|published(?: on| at)?|posted(?: on)?|issued(?: on)?|date"
    r"|last (?:updated|modified)|updated?(?: on| at)?|modified) ?:? +(?P<date>.+)",
    re.IGNORECASE,
)
_PARTS = re.compile(r" ?[|•·] ?| - (?=Updated? ?:)", re.IGNORECASE)
_LONGEST_LINE = 250  # of those
_HEAD = 4  # lines below the headline that may be byline and date


def _take_byline_and_date(found, blocks):
    """Lines of their own below the headline, and dates at the end, too."""
    dates = []
    for _ in range(_HEAD):
        if not blocks:
            break
        byline, printed = _of_line(blocks[0][0], is_first=not found.byline)
        if printed is None and not byline:
            break
        _drop(blocks, 0, 1)
        dates += printed or []
        if byline:
            found.byline = byline
            found.tell("byline", "A line of its own below the headline.")
    while blocks and (len(blocks) > 1 or len(blocks[0]) > 1):
        _, printed = _of_line(blocks[-1][-1], is_first=False)
        if printed is None:
            break
        _drop_last(blocks)
        dates += printed
    _date(found, dates)


def _of_line(line, is_first):
    """(byline or "", [(label, Printed)] or None) of a line; ("", None) of one that is a text."""
    byline, printed = "", []
    if len(line) > _LONGEST_LINE:
        return "", None
    if is_first and (match := _BY.fullmatch(line)) and not match[1].endswith("."):
        return match[1], None
    for part in _PARTS.split(line):
        match = _LABEL.fullmatch(part.strip())
        label, text = (match["label"].lower(), match["date"]) if match else ("", part)
        if one := printed_dates.read(text):
            printed.append((label, one))
        elif is_first and not byline and not printed and _NAMES.fullmatch(part.strip()):
            byline = part.strip()
        else:
            return "", None
    return (byline, printed) if printed else ("", None)


def _date(found, dates):
    """The one day on which the printed dates agree; an update counts where nothing else does."""
    for _, printed in dates:
        if printed.why_open:
            found.tell("published", printed.why_open)
    first = {p.edtf: p for label, p in dates if p.edtf and not _is_update(label)}
    updates = {p.edtf: p for label, p in dates if p.edtf and _is_update(label)}
    is_open = any(p.why_open and not _is_update(label) for label, p in dates)
    if len(first) == 1:
        (printed,) = first.values()
        found.published = printed.edtf
        found.tell("published", f"Printed in the text: “{printed.text}”.")
    elif len(first) > 1:
        told = ", ".join(f"“{printed.text}”" for printed in first.values())
        found.published_note = f"The text prints several dates: {told}."
        found.tell("published", f"{found.published_note} It is left open.")
    elif len(updates) == 1 and not is_open:
        (printed,) = updates.values()
        found.published = printed.edtf
        found.published_note = f"The text prints when it was updated: “{printed.text}”."
        found.tell("published", f"{found.published_note} When it first came out, it does not say.")
    elif open_ones := [printed.text for _, printed in dates if printed.why_open]:
        told = ", ".join(f"“{text}”" for text in open_ones)  # else it would be lost
        found.published_note = f"The text prints {told}."


def _is_update(label):
    return label.startswith(("update", "last", "modified"))


def _tell_paragraphs(found, breaks, doubts):
    number = found.body.count("\n\n") + 1
    told = f"{number} paragraph{'s'[: number != 1]}."
    if breaks.is_at_width:
        told += f" Lines were broken at {breaks.width} characters, and are joined."
    if doubts:
        which = "one line end" if doubts == 1 else f"{doubts} line ends"
        told += f" Whether {which} within them ends a paragraph is not plain: look at it."
    found.tell("body", told)


_DASH = r"(?:—|–|--|-|―)"
_PLACE = r"[^\W\d_](?:[^\W\d_]|['./ ]|-(?=[^\W\d_])){1,40}"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:, {_PLACE})?(?:/{_PLACE})?)"
    r"(?P<date>, [^()—–]{0,40}?\d[^()—–]{0,20}?)?(?: ?\((?P<agency>[^()]{2,40})\))?"
    rf" ?(?:{_DASH} ?|: )(?=\S)"
)
_CITY = re.compile(rf"(?=[^a-z]*(?:,|\Z)){_PLACE}(?:, {_PLACE})?")
_NO_PLACE = re.compile(
    r"(?:EXCLUSIVE|UPDATE|BREAKING|URGENT|ANALYSIS|OPINION|FACTBOX|EXPLAINER|INTERVIEW|CORRECTED"
    r"|CORRECTION|BACKGROUND|WATCH|VIDEO|LIVE|FEATURE|PROFILE|NEWS|NOTE|TIMELINE)\b"
)


def _take_dateline(found):
    """ "BAKU, Azerbaijan, July 2 (Xinhua) -- " at the beginning of the story; "BAKU" above it."""
    above, _, below = found.body.partition("\n\n")
    if below and _CITY.fullmatch(above) and not _NO_PLACE.match(above):
        found.dateline, found.body = above, below
        found.tell("dateline", "A line of its own above the story.")
        return
    match = _DATELINE.match(found.body[:200])
    if not match or _NO_PLACE.match(match["place"]) or not _is_place(match):
        return
    printed = printed_dates.read((match["date"] or "").strip(", "))
    if match["date"] and not printed:
        return
    found.dateline = f"{match['place']}{match['date'] or ''}".strip()
    found.body = found.body[match.end() :].lstrip()
    found.tell("dateline", f"The story begins with it: “{match[0].strip()}”.")
    if match["agency"] and not found.credit:
        found.credit = match["agency"]
        found.tell("source", f"The dateline names it: “{match['agency']}”.")
    if printed and not found.published:
        if printed.edtf:
            found.published = printed.edtf
            found.tell("published", f"The dateline prints it: “{printed.text}”.")
        else:
            found.tell("published", printed.why_open)


def _is_place(match):
    """A city in capitals; in small letters only beside a date or an agency."""
    first = match["place"].split(",")[0]
    if match["date"] or match["agency"]:
        return first[:1].isupper()
    ends_in_dash = not match[0].rstrip().endswith(":")
    return ends_in_dash and first.isupper() and len(first) > 2


def _judge(found):
    for name in ("headline", "byline", "dateline", "body"):
        if len(getattr(found, name)) > TEXTS[name]:
            raise PasteError(
                f"The {name} would have {len(getattr(found, name)):,} characters, at most"
                f" {TEXTS[name]:,} are kept. {_HOW[name]}"
            )
    if not any(map(str.isalnum, found.headline)) or not any(map(str.isalnum, found.body)):
        raise PasteError("There are no words in the headline, or none below it.")
    if not found.published and not any(note.field == "published" for note in found.notes):
        found.tell("published", "The text prints no date of its own; it is left undated.")
    found.language = language_of(f"{found.headline}\n{found.body}")
    if not found.language:
        found.tell("language", "It is not plain in which language this is: say which.")
    found.import_ref = _reference(found)


_HOW = {
    "headline": "Put a line end after it: the first line of the text is the headline.",
    "byline": "Shorten the line below the headline.",
    "dateline": "Shorten what stands before the dash at the beginning of the story.",
    "body": "Paste one story alone.",
}


def _reference(found):
    """As the import of the same bytes gives it, so that they are known when they come again."""
    try:
        story = formats.story(found.original.decode("utf-8-sig"))
    except UnicodeDecodeError:
        story = ""
    if isinstance(story, dict) and story["headline"] and story["body"]:
        return text_reference(story["headline"], story["body"])
    return text_reference(found.headline, found.body)
