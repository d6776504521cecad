"""A search for a name finds its other spellings; exact=1 the one that was typed alone.

Asked as a reader asks it, on either engine alike. Who wrote which spelling is told by TEXTS; the
spellings that are one name by PEOPLE.
"""

import re

import pytest
from django.db import transaction

from articles.integrity import merging
from articles.models import Article, OtherName, Person
from tests.make import made_at_once, make_article, make_membership, make_person, make_post

pytestmark = pytest.mark.django_db

# name: (spelling, kind), ...
PEOPLE = {
    "Abbas Araghchi": [("عباس عراقچی", "native"), ("Abbas Araqchi", "transliteration")],
    "Jeyhun Bayramov": [
        ("Ceyhun Bayramov", "native"),
        ("Джейхун Байрамов", "transliteration"),
        ("Ceyhun Əziz oğlu Bayramov", "full"),
    ],
    "Ilham Aliyev": [("İlham Əliyev", "native"), ("Ильхам Алиев", "transliteration")],
    "Heydar Aliyev": [("Heydər Əliyev", "native"), ("Гейдар Алиев", "transliteration")],
    "Xi Jinping": [("习近平", "native")],
    "Hossein Amir-Abdollahian": [
        ("حسین امیرعبداللهیان", "native"),
        ("Hossein Amirabdollahian", "transliteration"),
    ],
    "Benjamin Netanyahu": [("Bibi", "short"), ("בנימין נתניהו", "native")],
    "Pope Francis": [("Jorge Mario Bergoglio", "former")],
    "Kim Jong-il": [("김정일", "native")],
    "Kim Jong-un": [("김정은", "native")],
    "Li Keqiang": [("李克强", "native")],
    "Lee Myung-bak": [("이명박", "native"), ("Yi Myong-bak", "transliteration")],
    "Ali Larijani": [("علی لاریجانی", "native")],
    "George Bush": [("George H. W. Bush", "full"), ("Джордж Буш", "transliteration")],
    "Gamal Abdel Nasser": [("جمال عبد الناصر", "native")],
    "Hossein Nasr": [("حسین نصر", "native")],
    "Narges Dara": [],
}
# address: (headline, text)
TEXTS = {
    "gh": ("Guest one", "Abbas Araghchi came by train."),
    "q": ("Araqchi speaks", "Abbas Araqchi came by boat."),
    "fa": ("مهمان", "عباس عراقچی آمد."),
    "jeyhun": ("Guest two", "Jeyhun Bayramov spoke of gas."),
    "ceyhun": ("Qonaq", "Nazir Ceyhun Bayramov çıxış etdi."),
    "full": ("Tam ad", "Ceyhun Əziz oğlu Bayramov 1973-cü ildə doğulub."),
    "dzheikhun": ("Гость", "Министр Джейхун Байрамов выступил."),
    "ilham": ("Guest three", "President Ilham Aliyev opened the road."),
    "ilham-ru": ("Дорога", "Президент Ильхам Алиев открыл дорогу."),
    "heydar": ("Guest four", "The Heydar Aliyev Foundation gave books."),
    "heydar-ru": ("Книги", "Гейдар Алиев родился в Нахичевани."),
    "xi": ("Guest five", "President Xi Jinping spoke of trade."),
    "xi-apart": ("Letters", "Jinping is a given name; Xi stands before it."),
    "xi-zh": ("会谈", "主席 习近平 发表讲话。"),
    "amir": ("Guest six", "Hossein Amir-Abdollahian left."),
    "amir-one": ("Guest seven", "Hossein Amirabdollahian stayed."),
    "amir-fa": ("وزیر", "حسین امیرعبداللهیان رفت."),
    "netanyahu": ("Guest eight", "Benjamin Netanyahu voted."),
    "netanyahu-he": ("חדשות", "בנימין נתניהו הצביע."),
    "bibi": ("Nickname", "Bibi was seen."),
    "benjamin": ("Namesake", "Benjamin Franklin was not."),
    "pope": ("Audience", "Pope Francis prayed."),
    "bergoglio": ("Before", "Jorge Mario Bergoglio taught chemistry."),
    "francis": ("Another", "Francis Fukuyama wrote."),
    "il": ("Father", "Kim Jong-il died."),
    "un": ("Son", "Kim Jong-un was named."),
    "il-ko": ("부고", "김정일 위원장"),
    "un-ko": ("소식", "김정은 위원장"),
    "li": ("Premier", "Li Keqiang retired."),
    "lee": ("Builder", "Lee Myung-bak built."),
    "yi": ("Builder too", "Yi Myong-bak built also."),
    "larijani": ("Speaker", "Ali Larijani asked."),
    "larijani-fa": ("مجلس", "علی لاریجانی پرسید."),
    "bush": ("Forty-one", "George Bush flew."),
    "bush-ru": ("Сорок", "Джордж Буш летал."),
    "nasser": ("Canal", "Gamal Abdel Nasser seized it."),
    "nasser-ar": ("القناة", "جمال عبد الناصر أمم القناة."),
    "nasr": ("Scholar", "Hossein Nasr taught."),
    "nasr-fa": ("استاد", "حسین نصر درس داد."),
}  # fmt: skip

