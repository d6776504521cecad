"""Which people a text names: by name, by title, by the office that they held on its day."""

import pytest

from articles import dates
from articles.names.detect import countries_of, detect_article, people_of
from articles.names.gazetteer import Gazetteer
from tests.articles.names.known import OTHER, STATE, found, gazetteer, named, person, term

SENTENCES = [
    # Whole names, in every spelling
    ("Jeyhun Bayramov spoke.", "2023-07-02", "jeyhun-bayramov"),
    ("Ceyhun Bayramov spoke.", "2023-07-02", "jeyhun-bayramov"),
    ("JEYHUN BAYRAMOV SPOKE", "2023-07-02", "jeyhun-bayramov"),
    ("Джейхун Байрамов", "2023-07-02", "jeyhun-bayramov"),
    ("İlham Əliyev", "2023-07-02", "ilham-aliyev"),
    ("حسین امیرعبداللهیان گفت", "2023-07-02", "hossein-amir-abdollahian"),
    ("Hossein Amir‑Abdollahian’s car", "2023-07-02", "hossein-amir-abdollahian"),
    ("Hossein Amir Abdollahian", "2023-07-02", "hossein-amir-abdollahian"),
    ("Abbas Araqchi", "2025-01-02", "abbas-araghchi"),
    ("Joseph R. Biden, Jr. spoke", "2023-07-02", "joe-biden"),
    ("Joseph Robinette Biden spoke", "2023-07-02", "joe-biden"),
    ("Donald J. Trump", "2019", "donald-trump"),
    ("Benjamin “Bibi” Netanyahu", "2023-07-02", "benjamin-netanyahu"),
    ("Tony Blinken", "2023-07-02", "antony-blinken"),
    ("William Clinton", "1999", "bill-clinton"),
    ("Han Duck-soo", "2023-07-02", "han-duck-soo"),
    ("Kishida Fumio and Fumio Kishida", "2023-07-02", "fumio-kishida"),
    ("Ursula von der Leyen", "2023-07-02", "ursula-von-der-leyen"),
    ("Tamim bin Hamad al-Thani", "2023-07-02", "tamim-bin-hamad-al-thani"),
    # Spellings that are not recorded, of who held a high office on that day
    ("Sergej Lawrow of Russia spoke. Lawrow left.", "2023-07-02", "sergey-lavrov"),
    ("Sergej Lawrow spoke.", "2023-07-02", ""),
    ("Sergej Lawrow of Russia", "1990", ""),
    ("Sergej Lawrow", "", ""),
    # Titles
    ("President Biden", "2023-07-02", "joe-biden"),
    ("Secretary Blinken", "2023-07-02", "antony-blinken"),
    ("Secretary of State Blinken", "2023-07-02", "antony-blinken"),
    ("Prime Minister Netanyahu of Israel", "2023-07-02", "benjamin-netanyahu"),
    ("Israeli prime minister Netanyahu", "2023-07-02", "benjamin-netanyahu"),
    ("French Prime Minister Netanyahu", "2023-07-02", ""),
    ("Prime Minister Netanyahu of France", "2023-07-02", ""),
    ("Foreign Minister Lavrov", "2023-07-02", "sergey-lavrov"),
    ("Prime Minister Lavrov", "2023-07-02", ""),
    ("King Abdullah II of Jordan", "2023-07-02", "abdullah-ii-of-jordan"),
    ("King Abdullah", "2023-07-02", "abdullah-ii-of-jordan"),
    ("Sheikh Tamim", "2023-07-02", "tamim-bin-hamad-al-thani"),
    ("President Xi", "2023-07-02", "xi-jinping"),
    ("Prime Minister Han", "2023-07-02", "han-duck-soo"),
    ("Prime Minister Kishida", "2023-07-02", "fumio-kishida"),
    ("President von der Leyen", "2023-07-02", "ursula-von-der-leyen"),
    ("former President Trump", "2023-07-02", "donald-trump"),
    ("President Gorbachev of the Soviet Union", "1991-05-01", "mikhail-gorbachev"),
    ("President Aliyev", "2023-07-02", "ilham-aliyev"),
    ("President Aliyev", "1995", "heydar-aliyev"),
    ("President Aliyev", "", ""),
    ("President Aliyev of Azerbaijan", "", ""),
    ("President Macron", "", ""),
    ("President Macron of France", "", "emmanuel-macron"),
    ("King George III", "2023", ""),
    ("President Johnson", "2021", ""),
    ("Prime Minister Johnson", "2021", "boris-johnson"),
    ("Prime Minister Johnson", "1965", ""),
    (
        "Johnson was prime minister; Prime Minister Johnson of the United Kingdom",
        "2023-07-02",
        "boris-johnson",
    ),
    ("President Bush", "1990-08-07", "george-h-w-bush"),
    ("President Bush", "2003-03-16", "george-w-bush"),
    ("President Bush", "", ""),
    ("George Bush", "2003-03-16", "george-w-bush"),
    ("George Bush", "", ""),
    ("President Clinton", "1999-06-10", "bill-clinton"),
    ("Secretary Clinton", "2010-09-02", "hillary-clinton"),
    ("President Mohamed Bazoum", "2023-07-02", ""),
    ("Ambassador Joseph Yun", "2023-07-02", ""),
    # Surnames alone
    ("Biden spoke.", "2023-07-02", ""),
    ("Joe Biden came. Biden spoke.", "2023-07-02", "joe-biden"),
    ("Jake Sullivan came. Mr. Sullivan spoke.", "2023-07-02", "jake-sullivan"),
    ("Mr. Sullivan spoke.", "2023-07-02", ""),
    ("Mr. Lavrov spoke for Russia.", "2023-07-02", "sergey-lavrov"),
    ("Mr. Lavrov spoke.", "2023-07-02", ""),
    ("Mr. Johnson of the United Kingdom", "2021", ""),
    ("Heydar Aliyev and Ilham Aliyev came. Aliyev spoke.", "2023", "heydar-aliyev ilham-aliyev"),
    ("France's Macron and Russia’s Lavrov", "2023-07-02", "emmanuel-macron sergey-lavrov"),
    ("Russia’s Macron", "2023-07-02", ""),
    ("France's Macron", "2010-07-02", ""),
    # A surname that nobody else of the archive bears, beside its country
    ("Russia waited. Lavrov had gone home.", "2023-07-02", "sergey-lavrov"),
    ("Lavrov had gone home.", "2023-07-02", ""),
    ("Russia waited. Lavrov had gone home.", "2003-07-02", ""),
    ("Russia waited. Lavrov Street was closed.", "2023-07-02", ""),
    ("Russia waited for Yekaterina Lavrov. Lavrov was late.", "2023-07-02", ""),
    ("The US vote went to Bush.", "2003-03-16", ""),
    # Administrations
    ("a letter from the Biden administration", "2023-07-02", "joe-biden"),
    ("the Biden‑Harris Administration", "2023-07-02", "joe-biden kamala-harris"),
    ("the Biden-Harris years", "2023-07-02", ""),
    ("the Clinton administration’s forms", "2023-07-02", "bill-clinton"),
    ("the Bush administration", "2003-03-16", "george-w-bush"),
    ("the Bush administration", "2023-07-02", ""),
    ("the Trump administration", "2010", ""),
    ("the Johnson administration", "2021", ""),
    # Sheikhs and princes, called by their given names
    (
        "Mohammed bin Zayed Al Nahyan sat down. Sheikh Mohammed took tea.",
        "2023-07-02",
        "mohamed-bin-zayed-al-nahyan",
    ),
    ("King Mohammed of Morocco", "2023-07-02", "mohammed-vi-of-morocco"),
    # Somebody else
    ("Xi Jinping came with Xi Mingze. Xi spoke.", "2023-07-02", "xi-jinping"),
    ("Jill Biden spoke.", "2023-07-02", ""),
    ("First Lady Jill Biden spoke; Dr. Biden smiled.", "2023-07-02", ""),
    ("Hunter Biden", "2023-07-02", ""),
    ("John Paul Stevens", "2019-07-17", ""),
    ("J. Christopher Stevens", "2012-07-17", "john-christopher-stevens"),
    ("K. Christopher Stevens", "2012-07-17", ""),
    ("B. Netanyahu and C. Netanyahu", "2023-07-02", "benjamin-netanyahu"),
    ("John Stevens", "2012-07-17", "john-christopher-stevens"),
    ("Benjamin Wood Netanyahu", "2023-07-02", "benjamin-netanyahu"),
    ("George Walter Herbert Bush", "2003-07-02", "george-w-bush"),
    ("George P. Bush", "2003-07-02", ""),
    ("Justice Stevens", "2019-07-17", ""),
    ("the USS George Bush", "2003-03-16", ""),
    ("George Bush Intercontinental Airport", "2003-03-16", ""),
    ("Bush and bushes", "2003-03-16", ""),
    ("Li", "2023", ""),
    ("They met Joe. Biden left.", "2023-07-02", ""),
    # Offices that stand for their holders
    ("the Azerbaijani foreign minister", "2023-07-02", "jeyhun-bayramov"),
    ("Iran's foreign minister", "2023-07-02", "hossein-amir-abdollahian"),
    ("Iran’s top diplomat", "2023-07-02", "hossein-amir-abdollahian"),
    ("Iran's foreign minister", "2024-07-01", ""),
    ("Iran's foreign minister", "2025-01-02", "abbas-araghchi"),
    ("Iran's foreign minister", "2024", ""),
    ("Iran's foreign minister", "", ""),
    ("the foreign minister of Iran", "2023-07-02", "hossein-amir-abdollahian"),
    ("the president of France", "2023-07-02", "emmanuel-macron"),
    ("the President of the United States", "2023-07-02", "joe-biden"),
    ("the British prime minister", "2021-07-02", "boris-johnson"),
    ("the US secretary of state", "2023-07-02", "antony-blinken"),
    ("the U.S. Secretary of State", "2023-07-02", "antony-blinken"),
    ("the French president's aide", "2023-07-02", "emmanuel-macron"),
    ("the deputy foreign minister of Iran", "2023-07-02", ""),
    ("Iran's deputy foreign minister", "2023-07-02", ""),
    ("Iran's former foreign minister", "2023-07-02", ""),
    ("the French president-elect", "2023-07-02", ""),
    ("A former Iranian foreign minister wrote to us.", "2023-07-02", ""),
    ("the next French president", "2023-07-02", ""),
    ("Twelve counties will choose the U.S. president.", "2023-07-02", ""),
    ("He was the president of France.", "2023-07-02", ""),
    ("the Azerbaijani foreign minister, Elmar Mammadyarov, spoke", "2023-07-02", ""),
    ("Iran's foreign minister, Abbas Araghchi, spoke", "2025-01-02", "abbas-araghchi"),
    ("Brigitte Trogneux, the French president, spoke", "2023-07-02", ""),
    ("the foreign ministers of three states", "2023-07-02", ""),
]


