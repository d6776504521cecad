"""Offices and their holders through time: the lists, an office's page, a country's picture."""

import re
from html import unescape

import pytest

from articles.views.paging import NAMES
from tests.articles.views.reading import links, next_page, words_of
from tests.make import (
    made_at_once,
    make_article,
    make_country,
    make_membership,
    make_person,
    make_post,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def iran():
    return make_country("Iran", iso_alpha2="IR", iso_alpha3="IRN")


def hold(post, name, started, ended="", **fields):
    return make_membership(make_person(name), post, started, ended, **fields)


class TestTheOffice:
    def test_its_holders_come_in_order_with_gaps_overlaps_and_who_acted(self, client, iran):
        post = make_post("Foreign minister of Iran", iran)
        hold(post, "Omid Karimi", "2000-01-01", "2004-05-02")
        hold(post, "Leyla Hasanova", "2004-06-02", "2008-03-03")
        hold(post, "Darius Zand", "2008-02-01", "2008-04-01", is_acting=True)
        hold(post, "Nobody Known", "2010", "")

        words = words_of(client.get("/offices/foreign-minister-of-iran/"))

        in_order = [
            "Omid Karimi 1 January 2000 – 2 May 2004",
            "No holder recorded from 3 May 2004 to 1 June 2004",
            "Leyla Hasanova 2 June 2004 – 3 March 2008; overlaps with Darius Zand",
            "Darius Zand , acting 1 February 2008 – 1 April 2008; overlaps with Leyla Hasanova",
            "No holder recorded from 2 April 2008 to 31 December 2009 at least",
            "Nobody Known from 2010; end not recorded",
        ]
        places = [words.index(line) for line in in_order]
        assert places == sorted(places)

    def test_json_tells_the_same(self, client, iran):
        post = make_post("Foreign minister of Iran", iran)
        hold(post, "Omid Karimi", "2000-01-01", "2004-05-02")
        hold(post, "Leyla Hasanova", "2004-06-02", "2008-03-03")
        hold(post, "Darius Zand", "2008-02-01", "", is_acting=True)
        hold(post, "Nobody Known", "2010-01-01")

        (found,) = client.get("/offices.json").json()["results"]

        assert found["country"] == "iran"
        assert found["holders"] == [
            {"person": "omid-karimi", "started": "2000-01-01", "ended": "2004-05-02",
             "is_acting": False, "overlaps_with": []},
            {"person": "leyla-hasanova", "started": "2004-06-02", "ended": "2008-03-03",
             "is_acting": False, "overlaps_with": []},
            {"person": "darius-zand", "started": "2008-02-01", "ended": None,
             "is_acting": True, "overlaps_with": []},
            {"person": "nobody-known", "started": "2010-01-01", "ended": None,
             "is_acting": False, "overlaps_with": []},
        ]  # fmt: skip
        assert found["gaps"] == [
            {"from": "2004-05-03", "to": "2004-06-01", "is_certain": True},
            {"from": "2008-03-04", "to": "2009-12-31", "is_certain": False},
        ]

    def test_who_overlaps_in_several_terms_is_named_once(self, client, iran):
        post = make_post("Foreign minister of Iran", iran)
        hold(post, "Omid Karimi", "2000-01-01", "2009-05-02")
        twice = make_person("Leyla Hasanova")
        make_membership(twice, post, "2001-01-01", "2002-01-01")
        make_membership(twice, post, "2003-01-01", "2004-01-01")

        words = words_of(client.get("/offices/foreign-minister-of-iran/"))
        (found,) = client.get("/offices.json").json()["results"]

        assert "1 January 2000 – 2 May 2009; overlaps with Leyla Hasanova Leyla" in words
        assert found["holders"][0]["overlaps_with"] == ["leyla-hasanova"]

    def test_an_office_that_nobody_is_recorded_for_says_so(self, client):
        make_post()
        assert "No holder is recorded yet" in words_of(
            client.get("/offices/foreign-minister-of-azerbaijan/")
        )

    def test_the_list_of_articles_is_found_at_the_same_address_with_a_suffix(self, client):
        make_post()
        answer = client.get("/offices/foreign-minister-of-azerbaijan.json").json()
        assert (answer["count"], answer["results"]) == (0, [])


class TestTheListOfOffices:
    def test_offices_stand_by_country_the_highest_first_and_those_of_none_last(self, client, iran):
        make_post("Secretary-General of the United Nations", role="other")
        make_post("Ambassador of Iran to Oman", iran, role="other")
        make_post("Foreign minister of Iran", iran)
        make_post("President of Iran", iran, role="head-of-state")
        make_post("Emir of Qatar", make_country("Qatar"), role="head-of-state")

        words = words_of(client.get("/offices/"))

        in_order = ["5 offices", "President of Iran", "Foreign minister of Iran",
                    "Ambassador of Iran", "Emir of Qatar", "Of no single country",
                    "Secretary-General"]  # fmt: skip
        places = [words.index(line) for line in in_order]
        assert places == sorted(places)

    def test_the_many_lesser_offices_of_a_country_are_one_link(self, client, iran):
        make_post("President of Iran", iran, role="head-of-state")
        with made_at_once():
            for number in range(40):
                make_post(f"Ambassador of Iran to place {number}", iran, role="other")

        page = client.get("/offices/")

        assert ("?country=iran", "All 41 offices") in links(page)
        assert "place 7" not in words_of(page)
        of_iran = words_of(client.get("/offices/?country=iran"))
        assert "41 offices of Iran" in of_iran
        assert all(f"Ambassador of Iran to place {number}" in of_iran for number in range(40))

    @pytest.mark.parametrize("word", ["iran", "IR", "IRN", "Iran", " iran "])
    def test_a_country_is_known_by_any_name_or_code(self, client, iran, word):
        make_post("President of Iran", iran, role="head-of-state")
        make_post("Emir of Qatar", make_country("Qatar"), role="head-of-state")

        answer = client.get("/offices.json", {"country": word}).json()

        assert answer["sentence"] == "1 office of Iran"
        assert [office["slug"] for office in answer["results"]] == ["president-of-iran"]
        assert "Emir" not in words_of(client.get("/offices/", {"country": word}))

    @pytest.mark.parametrize("asked", [["narnia"], ["iran", "narnia"], ["iran", "qatar"], ["%"]])
    def test_what_is_not_understood_shows_nothing_and_says_why(self, client, iran, asked):
        make_post("President of Iran", iran, role="head-of-state"), make_country("Qatar")

        page = client.get("/offices/", {"country": asked})
        answer = client.get("/offices.json", {"country": asked})

        assert page.status_code == 200
        assert "President of Iran" not in words_of(page)
        assert 'role="alert"' in page.content.decode()
        assert (answer.status_code, answer.json()["results"]) == (400, [])
        assert list(answer.json()["errors"]) == ["country"]

    @pytest.mark.parametrize("name", ["colour", "q", "order"])
    def test_an_unknown_parameter_is_refused_by_json_alone(self, client, iran, name):
        make_post("President of Iran", iran)
        assert "President of Iran" in words_of(client.get("/offices/", {name: "x"}))
        assert client.get("/offices.json", {name: "x"}).status_code == 400

    def test_a_country_without_offices_says_so(self, client, iran):
        assert "No office of Iran yet" in words_of(client.get("/offices/?country=iran"))


class TestPeopleByName:
    @pytest.fixture
    def many(self):
        with made_at_once():
            return [
                make_person(f"{letter}{number:03} Şahin", slug=f"person-{ord(letter)}-{number}")
                for letter in ("É", "Ə", "Z")
                for number in range(NAMES // 2)
            ]

    def test_following_the_pages_shows_everyone_once_by_name(self, client, many):
        seen, page = [], "/people/"
        while page:
            answer = client.get(page)
            found = re.findall(
                r'<th scope="row"><a href="/people/([^"/]*)/">', answer.content.decode()
            )
            assert 0 < len(found) <= NAMES
            seen += found
            page = next_page(answer)
            page = page and page.replace("?", "/people/?") if page and page[0] == "?" else page

        in_json, address = [], "/people.json"
        while address:
            answer = client.get(address).json()
            assert (answer["count"], answer["sentence"]) == (len(many), f"{len(many)} people")
            in_json += [person["slug"] for person in answer["results"]]
            address = answer["next"]
        assert seen == in_json
        assert sorted(seen) == sorted(person.slug for person in many)

    def test_a_letter_leads_to_where_its_names_begin(self, client, many):
        letters = dict(links(client.get("/people/"), inside="By first letter"))

        assert list(letters.values()) == ["A", "E", "Z"]
        (to_z,) = [address for address, letter in letters.items() if letter == "Z"]
        assert "Z000 Şahin" in words_of(client.get(f"/people/{to_z}"))

    def test_few_people_need_no_letters_and_no_pages(self, client):
        make_person("Leyla Hasanova")
        page = client.get("/people/")
        assert "By first letter" not in page.content.decode()
        assert next_page(page) is None

    @pytest.mark.parametrize("cursor", ["soon", "_", "a_b", "zzz_1", "a_" + "9" * 40])
    def test_a_page_that_does_not_exist_is_not_found(self, client, many, cursor):
        for name in ("people", "offices"):
            assert client.get(f"/{name}.json", {"cursor": cursor}).status_code == 404
        assert client.get("/people/", {"cursor": cursor}).status_code == 404

    def test_who_was_merged_is_in_no_list(self, client):
        leyla = make_person("Leyla Hasanova")
        make_person("Leila Hasanova", merged_into=leyla, merge_reason="The same person.")
        assert client.get("/people.json").json()["count"] == 1


class TestTheCountry:
    def picture(self, client, slug="iran"):
        source = client.get(f"/countries/{slug}/").content.decode()
        return source[source.index("<figure") : source.index("</figure>")]

    def test_each_term_of_the_highest_offices_is_a_bar_that_leads_to_its_holder(self, client, iran):
        president = make_post("President of Iran", iran, role="head-of-state")
        minister = make_post("Foreign minister of Iran", iran)
        hold(president, "Omid Karimi", "2000-01-01", "2004-05-02")
        hold(minister, "Leyla Hasanova", "2001", "[2008-03-03..]", is_acting=True)

        picture = self.picture(client)

        assert re.findall(r'<a href="([^"]*)"[^>]*><title>([^<]*)', picture) == [
            ("/people/omid-karimi/",
             "1: Omid Karimi, President of Iran, 1 January 2000 – 2 May 2004"),
            ("/people/leyla-hasanova/",
             "2: Leyla Hasanova, Foreign minister of Iran, acting,"
             " since 2001; in office on 3 March 2008, nothing later recorded"),
        ]  # fmt: skip

    def test_the_table_has_the_same_terms_by_the_same_numbers_and_the_gaps(self, client, iran):
        president = make_post("President of Iran", iran, role="head-of-state")
        hold(president, "Omid Karimi", "2000-01-01", "2004-05-02")
        hold(president, "Leyla Hasanova", "2004-06-02", "2008-03-03")
        hold(make_post("Foreign minister of Iran", iran), "Darius Zand", "2003", "2005")

        words = words_of(client.get("/countries/iran/"))

        assert (
            "President of Iran 1 Omid Karimi 1 January 2000 – 2 May 2004"
            " No holder recorded from 3 May 2004 to 1 June 2004"
            " 2 Leyla Hasanova 2 June 2004 – 3 March 2008"
            " Foreign minister of Iran 3 Darius Zand 2003 – 2005"
        ) in words

    def bars(self, picture):
        """(kind, first percent, last percent) of what is drawn of the terms."""
        found = re.findall(r'<rect class="([^"]*)" x="([\d.]+)%"[^>]*? width="([\d.]+)%"', picture)
        return [(kind, float(x), float(x) + float(width)) for kind, x, width in found]

    def test_between_two_terms_nothing_is_drawn(self, client, iran):
        president = make_post("President of Iran", iran, role="head-of-state")
        hold(president, "Omid Karimi", "2000-01-01", "2004-12-31")
        hold(president, "Leyla Hasanova", "2010-01-01", "2014-12-31")

        picture = self.picture(client)
        (_, _, end), (_, start, _) = self.bars(picture)

        assert start - end > 20
        assert "unended" not in picture

    def test_days_between_bounds_are_dashed_and_an_end_that_is_not_recorded_stays_open(
        self, client, iran
    ):
        president = make_post("President of Iran", iran, role="head-of-state")
        hold(president, "Omid Karimi", "2000", "2004-12-31")
        hold(president, "Leyla Hasanova", "2010-01-01")
        hold(president, "Darius Zand", "2014-01-01", "2015-01-01")

        picture = self.picture(client)

        dashed, certain, unended, last = self.bars(picture)
        assert (dashed[0], unended[0]) == ("term maybe", "term maybe")
        assert dashed[1] < certain[1] < certain[2] == dashed[2]
        edges = re.findall(r'<line class="unended" x1="([\d.]+)%" x2="([\d.]+)%"', picture)
        assert len(edges) == 2  # the upper and the lower one, to where the next term begins
        assert {float(x2) for _, x2 in edges} == {last[1]}

    def test_terms_that_overlap_stand_one_below_the_other(self, client, iran):
        president = make_post("President of Iran", iran, role="head-of-state")
        hold(president, "Omid Karimi", "2000-01-01", "2004-12-31")
        hold(president, "Leyla Hasanova", "2003-01-01", "2007-12-31")
        hold(president, "Darius Zand", "2007-12-31", "2009-12-31")

        heights = re.findall(r'<rect class="[^"]*" x="[\d.]+%" y="(\d+)"', self.picture(client))

        assert len(set(heights)) == 2

    def test_who_acted_is_drawn_half_as_high_and_the_key_says_so(self, client, iran):
        president = make_post("President of Iran", iran, role="head-of-state")
        hold(president, "Omid Karimi", "2000-01-01", "2004-12-31")
        hold(president, "Leyla Hasanova", "2004-12-31", "2005-12-31", is_acting=True)

        page = client.get("/countries/iran/")
        heights = re.findall(r'<rect class="term[^>]* height="(\d+)"', self.picture(client))

        assert heights == ["20", "10"]
        assert "acting gaps: no holder recorded" in words_of(page)

    def test_a_term_without_any_day_is_in_the_table_alone(self, client, iran):
        president = make_post("President of Iran", iran, role="head-of-state")
        hold(president, "Omid Karimi", "2000-01-01", "2004-12-31")
        hold(president, "Leyla Hasanova", "")

        words = words_of(client.get("/countries/iran/"))

        assert "Leyla Hasanova" not in unescape(self.picture(client))
        assert "1 term of which no day is known is not in the picture" in words
        assert "Leyla Hasanova days not recorded" in words

    def test_where_no_day_is_known_at_all_there_is_a_table_and_no_picture(self, client, iran):
        hold(make_post("President of Iran", iran, role="head-of-state"), "Leyla Hasanova", "")

        source = client.get("/countries/iran/").content.decode()

        assert "<figure" not in source
        assert "Leyla Hasanova" in source

    @pytest.mark.parametrize(
        ("started", "ended"), [("0001-01-01", "9999-12-31"), ("9999-12-31", ""), ("", "0001-01-01")]
    )
    def test_terms_at_the_ends_of_the_calendar_are_drawn(self, client, iran, started, ended):
        post = make_post("President of Iran", iran, role="head-of-state")
        hold(post, "Omid Karimi", started, ended)
        hold(post, "Leyla Hasanova", "2000", "2001")

        assert client.get("/countries/iran/").status_code == 200
        assert client.get("/offices/president-of-iran/").status_code == 200
        assert client.get("/offices.json").status_code == 200

    def test_lesser_offices_are_in_the_table_alone(self, client, iran):
        hold(make_post("President of Iran", iran, role="head-of-state"), "Omid Karimi", "2000")
        hold(make_post("Speaker of Iran", iran, role="other"), "Leyla Hasanova", "2001", "2002")

        assert "Leyla" not in self.picture(client)
        assert "Speaker of Iran Leyla Hasanova 2001 – 2002" in words_of(
            client.get("/countries/iran/")
        )

    def test_many_lesser_offices_are_one_link(self, client, iran):
        hold(make_post("President of Iran", iran, role="head-of-state"), "Omid Karimi", "2000")
        with made_at_once():
            for number in range(40):
                post = make_post(f"Ambassador of Iran to place {number}", iran, role="other")
                hold(post, f"Envoy {number}", "2000", "2004")

        page = client.get("/countries/iran/")

        assert ("/offices/?country=iran", "All 41 offices of Iran") in links(page)
        assert "Envoy" not in words_of(page)

    def test_a_holders_name_is_escaped_in_the_picture(self, client, iran):
        post = make_post("President of <b>Iran</b>", iran, slug="president", role="head-of-state")
        make_membership(make_person('"><script>x', slug="x"), post, "2000", "2004")

        source = client.get("/countries/iran/").content.decode()

        assert "<script>x" not in source and "<b>Iran" not in source


class TestThePerson:
    def test_names_stand_by_script_each_with_its_kind_and_direction(self, client):
        leyla = make_person("Leyla Hasanova")
        for name, kind, script, language in [
            ("Лейла Гасанова", "transliteration", "Cyrl", "ru"),
            ("لیلا حسنوا", "native", "Arab", "az"),
            ("Leyla Həsənova", "native", "Latn", "az"),
            ("Leyla Aliyeva", "former", "Latn", ""),
            ("L. H.", "short", "", ""),
        ]:
            leyla.other_names.create(name=name, kind=kind, script=script, language=language)

        page = client.get("/people/leyla-hasanova/")

        assert (
            "Names Arabic لیلا حسنوا in the person's own script, Azerbaijani"
            " Cyrillic Лейла Гасанова transliteration, Russian"
            " Latin Leyla Həsənova in the person's own script, Azerbaijani"
            " Leyla Aliyeva former name Script not recorded L. H. short form"
        ) in words_of(page)
        source = page.content.decode()
        assert '<bdi lang="az" dir="rtl">لیلا حسنوا</bdi>' in source
        assert '<bdi lang="az" dir="ltr">Leyla Həsənova</bdi>' in source
        assert '<bdi dir="ltr">Leyla Aliyeva</bdi>' in source

    def test_offices_come_in_order_with_who_acted(self, client, iran):
        minister, post = make_person("Omid Karimi"), make_post("Foreign minister of Iran", iran)
        make_membership(minister, post, "2004-06-02", "2008-03-03")
        make_membership(minister, post, "2000", "2001", is_acting=True)

        assert (
            "Foreign minister of Iran 2000 – 2001, acting"
            " Foreign minister of Iran 2 June 2004 – 3 March 2008"
        ) in words_of(client.get("/people/omid-karimi/"))


def test_a_relation_shows_the_holders_of_the_highest_offices_alone(client, iran):
    oman = make_country("Oman")
    make_article("Ministers speak", [iran, oman], published="2003")
    hold(make_post("Foreign minister of Iran", iran), "Leyla Hasanova", "2001", "2005")
    hold(make_post("Ambassador of Oman to Iran", oman, role="other"), "Omid Karimi", "2001", "2005")

    words = words_of(client.get("/relations/iran/oman/"))

    assert "Foreign minister of Iran Leyla Hasanova 2001 – 2005" in words
    assert "Omid Karimi" not in words


@pytest.mark.parametrize(
    "page",
    ["/countries/iran/", "/offices/", "/offices/?country=iran", "/offices.json", "/people/",
     "/people.json", "/offices/office-0/", "/people/envoy-0/", "/relations/iran/oman/"],
)  # fmt: skip
def test_thousands_cost_no_more_questions_than_a_few(
    client, iran, page, django_assert_max_num_queries
):
    make_country("Oman")

    def fill(numbers):
        with made_at_once():
            posts = [
                make_post(f"Office {n}", iran, role="other" if n % 2 else "head-of-state")
                for n in numbers
            ]
            for number, post in zip(numbers, posts, strict=True):
                hold(post, f"Envoy {number}", "2000", "2004")
                make_membership(make_person(f"Second {number}"), posts[0], f"20{number % 60:02}")

    fill(range(3))
    with django_assert_max_num_queries(25) as few:
        client.get(page)
    fill(range(3, 120))
    with django_assert_max_num_queries(len(few) + 1):  # whether the lesser offices are many
        client.get(page)
