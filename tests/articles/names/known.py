"""What the tests of detection know: the countries of the fixture, and people with their offices."""

import json
from functools import lru_cache
from pathlib import Path

from articles import dates
from articles.names.detect import detect
from articles.names.gazetteer import Country, Gazetteer, Name, Person, Term

FIXTURE = Path(__file__).resolve().parents[3] / "fixtures" / "countries.json"


@lru_cache(maxsize=1)
def countries():
    records = json.loads(FIXTURE.read_text(encoding="utf-8"))
    return tuple(_country(record["fields"]) for record in records)


def _country(said):
    return Country(
        slug=said["slug"],
        name=said["name"],
        alpha3=said["iso_alpha3"],
        names=tuple(filter(None, [said["official_name"], *said["other_names"]])),
        adjectives=tuple(said["adjectives"]),
        demonyms=tuple(said["demonyms"]),
        valid_from=dates.span(said["valid_from"]).latest,
        valid_until=dates.span(said["valid_until"]).earliest,
        is_union=said["status"] == "union",
    )


def term(role, post, country, started, ended="", is_acting=False):
    """A term by EDTF; without an end it goes on."""
    start, end = dates.span(started), dates.span(ended)
    bounds = start.earliest, start.latest, end.earliest, end.latest
    return Term(role, post, country, *bounds, is_acting)


def person(slug, name, *terms, names=()):
    return Person(slug, name, tuple(Name(spelling) for spelling in names), terms)