@pytest.mark.parametrize(("text", "day", "people"), SENTENCES)
def test_a_sentence_names_these_people_and_no_others(text, day, people):
    assert named(text, day, "person") == people


def test_an_office_may_hold_the_adjective_of_its_country():
    office, adjective = found("the Azerbaijani foreign minister", "2023-07-02")
    assert (office.of, office.kind, office.text) == (
        "person", "office", "Azerbaijani foreign minister",
    )  # fmt: skip
    assert office.why == "whoever was foreign minister of Azerbaijan on that day"
    assert (adjective.of, adjective.kind, adjective.text) == ("country", "adjective", "Azerbaijani")


def test_a_president_in_office_tells_of_the_united_states():
    (office, name) = found("President Biden", "2023-07-02")
    assert (office.of, office.target, office.text) == (
        "country",
        "united-states",
        "President Biden",
    )
    assert (name.of, name.target, name.text) == ("person", "joe-biden", "Biden")
    assert named("Former President Biden", "2025-07-02") == ""
    assert named("Joe Biden", "2023-07-02") == ""
    assert named("the Biden administration", "2023-07-02") == "united-states"
    assert named("the Clinton administration", "2023-07-02") == ""


def test_a_country_within_a_persons_name_is_not_named():
    assert named("Israel Katz spoke.", "2024-05-01") == ""
    assert named("Israel Katz spoke.", "2024-05-01", "person") == "israel-katz"


