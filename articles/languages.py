"""Languages by their BCP 47 tag: names and writing direction, from Django's own table; scripts."""

import re
from functools import lru_cache

from django.utils.translation import get_language_info

FORM = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")


def _info(tag):
    try:
        return get_language_info(tag.lower())
    except KeyError:
        return None


@lru_cache(1000)
def language_name(tag):
    """ "Azerbaijani" for `az`; the tag itself where it is not known."""
    info = _info(tag)
    return info["name"] if info else tag


_RTL_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}
# Not Django's `bidi`, which takes Azerbaijani, written in Latin letters, for right-to-left.
_RTL_LANGUAGES = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}


@lru_cache(1000)
def direction(tag):
    """`rtl` or `ltr`: by the script that the tag names, else by the language's usual one."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    is_rtl = script in _RTL_SCRIPTS if script else language in _RTL_LANGUAGES
    return "rtl" if is_rtl else "ltr"


_SCRIPTS = {
    "Arab": "Arabic", "Armn": "Armenian", "Beng": "Bengali", "Cyrl": "Cyrillic",
    "Deva": "Devanagari", "Ethi": "Ethiopic", "Geor": "Georgian", "Grek": "Greek",
    "Hang": "Hangul", "Hani": "Chinese characters", "Hans": "simplified Chinese",
    "Hant": "traditional Chinese", "Hebr": "Hebrew", "Jpan": "Japanese", "Khmr": "Khmer",
    "Kore": "Korean", "Laoo": "Lao", "Latn": "Latin", "Mong": "Mongolian", "Mymr": "Burmese",
    "Sinh": "Sinhala", "Taml": "Tamil", "Thaa": "Thaana", "Thai": "Thai", "Tibt": "Tibetan",
}  # fmt: skip


def script_name(code):
    """ "Cyrillic" for `Cyrl`, of ISO 15924; the code itself where it is not known."""
    return _SCRIPTS.get(code, code)
