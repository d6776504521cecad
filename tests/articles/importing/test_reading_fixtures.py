"""Fixtures of people are read without a query for each name, and mean what Django makes of them."""

import json

import pytest
from django.core.management import call_command
from django.core.serializers.base import DeserializationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Change, Membership, OtherName, Person, Post
from articles.names.fold import fold
from tests.make import make_country, make_membership, make_person, make_post

pytestmark = pytest.mark.django_db


def entry(model, **fields):
    return {"model": f"articles.{model}", "fields": fields}


def load(tmp_path, *entries):
    file = tmp_path / "people.json"
    file.write_text(json.dumps(entries), encoding="utf-8")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        call_command("loaddata", str(file), verbosity=0)
    return len(queries)


LEYLA = entry("person", slug="leyla-hasanova", name="Leyla Həsənova")
NATIVE = entry("othername", person=["leyla-hasanova"], name="Лейла Гасанова", kind="native")
POST = entry("post", slug="envoy-of-azerbaijan", label="Envoy", country=["azerbaijan"])
TERM = entry("membership", person=["leyla-hasanova"], post=["envoy-of-azerbaijan"], started="2020")


@pytest.fixture
def azerbaijan():
    return make_country("Azerbaijan")


def test_names_within_the_same_file_are_found(azerbaijan, tmp_path):
    load(tmp_path, POST, LEYLA, NATIVE, TERM)
    term = Membership.objects.get()
    assert (term.person.slug, term.post.country) == ("leyla-hasanova", azerbaijan)
    assert term.started_latest.isoformat() == "2020-12-31"
    assert OtherName.objects.get().folded_name == fold("Лейла Гасанова")
    assert Person.objects.get().folded_name == fold("Leyla Həsənova")


def test_loading_again_writes_nothing(azerbaijan, tmp_path):
    load(tmp_path, POST, LEYLA, NATIVE, TERM)
    changes = Change.objects.count()
    load(tmp_path, POST, LEYLA, NATIVE, TERM)
    assert Change.objects.count() == changes
    assert Membership.objects.count() == Post.objects.count() == 1


def test_what_differs_is_written_to_the_row_that_is_there(azerbaijan, tmp_path):
    load(tmp_path, POST, LEYLA, NATIVE, TERM)
    pk = Person.objects.get().pk
    load(tmp_path, entry("person", slug="leyla-hasanova", name="Leyla Hasanova", born="1970"))
    assert (Person.objects.get().pk, Person.objects.get().born) == (pk, "1970")
    assert Person.objects.get().born_latest.isoformat() == "1970-12-31"


def test_a_folded_name_that_is_out_of_date_is_made_anew(tmp_path):
    load(tmp_path, LEYLA)
    Person.objects.update(folded_name="as an older table had it")
    load(tmp_path, LEYLA)
    assert Person.objects.get().folded_name == fold("Leyla Həsənova")


def test_whoever_was_merged_stands_for_whom_they_were_merged_into(azerbaijan, tmp_path):
    kept = make_person("Leyla Gasanova")
    make_person("Leyla Həsənova", slug="leyla-hasanova", merged_into=kept)
    load(tmp_path, POST, LEYLA, NATIVE, TERM)
    assert Membership.objects.get().person == OtherName.objects.get().person == kept
    assert Person.objects.get(pk=kept.pk).name == "Leyla Gasanova"
    load(tmp_path, POST, LEYLA, NATIVE, TERM)
    assert Membership.objects.count() == OtherName.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        entry("person", slug="a-b", name="A B", no_such_field="x"),
        entry("person", slug="a-b", name="A B", born="2023-13"),
        entry("membership", person=["nobody"], post=["nothing"], started="2020"),
        entry("othername", person=[["leyla-hasanova"]], name="X Y", kind="native"),
        entry("othername", person="leyla-hasanova", name="X Y", kind="native"),
        {"model": "articles.person", "fields": []},
        {"model": "articles.nothing", "fields": {}},
    ],
)
def test_what_is_wrong_is_refused_as_ever(wrong, tmp_path):
    with pytest.raises(DeserializationError):
        load(tmp_path, LEYLA, wrong)
    assert not Person.objects.exists()


def test_a_hundred_more_people_ask_the_database_for_themselves_alone(azerbaijan, tmp_path):
    def people(first, last):
        for number in range(first, last):
            slug = f"person-{number}"
            yield entry("person", slug=slug, name=f"Person {number}")
            yield entry("membership", person=[slug], post=["envoy-of-azerbaijan"], started="2020")

    few = load(tmp_path, POST, *people(0, 10))
    many = load(tmp_path, POST, *people(1000, 1110))
    assert many - few <= 2 * 100 + 10


def test_terms_that_were_there_before_are_known(azerbaijan, tmp_path):
    post = make_post("Envoy", azerbaijan, slug="envoy-of-azerbaijan", role="other")
    leyla = make_person("Leyla Həsənova", slug="leyla-hasanova")
    make_membership(leyla, post, "2020")
    load(tmp_path, POST, TERM)
    assert Membership.objects.count() == 1
