"""Names that are nearly another one, for an editor to look at: never to unite anything by.

    near("Hosein Amir-Abdolahian", [(1, "Hossein Amir-Abdollahian"), ...])     [1]

Compared letter by letter in Latin letters, or by their sounds, where another script leaves out the
vowels; and as wholes, so that no name is near to one that merely holds it.
"""

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from .fold import fold
from .likeness import latin, skeletons

LIKE = 86  # of 100
_SOUNDS_LIKE = 92  # of 100, of the consonants
_LOOKED_AT = 40  # of 100: below it, not even the sounds are compared
_MOST_LOOKED_AT = 300
_FEWEST = 4  # letters; of sounds, too


def near(name, known, most=3):
    """The things whose name is nearly this one, the likest first; `known` are (thing, name)."""
    wanted = latin(fold(name))
    if len(wanted) < _FEWEST:
        return []
    names = [latin(fold(other)) for _, other in known]
    found = {}
    for other, alike, place in process.extract(
        wanted, names, scorer=ratio, score_cutoff=_LOOKED_AT, limit=_MOST_LOOKED_AT
    ):
        likeness = alike if alike >= LIKE else _by_sound(wanted, other)
        if likeness:
            thing = known[place][0]
            found[thing] = max(likeness, found.get(thing, 0))
    return sorted(found, key=lambda thing: -found[thing])[:most]


def _by_sound(one, other):
    """How alike the consonants are, 0 if not very."""
    if one.count(" ") != other.count(" "):
        return 0
    alike = [
        ratio(a, b)
        for a in _sounds(one)
        for b in _sounds(other)
        if min(len(a), len(b)) >= _FEWEST and _is_begun_alike(a, b)
    ]
    best = max(alike, default=0)
    return best if best >= _SOUNDS_LIKE else 0


def _is_begun_alike(one, other):
    """Whether each word has some sound where the other one has."""
    return [bool(w) for w in one.split(" ")] == [bool(w) for w in other.split(" ")]


def _sounds(name):
    """The consonants of a name word by word, in each way that its letters may be read."""
    found = [""]
    for word in name.split():
        found = [f"{before} {sounds}" for before in found for sounds in skeletons(word)][:16]
    return [sounds.strip() for sounds in found]
