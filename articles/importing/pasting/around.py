"""What stands around a pasted story: a credit line, a byline, dates, a dateline.

Each is taken out of the blocks of lines (see `paragraphs`), or out of the body, and becomes a field
of the Pasted that was found, with a note that says where it stood. What only resembles one of them
stays text.
"""

import re

from articles.importing.records import TEXTS

from . import printed_dates


def drop(blocks, number, lines):
    """The first lines of a block, taken out."""
    taken = blocks[number][:lines]
    blocks[number] = blocks[number][lines:]
    if not blocks[number]:
        del blocks[number]
    return taken


def drop_last(blocks):
    last = blocks[-1].pop()
    if not blocks[-1]:
        del blocks[-1]
    return last


_SOURCE = re.compile(
    r"[(\[]?(?:Sources?|Credit|Mənbə|Kaynak|Quelle|Fuente|Источник|Джерело|منبع|المصدر) ?[:：] ?"
    r"(.+?)[)\]]?",
    re.IGNORECASE,
)


def take_credit(found, blocks):
    match = blocks and _SOURCE.fullmatch(blocks[-1][-1])
    if match and len(match[1]) <= TEXTS["credit"]:
        drop_last(blocks)
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


def take_byline_and_date(found, blocks):
    """Lines of their own below the headline, and dates at the end, too."""
    dates = []
    for _ in range(_HEAD):
        if not blocks:
            break
        byline, printed = _of_line(blocks[0][0], is_first=not found.byline)
        if printed is None and not byline:
            break
        drop(blocks, 0, 1)
        dates += printed or []
        if byline:
            found.byline = byline
            found.tell("byline", "A line of its own below the headline.")
    while blocks and (len(blocks) > 1 or len(blocks[0]) > 1):
        _, printed = _of_line(blocks[-1][-1], is_first=False)
        if printed is None:
            break
        drop_last(blocks)
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


_DASH = r"(?:—|–|--|-|―)"
_PLACE = r"[^\W\d_](?:[^\W\d_]|['./ ]|-(?=[^\W\d_])){1,40}"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:, {_PLACE})?(?:/{_PLACE})?)"
    r"(?P<date>, [^()—–/]{0,40}?\d[^()—–/]{0,20}?)?"
    r"(?: ?\((?P<agency>[^()]{2,40})\)|\.? ?/(?P<slashed>[^/]{2,40})/)?"
    rf"(?P<end> ?{_DASH} ?|: |(?:(?<=\d)|(?<=/))\. )(?=\S)"
)
_CITY = re.compile(rf"(?=[^a-z]*(?:,|\Z)){_PLACE}(?:, {_PLACE})?")
_NO_PLACE = re.compile(
    r"(?:EXCLUSIVE|UPDATE|BREAKING|URGENT|ANALYSIS|OPINION|FACTBOX|EXPLAINER|INTERVIEW|CORRECTED"
    r"|CORRECTION|BACKGROUND|WATCH|VIDEO|LIVE|FEATURE|PROFILE|NEWS|NOTE|TIMELINE)\b"
)


def take_dateline(found):
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
    agency = match["agency"] or match["slashed"]
    if agency and not found.credit:
        found.credit = agency
        found.tell("source", f"The dateline names it: “{agency}”.")
    if printed and not found.published:
        if printed.edtf:
            found.published = printed.edtf
            found.tell("published", f"The dateline prints it: “{printed.text}”.")
        else:
            found.tell("published", printed.why_open)


def _is_place(match):
    """A city in capitals; in small letters only between a date and a dash or colon."""
    first = match["place"].split(",")[0]
    if first.isupper() and len(first) > 2:
        return match["end"].strip() not in ":." or bool(match["date"] or match["slashed"])
    return bool(match["date"]) and match["end"] != ". " and first[:1].isupper()
