"""`import_people`: who a row means, what it changes, and that the same again changes nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from articles import integrity
from articles.models import Change, Membership, OtherName, Person, Post
from tests.make import make_country, make_membership, make_person, make_post, save

pytestmark = pytest.mark.django_db

HOLDERS = "country,position,person,wikidata,start,end,born,died,name_variants\n"
CHIEFS = (
    "person_id,name,role,sending_country,receiving_country,territory,appointed,started,ended,"
    "ended_note,kind,birth,death,alt_names\n"
)


@pytest.fixture
def run(tmp_path, capsys):
    """Writes a file, imports it; returns (exit status, stdout, stderr)."""

    def run(text, *options, name="people.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        try:
            call_command("import_people", str(path), *options)
            status = 0
        except CommandError as error:
            status = error.returncode
            told = capsys.readouterr()
            return status, told.out, f"{told.err}{error}"
        except SystemExit as error:
            status = error.code
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.fixture
def iran():
    return make_country("Iran", iso_alpha2="IR", iso_alpha3="IRN")


@pytest.fixture
def azerbaijan():
    return make_country("Azerbaijan", iso_alpha2="AZ", iso_alpha3="AZE")


def by(who):
    return integrity.change(who, "Made for a test")


def terms():
    held = Membership.objects.order_by("post__slug", "started")
    return [(m.post.slug, m.person.slug, m.started, m.ended) for m in held]


# The forms


def test_the_list_of_office_holders_makes_people_offices_terms_and_spellings(run, iran):
    status, out, err = run(
        HOLDERS + "IRN,Minister of Foreign Affairs,Hossein Amirabdollahian,Q17991320,2021-08-25,"
        "2024-05-19,1964,2024-05-19,Hossein Amir-Abdollahian|حسین امیرعبداللهیان\n"
    )
    assert (status, err) == (0, "")
    person = Person.objects.get()
    assert (person.slug, person.wikidata) == ("hossein-amirabdollahian", "Q17991320")
    assert (person.born, person.died) == ("1964", "2024-05-19")
    post = Post.objects.get()
    assert (post.slug, post.role, post.country) == (
        "foreign-minister-of-iran", "foreign-minister", iran,
    )  # fmt: skip
    assert terms() == [(post.slug, person.slug, "2021-08-25", "2024-05-19")]
    scripts = {name.name: name.script for name in OtherName.objects.all()}
    assert scripts == {"Hossein Amir-Abdollahian": "Latn", "حسین امیرعبداللهیان": "Arab"}
    assert out.splitlines()[-1] == (
        "People: 1 created, 0 updated, 0 unchanged, 0 differs; names: 2 new; offices: 1 new;"
        " terms: 1 created, 0 updated, 0 unchanged, 0 differs; 0 rows refused"
    )


def test_the_list_of_chiefs_of_mission_makes_ambassadors(run, azerbaijan):
    make_country("United States", iso_alpha3="USA")
    status, *_ = run(
        CHIEFS + "m,Richard L. Morningstar,Ambassador Extraordinary and Plenipotentiary,USA,AZE,"
        "azerbaijan,2012-07-02,2012-07-20,2014-08-02,Left post on,chief,1945,,\n"
    )
    assert status == 0
    post = Post.objects.get()
    assert post.slug == "ambassador-of-the-united-states-to-azerbaijan"
    assert (post.label, post.role, post.country.slug) == (
        "Ambassador of the United States to Azerbaijan", "other", "united-states",
    )  # fmt: skip


def test_a_nominee_who_never_served_is_refused_by_name(run, azerbaijan):
    make_country("United States", iso_alpha3="USA")
    status, _, err = run(
        CHIEFS + "b,Matthew J. Bryza,Ambassador Extraordinary and Plenipotentiary,USA,AZE,"
        "azerbaijan,,,,,chief,1964,,\n"
    )
    assert status == 1
    assert "people.csv:2: started: no day is known" in err
    assert not Person.objects.exists()


def test_the_own_form_names_an_office_by_its_slug_and_spellings_by_kind(run, iran):
    make_post("Foreign minister of Iran", iran)
    status, *_ = run(
        "person,post,started,ended,is_acting,names,note\n"
        "Ali Bagheri Kani,foreign-minister-of-iran,2024-05-20,2024-08-21,yes,"
        "native:علی باقری کنی|short:Ali Bagheri||,After an accident.\n"
    )
    assert status == 0
    term = Membership.objects.get()
    assert (term.is_acting, term.note) == (True, "After an accident.")
    assert {(n.kind, n.name) for n in OtherName.objects.all()} == {
        ("native", "علی باقری کنی"), ("short", "Ali Bagheri"),
    }  # fmt: skip


def test_popolo_json_is_read_and_its_country_found_by_the_area(run, azerbaijan):
    popolo = {
        "persons": [
            {
                "id": "p1",
                "name": "Jeyhun Bayramov",
                "birth_date": "1973-06-25",
                "identifiers": [{"scheme": "wikidata", "identifier": "Q16366137"}],
                "other_names": [{"name": "Ceyhun Bayramov"}, {"name": ""}],
            }
        ],
        "posts": [{"id": "fm", "label": "Foreign Minister", "area_id": "az"}],
        "areas": [{"id": "az", "name": "Azerbaijan"}],
        "memberships": [{"person_id": "p1", "post_id": "fm", "start_date": "2020-07-16"}],
    }
    text = json.dumps(popolo, indent=1)
    assert run(text, name="popolo.json")[0] == 0
    assert terms() == [("foreign-minister-of-azerbaijan", "jeyhun-bayramov", "2020-07-16", "")]
    before = Change.objects.count()
    assert "0 created, 0 updated, 1 unchanged" in run(text, name="popolo.json")[1]
    assert Change.objects.count() == before


def test_what_is_wrong_in_popolo_is_named_with_its_line(run, azerbaijan):
    text = """{
  "persons": [
    {"id": "1", "name": "Leyla Hasanova", "birth_date": "1970-13-40"},
    {"id": "2", "name": "A"}
  ],
  "memberships": [{"person_id": "3", "start_date": "2020"}]
}"""
    status, _, err = run(text, name="popolo.json")
    assert status == 1
    for told in ("popolo.json:3: born:", "popolo.json:4: person:", "popolo.json:6: person_id:"):
        assert told in err


# Again


def test_the_same_again_changes_nothing_and_makes_no_version(run, iran):
    text = HOLDERS + (
        "IRN,President,Hassan Rouhani,Q348144,2013-08-03,2021-08-03,1948-11-12,,Hasan Ruhani\n"
        "IRN,President,Ebrahim Raisi,Q5947347,2021-08-03,,1960-12-14,,\n"
    )
    run(text)
    before = Change.objects.count()
    status, out, _ = run(text)
    assert status == 0
    assert "People: 0 created, 0 updated, 2 unchanged" in out
    assert "terms: 0 created, 0 updated, 2 unchanged" in out
    assert Change.objects.count() == before


def test_an_end_that_its_source_learns_is_an_update(run, iran):
    row = "IRN,President,Ebrahim Raisi,Q5947347,2021-08-03,{},1960-12-14,,\n"
    run(HOLDERS + row.format(""))
    run(HOLDERS + row.format("2024-05-19"))
    assert Membership.objects.get().ended == "2024-05-19"
    run(HOLDERS + row.format("2024-05-20"))
    assert Membership.objects.get().ended == "2024-05-20"
    run(HOLDERS + row.format(""))  # an absent field never erases
    assert Membership.objects.get().ended == "2024-05-20"


def test_of_two_rows_of_one_term_the_later_end_counts_every_time(run, iran):
    text = HOLDERS + "".join(
        f"IRN,President,Hassan Rouhani,Q348144,2013-08-03,{end},1948,,\n"
        for end in ("2017-08-05", "2021-08-03", "")
    )
    for _ in range(2):
        run(text)
        assert terms() == [("president-of-iran", "hassan-rouhani", "2013-08-03", "2021-08-03")]


def test_a_rough_row_beside_an_exact_one_is_the_same_term_every_time(run, iran):
    text = HOLDERS + "".join(
        f"IRN,President,Hassan Rouhani,Q348144,{start},2021-08-03,1948,,\n"
        for start in ("2013", "2013-08-03", "2013-08")
    )
    for _ in range(2):
        run(text)
        assert terms() == [("president-of-iran", "hassan-rouhani", "2013-08-03", "2021-08-03")]
        assert Change.objects.latest("pk").made_by == "import_people"
    assert Change.objects.filter(made_by="import_people").count() == 1


def test_an_edit_made_here_is_reported_and_never_overwritten(run, iran):
    text = HOLDERS + "IRN,President,Hassan Rouhani,Q348144,2013-08-03,2021-08-03,{},,\n"
    run(text.format("1948-11-12"))
    with by("leyla"):
        save(Person.objects.get(), born="1948-11-13")
        save(Membership.objects.get(), ended="2021-08-05")
    status, out, _ = run(text.format("1948-11-12"))
    assert status == 0
    assert "born: 1948-11-12, not 1948-11-13" in out
    assert "ended: 2021-08-03" in out
    assert "terms: 0 created, 0 updated, 0 unchanged, 1 differs" in out
    assert Person.objects.get().born == "1948-11-13"
    assert Membership.objects.get().ended == "2021-08-05"


def test_a_fixture_is_made_finer_but_not_contradicted(run, iran):
    with by("loaddata"):
        rouhani = make_person("Hassan Rouhani", wikidata="Q348144", born="1948")
        post = make_post("President of Iran", iran, role="head-of-state")
        make_membership(rouhani, post, "2013-08", "2021-08")
    run(HOLDERS + "IRN,President,Hasan Ruhani,Q348144,2013-08-03,2021-08-03,1948-11-12,,\n")
    assert terms() == [("president-of-iran", "hassan-rouhani", "2013-08-03", "2021-08-03")]
    assert Person.objects.get().born == "1948-11-12"
    assert Person.objects.get().name == "Hassan Rouhani"
    assert [name.name for name in OtherName.objects.all()] == ["Hasan Ruhani"]
    with by("loaddata"):
        save(Membership.objects.get(), ended="2021-08-04")
    _, out, _ = run(HOLDERS + "IRN,President,Hasan Ruhani,Q348144,2013-08-03,2021-08-03,,,\n")
    assert "1 differs" in out
    assert Membership.objects.get().ended == "2021-08-04"


# Who is meant


def test_the_same_wikidata_id_is_the_same_person_whatever_the_name(run, iran):
    make_person("Seyed Abbas Araghchi", wikidata="Q3")
    run("person,wikidata\nAbbas Araqchi,Q3\n")
    assert Person.objects.count() == 1
    assert OtherName.objects.get().name == "Abbas Araqchi"


def test_another_wikidata_id_is_another_person_of_the_same_name(run):
    make_person("Leyla Hasanova", wikidata="Q3")
    run("person,wikidata\nLeyla Hasanova,Q4\n")
    assert set(Person.objects.values_list("slug", "wikidata")) == {
        ("leyla-hasanova", "Q3"), ("leyla-hasanova-2", "Q4"),
    }  # fmt: skip


def test_another_year_of_birth_is_another_person(run):
    make_person("Leyla Hasanova", born="1950-01-02")
    run("person,born\nLeyla Hasanova,1970\n")
    assert Person.objects.count() == 2


def test_the_same_year_of_birth_and_any_spelling_is_the_same_person(run):
    leyla = make_person("Leyla Hasanova", born="1950-01-02")
    OtherName.objects.create(person=leyla, name="Лейла Гасанова")
    run("person,born\nЛЕЙЛА ГАСАНОВА,1950\nLeyla Həsənova,1960\n")
    assert Person.objects.count() == 2
    assert not OtherName.objects.filter(name="Leyla Həsənova").exists()


def test_a_name_that_is_only_alike_is_never_the_same(run):
    make_person("Li Keqiang", born="1955")
    run("person,born\nLi Qiang,1955\n")
    assert Person.objects.count() == 2


def test_a_name_alone_is_refused_unless_an_office_of_the_country_speaks_for_it(run, iran):
    with by("loaddata"):
        leyla = make_person("Leyla Hasanova")
    status, _, err = run("person,born\nLeyla Hasanova,1950\n")
    assert status == 1
    assert "people.csv:2: person: may be leyla-hasanova" in err
    make_membership(leyla, make_post("President of Iran", iran, role="head-of-state"), "2001")
    assert run(HOLDERS + "IRN,Vice President,Leyla Hasanova,,2000,,1950,,\n")[0] == 0
    assert Person.objects.get().born == "1950"


def test_where_several_may_be_meant_the_row_is_refused_and_the_slug_tells(run):
    make_person("Leyla Hasanova", born="1950")
    make_person("Leyla Hasanova", slug="leyla-hasanova-2", born="1950")
    status, _, err = run("person,born\nLeyla Hasanova,1950\n")
    assert status == 1
    assert "several may be meant: leyla-hasanova, leyla-hasanova-2" in err
    assert run("person,slug,died\nLeyla Hasanova,leyla-hasanova-2,2020\n")[0] == 0
    assert Person.objects.count() == 2


def test_the_slug_of_a_duplicate_means_whom_it_was_merged_into(run):
    kept = make_person("Leyla Hasanova", born="1950")
    make_person("Leila Gasanova", merged_into=kept)
    run("person,slug,names\nLeila Gasanova,leila-gasanova,Leyla Gasanova\n")
    assert {name.person for name in OtherName.objects.all()} == {kept}


def test_a_slug_and_an_id_that_disagree_are_refused(run):
    make_person("Leyla Hasanova", wikidata="Q3")
    make_person("Rudolf Rassendyll", wikidata="Q5")
    status, _, err = run("person,slug,wikidata\nLeyla Hasanova,rudolf-rassendyll,Q3\n")
    assert (status, "wikidata: is of leyla-hasanova" in err) == (1, True)
    status, _, err = run("person,slug,wikidata\nLeyla Hasanova,leyla-hasanova,Q9\n")
    assert (status, "leyla-hasanova has the id Q3" in err) == (1, True)


def test_two_of_one_name_in_one_file_are_one_only_if_something_tells(run, iran, azerbaijan):
    rows = (
        "IRN,President,Leyla Hasanova,,2000,2001,,,\nAZE,President,Leyla Hasanova,,2003,2004,,,\n"
    )
    status, _, err = run(HOLDERS + rows)
    assert status == 1
    assert "people.csv:3: person: may be leyla-hasanova" in err
    assert run(HOLDERS + rows.replace("AZE", "IRN"))[0] == 0
    assert Person.objects.count() == 1 and Membership.objects.count() == 2


def test_a_popolo_file_tells_people_of_one_name_apart_by_its_own_ids(run, iran):
    popolo = {
        "persons": [{"id": "1", "name": "Leyla Hasanova"}, {"id": "2", "name": "Leyla Hasanova"}],
        "memberships": [
            {"person_id": key, "role": "Envoy", "start_date": start, "end_date": start}
            for key, start in (("1", "2000"), ("1", "2004"), ("2", "2001"))
        ],
    }
    for _ in range(2):
        assert run(json.dumps(popolo), name="popolo.json")[0] == 0
        assert sorted((person, start) for _, person, start, _ in terms()) == [
            ("leyla-hasanova", "2000"), ("leyla-hasanova", "2004"), ("leyla-hasanova-2", "2001"),
        ]  # fmt: skip


def test_whoever_is_known_by_name_alone_may_come_again(run):
    text = "person,names\nLeyla Hasanova,Leyla Gasanova\nRudolf Rassendyll,\n"
    for outcome in ("2 created, 0 updated, 0 unchanged", "0 created, 0 updated, 2 unchanged"):
        status, out, _ = run(text)
        assert (status, outcome in out) == (0, True)


# Offices and terms


def test_the_one_office_of_the_role_is_taken_whatever_its_title_is_here(run, iran):
    make_post("Minister of the exterior of Iran", iran)
    run(HOLDERS + "IRN,Minister of Foreign Affairs,Leyla Hasanova,,2000,2001,,,\n")
    assert [slug for slug, *_ in terms()] == ["minister-of-the-exterior-of-iran"]


def test_two_people_at_once_in_one_office_are_allowed_and_told(run, iran):
    status, out, _ = run(
        HOLDERS + "IRN,President,Leyla Hasanova,,2000-01-01,2004-01-01,,,\n"
        "IRN,President,Rudolf Rassendyll,,2003-01-01,2005-01-01,,,\n"
    )
    assert status == 0
    assert Membership.objects.count() == 2
    assert (
        "Two at once, look whether both are right: president-of-iran: leyla-hasanova"
        " 2000-01-01..2004-01-01, rudolf-rassendyll 2003-01-01..2005-01-01" in out
    )


def test_an_acting_title_is_the_same_office_held_acting(run, iran):
    run(HOLDERS + "IRN,Acting President,Leyla Hasanova,,2000,2001,,,\n")
    assert Membership.objects.get().is_acting
    assert Post.objects.get().slug == "president-of-iran"


def test_a_term_that_ends_before_it_begins_is_refused_and_the_rest_with_it(run, iran):
    text = (
        HOLDERS + "IRN,President,Leyla Hasanova,,2002-11-14,2002-01-06,,,\n"
        "IRN,President,Rudolf Rassendyll,,2003,2005,,,\n"
    )
    status, _, err = run(text)
    assert status == 1
    assert "people.csv:2: ended: the term ends before it begins: 2002-11-14" in err
    assert "1 rows refused, nothing loaded" in err
    assert not Person.objects.exists() and not Post.objects.exists()
    status, out, _ = run(text, "--keep-going")
    assert status == 1
    assert "1 rows refused" in out.splitlines()[-1]
    assert [slug for _, slug, *_ in terms()] == ["rudolf-rassendyll"]


def test_a_dry_run_tells_what_would_be_and_writes_nothing(run, iran):
    before = Change.objects.count()
    status, out, _ = run(HOLDERS + "IRN,President,Leyla Hasanova,,2000,2001,,,\n", "--dry-run")
    assert status == 0
    assert "1 created" in out and out.strip().endswith("(dry run: nothing was written)")
    assert not Person.objects.exists()
    assert Change.objects.count() == before


def test_the_whole_import_is_one_change_that_says_what_came(run, iran):
    run(HOLDERS + "IRN,President,Leyla Hasanova,,2000,2001,,,Leyla Həsənova\n")
    made = Change.objects.latest("pk")
    assert (made.made_by, made.reason) == ("import_people", "Import of people.csv")
    assert made.records.count() == 4
