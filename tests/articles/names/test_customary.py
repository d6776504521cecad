"""How a name is written by who joins, parts or leaves out what it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.names.customary import customary
from articles.names.fold import fold

WRITTEN = [
    ("Park Geun-hye", ["Park Geunhye"]),
    ("Park Geun\u2011hye", ["Park Geunhye"]),
    ("Hossein Amir-Abdollahian", ["Hossein AmirAbdollahian"]),
    ("Gerhard Schröder", ["Gerhard Schroeder"]),
    ("Gerhard Schro\u0308der", ["Gerhard Schroeder"]),
    ("ØRJAN ÅS", ["OeRJAN AaS"]),
    ("Franjo Tuđman", ["Franjo Tudjman"]),
    ("Massimo D’Alema", ["Massimo D Alema"]),
    ("J. D. Vance", ["JD Vance"]),
    ("JD Vance", ["J D Vance"]),
    ("George H. W. Bush", ["George HW Bush"]),
    ("Saad al-Hariri", ["Saad alHariri", "Saad Hariri", "Saad el-Hariri"]),
    ("علی خامنه\u200cای", ["علی خامنه ای"]),
    ("جمال عبد الناصر", ["جمال عبدالناصر", "جمالعبد الناصر"]),
    ("عبدالفتاح البرهان", ["عبد الفتاح البرهان"]),
    ("Abdelaziz Bouteflika", ["Abdel aziz Bouteflika"]),
    ("Charles de Gaulle", ["Charlesde Gaulle", "Charles deGaulle"]),
]


@pytest.mark.parametrize(("name", "written"), WRITTEN, ids=[name for name, _ in WRITTEN])
def test_what_stands_in_a_name_is_joined_parted_or_left_out(name, written):
    assert customary(name) == written


@pytest.mark.parametrize(
    "name",
    ["", "U", "Sukarno", "Al Gore", "PARK JIN", "MBS", "Abdullah Abdullah", "Xi Jinping", "习近平",
     "Leo XIV", "Donald Trump", "Abdullahi Yusuf", "-", "’"],
)  # fmt: skip
def test_a_name_without_these_is_written_in_no_other_way(name):
    assert customary(name) == []


@given(st.text(max_size=60))
def test_whatever_is_a_name_another_way_to_write_it_is_another_one(name):
    written = [fold(other) for other in customary(name)]
    assert len({fold(name), *written}) == len(written) + 1
    assert all(written)
