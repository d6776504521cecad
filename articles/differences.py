"""Two texts side by side: what was taken away, what came, by paragraph and within it by word.

compare("A cat.\\n\\nIt sat.", "A dog.\\n\\nIt sat.")
-> [Paragraph("changed", [("same", "A "), ("old", "cat."), ("new", "dog.")]),
    Paragraph("same", [("same", "It sat.")])]
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\A\s+")  # each with the space after it
_ALIKE = 0.4  # of its words: below, a paragraph is another one and not the old one changed
# Beyond, the comparison would take seconds, and what differs is shown whole, old and new.
_MOST_WORDS = 3000
_MOST_PARAGRAPHS = 2000
_MOST_PAIRS = 300_000  # of a word here and the same word there; 3,000 words of English have 100,000
_NEAR = 12  # paragraphs among which the new wording of an old one is looked for


@dataclass(frozen=True)
class Paragraph:
    kind: str  # same, changed, old (taken away) or new
    pieces: list  # (same, old or new; text)


def compare(old, new):
    """The paragraphs of two texts in reading order; of equal texts all are `same`."""
    before, after = _paragraphs(old), _paragraphs(new)
    found = []
    for tag, i, j, k, m in _opcodes(before, after, _MOST_PARAGRAPHS):
        if tag == "equal":
            found += [Paragraph("same", [("same", text)]) for text in before[i:j]]
        else:
            found += _changed(before[i:j], after[k:m])
    return found


def is_different(paragraphs):
    return any(paragraph.kind != "same" for paragraph in paragraphs)


def words(old, new):
    """[(same, old or new; text)] of two short texts."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces = []
    for tag, i, j, k, m in _opcodes(before, after, _MOST_WORDS):
        if tag == "equal":
            pieces.append(("same", "".join(after[k:m])))
        else:
            # "a word of", "a word": the space before what was taken away went with it.
            space = " " if i and k and before[i - 1][-1:] == " " != after[k - 1][-1:] else ""
            pieces += [("old", space + "".join(before[i:j]))] if i < j else []
            pieces += [("new", "".join(after[k:m]))] if k < m else []
    return pieces


def _paragraphs(text):
    return [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def _matcher(before, after):
    strip = str.strip  # the space after a word is no difference
    return SequenceMatcher(None, [*map(strip, before)], [*map(strip, after)], autojunk=False)


def _opcodes(before, after, most):
    if max(len(before), len(after)) <= most and _pairs(before, after) <= _MOST_PAIRS:
        return _matcher(before, after).get_opcodes()
    if before == after:
        return [("equal", 0, len(before), 0, len(after))]
    return [("replace", 0, len(before), 0, len(after))]


def _pairs(before, after):
    here, there = Counter(map(str.strip, before)), Counter(map(str.strip, after))
    return sum(times * there[word] for word, times in here.items())


def _changed(before, after):
    """Old and new paragraphs in one place: those that are alike as one, each other by itself."""
    found, at = [], 0
    if max(len(before), len(after)) > _MOST_PARAGRAPHS:
        before, after = ["\n\n".join(before)], ["\n\n".join(after)]
    for text in before:
        ahead = range(at, min(at + _NEAR, len(after)))
        near = next((n for n in ahead if _are_alike(text, after[n])), None)
        if near is None:
            found.append(Paragraph("old", [("old", text)]))
            continue
        found += [Paragraph("new", [("new", one)]) for one in after[at:near]]
        found.append(Paragraph("changed", words(text, after[near])))
        at = near + 1
    return found + [Paragraph("new", [("new", one)]) for one in after[at:]]


def _are_alike(old, new):
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS or _pairs(before, after) > _MOST_PAIRS:
        return False
    matcher = _matcher(before, after)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
