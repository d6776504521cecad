"""Names at the desk: near ones are told of, what is no name is refused, and nobody is merged."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.urls import reverse

from articles.models import OtherName, Person
from tests.forms import WHY, change_form
from tests.make import make_person

pytestmark = pytest.mark.django_db

NO_ROWS = {
    f"{rows}-{name}": "0"
    for rows in ("other_names", "memberships")
    for name in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def add(admin_client, name, *others, **fields):
    """The page after a person was added at the desk."""
    form = {"name": name, "slug": "someone-new", **NO_ROWS, **fields}
    form["other_names-TOTAL_FORMS"] = str(len(others))
    for number, other in enumerate(others):
        form |= {f"other_names-{number}-name": other, f"other_names-{number}-kind": "native"}
    return admin_client.post(reverse("admin:articles_person_add"), form, follow=True)


def warnings(page):
    return [str(message) for message in page.context["messages"] if message.level_tag == "warning"]


def test_whoever_adds_a_person_is_told_of_one_with_a_near_name(admin_client):
    there = make_person("Hossein Amir-Abdollahian")

    (told,) = warnings(add(admin_client, "Hosein Amir-Abdolahian"))

    address = reverse("admin:articles_person_change", args=[there.pk])
    assert f'Did you mean <a href="{address}">Hossein Amir-Abdollahian</a>?' in told
    assert Person.objects.count() == 2


def test_another_name_that_is_near_to_somebody_elses_is_told_of_too(admin_client):
    make_person("Abbas Araghchi")

    (told,) = warnings(add(admin_client, "Leyla Hasanova", "Abbas Araqchi"))

    assert "Abbas Araghchi" in told


def test_names_of_one_person_are_not_near_to_one_another(admin_client):
    assert warnings(add(admin_client, "Jeyhun Bayramov", "Ceyhun Bayramov")) == []


def test_who_bears_the_very_same_name_is_told_of(admin_client):
    make_person("Leyla Hasanova")

    assert "Leyla Hasanova" in warnings(add(admin_client, "Leyla Həsənova"))[0]


def test_nothing_is_told_where_nobody_is_near_or_the_name_did_not_change(admin_client):
    make_person("Hosein Amir-Abdolahian")
    person = make_person("Hossein Amir-Abdollahian")
    address = reverse("admin:articles_person_change", args=[person.pk])
    form = change_form(admin_client, address) | WHY | {"description": "Iranian diplomat"}

    page = admin_client.post(address, form, follow=True)

    assert Person.objects.get(pk=person.pk).description == "Iranian diplomat"
    assert warnings(page) == []
    assert warnings(add(admin_client, "Leyla Hasanova")) == []


def test_markup_in_a_name_stays_text_in_the_warning(admin_client):
    make_person("<b>Leyla Hasanova</b>", slug="leyla")
    page = add(admin_client, "<b>Leyla Hasanowa</b>")
    assert "&lt;b&gt;Leyla Hasanova" in warnings(page)[0]


def test_one_name_alone_is_looked_at_likewise(admin_client):
    make_person("Abbas Araghchi")
    leyla = make_person("Leyla Hasanova")
    form = {"person": leyla.pk, "name": "Abas Araghchi", "kind": "native"}

    page = admin_client.post(reverse("admin:articles_othername_add"), form, follow=True)

    assert "Abbas Araghchi" in warnings(page)[0]


# What is no name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "This field is required"),
        ("   ", "This field is required"),
        ("---", "no letter and no digit"),
        ("’", "no letter and no digit"),
        ("Ali\u202eyev", "right-to-left override), at place 4"),
        ("\u200fعلی", "right-to-left mark), at place 1"),
        ("Ali\u2069", "pop directional isolate), at place 4"),
        ("\u200b", "zero width space), at place 1"),
        ("Le\x07yla", "U+0007, which is no letter, at place 3"),
        ("A" + "\u0301" * 100, "More than 4 accents"),
        ("A" * 201, "at most 200"),
        ("a\0b", "Null characters"),
    ],
)
def test_what_is_no_name_is_refused_with_the_reason(admin_client, name, why):
    page = add(admin_client, name)
    assert why in page.text
    page = add(admin_client, "Leyla Hasanova", name, **{"other_names-0-language": "az"})
    assert why in page.text
    assert not Person.objects.exists()
    assert not OtherName.objects.exists()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("---", "no letter and no digit"),
        ("Ali\u202eyev", "right-to-left override"),
        ("A" + "\u0301" * 100, "More than 4 accents"),
        ("A" * 1_000_000, "articles_person_name_text|too long"),
        ("", "articles_person_name_filled"),
    ],
)
def test_a_fixture_of_what_is_no_name_is_refused_with_the_reason(tmp_path, name, why):
    path = tmp_path / "people.json"
    entry = {"model": "articles.person", "fields": {"slug": "someone", "name": name}}
    path.write_text(json.dumps([entry]), encoding="utf-8")
    with pytest.raises((ValueError, DatabaseError), match=why):
        call_command("loaddata", str(path), verbosity=0)


@pytest.mark.parametrize(
    "name",
    ["U", "علی‌اکبر ولایتی", "Hồ Chí Minh", "习近平", "مُحَمَّد", "E\u0302\u0301", "O’Brien", "X Æ"],
)
def test_whatever_is_a_name_is_taken(admin_client, name):
    add(admin_client, "Leyla Hasanova", name)
    assert OtherName.objects.get().name == name


# Choosing


def offered(admin_client, term):
    chosen_for = {"app_label": "articles", "model_name": "membership", "field_name": "person"}
    page = admin_client.get(reverse("admin:autocomplete"), {"term": term, **chosen_for})
    assert page.status_code == 200
    return [result["text"] for result in json.loads(page.content)["results"]]


@pytest.mark.parametrize(
    ("term", "names"),
    [
        ("Araghchi", ["Abbas Araghchi"]),
        ("ARAGHCHI", ["Abbas Araghchi"]),
        ("Həsənova", ["Leyla Hasanova"]),
        ("عراقچي", ["Abbas Araghchi"]),
        ("Abas Araqchi", ["Abbas Araghchi"]),
        ("Аббас Аракчи", ["Abbas Araghchi"]),
        ("Nobody", []),
        ("---", []),
        ("q" * 300, []),
    ],
)
def test_a_person_is_chosen_by_a_name_or_a_near_one(admin_client, term, names):
    person = make_person("Abbas Araghchi")
    OtherName.objects.create(person=person, name="عباس عراقچی", kind="native")
    make_person("Leyla Hasanova")
    assert offered(admin_client, term) == names


def test_a_duplicate_is_near_to_nobody(admin_client):
    target = make_person("Leyla Hasanova")
    make_person("Abbas Araghchi", merged_into=target, merge_reason="By mistake.")
    assert offered(admin_client, "Abas Araghchi") == []
