"""For which years the archive knows who held the highest offices of a country."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from articles.models import Membership, Post

ROLES = [Post.Role.HEAD_OF_STATE, Post.Role.HEAD_OF_GOVERNMENT, Post.Role.FOREIGN_MINISTER]
A_DAY = timedelta(days=1)


@dataclass
class Coverage:
    """Of one role in one country.

    `years` are (first, last) of the years on some day of which somebody held it for certain; `gaps`
    (first day, last day) on which nobody can have held it by what is recorded; `unknown` the terms
    of which no end is recorded, as (person, post, started).
    """

    country: str
    role: str
    offices: list
    terms: int = 0
    years: list = field(default_factory=list)
    gaps: list = field(default_factory=list)
    unknown: list = field(default_factory=list)


def coverage(country=None, roles=ROLES):
    """Coverage by country and role, in the order of the slugs; of one Country, if it is given."""
    posts = Post.objects.filter(role__in=roles, country__isnull=False)
    terms = Membership.objects.filter(post__in=posts).select_related("person", "post__country")
    if country is not None:
        posts, terms = posts.filter(country=country), terms.filter(post__country=country)
    offices, held = defaultdict(list), defaultdict(list)
    for post in posts.select_related("country").order_by("slug"):
        offices[post.country.slug, post.role].append(post.slug)
    for term in terms:
        held[term.post.country.slug, term.post.role].append(term)
    order = {role: place for place, role in enumerate(roles)}
    return [
        _covered(slug, role, offices[slug, role], held[slug, role])
        for slug, role in sorted(offices, key=lambda each: (each[0], order[each[1]]))
    ]


def _covered(country, role, offices, terms):
    found = Coverage(country, str(role), offices, len(terms))
    found.years = _runs({year for term in terms for year in _years(term)})
    found.gaps = _gaps(terms)
    found.unknown = sorted(
        (term.person.slug, term.post.slug, term.started) for term in terms if not term.ended
    )
    return found


def _years(term):
    """Those on some day of which it was held for certain."""
    start, end = term.started_latest, term.ended_earliest
    if start is None or end is None:
        start = end = start or end
    return range(start.year, end.year + 1) if start and start <= end else ()


def _runs(years):
    runs = []
    for year in sorted(years):
        if runs and runs[-1][1] == year - 1:
            runs[-1] = runs[-1][0], year
        else:
            runs.append((year, year))
    return runs


def _gaps(terms):
    gaps, reached = [], None
    for first, last in sorted(_may_cover(term) for term in terms if _may_cover(term)):
        if reached and first > reached + A_DAY:
            gaps.append((reached + A_DAY, first - A_DAY))
        reached = max(reached or date.min, last)
    return gaps


def _may_cover(term):
    """(first, last) day on which it may have been held; what is left open reaches no further."""
    first = term.started_earliest or term.started_latest
    last = term.ended_latest or term.ended_earliest or term.started_latest
    return (first, max(first, last)) if first and last else None
