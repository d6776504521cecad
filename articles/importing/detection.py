"""What a record of a file names, told without loading it: see `manage.py detect_names`."""

from articles import dates
from articles.names.detect import COUNTRY, countries_of, detect_article, people_of

_READ = ("import_ref", "headline", "body", "published")


def detected(data, gazetteer):
    """({"import_ref", "countries", "unions", "people", "mentions", "headline_mentions"}, []) of a
    record as it was read; (None, [(field, reason)]) where it cannot be.

    A country is told by its ISO alpha-3 code, one without a code and every union and person by the
    slug. `start` and `end` of `mentions` count characters of the body.
    """
    problems = list(_problems(data))
    if problems:
        return None, problems
    headline, body, published = (data.get(name) or "" for name in ("headline", "body", "published"))
    try:
        span = dates.span(published)
    except ValueError as error:
        return None, [("published", str(error))]
    in_headline, in_body = detect_article(headline, body, gazetteer, span)
    mentions = in_headline + in_body
    countries = [gazetteer.countries[slug] for slug in countries_of(mentions)]
    told = {
        "import_ref": data.get("import_ref") or None,
        "countries": [_code(country) for country in countries if not country.is_union],
        "unions": [country.slug for country in countries if country.is_union],
        "people": people_of(mentions),
        "mentions": [_told(mention, gazetteer) for mention in in_body],
        "headline_mentions": [_told(mention, gazetteer) for mention in in_headline],
    }
    return told, []


def _code(country):
    return country.alpha3 or country.slug


def _problems(data):
    for name in _READ:
        value = data.get(name)
        if value is not None and not isinstance(value, str):
            yield name, "is not a text"
        elif value:
            try:
                value.encode()
            except UnicodeEncodeError as error:
                yield name, f"half a character (a lone surrogate) at character {error.start + 1}"
    if not data.get("headline") and not data.get("body"):
        yield "record", "has neither a headline nor a body: there is nothing to look through"


def _told(mention, gazetteer):
    is_country = mention.of == COUNTRY
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "of": mention.of,
        "target": _code(gazetteer.countries[mention.target]) if is_country else mention.target,
        "why": mention.why,
    }