STATE, GOVERNMENT, FOREIGN, OTHER = (
    "head-of-state",
    "head-of-government",
    "foreign-minister",
    "other",
)
PEOPLE = (
    person(
        "joe-biden",
        "Joe Biden",
        term(STATE, "President of the United States", "united-states", "2021-01-20", "2025-01-20"),
        names=["Joseph R. Biden Jr."],
    ),
    person(
        "kamala-harris",
        "Kamala Harris",
        term(
            OTHER,
            "Vice President of the United States",
            "united-states",
            "2021-01-20",
            "2025-01-20",
        ),
    ),
    person(
        "donald-trump",
        "Donald Trump",
        term(STATE, "President of the United States", "united-states", "2017-01-20", "2021-01-20"),
    ),
    person(
        "george-h-w-bush",
        "George H. W. Bush",
        term(STATE, "President of the United States", "united-states", "1989-01-20", "1993-01-20"),
        names=["George Bush"],
    ),
    person(
        "george-w-bush",
        "George W. Bush",
        term(STATE, "President of the United States", "united-states", "2001-01-20", "2009-01-20"),
        names=["George Bush"],
    ),
    person(
        "bill-clinton",
        "Bill Clinton",
        term(STATE, "President of the United States", "united-states", "1993-01-20", "2001-01-20"),
    ),
    person(
        "hillary-clinton",
        "Hillary Clinton",
        term(
            FOREIGN,
            "Secretary of State of the United States",
            "united-states",
            "2009-01-21",
            "2013-02-01",
        ),
    ),
    person(
        "antony-blinken",
        "Antony Blinken",
        term(
            FOREIGN,
            "Secretary of State of the United States",
            "united-states",
            "2021-01-26",
            "2025-01-20",
        ),
    ),
    person(
        "jake-sullivan",
        "Jake Sullivan",
        term(OTHER, "National Security Advisor", "united-states", "2021-01-20", "2025-01-20"),
    ),
    person(
        "jeyhun-bayramov",
        "Jeyhun Bayramov",
        term(
            FOREIGN,
            "Foreign minister of Azerbaijan",
            "azerbaijan",
            "2020-07-16",
            "[2025-08-08..]",
        ),
        names=["Ceyhun Bayramov", "Джейхун Байрамов"],
    ),
    person(
        "ilham-aliyev",
        "Ilham Aliyev",
        term(STATE, "President of Azerbaijan", "azerbaijan", "2003-10-31", "[2025-08-08..]"),
        names=["İlham Əliyev", "Ильхам Алиев"],
    ),
    person(
        "heydar-aliyev",
        "Heydar Aliyev",
        term(STATE, "President of Azerbaijan", "azerbaijan", "1993-10-10", "2003-10-31"),
        names=["Heydər Əliyev"],
    ),
    person(
        "hossein-amir-abdollahian",
        "Hossein Amir-Abdollahian",
        term(FOREIGN, "Foreign minister of Iran", "iran", "2021-08-25", "2024-05-19"),
        names=["حسین امیرعبداللهیان"],
    ),
    person(
        "abbas-araghchi",
        "Abbas Araghchi",
        term(FOREIGN, "Foreign minister of Iran", "iran", "2024-08-21", "[2025-08-08..]"),
        names=["Abbas Araqchi", "عباس عراقچی"],
    ),
    person(
        "emmanuel-macron",
        "Emmanuel Macron",
        term(STATE, "President of France", "france", "2017-05-14", "[2025-08-08..]"),
    ),
    person(
        "sergey-lavrov",
        "Sergey Lavrov",
        term(FOREIGN, "Foreign minister of Russia", "russia", "2004-03-09", "[2025-08-08..]"),
        names=["Sergei Lavrov", "Сергей Лавров"],
    ),
    person(
        "benjamin-netanyahu",
        "Benjamin Netanyahu",
        term(GOVERNMENT, "Prime minister of Israel", "israel", "2009-03-31", "2021-06-13"),
        term(GOVERNMENT, "Prime minister of Israel", "israel", "2022-12-29", "[2025-08-08..]"),
    ),
    person(
        "israel-katz",
        "Israel Katz",
        term(FOREIGN, "Foreign minister of Israel", "israel", "2024-01-01", "2024-11-08"),
    ),
    person(
        "boris-johnson",
        "Boris Johnson",
        term(
            GOVERNMENT,
            "Prime Minister of the United Kingdom",
            "united-kingdom",
            "2019-07-24",
            "2022-09-06",
        ),
    ),
    person(
        "mikhail-gorbachev",
        "Mikhail Gorbachev",
        term(
            OTHER,
            "General Secretary of the Communist Party of the Soviet Union",
            "soviet-union",
            "1985-03-11",
            "1991-08-24",
        ),
        term(STATE, "President of the Soviet Union", "soviet-union", "1990-03-15", "1991-12-25"),
    ),
    person(
        "xi-jinping",
        "Xi Jinping",
        term(STATE, "President of China", "china", "2013-03-14", "[2025-08-08..]"),
    ),
    person(
        "han-duck-soo",
        "Han Duck-soo",
        term(
            GOVERNMENT, "Prime Minister of South Korea", "south-korea", "2022-05-21", "2025-05-01"
        ),
    ),
    person(
        "fumio-kishida",
        "Fumio Kishida",
        term(GOVERNMENT, "Prime Minister of Japan", "japan", "2021-10-04", "2024-10-01"),
        names=["Kishida Fumio"],
    ),
    person(
        "abdullah-ii-of-jordan",
        "Abdullah II of Jordan",
        term(STATE, "King of Jordan", "jordan", "1999-02-07", "[2025-08-08..]"),
    ),
    person(
        "tamim-bin-hamad-al-thani",
        "Tamim bin Hamad Al Thani",
        term(STATE, "Emir of Qatar", "qatar", "2013-06-25", "[2025-08-08..]"),
    ),
    person(
        "mohamed-bin-zayed-al-nahyan",
        "Mohamed bin Zayed Al Nahyan",
        term(
            STATE,
            "President of the United Arab Emirates",
            "united-arab-emirates",
            "2022-05-14",
            "[2025-08-08..]",
        ),
        names=["Mohammed bin Zayed Al Nahyan"],
    ),
    person(
        "mohammed-vi-of-morocco",
        "Mohammed VI of Morocco",
        term(STATE, "King of Morocco", "morocco", "1999-07-23", "[2025-08-08..]"),
    ),
    person(
        "ursula-von-der-leyen",
        "Ursula von der Leyen",
        term(
            OTHER,
            "President of the European Commission",
            "european-union",
            "2019-12-01",
            "[2025-08-08..]",
        ),
    ),
    person(
        "john-christopher-stevens",
        "John Christopher Stevens",
        term(OTHER, "Ambassador of the United States to Libya", "united-states", "2012"),
    ),
)


@lru_cache(maxsize=1)
def gazetteer():
    return Gazetteer(countries(), PEOPLE)


def found(text, day="", of=None):
    """The Mentions of a text written on a day, each at its place."""
    mentions = detect(text, gazetteer(), dates.span(day))
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
    return [mention for mention in mentions if of in (None, mention.of)]


def named(text, day="", of="country"):
    """The slugs that a text names, in the order of their first mention, as one line."""
    return " ".join(dict.fromkeys(mention.target for mention in found(text, day, of)))


TODAY = "2023-07-02"
