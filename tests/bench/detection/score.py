"""Precision, recall and F1 of detection on a labelled file."""

import json
from collections import Counter
from dataclasses import dataclass

from articles import dates
from articles.names.detect import countries_of, detect_article, people_of
from articles.names.fold import fold

AROUND = 70  # characters on each side of an error


@dataclass
class Score:
    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found, wanted):
        self.right += len(found & wanted)
        self.wrong += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def precision(self):
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self):
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self):
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self):
        return (
            f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}"
            f"  ({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        )


def detect_record(record, known):
    """(mentions of the headline, mentions of the body) of a record in the import form."""
    span = dates.span(record.get("published") or "")
    return detect_article(record.get("headline") or "", record.get("body") or "", known, span)


class Board:
    def __init__(self, known):
        self.known = known
        self.codes = {c.slug: c.alpha3 or c.slug for c in known.countries.values()}
        self.slugs = {}  # folded name -> slugs of who bears it
        for person in known.people.values():
            for name in (person.slug, person.name, *(name.text for name in person.names)):
                self.slugs.setdefault(fold(name), set()).add(person.slug)

    def read(self, path, with_errors=False):
        """Print the scores of a file, and its errors before them."""
        countries, people, left_out = Score(), Score(), Counter()
        with open(path, encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines if line.strip()]
        for record in records:
            found, wanted = self._countries(record)
            countries.add(found, wanted)
            if with_errors:
                self._tell(record, "country", found, wanted)
            found, wanted, unknown = self._people(record)
            people.add(found, wanted)
            left_out.update(unknown)
            if with_errors:
                self._tell(record, "person", found, wanted)
        print(f"{path.name}: {len(records)} articles")
        print(f"  countries  {countries}")
        print(f"  people     {people}")
        if left_out:
            print(
                f"             {left_out.total()} not counted, not being in the archive: ", end=""
            )
            print(", ".join(sorted(left_out)))

    def _countries(self, record):
        slugs = countries_of(
            [mention for part in detect_record(record, self.known) for mention in part]
        )
        states = [slug for slug in slugs if not self.known.countries[slug].is_union]
        return {self.codes[slug] for slug in states}, set(record["countries"])

    def _people(self, record):
        found = people_of(
            [mention for part in detect_record(record, self.known) for mention in part]
        )
        bearing = {name: self._bearing(name) for name in record["people"]}
        wanted = {slugs_of(slugs, found) for slugs in bearing.values() if slugs}
        return set(found), wanted, [name for name, slugs in bearing.items() if not slugs]

    def _bearing(self, name):
        """The slugs of who bears a name, or one that says more: "Lynne Tracy" is Lynne M. Tracy."""
        words = fold(name)
        if words in self.slugs:
            return self.slugs[words]
        asked = set(words.split())
        near = [slugs for known, slugs in self.slugs.items() if asked < set(known.split())]
        found = set().union(*near)
        return found if len(asked) > 1 and len(found) == 1 else set()

    def _tell(self, record, of, found, wanted):
        name = record.get("import_ref") or record["headline"][:60]
        for target in sorted(found - wanted):
            print(f"wrong {of} {target} in {name}: {self._where(record, of, target)}")
        for target in sorted(wanted - found):
            print(
                f"missed {of} {target} in {name}: {record['headline']} | {record['body'][:600]!r}"
            )

    def _where(self, record, of, target):
        texts = (record["headline"], record["body"])
        for text, mentions in zip(texts, detect_record(record, self.known), strict=True):
            for m in mentions:
                if m.of == of and target in (m.target, self.codes.get(m.target)):
                    before, after = text[max(0, m.start - AROUND) : m.start], text[m.end :][:AROUND]
                    return f"{before!r} [{m.text}] {after!r}: {m.why}"
        return ""


def slugs_of(slugs, found):
    """Of several people of one name the one who was found, or any of them."""
    return next((slug for slug in found if slug in slugs), min(slugs))
