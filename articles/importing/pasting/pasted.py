"""A story that somebody pasted, as the fields of a record: nothing of it is looked up anywhere.

The form is the agency's own, as `formats` reads it from files, but as editors meet it on screens:
with a byline, a dateline, a line with the date, and a typography that is the browser's. What was
concluded is told field by field, and so is what was left open. The typography is made plain here
alone; a file that is imported stays word for word.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from articles.importing import formats
from articles.importing.records import TEXTS, text_reference

from . import around, paragraphs, typography
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
    around.take_credit(found, blocks)
    around.take_byline_and_date(found, blocks)
    if not blocks:
        raise PasteError(
            "There is a headline and no story: paste the headline on the first line, and the"
            " paragraphs below it."
        )
    made, doubts = breaks.paragraphs(blocks)
    found.body = "\n\n".join(made)
    around.take_dateline(found)
    _tell_paragraphs(found, breaks, doubts)
    _judge(found)
    return found


# Each takes its lines out of the blocks.


def _take_headline(found, blocks, breaks):
    lines = breaks.headline(blocks[0])
    found.headline = " ".join(around.drop(blocks, 0, lines))
    found.tell("headline", f"The first {'line' if lines == 1 else f'{lines} lines'} of the text.")


def _tell_paragraphs(found, breaks, doubts):
    number = found.body.count("\n\n") + 1
    told = f"{number} paragraph{'s'[: number != 1]}."
    if breaks.is_at_width:
        told += f" Lines were broken at {breaks.width} characters, and are joined."
    if doubts:
        which = "one line end" if doubts == 1 else f"{doubts} line ends"
        told += f" Whether {which} within them ends a paragraph is not plain: look at it."
    found.tell("body", told)


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
