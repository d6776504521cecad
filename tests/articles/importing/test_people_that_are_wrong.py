"""What `import_people` refuses: by file, line, field and reason, never half, never with a fault."""

import pytest
from django.core.management import CommandError, call_command

from articles.models import OtherName, Person
from tests.make import make_country
from tests.nasty import SHARP

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(tmp_path, capsys):
    """What is told of a file that is refused, and with which exit status."""

    def refused(content, name="people.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(CommandError) as error:
            call_command("import_people", str(path))
        assert not Person.objects.exists()
        return error.value.returncode, f"{capsys.readouterr().err}{error.value}"

    return refused


def loaded(tmp_path, content):
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    call_command("import_people", str(path))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("A,", "person: “A” is too short for a name"),
        ("...,", "person: It has no letter and no digit"),
        ("A\u202eB C,", "person: It holds a mark that nobody sees (right-to-left override)"),
        (
            "\u2066Leyla\u2069 Hasanova,",
            "person: It holds a mark that nobody sees (left-to-right isolate)",
        ),
        ("Leyla\u061c Hasanova,", "person: It holds a mark that nobody sees (arabic letter mark)"),
        ("Le" + "\u20dd" * 100 + "yla,", "person: More than 4 accents stand on one letter"),
        ("Le\x07yla Hasanova,", "person: It holds U+0007, which is no letter"),
        ("Le" + "\u0301" * 100 + "yla,", "person: More than 4 accents stand on one letter"),
        ("Leyla \0 Hasanova,", "person: holds a NUL character"),
        ("L" * 201 + ",", "person: at most 200 characters; this has 201"),
        ("L" * 30_000 + ",", "person: a cell of 30,000 characters"),
        ("L" * 1024**2 + ",", "person: a cell of 1,048,576 characters"),
        ('"Leyla\nHasanova",', "person: one line is asked"),
        (",x", "person: is missing"),
        ("Leyla Hasanova,L", "names: “L” is too short for a name"),
        ("Leyla Hasanova,native:ə", "names: “ə” is too short for a name"),
        (
            "Leyla Hasanova,\u202eavonasaH",
            "names: It holds a mark that nobody sees (right-to-left override)",
        ),
        ("Leyla Hasanova,x,y", "row: 3 cells, but the header has 2"),
        ('"Leyla', "row: not CSV"),
    ],
)
def test_a_name_that_is_none_is_refused_with_its_line(refused, row, told):
    status, err = refused(f"person,names\n{row}\n")
    assert status == 1
    assert f"people.csv:2: {told}" in err
    assert "1 rows refused, nothing loaded" in err


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("slug", "Leyla Hasanova", "slug: small letters"),
        ("slug", "a" * 121, "slug: small letters"),
        ("wikidata", "57371", "wikidata: “57371” is not an id"),
        ("wikidata", "Q0", "wikidata"),
        ("born", "1970-02-30", "born: “1970-02-30” is not a date"),
        ("born", "yesterday", "born: “yesterday” is not a date"),
        ("started", "2020", "started: stands without a post"),
        ("country", "Narnia", "country: no country has the slug or code “Narnia”"),
        ("country", "Azerbajan", "near is azerbaijan"),
        ("post", "king-of-narnia", "post: no office “king-of-narnia” is here"),
        ("is_acting", "perhaps", "is_acting: yes or no"),
        ("position", "...", "position: no letter stands in it"),
        ("description", "x" * 301, "description: at most 300 characters"),
    ],
)
def test_a_value_that_is_wrong_is_named_by_its_field(refused, column, value, told):
    make_country("Azerbaijan", iso_alpha3="AZE")
    status, err = refused(f"person,{column}\nLeyla Hasanova,{value}\n")
    assert status == 1
    assert f"people.csv:2: {told}" in err or told in err


def test_all_that_is_wrong_is_told_at_once_by_its_own_line(refused):
    _, err = refused("person,born\nA,1970\n\nLeyla Hasanova,1970\nB,1970-13\n")
    assert "people.csv:2: person:" in err
    assert "people.csv:5: person:" in err
    assert "people.csv:5: born:" in err
    assert "2 rows refused" in err


def test_who_died_before_birth_or_served_before_it_is_refused(refused):
    make_country("Iran", iso_alpha3="IRN")
    _, err = refused("person,born,died\nLeyla Hasanova,1970,1960\n")
    assert "died: the life ends before it begins: 1970" in err
    _, err = refused(
        "person,born,country,position,started,ended\nLeyla Hasanova,1970,IRN,President,1950,1960\n"
    )
    assert "ended: before Leyla Hasanova was born" in err


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        ("", "people.csv", "no column person"),
        ("name\nLeyla\n", "people.csv", "unknown columns name"),
        ("person,person\nA,B\n", "people.csv", "a column stands twice: person"),
        ("person\nLeyla Həsənova\n".encode("utf-16"), "people.csv", "not UTF-8 at byte 1"),
        ("person\nЛейла\n".encode("cp1251"), "people.csv", "people.csv:2: not UTF-8"),
        ("{}", "people.json", "not Popolo"),
        ("[", "people.json", "people.json:1: not JSON"),
        ('{"persons": 3}', "people.json", "not Popolo"),
        ("[" * 100_000, "people.json", "nested too deeply"),
        ("person\n", "people.xlsx", "name it .csv"),
    ],
)
def test_a_file_of_no_known_form_is_wrong_usage_and_says_what_to_do(refused, content, name, told):
    status, err = refused(content, name)
    assert status == 2
    assert told in err


def test_a_file_that_is_not_there_is_wrong_usage():
    with pytest.raises(CommandError, match="no such file") as error:
        call_command("import_people", "/nowhere/people.csv")
    assert error.value.returncode == 2


def test_a_byte_order_mark_and_the_line_ends_of_windows_are_no_part_of_it(tmp_path):
    loaded(tmp_path, "\ufeffperson,names\r\nLeyla Hasanova,Leyla Həsənova\r\n\r\n".encode())
    assert Person.objects.get().name == "Leyla Hasanova"
    assert OtherName.objects.get().name == "Leyla Həsənova"


def test_joiners_within_persian_names_stay(tmp_path):
    loaded(tmp_path, "person,names\nMahmoud Ahmadinejad,محمود احمدی\u200cنژاد\n".encode())
    assert "\u200c" in OtherName.objects.get().name


def test_empty_aliases_are_no_aliases(tmp_path):
    loaded(tmp_path, b"person,names\nLeyla Hasanova,| |||Leyla Hasanova| \n")
    assert not OtherName.objects.exists()


@pytest.mark.parametrize("column", ["person", "slug", "born", "country", "position", "names"])
def test_no_value_is_a_fault_of_ours(tmp_path, column):
    """Whatever stands in a cell, it is loaded or refused with a reason."""
    make_country("Azerbaijan", iso_alpha2="AZ", iso_alpha3="AZE")
    columns = ["person", "slug", "born", "country", "position", "names", "started"]
    for number, value in enumerate(SHARP):
        row = dict.fromkeys(columns, "") | {"person": f"Person number {number}", column: value}
        cells = ['"' + row[name].replace('"', '""') + '"' for name in columns]
        path = tmp_path / "people.csv"
        text = f"{','.join(columns)}\n{','.join(cells)}\n"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            call_command("import_people", str(path))
        except CommandError as error:
            assert str(error)
    for person in Person.objects.all():
        person.full_clean()
