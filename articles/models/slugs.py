"""Addresses made from names and headlines."""

import re

from anyascii import anyascii
from django.utils.text import slugify

MAX_LENGTH = 120


def slug_base(text):
    """`text` in Latin letters as a slug of up to 120 characters, cut at a word; may be empty."""
    slug = slugify(anyascii(text)).replace("_", "-")
    slug = re.sub(r"-{2,}", "-", slug).strip("-")
    if len(slug) <= MAX_LENGTH:
        return slug
    cut = slug[: MAX_LENGTH + 1]
    return cut[: cut.rindex("-")] if "-" in cut else slug[:MAX_LENGTH]


def free_slug(base, taken, longest=140):
    """A slug that is not in the set `taken`: the base, then base-2, base-3 ..."""
    slug, number = base, 2
    while slug in taken:
        ending = f"-{number}"
        slug, number = base[: longest - len(ending)].rstrip("-") + ending, number + 1
    return slug