ARAGHCHI = "gh q fa"
BAYRAMOV = "jeyhun ceyhun full dzheikhun"
ILHAM, HEYDAR = "ilham ilham-ru", "heydar heydar-ru"
AMIR = "amir amir-one amir-fa"

FOUND = [
    # A word in any of its spellings
    ("Araghchi", ARAGHCHI),
    ("Araqchi", ARAGHCHI),
    ("ARAGHCHI'S", ARAGHCHI),
    ("عراقچی", ARAGHCHI),
    ("عراقچي", ARAGHCHI),
    ("abbas", ARAGHCHI),
    ("Abbas Araghchi", ARAGHCHI),
    ("araghchi abbas", ARAGHCHI),
    ("عباس عراقچی", ARAGHCHI),
    ("Abbas عراقچی", ARAGHCHI),
    ('"Abbas Araghchi"', ARAGHCHI),
    ('"Araghchi Abbas"', ""),
    ('"Araghchi came"', "gh q"),
    ("Araghchi boat", "q"),
    ("Araghchi -boat", "gh fa"),
    ("came -Araghchi", ""),
    ("-Araghchi train", ""),
    ('came -"Abbas Araghchi"', ""),
    ("headline:Araghchi", "q"),
    ("headline:عراقچی", "q"),
    ("headline:Abbas", ""),
    ("guest -headline:speaks Araghchi", "gh"),
    ("Araghchi OR Larijani", f"{ARAGHCHI} larijani larijani-fa"),
    ("Ceyhun", BAYRAMOV),
    ("Jeyhun", BAYRAMOV),
    ("Джейхун", BAYRAMOV),
    ("Байрамов", BAYRAMOV),
    ("Jeyhun Bayramov", BAYRAMOV),
    ('"Jeyhun Bayramov"', BAYRAMOV),
    ('"Ceyhun Əziz oğlu Bayramov"', BAYRAMOV),
    ("Ceyhun Əziz oğlu Bayramov", BAYRAMOV),
    ('"Bayramov spoke"', "jeyhun"),
    ("bayramov gas", "jeyhun"),
    # One word that is two, and a name that is one
    ("Amir-Abdollahian", AMIR),
    ("Amirabdollahian", AMIR),
    ("امیرعبداللهیان", AMIR),
    ("Amir Abdollahian", AMIR),
    ('"Amir Abdollahian left"', "amir"),
    ('"Amirabdollahian left"', "amir"),
    ("-Amirabdollahian Hossein", "nasr nasr-fa"),
    ('Hossein -"Amir-Abdollahian"', "nasr nasr-fa"),
    ("Xi Jinping", "xi xi-apart xi-zh"),
    ('"Xi Jinping"', "xi xi-zh"),
    ("习近平", "xi xi-zh"),
    ("习近平 trade", "xi"),
    ('"President Xi Jinping"', "xi"),
    ('-"Xi Jinping" Jinping', "xi-apart"),
    ("Jinping", "xi xi-apart"),
    # Short forms and former names stand for the whole name alone
    ("Bibi", "bibi netanyahu netanyahu-he"),
    ("Benjamin Netanyahu", "netanyahu netanyahu-he bibi"),
    ("Benjamin", "netanyahu netanyahu-he benjamin"),
    ("Netanyahu", "netanyahu netanyahu-he"),
    ("Bergoglio", "bergoglio"),
    ("Jorge Mario Bergoglio", "bergoglio pope"),
    ("Pope Francis", "pope bergoglio"),
    ("Francis", "pope francis"),
    ("Francis Fukuyama", "francis"),
    # Different people
    ("Aliyev", f"{ILHAM} {HEYDAR}"),
    ("Алиев", f"{ILHAM} {HEYDAR}"),
    ("Ilham Aliyev", ILHAM),
    ("Ильхам Алиев", ILHAM),
    ('"Əliyev"', f"{ILHAM} {HEYDAR}"),
    ("Heydar Aliyev", HEYDAR),
    ("Гейдар Алиев", HEYDAR),
    ("Гейдар", HEYDAR),
    ("Aliyev -Heydar", ILHAM),
    ("Ali", "larijani larijani-fa"),
    ("علی", "larijani larijani-fa"),
    ("Kim Jong-il", "il il-ko"),
    ("Kim Jong-un", "un un-ko"),
    ("김정은", "un un-ko"),
    ("김정일", "il il-ko"),
    ("Kim", "il un"),
    ("Li", "li"),
    ("Lee", "lee"),
    ("Yi", "yi"),
    ("Lee Myung-bak", "lee yi"),
    ("Myung", "lee yi"),
    ("Nasser", "nasser nasser-ar"),
    ("Nasr", "nasr nasr-fa"),
    ("نصر", "nasr nasr-fa"),
    ("الناصر", "nasser nasser-ar"),
    ("Bush", "bush bush-ru"),
    ("Буш", "bush bush-ru"),
    # What is no name
    ("taught", "bergoglio nasr"),
    ("Aliyeva", ""),
]
EXACT = [
    ("Araghchi", "gh"),
    ("Araqchi", "q"),
    ("عراقچی", "fa"),
    ("Abbas Araghchi", "gh"),
    ("Ceyhun", "ceyhun full"),
    ("Байрамов", "dzheikhun"),
    ("Aliyev", "ilham heydar"),
    ("Əliyev", "ilham heydar"),
    ("Xi Jinping", "xi xi-apart"),
    ("习近平", "xi-zh"),
    ("Amirabdollahian", "amir-one"),
    ('"Amir Abdollahian"', "amir"),
    ("Bibi", "bibi"),
    ("Pope Francis", "pope"),
    ("-Araghchi Abbas", "q"),
    ("headline:Araghchi", ""),
    ("Kim Jong-un", "un"),
]


