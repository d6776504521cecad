"""People and their terms of office into the archive: all rows are judged first, then written.

Who a row means: the person of the same Wikidata id where both have one, else of the slug, else of
the name in any recorded spelling with nothing against it: another id, another year of birth. Where
a year of birth is missing, an office of the same country must speak for it. Nobody is taken for
another by likeness; where several may be meant, or nothing tells, the row is refused.

What is held is made fuller: a spelling, a date within the dates held. What contradicts it is an
update where an import brought it, and `differs` where a fixture did: that is reported and left.
What an editor wrote is left in either case. A person's name is never changed; another one becomes
a spelling. Of several rows of one term, alike in person, office and start, the latest end counts.
All is one change, or none.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from articles import dates, integrity
from articles.models import Membership, OtherName, Post
from articles.models.holders import Holding, holders

from . import people_formats
from .checking import Problem
from .identity import People
from .people_records import NewPost, Reader
from .spellings import kind_of, script_of

BY = "import_people"
FIXTURES = "loaddata"


@dataclass
class Report:
    """What an import did, or would do."""

    problems: list = field(default_factory=list)
    refused: set = field(default_factory=set)  # (path, line)
    differing: list = field(default_factory=list)  # sentences
    overlaps: list = field(default_factory=list)  # sentences
    people: Counter = field(default_factory=Counter)  # created, updated, unchanged, differs
    terms: Counter = field(default_factory=Counter)
    names: int = 0
    posts: int = 0

    def refuse(self, row, name, reason):
        self.problems.append(Problem(row.path, row.line, name, reason))
        self.refused.add((row.path, row.line))


def load(paths, *, dry_run=False, keep_going=False, progress=lambda: None):
    """Import all rows of all files, or, where one is refused, none but with `keep_going`."""
    report = Report()
    names = ", ".join(path.name for path in paths)
    with integrity.change(BY, f"Import of {names}"):
        plan = _Plan(report)
        for row in _rows(paths, report, progress):
            plan.add(row)
        plan.finish()
        if not dry_run and (keep_going or not report.problems):
            plan.write()
    return report


def _rows(paths, report, progress):
    reader = Reader()
    for path in paths:
        for line, data in people_formats.read(path):
            progress()
            if isinstance(data, str):
                name, problems = None, [_parted(data)]
            else:
                name, problems = reader.read(str(path), line, data)
            for field_name, reason in problems:
                report.problems.append(Problem(str(path), line, field_name, reason))
                report.refused.add((str(path), line))
            if name is not None:
                yield name


def _parted(sentence):
    name, colon, reason = sentence.partition(": ")
    return (name, reason) if colon and name.isidentifier() else ("row", sentence)


class _Plan:
    """What the rows would make of the archive; nothing is written until `write`."""

    def __init__(self, report):
        self.report = report
        self.people = People()
        self.made_by = self.people.made_by
        self.touched, self.new_posts = {}, {}
        self.told = defaultdict(list)  # (person, post, started) -> rows

    # Who is meant

    def add(self, row):
        try:
            known = self.people.find(row) or self.people.new(row)
            self._check_office(known, row)
        except LookupError as error:
            self.report.refuse(row, *error.args)
            return
        self.touched[known.thing.slug] = known
        self._add_facts(known, row)
        self._add_names(known, row)
        if row.post:
            self._add_term(known, row)

    @staticmethod
    def _check_office(known, row):
        born = dates.span(known.thing.born or row.values.get("born", "")).earliest
        ended = dates.span(row.ended or row.started).latest
        if row.post and born and ended and ended < born:
            raise LookupError("ended", f"before {known.thing.name} was born")

    # What is said of them

    def _add_facts(self, known, row):
        for name in ("born", "died", "wikidata", "description"):
            given, held = row.values.get(name, ""), getattr(known.thing, name)
            if not given or given == held:
                continue
            is_date = name in ("born", "died")
            if held and (name == "description" or is_date and _says_no_more(held, given)):
                continue
            may = (BY, FIXTURES) if not held or is_date and _is_finer(given, held) else (BY,)
            if not known.is_new and known.by not in may:
                self._differs(known, row, f"{name}: {given}, not {held or 'unknown'}")
                continue
            setattr(known.thing, name, given)
            known.is_changed = True
            if name == "wikidata":
                self.people.by_wikidata[given].add(known.thing.slug)

    def _differs(self, known, row, told):
        known.is_differing = True
        self.report.differing.append(f"{row.path}:{row.line}: {known.thing.slug}: {told}")

    def _add_names(self, known, row):
        for kind, name in [("", row.name), *row.names]:
            if name == known.thing.name or name in known.names:
                continue
            script = script_of(name)
            thing = OtherName(
                name=name,
                kind=kind or kind_of(name, known.thing.name),
                script=script,
                language="en" if script == "Latn" and not kind else "",
            )
            self.people.spell(known, name, thing)
            self.report.names += 1

    def _add_term(self, known, row):
        slug = row.post.slug
        if isinstance(row.post, NewPost) and slug not in self.new_posts:
            self.new_posts[slug] = row.post
        known.countries.add(row.post.country and row.post.country.pk)
        self.told[known.thing.slug, slug, row.started].append(row)

    def _join_terms(self):
        for (person, slug, started), rows in self.told.items():
            known = self.people.known[person]
            row = max(rows, key=lambda r: _bounds(r.ended)[1] if r.ended else date.min)
            self.report.terms["unchanged"] += len(rows) - 1
            held = known.terms.get((slug, started))
            if held is not None:
                self._compare(known, row, held)
            elif near := self._near(known, row):
                self._compare_near(known, row, near)
            else:
                self._begin(known, row)

    @staticmethod
    def _near(known, row):
        """The terms of the same person in the same office that share more than a day with it."""
        return [
            term
            for (slug, _), term in known.terms.items()
            if slug == row.post.slug and _do_meet(term, row)
        ]

    def _compare_near(self, known, row, near):
        """Another beginning: told already, told more exactly, or told otherwise."""
        term, *others = near
        is_finer = _is_finer(row.started, term.started) and (
            row.ended in ("", term.ended) or _is_finer(row.ended, term.ended)
        )
        may = not term.pk or self.made_by["membership", term.pk] in (BY, FIXTURES)
        if is_finer and may and not others:
            del known.terms[row.post.slug, term.started]
            term.started, term.ended = row.started, row.ended or term.ended
            known.terms[row.post.slug, term.started] = term
            self._update(term)
        elif any(_covers(each, row) for each in near) or _says_no_more(term.started, row.started):
            self.report.terms["unchanged"] += 1
        else:
            self.report.terms["differs"] += 1
            told = f"{row.started}..{row.ended}, not {term.started}..{term.ended}"
            place = f"{row.path}:{row.line}: {known.thing.slug}, {row.post.slug}"
            self.report.differing.append(f"{place}: {told}")

    def _begin(self, known, row):
        known.terms[row.post.slug, row.started] = Membership(
            started=row.started, ended=row.ended, is_acting=row.is_acting, note=row.note
        )
        self.report.terms["created"] += 1

    def _compare(self, known, row, held):
        changes, by = {}, self.made_by["membership", held.pk]
        is_finer = not held.ended or _is_finer(row.ended, held.ended)
        if row.ended and row.ended != held.ended and not _says_no_more(held.ended, row.ended):
            changes["ended"] = row.ended
        if row.note and row.note != held.note:
            changes["note"] = row.note
        if row.is_acting and not held.is_acting:
            changes["is_acting"] = True
        if not changes:
            self.report.terms["unchanged"] += 1
        elif by == BY or by == FIXTURES and set(changes) == {"ended"} and is_finer:
            for name, value in changes.items():
                setattr(held, name, value)
            self._update(held)
        else:
            self.report.terms["differs"] += 1
            told = ", ".join(f"{name}: {value}" for name, value in changes.items())
            place = f"{row.path}:{row.line}: {known.thing.slug}, {row.post.slug}"
            self.report.differing.append(f"{place}, from {held.started}: {told}")

    def _update(self, term):
        self.report.terms["updated" if term.pk else "unchanged"] += 1
        term.is_to_be_saved = True

    # The outcome

    def finish(self):
        self._join_terms()
        for known in self.touched.values():
            has_names = any(known.names.values())
            if known.is_new:
                outcome = "created"
            elif known.is_differing:
                outcome = "differs"
            else:
                outcome = "updated" if known.is_changed or has_names else "unchanged"
            self.report.people[outcome] += 1
        self.report.posts = len(self.new_posts)
        self._tell_overlaps()

    def _tell_overlaps(self):
        held, posts = defaultdict(list), {post for _, post, _ in self.told}
        for known in self.people.known.values():
            for (slug, _), term in known.terms.items():
                if slug in posts:
                    held[slug].append((known.thing.slug, term))
        for slug in sorted(held):
            who = {id(term): person for person, term in held[slug]}
            for first, second in _overlapping([term for _, term in held[slug]]):
                one, other = who[id(first)], who[id(second)]
                if one != other:
                    self.report.overlaps.append(
                        f"{slug}: {one} {first.started}..{first.ended},"
                        f" {other} {second.started}..{second.ended}"
                    )

    def write(self):
        posts = {post.slug: post for post in Post.objects.all()}
        for slug, new in self.new_posts.items():
            posts[slug] = Post.objects.create(
                slug=slug, label=new.label, country=new.country, role=new.role
            )
        for known in self.touched.values():
            if known.is_new or known.is_changed:
                known.thing.save()
            for thing in filter(None, known.names.values()):
                thing.person = known.thing
                thing.save()
            for (slug, _), term in known.terms.items():
                if not term.pk:
                    term.person, term.post = known.thing, posts[slug]
                if not term.pk or getattr(term, "is_to_be_saved", False):
                    term.save()


def _bounds(text):
    known = dates.span(text)
    return known.earliest or date.min, known.latest or date.max


def _is_finer(given, held):
    """Whether it allows some of the days that are held, and no other."""
    (low, high), (first, last) = _bounds(held), _bounds(given)
    return low <= first and last <= high and (low, high) != (first, last)


def _says_no_more(held, given):
    """Whether all that is held lies within what is given."""
    return bool(held) and (_bounds(held) == _bounds(given) or _is_finer(held, given))


def _is_later(ended, held):
    return bool(ended) and (not held or _bounds(ended)[1] > _bounds(held)[1])


def _extent(term):
    return _bounds(term.started)[0], _bounds(term.ended)[1]


def _do_meet(one, other):
    (first, last), (start, end) = _extent(one), _extent(other)
    return first < end and start < last


def _covers(term, row):
    (first, last), (start, end) = _extent(term), _extent(row)
    return first <= start and end <= last


def _overlapping(terms):
    """Pairs of those of one office that were held at once, the earlier first, neither acting."""
    through_time = holders(term for term in terms if not term.is_acting)
    told = set()
    for holding in (row for row in through_time if isinstance(row, Holding)):
        told.add(id(holding.term))
        for other in holding.overlaps:
            if id(other) in told:
                yield other, holding.term
