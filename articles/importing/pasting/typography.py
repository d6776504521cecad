"""The typography of a text that somebody pasted, made plain: what differs only by it is the same.

Browsers, offices and PDF readers put their own blanks, quotation marks, line ends and invisible
marks into a text. What a record must not hold is refused, with its line; nothing is guessed.
"""

import re
import unicodedata

MOST_MARKS = 8  # on one letter; the most that any writing needs is fewer

_LINE_ENDS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028]")
_PARAGRAPH_END = "\u2029"
_QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛", "'"))
_BLANKS = re.compile(r"[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\ufeff]")
# Persian, Indian scripts and emoji need them within a word; in other letters they say nothing.
_NEEDLESS_JOINERS = re.compile(
    "(?<![\u0600-\u1fff\u2190-\uffff\U00010000-\U0010ffff])[\u200c\u200d]"
)
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
    f"\u20d0-\u20ff\ufe20-\ufe2f]{{{MOST_MARKS + 1},}}"
)
_TAGS = re.compile(
    r"</?(?:a|abbr|article|b|blockquote|body|br|button|center|dd|div|dl|dt|em|embed|figcaption"
    r"|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|li|link|main|math|meta"
    r"|nav|noscript|object|ol|p|pre|s|script|section|small|span|strong|style|sub|sup|svg|table"
    r"|tbody|td|textarea|th|thead|title|tr|u|ul|video)(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>|<!(?:--|doctype)",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|nbsp|quot|amp|apos|lt|gt|[lr][sd]quo);", re.I)


def faults(text):
    """What keeps a text from being a record: sentences that say what, in which line, what to do."""
    return [told for told in (_no_character(text), _marks(text), _tags(text)) if told]


def _no_character(text):
    for found, character in enumerate(text):
        if character.isprintable() or character in "\t\n\r\v\f\x85":
            continue
        kind, line = unicodedata.category(character), _line(text, found)
        if character == "\0":
            return f"Line {line} holds a NUL character. Take it out, or copy the text anew."
        if kind == "Cs":
            return f"Line {line} holds half a surrogate pair, which is no character. {_ANEW}"
        if kind == "Cc" or (kind == "Cn" and ord(character) & 0xFFFE == 0xFFFE):
            return f"Line {line} holds the control character U+{ord(character):04X}. {_ANEW}"
    return ""


_ANEW = "The text was damaged on its way: copy it anew from its source."


def _marks(text):
    found = _MARKS.search(text)
    if not found:
        return ""
    return (
        f"Line {_line(text, found.start())} has a letter with {len(found[0])} marks above one"
        f" another, at most {MOST_MARKS} are text. Take them out, or copy the text anew."
    )


def _tags(text):
    found = _TAGS.search(text)
    if not found:
        return ""
    tag = found[0] if len(found[0]) <= 40 else f"{found[0][:40]}…"
    return (
        f"This is HTML: line {_line(text, found.start())} has {tag}. The archive keeps plain text:"
        " copy what the page shows, not what it is made of."
    )


def _line(text, place):
    return len(_LINE_ENDS.findall(text, 0, place)) + 1


def plain(text):
    """(the text in plain typography, lines parted by LF; sentences on what was done to it)"""
    told = []
    plainer = unicodedata.normalize("NFC", text)
    plainer = _LINE_ENDS.sub("\n", plainer).replace(_PARAGRAPH_END, "\n\n")
    plainer, invisible = _INVISIBLE.subn("", plainer)
    plainer, joiners = _NEEDLESS_JOINERS.subn("", plainer)
    if invisible + joiners:
        told.append(f"{_number(invisible + joiners, 'invisible character')} left out.")
    plainer, directions = _DIRECTIONS.subn("", plainer)
    if directions:
        told.append(
            f"{_number(directions, 'mark', ' of writing direction')} left out: such marks can make"
            " a text look other than it is. Compare it with its source."
        )
    straight = plainer.translate(_QUOTES)
    if straight != plainer:
        told.append("Curly quotation marks and apostrophes were made straight.")
    lines = straight.replace("\u2011", "-").split("\n")
    plainer = "\n".join(_BLANKS.sub(" ", line).strip(" ") for line in lines).strip("\n")
    if "\ufffd" in plainer:
        told.append(
            "“\ufffd” stands where letters were lost before the text came here. Compare it with"
            " its source."
        )
    if found := _ENTITY.search(plainer):
        told.append(f"“{found[0]}” is taken as it is written; in HTML it stands for a character.")
    return plainer, told


def _number(number, noun, of=""):
    return f"{number:,} {noun}{'s'[: number != 1]}{of} {'was' if number == 1 else 'were'}"
