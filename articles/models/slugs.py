"""Addresses made from names and headlines."""

from anyascii import anyascii

MAX_LENGTH = 120


_ASCII = [chr(code) for code in range(128)]
# Letters and digits stay, blanks and hyphens part words, all else goes.
_PLAIN = str.maketrans(
    {letter: letter.lower() if letter.isalnum() else "" for letter in _ASCII}
    | {letter: " " for letter in _ASCII if letter.isspace() or letter in "-_"}
)


def slug_base(text):
    """`text` in Latin letters as a slug of up to 120 characters, cut at a word; may be empty."""
    slug = "-".join(anyascii(text).translate(_PLAIN).split())
    if len(slug) <= MAX_LENGTH:
        return slug
    cut = slug[: MAX_LENGTH + 1]
    return cut[: cut.rindex("-")] if "-" in cut else slug[:MAX_LENGTH]


def free_slug(base, taken, longest=140):
    """A slug that is not in the set `taken`: the base, then base-2, base-3 ..."""
    number = 1
    while numbered(base, number, longest) in taken:
        number += 1
    return numbered(base, number, longest)


def numbered(base, number, longest=140):
    """The base for 1, base-2 for 2 ..., of at most so many letters."""
    if number == 1:
        return base
    ending = f"-{number}"
    return base[: longest - len(ending)].rstrip("-") + ending
