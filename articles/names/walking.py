"""Along a tree of names, word by word, as names stand in a text."""

from .handles import PARTICLES
from .offices import END

HYPHENS = ("-", "‐", "‑", "–")


def longest(words, tree, i, may_skip=False):
    """(last word, values) of the longest entry of a Tree that begins at a word; None for values
    where none does. With `may_skip`, an initial or a quoted nickname may stand within."""
    node, last, values, k = tree.get(words.keys[i]), i, None, i
    is_capital = False
    while node is not None:
        is_capital |= words.is_capital(k)
        if END in node and is_capital:
            last, values = k, node[END]
        k += 1
        key = words.key(k)
        if may_skip and key not in node:
            k = _skipped(words, k)
            key = words.key(k)
        node = node.get(key) if key and _joins(words, k) else None
        if node is not None and not _may_go_on(words, k):
            node = None
    return last, values


def _may_go_on(words, k):
    """Whether a word is written as within a name: "Kim Jong-un", "Ursula von der Leyen"."""
    return words.is_capital(k) or words.keys[k] in PARTICLES or words.gap(k) in HYPHENS


def _joins(words, k):
    gap = words.gap(k)
    return words.is_joined(k) or gap in ("” ", '" ', "’ ", "' ", ") ")


def _skipped(words, k):
    """The word after an initial, or after a nickname in quotation marks."""
    if len(words.key(k)) == 1 and words.is_joined(k) and words.is_capital(k):
        return k + 1
    if words.gap(k).strip() in ("“", '"', "‘", "'", "(", "„", "«"):
        for end in (k + 1, k + 2):
            if words.gap(end)[:1] in ("”", '"', "’", "'", ")", "»", "“"):
                return end
    return k
