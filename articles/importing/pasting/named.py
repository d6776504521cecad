"""What a text names, as offers to an editor: which of it a story is probably about, and why.

A country that the headline or the first paragraph names, or that is named twice, is proposed; one
that is named in passing is offered. A person who is named is proposed; a holder for whom only the
office stands is offered. An editor judges both.
"""

from dataclasses import dataclass

ENOUGH = 2  # mentions of a country, wherever they stand
HEADLINE, LEAD = "in the headline", "in the first paragraph"
_MOST_QUOTED = 3  # mentions, as the reason


@dataclass(frozen=True)
class Offer:
    slug: str
    is_proposed: bool  # else offered only
    why: str  # for the editor


def offers(in_headline, in_body, body):
    """([Offer of a country], [of a person]), in the order in which they are first named.

    `in_headline` and `in_body` are the Mentions of each, by their place.
    """
    lead_end = len(body.partition("\n\n")[0])
    by_target = {}
    for mentions, is_headline in ((in_headline, True), (in_body, False)):
        for mention in mentions:
            where = HEADLINE if is_headline else LEAD if mention.start < lead_end else ""
            found = by_target.setdefault((mention.of, mention.target), ([], []))
            found[0].append(mention)
            found[1].append(where)
    countries = [
        _country(slug, *found) for (of, slug), found in by_target.items() if of == "country"
    ]
    people = [
        _person(slug, found) for (of, slug), (found, _) in by_target.items() if of == "person"
    ]
    return countries, people


def _country(slug, found, places):
    where = next((place for place in (HEADLINE, LEAD) if place in places), "")
    times = "once" if len(found) == 1 else f"{len(found)} times"
    why = ", ".join(filter(None, [f"named {times}", where])) + f": {_quoted(found)}"
    return Offer(slug, bool(where) or len(found) >= ENOUGH, why)


def _person(slug, found):
    by_name = [mention for mention in found if mention.kind == "name"]
    told = "named" if by_name else "meant by the office alone"
    return Offer(slug, bool(by_name), f"{told}: {_quoted(by_name or found)}")


def _quoted(found):
    texts = list(dict.fromkeys(" ".join(mention.text.split()) for mention in found))
    more = " …" if len(texts) > _MOST_QUOTED else ""
    return ", ".join(f"“{text}”" for text in texts[:_MOST_QUOTED]) + more
