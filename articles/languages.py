"""Languages by their BCP 47 tag: names and writing direction, from Django's own table."""

import re

from django.utils.translation import get_language_info

FORM = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")


def _info(tag):
    try:
        return get_language_info(tag.lower())
    except KeyError:
        return None


def language_name(tag):
    """ "Azerbaijani" for `az`; the tag itself where it is not known."""
    info = _info(tag)
    return info["name"] if info else tag


def direction(tag):
    """`rtl` or `ltr`."""
    info = _info(tag)
    return "rtl" if info and info["bidi"] else "ltr"
