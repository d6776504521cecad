"""Where a match stands in a text, marked in the original spelling."""

from articles.names.fold import words_in_place

from .terms import stem

_SCANNED = 100_000  # characters of a text in which the passage is looked for


def _matches(text, query):
    wanted = query.marks
    if not wanted:  # only what must not occur was asked: nothing to look for in long texts
        return
    for start, end, folded in words_in_place(text):
        if any(stem(word) in wanted for word in folded.split()):
            yield start, end


def marked(text, query):
    """`text` as a list of (piece, is_match)."""
    pieces, at = [], 0
    for start, end in _matches(text, query):
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def passage(text, query, length=240):
    """About `length` characters around the first match, as `marked`; [] if there is none."""
    first = next(_matches(text[:_SCANNED], query), None)
    if first is None:
        return []
    start = max(0, first[0] - length // 3)
    if start:
        space = text.find(" ", start, first[0])
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", first[1], end)
        end = space if space > 0 else end
    excerpt = ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
    return marked(excerpt, query)
