"""JSON: the archive's own representation, whose shapes are a promise to its readers."""

from datetime import UTC

from django.http import HttpResponse, JsonResponse

from articles import search
from articles.integrity import history
from articles.models.holders import Gap, Holding, holders


def response(data, status=200):
    """A JSON answer that a page of any origin may read."""
    dumped = {"ensure_ascii": False}
    return _for_any_origin(JsonResponse(data, status=status, json_dumps_params=dumped))


def of_bytes(data):
    """JSON that is there already, byte for byte."""
    return _for_any_origin(HttpResponse(data, content_type="application/json"))


def _for_any_origin(answer):
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def listing(results, *, count, sentence, next_url=None, facets=None, suggested=0):
    """`suggested`: how many more there are by what detection alone suggests."""
    found = {
        "count": count,
        "count_is_exact": True,
        "sentence": sentence,
        "next": next_url,
        "errors": {},
        "results": results,
    }
    if suggested:
        found["suggested"] = suggested
    return found if facets is None else found | {"facets": _facets(facets)}


def _facets(facets):
    """{parameter: its values with their counts}, and how many are undated."""
    counted = {
        facet.name: [
            {"value": c.value, "label": c.label, "count": c.count, "chosen": c.is_chosen}
            for c in facet.choices
        ]
        for facet in facets.values
    }
    counted["year"] = [
        {"value": f"{year.first:04}", "count": year.count, "chosen": year.is_chosen}
        for year in facets.years.by_year()
    ]
    return counted | {"undated": facets.years.undated}


def refusal(errors, status=400, **more):
    """No results, and for each parameter what is wrong with it."""
    return response(
        {
            "count": 0,
            "count_is_exact": True,
            "sentence": "Nothing is shown: " + " ".join(m for ms in errors.values() for m in ms),
            "next": None,
            "errors": errors,
            "results": [],
            **more,
        },
        status,
    )


def _day(day):
    return day.isoformat() if day else None


def article_in_list(article, absolute, query=None):
    """An article as lists show it; `absolute` makes a full address of a path.

    Where words were searched, `matched` are the spellings of names by which it was found, as they
    stand in it, where they are not those that were typed.
    """
    if query:
        texts = [article.headline, article.summary, article.body]
        return article_in_list(article, absolute) | {"matched": search.matched(texts, query)}
    return {
        "id": article.pk,
        "slug": article.slug,
        "url": absolute(article.get_absolute_url()),
        "headline": article.headline,
        "summary": article.summary,
        "source": {"slug": article.source.slug, "name": article.source.name},
        "credit": article.credit,
        "published": article.published or None,
        "published_earliest": _day(article.published_earliest),
        "published_latest": _day(article.published_latest),
        "language": article.language,
        "countries": sorted(country.slug for country in article.countries.all()),
        "people": _people(article.people_on_the_day()),
        "topics": sorted(topic.slug for topic in article.topics.all()),
        "original_url": article.url,
        "usage_terms": article.usage_terms,
        "status": article.status,
        "version": article.version,
        "checksum": history.seal_of(article),
    }


def _people(on_the_day):
    """People with the office certainly held that day, and all that may have been held.

    In the same order on either engine, and whenever it is asked.
    """
    return [
        {
            "slug": person.slug,
            "name": person.name,
            "office": held.post.slug if held.post else None,
            "held": held.held,
            "offices": [
                {
                    "office": term.post.slug,
                    "held": "certain" if term in held.certain else "uncertain",
                    "is_acting": term.is_acting,
                }
                for term in held.terms
            ],
        }
        for person, held in sorted(on_the_day, key=lambda one: (one[0].name, one[0].slug))
    ]


def article(article, events, versions, absolute, mentions=()):
    """One article, whole, with its events, its public versions and what its words name."""
    return {
        **article_in_list(article, absolute),
        "body": article.body,
        "byline": article.byline,
        "dateline": article.dateline,
        "published_note": article.published_note,
        "mentions": list(mentions),
        "events": [event(found, absolute) for found in events],
        "retrieved_at": article.retrieved_at.isoformat() if article.retrieved_at else None,
        "versions": [_version(version) for version in versions],
    }


