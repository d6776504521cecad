"""Lines of a text put together into paragraphs, as far as that is certain.

A text comes with its paragraphs parted by blank lines, or each on a line of its own, or with lines
broken at some width. Lines are joined only where the width explains each break within a sentence:
the next word would not have fit. What is in doubt keeps its line end, and is told.
"""

import re

WIDEST = 100  # characters of a line that somebody broke by hand or by a program
_LEAST_BREAKS = 2  # within sentences, to conclude that lines were broken at a width
_MOST_LINES_OF_A_HEADLINE = 3
_SENTENCE_END = re.compile(r"[.!?…:。؟۔।][\"'»”’)\]]*\Z")

_HYPHENATED = re.compile(r"\w-\Z")
_WORD = re.compile("[^ ]*")
_PIECE = re.compile(r"[^ ]*?\w-(?=\w)|[^ ]*")  # of a word that is broken at its hyphens, too


def blocks(text):
    """Runs of lines that no blank line parts: [[line, ...], ...]"""
    found = re.split(r"\n(?:[ \t]*\n)+", text.strip("\n"))
    return [block.split("\n") for block in found if block.strip()]


class Breaks:
    """How the lines of a text (its blocks) are broken: at a `width`, or at ends of paragraphs."""

    def __init__(self, of_blocks):
        lines = [line for block in of_blocks for line in block]
        self.width = max(map(len, lines), default=0)
        self.piece = _PIECE if any(map(_HYPHENATED.search, lines)) else _WORD
        within = [
            (self.is_full(line, following), not number and place < _MOST_LINES_OF_A_HEADLINE)
            for number, block in enumerate(of_blocks)
            for place, (line, following) in enumerate(zip(block, block[1:], strict=False))
            if not ends_sentence(line)
        ]
        # A headline ends without a full stop, so the break after it proves nothing.
        filled = sum(is_full for is_full, is_near_headline in within if not is_near_headline)
        short = [is_near_headline for is_full, is_near_headline in within if not is_full]
        is_broken = filled >= _LEAST_BREAKS and short in ([], [True])
        self.is_at_width = self.width <= WIDEST and is_broken

    def is_full(self, line, following):
        """Whether the next word would not have fit into the line."""
        blank = 0 if _HYPHENATED.search(line) else 1
        return len(line) + blank + len(self.piece.match(following)[0]) > self.width

    def headline(self, block):
        """How many of the first lines of the first block are the headline."""
        if not self.is_at_width:
            return 1
        for number, (line, following) in enumerate(zip(block, block[1:], strict=False), 1):
            if ends_sentence(line) or number > _MOST_LINES_OF_A_HEADLINE:
                return 1  # it runs into the story; its first line is all that is certain
            if not self.is_full(line, following):
                return number
        is_alone = len(block) <= _MOST_LINES_OF_A_HEADLINE and not ends_sentence(block[-1])
        return len(block) if is_alone else 1

    def paragraphs(self, of_blocks):
        """(paragraphs of these blocks, how many line ends are in doubt)"""
        made, doubts = [], 0
        are_parted = len(of_blocks) > 1
        for block in of_blocks:
            paragraph = block[0]
            for line, following in zip(block, block[1:], strict=False):
                how = self._between(line, following, are_parted)
                if how == "\n\n":
                    made.append(paragraph)
                    paragraph = following
                else:
                    paragraph += how + following
                    doubts += how == "\n"
            made.append(paragraph)
        return made, doubts

    def _between(self, line, following, are_parted):
        """What stands between two lines of a block: a blank, an end of paragraph, or in doubt LF.
        `are_parted`: blank lines part the paragraphs."""
        ends = ends_sentence(line)
        if self.is_at_width:
            if self.is_full(line, following):
                return _joined(line, following) if are_parted or not ends else "\n"
            return "\n\n" if ends and not are_parted else "\n"
        if ends or (self.width > WIDEST and not are_parted):
            return "\n\n"
        return "\n"


def _joined(line, following):
    """A word that was broken at its end is not told from one that bears a hyphen, but before a
    capital or a figure."""
    if not _HYPHENATED.search(line):
        return " "
    return "" if following[0].isupper() or following[0].isdigit() else "\n"


def ends_sentence(line):
    return bool(_SENTENCE_END.search(line))
