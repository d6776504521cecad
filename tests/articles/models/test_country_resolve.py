"""Which country a word means: a slug, a code, a name; and whose code it is if two bore it."""

import pytest

from articles.models import Country
from articles.models.country import AmbiguousCode
from tests.make import make_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def azerbaijan():
    return make_country(
        "Azerbaijan",
        official_name="Republic of Azerbaijan",
        iso_alpha2="AZ",
        iso_alpha3="AZE",
        iso_numeric="031",
        cow_code=373,
        other_names=["Azərbaycan", "Азербайджан"],
        adjectives=["Azerbaijani"],
        demonyms=["Azeri"],
    )


@pytest.mark.parametrize(
    "word",
    [
        "azerbaijan",
        "AZERBAIJAN",
        "AZ",
        "az",
        "aZe",
        "373",
        "Azerbaijan",
        "  Azerbaijan\n",
        "Republic of Azerbaijan",
        "republic   of azerbaijan",
        "Azərbaycan",
        "AZƏRBAYCAN",
        "azarbaycan",
        "азербайджан",
    ],
)
def test_a_country_is_found_by_slug_code_and_name_in_any_case(azerbaijan, word):
    make_country("Armenia", iso_alpha2="AM", iso_alpha3="ARM", cow_code=371)
    assert Country.objects.resolve(word) == azerbaijan


@pytest.mark.parametrize(
    "word",
    [
        "",
        " ",
        "-",
        "…",
        "AX",
        "AZB",
        "0",
        "-373",
        "3730",
        "٣٧٣",
        "Ａ２",
        "Azerb",
        "Azerbaijani",
        "Azeri",
        "azerbaijan-2",
        "%",
        "az%",
        "' OR 1=1 --",
        "a" * 5000,
    ],
)
def test_a_word_that_is_no_country_finds_none(azerbaijan, word):
    with pytest.raises(Country.DoesNotExist):
        Country.objects.resolve(word)


def test_a_code_that_two_states_bore_means_the_one_of_today():
    make_country("Afars and Issas", iso_alpha2="AI", iso_alpha3="AFI", valid_until="1977-06-27")
    anguilla = make_country("Anguilla", iso_alpha2="AI", iso_alpha3="AIA")
    assert Country.objects.resolve("ai") == anguilla


def test_a_code_that_nobody_bears_today_means_the_one_former_state():
    make_country("Afars and Issas", iso_alpha2="AI", iso_alpha3="AFI", valid_until="1977-06-27")
    soviet_union = make_country("Soviet Union", iso_alpha2="SU", valid_until="1991-12-26")
    assert Country.objects.resolve("SU") == soviet_union
    assert Country.objects.resolve("afi").slug == "afars-and-issas"


@pytest.fixture
def bearers_of_cs():
    return [
        make_country("Czechoslovakia", iso_alpha2="CS", iso_alpha3="CSK", valid_until="1992-12-31"),
        make_country(
            "Serbia and Montenegro", iso_alpha2="CS", iso_alpha3="SCG", valid_until="2006"
        ),
    ]


@pytest.mark.parametrize("code", ["CS", "cs", " cS "])
def test_a_code_of_two_former_states_is_an_error_that_names_them(bearers_of_cs, code):
    with pytest.raises(AmbiguousCode) as caught:
        Country.objects.resolve(code)
    assert caught.value.countries == bearers_of_cs
    for country in bearers_of_cs:
        assert country.name in str(caught.value)
        assert country.slug in str(caught.value)


def test_the_codes_that_only_one_of_the_two_bore_stay_clear(bearers_of_cs):
    czechoslovakia, serbia_and_montenegro = bearers_of_cs
    assert Country.objects.resolve("CSK") == czechoslovakia
    assert Country.objects.resolve("SCG") == serbia_and_montenegro


def test_a_name_that_a_former_state_bore_too_means_the_one_of_today():
    make_country("People's Republic of Yemen", other_names=["Yemen"], valid_until="1990-05-22")
    yemen = make_country("Yemen")
    assert Country.objects.resolve("YEMEN") == yemen


def test_a_code_goes_before_a_name_of_the_same_letters():
    make_country("Cuba", other_names=["CA"])
    canada = make_country("Canada", iso_alpha2="CA")
    assert Country.objects.resolve("ca") == canada


def test_a_short_name_that_is_no_code_is_still_a_name():
    britain = make_country("United Kingdom", iso_alpha2="GB", other_names=["UK", "U.K."])
    assert Country.objects.resolve("uk") == britain


@pytest.mark.parametrize("word", ["Azerbijan", "azerbaidjan", "Azerbaycan"])
def test_a_misspelt_country_is_suggested_but_not_taken(azerbaijan, word):
    make_country("Zambia")
    if word != "Azerbaycan":  # that one is a recorded name, folded
        with pytest.raises(Country.DoesNotExist):
            Country.objects.resolve(word)
    assert Country.objects.suggestions(word)[0] == azerbaijan
