"""The word lists in `data/`: facts that detection leans on, as text that anybody can mend."""

import json
import re
from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def listed(name):
    """The words of a list of data/words.txt."""
    return _lists()[name]


@lru_cache(maxsize=1)
def _lists():
    found, words = {}, set()
    for line in _lines("words.txt"):
        if heading := re.match(r"\[(.+)\]\Z", line):
            words = found.setdefault(heading[1], set())
        else:
            words.update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


def _lines(name):
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def same_given_names():
    """{given name: the names that are a form of it}"""
    found = {}
    for line in _lines("given_names.txt"):
        for name in line.split():
            found.setdefault(name, set()).update(line.split())
    return found


@cache
def table(name):
    """What stands in a JSON file of data/."""
    return json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
