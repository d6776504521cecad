"""The facets beside a list, as HTML: each choice a link that adds or removes itself."""

from html import escape as e

from articles.facets import TITLES, facets

FIRST = 6  # choices that are seen at once
MOST = 18  # with those that unfold
BAR = 62  # pixels of the highest bar; one report is never drawn as silence
_LINE = 64  # pixels from the top on which bars stand


def choices(filterset, asked):
    """(the groups of choices, the years), as HTML. Raises Interrupted."""
    counted = facets(filterset, dict.fromkeys(TITLES, MOST))
    groups = "".join([_group(facet, filterset, asked) for facet in counted.values])
    return groups, _years(counted.years, asked)


def _group(facet, filterset, asked):
    if not facet.choices:
        return ""
    add = f"{e(asked.start())}{facet.name}="
    written = {}
    for text, thing in (filterset.value(facet.name) or {}).items():
        written.setdefault(getattr(thing, "slug", thing), []).append(text)
    chosen = [
        _chosen(choice, asked.without_values(facet.name, written[choice.value]))
        for choice in facet.choices
        if choice.is_chosen
    ]
    links = chosen + [
        f'<li><a href="{add}{choice.value}"><span><bdi>{choice.html}</bdi></span>'
        f'<span class="n">{choice.count:,}</span></a></li>'
        for choice in facet.choices
        if not choice.is_chosen
    ]
    more = facet.more + len(links[MOST:])
    first, others = "".join(links[:FIRST]), _others(links[FIRST:MOST], more)
    return f'<div class="facet"><h3>{facet.title}</h3><ul>{first}</ul>{others}</div>\n'


def _chosen(choice, without):
    return (
        f'<li><a href="{e(str(without))}" aria-current="true"><span>✓ <bdi>{choice.html}</bdi>'
        f'<span class="vh"> (remove)</span></span><span class="n">{choice.count:,}</span></a></li>'
    )


def _others(links, more):
    if not links:
        return ""
    others = f"{more} other" if more == 1 else f"{more} others"
    rest = f'<p class="small">and {others}, none more frequent</p>' if more else ""
    return f"<details><summary>{len(links)} more</summary><ul>{''.join(links)}</ul>{rest}</details>"


def _years(years, asked):
    periods = years.for_a_page()
    if not periods:
        return ""
    most = max(period.count for period in periods) or 1
    undated = asked.without("since", "until")
    whole, start = e(str(undated)), e(undated.start())
    bars = "".join(
        [
            _year(
                period,
                whole
                if period.is_chosen and years.chosen == range(period.first, period.last + 1)
                else f"{start}since={period.first:04}&amp;until={period.last:04}",
                max(2, round(BAR * period.count / most)) if period.count else 0,
            )
            for period in periods
        ]
    )
    first, last = years.bounds
    unit = "a year" if periods[0].first == periods[0].last else "a span of years"
    bounded = (
        "Those of which only a span over several years is known"
        f" ({years.possible:,}) count in each of these. "
        if years.possible
        else ""
    )
    undated = f"Undated: {years.undated:,}, in no year." if years.undated else ""
    return (
        f'<details class="sheet"><summary>Years, {first}–{last}</summary><div>'
        f'<h2 class="vh">By year</h2><ol class="years">{bars}</ol>\n'
        f'<p class="small">Choose {unit} to narrow the list. {bounded}{undated}</p></div></details>'
    )


def _year(period, url, height):
    label, count = period.label, f"{period.count:,}"
    short = label[-2:] if len(label) == 4 else f"{label[:4]}s"
    bar = (
        f'<rect class="bar" x="12%" width="76%" y="{_LINE - height}" height="{height}"/>'
        if height
        else ""
    )
    current, chosen = (' aria-current="true"', ", chosen") if period.is_chosen else ("", "")
    return (
        f'<li><a href="{url}" title="{label}: {count}"{current}><svg aria-hidden="true">{bar}</svg>'
        f'<span class="vh">{label}: {count} {"article" if period.count == 1 else "articles"}'
        f'{chosen}</span><span aria-hidden="true">{short}</span></a></li>'
    )