@pytest.fixture(scope="module", autouse=True)
def _archive(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with made_at_once():
            for name, spellings in PEOPLE.items():
                person = make_person(name)
                for spelling, kind in spellings:
                    OtherName.objects.create(person=person, name=spelling, kind=kind)
            for slug, (headline, body) in TEXTS.items():
                make_article(headline, slug=slug, import_ref=slug, body=body)
        yield
        transaction.set_rollback(True)


def found(client, q, **parameters):
    answer = client.get("/articles.json", {"q": q, **parameters})
    assert answer.status_code == 200, answer.json()["errors"]
    slugs = [result["slug"] for result in answer.json()["results"]]
    assert answer.json()["count"] == len(slugs) == len(set(slugs))
    return set(slugs)


@pytest.mark.parametrize(("q", "slugs"), FOUND, ids=[q for q, _ in FOUND])
def test_a_name_is_found_in_every_spelling_and_no_other_name_is(client, q, slugs):
    assert found(client, q) == set(slugs.split())


@pytest.mark.parametrize(("q", "slugs"), EXACT, ids=[q for q, _ in EXACT])
def test_exact_words_are_found_as_they_are_written(client, q, slugs):
    assert found(client, q, exact="1") == set(slugs.split())


@pytest.mark.parametrize("q", ["Araghchi", "Xi Jinping", '"Amir Abdollahian"', "-Aliyev"])
@pytest.mark.parametrize("order", ["oldest", "added", "relevance"])
def test_the_order_changes_nothing_of_what_is_found(client, q, order):
    if q.startswith("-"):
        q += " Guest"
    assert found(client, q, order=order) == found(client, q) != set()


def test_the_texts_are_all_looked_for():
    told = {slug for _, slugs in FOUND for slug in slugs.split()}
    assert told == set(Article.objects.values_list("slug", flat=True))


# Which spelling matched


MATCHED = [
    ("Araghchi", {"gh": [], "q": ["Araqchi"], "fa": ["عراقچی"]}),
    ("Abbas Araghchi", {"gh": [], "q": ["Abbas Araqchi"], "fa": ["عباس عراقچی"]}),
    ("عراقچي", {"gh": ["Araghchi"], "q": ["Araqchi"], "fa": ["عراقچی"]}),
    ("Xi Jinping", {"xi": [], "xi-apart": [], "xi-zh": ["习近平"]}),
    ("习近平", {"xi": ["Xi Jinping"], "xi-zh": []}),
    ("Amirabdollahian",
     {"amir": ["Amir-Abdollahian"], "amir-one": [], "amir-fa": ["امیرعبداللهیان"]}),
    ("əliyev", {"ilham": ["Aliyev"], "ilham-ru": ["Алиев"], "heydar": ["Aliyev"],
                "heydar-ru": ["Алиев"]}),
    ("ALIYEV", {"ilham": [], "ilham-ru": ["Алиев"], "heydar": [], "heydar-ru": ["Алиев"]}),
    ("Larijani asked", {"larijani": []}),
    ("Bibi", {"bibi": [], "netanyahu": ["Benjamin Netanyahu"], "netanyahu-he": ["בנימין נתניהו"]}),
    ("Jorge Mario Bergoglio", {"bergoglio": [], "pope": ["Pope Francis"]}),
    ("taught", {"bergoglio": [], "nasr": []}),
]  # fmt: skip


@pytest.mark.parametrize(("q", "spellings"), MATCHED, ids=[q for q, _ in MATCHED])
def test_each_hit_says_by_which_other_spelling_it_was_found(client, q, spellings):
    results = client.get("/articles.json", {"q": q}).json()["results"]
    assert {result["slug"]: result["matched"] for result in results} == spellings


def test_the_page_says_so_too(client):
    page = client.get("/articles/", {"q": "Araghchi"}).text
    assert "found as “<bdi>عراقچی</bdi>”" in page
    assert "found as “<bdi>Araqchi</bdi>”" in page
    assert "found as “<bdi>Araghchi</bdi>”" not in page
    assert "<mark>عراقچی</mark>" in page


@pytest.mark.parametrize("parameters", [{}, {"q": "Araghchi", "exact": "1"}])
def test_nobody_is_told_of_other_spellings_who_asked_for_none(client, parameters):
    results = client.get("/articles.json", parameters).json()["results"]
    assert results
    assert not any(result.get("matched") for result in results)
    assert all(("matched" in result) is bool(parameters) for result in results)
    assert "found as" not in client.get("/articles/", parameters).text


# The people whose name was searched


OFFERED = [
    ("Abbas Araghchi", ["abbas-araghchi"]),
    ("عباس عراقچی", ["abbas-araghchi"]),
    ("Araqchi", ["abbas-araghchi"]),
    ("Araghchi train", []),
    ("Abbas Araghchi train", ["abbas-araghchi"]),
    ("Aliyev", ["heydar-aliyev", "ilham-aliyev"]),
    ("Ilham Aliyev", ["ilham-aliyev"]),
    ('"Ильхам Алиев"', ["ilham-aliyev"]),
    ("习近平", ["xi-jinping"]),
    ("Xi", ["xi-jinping"]),
    ("Kim Jong-un", ["kim-jong-un"]),
    ("Kim", ["kim-jong-il", "kim-jong-un"]),
    ("Bibi", ["benjamin-netanyahu"]),
    ("Jorge Mario Bergoglio", ["pope-francis"]),
    ("Narges Dara", ["narges-dara"]),
    ("Dara", ["narges-dara"]),
    ("guest -Aliyev", []),
    ("guest", []),
    ("Nasr", ["hossein-nasr"]),
    ("Amirabdollahian", ["hossein-amir-abdollahian"]),
    ("عراقچي", ["abbas-araghchi"]),
]


@pytest.mark.parametrize(("q", "slugs"), OFFERED, ids=[q for q, _ in OFFERED])
def test_the_people_whose_name_was_searched_are_offered(client, q, slugs):
    page = client.get("/articles/", {"q": q}).text
    offered = re.findall(r'<li><a href="/people/([a-z0-9-]+)/"><bdi>', page)
    assert sorted(offered) == slugs


def test_they_are_offered_with_their_office_and_the_spelling_that_was_searched(client):
    person = Person.objects.get(slug="abbas-araghchi")
    make_membership(person, make_post("Foreign minister of Iran"), "2024-08-21")
    make_article(people=[person])
    page = client.get("/articles/", {"q": "عراقچی"}).text
    assert (
        '<a href="/people/abbas-araghchi/"><bdi>Abbas Araghchi</bdi></a>, foreign minister of Iran,'
        " from 21 August 2024; end not recorded: 1 article, also written “<bdi>عباس عراقچی</bdi>”"
    ) in page


def test_nobody_is_offered_to_who_asks_for_exact_words(client):
    assert "People of this name" not in client.get("/articles/?q=Aliyev&exact=1").text


def test_whoever_was_merged_is_offered_as_the_other(client):
    twin = make_person("Abbas Araqci")
    merging.merge_person(
        twin, Person.objects.get(slug="abbas-araghchi"), "tests", "The same person."
    )
    page = client.get("/articles/", {"q": "Abbas Araqci"}).text
    assert "/people/abbas-araghchi/" in page
    assert "/people/abbas-araqci/" not in page
    assert found(client, "Araqci") == set(ARAGHCHI.split())


# What is said of it


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/articles.json?q=Araghchi", "3 articles with “Araghchi” in any spelling, newest first"),
        ("/articles.json?q=Araghchi&exact=1", "1 article with exactly “Araghchi”"),
        ("/articles.json?q=taught", "2 articles with “taught”, newest first"),
        ("/articles.json?q=Narges", "No article with “Narges”"),
    ],
)
def test_the_sentence_says_whether_other_spellings_count(client, address, sentence):
    assert client.get(address).json()["sentence"] == sentence


def test_the_page_that_finds_nothing_tells_how_names_are_looked_for(client):
    assert "in every spelling" in client.get("/articles/?q=Narnia").text


def test_the_desk_finds_stories_by_any_spelling_too(admin_client):
    page = admin_client.get("/admin/articles/article/", {"q": "Araqchi"}).text
    assert "مهمان" in page
    assert "Guest one" in page
