"""The facets as a page shows them: each choice a link that adds or removes itself."""

from dataclasses import dataclass
from urllib.parse import quote

from articles.facets import facets

FIRST = 6  # choices that are seen at once
MOST = 18  # with those that unfold


@dataclass(frozen=True)
class Link:
    label: str
    count: str
    url: str
    is_chosen: bool
    height: int = 0  # of a bar, in pixels


@dataclass(frozen=True)
class Group:
    title: str
    first: list
    others: list
    more: int


BAR = 62  # pixels of the highest bar; one report is never drawn as silence


def choices(filterset, names, asked):
    """{"groups": [Group], "years": [Link], ...} for lists/facets.jinja. Raises Interrupted."""
    counted = facets(filterset, names)
    groups = [_group(facet, filterset, asked) for facet in counted.values]
    return {
        "groups": [group for group in groups if group.first],
        "years": _years(counted.years, asked),
        "possible": f"{counted.years.possible:,}",
        "undated": f"{counted.years.undated:,}",
        "bounds": counted.years.bounds,
    }


def _group(facet, filterset, asked):
    start = asked.start()
    written = {}
    for text, thing in (filterset.value(facet.name) or {}).items():
        written.setdefault(getattr(thing, "slug", thing), []).append(text)
    links = [
        Link(
            choice.label,
            f"{choice.count:,}",
            str(asked.without_values(facet.name, written[choice.value]))
            if choice.is_chosen
            else f"{start}{facet.name}={quote(choice.value)}",
            choice.is_chosen,
        )
        for choice in facet.choices
    ]
    links.sort(key=lambda link: not link.is_chosen)
    shown = links[:MOST]
    return Group(facet.title, shown[:FIRST], shown[FIRST:], facet.more + len(links) - len(shown))


def _years(years, asked):
    periods = years.for_a_page()
    most = max((period.count for period in periods), default=0) or 1
    undated = asked.without("since", "until")
    start = undated.start()
    return [
        Link(
            period.label,
            f"{period.count:,}",
            str(undated)
            if period.is_chosen and years.chosen == range(period.first, period.last + 1)
            else f"{start}since={period.first:04}&until={period.last:04}",
            period.is_chosen,
            max(2, round(BAR * period.count / most)) if period.count else 0,
        )
        for period in periods
    ]