def test_a_surname_that_two_people_of_the_archive_share_is_never_guessed():
    twins = [
        person("anna-ek", "Anna Ek", term(STATE, "President of Norway", "norway", "2001", "2010")),
        person("bo-ek", "Bo Ek", term(OTHER, "Minister of Fish", "norway", "2001", "2010")),
    ]  # fmt: skip
    known = Gazetteer(gazetteer().countries.values(), twins)
    text = "Anna Ek and Bo Ek came. Ek spoke. President Ek left."
    told = [m for m in detect_article("", text, known, dates.span("2005"))[1] if m.of == "person"]
    assert [(m.text, m.target) for m in told] == [
        ("Anna Ek", "anna-ek"),
        ("Bo Ek", "bo-ek"),
        ("Ek", "anna-ek"),
    ]


def test_a_headline_is_understood_by_its_body():
    headline, body = "Biden and Blinken in Paris", "Joe Biden came with Secretary Blinken."
    above, below = detect_article(headline, body, gazetteer(), dates.span("2023-07-02"))
    assert people_of(above) == ["joe-biden", "antony-blinken"]
    assert people_of(below) == ["joe-biden", "antony-blinken"]
    assert all(headline[m.start : m.end] == m.text for m in above)
    assert all(body[m.start : m.end] == m.text for m in below)


def test_an_article_without_a_headline_is_its_body():
    above, below = detect_article("", "Iran", gazetteer())
    assert (above, countries_of(below)) == ([], ["iran"])


def test_a_name_does_not_go_from_the_headline_into_the_body():
    above, below = detect_article("They met in the United", "States are parties.", gazetteer())
    assert above + below == []


def test_those_who_are_named_come_in_the_order_of_their_first_mention():
    mentions = found("Iraq, Iran, Iraq; Joe Biden, Antony Blinken, Biden", "2023-07-02")
    assert countries_of(mentions) == ["iraq", "iran"]
    assert people_of(mentions) == ["joe-biden", "antony-blinken"]