def mentions(article):
    """What words of the body name: as editors confirmed, and as detection suggests."""
    confirmed = article.mentions.confirmed().filter(is_lost=False)
    found = [
        _mention(naming, status)
        for status, namings in (("confirmed", confirmed), ("suggested", article.suggestions.all()))
        for naming in namings.select_related("country", "person")
        if article.body[naming.start : naming.end] == naming.text
    ]
    return sorted(found, key=lambda one: (one["start"], one["end"], one["of"], one["target"]))


def _mention(naming, status):
    return {
        "start": naming.start,
        "end": naming.end,
        "text": naming.text,
        "kind": naming.kind,
        "of": "country" if naming.country_id else "person",
        "target": naming.named.slug,
        "status": status,
        "why": naming.why,
    }


def _version(version):
    return {
        "version": version.number,
        "checksum": version.sha256,
        "at": version.at.astimezone(UTC).isoformat(),
        "kind": version.kind,
        "note": version.note,
    }


def event(event, absolute):
    return {
        "id": event.pk,
        "url": absolute(event.get_absolute_url()),
        "title": event.title,
        "date": event.date or None,
        "end_date": event.end_date or None,
        "event": event.event_type,
        "mode": event.mode or None,
        "contexts": event.contexts,
        "quad_code": event.quad_code,
        "score": event.score,
        "cameo": event.cameo or None,
        "goldstein": event.goldstein,
        "actors": [_party(party) for party in event.actors],
        "recipients": [_party(party) for party in event.recipients],
        "place": event.place,
        "status": event.status,
        "codebook": event.codebook,
        "evidence": [
            {
                "article": absolute(words.article.get_absolute_url()),
                "start": words.start,
                "end": words.end,
                "text": words.text,
            }
            for words in event.public_evidence
        ],
    }


def _party(party):
    return {
        "country": party.country.slug,
        "sector": party.sector,
        "people": _people(party.people_on_the_day()),
    }


def country(country, absolute):
    return {
        "slug": country.slug,
        "url": absolute(country.get_absolute_url()),
        "name": country.name,
        "official_name": country.official_name,
        "status": country.status,
        "iso_alpha2": country.iso_alpha2 or None,
        "iso_alpha3": country.iso_alpha3 or None,
        "iso_numeric": country.iso_numeric or None,
        "cow_code": country.cow_code,
        "valid_from": country.valid_from or None,
        "valid_until": country.valid_until or None,
    }


def person(person, absolute):
    return {
        "slug": person.slug,
        "url": absolute(person.get_absolute_url()),
        "name": person.name,
        "description": person.description,
        "offices": [
            {
                "office": m.post.slug,
                "started": m.started or None,
                "ended": m.ended or None,
                "is_acting": m.is_acting,
            }
            for m in person.memberships.all()
        ],
    }


def office(post, absolute):
    """An office and its holders through time; its terms come in order."""
    through_time = holders(post.memberships.all())
    return {
        "slug": post.slug,
        "url": absolute(post.get_absolute_url()),
        "label": post.label,
        "role": post.role,
        "country": post.country.slug if post.country else None,
        "holders": [_holder(row) for row in through_time if isinstance(row, Holding)],
        "gaps": [
            {"from": _day(gap.first), "to": _day(gap.last), "is_certain": gap.is_certain}
            for gap in through_time
            if isinstance(gap, Gap)
        ],
    }


def _holder(holding):
    return {
        "person": holding.term.person.slug,
        "started": holding.term.started or None,
        "ended": holding.term.ended or None,
        "is_acting": holding.term.is_acting,
        "overlaps_with": [person.slug for person in holding.beside],
    }


def source(source, absolute):
    return {
        "slug": source.slug,
        "url": absolute(source.get_absolute_url()),
        "name": source.name,
        "kind": source.kind,
        "country": source.country.slug if source.country else None,
        "language": source.language,
        "home_url": source.home_url,
        "terms": source.terms,
    }


def relation(pair, counts, absolute):
    return {
        "countries": list(pair.slugs),
        "url": absolute(pair.get_absolute_url()),
        "articles": counts.articles,
        "events": counts.events,
    }
