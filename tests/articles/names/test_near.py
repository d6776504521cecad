"""Names that are nearly another one: told to an editor, and never united."""

import pytest

from articles.names.near import near

PEOPLE = [
    "Hossein Amir-Abdollahian", "Abbas Araghchi", "Jeyhun Bayramov", "Ilham Aliyev",
    "Heydar Aliyev", "Kim Jong-il", "Kim Jong-un", "George Bush", "Sergey Lavrov",
    "Ali Larijani", "Li Keqiang", "Lee Myung-bak", "Иван Петров", "U Nu",
]  # fmt: skip
KNOWN = [(name, name) for name in PEOPLE]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Hosein Amir-Abdolahian", "Hossein Amir-Abdollahian"),
        ("Hossein Amirabdollahian", "Hossein Amir-Abdollahian"),
        ("hossein-amir-abdolahian", "Hossein Amir-Abdollahian"),
        ("Abbas Araqchi", "Abbas Araghchi"),
        ("Аббас Аракчи", "Abbas Araghchi"),
        ("Seyhun Bayramov", "Jeyhun Bayramov"),
        ("Ceyhun Bayramov", "Jeyhun Bayramov"),
        ("Джейхун Байрамов", "Jeyhun Bayramov"),
        ("İlham Əliyev", "Ilham Aliyev"),
        ("Ильхам Алиев", "Ilham Aliyev"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Сергей Лавров", "Sergey Lavrov"),
        ("علی لاریجانی", "Ali Larijani"),
        ("Ivan Petrov", "Иван Петров"),
    ],
)
def test_a_name_that_is_nearly_one_is_found(written, meant):
    assert near(written, KNOWN)[0] == meant


@pytest.mark.parametrize(
    "written",
    [
        "Ali", "Aliyev", "Hossein", "Kim", "Bush", "Lavrov", "Leyla Hasanova", "Petra Ivanova", "U",
        "X", "", "---", "q" * 200, "George W. Bush Presidential Library",
    ],
)  # fmt: skip
def test_a_part_of_a_name_is_near_to_none(written):
    assert near(written, KNOWN) == []


def test_the_likest_comes_first_and_each_once():
    known = [(1, "Abbas Araqchi"), (1, "Abbas Araghchi"), (2, "Abbas Arakchi")]
    assert near("Abbas Araghchi", known) == [1, 2]
