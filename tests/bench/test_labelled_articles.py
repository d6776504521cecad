"""The articles labelled for the bench of detection keep the form that LABELS.md gives them."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from articles import dates
from articles.names.fold import fold

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "tests" / "bench" / "detection" / "labelled.jsonl"
NEEDED = {"import_ref", "headline", "body", "source", "language", "kind", "countries", "people"}
FORMER = {"CSK", "DDR", "SCG", "SUN", "YUG"}

# How the text spells those whose last name, as the label spells it, is not in it.
SPELLINGS = {
    "Denis Sassou Nguesso": "Sassou-N'Guesso",
    "Fiamē Naomi Mata'afa": "Fiame",
    "Franjo Tuđman": "Tudjman",
    "Ji Pengfei": "Chi Peng-fei",
    "Makarios III": "Archbishop Makarios",
    "Mohammad Reza Pahlavi": "Pahlevi",
    "Muammar Gaddafi": "Qaddafi",
    "Salome Zourabichvili": "Zurabishvili",
    "Tamim bin Hamad Al Thani": "Sheikh Tamim",
    "Volodymyr Zelenskyy": "Zelenskiy",
    "Zhou Enlai": "Chou En-lai",
}

# Those who are meant by their office alone.
OFFICES = {
    ("fm-readout-short", "Narendra Modi"): "Prime Minister of India",
    ("long-history-helsinki", "Bruno Kreisky"): "Austrian chancellor",
    ("office-only-1", "Hossein Amir-Abdollahian"): "Iran's top diplomat",
    ("office-only-1", "Jeyhun Bayramov"): "Azerbaijani foreign minister",
    ("office-only-1", "Mevlüt Çavuşoğlu"): "Turkish foreign minister",
    ("office-only-2", "Antony Blinken"): "U.S. secretary of state",
    ("office-only-2", "Emmanuel Macron"): "French president",
    ("office-only-2", "James Cleverly"): "British foreign secretary",
    ("office-only-2", "Olaf Scholz"): "German chancellor",
    ("office-only-3", "Barack Obama"): "president of the United States",
    ("office-only-3", "Hassan Rouhani"): "president of Iran",
    ("office-only-3", "John Kerry"): "American secretary of state",
    ("office-only-3", "Mohammad Javad Zarif"): "Iranian foreign minister",
    ("panama-canal", "Marco Rubio"): "American secretary of state",
    ("science-1", "Antony Blinken"): "U.S. Secretary of State",
}


@pytest.fixture(scope="module")
def articles():
    with open(FILE, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def countries():
    rows = json.loads((ROOT / "fixtures" / "countries.json").read_text(encoding="utf-8"))
    fields = [row["fields"] for row in rows]
    return {country["iso_alpha3"]: country for country in fields if country["iso_alpha3"]}


def words_of(article):
    return f" {fold(article['headline'])} {fold(article['body'])} "


def test_there_are_at_least_a_hundred_articles_of_at_least_fifteen_kinds(articles):
    assert len(articles) >= 100
    assert len({article["kind"] for article in articles}) >= 15
    for name in ("import_ref", "headline", "body"):
        assert len({article[name] for article in articles}) == len(articles)


def test_each_has_the_fields_of_a_record_and_a_date_that_can_be_read(articles):
    for article in articles:
        assert set(article) - {"published"} == NEEDED, article["import_ref"]
        assert article["language"] == "en"
        if "published" in article:
            assert dates.span(article["published"]).earliest, article["import_ref"]
    assert sum("published" not in article for article in articles) >= 10


def test_each_is_of_sixty_to_four_hundred_words_in_paragraphs(articles):
    for article in articles:
        assert 60 <= len(article["body"].split()) <= 400, article["import_ref"]
        assert all(part == part.strip() != "" for part in article["body"].split("\n\n"))
        assert not re.search(r"[^\n]\n[^\n]", article["body"]), article["import_ref"]
    paragraphs = Counter(len(article["body"].split("\n\n")) for article in articles)
    assert paragraphs[1] and max(paragraphs) >= 8


def test_each_country_is_one_of_the_archive_and_named_once(articles, countries):
    for article in articles:
        assert set(article["countries"]) <= set(countries), article["import_ref"]
        assert len(set(article["countries"])) == len(article["countries"]), article["import_ref"]
    assert len({code for article in articles for code in article["countries"]}) > 120
    assert sum(not article["countries"] for article in articles) >= 5


def test_a_former_state_is_labelled_only_in_the_years_in_which_there_was_one(articles, countries):
    found = set()
    for article in articles:
        for code in FORMER & set(article["countries"]):
            state = countries[code]
            assert state["valid_from"] <= article["published"], article["import_ref"]
            assert article["published"] <= (state["valid_until"] or "2006-06-05")
            found.add(code)
    assert found == FORMER


def test_each_person_is_named_in_the_text_by_surname_spelling_or_office(articles):
    for article in articles:
        words = words_of(article)
        assert len(set(article["people"])) == len(article["people"]), article["import_ref"]
        for person in article["people"]:
            office = OFFICES.get((article["import_ref"], person))
            named = [person.split()[-1], SPELLINGS.get(person, person)]
            sought = [office] if office else named
            assert any(fold(name) in words for name in sought), (article["import_ref"], person)


def test_no_spelling_and_no_office_is_listed_here_for_nothing(articles):
    labelled = {(article["import_ref"], name) for article in articles for name in article["people"]}
    assert set(OFFICES) <= labelled
    assert set(SPELLINGS) <= {name for _, name in labelled}


def test_its_words_are_its_own(articles):
    """No twelve words in a row stand in the real material, where that is at hand."""
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip(f"LABELLED ARTICLES NOT COMPARED: there is no folder {data}")
    ours = {run: article["import_ref"] for article in articles for run in runs(words_of(article))}
    for name in ("readouts", "country_histories", "wikinews"):
        with open(data / f"{name}.jsonl", encoding="utf-8") as lines:
            for line in lines:
                shared = [run for run in runs(fold(json.loads(line)["body"])) if run in ours]
                assert not shared, (ours[shared[0]], shared[0])


def runs(text, length=12):
    words = re.findall(r"\w+", text)
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}
