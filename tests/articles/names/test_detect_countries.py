"""Which countries a text names, and for what reason."""

import pytest

from tests.articles.names.known import found, named

SENTENCES = [
    # Names, adjectives, demonyms
    ("Azerbaijan and Iran signed.", "azerbaijan iran"),
    ("Iran’s answer came late.", "iran"),
    ("The Philippines' answer came late.", "philippines"),
    ("An Azerbaijani train and an Iranian one", "azerbaijan iran"),
    ("Swedes, Danes, Finns and Poles voted.", "sweden denmark finland poland"),
    ("Frenchmen met Dutchmen and Germans.", "france netherlands germany"),
    ("West Germans went east.", "germany"),
    ("Côte d’Ivoire and Cote d'Ivoire are one.", "ivory-coast"),
    ("TÜRKİYE and Turkey are one.", "turkiye"),
    ("The Holy See and the Kosovar side", "vatican-city kosovo"),
    ("Burma, Zaire, Siam and Persia", "myanmar democratic-republic-of-the-congo thailand iran"),
    ("Scotland and Northern Ireland voted.", "united-kingdom"),
    ("Aid went to Gaza and the West Bank.", "palestine"),
    ("The Republic of Ireland, not the island", "ireland"),
    ("Sino-Russian talks", "china russia"),
    ("Anti-American slogans", "united-states"),
    ("Россия", ""),
    # The United States, in capitals
    ("The US, the U.S. and the USA", "united-states"),
    ("He told us to help us.", ""),
    ("PLEASE HELP US NOW", ""),
    ("The U.S.-Israel partnership", "united-states israel"),
    ("A US-led, UK-backed plan", "united-states united-kingdom"),
    ("The UAE, the DRC, the ROK, the PRC and the DPRK",
     "united-arab-emirates democratic-republic-of-the-congo south-korea china north-korea"),
    ("The Emirates said so.", "united-arab-emirates"),
    ("He flew with Emirates airline.", ""),
    ("A ticket costs US$12 or 9 US dollars.", "united-states"),
    ("A ticket costs US$12.", ""),
    ("Antigua, Saint Kitts and Trinidad play on Sunday.",
     "antigua-and-barbuda saint-kitts-and-nevis trinidad-and-tobago"),
    # The longest words win
    ("Guinea-Bissau, Equatorial Guinea and Papua New Guinea",
     "guinea-bissau equatorial-guinea papua-new-guinea"),
    ("Guinea is a neighbour.", "guinea"),
    ("Ships in the Gulf of Guinea", ""),
    ("They kept guinea pigs and a Guinea Pig.", ""),
    ("Niger is not Nigeria, a Nigerien no Nigerian.", "niger nigeria"),
    ("Oil of the Niger Delta on the Niger River", ""),
    ("The Democratic Republic of the Congo", "democratic-republic-of-the-congo"),
    ("The Republic of the Congo", "republic-of-the-congo"),
    ("Rain in Congo", "democratic-republic-of-the-congo"),
    ("Congo closed its port, Brazzaville said.", "republic-of-the-congo"),
    ("The Congo Basin", ""),
    ("The Dominican Republic and Dominica", "dominican-republic dominica"),
    ("A Dominican delegation", "dominican-republic"),
    ("Dominica sent a Dominican delegation.", "dominica"),
    ("Dominican friars", ""),
    ("South Sudan and Sudan", "south-sudan sudan"),
    ("American Samoa and Samoa", "american-samoa samoa"),
    ("North Korea shelled South Korea.", "north-korea south-korea"),
    ("Pyongyang fired a rocket over Korea.", "north-korea"),
    ("North Korea and South Korea: a Korean song", "north-korea south-korea"),
    ("The Korean economy", "south-korea"),
    ("Peace on the Korean Peninsula and the Korean War", ""),
    ("Hong Kong and China", "hong-kong china"),
    ("The Republic of China and the People's Republic of China", "taiwan china"),
    ("Bosnian Serbs and Turkish Cypriots", "bosnia-and-herzegovina cyprus"),
    # What only looks like a country
    ("New Mexico, New Jersey, New England", ""),
    ("The South China Sea, the Indian Ocean, the Persian Gulf, the Gulf of Oman", ""),
    ("Latin America, South American grain, Central America", ""),
    ("American Indians and Native Americans", ""),
    ("Jersey is not a shirt.", ""),
    ("Jersey and Guernsey", "jersey guernsey"),
    ("A family reunion; Family Reunion", ""),
    ("A turkey, a china cup, danish and polish", ""),
    ("A Turkey sandwich", ""),
    ("The Washington Post and the South China Morning Post", ""),
    ("Europeans, Arabs and Kurds in Crimea, Tibet and Chechnya", ""),
    ("Kashmir and Karabakh", ""),
    ("Lebanon, Tennessee, and Peru, Illinois", ""),
    ("Moscow, Idaho, wants rain.", ""),
    ("He lives in Grenada Street.", ""),
    ("He does not speak Spanish and wrote it in Polish.", ""),
    ("Spanish ships", "spain"),
    ("A Finn and a Dane won.", "finland denmark"),
    ("Huckleberry Finn and Dane Cook", ""),
    ("Agence France-Presse reported", ""),
    ("He reads Scientific American and the Irish Times.", ""),
    ("The Paris Agreement, the Vienna Convention, the Warsaw Pact", ""),
    # People who are called like a country
    ("Michael Jordan retired. Jordan smiled.", ""),
    ("Jordan Peterson wrote a book.", ""),
    ("Chad Wolf spoke. Chad was tired, and flew to Chad.", "chad"),
    ("Chad and Jordan voted.", "chad jordan"),
    ("The king of Jordan said that Jordan was dry.", "jordan"),
    ("They met in Amman, Jordan.", "jordan"),
    ("Kathy Ireland and Tom Holland", ""),
    ("Mr. Ireland left.", ""),
    ("Israel Montoya, who came late", ""),
    ("Israel Police and Israel said", "israel"),
    ("We asked Israel Halloran, Ann Lee and Tom Holland about Kim Roy.", ""),
    ("A cook called Ramesh Amman left. Amman has a dog.", ""),
    ("A cook called Ramesh Amman left for Amman. Amman has a new minister.", "jordan"),
    ("Jack London said that it was late.", ""),
    # Georgia and the state of that name
    ("Atlanta, Georgia", ""),
    ("Voters in Georgia and Florida", ""),
    ("The governor of Georgia and two senators from Atlanta", ""),
    ("Tbilisi, Georgia", "georgia"),
    ("Armenia, Georgia and Azerbaijan", "armenia georgia azerbaijan"),
    ("Georgia asked NATO for help against Russia.", "georgia russia"),
    ("Georgia Tech", ""),
    ("A mill in Jordan, Georgia, sells to Illinois.", ""),
    # Capitals that stand for a government, and such as do not
    ("The Yerevan administration refused.", "armenia"),
    ("Moscow said no.", "russia"),
    ("They met in Moscow.", ""),
    ("MOSCOW, July 2 (TASS) - It rained.", ""),
    ("Talks between Ankara and Baku", "turkiye azerbaijan"),
    ("Moscow and Beijing agreed.", "russia china"),
    ("Strikers in Ljubljana and Skopje were tired.", ""),
    ("Beijing’s foreign policy", "china"),
    ("Beijing’s parks", ""),
    ("Tehran-backed fighters, a pro-Moscow party", "iran russia"),
    ("Sanctions against Pyongyang", "north-korea"),
    ("The embassy in Tehran", ""),
    ("Bern froze the accounts and Oslo lodged a protest.", "switzerland norway"),
    ("Relations with Tunis, Rabat and Algiers are good.", "tunisia morocco algeria"),
    ("A flight with stops in Tunis, Rabat and Algiers", ""),
    ("Tunis, Rabat, Algiers and Cairo agreed.", "tunisia morocco algeria egypt"),
    ("She spoke to Ottawa and wrote a letter to Lima.", "canada peru"),
    ("She drove to Ottawa and took a bus to Lima.", ""),
    ("Under pressure from Vienna, with the blessing of Rome", "austria italy"),
    ("A parcel from Vienna, the parks of Rome", ""),
    ("Lima is a grey city, Quito was colder, Oslo was snowbound.", ""),
    ("Quito was shelled at noon.", ""),
    ("Quito was ready to sign.", "ecuador"),
    ("Zhongnanhai and the Casa Rosada", "china argentina"),
    ("Brussels said that it would pay.", "european-union"),
    ("A train to Brussels", ""),
    ("The Kremlin, the White House and Downing Street", "russia united-states united-kingdom"),
    ("Washington, D.C.", "united-states"),
    ("George Washington crossed.", ""),
    ("Real Madrid won.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "countries"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_sentence_names_these_countries_and_no_others(text, countries):
    assert named(text, "2023-07-02") == countries


BY_DATE = [
    ("The Soviet side and Moscow said no.", "1987-05-01", "soviet-union"),
    ("Moscow said no.", "1992-05-01", "russia"),
    ("Russia’s tanks", "1968-08-21", "soviet-union"),
    ("The Soviet Union", "2023", "soviet-union"),
    ("Soviet troops left; Russia under Yeltsin stayed.", "1991-08-21", "soviet-union russia"),
    ("Czechs and Slovaks", "1968-08-21", "czechoslovakia"),
    ("Czechs and Slovaks", "1995", "czechia slovakia"),
    ("Prague said no.", "1987", "czechoslovakia"),
    ("Prague said no.", "1995", "czechia"),
    ("The Yugoslav army and Belgrade’s government", "1987", "yugoslavia"),
    ("The Yugoslav army; Belgrade agreed.", "1999-06-09", "serbia-and-montenegro"),
    ("Yugoslavia", "2023", "yugoslavia"),
    ("Yugoslavia", "", "yugoslavia"),
    ("Belgrade agreed.", "2023", "serbia"),
    ("Hanoi said no.", "1968-05-13", "north-vietnam"),
    ("Hanoi said no.", "2020", "vietnam"),
    ("East German guards, West German guests", "1987", "east-germany germany"),
    ("Bonn said no.", "1987", "germany"),
    ("Congo", "1985", "republic-of-the-congo"),
    ("The Republic of China", "1943-11-22", "china"),
    ("Moscow said no.", "", "russia"),
    ("Moscow said no.", "[1985..1999]", "russia"),
]


@pytest.mark.parametrize(("text", "day", "countries"), BY_DATE)
def test_states_of_the_past_are_meant_on_their_days(text, day, countries):
    assert named(text, day) == countries


REASONS = [
    ("Iran", "name", "a name of Iran"),
    ("Azerbaijani", "adjective", "the adjective of Azerbaijan"),
    ("Iranians", "demonym", "the people of Iran"),
    ("the Yerevan administration", "capital", "Yerevan stands for a government here"),
    ("the U.S. Navy", "name", "a name of the United States"),
    ("Gaza", "name", "Gaza is filed under Palestine"),
    ("the Dutch", "adjective", "the adjective of the Netherlands"),
    ("Washington, D.C.", "capital", "Washington, D.C. is the capital of the United States"),
    ("Brussels said no.", "capital", "Brussels stands for the European Union here"),
]


@pytest.mark.parametrize(("text", "kind", "why"), REASONS)
def test_each_mention_tells_its_kind_and_its_reason(text, kind, why):
    (mention,) = found(text, "2023-07-02")
    assert mention.kind == kind
    assert mention.why.startswith(why)


def test_the_words_of_a_mention_are_those_that_stand_there():
    texts = [mention.text for mention in found("The U.S., the USA, Iran's, Côte d’Ivoire’s")]
    assert texts == ["U.S.", "USA", "Iran", "Côte d’Ivoire"]


def test_direction_marks_around_a_name_are_no_part_of_it():
    assert [m.text for m in found("\u202eIran\u202c and \u200fIraq\u200f")] == ["Iran", "Iraq"]


def test_a_name_may_be_broken_over_a_line_but_not_over_a_paragraph():
    assert named("the United\nStates") == "united-states"
    assert named("South\n\nSudan") == "sudan"
