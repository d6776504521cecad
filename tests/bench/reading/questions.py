"""What is asked of a page kind, chosen from the corpus, and its address on each site.

A word is rare with 10 to 100 hits, medium with 0.2 to 0.5 % of the articles, common with 5 to 15 %.
Every question of a kind is another one; where the archive has one page alone (the front), a
parameter varies that no site reads.
"""

import json
import random
from dataclasses import dataclass
from urllib.parse import urlencode

from .corpus import pairs, unknown_words
from .rows import read

KINDS = (
    "front",
    "country",
    "pair",
    "rare word",
    "medium word",
    "common word",
    "word and pair",
    "relevance",
    "person",
    "source",
    "article",
    "deep page",
    "nothing",
    "json",
    "304",
)


@dataclass(frozen=True)
class Question:
    """What a page is asked for. Countries, the person, the source and the article are
    (id, slug) each; `day` and `article` tell where a deep page begins."""

    kind: str
    number: int
    words: str = ""
    countries: tuple = ()
    person: tuple = ()
    source: tuple = ()
    article: tuple = ()
    day: str = ""
    offset: int = 0


class Chooser:
    """Chooses `number` questions a kind from a file of rows; the same ones each time."""

    def __init__(self, rows, number, seed=7):
        self.rows, self.number, self.chance = rows, number, random.Random(seed)
        (self.size,) = next(read(rows, "SELECT max(id) FROM article"))
        self.countries = {row[1]: row for row in read(rows, "SELECT id, slug FROM country")}
        share = self.size / 100
        self.words = {
            "rare word": self._words_in(10, 100),
            "medium word": self._words_in(0.2 * share, 0.5 * share),
            "common word": self._words_in(5 * share, 15 * share),
        }

    def questions(self):
        """{kind: [Question]}"""
        found = {kind: [] for kind in KINDS}
        found["front"] = [{} for _ in range(self.number)]
        found["country"] = [{"countries": (c,)} for c in self._some(self.countries.values())]
        found["json"] = [{"countries": (c,)} for c in self._some(self.countries.values())]
        found["pair"] = [{"countries": pair} for pair in self._pairs()]
        found["304"] = [{"countries": pair} for pair in self._pairs()]
        for kind, words in self.words.items():
            found[kind] = [{"words": word} for word in self._some(words)]
        found["relevance"] = [{"words": word} for word in self._some(self.words["common word"])]
        found["word and pair"] = self._words_and_pairs()
        found["person"] = [{"person": row} for row in self._linked("person")]
        found["source"] = [{"source": row} for row in self._some(self._nouns("source"))]
        found["article"] = [
            {"article": row} for row in self._drawn("SELECT id, slug FROM article WHERE id = ?")
        ]
        found["deep page"] = self._deep()
        found["nothing"] = [
            {"words": f"{known} {unknown}"}
            for known, unknown in zip(
                self._some(self.words["rare word"]),
                unknown_words(self.chance, self.number),
                strict=False,
            )
        ]
        return {
            kind: [Question(kind, n, **asked) for n, asked in enumerate(chosen)]
            for kind, chosen in found.items()
        }

    def _words_in(self, least, most):
        sql = "SELECT word FROM word WHERE articles BETWEEN ? AND ? ORDER BY word"
        return [word for (word,) in read(self.rows, sql, (least, most))]

    def _some(self, things):
        """`number` of them in no order; where there are fewer, all of them, again and again."""
        things = list(things)
        chosen = self.chance.sample(things, min(self.number, len(things)))
        return [chosen[n % len(chosen)] for n in range(self.number)]

    def _nouns(self, table):
        return list(read(self.rows, f"SELECT id, slug FROM {table} ORDER BY id"))

    def _drawn(self, sql, times=1):
        """Rows of articles drawn by chance, endlessly as far as `times` goes."""
        ids = self.chance.sample(range(1, self.size + 1), min(self.number * times, self.size))
        return [row for pk in ids for row in read(self.rows, sql, (pk,))]

    def _pairs(self):
        """Relations, each as likely as it is reported on."""
        drawn = self._drawn("SELECT countries FROM article WHERE id = ?", times=3)
        found = {self.chance.choice(pairs(json.loads(slugs))) for (slugs,) in drawn}
        return [tuple(self.countries[slug] for slug in pair) for pair in self._some(sorted(found))]

    def _linked(self, noun):
        """People, each as likely as named."""
        found = self._drawn(
            f"SELECT p.id, p.slug FROM article_{noun} l JOIN {noun} p ON p.id = l.{noun}_id"
            " WHERE l.article_id = ?",
            times=2,
        )
        return self._some(dict.fromkeys(found))

    def _words_and_pairs(self):
        """A medium or common word and two countries of an article that holds it."""
        wanted = {*self.words["medium word"], *self.words["common word"]}
        found = []
        drawn = self._drawn("SELECT body, countries FROM article WHERE id = ?", times=3)
        for body, slugs in drawn:
            words = sorted(wanted.intersection(body.replace(".", "").split()))
            if words:
                pair = self.chance.choice(pairs(json.loads(slugs)))
                countries = tuple(self.countries[slug] for slug in pair)
                found.append({"words": self.chance.choice(words), "countries": countries})
        return found[: self.number]

    def _deep(self):
        """Places deep in the list of all articles, the newest first."""
        dated = read(
            self.rows,
            "SELECT id, slug, published_latest FROM article WHERE published_latest IS NOT NULL"
            " ORDER BY published_latest DESC, id DESC",
        )
        offsets = sorted(self._some(range(self.size // 10, self.size * 9 // 10)))
        wanted, found = set(offsets), []
        for offset, (pk, slug, day) in enumerate(dated):
            if offset in wanted:
                found.append({"article": (pk, slug), "day": day, "offset": offset})
        self.chance.shuffle(found)
        return found


# Addresses. Each function gives None where a site has no such page.


def of_archive(question, cursor=""):
    """As `docs` and the contract of the archive name them; a deep page needs its `cursor`."""
    slugs = [slug for _, slug in question.countries]
    asked = [("country", slug) for slug in slugs]
    words = [("q", question.words)]
    match question.kind:
        case "front":
            return f"/?reader={question.number}"
        case "country":
            return f"/articles/?{urlencode(asked)}"
        case "json":
            return f"/articles.json?{urlencode([*asked, ('facets', 1)])}"
        case "pair" | "304":
            return f"/relations/{slugs[0]}/{slugs[1]}/"
        case "relevance":
            return f"/articles/?{urlencode([*words, ('order', 'relevance')])}"
        case "person":
            return f"/people/{question.person[1]}/"
        case "source":
            return f"/sources/{question.source[1]}/"
        case "article":
            return f"/articles/{question.article[1]}/"
        case "deep page":
            return f"/articles/?{urlencode({'cursor': cursor})}"
    return f"/articles/?{urlencode(words + asked)}"


_DATASETTE_FACETS = [
    *(("_facet", column) for column in ("source_id", "language", "year")),
    ("_facet_array", "countries"),
]


def of_datasette(question, facets=False):
    """A table's page with its filters by the tables of links; relevance is a canned query."""
    name = "/rows/article"
    asked = [("_sort_desc", "published_latest")]
    through = [("country", pk) for pk, _ in question.countries]
    match question.kind:
        case "304":
            return None
        case "article":
            return None if facets else f"{name}/{question.article[0]}"
        case "relevance":
            return None if facets else f"/rows/relevance?{urlencode({'q': question.words})}"
        case "json":
            name += ".json"
        case "person":
            through = [("person", question.person[0])]
        case "source":
            asked.append(("source_id", question.source[0]))
        case "deep page":
            asked.append(("_next", f"{question.day},{question.article[0]}"))
    for noun, pk in through:
        link = {"table": f"article_{noun}", "column": f"{noun}_id", "value": str(pk)}
        asked.append(("_through", json.dumps(link)))
    if question.words:
        asked.append(("_search", question.words))
    return f"{name}?{urlencode(asked + _DATASETTE_FACETS * facets)}"


def of_naive(question, facets=False):
    asked = [("country", slug) for _, slug in question.countries]
    match question.kind:
        case "304" | "json":
            return None
        case "article":
            return None if facets else f"/articles/{question.article[1]}/"
        case "relevance":
            asked.append(("order", "relevance"))
        case "person":
            asked.append(("person", question.person[1]))
        case "source":
            asked.append(("source", question.source[1]))
        case "deep page":
            asked.append(("page", question.offset // 25 + 1))
    if question.words:
        asked.append(("q", question.words))
    return f"/?{urlencode(asked + [('facets', 1)] * facets)}"
